//! The linker's training: on which sides gold puts the phrases of a candidate.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use marsad::events::{Feature, Linker};
use marsad::pipeline::Candidate as Case;

use super::Doc;
use super::corpora::SETS;
use super::regress::regress;
use crate::Error;
use crate::gold::GoldEvent;

/// On which sides gold puts the phrases of a candidate: by their words where they are found in the sentence, else by their code.
pub fn sides(text: &str, start: usize, case: &Case, gold: &GoldEvent) -> Vec<(Vec<Feature>, bool, bool)> {
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
            if let Some(l) = (0..case.links.len()).find(|&l| code.is_some() && case.links[l].code == *code && !case.links[l].scene) {
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
    let known = case.links.iter().zip(acts).filter(|(l, [a, r])| !l.scene && (!open || l.code.is_some() || *a || *r));
    known.map(|(l, [a, r])| (l.features.clone(), a, r)).collect()
}

/// A phrase's features, whether it acts, whether it suffers, and its weight.
type LinkExample<'a> = (&'a Vec<Feature>, bool, bool, f64);

/// Weights of the linker for actor and recipient.
pub fn fit<'a>(docs: impl Iterator<Item = &'a Doc>) -> BTreeMap<String, [f64; 2]> {
    let cases: Vec<LinkExample> = docs
        .flat_map(|d| d.candidates.iter().map(move |c| (d.set, c)))
        .flat_map(|(set, c)| c.links.iter().map(move |l| (&l.0, l.1, l.2, SETS[set].linked)))
        .collect();
    let side = |right: &dyn Fn(&LinkExample) -> bool| regress(cases.iter().map(|c| (c.0.as_slice(), right(c), c.3)), &|_| 2.0);
    let (actor, recipient) = (side(&|c| c.1), side(&|c| c.2));
    let mut out: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    actor.into_iter().for_each(|(name, w)| out.entry(name).or_default()[0] = w);
    recipient.into_iter().for_each(|(name, w)| out.entry(name).or_default()[1] = w);
    out
}

fn links_table(weights: &BTreeMap<String, [f64; 2]>) -> String {
    let mut text = "# Weights of the linker (two logistic regressions). Written by `marsad-lab judge`; trained on gold sets of coded news sentences.\n# Licence MIT OR Apache-2.0.\nfeature\tactor\trecipient\n".to_owned();
    for (name, [a, r]) in weights.iter().filter(|(_, [a, r])| a.abs().max(r.abs()) >= 0.03) {
        let _ = writeln!(text, "{name}\t{a:.3}\t{r:.3}");
    }
    text
}

pub fn to_linker(weights: &BTreeMap<String, [f64; 2]>) -> Result<Linker, Error> {
    Linker::parse(&links_table(weights)).ok_or_else(|| Error::Argument("the linker's weights are no numbers".to_owned()))
}

pub fn write(out: &Path, weights: &BTreeMap<String, [f64; 2]>) -> Result<(), Error> {
    std::fs::write(out, links_table(weights)).map_err(|e| Error::file(out, e))
}
