//! A document as data: what `document` shows, for programs.

use marsad::{
    model::Record,
    pipeline::{Coded, Language},
    source::Reading,
};
use serde::Serialize;

/// The shape of `marsad read --json`, one object a line.
#[derive(Serialize)]
struct Data<'a> {
    id: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    author: Option<&'a str>,
    url: Option<&'a str>,
    /// Day of publication, `YYYY-MM-DD`.
    date: Option<String>,
    /// ISO 639-1 code where the language is covered.
    language: Option<&'static str>,
    language_name: &'a str,
    covered: bool,
    words: usize,
    sentences: usize,
    events: usize,
    notes: Vec<String>,
    records: &'a [Record],
}

/// The document and its records as a line of JSON.
pub fn line(reading: &Reading, coded: &Coded) -> String {
    let document = &reading.document;
    let (language, language_name) = match &coded.language {
        Language::Covered(lang) => (Some(lang.code()), lang.name()),
        Language::NotCovered(name) => (None, name.as_str()),
    };
    let data = Data {
        id: &document.id,
        title: document.title.as_deref(),
        outlet: document.outlet.as_deref(),
        author: document.author.as_deref(),
        url: document.url.as_deref(),
        date: document.date.map(|date| date.to_string()),
        language,
        language_name,
        covered: language.is_some(),
        words: coded.words,
        sentences: coded.sentences,
        events: coded.records.len(),
        notes: reading.notes.iter().map(ToString::to_string).collect(),
        records: &coded.records,
    };
    let mut line = serde_json::to_string(&data).expect("a struct of texts and numbers is JSON");
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use marsad::{
        model::Document,
        pipeline::{Coded, Language},
        source::Reading,
        text::Lang,
    };

    use super::line;
    use crate::view::samples::russian;

    #[test]
    fn one_line_with_header_and_records() {
        let document = Document { id: "wire-7".to_owned(), date: "2022-01-12".parse().ok(), ..Document::default() };
        let coded = Coded { language: Language::Covered(Lang::Ru), sentences: 1, words: 8, records: vec![russian()] };
        let line = line(&Reading { document, notes: Vec::new() }, &coded);
        assert_eq!(line.lines().count(), 1);
        let data: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&data["language"], &data["events"], &data["title"]), (&"ru".into(), &1.into(), &serde_json::Value::Null));
        assert_eq!(data["records"][0]["aux"], "negation");
    }
}
