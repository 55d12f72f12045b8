//! What others have gathered, as tables of a user's folder: Wikidata dumps, the actor, agent and verb dictionaries of PETRARCH, Phoenix and TABARI.
//!
//! Sources are streamed; what is kept in memory is a number for each row written and, for Wikidata, the titles of positions. Nothing is lost silently: what a
//! table of ours cannot hold goes line by line into the report `left-out.txt` beside the tables, and is counted by reason.

mod error;
mod folder;
pub mod petrarch;
pub mod wikidata;

pub use error::ImportError;
pub use folder::{Entries, Folder, Imported};

use crate::source::{Input, SourceError};

/// Whether an input is a dump rather than a dictionary: told from its first byte where it can be read twice, else it is one.
#[must_use]
pub fn is_dump(input: &Input) -> bool {
    let Input::Path(path) = input else { return true };
    if !path.is_file() {
        return true;
    }
    input.open_table(DUMP).is_ok_and(|source| begins_as_json(source.start()))
}

/// What a dump is called in messages.
const DUMP: &str = "a Wikidata JSON dump";

fn begins_as_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    matches!(start.first(), Some(b'[' | b'{'))
}

/// How an import ended: the source was read to its end, or up to where it broke. What was read is kept in both cases.
#[derive(Debug)]
pub struct Outcome {
    /// What was written and left out.
    pub imported: Imported,
    /// Where the source broke; `None` where it was read to its end.
    pub broken: Option<SourceError>,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Entries of the source that were read.
    pub read: u64,
    /// Rows that were written.
    pub rows: u64,
}
