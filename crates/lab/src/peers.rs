//! What a comparison with other parsers needs: the same text, the same clock, the same measures.

use std::path::Path;
use std::time::Instant;

use marsad_text::conllu::{plain_text, write};
use marsad_text::{Parser, Scratch};

use crate::{Error, data, eval};

/// Writes the text of a treebank file.
pub fn plain(gold: &Path, out: &Path) -> Result<(), Error> {
    std::fs::write(out, plain_text(&data::read(gold)?)).map_err(|e| Error::file(out, e))
}

/// Prints the scores of another parser's output.
pub fn score_conllu(gold: &Path, system: &Path) -> Result<(), Error> {
    println!("{}", eval::HEADER);
    println!("the other  {}", eval::sentences(&data::read(gold)?, &data::read(system)?));
    Ok(())
}

/// Prints how fast a model reads a text, from its bytes to CoNLL-U in memory, and what that takes.
pub fn speed(model: &Path, text: &Path, rounds: usize) -> Result<(), Error> {
    let start = Instant::now();
    let bytes = std::fs::read(model).map_err(|e| Error::file(model, e))?;
    let parser = Parser::from_bytes(&bytes).map_err(|e| Error::file(model, e))?;
    let load = start.elapsed();
    let size = bytes.len();
    drop(bytes);
    let text = std::fs::read_to_string(text).map_err(|e| Error::file(text, e))?;
    let mut scratch = Scratch::default();
    let (mut best, mut words) = (f64::INFINITY, 0);
    for _ in 0..rounds.max(1) {
        let start = Instant::now();
        let analysis = parser.parse(&text, &mut scratch);
        std::hint::black_box(write(&text, &analysis));
        best = best.min(start.elapsed().as_secs_f64());
        words = analysis.words().len();
    }
    let figures = serde_json::json!({
        "words": words,
        "words_per_second": (words as f64 / best).round(),
        "load_ms": (load.as_secs_f64() * 1e4).round() / 10.0,
        "model_bytes": size,
        "peak_bytes": peak_bytes(),
    });
    println!("{figures}");
    Ok(())
}

/// Most memory that this process has held, in bytes, where the system tells (Linux); else 0.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().map_or(0, |kib| kib * 1024)
}
