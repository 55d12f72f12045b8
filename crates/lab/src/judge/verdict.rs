//! Training of the verdict on factuality: whether events that gold knows are denied, planned or supposed there.

use std::collections::BTreeMap;
use std::path::Path;

use marsad::events::{Feature, UNREAL, Verdict};
use marsad::model::Document;
use marsad::pipeline::{Candidate as Case, Coder, Options, Scratch};

use super::corpora::{Folders, SETS};
use super::regress::{regress, text_of};
use super::{Doc, FOLDS, Taught};
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

/// Weight of an example of a row. It shows the row at work and not where its word says nothing, which the articles show.
const EXAMPLE_WEIGHT: f64 = 0.25;

/// The verdict's weights.
pub fn fit<'a>(docs: impl Iterator<Item = &'a Doc>, examples: &'a [Signs]) -> Table {
    let told = docs.flat_map(|d| d.candidates.iter().filter_map(move |c| Some((c.signs.as_ref()?, SETS[d.set].judged))));
    let cases: Vec<(&Signs, f64)> = told.chain(examples.iter().map(|s| (s, EXAMPLE_WEIGHT))).collect();
    let mut table = Table::new();
    for n in 0..UNREAL.len() {
        let weights = regress(cases.iter().map(|(s, weight)| (s.features.as_slice(), s.truth == Some(n), *weight)), &penalty);
        weights.into_iter().for_each(|(name, w)| table.entry(name).or_default()[n] = w);
    }
    table
}

/// Smaller weights are not written.
const LEAST_WEIGHT: f64 = 0.1;

const HEAD: &str = "# Weights of the verdict on factuality (three logistic regressions). Written by `marsad-lab verdict` or `judge`; trained on coded news sentences and the examples of the factuality tables.\n# Licence MIT OR Apache-2.0.\nfeature\tnegation\tfuture\thypothetical\n";

pub fn to_verdict(table: &Table) -> Result<Verdict, Error> {
    Verdict::parse(&text_of(HEAD, table, LEAST_WEIGHT)).ok_or_else(|| Error::Argument("the verdict's weights are no numbers".to_owned()))
}

pub fn write(out: &Path, table: &Table) -> Result<(), Error> {
    std::fs::write(out, text_of(HEAD, table, LEAST_WEIGHT)).map_err(|e| Error::file(out, e))
}

/// Folder of the tables whose examples teach.
const TABLES: &str = "crates/marsad/src/events/factuality";

/// What the examples of the factuality tables show: events on which a row bears, which are what the row says.
pub fn examples() -> Result<Vec<Signs>, Error> {
    let coder = Coder::new(Options { taught: Some(Taught::default()), fast: true, ..Options::default() }).map_err(|e| Error::Argument(e.to_string()))?;
    let mut out = Vec::new();
    for lang in marsad_text::LANGUAGES {
        let path = Path::new(TABLES).join(format!("{lang}.tsv"));
        let text = std::fs::read_to_string(&path).map_err(|e| Error::file(&path, e))?;
        let before = out.len();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [lemma, pos, _, effect, example] = cells[..] else { continue };
            let Some(truth) = UNREAL.iter().position(|u| effect == u.name()) else { continue };
            let cue = format!("cue {effect} {lang} {pos} {}", lemma.replace('*', ""));
            let document = Document { text: example.to_owned(), lang: Some(lang.to_string()), ..Document::default() };
            let cases = coder.candidates(&document, &mut Scratch::default());
            let seen = cases.into_iter().filter(|case| case.signs.iter().any(|(name, _)| *name == cue));
            out.extend(seen.map(|case| Signs { features: case.signs, truth: Some(truth) }));
        }
        if out.len() == before {
            return Err(Error::file(&path, "no example shows its row at work"));
        }
    }
    Ok(out)
}

/// Probabilities from which on an event is told as unreal, to choose among.
const LEAST: [f32; 5] = [0.3, 0.35, 0.4, 0.45, 0.5];

/// `marsad-lab verdict`: trains the verdict alone, which needs no encoder, and measures it on documents that it was not trained on.
pub fn run(folders: Folders, out: &Path) -> Result<(), Error> {
    let docs = super::load(folders, true, &[], &Taught::default())?;
    let examples = examples()?;
    let fold = |doc: &Doc| doc.number % FOLDS;
    let mut tallies: BTreeMap<(&str, usize), Tally> = BTreeMap::new();
    for held in 0..FOLDS {
        let verdict = to_verdict(&fit(docs.iter().filter(|d| fold(d) != held), &examples))?;
        for doc in docs.iter().filter(|d| fold(d) == held) {
            for signs in doc.candidates.iter().filter_map(|c| c.signs.as_ref()) {
                let chances = verdict.chances(&signs.features);
                let mut add = |set| (0..LEAST.len()).for_each(|n| tallies.entry((set, n)).or_default().add(signs, chances, LEAST[n]));
                add(SETS[doc.set].name);
                add("all");
            }
        }
    }
    tallies.iter().for_each(|((set, n), tally)| println!("{set}, from {:.2} on: {}", LEAST[*n], tally.told()));
    write(out, &fit(docs.iter(), &examples))
}

/// How verdicts compare with gold.
#[derive(Default)]
struct Tally {
    /// By what gold has: events, of these told rightly, told as facts.
    unreal: [usize; 3],
    facts: [usize; 2],
}

impl Tally {
    fn add(&mut self, signs: &Signs, chances: [f32; UNREAL.len()], least: f32) {
        let said = (0..UNREAL.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).filter(|&n| chances[n] >= least);
        let right = usize::from(said == signs.truth);
        match signs.truth {
            Some(_) => [1, right, usize::from(said.is_none())].iter().zip(&mut self.unreal).for_each(|(n, sum)| *sum += n),
            None => [1, right].iter().zip(&mut self.facts).for_each(|(n, sum)| *sum += n),
        }
    }

    fn told(&self) -> String {
        let Tally { unreal: [unreal, right, as_facts], facts: [facts, told] } = self;
        let share = (right + told) as f64 / (unreal + facts).max(1) as f64;
        format!(
            "right {share:.3}; of {unreal} denied, planned or supposed {right} told so, {as_facts} told as facts; of {facts} facts {} told otherwise",
            facts - told
        )
    }
}
