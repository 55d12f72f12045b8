//! `marsad-lab judge`: trains the judge on gold and measures it on documents that it was not trained on.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use marsad::events::{Feature, Linker};
use marsad::model::Document;
use marsad::pipeline::{Candidate as Case, Coder, Options, Scratch};
use serde::Deserialize;

use crate::Error;
use crate::gold::{self, CodedEvent, GoldDocument, GoldEvent, Tally};

/// A candidate with what the judge sees of it.
struct Candidate {
    at: usize,
    event: CodedEvent,
    features: Vec<Feature>,
    /// Phrases with the sides that gold puts them on.
    links: Vec<(Vec<Feature>, bool, bool)>,
    /// Whether it is right; `None` where gold leaves it open.
    right: Option<bool>,
}

struct Doc {
    set: usize,
    fold: usize,
    gold: Option<GoldDocument>,
    candidates: Vec<Candidate>,
}

/// Penalty on squared weights, by the kind of feature: single rows must earn their weight.
const PENALTY: f64 = 2.0;
const ROW_PENALTY: f64 = 4.0;
const FOLDS: usize = 5;
const NAMES: [&str; 4] = ["ntrex en", "ntrex ar", "ntrex ru", "arabic-news"];

pub fn run(folder: &Path, out: &Path) -> Result<(), Error> {
    let framed = load(folder, &Linker::default())?;
    // Held out: both linker and judge of a fold have seen the other folds only.
    let mut docs = Vec::new();
    let mut held = Vec::new();
    for fold in 0..FOLDS {
        let linker = to_linker(&fit_links(framed.iter().filter(|d| d.fold != fold)))?;
        let all = load(folder, &linker)?;
        let weights = fit(all.iter().filter(|d| d.fold != fold));
        for doc in all.into_iter().filter(|d| d.fold == fold) {
            held.push(doc.candidates.iter().map(|c| probability(&weights, &c.features)).collect::<Vec<f64>>());
            docs.push(doc);
        }
        eprintln!("fold {} of {FOLDS}", fold + 1);
    }
    let threshold = choose(&docs, &held, NAMES.len());
    for (set, name) in NAMES.iter().enumerate() {
        tally(&docs, &held, set, threshold).print(name);
    }
    print_detection(&docs, &held, threshold);
    print_calibration(&docs, &held);
    let links = fit_links(framed.iter());
    write_links(&out.with_file_name("linker.tsv"), &links)?;
    let weights = fit(load(folder, &to_linker(&links)?)?.iter());
    write(out, &weights, threshold)
}

fn load(folder: &Path, linker: &Linker) -> Result<Vec<Doc>, Error> {
    let coder = Coder::new(Options { linker: Some(linker.clone()), ..Options::default() }).map_err(|e| Error::Argument(e.to_string()))?;
    let sets = [("ntrex-dev.jsonl", "en"), ("ntrex-dev.jsonl", "ar"), ("ntrex-dev.jsonl", "ru"), ("arabic-news-dev.jsonl", "ar")];
    let mut docs = Vec::new();
    for (set, (file, lang)) in sets.iter().enumerate() {
        for (n, doc) in gold::read(&folder.join(file), lang)?.into_iter().enumerate() {
            // The three languages of a document stand in one fold.
            docs.push(with_gold(&coder, set, n % FOLDS, doc));
        }
    }
    for (n, file) in ["arabic-gsr-assault-dev.jsonl", "arabic-gsr-protest-dev.jsonl"].iter().enumerate() {
        docs.extend(labelled(&coder, &folder.join(file), sets.len() + n)?);
    }
    Ok(docs)
}

fn with_gold(coder: &Coder, set: usize, fold: usize, doc: GoldDocument) -> Doc {
    let cases = coder.candidates(&doc.document, &mut Scratch::default());
    let mut candidates: Vec<Candidate> = cases.iter().flat_map(candidate).collect();
    for (i, (start, events)) in doc.sentences.iter().enumerate() {
        let end = doc.sentences.get(i + 1).map_or(usize::MAX, |s| s.0);
        let here: Vec<usize> = (0..candidates.len()).filter(|&c| (*start..end).contains(&candidates[c].at)).collect();
        let coded: Vec<CodedEvent> = here.iter().map(|&c| candidates[c].event.clone()).collect();
        for &c in &here {
            candidates[c].right = Some(false);
        }
        for (g, c) in gold::matches(events, &coded, 0) {
            candidates[here[c]].right = events[g].certain.then_some(true);
            // Candidates made of one record a sentence each stand in the order of the cases.
            candidates[here[c]].links = sides(&doc.document.text, *start, &cases[here[c]], &events[g]);
        }
    }
    Doc { set, fold, gold: Some(doc), candidates }
}

fn candidate(case: &Case) -> Vec<Candidate> {
    gold::coded(&case.record).into_iter().map(|(at, event)| Candidate { at, event, features: case.features.clone(), links: Vec::new(), right: None }).collect()
}

/// On which sides gold puts the phrases of a candidate: by their words where they are found in the sentence, else by their code.
fn sides(text: &str, start: usize, case: &Case, gold: &GoldEvent) -> Vec<(Vec<Feature>, bool, bool)> {
    let sentence: String = text.chars().skip(start).take_while(|&c| c != '\n').collect();
    let mut acts = vec![[false; 2]; case.links.len()];
    for (actor, words, code) in &gold.participants {
        let span = words.as_deref().and_then(|w| sentence.find(w).map(|at| (start + sentence[..at].chars().count(), w.chars().count())));
        let side = usize::from(!*actor);
        let by_words: Vec<usize> =
            span.map_or_else(Vec::new, |(from, n)| (0..case.links.len()).filter(|&l| (from..from + n).contains(&case.links[l].start)).collect());
        if by_words.is_empty() {
            if let Some(l) = (0..case.links.len()).find(|&l| code.is_some() && case.links[l].code == *code) {
                acts[l][side] = true;
            }
        } else {
            // Of several phrases within the words, the one with the right code is meant, else the first.
            let l = by_words.iter().copied().find(|&l| case.links[l].code == *code).unwrap_or(by_words[0]);
            acts[l][side] = true;
        }
    }
    case.links.iter().zip(acts).map(|(l, [a, r])| (l.features.clone(), a, r)).collect()
}

fn print_detection(docs: &[Doc], held: &[Vec<f64>], threshold: f64) {
    for (set, name, kind) in [(4, "gsr assault", "ASSAULT"), (5, "gsr protest", "PROTEST")] {
        let (mut tp, mut fp, mut missed) = (0, 0, 0);
        for (doc, p) in docs.iter().zip(held).filter(|(d, _)| d.set == set) {
            let got = doc.candidates.iter().zip(p).any(|(c, p)| *p >= threshold && c.event.kind == kind);
            let yes = doc.gold.is_some();
            tp += usize::from(got && yes);
            fp += usize::from(got && !yes);
            missed += usize::from(!got && yes);
        }
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        println!("{name} detection P {:.3} R {:.3} F1 {:.3}", share(tp, tp + fp), share(tp, tp + missed), share(2 * tp, 2 * tp + fp + missed));
    }
}

/// A phrase's features, whether it acts, whether it suffers, and its weight.
type LinkExample<'a> = (&'a Vec<Feature>, bool, bool, f64);

/// Weights of the linker for actor and recipient.
fn fit_links<'a>(docs: impl Iterator<Item = &'a Doc>) -> BTreeMap<String, [f64; 2]> {
    let cases: Vec<LinkExample> = docs
        .flat_map(|d| d.candidates.iter().map(move |c| (d.set, c)))
        .flat_map(|(set, c)| c.links.iter().map(move |l| (&l.0, l.1, l.2, if set < 3 { 2.0 } else { 1.0 })))
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

fn to_linker(weights: &BTreeMap<String, [f64; 2]>) -> Result<Linker, Error> {
    Linker::parse(&links_table(weights)).ok_or_else(|| Error::Argument("the linker's weights are no numbers".to_owned()))
}

fn write_links(out: &Path, weights: &BTreeMap<String, [f64; 2]>) -> Result<(), Error> {
    std::fs::write(out, links_table(weights)).map_err(|e| Error::file(out, e))
}

#[derive(Deserialize)]
struct Labelled {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    label: String,
    text: String,
}

/// Sentences with a label for one type: candidates of that type are right or wrong as the label says; others are left open.
fn labelled(coder: &Coder, path: &Path, set: usize) -> Result<Vec<Doc>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let l: Labelled = serde_json::from_str(line).map_err(|e| Error::file(path, format!("line {}: {e}", n + 1)))?;
        if l.label == "ambiguous" {
            continue;
        }
        let yes = l.label == "yes";
        let document = Document { id: l.id, text: l.text.replace('\n', " "), lang: Some("ar".to_owned()), ..Document::default() };
        let mut candidates: Vec<Candidate> = coder.candidates(&document, &mut Scratch::default()).iter().flat_map(candidate).collect();
        let of_type = candidates.iter().filter(|c| c.event.kind == l.kind).count();
        for c in candidates.iter_mut().filter(|c| c.event.kind == l.kind) {
            // Which of several candidates is meant the label does not tell.
            c.right = if yes && of_type > 1 { None } else { Some(yes) };
        }
        if yes {
            candidates.iter_mut().filter(|c| c.event.kind == l.kind && c.right.is_none()).take(1).for_each(|c| c.right = Some(true));
        }
        let gold = yes.then(|| GoldDocument { document, sentences: Vec::new() });
        out.push(Doc { set, fold: n % FOLDS, gold, candidates });
    }
    Ok(out)
}

type Weights = BTreeMap<String, f64>;

fn probability(weights: &Weights, features: &[Feature]) -> f64 {
    let sum: f64 = features.iter().map(|(n, v)| weights.get(n).copied().unwrap_or(0.0) * f64::from(*v)).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Weight of a set's documents in training: the labelled sentences tell of one type only, and the other sets differ in size.
fn importance(set: usize) -> f64 {
    [1.5, 1.5, 1.5, 1.0, 0.1, 0.1][set]
}

/// The judge's weights.
fn fit<'a>(docs: impl Iterator<Item = &'a Doc>) -> Weights {
    let cases: Vec<(&[Feature], bool, f64)> = docs
        .flat_map(|d| d.candidates.iter().map(move |c| (d.set, c)))
        .filter_map(|(set, c)| c.right.map(|r| (c.features.as_slice(), r, importance(set))))
        .collect();
    regress(cases.into_iter(), &|name| if name.starts_with("row ") || name.starts_with("lemma ") { ROW_PENALTY } else { PENALTY })
}

/// Feature numbers with values, what is right, and the weight.
type Numbered = (Vec<(usize, f64)>, f64, f64);

/// Logistic regression with a quadratic penalty, by full gradient steps scaled a feature at a time.
fn regress<'a>(cases: impl Iterator<Item = (&'a [Feature], bool, f64)>, penalty_of: &dyn Fn(&str) -> f64) -> Weights {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Numbered> = Vec::new();
    for (features, right, importance) in cases {
        let mut row = Vec::with_capacity(features.len());
        for (name, value) in features {
            let next = names.len();
            row.push((*names.entry(name.as_str()).or_insert(next), f64::from(*value)));
        }
        rows.push((row, f64::from(u8::from(right)), importance));
    }
    let n = names.len();
    let mut penalty = vec![0.0; n];
    names.iter().for_each(|(name, &i)| penalty[i] = penalty_of(name));
    let (mut w, mut squares) = (vec![0.0f64; n], vec![1e-8f64; n]);
    for round in 0..300 {
        let mut g: Vec<f64> = w.iter().zip(&penalty).map(|(w, p)| w * p).collect();
        for (row, y, importance) in &rows {
            let z: f64 = row.iter().map(|(i, v)| w[*i] * v).sum();
            let e = importance * (1.0 / (1.0 + (-z).exp()) - y);
            row.iter().for_each(|(i, v)| g[*i] += e * v);
        }
        let rate = 0.3 / (1.0 + f64::from(round) / 60.0);
        for i in 0..n {
            squares[i] = 0.9 * squares[i] + 0.1 * g[i] * g[i];
            w[i] -= rate * g[i] / (squares[i].sqrt() + 1.0);
        }
    }
    names.into_iter().map(|(name, i)| (name.to_owned(), w[i])).collect()
}

fn tally(docs: &[Doc], held: &[Vec<f64>], set: usize, threshold: f64) -> Tally {
    let mut tally = Tally::default();
    for (doc, p) in docs.iter().zip(held).filter(|(d, _)| d.set == set) {
        let events: Vec<(usize, CodedEvent)> = doc.candidates.iter().zip(p).filter(|(_, p)| **p >= threshold).map(|(c, _)| (c.at, c.event.clone())).collect();
        if let Some(gold) = &doc.gold {
            tally.add_document(gold, &events);
        }
    }
    tally
}

/// The threshold with the best mean F1 over the sets with events.
fn choose(docs: &[Doc], held: &[Vec<f64>], sets: usize) -> f64 {
    let mut best = (0.0, 0.5);
    for step in 2..30 {
        let t = f64::from(step) * 0.02;
        let scores: Vec<f64> = (0..sets).map(|s| tally(docs, held, s, t).levels[0].f1()).collect();
        let mean = scores.iter().sum::<f64>() / sets as f64;
        println!("threshold {t:.2}: type F1 {}", scores.iter().map(|s| format!("{s:.3}")).collect::<Vec<_>>().join(" "));
        if mean > best.0 {
            best = (mean, t);
        }
    }
    best.1
}

/// Share of right candidates by probability, held out.
fn print_calibration(docs: &[Doc], held: &[Vec<f64>]) {
    let mut bins = [(0usize, 0usize, 0.0); 10];
    for (doc, p) in docs.iter().zip(held).filter(|(d, _)| d.set < 4) {
        for (c, p) in doc.candidates.iter().zip(p) {
            if let Some(right) = c.right {
                let bin = &mut bins[((p * 10.0) as usize).min(9)];
                bin.0 += 1;
                bin.1 += usize::from(right);
                bin.2 += p;
            }
        }
    }
    for (n, right, sum) in bins.iter().filter(|b| b.0 > 0) {
        println!("calibration: said {:.2}, was {:.2} ({n} candidates)", sum / *n as f64, *right as f64 / *n as f64);
    }
}

fn write(out: &Path, weights: &Weights, threshold: f64) -> Result<(), Error> {
    let mut text = format!(
        "# Weights of the judge (logistic regression). Written by `marsad-lab judge`; trained on gold sets of coded news sentences.\n# Licence MIT OR Apache-2.0. Threshold of best F1, held out: {threshold:.2}\nfeature\tweight\n"
    );
    for (name, w) in weights.iter().filter(|(_, w)| w.abs() >= 0.02) {
        let _ = writeln!(text, "{name}\t{w:.3}");
    }
    std::fs::write(out, text).map_err(|e| Error::file(out, e))
}

/// Default place of the judge's table.
pub fn table() -> PathBuf {
    PathBuf::from("crates/marsad/src/events/judge.tsv")
}
