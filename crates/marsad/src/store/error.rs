use std::{error::Error, fmt, io};

/// An output that could not be written. It prints as one line.
#[derive(Debug)]
pub struct StoreError {
    /// The output as the user named it, `stdout` for standard output.
    pub target: String,
    /// What went wrong.
    pub problem: Problem,
}

/// What is wrong with an output.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file cannot be made: a missing folder, a folder of that name, no permission.
    #[error("cannot be created: {}", reason(.0))]
    Create(#[source] io::Error),
    /// Writing fails: a full disk, a closed pipe.
    #[error("cannot be written: {}", reason(.0))]
    Write(#[source] io::Error),
    /// The finished file cannot get its final name.
    #[error("cannot be given its final name: {}", reason(.0))]
    Rename(#[source] io::Error),
    /// The unfinished file of an interrupted run is not what that run left.
    #[error("cannot be continued: the unfinished file has {found} bytes, expected at least {expected}")]
    Shortened {
        /// Its size.
        found: u64,
        /// The size that was noted when the run was interrupted.
        expected: u64,
    },
}

impl StoreError {
    pub(super) fn new(target: &str, problem: Problem) -> StoreError {
        StoreError { target: target.to_owned(), problem }
    }

    /// Whether the reader at the other end has gone away, which is its right and no failure of ours.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(&self.problem, Problem::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.target.escape_debug(), self.problem)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.problem.source()
    }
}

/// The system's words without its number: `No space left on device`.
fn reason(error: &io::Error) -> String {
    let message = error.to_string();
    match message.find(" (os error ") {
        Some(end) => message[..end].to_owned(),
        None => message,
    }
}
