use super::{
    Format, Note, Problem, ReadOptions, Reading, Readings, Source, SourceError,
    encoding::{self, Encoding, decode_as},
};

mod object;
mod pieces;

use pieces::Piece;
pub(crate) use pieces::Pieces;

/// JSON lines: an object on each line, with `id`, `text` and where known `lang`, `date`, `title`, `author`, `outlet`, `url`.
///
/// Other fields are ignored, blank lines skipped, CR LF and a missing last line end accepted. `id` may be a number; without one it is the file's
/// name, `#` and the line. `date` is `YYYY-MM-DD`, `YYYYMMDD` or an RFC 3339 time, of which the day in its own offset is taken. `null` and blank
/// strings are unknown. A JSON array of such objects, and objects written over several lines, are read as well, one object at a time.
///
/// A line that cannot be read is one error, and the next line is read.
#[derive(Debug)]
pub struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "json"]
    }

    fn claims(&self, start: &str) -> bool {
        let object = |start: &str| {
            let inside = start.strip_prefix('{').map(str::trim_start);
            inside.is_some_and(|inside| inside.starts_with(['"', '}']))
        };
        let inside = start.strip_prefix('[').map(str::trim_start);
        object(start) || inside.is_some_and(|inside| inside.starts_with(']') || object(inside))
    }

    fn readings(&self, source: Source, options: &ReadOptions) -> Readings {
        let file = source.name().to_owned();
        let told = encoding::tell(source.start(), options.encoding, None);
        let layout = layout(&encoding::start(source.start(), options.encoding));
        let reader = encoding::skip_mark(source.reader(), &told);
        let pieces = Pieces::new(reader, layout, options.max_line);
        Box::new(pieces.map(move |piece| match piece {
            Ok(piece) => reading(&file, told.encoding, told.guessed, &piece),
            Err((line, problem)) => Err(SourceError::line(&file, line, problem)),
        }))
    }
}

/// How the objects stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One a line.
    Lines,
    /// Between the brackets of an array.
    Array,
    /// One after the other, over as many lines as they like.
    Objects,
}

/// A first line that opens an object without closing it begins an object over several lines, unless the next line opens one too: then it is broken.
fn layout(start: &str) -> Layout {
    let start = start.trim_start();
    if start.starts_with('[') {
        return Layout::Array;
    }
    let Some((first, rest)) = start.split_once('\n') else {
        return Layout::Lines;
    };
    let open = first.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(first).is_err_and(|e| e.is_eof());
    if open && !rest.trim_start().starts_with('{') { Layout::Objects } else { Layout::Lines }
}

fn reading(file: &str, encoding: Encoding, guessed: bool, piece: &Piece) -> Result<Reading, SourceError> {
    if let Ok(json) = std::str::from_utf8(&piece.bytes) {
        let document = object::document(file, piece.line, json)?;
        let notes = Vec::new();
        return Ok(Reading { document, notes });
    }
    let decoded = decode_as(encoding, &piece.bytes);
    let error = |problem| SourceError::line(file, piece.line, problem);
    decoded.check(object::EXPECTED).map_err(error)?;
    let document = object::document(file, piece.line, &decoded.text)?;
    let mut notes = decoded.notes;
    if guessed {
        let encoding = encoding.name();
        notes.insert(0, Note::Guessed { encoding });
    }
    Ok(Reading { document, notes })
}
