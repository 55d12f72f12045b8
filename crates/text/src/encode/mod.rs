//! A second look at sentences: what their words are in context, for whoever asks about single words and pairs of words.
//!
//! One small transformer for all languages (post-norm, after Devlin et al. 2019) over pieces of words (unigram pieces, Kudo 2018). Its lower layers come from a sentence
//! encoder that has read a hundred languages, so it knows words that no table and no treebank has. Two heads were trained with it: a distribution of
//! classes for each word, and two log odds for each pair of a word with its class and another word. What classes and odds mean is the caller's: the
//! file names the classes.
//!
//! Sentences are taken through the layers together but see only themselves: what comes out does not depend on the company. Products run in bytes
//! (`parse::integer`), so every processor computes the same. A word that starts beyond the first [`MAX_PIECES`] pieces of its sentence gets no answer.

mod apart;
mod layers;
mod model;
mod pieces;

use crate::parse::integer::{Rows, product};
use crate::parse::kernels as k;
use crate::parse::model::ModelError;
pub use apart::Spacing;
use model::Model;

/// Pieces of a sentence that are read.
pub const MAX_PIECES: usize = 254;

/// Pieces that go through the layers together: enough to fill the products, few enough for the cache.
const BATCH_PIECES: usize = 192;

/// A loaded encoder; share it between threads.
#[derive(Debug)]
pub struct Encoder {
    model: Model,
}

/// Memory that reading uses again and again; one a thread.
#[derive(Debug, Default)]
pub struct Scratch {
    pieces: pieces::Work,
    /// Piece numbers of the batch, sentence by sentence.
    ids: Vec<u32>,
    /// The sentences of the batch: their pieces, and the places in `wanted` of theirs.
    spans: Vec<layers::Sentence>,
    /// Pieces whose state is asked for, counted in the batch.
    wanted: Vec<usize>,
    layers: layers::Work,
    rows: Rows,
}

/// What the encoder says of the words of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Row of each word.
    words: Vec<Option<u16>>,
    /// Log probabilities of the classes, then the projections as first and as second of a pair, row by row.
    heads: Vec<f32>,
    width: usize,
    classes: usize,
}

impl Reading {
    /// Natural logarithms of the probabilities of the classes of a word, by the number of the class; `None` for a word beyond what is read.
    #[must_use]
    pub fn classes(&self, word: usize) -> Option<&[f32]> {
        self.row(word).map(|row| &row[..self.classes])
    }

    fn row(&self, word: usize) -> Option<&[f32]> {
        let row = usize::from((*self.words.get(word)?)?);
        Some(&self.heads[row * self.width..(row + 1) * self.width])
    }
}

impl Encoder {
    /// Loads a model file.
    ///
    /// # Errors
    /// [`ModelError`] where the file is not a sound encoder of this version.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Encoder, ModelError> {
        Ok(Encoder { model: Model::from_bytes(bytes)? })
    }

    /// What the model was trained from and its licence.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.model.origin
    }

    /// What its pieces tell of missing white space.
    #[must_use]
    pub fn spacing(&self) -> Spacing {
        Spacing::new(std::sync::Arc::clone(&self.model.pieces))
    }

    /// Names of the classes.
    #[must_use]
    pub fn classes(&self) -> &[&'static str] {
        &self.model.classes
    }

    /// Reads sentences: each its text and the bytes in it where its words start; `None` for words that nobody will ask about.
    #[must_use]
    pub fn read(&self, sentences: &[(&str, Vec<Option<usize>>)], scratch: &mut Scratch) -> Vec<Reading> {
        let mut out = Vec::with_capacity(sentences.len());
        scratch.clear();
        for (text, words) in sentences {
            let from = scratch.ids.len();
            let starts = self.model.pieces.split(text, MAX_PIECES, &mut scratch.pieces, &mut scratch.ids);
            if scratch.ids.len() > BATCH_PIECES && from > 0 {
                let rest = scratch.ids.split_off(from);
                self.finish(&mut out, scratch);
                scratch.ids.extend(rest);
            }
            out.push(self.place(text, words, &starts, scratch));
        }
        self.finish(&mut out, scratch);
        out
    }

    /// Notes which pieces the words of the sentence that was split last are asked about; its heads are filled in later.
    fn place(&self, text: &str, words: &[Option<usize>], starts: &[usize], scratch: &mut Scratch) -> Reading {
        let (first, from) = (scratch.spans.last().map_or(0, |s| s.pieces.end), scratch.wanted.len());
        let mut rows: Vec<usize> = Vec::with_capacity(words.len());
        let piece = |start: &Option<usize>| {
            let start = pieces::run_start(text, (*start)?);
            // The last piece that starts no later, unless that is beyond what is read.
            let place = starts.partition_point(|&s| s <= start);
            (place > 0 && (place < starts.len() || starts.len() < MAX_PIECES)).then_some(place)
        };
        let places: Vec<Option<usize>> = words.iter().map(piece).collect();
        rows.extend(places.iter().flatten());
        rows.sort_unstable();
        rows.dedup();
        let row = |place: &Option<usize>| place.and_then(|p| rows.binary_search(&p).ok()).map(|r| r as u16);
        let words = places.iter().map(row).collect();
        // Place 0 of a sentence is the mark of its start.
        scratch.wanted.extend(rows.iter().map(|p| first + p));
        scratch.spans.push(layers::Sentence { pieces: first..scratch.ids.len(), wanted: from..scratch.wanted.len() });
        Reading { words, heads: Vec::new(), width: self.model.heads.outputs(), classes: self.model.classes.len() }
    }

    /// Takes the batch through the layers and gives its sentences, the last ones of `out`, their heads.
    fn finish(&self, out: &mut [Reading], scratch: &mut Scratch) {
        let width = self.model.heads.outputs();
        if !scratch.wanted.is_empty() {
            let states = layers::run(&self.model, &scratch.ids, &scratch.spans, &scratch.wanted, &mut scratch.layers);
            scratch.rows.laid(states, self.model.width);
            let mut heads = vec![0.0; scratch.wanted.len() * width];
            product(&mut heads, &scratch.rows, &self.model.heads);
            for row in heads.chunks_exact_mut(width) {
                log_softmax(&mut row[..self.model.classes.len()]);
            }
            let first = out.len() - scratch.spans.len();
            for (reading, sentence) in out[first..].iter_mut().zip(&scratch.spans) {
                reading.heads = heads[sentence.wanted.start * width..sentence.wanted.end * width].to_vec();
            }
        }
        scratch.clear();
    }

    /// The two log odds of a pair: a word taken as one of a class, and another word. `None` where one of them is beyond what is read, or there is no such class.
    #[must_use]
    pub fn pair(&self, reading: &Reading, word: usize, class: usize, other: usize) -> Option<[f32; 2]> {
        let (pairs, classes) = (&self.model.pairs, self.model.classes.len());
        let n = pairs.width;
        let first = &reading.row(word)?[classes..classes + n];
        let second = &reading.row(other)?[classes + n..];
        let class = pairs.classes.get(class * n..(class + 1) * n)?;
        let mut odds = pairs.bias;
        for i in 0..n {
            let (a, b) = ((first[i] + class[i]).max(0.0), second[i].max(0.0));
            for (odd, weights) in odds.iter_mut().zip(&pairs.weights) {
                *odd += a * b * weights[i] + (a + b) * weights[n + i];
            }
        }
        Some(odds)
    }
}

impl Scratch {
    fn clear(&mut self) {
        self.ids.clear();
        self.spans.clear();
        self.wanted.clear();
    }
}

fn log_softmax(row: &mut [f32]) {
    let mut copy = row.to_vec();
    let log_sum = k::softmax(&mut copy);
    row.iter_mut().for_each(|x| *x -= log_sum);
}
