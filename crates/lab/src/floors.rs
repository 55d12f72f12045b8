//! Holds quality on the shared gold sets and treebanks to `gold/floors.toml`. Where the data are absent the tests say so and pass: they are not part of the project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use marsad::pipeline::{Coder, Options, Scratch};

use crate::gold::{self, Tally};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn floors(section: &str) -> BTreeMap<String, f64> {
    let text = std::fs::read_to_string(root().join("gold/floors.toml")).expect("gold/floors.toml");
    let mut all: BTreeMap<String, BTreeMap<String, f64>> = toml::from_str(&text).expect("floors are numbers");
    all.remove(section).unwrap_or_default()
}

#[test]
fn event_types_on_gold() {
    let folder = root().join("../shared/gold");
    if !folder.is_dir() {
        println!("skipped: the gold sets are not beside the project ({} is absent)", folder.display());
        return;
    }
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (name, floor) in floors("gold") {
        let (file, lang) = match name.as_str() {
            "arabic_news" => ("arabic-news-dev.jsonl", "ar"),
            other => ("ntrex-dev.jsonl", &other[other.len() - 2..]),
        };
        let mut tally = Tally::default();
        for doc in gold::read(&folder.join(file), lang).expect("a sound gold set") {
            let events: Vec<_> = coder.code(&doc.document, &mut Scratch::default()).records.iter().flat_map(gold::coded).collect();
            tally.add_document(&doc, &events);
        }
        let f1 = tally.levels[0].f1();
        println!("{name}: type F1 {f1:.3}, floor {floor}");
        assert!(f1 >= floor, "{name}: type F1 {f1:.3} is below its floor {floor}");
    }
}

#[test]
fn trees_on_treebanks() {
    let folder = root().join("../shared/ud");
    if !folder.is_dir() {
        println!("skipped: the treebanks are not beside the project ({} is absent)", folder.display());
        return;
    }
    for (lang, file, style) in [
        ("en", "UD_English-EWT/en_ewt-ud-test.conllu", "ewt"),
        ("ru", "UD_Russian-GSD/ru_gsd-ud-test.conllu", "gsd"),
        ("ar", "UD_Arabic-PADT-derived/ar_padtlite-test.conllu", "padt"),
    ] {
        let parser = crate::load(&root().join(format!("models/{lang}.marsad"))).expect("a sound model");
        let style = parser.styles().iter().position(|s| s == style).expect("a known style");
        let sentences = crate::data::read(&folder.join(file)).expect("a sound treebank");
        let las = crate::eval::raw_text(&parser, &sentences, style, &mut marsad_text::Scratch::default()).las;
        let floor = floors("las")[lang];
        println!("{lang}: LAS {las:.2} from raw text, floor {floor}");
        assert!(las >= floor, "{lang}: LAS {las:.2} is below its floor {floor}");
    }
}
