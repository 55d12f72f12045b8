use jiff::civil::Date;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::{Problem, SourceError, date};
use crate::model::Document;

pub(super) const EXPECTED: &str = "an object with `id` and `text`";
const DATE: &str = "YYYY-MM-DD, YYYYMMDD or an RFC 3339 time";

/// The fields we know, not looked into yet, so that a message can name the one that is wrong.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    text: Option<&'a RawValue>,
    #[serde(borrow, default)]
    lang: Option<&'a RawValue>,
    #[serde(borrow, default)]
    date: Option<&'a RawValue>,
    #[serde(borrow, default)]
    title: Option<&'a RawValue>,
    #[serde(borrow, default)]
    author: Option<&'a RawValue>,
    #[serde(borrow, default)]
    outlet: Option<&'a RawValue>,
    #[serde(borrow, default)]
    url: Option<&'a RawValue>,
}

/// The document that an object describes; `line` is where the object begins in the file.
pub(super) fn document(file: &str, line: u64, json: &str) -> Result<Document, SourceError> {
    let fields = fields(json).map_err(|(down, problem)| SourceError::line(file, line + down, problem))?;
    let within = |field| move |problem| SourceError::at(file, Some(line), Some(field), problem);
    let optional = |field, raw| known(raw).map_err(within(field));
    let id = id(fields.id).map_err(within("id"))?;
    Ok(Document {
        id: id.unwrap_or_else(|| format!("{file}#{line}")),
        text: text(fields.text).map_err(within("text"))?,
        lang: optional("lang", fields.lang)?,
        date: day(fields.date).map_err(within("date"))?,
        title: optional("title", fields.title)?,
        author: optional("author", fields.author)?,
        outlet: optional("outlet", fields.outlet)?,
        url: optional("url", fields.url)?,
    })
}

/// The fields, or what is wrong and how many lines further down.
fn fields(json: &str) -> Result<Fields<'_>, (u64, Problem)> {
    // An array would be taken for the fields in their order.
    if !json.starts_with('{') && serde_json::from_str::<&RawValue>(json).is_ok() {
        return Err((0, unexpected(EXPECTED, json)));
    }
    serde_json::from_str(json).map_err(|error| {
        let down = error.line().saturating_sub(1) as u64;
        (down, not_json(&error))
    })
}

fn not_json(error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Problem::Json { message: format!("{message}, column {}", error.column()) }
}

fn id(raw: Option<&RawValue>) -> Result<Option<String>, Problem> {
    match raw.map(RawValue::get) {
        Some(number) if number.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Ok(Some(number.to_owned())),
        Some(json) => Ok(filled(string(json, "a string or a number")?)),
        None => Ok(None),
    }
}

fn text(raw: Option<&RawValue>) -> Result<String, Problem> {
    let value = |found: &str| Problem::Value { expected: "a string", found: found.to_owned() };
    let raw = raw.ok_or_else(|| value("nothing"))?;
    filled(string(raw.get(), "a string")?).ok_or_else(|| value("a blank string"))
}

fn known(raw: Option<&RawValue>) -> Result<Option<String>, Problem> {
    match raw {
        Some(raw) => Ok(filled(string(raw.get(), "a string")?)),
        None => Ok(None),
    }
}

fn day(raw: Option<&RawValue>) -> Result<Option<Date>, Problem> {
    let Some(raw) = raw.map(RawValue::get) else {
        return Ok(None);
    };
    let stated = if raw.starts_with(|c: char| c.is_ascii_digit()) { raw.to_owned() } else { string(raw, DATE)? };
    let Some(stated) = filled(stated) else {
        return Ok(None);
    };
    match date::stated(&stated) {
        Some(found) => Ok(Some(found.date)),
        None => Err(Problem::Value { expected: DATE, found: format!("{:?}", stated.chars().take(40).collect::<String>()) }),
    }
}

fn filled(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

fn string(json: &str, expected: &'static str) -> Result<String, Problem> {
    if json.starts_with('"') { serde_json::from_str(json).map_err(|error| not_json(&error)) } else { Err(unexpected(expected, json)) }
}

fn unexpected(expected: &'static str, json: &str) -> Problem {
    let found = match json.as_bytes().first() {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a truth value",
        Some(b'n') => "null",
        _ => "a number",
    };
    let found = found.to_owned();
    Problem::Value { expected, found }
}
