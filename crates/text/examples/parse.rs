//! Parses standard input and says how fast: `cargo run --release -p marsad-text --example parse -- models/ru.marsad < news.txt > news.conllu`.
//!
//! With a number after the model the text is parsed that many times and nothing is written; the measures go to standard error as one JSON object: words,
//! processor seconds for segmenting and for the whole (best round), milliseconds to load the model, bytes of the model and the peak of memory in MB (Linux).

use std::error::Error;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use marsad_text::{Analysis, Parser, Scratch, conllu};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: parse MODEL [ROUNDS] < TEXT")?;
    let rounds: usize = arguments.next().map_or(Ok(0), |n| n.parse())?;
    let start = Instant::now();
    let bytes = std::fs::read(&path)?;
    let parser = Parser::from_bytes(&bytes)?;
    let load = start.elapsed();
    let size = bytes.len();
    drop(bytes);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    if rounds == 0 {
        let analysis = parser.parse(&text, &mut Scratch::default());
        std::io::stdout().write_all(conllu::write(&text, &analysis).as_bytes())?;
        return Ok(());
    }
    let (words, segment, whole) = measure(&parser, &text, rounds);
    let peak = peak_memory().map_or("null".to_owned(), |mb| format!("{mb:.1}"));
    eprintln!(
        r#"{{"words":{words},"segment_s":{segment:.6},"whole_s":{whole:.6},"words_per_s":{:.0},"load_ms":{:.2},"model_bytes":{size},"peak_mb":{peak}}}"#,
        words as f64 / whole,
        load.as_secs_f64() * 1e3
    );
    Ok(())
}

/// Number of words, and the least seconds that segmenting alone and everything took.
fn measure(parser: &Parser, text: &str, rounds: usize) -> (usize, f64, f64) {
    let (mut scratch, mut analysis) = (Scratch::default(), Analysis::default());
    let (mut segment, mut whole) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..rounds {
        let start = now();
        parser.segment_into(text, &mut analysis);
        segment = segment.min((now() - start).as_secs_f64());
        let all = 0..analysis.sentences().len();
        parser.parse_sentences(&mut analysis, all, &mut scratch);
        whole = whole.min((now() - start).as_secs_f64());
    }
    (analysis.words().len(), segment, whole)
}

/// Time that this thread has spent on a processor, where the system tells (Linux), so that a busy machine does not blur the figures; else the time of day.
fn now() -> Duration {
    let on_processor = std::fs::read_to_string("/proc/thread-self/schedstat").ok().and_then(|s| s.split(' ').next()?.parse().ok());
    on_processor.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

/// The process's largest resident set so far, in MB; `None` where the system does not tell.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
