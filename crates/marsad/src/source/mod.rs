//! Bytes and files to [`Document`]s: plain text, HTML pages, JSON lines.
//!
//! [`documents`] opens an [`Input`], sees through gzip and zstd, tells the format from the content first and the name second, and yields one
//! [`Reading`] after the other. A document that cannot be read is an item of its own, a [`SourceError`] of one line, and reading goes on with the
//! next. Memory is bounded whatever the input's size: JSON lines and arrays are read one object at a time, everything has a limit
//! ([`ReadOptions`]), and compressed input is never unpacked as a whole.
//!
//! A format is one file here and one line in [`FORMATS`]; formats do not know each other. Nothing here knows the language of a text: which
//! letters are frequent in which alphabet is asked in one place only, to tell encodings apart.
//!
//! ```
//! use marsad::source::{documents, Input, ReadOptions};
//!
//! let lines = "{\"id\": \"a\", \"text\": \"Troops left the town.\", \"date\": \"2024-03-11\"}\nnot JSON\n";
//! let input = Input::bytes("wire.jsonl", lines.as_bytes());
//! let read: Vec<_> = documents(&input, &ReadOptions::default()).collect();
//! assert_eq!(read[0].as_ref().unwrap().document.text, "Troops left the town.");
//! assert!(read[1].as_ref().unwrap_err().to_string().starts_with("wire.jsonl, line 2: not valid JSON"));
//! ```
//!
//! [`Document`]: crate::model::Document

use std::fmt;

mod binary;
mod date;
mod encoding;
mod error;
pub mod geonames;
mod html;
mod input;
mod jsonl;
mod paths;
mod reading;
mod text;
pub mod transcript;

pub use encoding::{Decoded, Encoding, decode};
pub use error::{Place, Problem, SourceError};
pub use html::Html;
pub(crate) use input::special;
pub use input::{Input, Source};
pub use jsonl::JsonLines;
pub(crate) use jsonl::{Layout, Pieces};
pub use paths::paths;
pub use reading::{Note, Reading};
pub use text::PlainText;

use error::EXPECTED;

/// All formats, in the order in which they are asked; the last takes what no other claims.
pub const FORMATS: &[&dyn Format] = &[&Html, &JsonLines, &PlainText];

/// What comes out of an input: readings, and the errors of what could not be read, in the input's order.
pub type Readings = Box<dyn Iterator<Item = Result<Reading, SourceError>> + Send>;

/// One input format.
pub trait Format: fmt::Debug + Sync {
    /// The name by which a user asks for it: `text`, `html`, `jsonl`.
    fn name(&self) -> &'static str;

    /// How names of such files end, in lower case and without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether an input whose decoded text starts so is certainly of this format, whatever its name.
    fn claims(&self, start: &str) -> bool;

    /// The documents of an opened input.
    fn readings(&self, source: Source, options: &ReadOptions) -> Readings;
}

/// How to read; the default suits everything.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The format; `None` tells it from content and name.
    pub format: Option<&'static dyn Format>,
    /// The encoding; `None` tells it from the bytes.
    pub encoding: Option<Encoding>,
    /// The largest text file that is read, in bytes after unpacking; 256 MiB.
    pub max_text: u64,
    /// The largest page that is read, in bytes after unpacking; 32 MiB, because a page's tree takes up to thirty times its size.
    pub max_page: u64,
    /// The longest JSON line, or element of a JSON array, that is read, in bytes; 64 MiB.
    pub max_line: u64,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { format: None, encoding: None, max_text: 256 << 20, max_page: 32 << 20, max_line: 64 << 20 }
    }
}

/// The documents of an input, read as they are asked for.
///
/// An input that does not open yields one error. Ids are the `id` of a JSON object, else the input's name, with `#` and the line for JSON
/// objects without an `id`.
///
/// ```
/// use marsad::source::{documents, Input, ReadOptions};
///
/// let page = "<!doctype html><title>Strike ends</title><p>Dockers went back to work on Monday after the port signed a new contract.</p>";
/// let reading = documents(&Input::bytes("page", page.as_bytes()), &ReadOptions::default()).next().unwrap().unwrap();
/// assert_eq!(reading.document.title.as_deref(), Some("Strike ends"));
/// assert!(reading.document.text.starts_with("Dockers went back"));
/// ```
pub fn documents(input: &Input, options: &ReadOptions) -> Readings {
    let opened = input.open().and_then(|source| {
        let format = match options.format {
            Some(format) => format,
            None => told_format(&source, options)?,
        };
        Ok(format.readings(source, options))
    });
    opened.unwrap_or_else(|error| Box::new(std::iter::once(Err(error))))
}

/// The format of that name, or `None`.
///
/// ```
/// use marsad::source::format_named;
///
/// assert_eq!(format_named("html").unwrap().extensions()[0], "html");
/// assert!(format_named("pdf").is_none());
/// ```
#[must_use]
pub fn format_named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// Content decides where it can, then the name, then it is plain text.
fn told_format(source: &Source, options: &ReadOptions) -> Result<&'static dyn Format, SourceError> {
    let start = encoding::start(source.start(), options.encoding);
    let start = start.trim_start();
    if let Some(format) = FORMATS.iter().find(|format| format.claims(start)) {
        return Ok(*format);
    }
    if let Some(looks_like) = binary::other_markup(start) {
        return Err(source.error(Problem::Foreign { looks_like, expected: EXPECTED }));
    }
    let extension = input::extension(source.name());
    let named = FORMATS.iter().find(|format| format.extensions().contains(&extension.as_str()));
    Ok(*named.unwrap_or(&FORMATS[FORMATS.len() - 1]))
}
