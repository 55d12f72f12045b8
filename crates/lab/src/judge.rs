//! `marsad-lab judge`: trains the judge on gold and measures it on documents that it was not trained on.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use marsad::events::Feature;
use marsad::model::{Document, Record};
use marsad::pipeline::{Coder, Options, Scratch};
use serde::Deserialize;

use crate::Error;
use crate::gold::{self, CodedEvent, GoldDocument, Tally};

/// A candidate with what the judge sees of it.
struct Candidate {
    at: usize,
    event: CodedEvent,
    features: Vec<Feature>,
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
const PENALTY: f64 = 1.0;
const ROW_PENALTY: f64 = 3.0;
const FOLDS: usize = 5;

pub fn run(folder: &Path, out: &Path) -> Result<(), Error> {
    let coder = Coder::new(Options::default()).map_err(|e| Error::Argument(e.to_string()))?;
    let sets = [("ntrex-dev.jsonl", "en"), ("ntrex-dev.jsonl", "ar"), ("ntrex-dev.jsonl", "ru"), ("arabic-news-dev.jsonl", "ar")];
    let mut docs = Vec::new();
    for (set, (file, lang)) in sets.iter().enumerate() {
        for (n, doc) in gold::read(&folder.join(file), lang)?.into_iter().enumerate() {
            // The three languages of a document stand in one fold.
            let fold = n % FOLDS;
            docs.push(with_gold(&coder, set, fold, doc));
        }
    }
    for (n, file) in ["arabic-gsr-assault-dev.jsonl", "arabic-gsr-protest-dev.jsonl"].iter().enumerate() {
        docs.extend(labelled(&coder, &folder.join(file), sets.len() + n)?);
    }
    if let Ok(path) = std::env::var("DUMP") { dump(&docs, &path); }
    let names = ["ntrex en", "ntrex ar", "ntrex ru", "arabic-news"];
    let mut held = vec![Vec::new(); docs.len()];
    for fold in 0..FOLDS {
        let weights = fit(docs.iter().filter(|d| d.fold != fold));
        for (d, doc) in docs.iter().enumerate().filter(|(_, d)| d.fold == fold) {
            held[d] = doc.candidates.iter().map(|c| probability(&weights, &c.features)).collect::<Vec<f64>>();
        }
    }
    let threshold = choose(&docs, &held, names.len());
    for (set, name) in names.iter().enumerate() {
        tally(&docs, &held, set, threshold).print(name);
    }
    for (set, name) in [(4, "gsr assault"), (5, "gsr protest")] {
        let (mut tp, mut fp, mut fn_) = (0, 0, 0);
        for (doc, p) in docs.iter().zip(&held).filter(|(d, _)| d.set == set) {
            let got = doc.candidates.iter().zip(p).any(|(c, p)| c.right.is_some() && *p >= threshold && c.event.kind == if set == 4 { "ASSAULT" } else { "PROTEST" });
            let yes = doc.gold.is_some();
            tp += usize::from(got && yes);
            fp += usize::from(got && !yes);
            fn_ += usize::from(!got && yes);
        }
        println!("{name} detection P {:.3} R {:.3} F1 {:.3}", tp as f64 / (tp + fp).max(1) as f64, tp as f64 / (tp + fn_).max(1) as f64, 2.0 * tp as f64 / (2 * tp + fp + fn_).max(1) as f64);
    }
    print_calibration(&docs, &held);
    let weights = fit(docs.iter());
    write(out, &weights, threshold)
}

fn with_gold(coder: &Coder, set: usize, fold: usize, doc: GoldDocument) -> Doc {
    let mut candidates: Vec<Candidate> = coder.candidates(&doc.document, &mut Scratch::default()).iter().flat_map(|(r, f)| candidate(r, f)).collect();
    for (i, (start, events)) in doc.sentences.iter().enumerate() {
        let end = doc.sentences.get(i + 1).map_or(usize::MAX, |s| s.0);
        let here: Vec<usize> = (0..candidates.len()).filter(|&c| (*start..end).contains(&candidates[c].at)).collect();
        let coded: Vec<CodedEvent> = here.iter().map(|&c| candidates[c].event.clone()).collect();
        for &c in &here {
            candidates[c].right = Some(false);
        }
        let pairs = gold::matches(events, &coded, 0);
        for (g, c) in pairs {
            candidates[here[c]].right = events[g].certain.then_some(true);
        }
    }
    Doc { set, fold, gold: Some(doc), candidates }
}

fn candidate(record: &Record, features: &[Feature]) -> Vec<Candidate> {
    gold::coded(record).into_iter().map(|(at, event)| Candidate { at, event, features: features.to_vec(), right: None }).collect()
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
        let mut candidates: Vec<Candidate> = coder.candidates(&document, &mut Scratch::default()).iter().flat_map(|(r, f)| candidate(r, f)).collect();
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
    [1.5, 1.5, 1.5, 1.0, 0.3, 0.3][set]
}

/// Logistic regression with a quadratic penalty, by full gradient steps with momentum scaled a feature at a time.
fn fit<'a>(docs: impl Iterator<Item = &'a Doc>) -> Weights {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<(Vec<(usize, f64)>, f64, f64)> = Vec::new();
    for doc in docs {
        for c in &doc.candidates {
            let Some(right) = c.right else { continue };
            let row = c
                .features
                .iter()
                .map(|(n, v)| {
                    let next = names.len();
                    (*names.entry(n.as_str()).or_insert(next), f64::from(*v))
                })
                .collect();
            rows.push((row, if right { 1.0 } else { 0.0 }, importance(doc.set)));
        }
    }
    let n = names.len();
    let mut penalty = vec![PENALTY; n];
    for (name, &i) in &names {
        if name.starts_with("row ") {
            penalty[i] = ROW_PENALTY;
        }
    }
    let (mut w, mut squares) = (vec![0.0f64; n], vec![1e-8f64; n]);
    for round in 0..400 {
        let mut g: Vec<f64> = w.iter().zip(&penalty).map(|(w, p)| w * p).collect();
        for (row, y, importance) in &rows {
            let z: f64 = row.iter().map(|(i, v)| w[*i] * v).sum();
            let e = importance * (1.0 / (1.0 + (-z).exp()) - y);
            row.iter().for_each(|(i, v)| g[*i] += e * v);
        }
        let rate = 0.3 / (1.0 + f64::from(round) / 80.0);
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
    for step in 4..16 {
        let t = f64::from(step) * 0.05;
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

fn dump(docs: &[Doc], path: &str) {
    let mut text = String::new();
    for (d, doc) in docs.iter().enumerate() {
        for c in &doc.candidates {
            let f: Vec<(&str, f32)> = c.features.iter().map(|(n, v)| (n.as_str(), *v)).collect();
            let _ = writeln!(text, "{}", serde_json::json!({"doc": d, "set": doc.set, "fold": doc.fold, "right": c.right, "kind": c.event.kind, "at": c.at, "f": f}));
        }
    }
    let _ = std::fs::write(path, text);
}
