//! Cuts a stream into JSON values, each with its line, in bounded memory.

use std::io::{self, BufRead, Read};

use super::{Layout, Problem};

/// One value, still as bytes.
pub(crate) struct Piece {
    /// Number of the line where it begins, from 1.
    pub(crate) line: u64,
    pub(crate) bytes: Vec<u8>,
}

type Reader = Box<dyn BufRead + Send>;
type Failure = (u64, Problem);

/// The values of a stream.
pub(crate) struct Pieces {
    reader: Reader,
    layout: Layout,
    limit: u64,
    line: u64,
    /// Whether the bracket that opens an array is behind us.
    inside: bool,
    done: bool,
}

impl Pieces {
    pub(crate) fn new(reader: Reader, layout: Layout, limit: u64) -> Pieces {
        let line = if layout == Layout::Lines { 0 } else { 1 };
        Pieces { reader, layout, limit, line, inside: false, done: false }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = match self.layout {
            Layout::Lines => self.next_line(),
            Layout::Array | Layout::Objects => self.next_value(),
        };
        // After these nothing more can be read; after any other failure there is a next line.
        let broken = matches!(next, Ok(None) | Err((_, Problem::Read(_))));
        self.done |= broken;
        next.transpose()
    }
}

impl Pieces {
    fn next_line(&mut self) -> Result<Option<Piece>, Failure> {
        loop {
            self.line += 1;
            let mut bytes = Vec::new();
            let mut limited = self.reader.by_ref().take(self.limit.saturating_add(1));
            let read = limited.read_until(b'\n', &mut bytes);
            let read = read.map_err(|e| self.failure(e))?;
            let whole = bytes.ends_with(b"\n");
            if !whole && read as u64 > self.limit {
                self.reader.skip_until(b'\n').map_err(|e| self.failure(e))?;
                return Err((self.line, self.too_large("a line")));
            }
            if read == 0 {
                return Ok(None);
            }
            let bytes = bytes.trim_ascii();
            if !bytes.is_empty() {
                let (line, bytes) = (self.line, bytes.to_vec());
                return Ok(Some(Piece { line, bytes }));
            }
        }
    }

    fn next_value(&mut self) -> Result<Option<Piece>, Failure> {
        let Some(first) = self.find_value()? else {
            return Ok(None);
        };
        let line = self.line;
        let mut value = Value::default();
        let mut bytes = Vec::new();
        let mut length = 0;
        loop {
            let byte = if length == 0 { Some(first) } else { self.peek()? };
            let Some(byte) = byte else {
                return self.cut_off(line, &value, bytes);
            };
            if value.ends_before(byte) {
                break;
            }
            self.pass(byte);
            length += 1;
            if length <= self.limit {
                bytes.push(byte);
            }
            if value.ends_with(byte) {
                break;
            }
        }
        if length > self.limit {
            return Err((line, self.too_large("an object")));
        }
        Ok(Some(Piece { line, bytes }))
    }

    /// Goes to the first byte of the next value; `None` at the end.
    fn find_value(&mut self) -> Result<Option<u8>, Failure> {
        let array = self.layout == Layout::Array;
        loop {
            let Some(byte) = self.peek()? else {
                self.done = true;
                let unclosed = || json(self.line, "the array is not closed");
                return if array { Err(unclosed()) } else { Ok(None) };
            };
            match byte {
                b']' if array => return Ok(None),
                b'[' if array && !self.inside => self.inside = true,
                b',' if self.inside => {}
                byte if byte.is_ascii_whitespace() => {}
                byte => return Ok(Some(byte)),
            }
            self.pass(byte);
        }
    }

    fn cut_off(&mut self, line: u64, value: &Value, bytes: Vec<u8>) -> Result<Option<Piece>, Failure> {
        self.done = true;
        if value.depth > 0 || value.quoted {
            return Err(json(line, "the file ends inside it"));
        }
        Ok(Some(Piece { line, bytes }))
    }

    fn peek(&mut self) -> Result<Option<u8>, Failure> {
        let line = self.line;
        let buffer = self.reader.fill_buf();
        Ok(buffer.map_err(|e| (line, Problem::Read(e)))?.first().copied())
    }

    fn pass(&mut self, byte: u8) {
        self.reader.consume(1);
        self.line += u64::from(byte == b'\n');
    }

    fn failure(&self, error: io::Error) -> Failure {
        (self.line, Problem::Read(error))
    }

    fn too_large(&self, what: &'static str) -> Problem {
        let limit = self.limit;
        Problem::TooLarge { what, limit }
    }
}

fn json(line: u64, message: &str) -> Failure {
    let message = message.to_owned();
    (line, Problem::Json { message })
}

/// Where we are inside a value.
#[derive(Default)]
struct Value {
    depth: usize,
    quoted: bool,
    escaped: bool,
    begun: bool,
}

impl Value {
    /// Whether a bare value (a number, a word) is over before this byte.
    fn ends_before(&self, byte: u8) -> bool {
        let bare = self.begun && self.depth == 0 && !self.quoted;
        bare && (byte.is_ascii_whitespace() || b",[]{}\"".contains(&byte))
    }

    /// Takes the next byte; whether the value is over with it.
    fn ends_with(&mut self, byte: u8) -> bool {
        self.begun = true;
        if self.quoted {
            self.quoted = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            return !self.quoted && self.depth == 0;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}
