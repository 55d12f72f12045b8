use std::{error::Error, fmt, io};

/// Where in the input something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it, or the name given to bytes in memory.
    pub file: String,
    /// Number of the line, from 1; `None` where the whole file is meant.
    pub line: Option<u64>,
    /// Field of the object on that line; `None` where the whole line is meant.
    pub field: Option<&'static str>,
}

/// An input, or one document of it, that could not be read.
///
/// It prints as one line: the place, what was found there, what was expected.
///
/// ```
/// use marsad::source::{documents, Input, ReadOptions};
///
/// let input = Input::bytes("wire.jsonl", br#"{"id": "a", "text": 7}"#);
/// let error = documents(&input, &ReadOptions::default()).next().unwrap().unwrap_err();
/// assert_eq!(error.to_string(), "wire.jsonl, line 1, field `text`: expected a string, found a number");
/// ```
#[derive(Debug)]
pub struct SourceError {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub problem: Problem,
}

/// What is wrong with an input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file does not open: missing, forbidden.
    #[error("cannot be opened: {0}")]
    Open(#[source] io::Error),
    /// The file opens, but reading it fails: a directory, a broken disk, a cut-off gzip or zstd stream.
    #[error("cannot be read: {0}")]
    Read(#[source] io::Error),
    /// Nothing is in it but perhaps white space.
    #[error("empty: expected {expected}")]
    Empty {
        /// What would have been read.
        expected: &'static str,
    },
    /// It is something else: an image, a program, another kind of document.
    #[error("looks like {looks_like}: expected {expected}")]
    Foreign {
        /// What it looks like, with its article: `a PNG image`.
        looks_like: &'static str,
        /// What would have been read.
        expected: &'static str,
    },
    /// Most of it is not text in the encoding that it claims or seems to have.
    #[error("cannot be decoded as {encoding}: expected text in UTF-8, UTF-16 or the usual encodings of Arabic and Russian")]
    Garbled {
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// A directory, a named pipe, a device.
    #[error("is {found}: expected {expected} in a file")]
    NoFile {
        /// What it is, with its article.
        found: &'static str,
        /// What would have been read.
        expected: &'static str,
    },
    /// It is larger than [`ReadOptions`](super::ReadOptions) allows.
    #[error("larger than the limit: expected {what} of at most {}", size(*limit))]
    TooLarge {
        /// What is too large: a file, a page, a line.
        what: &'static str,
        /// The limit in bytes.
        limit: u64,
    },
    /// A line, or an element of an array, is not JSON.
    #[error("not valid JSON ({message}): expected an object with `id` and `text`")]
    Json {
        /// What the JSON reader says, with the column.
        message: String,
    },
    /// A field, or the whole value, is missing or of another type.
    #[error("expected {expected}, found {found}")]
    Value {
        /// What may stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A page without an article in it.
    #[error("no article text found: expected a page with at least one paragraph of prose")]
    NoArticle,
    /// A transcript without a cue that can be read.
    #[error("no readable cue: expected {expected}")]
    NoCue {
        /// What would have been read.
        expected: &'static str,
    },
    /// A directory, and everything below it, holds nothing to read.
    #[error("no readable files in this directory: expected text, HTML or JSON lines")]
    NoFiles,
}

/// What all formats together accept.
pub(super) const EXPECTED: &str = "text, HTML or JSON lines";

impl SourceError {
    pub(super) fn file(file: &str, problem: Problem) -> SourceError {
        SourceError::at(file, None, None, problem)
    }

    pub(crate) fn line(file: &str, line: u64, problem: Problem) -> SourceError {
        SourceError::at(file, Some(line), None, problem)
    }

    pub(super) fn at(file: &str, line: Option<u64>, field: Option<&'static str>, problem: Problem) -> SourceError {
        let file = file.to_owned();
        SourceError { place: Place { file, line, field }, problem }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file's name may hold anything, and the message is one line.
        for c in self.file.chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        match self.field {
            Some(field) => write!(f, ", field `{field}`"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl Error for SourceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.problem.source()
    }
}

fn size(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..MIB => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / MIB),
    }
}
