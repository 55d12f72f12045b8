use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{chunks::Position, tally::Tally};
use crate::store::Output;

/// How far a run came, kept beside its unfinished output as `NAME.part.state`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// The version that made the part; another one may code otherwise.
    pub(super) version: String,
    /// Tells inputs, options and format apart from those of another run.
    pub(super) fingerprint: u32,
    pub(super) position: Position,
    /// Size of the unfinished output at that position, in bytes.
    pub(super) written: u64,
    /// Bytes of the inputs that are done, estimated within large files.
    pub(super) read: u64,
    pub(super) tally: Tally,
}

/// The files that an interrupted run with that output leaves: the unfinished output, and the note of how far it came.
#[must_use]
pub fn unfinished(output: &Path) -> [PathBuf; 2] {
    [Output::part_of(output), State::path(output)]
}

impl State {
    pub(super) fn path(output: &Path) -> PathBuf {
        let mut name = OsString::from(Output::part_of(output));
        name.push(".state");
        name.into()
    }

    /// The state left for that output; `None` where there is none, or none that can be read.
    pub(super) fn load(output: &Path) -> Option<State> {
        let bytes = fs::read(State::path(output)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Replaces the state as a whole: whoever stops us in between finds the old one.
    pub(super) fn save(&self, output: &Path) -> io::Result<()> {
        let path = State::path(output);
        let mut fresh = OsString::from(&path);
        fresh.push(".new");
        let saved = fs::write(&fresh, serde_json::to_vec(self)?).and_then(|()| fs::rename(&fresh, &path));
        if saved.is_err() {
            let _ = fs::remove_file(&fresh);
        }
        saved
    }

    pub(super) fn remove(output: &Path) {
        let _ = fs::remove_file(State::path(output));
    }
}
