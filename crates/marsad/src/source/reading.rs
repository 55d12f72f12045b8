use std::fmt;

use crate::model::Document;

/// A document as it was read, with what the reader has to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// What could not be read, or had to be guessed; empty for most documents.
    pub notes: Vec<Note>,
}

/// Something about a document that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The input says nothing of its encoding and is not Unicode; the encoding was guessed from its letters.
    Guessed {
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// Bytes that mean nothing in the encoding stand in the text as U+FFFD.
    Replaced {
        /// How many characters U+FFFD were put.
        count: usize,
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// The input ends inside a character, which was left out.
    Truncated {
        /// How many bytes were left out.
        bytes: usize,
    },
    /// Elements of the page nested deeper than this were opened up, as browsers do.
    Flattened {
        /// The greatest depth kept.
        depth: usize,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Guessed { encoding } => write!(f, "encoding guessed: {encoding}"),
            Note::Replaced { count, encoding } => {
                write!(f, "{count} × U+FFFD where it is not valid {encoding}")
            }
            Note::Truncated { bytes } => {
                write!(f, "ends inside a character, left out (bytes: {bytes})")
            }
            Note::Flattened { depth } => {
                write!(f, "elements nested deeper than {depth} opened up")
            }
        }
    }
}
