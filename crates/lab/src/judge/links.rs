//! The linker's training: on which sides gold puts the phrases of a candidate.

use std::collections::BTreeMap;
use std::path::Path;

use marsad::events::{Companion, Feature, Linker, company};
use marsad::model::Code;
use marsad::pipeline::Candidate as Case;

use super::corpora::SETS;
use super::regress::{Weights, probability, regress, text_of};
use super::{Candidate, Doc};
use crate::Error;
use crate::gold::GoldEvent;

/// A phrase of a candidate, and the sides that gold puts it on.
pub struct Phrase {
    features: Vec<Feature>,
    code: Option<Code>,
    /// First character of its head.
    place: usize,
    /// Whether it acts and whether it suffers; `None` where that cannot be told.
    sides: Option<[bool; 2]>,
}

/// On which sides gold puts the phrases of a candidate: by their words where they are found in the sentence, else by their code.
pub fn sides(text: &str, start: usize, case: &Case, gold: &GoldEvent) -> Vec<Phrase> {
    let sentence: String = text.chars().skip(start).take_while(|&c| c != '\n').collect();
    let mut acts = vec![[false; 2]; case.links.len()];
    // Gold tells some participants in the words of another language: which phrase is meant is then unknown, unless by its code.
    let mut open = false;
    for (actor, words, code) in &gold.participants {
        let span = words.as_deref().and_then(|w| sentence.find(w).map(|at| (start + sentence[..at].chars().count(), w.chars().count())));
        let side = usize::from(!*actor);
        let by_words: Vec<usize> =
            span.map_or_else(Vec::new, |(from, n)| (0..case.links.len()).filter(|&l| (from..from + n).contains(&case.links[l].start)).collect());
        if by_words.is_empty() {
            let same_code = |&l: &usize| code.is_some() && case.links[l].code == *code && !case.links[l].scene;
            // A title may head the name that gold tells.
            let around = |&l: &usize| span.is_some_and(|(from, n)| case.links[l].phrase.start <= from && from + n <= case.links[l].phrase.end);
            let coded = || (0..case.links.len()).filter(same_code);
            if let Some(l) = coded().filter(around).min_by_key(|&l| case.links[l].phrase.len()).or_else(|| coded().next()) {
                acts[l][side] = true;
            } else {
                open |= words.is_some() && span.is_none() && code.is_none();
            }
        } else {
            // Of several phrases within the words, the one with the right code is meant, else the first.
            let l = by_words.iter().copied().find(|&l| case.links[l].code == *code).unwrap_or(by_words[0]);
            acts[l][side] = true;
        }
    }
    let phrase = |(l, sides): (&marsad::pipeline::LinkCase, [bool; 2])| {
        let known = !l.scene && (!open || l.code.is_some() || sides[0] || sides[1]);
        Phrase { features: l.features.clone(), code: l.code.as_deref().and_then(Code::new), place: l.start, sides: known.then_some(sides) }
    };
    case.links.iter().zip(acts).map(phrase).collect()
}

/// Weights by feature: alone as actor and recipient, among the others as actor and recipient.
pub type Table = BTreeMap<String, [f64; 4]>;

/// Parts of the training documents: what weighs phrases among others has to see chances as they are in new text, so those of a part come from the other parts.
const PARTS: usize = 3;
const PENALTY: f64 = 2.0;

/// The linker's weights.
pub fn fit<'a>(docs: impl Iterator<Item = &'a Doc>) -> Table {
    let docs: Vec<&Doc> = docs.filter(|d| d.candidates.iter().any(|c| !c.links.is_empty())).collect();
    let alone = fit_alone(&docs);
    let mut cases: Vec<(Vec<Feature>, [bool; 2], f64)> = Vec::new();
    for part in 0..PARTS {
        let (inside, outside): (Vec<&Doc>, Vec<&Doc>) = docs.iter().partition(|d| d.number % PARTS == part);
        let weights = fit_alone(&outside);
        let candidates = inside.iter().flat_map(|d| d.candidates.iter().map(move |c| (SETS[d.set].linked, c)));
        candidates.for_each(|(weight, c)| add_cases(&mut cases, c, weight, &weights));
    }
    let cases: Vec<Example> = cases.iter().map(|(features, sides, weight)| (features.as_slice(), *sides, *weight)).collect();
    let mut table = Table::new();
    for (column, weights) in alone.into_iter().chain(fit_sides(&cases)).enumerate() {
        weights.into_iter().for_each(|(name, w)| table.entry(name).or_default()[column] = w);
    }
    table
}

/// A phrase's features, whether it acts and suffers, and its weight.
type Example<'a> = (&'a [Feature], [bool; 2], f64);

/// Weights of phrases alone, as actor and as recipient.
fn fit_alone(docs: &[&Doc]) -> [Weights; 2] {
    let phrases = docs.iter().flat_map(|d| d.candidates.iter().flat_map(|c| &c.links).map(|p| (p, SETS[d.set].linked)));
    let cases: Vec<Example> = phrases.filter_map(|(p, weight)| Some((p.features.as_slice(), p.sides?, weight))).collect();
    fit_sides(&cases)
}

/// The two sides, each on a thread.
fn fit_sides(cases: &[Example]) -> [Weights; 2] {
    let fit = |side: usize| regress(cases.iter().map(|&(features, sides, weight)| (features, sides[side], weight)), &|_| PENALTY);
    std::thread::scope(|scope| {
        let recipient = scope.spawn(|| fit(1));
        [fit(0), recipient.join().expect("fitting does not panic")]
    })
}

/// Adds a candidate's phrases with what the others make of them, where weights of their own say what each is alone.
fn add_cases(out: &mut Vec<(Vec<Feature>, [bool; 2], f64)>, candidate: &Candidate, weight: f64, alone: &[Weights; 2]) {
    let chance = |p: &Phrase, side: usize| probability(&alone[side], &p.features) as f32;
    let all: Vec<Companion> = candidate.links.iter().map(|p| Companion { chances: [chance(p, 0), chance(p, 1)], code: p.code, place: p.place }).collect();
    for (n, phrase) in candidate.links.iter().enumerate() {
        let Some(sides) = phrase.sides else { continue };
        let mut features = phrase.features.clone();
        company(&all, n, candidate.kind, candidate.reciprocal, &mut features);
        out.push((features, sides, weight));
    }
}

/// Smaller weights are not written: .08 here or .04 make no difference to the sides that are found.
const LEAST_WEIGHT: f64 = 0.08;

const HEAD: &str = "# Weights of the linker: of a phrase alone (two logistic regressions), then among the others (two more). Written by `marsad-lab judge`; trained on gold sets of coded news sentences.\n# Licence MIT OR Apache-2.0.\nfeature\talone actor\talone recipient\tactor\trecipient\n";

pub fn to_linker(table: &Table) -> Result<Linker, Error> {
    Linker::parse(&text_of(HEAD, table, LEAST_WEIGHT)).ok_or_else(|| Error::Argument("the linker's weights are no numbers".to_owned()))
}

pub fn write(out: &Path, table: &Table) -> Result<(), Error> {
    std::fs::write(out, text_of(HEAD, table, LEAST_WEIGHT)).map_err(|e| Error::file(out, e))
}
