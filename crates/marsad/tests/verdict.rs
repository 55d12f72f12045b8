//! Signs that an event did not happen are weighed together: the same word denies in one sentence and not in another.

use marsad::model::{Aux, Document, EventType};
use marsad::pipeline::{Coder, Options, Scratch};

/// Factuality of the likeliest attack in a sentence.
fn attack(coder: &Coder, lang: &str, text: &str) -> Option<Option<Aux>> {
    let document = Document { id: "one".to_owned(), text: text.to_owned(), lang: Some(lang.to_owned()), ..Document::default() };
    let records = coder.code(&document, &mut Scratch::default()).records;
    let attacks = records.iter().filter(|r| r.event == [EventType::Assault]);
    attacks.max_by(|a, b| a.score.total_cmp(&b.score)).map(|r| r.aux)
}

#[test]
fn who_asks_whether_it_was_not_so_says_that_it_was() {
    let cases = [
        ("en", "The army did not shell the port.", "Was it not the army that bombed the hospital?"),
        ("ru", "Армия не обстреливала порт.", "Разве не армия бомбила больницу?"),
        ("ar", "لم يقصف الجيش الميناء.", "ألم يقصف الجيش المستشفى؟"),
    ];
    let coder = Coder::new(Options::default()).expect("the built-in tables are sound");
    for (lang, denied, asked) in cases {
        assert_eq!(attack(&coder, lang, denied), Some(Some(Aux::Negation)), "{denied}");
        assert_eq!(attack(&coder, lang, asked), Some(None), "{asked}");
    }
}

#[test]
fn an_explanation_says_what_the_signs_came_to() {
    let coder = Coder::new(Options::default()).expect("the built-in tables are sound");
    let document = Document { id: "one".to_owned(), text: "The army did not shell the port.".to_owned(), lang: Some("en".to_owned()), ..Document::default() };
    let told = coder.explain(&document, None, &mut Scratch::default());
    let seen = &told.first().expect("it is coded").factuality;
    assert!(seen.iter().any(|line| line.contains("events/factuality/en.tsv:")), "{seen:?}");
    assert!(seen.last().is_some_and(|line| line.starts_with("weighed together: negation ") && line.ends_with("so negation")), "{seen:?}");
}
