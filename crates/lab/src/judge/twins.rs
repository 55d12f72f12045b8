//! The judge of twins: whether two candidates of a type in a sentence are two events.

use std::collections::BTreeMap;

use marsad::events::Feature;

use super::Doc;
use super::corpora::SETS;
use super::regress::{Weights, probability, regress};
use crate::gold::CodedEvent;

/// A candidate that is kept, with its probability.
pub struct Settled {
    /// Number of the candidate in its document.
    pub candidate: usize,
    pub at: usize,
    pub line: usize,
    pub event: CodedEvent,
    pub score: f64,
}

const PENALTY: f64 = 2.0;

/// Candidates by falling probability.
fn ranked(doc: &Doc, judge: &Weights) -> (Vec<usize>, Vec<f64>) {
    let scores: Vec<f64> = doc.candidates.iter().map(|c| probability(judge, &c.features)).collect();
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    (order, scores)
}

/// Features of a pair, with the scores that the judge gives now.
fn with_scores(features: &[Feature], first: f64, other: f64) -> Vec<Feature> {
    let scored = |(name, value): &Feature| match name.as_str() {
        "score" => (name.clone(), other as f32),
        "score of first" => (name.clone(), first as f32),
        _ => (name.clone(), *value),
    };
    features.iter().map(scored).collect()
}

/// Weights: in the order of the judge, a further candidate is an event of its own while gold has more of them than were kept.
pub fn fit<'a>(docs: impl Iterator<Item = &'a Doc>, judge: &Weights) -> Weights {
    let mut cases: Vec<(Vec<Feature>, bool, f64)> = Vec::new();
    for doc in docs.filter(|d| SETS[d.set].linked > 0.0) {
        let Some(gold) = &doc.gold else { continue };
        let (order, scores) = ranked(doc, judge);
        let mut kept: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for c in order {
            let candidate = &doc.candidates[c];
            let [certain, open] = super::wanted(gold, candidate.line, &candidate.event.kind);
            let before = kept.entry((candidate.line, candidate.event.kind.as_str())).or_default();
            let pairs: Vec<&(usize, Vec<Feature>)> = candidate.rivals.iter().filter(|(first, _)| before.contains(first)).collect();
            let apart = before.len() < certain + open;
            if certain > 0 && (open == 0 || before.len() < certain) {
                // Where it is one of the kept events told again, which of them gold does not tell: the nearest.
                let chosen = if apart { pairs } else { pairs.into_iter().max_by_key(|(first, _)| std::cmp::Reverse(first.abs_diff(c))).into_iter().collect() };
                let weight = SETS[doc.set].linked;
                cases.extend(chosen.into_iter().map(|(first, f)| (with_scores(f, scores[*first], scores[c]), apart, weight)));
            }
            if apart {
                before.push(c);
            }
        }
    }
    regress(cases.iter().map(|(f, apart, weight)| (f.as_slice(), *apart, *weight)), &|_| PENALTY)
}

/// What is kept of a document's candidates: retellings are merged into the event that they tell of, as the coder does it.
pub fn settle(doc: &Doc, judge: &Weights, apart: &Weights) -> Vec<Settled> {
    let (order, scores) = ranked(doc, judge);
    let mut kept: Vec<(usize, Settled)> = Vec::new();
    for c in order {
        let candidate = &doc.candidates[c];
        let chance = |(first, f): &(usize, Vec<Feature>)| {
            let place = kept.iter().position(|(k, _)| k == first)?;
            Some((place, probability(apart, &with_scores(f, scores[*first], scores[c]))))
        };
        let nearest = candidate.rivals.iter().filter_map(chance).min_by(|a, b| a.1.total_cmp(&b.1));
        match nearest {
            Some((place, chance)) if chance < 0.5 => {
                let reciprocal = doc.candidates[kept[place].0].reciprocal;
                complete(&mut kept[place].1.event, &candidate.event, reciprocal);
            }
            _ => {
                let score = scores[c] * nearest.map_or(1.0, |n| n.1);
                kept.push((c, Settled { candidate: c, at: candidate.at, line: candidate.line, event: candidate.event.clone(), score }));
            }
        }
    }
    kept.into_iter().map(|(_, s)| s).collect()
}

/// Takes over the sides that only the retelling tells; where all sides act nobody is acted upon.
fn complete(first: &mut CodedEvent, retelling: &CodedEvent, reciprocal: bool) {
    if first.actors.is_empty() && first.recipients.is_disjoint(&retelling.actors) {
        first.actors.clone_from(&retelling.actors);
    }
    if !reciprocal && first.recipients.is_empty() && first.actors.is_disjoint(&retelling.recipients) {
        first.recipients.clone_from(&retelling.recipients);
    }
}
