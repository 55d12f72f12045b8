use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use marsad::{
    bulk::{Failure, Tally, Watch, size},
    source::Input,
};

use crate::{messages, view::number};

/// Documents that could not be read are told up to this number.
const SHOWN: u64 = 20;

/// Follows a run on the screen.
pub struct Progress {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
    began: Instant,
    /// Words that an interrupted run had read before this one.
    before: u64,
    failures: u64,
}

impl Progress {
    pub fn new(inputs: &[Input], visible: bool, stop: Arc<AtomicBool>) -> Progress {
        let bar = match total(inputs) {
            Some(bytes) => ProgressBar::new(bytes).with_style(style("{percent:>3}% {bar:30} {msg}, {eta} left")),
            None => ProgressBar::no_length().with_style(style("{spinner} {msg}, {elapsed}")),
        };
        if visible {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(4));
            bar.enable_steady_tick(Duration::from_millis(250));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        Progress { bar, stop, began: Instant::now(), before: 0, failures: 0 }
    }

    /// Clears the screen; tells the words that were read before, and how many failures were not told.
    pub fn end(self) -> (u64, u64) {
        self.bar.finish_and_clear();
        (self.before, self.failures.saturating_sub(SHOWN))
    }

    fn message(&self, tally: &Tally) -> String {
        let words = tally.words.saturating_sub(self.before);
        let pace = number::pace(words, self.began.elapsed());
        format!("{}, {pace}", number::counted(tally.documents, "document"))
    }
}

impl Watch for Progress {
    fn began(&mut self, tally: &Tally, bytes: u64) {
        self.before = tally.words;
        self.bar.set_position(bytes);
        self.bar.reset_eta();
        self.bar.set_message(self.message(tally));
    }

    fn failed(&mut self, failure: &Failure) {
        self.failures += 1;
        if self.failures <= SHOWN {
            self.bar.suspend(|| messages::complain(failure));
        }
    }

    fn progressed(&mut self, tally: &Tally, bytes: u64) {
        self.bar.set_position(self.bar.length().map_or(bytes, |all| bytes.min(all)));
        self.bar.set_message(self.message(tally));
    }

    fn stop(&mut self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The size of all inputs in bytes; `None` where one of them, such as standard input, does not tell.
fn total(inputs: &[Input]) -> Option<u64> {
    inputs.iter().map(size).sum()
}
