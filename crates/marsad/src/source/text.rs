use super::{Format, Problem, ReadOptions, Reading, Readings, Source, SourceError, decode};
use crate::model::Document;

/// Plain text: the whole file is one document, its text exactly as given.
///
/// Line ends are kept as they are, CR LF included, because offsets count in the text as given. Only a byte order mark is left out. No title is
/// guessed from the first line: a headline and a first sentence look alike.
#[derive(Debug)]
pub struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text", "md"]
    }

    fn claims(&self, _start: &str) -> bool {
        false
    }

    fn readings(&self, source: Source, options: &ReadOptions) -> Readings {
        Box::new(std::iter::once(reading(source, options)))
    }
}

fn reading(source: Source, options: &ReadOptions) -> Result<Reading, SourceError> {
    let id = source.name().to_owned();
    let bytes = source.whole("a text file", options.max_text)?;
    let decoded = decode(&bytes, options.encoding);
    let file = |problem| SourceError::file(&id, problem);
    decoded.check("plain text").map_err(file)?;
    let document = Document { text: decoded.text, id: id.clone(), ..Document::default() };
    let notes = decoded.notes;
    if document.text.trim().is_empty() {
        let expected = "plain text";
        return Err(file(Problem::Empty { expected }));
    }
    Ok(Reading { document, notes })
}
