//! Letters that a user's cells cannot mean: those of another language, marks that nobody sees, words in a form that no text has.

use marsad_text::Lang;

use super::{File, Problems, Row, Shape, TableError};
use crate::forms::Vary;

/// Notes words in which Latin and Cyrillic letters that look the same are mixed: such a word is found in no text.
pub(super) fn mixed(file: &File, problems: &mut Problems) {
    for (i, line) in file.text.as_str().lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let words = line.split(|c: char| !c.is_alphabetic());
        for word in words.filter(|w| w.chars().any(is_cyrillic) && w.chars().any(|c| c.is_ascii_alphabetic())) {
            let latin: String = word.chars().filter(char::is_ascii_alphabetic).collect();
            let message = format!("«{word}» mixes alphabets, expected Cyrillic letters only: {latin} is Latin");
            problems.push(TableError { file: file.shown.clone(), line: i + 1, message });
        }
    }
}

/// Notes what is wrong with the letters of a row. `lang` is the table's, where it has one.
pub(super) fn check(row: &Row, shape: &Shape, lang: Option<Lang>, problems: &mut Problems) {
    let columns = shape.columns.iter().chain(shape.optional);
    for (&column, cell) in columns.zip(&row.cells).filter(|(column, cell)| **column != "example" && **cell != "-") {
        if let Some(odd) = cell.chars().find(|c| c.is_control() || (c.is_whitespace() && *c != ' ')) {
            problems.push(row.error(format!("column {column} holds U+{:04X}, expected an ordinary space or nothing in its place", odd as u32)));
        }
        if let Some(lang) = lang.filter(|_| column == "lemma") {
            lemma(row, shape, lang, cell, problems);
        } else if let Some(lang) = of_column(column) {
            name(row, column, lang, cell, problems);
        }
    }
}

/// The language of the names in a column.
fn of_column(column: &str) -> Option<Lang> {
    match column.split('_').next()? {
        "en" => Some(Lang::En),
        "ru" => Some(Lang::Ru),
        "ar" => Some(Lang::Ar),
        _ => None,
    }
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

fn is_arabic(c: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&c) || ('\u{fb50}'..='\u{fdff}').contains(&c) || ('\u{fe70}'..='\u{fefc}').contains(&c)
}

/// The alphabet of a letter, if it is one of the languages'.
fn alphabet(c: char) -> Option<Lang> {
    match c {
        _ if is_cyrillic(c) => Some(Lang::Ru),
        _ if is_arabic(c) => Some(Lang::Ar),
        _ if c.is_alphabetic() && c < '\u{250}' => Some(Lang::En),
        _ => None,
    }
}

fn called(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Latin",
        Lang::Ru => "Cyrillic",
        Lang::Ar => "Arabic",
    }
}

/// Names of any language may have Latin letters, as acronyms have.
fn name(row: &Row, column: &str, lang: Lang, cell: &str, problems: &mut Problems) {
    let other = cell.split(';').find(|variant| variant.chars().filter_map(alphabet).any(|of| of != lang && of != Lang::En));
    if let Some(other) = other {
        problems.push(row.error(format!("{column} is {}, expected {} letters; are two columns swapped?", other.trim(), called(lang))));
    }
}

fn lemma(row: &Row, shape: &Shape, lang: Lang, cell: &str, problems: &mut Problems) {
    // «ddos-атака» is Russian; a subject may have a foreign word alone («covid»), what happens has not.
    let latin_is_fine = !shape.columns.contains(&"pos") || cell.chars().any(|c| alphabet(c) == Some(lang));
    if cell.chars().filter_map(alphabet).any(|of| of != lang && !(of == Lang::En && latin_is_fine)) {
        return problems.push(row.error(format!("lemma is {cell}, expected {} letters", called(lang))));
    }
    let pos = shape.columns.iter().position(|c| *c == "pos").and_then(|column| row.get(column)).and_then(Vary::of_letter);
    let words: Vec<&str> = cell.split(' ').collect();
    let at = words.iter().position(|w| w.ends_with('*')).unwrap_or_default();
    let head = words[at].trim_end_matches('*');
    let Some(pos) = pos.filter(|pos| *pos != Vary::Particle && !head.is_empty()) else { return };
    if let Some(bare) = without_article(words[at]).filter(|_| pos != Vary::Verb && lang == Lang::Ar && has_article(head)) {
        let bare = [&words[..at], &[bare], &words[at + 1..]].concat().join(" ");
        problems.push(row.error(format!("lemma {cell} has the article, expected {bare}; if its first letter is إ or أ, write it so")));
    }
    let small = head.to_lowercase();
    if small != head && pos.forms(lang, &small) != pos.forms(lang, head) {
        problems.push(row.error(format!("lemma is {cell}, expected small letters: {}", cell.to_lowercase())));
    }
}

/// Whether an Arabic noun or adjective begins with the article.
fn has_article(word: &str) -> bool {
    let mut stems = ["", "ة", "ي", "ية", "ات"].iter().filter_map(|ending| word.strip_suffix(ending));
    word.chars().count() > 4 && without_article(word).is_some() && !stems.any(|stem| OF_THEIR_OWN.contains(&stem))
}

fn without_article(word: &str) -> Option<&str> {
    word.strip_prefix("ال")
}

/// Words whose first two letters are no article, without the endings of adjectives, feminines and plurals: verbal nouns of the eighth form, words from other languages,
/// and words with a hamza that the press leaves out. «الغاز» (the gas), «الهام» (the important) and «الحاد» (the sharp) are missing: they have the article more often.
const OF_THEIR_OWN: &[&str] = &[
    "البوم",
    "التئام",
    "التباس",
    "التجاء",
    "التحاق",
    "التحام",
    "التزام",
    "التصاق",
    "التفاف",
    "التفات",
    "التقاء",
    "التقاط",
    "التماس",
    "التهاب",
    "التهام",
    "التواء",
    "الحاح",
    "الحاق",
    "الزام",
    "الصاق",
    "الغاء",
    "الغام",
    "الف",
    "القاء",
    "الكترون",
    "الماس",
    "المان",
    "الوية",
    "الي",
    "الياف",
];
