//! A document for a person: what it is, and its events.

use marsad::{
    model::Document,
    pipeline::{Coded, Language},
    source::Reading,
};

use super::{Screen, bidi, events, number, styles, text};

/// The header and the table of events.
pub fn shown(reading: &Reading, coded: &Coded, screen: &Screen) -> String {
    let mut shown = header(reading, coded, screen);
    let events = events::shown(&coded.records, screen);
    if !events.is_empty() {
        shown.push('\n');
        shown.push_str(&events);
    }
    shown
}

fn header(reading: &Reading, coded: &Coded, screen: &Screen) -> String {
    let document = &reading.document;
    let mut lines = Vec::new();
    if let Some(title) = &document.title {
        lines.extend(broken(title, screen).map(|line| screen.paint(styles::STRONG, &line)));
    }
    lines.push(screen.paint(styles::FAINT, &origin(document)));
    lines.push(screen.paint(styles::STRONG, &counts(coded)));
    lines.extend(reading.notes.iter().map(|note| screen.paint(styles::FAINT, &format!("Note: {note}"))));
    lines.join("\n") + "\n"
}

/// A title in lines; each one is isolated, for a terminal decides on direction line by line.
fn broken(title: &str, screen: &Screen) -> impl Iterator<Item = String> {
    text::lines(text::clean(title).trim(), screen.width).into_iter().map(|line| bidi::isolated(&line))
}

/// `article.html · Al-Masar · 2022-01-12`.
fn origin(document: &Document) -> String {
    let date = document.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    let parts = [Some(document.id.clone()), document.outlet.clone(), document.author.clone(), Some(date)];
    let parts: Vec<String> = parts.iter().flatten().map(|part| bidi::isolated(text::clean(part).trim())).collect();
    parts.join(" · ")
}

/// `Arabic · 1,204 words · 43 sentences · 17 events`.
fn counts(coded: &Coded) -> String {
    let count = |number: usize, noun| number::counted(number as u64, noun);
    match &coded.language {
        Language::Covered(lang) => {
            let (words, sentences) = (count(coded.words, "word"), count(coded.sentences, "sentence"));
            format!("{} · {words} · {sentences} · {}", lang.name(), count(coded.records.len(), "event"))
        }
        Language::NotCovered(name) => format!("Language not covered ({name}): not coded"),
    }
}

#[cfg(test)]
mod tests {
    use marsad::{
        model::Document,
        pipeline::{Coded, Language},
        source::{Note, Reading},
        text::Lang,
    };

    use super::shown;
    use crate::view::{Screen, samples::arabic};

    const SCREEN: Screen = Screen { width: 80, styled: false };

    fn reading() -> Reading {
        let document = Document {
            id: "geneva.html".to_owned(),
            title: Some("لقاء في جنيف".to_owned()),
            outlet: Some("Al-Masar".to_owned()),
            date: "2022-01-12".parse().ok(),
            ..Document::default()
        };
        Reading { document, notes: vec![Note::Guessed { encoding: "windows-1256" }] }
    }

    #[test]
    fn a_header_says_what_the_document_is() {
        let coded = Coded { language: Language::Covered(Lang::Ar), sentences: 1, words: 1200, records: vec![arabic()] };
        let expected = "\
\u{2068}لقاء في جنيف\u{2069}
geneva.html · Al-Masar · 2022-01-12
Arabic · 1,200 words · 1 sentence · 1 event
Note: encoding guessed: windows-1256

#  Date ";
        let all = shown(&reading(), &coded, &SCREEN);
        assert!(all.starts_with(expected), "{all}");
    }

    #[test]
    fn what_is_not_covered_says_so() {
        let coded = Coded { language: Language::NotCovered("Persian".to_owned()), sentences: 0, words: 0, records: Vec::new() };
        assert!(shown(&reading(), &coded, &SCREEN).contains("\nLanguage not covered (Persian): not coded\n"));
    }
}
