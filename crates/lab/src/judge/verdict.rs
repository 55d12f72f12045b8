//! Training of the verdict on factuality: whether events that gold knows are denied, planned or supposed there.

use std::collections::BTreeMap;
use std::path::Path;

use marsad::events::{Feature, UNREAL, Verdict};
use marsad::pipeline::Candidate as Case;

use super::Doc;
use super::corpora::SETS;
use super::regress::{regress, text_of};
use crate::Error;
use crate::gold::{CodedEvent, GoldEvent};

/// What gold says of a candidate's factuality.
pub struct Signs {
    features: Vec<Feature>,
    /// Number in [`UNREAL`]; `None` for a fact.
    truth: Option<usize>,
}

/// The signs of a candidate that is this event of gold. A plan that was coded as an agreement to it was planned.
pub fn signs(case: &Case, coded: &CodedEvent, gold: &GoldEvent) -> Signs {
    let aux = if coded.kind == case.kind.name() { gold.aux } else { Some("future") };
    Signs { features: case.signs.clone(), truth: UNREAL.iter().position(|u| aux == Some(u.name())) }
}

/// Weights by feature for denied, planned, supposed.
pub type Table = BTreeMap<String, [f64; UNREAL.len()]>;

/// Penalties on squared weights: what the rows saw is to count where examples are few; words around an event must earn their weight.
fn penalty(name: &str) -> f64 {
    match name.split(' ').next() {
        Some("found" | "cue" | "cues" | "bias") => 1.0,
        Some("row") => 12.0,
        _ => 5.0,
    }
}

/// The verdict's weights.
pub fn fit<'a>(docs: impl Iterator<Item = &'a Doc>) -> Table {
    let cases: Vec<(&Signs, f64)> = docs.flat_map(|d| d.candidates.iter().filter_map(move |c| Some((c.signs.as_ref()?, SETS[d.set].judged)))).collect();
    let mut table = Table::new();
    for n in 0..UNREAL.len() {
        let weights = regress(cases.iter().map(|(s, weight)| (s.features.as_slice(), s.truth == Some(n), *weight)), &penalty);
        weights.into_iter().for_each(|(name, w)| table.entry(name).or_default()[n] = w);
    }
    table
}

/// Smaller weights are not written.
const LEAST_WEIGHT: f64 = 0.1;

const HEAD: &str = "# Weights of the verdict on factuality (three logistic regressions). Written by `marsad-lab judge`; trained on gold sets of coded news sentences.\n# Licence MIT OR Apache-2.0.\nfeature\tnegation\tfuture\thypothetical\n";

pub fn to_verdict(table: &Table) -> Result<Verdict, Error> {
    Verdict::parse(&text_of(HEAD, table, LEAST_WEIGHT)).ok_or_else(|| Error::Argument("the verdict's weights are no numbers".to_owned()))
}

pub fn write(out: &Path, table: &Table) -> Result<(), Error> {
    std::fs::write(out, text_of(HEAD, table, LEAST_WEIGHT)).map_err(|e| Error::file(out, e))
}
