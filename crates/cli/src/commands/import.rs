//! What the imports have in common: progress, the summary, the ending.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    fmt,
    io::{self, IsTerminal},
    path::Path,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use marsad::import::{Folder, ImportError, Imported, Outcome, Progress};
use marsad::source::Input;

use super::{Trouble, code::stop};
use crate::{
    ending::Ending,
    messages,
    view::number::{counted, grouped},
};

/// Without a screen a line is said this often, so that a log of hours stays short.
const QUIET: Duration = Duration::from_secs(30);

/// The folder that an import writes; its tables will tell where they are from.
pub fn folder(output: &Path, input: &Input) -> Folder {
    Folder::new(output, format!("Imported by marsad {} from {}. The licence is that of the source.", env!("CARGO_PKG_VERSION"), input.name()))
}

/// Runs an import with progress on standard error; Ctrl-C keeps what was read.
pub fn watched(what: &str, run: impl FnOnce(&mut dyn FnMut(Progress) -> bool) -> Result<Outcome, ImportError>) -> Result<Ending, Trouble> {
    let stop = stop::requested()?;
    let bar = bar();
    let (began, mut told) = (Instant::now(), Instant::now());
    let outcome = run(&mut |progress: Progress| {
        let message = format!("{what}: {} read, {} written", grouped(progress.read), counted(progress.rows, "row"));
        if bar.is_hidden() && told.elapsed() > QUIET {
            told = Instant::now();
            messages::say(format_args!("{message}, {} s", began.elapsed().as_secs()));
        }
        bar.set_message(message);
        bar.tick();
        !stop.load(Ordering::Relaxed)
    });
    bar.finish_and_clear();
    let outcome = outcome?;
    messages::say(Summary(&outcome.imported));
    if let Some(error) = &outcome.broken {
        messages::complain(error);
        messages::say("The source breaks off there; what was read before it is kept.");
        return Ok(Ending::SomeUnread);
    }
    Ok(if stop.load(Ordering::Relaxed) { Ending::Interrupted } else { Ending::AllRead })
}

fn bar() -> ProgressBar {
    let bar =
        ProgressBar::no_length().with_style(ProgressStyle::with_template("{spinner} {msg}, {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let target = if io::stderr().is_terminal() { ProgressDrawTarget::stderr_with_hz(4) } else { ProgressDrawTarget::hidden() };
    bar.set_draw_target(target);
    bar
}

/// Rows by table, what became of the entries, what was left out by reason.
struct Summary<'a>(&'a Imported);

/// Reasons that are told one by one, the most frequent.
const REASONS: usize = 25;

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Imported { rows, entries, left, unlisted } = self.0;
        for (table, rows) in rows {
            writeln!(f, "{:>9}  {table}", grouped(*rows))?;
        }
        let all = entries.all();
        let noun = if all == 1 { "entry" } else { "entries" };
        write!(f, "{} of {} {noun} carried over, {} of them in part", grouped(entries.whole + entries.part), grouped(all), grouped(entries.part))?;
        reasons(f, "Left out, whole or in part; left-out.txt has these lines:", left)?;
        reasons(f, "Left out without a line there:", unlisted)
    }
}

fn reasons(f: &mut fmt::Formatter<'_>, title: &str, counts: &BTreeMap<String, u64>) -> fmt::Result {
    let mut reasons: Vec<(&String, &u64)> = counts.iter().collect();
    reasons.sort_by_key(|(reason, count)| (Reverse(**count), *reason));
    if !reasons.is_empty() {
        write!(f, "\n{title}")?;
    }
    for (reason, count) in reasons.iter().take(REASONS) {
        write!(f, "\n{:>9}  {reason}", grouped(**count))?;
    }
    let rest = &reasons[reasons.len().min(REASONS)..];
    if !rest.is_empty() {
        write!(f, "\n{:>9}  for {} other reasons", grouped(rest.iter().map(|(_, count)| **count).sum()), rest.len())?;
    }
    Ok(())
}
