use std::{
    ffi::OsString,
    fs,
    io::{self, Read},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    code::Failure,
    run::{Ended, Job, Resume, RunError, Target, Watch, code_into},
};
use crate::{
    pipeline::Coder,
    source::{Input, ReadOptions},
    store::{FORMATS, format_for},
};

/// What is known of a shard that is done, kept beside it as `NAME.done`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// The version of marsad that made it.
    pub version: String,
    /// The input as it was named.
    pub input: String,
    /// Size of the input in bytes.
    pub input_bytes: u64,
    /// Whatever else decides what comes out, as the caller told it.
    pub settings: String,
    /// Documents read.
    pub documents: u64,
    /// Documents that could not be read.
    pub failed: u64,
    /// Records written.
    pub records: u64,
    /// CRC-32 of the output.
    pub checksum: u32,
}

/// Codes one file into another, once: a shard that is done, whole and of the same making is left as it is.
///
/// The format is told from the output's name, JSON lines where that says nothing. `settings` names whatever else decides what comes out, such as the
/// coder's options. One thread: who has many shards runs many at once.
///
/// # Errors
/// If the output cannot be written, or nothing of the input can be read.
pub fn code_shard(coder: &Arc<Coder>, input: &Path, output: &Path, settings: &str) -> Result<Shard, RunError> {
    let input_bytes = fs::metadata(input).map(|found| found.len()).unwrap_or_default();
    if let Some(shard) = done(input, input_bytes, output, settings) {
        return Ok(shard);
    }
    let job = Job {
        inputs: vec![Input::Path(input.to_owned())],
        read: ReadOptions::default(),
        date: None,
        threads: NonZeroUsize::MIN,
        target: Target::File(output.to_owned()),
        format: format_for(output).unwrap_or(FORMATS[0]),
        resume: Resume::Restart,
        settings: settings.to_owned(),
    };
    let mut first = FirstFailure(None);
    let tally = match code_into(coder, job, &mut first)? {
        Ended::Complete(tally) => tally,
        Ended::Nothing(_) | Ended::Interrupted { .. } => {
            let document = input.display().to_string();
            return Err(RunError::Nothing { reason: first.0.unwrap_or_else(|| format!("{document}: no documents")) });
        }
    };
    let shard = Shard {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        input: input.display().to_string(),
        input_bytes,
        settings: settings.to_owned(),
        documents: tally.documents,
        failed: tally.failed,
        records: tally.records,
        checksum: checksum(output).map_err(|error| RunError::State { path: output.to_owned(), error })?,
    };
    let note = note(output);
    let written = serde_json::to_vec(&shard).map_err(io::Error::from).and_then(|json| fs::write(&note, json));
    written.map_err(|error| RunError::State { path: note, error })?;
    Ok(shard)
}

/// What is known of the shard, if it is there and nothing has changed.
fn done(input: &Path, input_bytes: u64, output: &Path, settings: &str) -> Option<Shard> {
    let shard: Shard = serde_json::from_slice(&fs::read(note(output)).ok()?).ok()?;
    let same = shard.version == env!("CARGO_PKG_VERSION")
        && shard.input == input.display().to_string()
        && shard.input_bytes == input_bytes
        && shard.settings == settings
        && shard.checksum == checksum(output).ok()?;
    same.then_some(shard)
}

fn note(output: &Path) -> PathBuf {
    let mut name = OsString::from(output);
    name.push(".done");
    name.into()
}

fn checksum(path: &Path) -> io::Result<u32> {
    let mut file = fs::File::open(path)?;
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hasher.finalize());
        }
        hasher.update(&buffer[..read]);
    }
}

struct FirstFailure(Option<String>);

impl Watch for FirstFailure {
    fn failed(&mut self, failure: &Failure) {
        self.0.get_or_insert_with(|| failure.to_string());
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::Arc};

    use super::code_shard;
    use crate::pipeline::{Coder, Options};

    #[test]
    fn a_shard_is_made_once() {
        let home = tempfile::tempdir().unwrap();
        let (input, output) = (home.path().join("day.jsonl"), home.path().join("day.csv"));
        fs::write(&input, "{\"id\": \"a\", \"text\": \"Workers struck on Monday.\"}\n{}\n").unwrap();
        let coder = Arc::new(Coder::new(Options::default()).unwrap());
        let shard = code_shard(&coder, &input, &output, "").unwrap();
        assert_eq!((shard.documents, shard.failed), (1, 1));
        let made = fs::metadata(&output).unwrap().modified().unwrap();
        assert_eq!(code_shard(&coder, &input, &output, "").unwrap(), shard);
        assert_eq!(fs::metadata(&output).unwrap().modified().unwrap(), made);

        fs::write(&output, "torn").unwrap();
        assert_eq!(code_shard(&coder, &input, &output, "").unwrap(), shard);
        assert_ne!(fs::read_to_string(&output).unwrap(), "torn");
    }

    #[test]
    fn an_unreadable_shard_says_why() {
        let home = tempfile::tempdir().unwrap();
        let coder = Arc::new(Coder::new(Options::default()).unwrap());
        let error = code_shard(&coder, &home.path().join("no.txt"), &home.path().join("no.csv"), "").unwrap_err();
        assert!(error.to_string().contains("no.txt: cannot be opened"), "{error}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
