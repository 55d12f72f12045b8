use std::{fmt::Write as _, num::NonZeroUsize, path::PathBuf, sync::Arc, time::Duration};

use jiff::civil::Date;

use super::{
    chunks::{Chunk, Chunks, Position, size},
    code::{Failure, Item, Reader, code_work},
    ordered::{Next, Ordered},
    state::State,
    tally::Tally,
};
use crate::{
    model::Document,
    pipeline::{Coded, Coder},
    source::{Input, ReadOptions},
    store::{Format, Output, StoreError},
};

/// Text that is read and not yet written, in bytes.
const BUDGET: usize = 8 << 20;

/// Input between two notes of how far the run came, in bytes.
const SAVE_AFTER: u64 = 1 << 20;

/// How long an interruption may go unnoticed.
const PATIENCE: Duration = Duration::from_millis(100);

/// A run: what to read, how, and where the records go.
#[derive(Clone, Debug)]
pub struct Job {
    /// Inputs in order, no directories.
    pub inputs: Vec<Input>,
    /// How to read them.
    pub read: ReadOptions,
    /// Day of publication of documents that tell none.
    pub date: Option<Date>,
    /// How many documents are coded at once.
    pub threads: NonZeroUsize,
    /// Where the records go.
    pub target: Target,
    /// In which format.
    pub format: &'static dyn Format,
    /// What to do about an interrupted run with the same target.
    pub resume: Resume,
    /// Whatever else decides what comes out, such as the coder's options; a run is continued only under the same.
    pub settings: String,
}

/// Where records go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file, written as `NAME.part` until it is complete.
    File(PathBuf),
}

/// What to do about the unfinished output of an interrupted run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resume {
    /// Refuse to run, so that its work is not lost by accident.
    #[default]
    Refuse,
    /// Go on with it; start where there is none.
    Continue,
    /// Throw it away.
    Restart,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everything was read, or reported; the output is complete.
    Complete(Tally),
    /// No document at all could be read; there is no output.
    Nothing(Tally),
    /// It was stopped.
    Interrupted {
        /// What had been done.
        tally: Tally,
        /// The unfinished output and its state are there to go on with.
        resumable: bool,
    },
}

/// Why a run could not be made or ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The output cannot be written. What was noted before is kept to go on with.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The state of the run cannot be noted.
    #[error("{}: cannot be written: {error}", path.display())]
    State {
        /// The state's file.
        path: PathBuf,
        /// What is wrong.
        error: std::io::Error,
    },
    /// There is the unfinished output of an interrupted run.
    #[error("{}: left by an interrupted run", part.display())]
    Unfinished {
        /// The unfinished output.
        part: PathBuf,
    },
    /// The unfinished output is of a run with other inputs, options, format or version.
    #[error("{}: left by a run with other inputs, options or another version of marsad", part.display())]
    OtherRun {
        /// The unfinished output.
        part: PathBuf,
    },
    /// Nothing in the input of a shard could be read.
    #[error("{reason}")]
    Nothing {
        /// The first thing that is wrong with it.
        reason: String,
    },
}

/// Follows a run, and may stop it.
pub trait Watch {
    /// The run begins, after what an interrupted one had done; so many bytes of the inputs are done.
    fn began(&mut self, tally: &Tally, bytes: u64) {
        let _ = (tally, bytes);
    }

    /// A document was not coded.
    fn failed(&mut self, failure: &Failure) {
        let _ = failure;
    }

    /// More was written; so many bytes of the inputs are done by now, estimated within large files.
    fn progressed(&mut self, tally: &Tally, bytes: u64) {
        let _ = (tally, bytes);
    }

    /// Whether the run shall stop; asked every tenth of a second.
    fn stop(&mut self) -> bool {
        false
    }
}

/// Codes all documents of the inputs and writes their records, in order, on as many threads as the job says.
///
/// Documents that cannot be read are told to `watch` and counted. A format that can be continued leaves `NAME.part` and a small
/// `NAME.part.state` behind when it is stopped or the output cannot be written.
///
/// # Errors
/// If the output cannot be written, or an interrupted run is in the way.
pub fn code_into(coder: &Arc<Coder>, job: Job, watch: &mut dyn Watch) -> Result<Ended, RunError> {
    let coder = Arc::clone(coder);
    code_with(move |document: &Document, scratch: &mut _| coder.code(document, scratch), job, watch)
}

/// The same with any coder.
pub(super) fn code_with<S, C>(code: C, job: Job, watch: &mut dyn Watch) -> Result<Ended, RunError>
where
    S: Default + 'static,
    C: Fn(&Document, &mut S) -> Coded + Send + Sync + 'static,
{
    let mut run = Run::begin(&job)?;
    watch.began(&run.tally, run.read);
    let chunks = Chunks::new(job.inputs, job.read.clone(), run.position);
    let reader = Reader { options: job.read, date: job.date };
    let pieces = Ordered::start(chunks, job.threads, BUDGET, move |chunk: Chunk, scratch: &mut S| Piece {
        items: code_work(chunk.work, &reader, &code, scratch),
        after: chunk.after,
        bytes: chunk.bytes,
    });
    let followed = run.follow(pieces, watch);
    run.end(followed)
}

/// A piece of work that is done.
struct Piece {
    items: Vec<Item>,
    after: Position,
    bytes: u64,
}

/// A run under way.
struct Run {
    output: Output,
    /// The file whose state is noted; `None` where the output cannot be continued.
    noted: Option<PathBuf>,
    fingerprint: u32,
    position: Position,
    tally: Tally,
    /// Input that is done, in bytes.
    read: u64,
    /// Input that the last note covers, in bytes.
    saved: u64,
}

enum Followed {
    ToTheEnd,
    Stopped,
}

impl Run {
    fn begin(job: &Job) -> Result<Run, RunError> {
        let fingerprint = fingerprint(job);
        let (output, state) = match &job.target {
            Target::Stdout => (Output::stdout(job.format)?, None),
            Target::File(path) => match left_over(job, path, fingerprint)? {
                Some(state) => (Output::resume(path, job.format, state.written)?, Some(state)),
                None => {
                    let output = Output::create(path, job.format)?;
                    State::remove(path);
                    (output, None)
                }
            },
        };
        let noted = match &job.target {
            Target::File(path) if output.is_renamed() && job.format.resumable() => Some(path.clone()),
            _ => None,
        };
        let (position, tally, read) = state.map(|state| (state.position, state.tally, state.read)).unwrap_or_default();
        Ok(Run { output, noted, fingerprint, position, tally, read, saved: read })
    }

    fn follow(&mut self, mut pieces: Ordered<Piece>, watch: &mut dyn Watch) -> Result<Followed, RunError> {
        loop {
            if watch.stop() {
                return Ok(Followed::Stopped);
            }
            match pieces.next_within(PATIENCE) {
                Next::Ready(piece) => self.take(&piece, watch)?,
                Next::NotYet => {}
                Next::End => return Ok(Followed::ToTheEnd),
            }
        }
    }

    fn take(&mut self, piece: &Piece, watch: &mut dyn Watch) -> Result<(), RunError> {
        for item in &piece.items {
            self.tally.count(item);
            match item {
                Ok(done) => self.output.write(&done.coded.records)?,
                Err(failure) => watch.failed(failure),
            }
        }
        self.position = piece.after;
        self.read += piece.bytes;
        if !self.output.is_renamed() {
            // Whoever reads a pipe wants to see what there is.
            self.output.flush()?;
        } else if self.read - self.saved >= SAVE_AFTER {
            self.save()?;
        }
        watch.progressed(&self.tally, self.read);
        Ok(())
    }

    /// Notes how far the run has come.
    fn save(&mut self) -> Result<(), RunError> {
        self.saved = self.read;
        let Some(target) = &self.noted else { return Ok(()) };
        let state = State {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            fingerprint: self.fingerprint,
            position: self.position,
            written: self.output.flush()?,
            read: self.read,
            tally: self.tally.clone(),
        };
        state.save(target).map_err(|error| RunError::State { path: State::path(target), error })
    }

    fn end(mut self, followed: Result<Followed, RunError>) -> Result<Ended, RunError> {
        match followed {
            Ok(Followed::ToTheEnd) => self.complete(),
            Ok(Followed::Stopped) => match self.save() {
                Ok(()) => Ok(self.interrupted()),
                Err(error) => Err(self.broken(error)),
            },
            Err(error) => Err(self.broken(error)),
        }
    }

    fn complete(mut self) -> Result<Ended, RunError> {
        if self.tally.documents == 0 {
            self.forget();
            self.output.discard();
            return Ok(Ended::Nothing(self.tally));
        }
        // A full disk is met here, where the run can still be continued, rather than when the file is closed.
        if let Err(error) = self.output.flush() {
            return Err(self.broken(error.into()));
        }
        self.forget();
        self.output.finish()?;
        Ok(Ended::Complete(self.tally))
    }

    fn interrupted(self) -> Ended {
        let resumable = self.noted.is_some();
        if !resumable {
            self.output.discard();
        }
        Ended::Interrupted { tally: self.tally, resumable }
    }

    /// Keeps what an earlier note covers, and nothing that cannot be continued.
    fn broken(self, error: RunError) -> RunError {
        let kept = self.noted.as_ref().is_some_and(|target| State::load(target).is_some());
        if !kept {
            self.output.discard();
        }
        error
    }

    fn forget(&self) {
        if let Some(target) = &self.noted {
            State::remove(target);
        }
    }
}

/// The state of an interrupted run to go on with.
fn left_over(job: &Job, path: &std::path::Path, fingerprint: u32) -> Result<Option<State>, RunError> {
    let part = Output::part_of(path);
    let Some(state) = State::load(path).filter(|_| part.is_file()) else { return Ok(None) };
    match job.resume {
        Resume::Restart => Ok(None),
        Resume::Refuse => Err(RunError::Unfinished { part }),
        Resume::Continue if state.fingerprint != fingerprint || state.version != env!("CARGO_PKG_VERSION") => Err(RunError::OtherRun { part }),
        Resume::Continue => Ok(Some(state)),
    }
}

/// Two jobs that may come out differently have different fingerprints, but for chance.
fn fingerprint(job: &Job) -> u32 {
    let mut all = format!("{} {} {:?}\n", job.format.name(), job.settings, job.read);
    for input in &job.inputs {
        // Writing to a string cannot fail.
        let _ = writeln!(all, "{} {:?}", input.name(), size(input));
    }
    crc32fast::hash(all.as_bytes())
}

#[cfg(test)]
mod tests;
