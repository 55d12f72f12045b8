//! Sentences with the numbers that are told of their events.

use super::*;
use crate::model::Document;
use crate::pipeline::{Coder, Options, Scratch};

/// A sentence, a type, and `dead injured arrested protesters`.
type Case = (&'static str, EventType, [Option<u32>; 4]);

/// All cases, so that one that fails does not hide the next.
fn check(cases: &[Case]) {
    let wrong: Vec<String> = cases.iter().filter_map(|(text, kind, expected)| fault(text, *kind, *expected)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn fault(text: &str, kind: EventType, expected: [Option<u32>; 4]) -> Option<String> {
    thread_local!(static CODER: Coder = Coder::new(Options { min_score: Some(0.0), ..Options::default() }).expect("sound"));
    CODER.with(|coder| {
        let lang = if text.contains('о') {
            "ru"
        } else if text.contains('ا') {
            "ar"
        } else {
            "en"
        };
        let document = Document { id: "d".to_owned(), text: text.to_owned(), lang: Some(lang.to_owned()), ..Document::default() };
        let coded = coder.code(&document, &mut Scratch::default());
        let sizes: Vec<[Option<u32>; 4]> =
            coded.records.iter().filter(|r| r.event[0] == kind).map(|r| [r.size.dead, r.size.injured, r.size.arrested, r.size.protesters]).collect();
        (!sizes.contains(&expected)).then(|| format!("{text}: {sizes:?}, expected {expected:?} of {kind}"))
    })
}

#[test]
fn english() {
    use EventType::{Assault, Coerce, Protest};
    check(&[
        ("At least 12 people were killed in an attack on a market in Baghdad.", Assault, [Some(12), None, None, None]),
        ("The bombing of the village killed 12 people and wounded thirty others.", Assault, [Some(12), Some(30), None, None]),
        ("A suicide bomber attacked a mosque, killing twenty-one worshippers and injuring more than 1,200.", Assault, [Some(21), Some(1200), None, None]),
        ("Police arrested 45 protesters in Cairo on Monday.", Coerce, [None, None, Some(45), None]),
        ("Some 5,000 people protested against the government in Kyiv.", Protest, [None, None, None, Some(5000)]),
        ("Russian forces shelled the town, leaving five dead and nine injured.", Assault, [Some(5), Some(9), None, None]),
        ("Two gunmen killed five soldiers near Goma.", Assault, [Some(5), None, None, None]),
        ("Dozens of people were killed in an attack on the village.", Assault, [None, None, None, None]),
    ]);
}

#[test]
fn russian() {
    use EventType::{Assault, Coerce};
    check(&[
        ("В результате обстрела города погибли 12 человек, ещё 30 ранены.", Assault, [Some(12), Some(30), None, None]),
        ("При атаке боевиков на деревню были убиты двадцать пять мирных жителей.", Assault, [Some(25), None, None, None]),
        ("Полиция задержала 45 участников протеста в Бишкеке.", Coerce, [None, None, Some(45), None]),
        ("Израиль нанёс удар по Газе, число погибших выросло до 120.", Assault, [Some(120), None, None, None]),
    ]);
}

#[test]
fn arabic() {
    use EventType::{Assault, Coerce};
    check(&[
        ("أسفر الهجوم على السوق عن مقتل 12 شخصا وإصابة 30 آخرين بجروح.", Assault, [Some(12), Some(30), None, None]),
        ("قتل خمسة جنود في هجوم على قاعدة عسكرية في سيناء.", Assault, [Some(5), None, None, None]),
        ("اعتقلت الشرطة 45 متظاهرا في القاهرة.", Coerce, [None, None, Some(45), None]),
        ("أدى القصف الإسرائيلي على غزة إلى مقتل جنديين وإصابة ثلاثة عشر مدنيا.", Assault, [Some(2), Some(13), None, None]),
    ]);
}
