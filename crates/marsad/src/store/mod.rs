//! Records out: JSON lines, CSV, Parquet, to a file or to standard output.
//!
//! [`Output`] is what a program uses: it writes beside the target under a temporary name and renames when everything is there, so that nothing
//! half-written ever stands under the final name. A format is one file here and one line in [`FORMATS`]; formats know nothing of files.
//!
//! ```
//! use marsad::store::{Output, format_for};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let home = tempfile::tempdir()?;
//! let path = home.path().join("events.csv");
//! let mut output = Output::create(&path, format_for(&path).expect("csv is a format"))?;
//! output.write(&[])?;
//! assert!(!path.exists());
//! output.finish()?;
//! assert!(path.exists());
//! # Ok(()) }
//! ```

use std::{
    ffi::OsStr,
    fmt,
    io::{self, Write},
    path::Path,
};

use crate::model::Record;

mod csv;
mod error;
mod jsonl;
mod output;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
pub mod table;

pub use self::csv::{COLUMNS, Column, Csv, Excel};
#[cfg(feature = "parquet")]
pub use self::parquet::Parquet;
pub use error::{Problem, StoreError};
pub use jsonl::JsonLines;
pub use output::Output;

/// All formats; the first is the default.
pub const FORMATS: &[&dyn Format] = &[
    &JsonLines,
    &Csv,
    &Excel,
    #[cfg(feature = "parquet")]
    &Parquet,
];

/// One output format.
pub trait Format: fmt::Debug + Sync {
    /// The name by which a user asks for it: `jsonl`, `csv`, `excel`, `parquet`.
    fn name(&self) -> &'static str;

    /// What it is, in one line.
    fn about(&self) -> &'static str;

    /// How names of such files end, in lower case and without the dot; the first is the usual one.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a file that was cut off after a [`Writer::flush`] can be continued.
    fn resumable(&self) -> bool;

    /// A writer; `continued` where `out` already holds what an earlier writer flushed.
    ///
    /// # Errors
    /// If what stands at the head of the file cannot be written.
    fn writer(&self, out: Box<dyn Write + Send>, continued: bool) -> io::Result<Box<dyn Writer>>;
}

/// Writes records in one format. The same records give the same bytes, however they are grouped into calls.
pub trait Writer: Send {
    /// Writes records, or keeps them for later.
    ///
    /// # Errors
    /// If they cannot be written.
    fn write(&mut self, records: &[Record]) -> io::Result<()>;

    /// Hands everything that can be written by now to the file.
    ///
    /// # Errors
    /// If it cannot be written.
    fn flush(&mut self) -> io::Result<()>;

    /// Writes what is left and what stands at the foot of the file.
    ///
    /// # Errors
    /// If it cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// The format of that name, or `None`.
///
/// ```
/// assert!(marsad::store::format_named("jsonl").unwrap().resumable());
/// assert!(marsad::store::format_named("xlsx").is_none());
/// ```
#[must_use]
pub fn format_named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// The format that a file's name ends in, or `None`.
///
/// ```
/// use std::path::Path;
///
/// assert_eq!(marsad::store::format_for(Path::new("Day.JSONL")).unwrap().name(), "jsonl");
/// ```
#[must_use]
pub fn format_for(path: &Path) -> Option<&'static dyn Format> {
    let extension = path.extension().and_then(OsStr::to_str)?.to_ascii_lowercase();
    FORMATS.iter().copied().find(|format| format.extensions().contains(&extension.as_str()))
}

#[cfg(test)]
mod samples;

/// A hand-made record for the tests of other rooms.
#[cfg(test)]
pub(crate) fn sample() -> Record {
    samples::records().swap_remove(0)
}
