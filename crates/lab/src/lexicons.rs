//! How long a language's tables take to load, on one thread and on two as the program does it, and how much memory they hold.

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

fn load(lang: Lang, threads: usize) -> Result<Loaded, TableErrors> {
    let tables = Tables::embedded();
    std::thread::scope(|scope| {
        let elsewhere = (threads > 1).then(|| scope.spawn(|| Actors::load(&tables, lang)));
        let (lexicon, factuality, contexts, sizes) =
            (Lexicon::load(&tables, lang)?, Factuality::load(&tables, lang)?, Contexts::load(&tables, lang)?, Sizes::load(&tables, lang)?);
        let actors = elsewhere.map_or_else(|| Actors::load(&tables, lang), |thread| thread.join().expect("loading does not panic"))?;
        Ok(Loaded { _actors: actors, _lexicon: lexicon, _factuality: factuality, _contexts: contexts, _sizes: sizes })
    })
}

/// Prints the time of the first loading and of the median of some further ones, in milliseconds, and what the first holds, in MB.
pub fn run(lang: Lang, threads: usize, rounds: usize) -> Result<(), Error> {
    let timed = || {
        let start = Instant::now();
        load(lang, threads).map(|loaded| (start.elapsed(), loaded)).map_err(|e| Error::Argument(e.to_string()))
    };
    let before = resident_bytes();
    let (first, loaded) = timed()?;
    let held = resident_bytes().saturating_sub(before);
    drop(loaded);
    let mut others = (0..rounds.max(1)).map(|_| Ok(timed()?.0)).collect::<Result<Vec<Duration>, Error>>()?;
    others.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{lang}: first {:.1} ms, median of {} more {:.1} ms, {:.1} MB", ms(first), others.len(), ms(others[others.len() / 2]), held as f64 / 1e6);
    Ok(())
}

/// Memory that this process holds, in bytes, where the system tells (Linux); else 0.
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().map_or(0, |kib| kib * 1024)
}
