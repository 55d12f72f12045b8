//! Flat tables: one row a record, lists joined.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::{Format, Writer};
use crate::model::{Entity, Record};

/// A column of the flat table.
#[derive(Clone, Copy)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What stands in it.
    pub about: &'static str,
    cell: fn(&Record) -> String,
}

const fn column(name: &'static str, about: &'static str, cell: fn(&Record) -> String) -> Column {
    Column { name, about, cell }
}

/// The columns in order. What is unknown is an empty cell. Lists are joined with `;`, so the parts of `actor_code`, `actor_sector`, `actor_text` and
/// `actor_name` (and of the same columns of the recipient) stand in the same order; a `;` inside a name is written as a comma. Offsets count
/// characters of the document's text, ends are exclusive.
pub const COLUMNS: &[Column] = &[
    column("id", "the record's id, unique where the documents' ids are", |r| r.id.clone()),
    column("doc", "the document's id", |r| r.doc.clone()),
    column("date", "first day of the event's period, YYYY-MM-DD", |r| some(r.date.as_deref())),
    column("date_precision", "how much of date is known: day, week, month, quarter, year, decade, unknown", |r| name(&r.date_precision)),
    column("date_source", "where date comes from: text, document", |r| r.date_source.as_ref().map(name).unwrap_or_default()),
    column("event", "PLOVER type", |r| joined(r.event.iter().map(|event| event.name()))),
    column("mode", "PLOVER mode of the type", |r| joined(r.mode.iter().map(String::as_str))),
    column("aux", "empty for what is reported as a fact, else negation, future, hypothetical, historical", |r| {
        r.aux.map(|aux| aux.name().to_owned()).unwrap_or_default()
    }),
    column("quad_code", "PLOVER quad class, 1 to 4", |r| r.quad_code.to_string()),
    column("event_scale", "intensity on PLOVER's scale, -10 conflict to 10 cooperation", |r| r.event_scale.to_string()),
    column("context", "PLOVER contexts, what the event is about", |r| joined(r.context.iter().map(|context| context.name()))),
    column("dead", "people killed, where a number is told", |r| counted(r.size.dead)),
    column("injured", "people injured, where a number is told", |r| counted(r.size.injured)),
    column("arrested", "people arrested, where a number is told", |r| counted(r.size.arrested)),
    column("protesters", "people protesting, where a number is told", |r| counted(r.size.protesters)),
    column("actor_code", "country or organisation code of each actor", |r| codes(&r.actor)),
    column("actor_sector", "PLOVER sector of each actor", |r| sectors(&r.actor)),
    column("actor_text", "the words of the text for each actor", |r| texts(&r.actor)),
    column("actor_name", "each actor's name in full, where known", |r| names(&r.actor)),
    column("recipient_code", "country or organisation code of each recipient", |r| codes(&r.recipient)),
    column("recipient_sector", "PLOVER sector of each recipient", |r| sectors(&r.recipient)),
    column("recipient_text", "the words of the text for each recipient", |r| texts(&r.recipient)),
    column("recipient_name", "each recipient's name in full, where known", |r| names(&r.recipient)),
    column("speaker_code", "code of whose claim it is; empty where the text itself says so", |r| codes(r.speaker.as_slice())),
    column("speaker_sector", "PLOVER sector of the speaker", |r| sectors(r.speaker.as_slice())),
    column("speaker_text", "the words of the text for the speaker", |r| texts(r.speaker.as_slice())),
    column("speaker_name", "the speaker's name in full, where known", |r| names(r.speaker.as_slice())),
    column("place", "the place's usual name, else the words of the text", |r| {
        let place = r.event_loc.as_ref();
        some(place.map(|place| place.resolved_place.as_ref().unwrap_or(&place.extracted_place).as_str()))
    }),
    column("place_country", "the place's country, ISO 3166-1 alpha-3", |r| some(r.event_loc.as_ref().and_then(|place| place.country_code.as_deref()))),
    column("place_lat", "its latitude in degrees, where known", |r| number(r.event_loc.as_ref().and_then(|place| place.lat))),
    column("place_lon", "its longitude in degrees, where known", |r| number(r.event_loc.as_ref().and_then(|place| place.lon))),
    column("place_geonameid", "its number in GeoNames, where known", |r| counted(r.event_loc.as_ref().and_then(|place| place.geonameid))),
    column("event_text", "the words that carry the event", |r| joined(r.event_text.iter().map(String::as_str))),
    column("text", "the sentence, line breaks as spaces", |r| r.text.clone()),
    column("sequence", "number of the sentence in the document, from 1", |r| r.text_info.sequence.to_string()),
    column("start", "first character of the sentence", |r| r.text_info.start.to_string()),
    column("end", "one past its last character", |r| r.text_info.end.to_string()),
    column("trigger_start", "first character of the event word", |r| r.text_info.trigger_start.to_string()),
    column("trigger_end", "one past its last character", |r| r.text_info.trigger_end.to_string()),
    column("mentions", "how many times the document tells of the event", |r| r.mentions.len().to_string()),
    column("rule", "id of the row that made the record", |r| r.rule.clone()),
    column("score", "probability that the record is right, 0 to 1", |r| r.score.to_string()),
    column("title", "the document's headline", |r| some(r.cite_info.title.as_deref())),
    column("corpus", "the document's outlet", |r| some(r.cite_info.corpus.as_deref())),
    column("url", "the document's address", |r| some(r.cite_info.url.as_deref())),
    column("language", "the document's language, ISO 639-1", |r| some(r.cite_info.language.as_deref())),
    column("published", "day of publication, YYYY-MM-DD", |r| some(r.cite_info.date.as_deref())),
    column("coder", "program and version", |r| r.coder.clone()),
];

/// Comma separated values as RFC 4180 has them: UTF-8, a header, one line a record.
#[derive(Debug)]
pub struct Csv;

/// The same with the byte order mark and the guarded cells that Excel needs.
///
/// Without the mark Excel shows Arabic and Russian as garbage when a file is double-clicked. A cell that begins with `=`, `+`, `-` or `@` and is no number gets an
/// apostrophe before it, because Excel would take a sentence from the web for a formula.
#[derive(Debug)]
pub struct Excel;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "a flat table, one line a record, for R, Stata, pandas"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn resumable(&self) -> bool {
        true
    }

    fn writer(&self, out: Box<dyn Write + Send>, continued: bool) -> io::Result<Box<dyn Writer>> {
        Rows::begin(out, continued, false)
    }
}

impl Format for Excel {
    fn name(&self) -> &'static str {
        "excel"
    }

    fn about(&self) -> &'static str {
        "the same table so that Excel opens it by a double click"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn resumable(&self) -> bool {
        true
    }

    fn writer(&self, mut out: Box<dyn Write + Send>, continued: bool) -> io::Result<Box<dyn Writer>> {
        if !continued {
            out.write_all("\u{feff}".as_bytes())?;
        }
        Rows::begin(out, continued, true)
    }
}

struct Rows {
    out: csv::Writer<Box<dyn Write + Send>>,
    guarded: bool,
}

impl Rows {
    fn begin(out: Box<dyn Write + Send>, continued: bool, guarded: bool) -> io::Result<Box<dyn Writer>> {
        let mut out = csv::WriterBuilder::new().from_writer(out);
        if !continued {
            out.write_record(COLUMNS.iter().map(|column| column.name)).map_err(io_error)?;
        }
        Ok(Box::new(Rows { out, guarded }))
    }
}

impl Writer for Rows {
    fn write(&mut self, records: &[Record]) -> io::Result<()> {
        for record in records {
            for column in COLUMNS {
                let cell = (column.cell)(record);
                let cell = one_line(&cell);
                // A number that begins so is no formula.
                let guard = self.guarded && cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
                self.out.write_field(if guard { Cow::Owned(format!("'{cell}")) } else { cell }.as_bytes()).map_err(io_error)?;
            }
            self.out.write_record(None::<&[u8]>).map_err(io_error)?;
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

/// A closed pipe is a closed pipe: the library's own conversion forgets what kind of error it was.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// One row must be one line for `grep`, `wc` and their like.
fn one_line(cell: &str) -> Cow<'_, str> {
    if cell.contains(['\n', '\r', '\0']) { Cow::Owned(cell.replace(['\n', '\r', '\0'], " ")) } else { Cow::Borrowed(cell) }
}

fn some(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn counted(value: Option<u32>) -> String {
    value.map(|n| n.to_string()).unwrap_or_default()
}

fn number(value: Option<f64>) -> String {
    value.map(|n| n.to_string()).unwrap_or_default()
}

/// The name by which an enum goes in JSON.
fn name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for (n, part) in parts.enumerate() {
        if n > 0 {
            all.push(';');
        }
        all.extend(part.chars().map(|c| if c == ';' { ',' } else { c }));
    }
    all
}

fn codes(entities: &[Entity]) -> String {
    joined(entities.iter().map(|entity| entity.code.as_deref().unwrap_or_default()))
}

fn sectors(entities: &[Entity]) -> String {
    joined(entities.iter().map(|entity| entity.sector.map_or("", |sector| sector.name())))
}

fn texts(entities: &[Entity]) -> String {
    joined(entities.iter().map(|entity| entity.entity_text.as_str()))
}

fn names(entities: &[Entity]) -> String {
    joined(entities.iter().map(|entity| entity.name.as_deref().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Csv, Excel};
    use crate::store::samples::{records, written};

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn cell(row: &[String], column: &str) -> String {
        row[COLUMNS.iter().position(|c| c.name == column).unwrap()].clone()
    }

    #[test]
    fn one_line_a_record_under_a_header() {
        let bytes = written(&Csv, &records());
        assert_eq!(String::from_utf8(bytes.clone()).unwrap().lines().count(), 1 + records().len());
        let rows = cells(&bytes);
        assert_eq!(rows[0], COLUMNS.iter().map(|c| c.name).collect::<Vec<_>>());
        assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
    }

    #[test]
    fn lists_are_joined_in_the_same_order() {
        let rows = cells(&written(&Csv, &records()));
        assert_eq!(cell(&rows[1], "actor_code"), "RUS;USA");
        assert_eq!(cell(&rows[1], "actor_sector"), "GOV;");
        assert_eq!(cell(&rows[1], "actor_name"), "Lavrov, Sergey;");
        assert_eq!(cell(&rows[1], "recipient_code"), "");
        assert_eq!(cell(&rows[2], "speaker_code"), "KAZ");
        assert_eq!(cell(&rows[2], "aux"), "negation");
    }

    #[test]
    fn excel_gets_its_mark_and_no_formulas() {
        let bytes = written(&Excel, &records());
        assert!(bytes.starts_with(b"\xef\xbb\xbfid,"));
        assert_eq!(cell(&cells(&bytes)[3], "text"), "'=HYPERLINK is what the wire sent before troops left Osh.");
    }
}
