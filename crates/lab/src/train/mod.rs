//! `marsad-lab train`: from treebanks to a model file, the same bytes for the same seed.

mod boundaries;
mod clitics;
mod lemmas;
mod net;
mod optimiser;
mod params;
mod random;
mod state;
mod vectors;

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use marsad_text::parse::features::{FEATURES, vector_feature, word_features};
use marsad_text::parse::model::{Bytes, Network, Shape, Stored, to_bfloat, value_offsets};
use marsad_text::segment::Segmenter;
use marsad_text::{Lang, Parser, Scratch, Upos};
use rustc_hash::FxHashMap;

use crate::Error;
use crate::data::{Corpus, Part, corpus};
use crate::eval;
use net::{Dropout, Example, NO_ROW, Net, SLOTS, Target};
use optimiser::Optimiser;
use params::Slots;
use random::Random;
use state::State;
use vectors::Vectors;

/// How to train.
#[derive(Clone, Debug)]
pub struct Options {
    pub seed: u64,
    pub epochs: usize,
    pub width: usize,
    pub embed: usize,
    pub layers: usize,
    pub rate: f32,
    /// A model file whose network is kept: only segmentation and lemmas are trained anew.
    pub keep_network: Option<std::path::PathBuf>,
    /// Word vectors from other text, in the text form of word2vec and GloVe.
    pub vectors: Option<std::path::PathBuf>,
    /// Most vectors to take, the first of the file.
    pub most_vectors: usize,
    /// Silver data by the name of their style.
    pub silver: Vec<(String, std::path::PathBuf)>,
    /// Train on the development files too.
    pub with_dev: bool,
    /// Start anew though an unfinished run left its state.
    pub fresh: bool,
}

/// Words in a step of the optimiser.
const BATCH_WORDS: usize = 420;

/// Trains a language and writes its model to `out`, with a log on standard error.
pub fn train(lang: Lang, ud: &Path, out: &Path, options: &Options) -> Result<(), Error> {
    let mut corpus = corpus(lang, ud)?;
    if options.with_dev {
        corpus.train.append(&mut corpus.dev);
        corpus.origin = format!("{}; with the development files that everything was chosen by before", corpus.origin);
    }
    let mut random = Random::new(options.seed);
    let start = Instant::now();
    let segmenter = segmenter(&corpus, &mut random);
    let lemmas = lemmas::train(&corpus);
    eprintln!("[{lang} {:.0?}] segmentation and lemmas trained", start.elapsed());
    let vectors = options.vectors.as_ref().map_or_else(|| Ok(Vectors::default()), |path| Vectors::read(path, options.embed, options.most_vectors))?;
    if !vectors.origin().is_empty() {
        corpus.origin = format!("{}; {}", corpus.origin, vectors.origin());
    }
    if let Some(path) = &options.keep_network {
        let bytes = std::fs::read(path).map_err(|e| Error::file(path, e))?;
        let mut network = Network::from_bytes(&bytes).map_err(|e| Error::file(path, e))?;
        if options.vectors.is_some() {
            network.origin.clone_from(&corpus.origin);
        }
        return write(&Stored { network, segmenter, lemmas }, out);
    }
    let vocabulary = Vocabulary::of(&corpus, &vectors);
    // Silver teaches the network alone: its sentences know no spaces and no lemmas, and their words are counted where they are from.
    for (style, path) in &options.silver {
        let known = corpus.styles.iter().position(|s| s == style);
        let style = known.ok_or_else(|| Error::Argument(format!("style {style} is not one of {}", corpus.styles.join(", "))))?;
        corpus.train.push(Part { style, sentences: crate::silver::read(path)?, trees: true });
    }
    let labels = labels(&corpus);
    let shape = Shape {
        embed: options.embed,
        width: options.width,
        layers: options.layers,
        arc: 96,
        label: 64,
        styles: corpus.styles.len(),
        labels: labels.len(),
        values: *value_offsets().last().expect("not empty"),
    };
    eprintln!("[{lang}] {} embedding rows, {} labels", vocabulary.size, labels.len());
    let mut trees: Vec<Example> = Vec::new();
    let mut partial: Vec<Example> = Vec::new();
    for part in &corpus.train {
        let examples = part.sentences.iter().filter(|s| s.words.len() <= 200).map(|s| example(s, part, &corpus, &vocabulary, &labels));
        if part.trees { trees.extend(examples) } else { partial.extend(examples) }
    }
    let slots = Slots::new(&shape);
    let words: usize = trees.iter().map(|e| e.rows.len()).sum();
    // A share of the sentences without trees goes with every round of those that have them.
    let share = partial.len() / 4;
    let partial_words: usize = partial.iter().map(|e| e.rows.len()).sum::<usize>() / 4;
    let steps = options.epochs * (words + partial_words).div_ceil(BATCH_WORDS);
    let dense = slots.initial(&shape, &mut random);
    let mut embed: Vec<f32> = (0..vocabulary.trained * shape.embed).map(|_| random.uniform(-0.2, 0.2)).collect();
    embed.extend_from_slice(vectors.numbers());
    let optimiser = Optimiser::new(slots.total, vocabulary.trained * shape.embed, options.rate, steps);
    let state_file = state::path(out);
    let mut state =
        State { options: format!("{:?} {lang} {words} {}", Options { fresh: false, ..options.clone() }, vocabulary.size), round: 0, dense, embed, optimiser };
    if !options.fresh {
        state.go_on(&state_file)?;
    }
    let dropout = Dropout { form: 0.25, piece: 0.06, embed: 0.2, layer: 0.25, head: 0.3 };
    let store = |state: &State| stored(&corpus, &shape, &labels, &vocabulary, &state.dense, &state.embed, segmenter.clone(), lemmas.clone());
    for epoch in state.round + 1..=options.epochs {
        // Each round has a source of its own, so that a run that goes on takes the same way as one that was never cut.
        let mut random = Random::new(options.seed.wrapping_add(epoch as u64 * 7919));
        let mut order: Vec<&Example> = partial.iter().collect();
        random.shuffle(&mut order);
        order.truncate(share);
        order.extend(&trees);
        random.shuffle(&mut order);
        let mut loss = net::Loss::default();
        for batch in batches(&order) {
            let (l, gradients) = Net { shape: &shape, slots: &slots, dense: &state.dense, embed: &state.embed }.learn_in_halves(batch, &dropout, &mut random);
            loss.add(l);
            let State { dense, embed, optimiser, .. } = &mut state;
            optimiser.step(dense, embed, shape.embed, &gradients);
        }
        state.round = epoch;
        let n = loss.words;
        eprint!(
            "[{lang} {:5.0?}] round {epoch:3}  loss a word: tags {:.3} features {:.3} arcs {:.3} labels {:.3}",
            start.elapsed(),
            loss.tag / n,
            loss.feats / n,
            loss.arc / n,
            loss.label / n
        );
        if epoch % 5 == 0 || epoch == options.epochs {
            state.keep(&state_file)?;
            let stored = store(&state);
            write(&stored, out)?;
            let parser = Parser::from_bytes(&stored.to_bytes().map_err(|e| Error::file(out, e))?).map_err(|e| Error::file(out, e))?;
            for part in &corpus.dev {
                let s = eval::gold_tokens(&parser, &part.sentences, part.style, &mut Scratch::default());
                eprint!("  | {} UPOS {:.2} feats {:.2} UAS {:.2} LAS {:.2}", corpus.styles[part.style], s.upos, s.feats, s.uas, s.las);
            }
        }
        eprintln!();
        let _ = std::io::stderr().flush();
    }
    state::remove(&state_file);
    Ok(())
}

fn write(stored: &Stored, out: &Path) -> Result<(), Error> {
    let bytes = stored.to_bytes().map_err(|e| Error::file(out, e))?;
    std::fs::write(out, &bytes).map_err(|e| Error::file(out, e))
}

fn segmenter(corpus: &Corpus, random: &mut Random) -> Segmenter {
    // Parts that write clitics as tokens, or that have no paragraphs, teach other boundaries than the news has.
    let boundary_parts: Vec<Part> = corpus
        .train
        .iter()
        .filter(|p| corpus.lang != Lang::Ar || corpus.styles[p.style] != "pud")
        .map(|p| Part { style: p.style, sentences: p.sentences.clone(), trees: p.trees })
        .collect();
    let (split, end) = boundaries::train(&boundary_parts, random);
    let clitics = (corpus.lang == Lang::Ar).then(|| clitics::train(&corpus.train, random));
    Segmenter { split, end, clitics }
}

/// Relation labels of all trees, sorted; what is seen less than 20 times loses its subtype.
fn labels(corpus: &Corpus) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for word in corpus.train.iter().filter(|p| p.trees).flat_map(|p| &p.sentences).flat_map(|s| &s.words) {
        if let Some(rel) = word.rel {
            *counts.entry(rel.to_string()).or_default() += 1;
            *counts.entry(rel.base.name().to_owned()).or_default() += 0;
        }
    }
    counts.into_iter().filter(|(name, n)| *n >= 20 || !name.contains(':')).map(|(name, _)| name).collect()
}

/// Rows of the embedding table for the features that are seen often enough; the first rows stand for what is unknown in a slot.
struct Vocabulary {
    rows: FxHashMap<u32, u32>,
    /// Rows that are trained; those of vectors come after them.
    trained: usize,
    size: usize,
}

impl Vocabulary {
    /// Fewest occurrences by slot.
    const FEWEST: [u32; FEATURES] = [2, 2, 2, 3, 4, 2, 3, 3, 4, 4, 3, 3];

    fn of(corpus: &Corpus, vectors: &Vectors) -> Vocabulary {
        let mut counts: FxHashMap<u32, (usize, u32)> = FxHashMap::default();
        let mut text = String::new();
        for part in &corpus.train {
            for word in part.sentences.iter().flat_map(|s| &s.words) {
                for (slot, feature) in word_features(&word.form, &mut text).into_iter().enumerate() {
                    if feature != 0 {
                        counts.entry(feature).or_insert((slot, 0)).1 += 1;
                    }
                }
            }
        }
        let mut kept: Vec<(usize, u32)> = counts
            .iter()
            .filter(|(_, (slot, n))| *n >= Self::FEWEST[*slot] + u32::from(corpus.lang == Lang::Ar || !vectors.words().is_empty()))
            .map(|(&f, &(slot, _))| (slot, f))
            .collect();
        kept.sort_unstable();
        let trained = FEATURES + kept.len();
        let mut rows: FxHashMap<u32, u32> = kept.iter().enumerate().map(|(i, &(_, f))| (f, (FEATURES + i) as u32)).collect();
        for (i, word) in vectors.words().iter().enumerate() {
            let feature = vector_feature(word_features(word, &mut text)[1]);
            if feature != 0 {
                rows.entry(feature).or_insert((trained + i) as u32);
            }
        }
        Vocabulary { rows, trained, size: trained + vectors.words().len() }
    }

    fn rows_of(&self, form: &str, text: &mut String) -> [u32; SLOTS] {
        let features = word_features(form, text);
        let row = |feature: u32| self.rows.get(&feature).copied();
        std::array::from_fn(|slot| match features.get(slot) {
            None => row(vector_feature(features[1])).unwrap_or(NO_ROW),
            Some(0) => NO_ROW,
            Some(&feature) => row(feature).unwrap_or(slot as u32),
        })
    }
}

fn example(sentence: &marsad_text::conllu::GoldSentence, part: &Part, corpus: &Corpus, vocabulary: &Vocabulary, labels: &[String]) -> Example {
    let offsets = value_offsets();
    let mut text = String::new();
    let label = |rel: marsad_text::Rel| {
        let full = rel.to_string();
        labels.iter().position(|l| *l == full).or_else(|| labels.iter().position(|l| l == rel.base.name())).unwrap_or(0) as u16
    };
    let target = |word: &marsad_text::conllu::GoldWord| Target {
        tags: word.upos.map_or_else(|| corpus.tags.get(&marsad_text::normal::fold(&word.form)).copied().unwrap_or(0), |t: Upos| 1 << t as u32),
        values: word.feats.map_or_else(Vec::new, |f| f.indices().iter().enumerate().map(|(a, &v)| (offsets[a] + v as usize) as u16).collect()),
        arc: if part.trees { word.rel.map(|rel| (word.head.map_or(0, |h| h as u16 + 1), label(rel))) } else { None },
    };
    Example {
        rows: sentence.words.iter().map(|w| vocabulary.rows_of(&w.form, &mut text)).collect(),
        targets: sentence.words.iter().map(target).collect(),
        style: part.style,
    }
}

/// Runs of sentences of about [`BATCH_WORDS`] words.
fn batches<'a, 'b>(order: &'b [&'a Example]) -> Vec<&'b [&'a Example]> {
    let mut out = Vec::new();
    let (mut from, mut words) = (0, 0);
    for (i, e) in order.iter().enumerate() {
        words += e.rows.len();
        if words >= BATCH_WORDS {
            out.push(&order[from..=i]);
            (from, words) = (i + 1, 0);
        }
    }
    if from < order.len() {
        out.push(&order[from..]);
    }
    out
}

#[expect(clippy::too_many_arguments, reason = "everything that goes into the file")]
fn stored(
    corpus: &Corpus,
    shape: &Shape,
    labels: &[String],
    vocabulary: &Vocabulary,
    dense: &[f32],
    embed: &[f32],
    segmenter: Segmenter,
    lemmas: marsad_text::parse::lemma::Lemmas,
) -> Stored {
    let mut rows: Vec<(u32, u32)> = vocabulary.rows.iter().map(|(&f, &r)| (f, r)).collect();
    rows.sort_unstable_by_key(|&(_, row)| row);
    let (mut bytes, mut scales) = (Vec::with_capacity(embed.len()), Vec::new());
    for row in embed.chunks_exact(shape.embed) {
        let largest = row.iter().fold(1e-6f32, |m, x| m.max(x.abs()));
        let scale = to_bfloat(largest / 127.0 * 1.004);
        let inverse = 1.0 / marsad_text::parse::model::from_bfloat(scale);
        scales.extend_from_slice(&scale);
        bytes.extend(row.iter().map(|x| (x * inverse).round().clamp(-127.0, 127.0) as i8 as u8));
    }
    let network = Network {
        lang: corpus.lang.code().to_owned(),
        origin: corpus.origin.clone(),
        styles: corpus.styles.iter().map(|s| (*s).to_owned()).collect(),
        shape: *shape,
        labels: labels.to_vec(),
        rows,
        embed: Bytes(bytes),
        scales: Bytes(scales),
        dense: Bytes(dense.iter().flat_map(|&x| to_bfloat(x)).collect()),
    };
    Stored { network, segmenter, lemmas }
}
