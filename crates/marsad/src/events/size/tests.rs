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

#[test]
fn what_tells_a_time_counts_nobody() {
    use EventType::{Assault, Protest};
    let dead = |n| [Some(n), None, None, None];
    check(&[
        ("In August 2013 police killed 800 people.", Assault, dead(800)),
        ("A 2003 bombing killed 80 people.", Assault, dead(80)),
        ("Protesters clashed in March 2014.", Protest, [None; 4]),
        ("On June 4 1989 protesters were killed by the army.", Assault, [None; 4]),
        ("On 15 June protesters were killed by the army.", Assault, [None; 4]),
        ("At 5 pm protesters clashed with police.", Protest, [None; 4]),
        ("15 июня 2014 года боевики убили троих солдат.", Assault, dead(3)),
        ("15 июня боевики убили троих солдат.", Assault, dead(3)),
        ("3 марта того же года боевики убили двоих солдат.", Assault, dead(2)),
        ("В 5 утра боевики убили троих солдат.", Assault, dead(3)),
        ("في عام 2013 قتل 800 شخص في هجوم على المدينة.", Assault, dead(800)),
        ("في 15 يونيو 2014 قتل المسلحون خمسة جنود.", Assault, dead(5)),
        ("في الساعة 10 صباحا قتل خمسة جنود في هجوم.", Assault, dead(5)),
        ("في الساعة 10:30 قتل خمسة جنود في هجوم.", Assault, dead(5)),
    ]);
}

/// Beside a word for people, and in no expression of time, it is no year.
#[test]
fn numbers_like_years_count_people() {
    use EventType::Assault;
    check(&[
        ("The rebels killed 1948 people.", Assault, [Some(1948), None, None, None]),
        ("Боевики убили 1948 человек.", Assault, [Some(1948), None, None, None]),
        ("Боевики убили до 2000 человек.", Assault, [Some(2000), None, None, None]),
        ("قتل المسلحون 1948 شخصا في الهجوم.", Assault, [Some(1948), None, None, None]),
    ]);
}

#[test]
fn thousands_may_be_parted_by_any_space_and_sign() {
    use EventType::{Assault, Protest};
    let dead = |n| [Some(n), None, None, None];
    let protesters = |n| [None, None, None, Some(n)];
    check(&[
        ("The attack killed 10 000 people.", Assault, dead(10_000)),
        ("The attack killed 10\u{a0}000 people.", Assault, dead(10_000)),
        ("The attack killed 10\u{2009}000 people.", Assault, dead(10_000)),
        ("The attack killed 10\u{202f}000 people.", Assault, dead(10_000)),
        ("The attack killed 10,000 people.", Assault, dead(10_000)),
        ("The attack killed 10.000 people.", Assault, dead(10_000)),
        ("About 25 000 people protested against the government in Kyiv.", Protest, protesters(25_000)),
        ("При обстреле города погибли 1 200 человек.", Assault, dead(1_200)),
        ("При обстреле города погибли 1\u{a0}200 человек.", Assault, dead(1_200)),
        ("25 000 человек протестовали против правительства в Киеве.", Protest, protesters(25_000)),
        ("Боевики убили 5 тысяч 200 человек.", Assault, dead(5_200)),
        ("قتل 1 200 شخص في هجوم على المدينة.", Assault, dead(1_200)),
        ("تظاهر 25\u{202f}000 شخص ضد الحكومة في القاهرة.", Protest, protesters(25_000)),
        ("تظاهر 25 ألف شخص ضد الحكومة في القاهرة.", Protest, protesters(25_000)),
    ]);
}
