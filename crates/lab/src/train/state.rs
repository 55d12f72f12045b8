//! Where a training run stands, so that one that was cut goes on: the same model comes out.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::optimiser::Optimiser;
use crate::Error;

/// Everything that the rounds change.
#[derive(Serialize, Deserialize)]
pub struct State {
    /// What the run was asked to do; another run does not go on from here.
    pub options: String,
    /// Rounds done.
    pub round: usize,
    pub dense: Vec<f32>,
    pub embed: Vec<f32>,
    pub optimiser: Optimiser,
}

/// The file beside a model in which its unfinished training is kept.
pub fn path(out: &Path) -> PathBuf {
    out.with_extension("training")
}

impl State {
    /// Goes on from the kept state of the same run, where there is one.
    pub fn go_on(&mut self, path: &Path) -> Result<(), Error> {
        let Ok(bytes) = fs::read(path) else { return Ok(()) };
        let kept: State = postcard::from_bytes(&bytes).map_err(|e| Error::file(path, format!("{e}; delete it or start with --fresh")))?;
        if kept.options != self.options {
            return Err(Error::file(path, "is of a run with other options or data; delete it or start with --fresh"));
        }
        eprintln!("going on after round {} from {}", kept.round, path.display());
        *self = kept;
        Ok(())
    }

    /// Writes the state in one step, so that a cut leaves the former one.
    pub fn keep(&self, path: &Path) -> Result<(), Error> {
        let bytes = postcard::to_stdvec(self).map_err(|e| Error::file(path, e))?;
        let new = path.with_extension("training.new");
        fs::write(&new, bytes).and_then(|()| fs::rename(&new, path)).map_err(|e| Error::file(path, e))
    }
}

/// Removes the state of a finished run.
pub fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}
