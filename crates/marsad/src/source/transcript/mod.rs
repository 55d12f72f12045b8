//! Transcripts of programmes: captions and the output of speech recognition, in the formats they come in, to one [`Transcript`].
//!
//! [`transcript`] tells the format from the content, reads what can be read, and repairs what is safe to repair (`repair`): overlaps, cues out of
//! order, times that begin again, speech recognition that repeats itself. A cue that cannot be read is left out and noted with its line; a file
//! without any readable cue is an error. A format is one file here and one line in `FORMATS`; formats do not know each other.
//!
//! ```
//! use marsad::source::{Input, transcript::transcript};
//!
//! let srt = "1\n00:00:01,000 --> 00:00:02,500\nGood evening.\n\n2\n00:00:03,000 --> 00:00:0x\nLost.\n\n3\n00:00:04,000 --> 00:00:06,000\nTalks began.\n";
//! let read = transcript(&Input::bytes("a.srt", srt.as_bytes())).unwrap();
//! assert_eq!(read.cues[1].text, "Talks began.");
//! assert_eq!(read.notes[0].line, Some(6));
//! ```

mod captions;
mod clock;
mod json;
mod markup;
mod plain;
mod programme;
mod repair;
mod stl;
mod summary;
mod words;
mod xml;

use std::fmt;

use crate::model::{Cue, Oddity, Transcript, TranscriptNote};

use super::{Input, Problem, SourceError, decode};

pub use programme::{manifest, programme_named};

/// What [`transcript`] reads, for messages.
const EXPECTED: &str = "a transcript with times: SRT, WebVTT, YouTube captions, whisper or Google JSON, TTML, EBU STL, a programme summary, or text with times";

/// The largest transcript that is read, in bytes: a day of speech as JSON with times for every word.
const LIMIT: u64 = 256 << 20;

/// All formats of text, in the order in which they are asked; the last takes what no other claims.
const FORMATS: &[&dyn Format] = &[&captions::WebVtt, &json::Json, &xml::Xml, &captions::SubRip, &summary::Summary, &plain::Plain];

/// One format of transcripts.
trait Format: fmt::Debug + Sync {
    /// Its name.
    fn name(&self) -> &'static str;

    /// Whether a text is of this format.
    fn claims(&self, text: &str) -> bool;

    /// Its cues.
    fn read(&self, text: &str, draft: &mut Draft);
}

/// What a reader has found so far.
#[derive(Debug, Default)]
struct Draft {
    /// Cues in the order of the file.
    cues: Vec<Cue>,
    /// What could not be read.
    notes: Vec<TranscriptNote>,
    /// Language that the file states.
    language: Option<String>,
    /// The name of the format, where the reader reads several.
    format: Option<&'static str>,
}

impl Draft {
    /// Adds a cue, if anything is said in it.
    fn add(&mut self, mut cue: Cue) {
        markup::take_marks(&mut cue);
        if cue.text.chars().any(char::is_alphanumeric) {
            self.cues.push(cue);
        }
    }

    /// Notes a cue that cannot be read.
    fn broken(&mut self, line: Option<u64>, expected: impl Into<String>) {
        self.notes.push(TranscriptNote { line, what: Oddity::Broken(expected.into()) });
    }
}

/// The transcript of an input.
///
/// # Errors
/// If the input does not open, is no text, or has no readable cue.
pub fn transcript(input: &Input) -> Result<Transcript, SourceError> {
    let name = input.name().to_owned();
    let source = input.open()?;
    let bytes = source.whole("a transcript", LIMIT)?;
    read(&name, &bytes)
}

/// The transcript in bytes, its format told from the content.
///
/// # Errors
/// If they are no text or have no readable cue.
pub fn read(name: &str, bytes: &[u8]) -> Result<Transcript, SourceError> {
    read_as(name, bytes, None)
}

/// Names of the formats that [`read_as`] knows.
#[must_use]
pub fn formats() -> Vec<&'static str> {
    FORMATS.iter().map(|f| f.name()).chain([STL]).collect()
}

/// The transcript in bytes, read as one of [`formats`] whatever they look like; with `None` or another name the format is told from the content.
///
/// # Errors
/// If they are no text or have no readable cue.
pub fn read_as(name: &str, bytes: &[u8], format: Option<&str>) -> Result<Transcript, SourceError> {
    let mut draft = Draft::default();
    let wanted = format.and_then(|format| FORMATS.iter().find(|f| f.name() == format));
    let format = if format == Some(STL) || (wanted.is_none() && stl::claims(bytes)) {
        if stl::claims(bytes) {
            stl::read(bytes, &mut draft);
        }
        STL
    } else {
        let decoded = decode(bytes, None);
        decoded.check(EXPECTED).map_err(|problem| SourceError::file(name, problem))?;
        draft.notes.extend(decoded.notes.iter().map(|note| TranscriptNote { line: None, what: Oddity::Bytes(note.to_string()) }));
        let claiming = || FORMATS.iter().find(|f| f.claims(&decoded.text)).unwrap_or(&FORMATS[FORMATS.len() - 1]);
        let format = wanted.unwrap_or_else(claiming);
        format.read(&decoded.text, &mut draft);
        draft.format.unwrap_or(format.name())
    };
    if draft.cues.is_empty() {
        return Err(SourceError::file(name, Problem::NoCue { expected: EXPECTED }));
    }
    let Draft { cues, mut notes, language, .. } = draft;
    let cues = repair::repair(cues, &mut notes);
    Ok(Transcript { name: name.to_owned(), format: format.to_owned(), language, cues, notes })
}

/// The name of the one format that is no text.
const STL: &str = "EBU STL";

#[cfg(test)]
mod tests;
