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
fn clauses_of_gerunds_and_nouns_are_what_their_governors_say() {
    let coder = Coder::new(Options::default()).expect("the built-in tables are sound");
    for (lang, text, aux) in [
        ("en", "The army denied attacking the camp in Jordan.", Aux::Negation),
        ("en", "The army attacked the camp in case of an attack on its base.", Aux::Hypothetical),
        ("ar", "في حال قصف إسرائيل بيروت سترد إيران.", Aux::Hypothetical),
        ("ru", "На случай нападения на базу армия стянула в город войска.", Aux::Hypothetical),
    ] {
        let document = Document { id: "one".to_owned(), text: text.to_owned(), lang: Some(lang.to_owned()), ..Document::default() };
        let records = coder.code(&document, &mut Scratch::default()).records;
        let attacks: Vec<_> = records.iter().filter(|r| r.event == [EventType::Assault]).map(|r| r.aux).collect();
        assert!(attacks.contains(&Some(aux)), "{text}: {attacks:?}");
    }
}

#[test]
fn a_headline_with_an_infinitive_tells_a_plan() {
    let coder = Coder::new(Options::default()).expect("the built-in tables are sound");
    let text = "Ecuador to expel Venezuelan diplomats";
    let document = Document { id: "one".to_owned(), text: text.to_owned(), lang: Some("en".to_owned()), ..Document::default() };
    let records = coder.code(&document, &mut Scratch::default()).records;
    assert_eq!(records.iter().map(|r| (r.event[0], r.aux)).next(), Some((EventType::Sanction, Some(Aux::Future))));
}

#[test]
fn who_denies_says_so() {
    let coder = Coder::new(Options::default()).expect("the built-in tables are sound");
    for (lang, text, speaker) in [
        ("en", "Moscow denied that its army had shelled the hospital.", "Moscow"),
        ("ru", "Москва опровергла, что армия обстреляла больницу.", "Москва"),
        ("ar", "نفت موسكو أن يكون جيشها قصف المستشفى.", "موسكو"),
    ] {
        let document = Document { id: "one".to_owned(), text: text.to_owned(), lang: Some(lang.to_owned()), ..Document::default() };
        let records = coder.code(&document, &mut Scratch::default()).records;
        let attack = records.iter().find(|r| r.event == [EventType::Assault]).expect(text);
        assert_eq!(attack.speaker.as_ref().map(|s| s.entity_text.as_str()), Some(speaker), "{text}");
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
