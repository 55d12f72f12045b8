//! The encoder on the model that the program carries: what it says does not depend on the company, and broken files are told, not used.

use std::sync::LazyLock;

use marsad_text::encode::{MAX_PIECES, Scratch};
use marsad_text::{Encoder, ModelError, Reading};
use proptest::prelude::*;

static FILE: &[u8] = include_bytes!("../../../models/events.marsad");
static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::from_bytes(FILE).expect("the model is sound"));

/// The bytes where white space ends.
fn words(text: &str) -> Vec<Option<usize>> {
    text.split_whitespace().map(|w| Some(w.as_ptr() as usize - text.as_ptr() as usize)).collect()
}

fn read(texts: &[&str]) -> Vec<Reading> {
    let sentences: Vec<_> = texts.iter().map(|t| (*t, words(t))).collect();
    ENCODER.read(&sentences, &mut Scratch::default())
}

fn likeliest(reading: &Reading, word: usize) -> &'static str {
    let classes = reading.classes(word).expect("the word is read");
    let best = (0..classes.len()).max_by(|&a, &b| classes[a].total_cmp(&classes[b])).expect("there are classes");
    ENCODER.classes()[best]
}

#[test]
fn plain_events_are_seen_in_three_languages() {
    let texts = [
        "Thousands of students protested outside the parliament in Santiago on Friday .",
        "Полиция задержала десятки демонстрантов в центре столицы .",
        "اجتمع وزير الخارجية المصري مع نظيره السوداني في القاهرة أمس .",
    ];
    let readings = read(&texts);
    assert_eq!(likeliest(&readings[0], 3), "PROTEST");
    assert_eq!(likeliest(&readings[1], 1), "COERCE");
    assert_eq!(likeliest(&readings[2], 0), "CONSULT");
    assert_eq!(likeliest(&readings[0], 7), "none");
    // The students act, the parliament does not.
    let protest = ENCODER.classes().iter().position(|c| *c == "PROTEST").expect("a class");
    let acts = |word| ENCODER.pair(&readings[0], 3, protest, word).expect("both are read")[0];
    assert!(acts(2) > acts(6), "{} {}", acts(2), acts(6));
}

#[test]
fn odds_are_those_of_a_distribution() {
    let readings = read(&["The envoys met in Geneva ."]);
    for word in 0..6 {
        let sum: f32 = readings[0].classes(word).expect("it is read").iter().map(|x| x.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    }
    assert!(readings[0].classes(6).is_none());
    assert!(ENCODER.pair(&readings[0], 0, ENCODER.classes().len(), 1).is_none());
}

#[test]
fn the_company_changes_nothing() {
    let texts: Vec<String> = (0..60).map(|n| format!("Report {n} : {} troops crossed the border near Kassala", "many ".repeat(n % 17))).collect();
    let together = read(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    for (text, reading) in texts.iter().zip(&together) {
        let alone = &read(&[text])[0];
        for word in 0..words(text).len() {
            assert_eq!(alone.classes(word), reading.classes(word), "{text}");
        }
    }
}

#[test]
fn what_lies_beyond_is_not_read() {
    let text = "strike ".repeat(2 * MAX_PIECES);
    let reading = &read(&[&text])[0];
    assert!(reading.classes(MAX_PIECES / 2).is_some());
    assert!(reading.classes(2 * MAX_PIECES - 1).is_none());
    assert!(read(&["", "  "]).iter().all(|r| r.classes(0).is_none()));
}

#[test]
fn broken_files_are_told() {
    let leak = |bytes: Vec<u8>| -> &'static [u8] { Box::leak(bytes.into_boxed_slice()) };
    assert_eq!(Encoder::from_bytes(b"marsad\0m").err(), Some(ModelError::NotAModel));
    assert!(matches!(Encoder::from_bytes(&FILE[..FILE.len() / 2]).err(), Some(ModelError::Truncated { .. })));
    let mut flipped = FILE.to_vec();
    flipped[FILE.len() / 2] ^= 1;
    assert!(matches!(Encoder::from_bytes(leak(flipped)).err(), Some(ModelError::Corrupted { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(texts in proptest::collection::vec("\\PC{0,80}", 0..6), starts in proptest::collection::vec(0usize..100, 0..8)) {
        let sentences: Vec<_> = texts.iter().map(|t| (t.as_str(), starts.iter().map(|s| Some(*s)).collect())).collect();
        let readings = ENCODER.read(&sentences, &mut Scratch::default());
        prop_assert_eq!(readings.len(), texts.len());
        for reading in &readings {
            for word in 0..starts.len() {
                prop_assert!(reading.classes(word).is_none_or(|c| c.iter().all(|x| x.is_finite())));
            }
        }
    }
}

proptest! {
    #[test]
    fn words_come_apart_between_letters_only(text in "[ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآ ًٌٍَُِّْـaЖ1.،«]{0,80}") {
        let breaks = ENCODER.spacing().breaks(&text, &|word| word.len() % 3 == 0);
        prop_assert!(breaks.is_sorted());
        for at in breaks {
            let around = (text[..at].chars().next_back(), text[at..].chars().next());
            prop_assert!(matches!(around, (Some(a), Some(b)) if !a.is_whitespace() && b.is_alphabetic()), "{text:?} at {at}");
        }
    }
}
