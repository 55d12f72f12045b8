//! How long a language's tables take to load on one thread, and how much memory they hold.

use std::time::{Duration, Instant};

use marsad::actors::Actors;
use marsad::events::{Contexts, Factuality, Lexicon, Sizes};
use marsad::tables::{TableErrors, Tables};
use marsad_text::Lang;

use crate::Error;

/// What coding keeps of them.
struct Loaded {
    _actors: Actors,
    _lexicon: Lexicon,
    _factuality: Factuality,
    _contexts: Contexts,
    _sizes: Sizes,
}

fn load(lang: Lang) -> Result<Loaded, TableErrors> {
    let tables = Tables::embedded();
    Ok(Loaded {
        _actors: Actors::load(&tables, lang)?,
        _lexicon: Lexicon::load(&tables, lang)?,
        _factuality: Factuality::load(&tables, lang)?,
        _contexts: Contexts::load(&tables, lang)?,
        _sizes: Sizes::load(&tables, lang)?,
    })
}

/// Prints the time of the first loading and of the fastest of some further ones, in milliseconds, and what the first holds, in MB.
pub fn run(lang: Lang, rounds: usize) -> Result<(), Error> {
    let timed = || {
        let start = Instant::now();
        load(lang).map(|loaded| (start.elapsed(), loaded)).map_err(|e| Error::Argument(e.to_string()))
    };
    let before = resident_bytes();
    let (first, loaded) = timed()?;
    let held = resident_bytes().saturating_sub(before);
    drop(loaded);
    let mut best = first;
    for _ in 0..rounds {
        best = best.min(timed()?.0);
    }
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{lang}: first {:.1} ms, fastest of {rounds} more {:.1} ms, {:.1} MB", ms(first), ms(best), held as f64 / 1e6);
    Ok(())
}

/// Memory that this process holds, in bytes, where the system tells (Linux); else 0.
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().map_or(0, |kib| kib * 1024)
}
