//! A glance must see of a sentence what the judge sees under the same names, or it passes over what it was not trained to pass over.

use std::collections::BTreeSet;

use marsad::events::{LEAST, Weighed};
use marsad::model::Document;
use marsad::pipeline::{Candidate, Coder, Options, Scratch};

const ARTICLES: [&str; 6] = [
    include_str!("../../../fixtures/articles/evening-en.txt"),
    include_str!("../../../fixtures/articles/evening-ru.txt"),
    include_str!("../../../fixtures/articles/evening-ar.txt"),
    "The home side attacked from the first minute and met little resistance. The coach praised his bench and promised a new striker before the autumn.",
    "Хозяева атаковали с первых минут и почти не встретили сопротивления. Тренер похвалил запасных и пообещал к осени нового нападающего.",
    "هاجم أصحاب الأرض منذ الدقيقة الأولى ولم يلقوا مقاومة تذكر. وأشاد المدرب ببدلائه ووعد بمهاجم جديد قبل الخريف.",
];

/// Numbers of the sentences in which a candidate is as asked.
fn sentences(candidates: &[Candidate], asked: impl Fn(&Candidate) -> bool) -> BTreeSet<usize> {
    candidates.iter().filter(|c| asked(c)).map(|c| c.record.text_info.sequence).collect()
}

#[test]
fn sentences_are_passed_over_by_the_features_that_the_judge_has_of_them() {
    let coder = Coder::new(Options { min_score: Some(0.0), fast: true, ..Options::default() }).expect("the built-in tables are sound");
    let glance = Weighed::embedded(true).glance;
    let mut passed = 0;
    for text in ARTICLES {
        let document = Document { id: "article".to_owned(), text: text.to_owned(), ..Document::default() };
        let candidates = coder.candidates(&document, &mut Scratch::default());
        let worth = sentences(&candidates, |c| glance.chance(&c.features) >= LEAST);
        // The judge knows a planned meeting as an agreement, a glance does not yet.
        let settled = sentences(&candidates, |c| c.record.event != [c.kind]);
        let coded: BTreeSet<usize> =
            coder.code(&document, &mut Scratch::default()).records.iter().flat_map(|r| r.mentions.iter().map(|m| m.sequence)).collect();
        let all = sentences(&candidates, |_| true);
        for sentence in all.difference(&settled) {
            assert_eq!(coded.contains(sentence), worth.contains(sentence), "sentence {sentence} of {}", text.lines().next().unwrap_or_default());
        }
        passed += all.difference(&worth).count();
    }
    assert!(passed > 0, "some sentence of the articles has a fitting row and is passed over");
}
