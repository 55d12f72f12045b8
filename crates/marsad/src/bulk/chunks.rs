//! Inputs cut into pieces of work.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    vec,
};

use serde::{Deserialize, Serialize};

use super::code::Failure;
use crate::source::{Input, ReadOptions, Reading, Readings, documents};

/// Files up to this size are read by whoever codes them, for taking the article out of a page is work too; in bytes.
const WHOLE: u64 = 256 << 10;

/// Documents of a larger input travel together until they have this much text, in bytes.
const CHUNK: usize = 32 << 10;

/// What any document counts for besides its text, in bytes.
const OVERHEAD: usize = 256;

/// How far a run has come: all inputs before `input`, and of that one the first `items` documents or errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Position {
    pub(super) input: usize,
    pub(super) items: usize,
}

/// A piece of work and where the run stands when it is done.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) work: Work,
    pub(super) after: Position,
    /// How many bytes of the inputs it stands for, estimated within large files.
    pub(super) bytes: u64,
}

#[derive(Debug)]
pub(super) enum Work {
    /// An input to be read, without its first items.
    Whole(Input, usize),
    /// Documents that have been read.
    Readings(Vec<Result<Reading, Failure>>),
}

/// The chunks of inputs from a position on. Where one ends depends on the inputs alone.
pub(super) struct Chunks {
    inputs: vec::IntoIter<Input>,
    options: ReadOptions,
    position: Position,
    open: Option<Open>,
}

/// A large input that is being read.
struct Open {
    name: String,
    readings: Readings,
    /// Bytes of the file that no chunk stands for yet; 0 for what has no size.
    bytes_left: u64,
}

impl Chunks {
    pub(super) fn new(inputs: Vec<Input>, options: ReadOptions, from: Position) -> Chunks {
        let mut inputs = inputs.into_iter();
        for _ in 0..from.input {
            inputs.next();
        }
        Chunks { inputs, options, position: from, open: None }
    }

    fn whole(&mut self, input: Input, bytes: u64) -> Chunk {
        let done = self.position.items;
        self.position = Position { input: self.position.input + 1, items: 0 };
        Chunk { work: Work::Whole(input, done), after: self.position, bytes }
    }

    /// The next documents of an open input; `None` at its end.
    fn readings(&mut self, open: &mut Open) -> Option<(usize, Chunk)> {
        let mut readings = Vec::new();
        let mut weight = 0;
        while weight < CHUNK {
            let Some(reading) = next(open) else { break };
            weight += OVERHEAD + reading.as_ref().map_or(0, |reading| reading.document.text.len());
            readings.push(reading);
        }
        if readings.is_empty() {
            self.position = Position { input: self.position.input + 1, items: 0 };
            return None;
        }
        self.position.items += readings.len();
        let bytes = open.bytes_left.min(weight as u64);
        open.bytes_left -= bytes;
        Some((weight, Chunk { work: Work::Readings(readings), after: self.position, bytes }))
    }
}

impl Iterator for Chunks {
    type Item = (usize, Chunk);

    fn next(&mut self) -> Option<(usize, Chunk)> {
        loop {
            if let Some(mut open) = self.open.take() {
                if let Some(chunk) = self.readings(&mut open) {
                    self.open = Some(open);
                    return Some(chunk);
                }
                continue;
            }
            let input = self.inputs.next()?;
            let bytes = size(&input);
            if bytes.is_some_and(|bytes| bytes <= WHOLE) {
                let bytes = bytes.unwrap_or_default();
                let weight = OVERHEAD + usize::try_from(bytes).unwrap_or(usize::MAX);
                return Some((weight, self.whole(input, bytes)));
            }
            let mut readings = documents(&input, &self.options);
            for _ in 0..self.position.items {
                readings.next();
            }
            self.open = Some(Open { name: input.name(), readings, bytes_left: bytes.unwrap_or_default() });
        }
    }
}

/// Bytes of an input on disk, 0 for a missing file; `None` for what has no size: standard input, a pipe.
#[must_use]
pub fn size(input: &Input) -> Option<u64> {
    match input {
        Input::Path(path) => match fs::metadata(path) {
            Ok(found) if found.is_file() => Some(found.len()),
            Ok(_) => None,
            Err(_) => Some(0),
        },
        Input::Stdin => None,
        Input::Bytes { bytes, .. } => Some(bytes.len() as u64),
    }
}

/// A reader that panics costs the rest of its input and no more.
fn next(open: &mut Open) -> Option<Result<Reading, Failure>> {
    match catch_unwind(AssertUnwindSafe(|| open.readings.next())) {
        Ok(reading) => reading.map(|reading| reading.map_err(Failure::from)),
        Err(_) => {
            open.readings = Box::new(std::iter::empty());
            Some(Err(Failure::Internal { document: open.name.clone() }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Chunk, Chunks, Position, Work};
    use crate::source::{Input, ReadOptions, documents};

    fn inputs() -> Vec<Input> {
        let line = |n: usize| format!("{{\"id\": \"d{n}\", \"text\": \"{}\"}}\n", "Miners walked out. ".repeat(n));
        let many: String = (1..300).map(line).collect();
        let few: String = (1..4).map(line).collect();
        vec![Input::bytes("few.jsonl", few.into_bytes()), Input::bytes("many.jsonl", many.into_bytes()), Input::bytes("last.txt", *b"Done.")]
    }

    fn ids(chunk: &Chunk) -> Vec<String> {
        match &chunk.work {
            Work::Whole(input, done) => documents(input, &ReadOptions::default()).skip(*done).map(|reading| reading.unwrap().document.id).collect(),
            Work::Readings(readings) => readings.iter().map(|reading| reading.as_ref().unwrap().document.id.clone()).collect(),
        }
    }

    fn chunks(from: Position) -> Vec<Chunk> {
        Chunks::new(inputs(), ReadOptions::default(), from).map(|(_, chunk)| chunk).collect()
    }

    #[test]
    fn every_document_comes_once_and_in_order() {
        let all: Vec<String> = chunks(Position::default()).iter().flat_map(ids).collect();
        let expected: Vec<String> = inputs().iter().flat_map(|input| documents(input, &ReadOptions::default())).map(|r| r.unwrap().document.id).collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn a_run_goes_on_after_any_chunk() {
        let all = chunks(Position::default());
        assert!(all.len() > 10, "{}", all.len());
        for (n, chunk) in all.iter().enumerate() {
            let rest: Vec<String> = chunks(chunk.after).iter().flat_map(ids).collect();
            let expected: Vec<String> = all[n + 1..].iter().flat_map(ids).collect();
            assert_eq!(rest, expected, "after {:?}", chunk.after);
        }
    }
}
