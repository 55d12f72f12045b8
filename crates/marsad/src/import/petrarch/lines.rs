//! Lines of a dictionary without their comments, one at a time.

use std::io::{BufRead, Read};

use crate::source::{Problem, SourceError};

/// The longest line that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// A line of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub number: u64,
    /// Without the comment, white space at its end cut off.
    pub text: String,
    /// What stands behind `#` or `;`.
    pub comment: String,
}

/// The lines that hold something.
pub struct Lines {
    reader: Box<dyn BufRead + Send>,
    file: String,
    number: u64,
    /// Inside a comment of several lines.
    commented: bool,
    broken: Option<SourceError>,
}

impl Lines {
    pub fn new(reader: Box<dyn BufRead + Send>, file: String) -> Lines {
        Lines { reader, file, number: 0, commented: false, broken: None }
    }

    /// Where a line stands, for the report.
    pub fn place(&self, line: u64) -> String {
        format!("{}:{line}", self.file)
    }

    /// Why reading ended before the end.
    pub fn broken(self) -> Option<SourceError> {
        self.broken
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.number += 1;
        match self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) => Some(bytes),
            Err(error) => {
                self.broken = Some(SourceError::line(&self.file, self.number, Problem::Read(error)));
                None
            }
        }
    }

    /// The line without XML comments, which may go over several lines.
    fn visible(&mut self, line: &str) -> String {
        let mut out = String::new();
        let mut rest = line;
        loop {
            let (mark, length) = if self.commented { ("-->", 3) } else { ("<!--", 4) };
            let Some(at) = rest.find(mark) else {
                return if self.commented { out } else { out + rest };
            };
            if !self.commented {
                out.push_str(&rest[..at]);
            }
            self.commented = !self.commented;
            rest = &rest[at + length..];
        }
    }
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let bytes = self.read()?;
            // Dictionaries of the nineties are in Latin-1; a name is as good with its odd letter replaced.
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let text = self.visible(text.trim_end_matches(['\n', '\r']));
            let plain = without_comment(&text);
            let comment = text[plain.len()..].trim_start_matches(['#', ';']).trim().to_owned();
            let plain = plain.trim_end();
            if !plain.trim().is_empty() {
                return Some(Line { number: self.number, text: plain.to_owned(), comment });
            }
        }
    }
}

/// The line up to `#` or `;`; a head of a block between hashes stays.
pub fn without_comment(line: &str) -> &str {
    if line.starts_with("###") && line.trim_end_matches('#').len() < line.trim_end().len() && line.trim_matches(['#', ' ']).len() > 1 {
        return line;
    }
    line.find(['#', ';']).map_or(line, |at| &line[..at])
}
