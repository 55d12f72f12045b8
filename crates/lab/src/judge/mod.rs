//! `marsad-lab judge`: trains linker, verdict, judge and judge of twins on gold and measures them on documents that they were not trained on.

mod corpora;
mod links;
mod regress;
mod report;
mod twins;
mod verdict;

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use marsad::events::{Feature, LEAST, Linker, Reader, Verdict, is_glanced};
use marsad::model::Document;
use marsad::pipeline::{Candidate as Case, Coder, DEFAULT_MIN_SCORE, Options, Scratch};
use serde::Deserialize;

use crate::Error;
use crate::gold::{self, CodedEvent, GoldDocument};
pub use corpora::Folders;
use corpora::{SETS, Source};
use regress::{Weights, regress};
use twins::Settled;
pub use verdict::run as train_verdict;

/// A candidate with what the judge sees of it.
struct Candidate {
    at: usize,
    /// Line of the text, which is a sentence of gold.
    line: usize,
    event: CodedEvent,
    features: Vec<Feature>,
    /// The type of its row, whatever became of it.
    kind: &'static str,
    /// Whether all its sides act.
    reciprocal: bool,
    /// Codes of the phrases that may take part.
    codes: Vec<Option<String>>,
    /// Phrases with the sides that gold puts them on, where gold has the candidate.
    links: Vec<links::Phrase>,
    /// What gold says of its factuality, where gold has the candidate.
    signs: Option<verdict::Signs>,
    /// Other candidates of its type in the sentence, with what tells the two apart if the other is kept.
    rivals: Vec<(usize, Vec<Feature>)>,
    /// Whether its sentence has an event of its type; `None` where gold leaves it open.
    right: Option<bool>,
    /// The largest probability that a glance at its sentence finds in it.
    glance: f64,
}

struct Doc {
    /// Number of its set, and its own in the set: the same in all languages.
    set: usize,
    number: usize,
    /// The fold that it is held out in; `None` if it only trains.
    fold: Option<usize>,
    gold: Option<GoldDocument>,
    candidates: Vec<Candidate>,
}

/// Penalty on squared weights, by the kind of feature: single rows must earn their weight. Chosen by the folds held out.
const PENALTY: f64 = 10.0;
const ROW_PENALTY: f64 = 8.0;
const NEAR_PENALTY: f64 = 20.0;
/// What the tables say outright is to count where examples are few.
const CORE_PENALTY: f64 = 1.0;
const FOLDS: usize = 5;

pub fn run(folders: Folders, reading: Reading, out: &Path, held_out: Option<&Path>) -> Result<(), Error> {
    let readers = if reading.fast { Vec::new() } else { readers_of(reading.readers)? };
    let load = |taught: Taught| load(folders, reading.fast, &readers, &taught);
    let framed = load(Taught::default())?;
    let examples = verdict::examples()?;
    // Held out: linker, verdict and judges of a fold have seen the other folds only.
    let mut docs = Vec::new();
    let mut held = Vec::new();
    for fold in 0..FOLDS {
        eprintln!("fold {} of {FOLDS}", fold + 1);
        let fold = Some(fold);
        let others = || framed.iter().filter(|d| d.fold != fold);
        let all = load((links::to_linker(&links::fit(others()))?, verdict::to_verdict(&verdict::fit(others(), &examples))?))?;
        let (judge, apart) = fit_both(|| all.iter().filter(|d| d.fold != fold));
        let glance = fit_glance(all.iter().filter(|d| d.fold != fold));
        for mut doc in all.into_iter().filter(|d| d.fold == fold) {
            glance_at(&mut doc, &glance);
            held.push(twins::settle(&doc, &judge, &apart));
            docs.push(doc);
        }
    }
    report::print_glances(&docs, &held);
    let worth = |doc: &Doc, s: &Settled| doc.candidates[s.candidate].glance >= f64::from(LEAST);
    docs.iter().zip(&mut held).for_each(|(doc, events)| events.retain(|s| worth(doc, s)));
    let best = report::choose(&docs, &held);
    // Measured as the program codes, not at the peak that these sets happen to have.
    let threshold = f64::from(DEFAULT_MIN_SCORE);
    println!("best threshold {best:.2}; the following at the default of {threshold:.2}");
    for (n, set) in SETS.iter().enumerate().filter(|(_, s)| s.measured) {
        report::tally(&docs, &held, n, threshold).print(set.name);
    }
    report::print_detection(&docs, &held, threshold);
    report::print_calibration(&docs, &held);
    report::print_agreement(&docs, &held, threshold);
    if let Some(path) = held_out {
        report::write(path, &docs, &held)?;
    }
    let weights = links::fit(framed.iter());
    links::write(&out.with_file_name("linker.tsv"), &weights)?;
    let signs = verdict::fit(framed.iter(), &examples);
    let all = load((links::to_linker(&weights)?, verdict::to_verdict(&signs)?))?;
    let (judge, apart) = fit_both(|| all.iter());
    if !reading.fast {
        // One of each serves both ways of reading; they lie beside their folders.
        let place = out.parent().and_then(Path::parent).unwrap_or(Path::new("."));
        write(&place.join("glance.tsv"), "glance at a sentence", "", &fit_glance(all.iter()))?;
        verdict::write(&place.join("verdict.tsv"), &signs)?;
    }
    write(&out.with_file_name("twins.tsv"), "judge of twins", "", &apart)?;
    write(out, "judge", &format!(" Threshold of best F1, held out: {best:.2}"), &judge)
}

/// The judge, and with it the judge of twins.
fn fit_both<'a, I: Iterator<Item = &'a Doc>>(docs: impl Fn() -> I) -> (Weights, Weights) {
    let judge = fit(docs());
    let apart = twins::fit(docs(), &judge);
    (judge, apart)
}

/// How sentences are read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Without the encoder.
    pub fast: bool,
    /// Folder of the encoders that have not seen a fold.
    pub readers: Option<&'a Path>,
}

/// The encoders that have not seen the documents of each fold; none where the built-in one, which has seen all, is to serve.
fn readers_of(folder: Option<&Path>) -> Result<Vec<Arc<Reader>>, Error> {
    let Some(folder) = folder else {
        eprintln!("no --readers: the built-in encoder has seen all documents, so nothing below is held out from it");
        return Ok(Vec::new());
    };
    let read = |fold: usize| {
        let path = folder.join(format!("{fold}.marsad"));
        let bytes = std::fs::read(&path).map_err(|e| Error::file(&path, e))?;
        Reader::from_bytes(Box::leak(bytes.into_boxed_slice())).map(|r| Arc::new(r.keeping())).map_err(|e| Error::file(&path, e))
    };
    (0..FOLDS).map(read).collect()
}

/// Linker and verdict in place of the built-in ones.
type Taught = (Linker, Verdict);

fn load(folders: Folders, fast: bool, readers: &[Arc<Reader>], taught: &Taught) -> Result<Vec<Doc>, Error> {
    let coder = |reader| Coder::new(Options { taught: Some(taught.clone()), fast, reader, ..Options::default() }).map_err(|e| Error::Argument(e.to_string()));
    let coders = (0..FOLDS.min(readers.len()).max(1)).map(|f| coder(readers.get(f).cloned())).collect::<Result<Vec<_>, _>>()?;
    let coder = |fold: usize| &coders[fold % coders.len()];
    let mut docs = Vec::new();
    // Folds of isolated sentences by their texts: the labelled sets repeat some.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (n, set) in SETS.iter().enumerate() {
        if let Source::Labelled(file) = set.source {
            docs.extend(labelled(&|fold, text| coder(seen.get(text).copied().unwrap_or(fold)), &folders.gold.join(file), n)?);
            continue;
        }
        // The three languages of a document stand in one fold.
        let read: Vec<(usize, GoldDocument)> = corpora::documents(set, folders)?.into_iter().enumerate().collect();
        seen.extend(read.iter().map(|(d, doc)| (doc.document.text.clone(), d % FOLDS)));
        docs.extend(in_halves(read, &|(d, doc)| with_gold(coder(d % FOLDS), (n, d / FOLDS), set.measured.then_some(d % FOLDS), doc)));
    }
    Ok(docs)
}

/// What comes of each item, in order, on two threads.
fn in_halves<T: Send, R: Send>(mut items: Vec<T>, f: &(impl Fn(T) -> R + Sync)) -> Vec<R> {
    let second = items.split_off(items.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(move || second.into_iter().map(f).collect::<Vec<R>>());
        let mut out: Vec<R> = items.into_iter().map(f).collect();
        out.extend(second.join().expect("coding does not panic"));
        out
    })
}

fn with_gold(coder: &Coder, (set, number): (usize, usize), fold: Option<usize>, doc: GoldDocument) -> Doc {
    let cases = coder.candidates(&doc.document, &mut Scratch::default());
    let mut candidates: Vec<Candidate> = cases.iter().map(candidate).collect();
    for (line, (start, events)) in doc.sentences.iter().enumerate() {
        let end = doc.sentences.get(line + 1).map_or(usize::MAX, |s| s.0);
        let here: Vec<usize> = (0..candidates.len()).filter(|&c| (*start..end).contains(&candidates[c].at)).collect();
        let coded: Vec<CodedEvent> = here.iter().map(|&c| candidates[c].event.clone()).collect();
        for &c in &here {
            let [certain, open] = wanted(&doc, line, &candidates[c].event.kind);
            candidates[c].line = line;
            candidates[c].right = if certain > 0 || open == 0 { Some(certain > 0) } else { None };
        }
        for (g, c) in gold::matches(events, &coded, 0) {
            candidates[here[c]].signs = Some(verdict::signs(&cases[here[c]], &coded[c], &events[g]));
            candidates[here[c]].links = links::sides(&doc.document.text, *start, &cases[here[c]], &events[g]);
        }
    }
    Doc { set, number, fold, gold: Some(doc), candidates }
}

/// How many events of a type a line of gold has, certain and uncertain.
fn wanted(doc: &GoldDocument, line: usize, kind: &str) -> [usize; 2] {
    let count = |certain: bool| doc.sentences[line].1.iter().filter(|e| e.kind == kind && e.certain == certain).count();
    [count(true), count(false)]
}

/// A candidate is one record with one mention, so candidates stand in the order of the cases.
fn candidate(case: &Case) -> Candidate {
    let (at, event) = gold::coded(&case.record).into_iter().next().expect("a record has a mention");
    Candidate {
        at,
        line: 0,
        event,
        features: case.features.clone(),
        kind: case.kind.name(),
        reciprocal: case.reciprocal,
        codes: case.links.iter().map(|l| l.code.clone()).collect(),
        links: Vec::new(),
        signs: None,
        rivals: case.rivals.clone(),
        right: None,
        glance: 1.0,
    }
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
fn labelled<'a>(coder: &dyn Fn(usize, &str) -> &'a Coder, path: &Path, set: usize) -> Result<Vec<Doc>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let l: Labelled = serde_json::from_str(line).map_err(|e| Error::file(path, format!("line {}: {e}", n + 1)))?;
        if l.label == "ambiguous" {
            continue;
        }
        let yes = l.label == "yes";
        let document = Document { id: l.id, text: l.text.replace('\n', " "), lang: Some("ar".to_owned()), ..Document::default() };
        let mut candidates: Vec<Candidate> = coder(n % FOLDS, &document.text).candidates(&document, &mut Scratch::default()).iter().map(candidate).collect();
        candidates.iter_mut().filter(|c| c.event.kind == l.kind).for_each(|c| c.right = Some(yes));
        let gold = yes.then(|| GoldDocument { document, sentences: Vec::new() });
        out.push(Doc { set, number: n, fold: Some(n % FOLDS), gold, candidates });
    }
    Ok(out)
}

/// The judge's weights.
fn fit<'a>(docs: impl Iterator<Item = &'a Doc>) -> Weights {
    weigh(docs.flat_map(|d| d.candidates.iter().map(move |c| (d.set, c, c.features.as_slice()))))
}

/// Weights of what a glance at a sentence sees.
fn fit_glance<'a>(docs: impl Iterator<Item = &'a Doc>) -> Weights {
    let seen = |c: &Candidate| c.features.iter().filter(|(name, _)| is_glanced(name)).cloned().collect::<Vec<_>>();
    let cases: Vec<(usize, &Candidate, Vec<Feature>)> = docs.flat_map(|d| d.candidates.iter().map(move |c| (d.set, c, seen(c)))).collect();
    weigh(cases.iter().map(|(set, c, features)| (*set, *c, features.as_slice())))
}

/// Notes what a glance makes of the sentences.
fn glance_at(doc: &mut Doc, glance: &Weights) {
    let chance = |c: &Candidate| {
        let sum: f64 = c.features.iter().filter(|(name, _)| is_glanced(name)).filter_map(|(name, value)| Some(glance.get(name)? * f64::from(*value))).sum();
        1.0 / (1.0 + (-sum).exp())
    };
    let mut best: HashMap<usize, f64> = HashMap::new();
    for candidate in &doc.candidates {
        let most = best.entry(candidate.line).or_default();
        *most = most.max(chance(candidate));
    }
    doc.candidates.iter_mut().for_each(|c| c.glance = best[&c.line]);
}

fn weigh<'a>(candidates: impl Iterator<Item = (usize, &'a Candidate, &'a [Feature])>) -> Weights {
    let cases = candidates.filter_map(|(set, c, features)| c.right.map(|r| (features, r, SETS[set].judged)));
    regress(cases, &|name| match name.split(' ').next() {
        Some("row" | "lemma" | "over" | "under") => ROW_PENALTY,
        Some("near") => NEAR_PENALTY,
        Some("content" | "sense" | "share" | "aux" | "needs" | "reader") => CORE_PENALTY,
        _ => PENALTY,
    })
}

fn write(out: &Path, name: &str, note: &str, weights: &Weights) -> Result<(), Error> {
    let head = format!(
        "# Weights of the {name} (logistic regression). Written by `marsad-lab judge`; trained on gold sets of coded news sentences.\n# Licence MIT OR Apache-2.0.{note}\n"
    );
    std::fs::write(out, head + &table_of(weights)).map_err(|e| Error::file(out, e))
}

/// Smaller weights are not written: thousands of them change nothing.
const LEAST_WEIGHT: f64 = 0.03;

fn table_of(weights: &Weights) -> String {
    let mut text = "feature\tweight\n".to_owned();
    for (name, w) in weights.iter().filter(|(_, w)| w.abs() >= LEAST_WEIGHT) {
        let _ = writeln!(text, "{name}\t{w:.3}");
    }
    text
}

/// Default place of the verdict's table.
pub fn verdict_table() -> PathBuf {
    PathBuf::from("crates/marsad/src/events/learned/verdict.tsv")
}

/// Default place of the judge's table.
pub fn table() -> PathBuf {
    PathBuf::from("crates/marsad/src/events/learned/careful/judge.tsv")
}
