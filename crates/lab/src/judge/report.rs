//! What came out, on documents held out.

use marsad::pipeline::DEFAULT_MIN_SCORE;
use std::collections::{BTreeMap, BTreeSet};

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::corpora::SETS;
use super::{Candidate, Doc, Settled, wanted};
use crate::Error;
use crate::gold::{CodedEvent, Tally};

pub fn print_detection(docs: &[Doc], held: &[Vec<Settled>], threshold: f64) {
    for (set, name, kind) in [(4, "gsr assault", "ASSAULT"), (5, "gsr protest", "PROTEST")] {
        let (mut tp, mut fp, mut missed) = (0, 0, 0);
        for (doc, events) in docs.iter().zip(held).filter(|(d, _)| d.set == set) {
            let got = events.iter().any(|s| s.score >= threshold && s.event.kind == kind);
            let yes = doc.gold.is_some();
            tp += usize::from(got && yes);
            fp += usize::from(got && !yes);
            missed += usize::from(!got && yes);
        }
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        println!("{name} detection P {:.3} R {:.3} F1 {:.3}", share(tp, tp + fp), share(tp, tp + missed), share(2 * tp, 2 * tp + fp + missed));
    }
}

pub fn tally(docs: &[Doc], held: &[Vec<Settled>], set: usize, threshold: f64) -> Tally {
    let mut tally = Tally::default();
    for (doc, events) in docs.iter().zip(held).filter(|(d, _)| d.set == set) {
        let events: Vec<(usize, CodedEvent)> = events.iter().filter(|s| s.score >= threshold).map(|s| (s.at, s.event.clone())).collect();
        if let Some(gold) = &doc.gold {
            tally.add_document(gold, &events);
        }
    }
    tally
}

/// What a glance at each sentence spares, by its threshold: the share of sentences that get a close look, and the F1 of types over them.
pub fn print_glances(docs: &[Doc], held: &[Vec<Settled>]) {
    for least in [0.0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3] {
        let close = |doc: &Doc, events: &[Settled]| -> Vec<(usize, CodedEvent)> {
            let kept = events.iter().filter(|s| s.score >= f64::from(DEFAULT_MIN_SCORE) && doc.candidates[s.candidate].glance >= least);
            kept.map(|s| (s.at, s.event.clone())).collect()
        };
        for (n, set) in SETS.iter().enumerate().filter(|(_, s)| s.measured) {
            let (mut sentences, mut taken, mut tally) = (0, 0, Tally::default());
            for (doc, events) in docs.iter().zip(held).filter(|(d, _)| d.set == n) {
                let Some(gold) = &doc.gold else { continue };
                sentences += gold.sentences.len();
                taken += doc.candidates.iter().filter(|c| c.glance >= least).map(|c| c.line).collect::<BTreeSet<_>>().len();
                tally.add_document(gold, &close(doc, events));
            }
            println!("glance {least:.2} {}: {:.3} of sentences, type F1 {:.3}", set.name, taken as f64 / sentences.max(1) as f64, tally.levels[0].f1());
        }
    }
}

/// The threshold with the best mean F1 over the sets with events.
pub fn choose(docs: &[Doc], held: &[Vec<Settled>]) -> f64 {
    let sets = SETS.iter().filter(|s| s.measured).count();
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

/// How alike the records of one document are in its three languages: the mean overlap (Jaccard) of the sets of type, actors' and recipients' codes over all
/// documents that have a record in either of two languages.
pub fn print_agreement(docs: &[Doc], held: &[Vec<Settled>], threshold: f64) {
    let mut by_name: BTreeMap<&str, [BTreeSet<String>; 3]> = BTreeMap::new();
    for (doc, events) in docs.iter().zip(held).filter(|(d, _)| d.set < 3) {
        let Some(gold) = &doc.gold else { continue };
        let told = events.iter().filter(|s| s.score >= threshold).map(|s| format!("{} {:?} {:?}", s.event.kind, s.event.actors, s.event.recipients));
        by_name.entry(&gold.document.id).or_default()[doc.set] = told.collect();
    }
    for (a, b, name) in [(0, 1, "en ar"), (0, 2, "en ru"), (1, 2, "ar ru")] {
        let overlap = |sets: &[BTreeSet<String>; 3]| {
            let all = sets[a].union(&sets[b]).count();
            (all > 0).then(|| sets[a].intersection(&sets[b]).count() as f64 / all as f64)
        };
        let overlaps: Vec<f64> = by_name.values().filter_map(overlap).collect();
        println!("agreement {name}: {:.3} over {} documents", overlaps.iter().sum::<f64>() / overlaps.len().max(1) as f64, overlaps.len());
    }
}

/// Share of right candidates by probability, held out.
pub fn print_calibration(docs: &[Doc], held: &[Vec<Settled>]) {
    let mut bins = [(0usize, 0usize, 0.0); 10];
    for (doc, events) in docs.iter().zip(held).filter(|(d, _)| SETS[d.set].measured) {
        let Some(gold) = &doc.gold else { continue };
        for (i, s) in events.iter().enumerate() {
            let [certain, open] = wanted(gold, s.line, &s.event.kind);
            // Of several kept events of a type in a sentence, as many are right as gold has.
            let before = events[..i].iter().filter(|o| o.line == s.line && o.event.kind == s.event.kind).count();
            if open == 0 {
                let bin = &mut bins[((s.score * 10.0) as usize).min(9)];
                bin.0 += 1;
                bin.1 += usize::from(before < certain);
                bin.2 += s.score;
            }
        }
    }
    for (n, right, sum) in bins.iter().filter(|b| b.0 > 0) {
        println!("calibration: said {:.2}, was {:.2} ({n} candidates)", sum / *n as f64, *right as f64 / *n as f64);
    }
}

/// The row that proposed a candidate.
fn row(candidate: &Candidate) -> Option<&str> {
    candidate.features.iter().find_map(|(name, _)| name.strip_prefix("row "))
}

/// Candidates less probable than this are not written.
const LEAST: f64 = 0.05;

/// Writes a line of JSON for each sentence of the measured sets that has events in gold or candidates: what gold has, and what came out with which score.
pub fn write(path: &Path, docs: &[Doc], held: &[Vec<Settled>]) -> Result<(), Error> {
    let file = std::fs::File::create(path).map_err(|e| Error::file(path, e))?;
    let mut out = std::io::BufWriter::new(file);
    for (doc, events) in docs.iter().zip(held).filter(|(d, _)| SETS[d.set].measured) {
        let Some(gold) = &doc.gold else { continue };
        let lines: Vec<&str> = gold.document.text.lines().collect();
        for (line, (_, told)) in gold.sentences.iter().enumerate() {
            let coded: Vec<_> = events.iter().filter(|s| s.line == line && s.score >= LEAST).collect();
            if told.is_empty() && coded.is_empty() {
                continue;
            }
            let record = json!({
                "set": SETS[doc.set].name,
                "doc": gold.document.id,
                "line": line,
                "text": lines.get(line),
                "gold": told.iter().map(|g| json!({
                    "type": g.kind, "certain": g.certain, "aux": g.aux, "actors": g.actors, "recipients": g.recipients,
                    "participants": g.participants,
                })).collect::<Vec<_>>(),
                "coded": coded.iter().map(|s| json!({
                    "type": s.event.kind, "score": s.score, "aux": s.event.aux, "actors": s.event.actors, "recipients": s.event.recipients, "row": row(&doc.candidates[s.candidate]), "phrases": doc.candidates[s.candidate].codes,
                })).collect::<Vec<_>>(),
            });
            writeln!(out, "{record}").map_err(|e| Error::file(path, e))?;
        }
    }
    out.flush().map_err(|e| Error::file(path, e))
}
