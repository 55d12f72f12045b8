//! The cases of the event types: sentences that are and are not an event, one a line, in each type's folder (docs/LEXICON.md, "Cases").
//!
//! A case is right if the sentence gives exactly the expected types with the expected codes on both sides. Not every case can be met by today's parser and rows:
//! `gold/floors.toml` pins the share that is, for each language, and this test holds it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use marsad::model::{Document, Record};
use marsad::pipeline::{Coder, Options, Scratch};

/// Type, actors' codes, recipients' codes.
type Event = (String, Vec<String>, Vec<String>);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn codes(text: &str) -> Vec<String> {
    let mut out: Vec<String> = text.split(',').map(str::trim).filter(|c| !c.is_empty() && *c != "-").map(str::to_owned).collect();
    out.sort();
    out.dedup();
    out
}

fn expected(text: &str) -> Vec<Event> {
    if text.trim() == "none" {
        return Vec::new();
    }
    text.split(" & ").map(|e| one(e.trim())).collect()
}

fn one(text: &str) -> Event {
    let (head, sides) = text.split_once(' ').unwrap_or((text, "- > -"));
    let kind = head.split(['/', '~']).next().unwrap_or_default().to_owned();
    let (actors, recipients) = sides.split_once('>').unwrap_or((sides, ""));
    (kind, codes(actors), codes(recipients))
}

fn got(records: &[Record]) -> Vec<Event> {
    let side = |s: &[marsad::model::Entity]| codes(&s.iter().filter_map(|e| e.code.clone()).collect::<Vec<_>>().join(","));
    records.iter().map(|r| (r.event[0].name().to_owned(), side(&r.actor), side(&r.recipient))).collect()
}

/// Cases of a language: file and line, sentence, what is expected.
fn cases(lang: &str) -> Vec<(String, String, String)> {
    let types = root().join("crates/marsad/src/events/types");
    let mut folders: Vec<PathBuf> = fs::read_dir(types).expect("types").flatten().map(|e| e.path()).collect();
    folders.sort();
    let mut out = Vec::new();
    for folder in folders {
        let file = folder.join(format!("cases.{lang}.txt"));
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let name = format!("{}/cases.{lang}.txt", folder.file_name().unwrap_or_default().to_string_lossy());
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()) {
            let (sentence, want) = line.rsplit_once(" | ").unwrap_or_else(|| panic!("{name}:{}: expected «sentence | event»", n + 1));
            out.push((format!("{name}:{}", n + 1), sentence.to_owned(), want.to_owned()));
        }
    }
    out
}

fn floor(name: &str) -> f64 {
    let text = fs::read_to_string(root().join("gold/floors.toml")).expect("gold/floors.toml");
    let floors: BTreeMap<String, BTreeMap<String, f64>> = toml::from_str(&text).expect("floors are numbers");
    floors["cases"][name]
}

fn check(lang: &str) {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    let mut scratch = Scratch::default();
    let all = cases(lang);
    assert!(all.len() > 200, "{lang} has {} cases", all.len());
    let (mut types_right, mut all_right) = (0, 0);
    for (place, sentence, want) in &all {
        let document =
            Document { id: place.clone(), text: sentence.clone(), lang: Some(lang.to_owned()), date: Some(date(2025, 6, 15)), ..Document::default() };
        let (mut want, mut have) = (expected(want), got(&coder.code(&document, &mut scratch).records));
        want.sort();
        have.sort();
        let kinds = |e: &[Event]| e.iter().map(|e| e.0.clone()).collect::<Vec<_>>();
        types_right += usize::from(kinds(&want) == kinds(&have));
        all_right += usize::from(want == have);
        if want != have {
            println!("{place}: {sentence}\n    want {want:?}\n    have {have:?}");
        }
    }
    let share = |n: usize| n as f64 / all.len() as f64;
    println!("{lang}: {} cases, types right {:.3}, all right {:.3}", all.len(), share(types_right), share(all_right));
    let (types, whole) = (floor(&format!("{lang}_types")), floor(&format!("{lang}_all")));
    assert!(share(types_right) >= types, "{lang}: types right {:.3}, floor {types}", share(types_right));
    assert!(share(all_right) >= whole, "{lang}: all right {:.3}, floor {whole}", share(all_right));
}

#[test]
fn english_cases() {
    check("en");
}

#[test]
fn russian_cases() {
    check("ru");
}

#[test]
fn arabic_cases() {
    check("ar");
}
