//! Every candidate of a document with what judge, verdict and linker see of it: what they are taught from.

use std::ops::Range;

use super::records::Parsed;
use super::{Coder, Found, Language, Purpose, Scratch, find};
use crate::events::{Feature, Link};
use crate::model::{Document, EventType, Record};

/// A candidate with what judge and linker see of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The record that it would be.
    pub record: Record,
    /// The type of its row: an announced meeting is a meeting here.
    pub kind: EventType,
    /// What the judge sees.
    pub features: Vec<Feature>,
    /// What the verdict on its factuality sees.
    pub signs: Vec<Feature>,
    /// Whether all its sides act.
    pub reciprocal: bool,
    /// What the linker sees.
    pub links: Vec<LinkCase>,
    /// Other candidates of its type in the sentence, by number in the document, with what tells the two apart if the other is kept.
    pub rivals: Vec<(usize, Vec<Feature>)>,
}

/// A phrase that may take part in a candidate.
#[derive(Clone, Debug)]
pub struct LinkCase {
    /// First character of its head.
    pub start: usize,
    /// Characters from its first word to its last.
    pub phrase: Range<usize>,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// Whether it says where.
    pub scene: bool,
    /// What the linker sees.
    pub features: Vec<Feature>,
}

impl Coder {
    /// Every candidate of a document, whatever its score: for training the judge and the linker.
    #[must_use]
    pub fn candidates(&self, document: &Document, scratch: &mut Scratch) -> Vec<Candidate> {
        let Language::Covered(lang) = self.language(document) else { return Vec::new() };
        let engine = self.engine(lang);
        let found = find(engine, document, scratch, Purpose::Training);
        let parsed = Parsed::new(engine, document, &scratch.analysis);
        let (mut sentence, mut first) = (usize::MAX, 0);
        let one = |(n, f): (usize, Found)| {
            if sentence != f.sentence {
                (sentence, first) = (f.sentence, n);
            }
            candidate(&parsed, f, first)
        };
        found.into_iter().enumerate().map(one).collect()
    }
}

/// A candidate of a sentence whose first candidate has this number in the document.
fn candidate(parsed: &Parsed, found: Found, first: usize) -> Candidate {
    let record = parsed.record(&found);
    let tree = parsed.tree(found.sentence);
    let event = found.event;
    let link = |l: &Link| LinkCase {
        start: parsed.offsets.range(tree.word(l.head).span).start,
        phrase: parsed.offsets.range(tree.span(l.resolved.words.clone())),
        code: l.resolved.code.map(|c| c.to_string()),
        scene: l.scene,
        features: l.features.clone(),
    };
    Candidate {
        record,
        kind: parsed.engine.lexicon.row(event.row).kind.unwrap_or(event.kind),
        links: event.links.iter().map(link).collect(),
        reciprocal: event.reciprocal,
        features: event.features,
        signs: event.signs,
        rivals: event.rivals.into_iter().map(|(other, features)| (first + other, features)).collect(),
    }
}
