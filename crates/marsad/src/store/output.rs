use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{Format, Problem, StoreError, Writer};
use crate::model::Record;

/// Records on their way to one place.
///
/// A file is written as `NAME.part` beside its final name and renamed by [`Output::finish`]. An output that is dropped before that leaves the
/// `.part`, so that a run can go on with it; [`Output::discard`] removes it. Devices, pipes and standard output are written straight.
pub struct Output {
    name: String,
    writer: Box<dyn Writer>,
    part: Option<Part>,
}

/// The unfinished file.
struct Part {
    file: File,
    path: PathBuf,
    target: PathBuf,
}

impl Output {
    /// Standard output.
    ///
    /// # Errors
    /// If what stands at the head of the format cannot be written.
    pub fn stdout(format: &dyn Format) -> Result<Output, StoreError> {
        let name = "stdout".to_owned();
        let writer = format.writer(Box::new(io::stdout()), false).map_err(|e| StoreError::new(&name, Problem::Write(e)))?;
        Ok(Output { name, writer, part: None })
    }

    /// A new file; what stands under that name stays until [`Output::finish`].
    ///
    /// # Errors
    /// If it cannot be made or written.
    pub fn create(path: &Path, format: &dyn Format) -> Result<Output, StoreError> {
        let name = path.display().to_string();
        if is_special(path) {
            let file = OpenOptions::new().write(true).open(path).map_err(|e| StoreError::new(&name, Problem::Create(e)))?;
            let writer = format.writer(Box::new(file), false).map_err(|e| StoreError::new(&name, Problem::Write(e)))?;
            return Ok(Output { name, writer, part: None });
        }
        if path.is_dir() {
            return Err(StoreError::new(&name, Problem::Create(io::ErrorKind::IsADirectory.into())));
        }
        let part = File::create(Output::part_of(path)).map_err(|e| StoreError::new(&name, Problem::Create(e)))?;
        Output::over(path, part, format, false)
    }

    /// The unfinished file of an earlier output, cut off after `bytes`, the number that [`Output::flush`] gave.
    ///
    /// # Errors
    /// If it is not there, or shorter than that, or cannot be written.
    pub fn resume(path: &Path, format: &dyn Format, bytes: u64) -> Result<Output, StoreError> {
        let error = |problem| StoreError::new(&path.display().to_string(), problem);
        let mut part = OpenOptions::new().write(true).open(Output::part_of(path)).map_err(|e| error(Problem::Create(e)))?;
        let found = part.seek(SeekFrom::End(0)).map_err(|e| error(Problem::Write(e)))?;
        if found < bytes {
            return Err(error(Problem::Shortened { found, expected: bytes }));
        }
        part.set_len(bytes).and_then(|()| part.seek(SeekFrom::Start(bytes))).map_err(|e| error(Problem::Write(e)))?;
        Output::over(path, part, format, true)
    }

    /// The name of the unfinished file of an output.
    #[must_use]
    pub fn part_of(path: &Path) -> PathBuf {
        let mut name = OsString::from(resolved(path));
        name.push(".part");
        name.into()
    }

    /// Whether the output is a file that exists under its final name only when it is complete.
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        self.part.is_some()
    }

    /// Writes records.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write(&mut self, records: &[Record]) -> Result<(), StoreError> {
        self.writer.write(records).map_err(|e| StoreError::new(&self.name, Problem::Write(e)))
    }

    /// Brings everything written so far to the disk, as far as the format can, and tells the size of the file in bytes; 0 where it is not a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn flush(&mut self) -> Result<u64, StoreError> {
        let part = self.part.as_ref().map(|part| &part.file);
        let flushed = self.writer.flush().and_then(|()| match part {
            Some(file) => file.sync_data().and_then(|()| Ok(file.metadata()?.len())),
            None => Ok(0),
        });
        flushed.map_err(|e| StoreError::new(&self.name, Problem::Write(e)))
    }

    /// Completes the output and gives it its final name.
    ///
    /// # Errors
    /// If it cannot be written or renamed; the `.part` is removed then, for it is of no use.
    pub fn finish(self) -> Result<(), StoreError> {
        let Output { name, writer, part } = self;
        let done = writer.finish().map_err(Problem::Write);
        let Some(part) = part else {
            return done.map_err(|problem| StoreError::new(&name, problem));
        };
        done.and_then(|()| part.file.sync_all().map_err(Problem::Write)).and_then(|()| fs::rename(&part.path, &part.target).map_err(Problem::Rename)).map_err(
            |problem| {
                let _ = fs::remove_file(&part.path);
                StoreError::new(&name, problem)
            },
        )
    }

    /// Gives up the output and removes its `.part`.
    pub fn discard(self) {
        if let Some(part) = &self.part {
            let _ = fs::remove_file(&part.path);
        }
    }

    fn over(path: &Path, file: File, format: &dyn Format, continued: bool) -> Result<Output, StoreError> {
        let name = path.display().to_string();
        let part_path = Output::part_of(path);
        let writer = file.try_clone().and_then(|out| format.writer(Box::new(out), continued));
        let writer = writer.map_err(|e| {
            if !continued {
                let _ = fs::remove_file(&part_path);
            }
            StoreError::new(&name, Problem::Write(e))
        })?;
        Ok(Output { name, writer, part: Some(Part { file, path: part_path, target: resolved(path) }) })
    }
}

/// Renaming over a link would replace the link, not what it points to.
fn resolved(path: &Path) -> PathBuf {
    if path.is_symlink() { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() }
}

/// A device, a pipe, a socket: something that exists and that one does not rename over.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Output;
    use crate::store::{
        Csv, FORMATS, JsonLines, Problem,
        samples::{records, written},
    };

    #[test]
    fn nothing_stands_under_the_final_name_before_the_end() {
        let home = tempfile::tempdir().unwrap();
        for format in FORMATS {
            let path = home.path().join(format.name());
            let mut output = Output::create(&path, *format).unwrap();
            output.write(&records()).unwrap();
            output.flush().unwrap();
            assert!(!path.exists());
            output.finish().unwrap();
            assert!(fs::read(&path).unwrap() == written(*format, &records()), "{}", format.name());
            assert!(!Output::part_of(&path).exists());
        }
    }

    #[test]
    fn an_interrupted_file_is_continued_where_it_was_flushed() {
        let home = tempfile::tempdir().unwrap();
        for format in FORMATS.iter().filter(|format| format.resumable()) {
            let path = home.path().join(format.name());
            let mut output = Output::create(&path, *format).unwrap();
            output.write(&records()[..1]).unwrap();
            let bytes = output.flush().unwrap();
            output.write(&records()[2..]).unwrap();
            drop(output);
            let mut output = Output::resume(&path, *format, bytes).unwrap();
            output.write(&records()[1..]).unwrap();
            output.finish().unwrap();
            assert!(fs::read(&path).unwrap() == written(*format, &records()), "{}", format.name());
        }
    }

    #[test]
    fn a_shortened_part_is_not_continued() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("events.jsonl");
        drop(Output::create(&path, &JsonLines).unwrap());
        let error = Output::resume(&path, &JsonLines, 10).err().unwrap();
        assert!(matches!(error.problem, Problem::Shortened { found: 0, expected: 10 }));
    }

    #[test]
    fn what_was_there_before_stays_when_the_run_is_given_up() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("events.csv");
        fs::write(&path, "yesterday").unwrap();
        let mut output = Output::create(&path, &Csv).unwrap();
        output.write(&records()).unwrap();
        output.discard();
        assert_eq!(fs::read_to_string(&path).unwrap(), "yesterday");
        assert!(!Output::part_of(&path).exists());
    }

    #[test]
    fn a_folder_is_no_file() {
        let home = tempfile::tempdir().unwrap();
        let error = Output::create(home.path(), &Csv).err().unwrap();
        assert!(error.to_string().ends_with("cannot be created: is a directory"), "{error}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_one_line() {
        let mut output = Output::create("/dev/full".as_ref(), &JsonLines).unwrap();
        let error = output.write(&records()).and_then(|()| output.flush()).err().unwrap();
        assert_eq!(error.to_string(), "/dev/full: cannot be written: No space left on device");
        assert!(std::path::Path::new("/dev/full").exists());
    }
}
