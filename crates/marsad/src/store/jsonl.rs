use std::io::{self, BufWriter, Write};

use super::{Format, Writer};
use crate::model::Record;

/// One JSON object a line, every field of [`Record`] by its name.
#[derive(Debug)]
pub struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "one JSON object a line, everything that marsad knows"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "json"]
    }

    fn resumable(&self) -> bool {
        true
    }

    fn writer(&self, out: Box<dyn Write + Send>, _continued: bool) -> io::Result<Box<dyn Writer>> {
        Ok(Box::new(Lines { out: BufWriter::new(out) }))
    }
}

struct Lines {
    out: BufWriter<Box<dyn Write + Send>>,
}

impl Writer for Lines {
    fn write(&mut self, records: &[Record]) -> io::Result<()> {
        for record in records {
            serde_json::to_writer(&mut self.out, record)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::JsonLines;
    use crate::{
        model::Record,
        store::samples::{records, written},
    };

    #[test]
    fn a_record_comes_back_as_it_was() {
        let bytes = written(&JsonLines, &records());
        let text = String::from_utf8(bytes).unwrap();
        let back: Vec<Record> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(back, records());
    }

    #[test]
    fn letters_stay_letters() {
        let text = String::from_utf8(written(&JsonLines, &records())).unwrap();
        assert!(text.contains("وصل وزير الخارجية"), "{text}");
    }
}
