//! The model file: what training found, checked when it is read.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::features::FEATURES;
use super::integer::Matrix;
use super::lemma::Lemmas;
use crate::morph::ATTRIBUTES;
use crate::segment::{MAX_SENTENCE_WORDS, Segmenter};
use crate::{Feats, Lang, Rel, Upos};

/// Version of the file format and of everything that changes what its numbers mean.
pub const VERSION: u16 = 2;
const MAGIC: &[u8; 8] = b"marsad\0m";
const HEADER: usize = 8 + 2 + 4 + 8;

/// Why a model file was refused.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// It does not begin as a model file does.
    #[error("not a marsad model (the first bytes differ)")]
    NotAModel,
    /// Another version of marsad made it.
    #[error("model version {found}, expected {VERSION}: train it anew with this version's marsad-lab")]
    Version {
        /// The version that the file states.
        found: u16,
    },
    /// Bytes are missing at the end.
    #[error("model is cut short: {found} bytes, expected {expected}")]
    Truncated {
        /// Bytes present.
        found: u64,
        /// Bytes that the header promises.
        expected: u64,
    },
    /// The checksum is wrong.
    #[error("model is corrupted: checksum {found:08x}, expected {expected:08x}")]
    Corrupted {
        /// Checksum of the bytes present.
        found: u32,
        /// Checksum in the header.
        expected: u32,
    },
    /// The checksum is right and the contents are not.
    #[error("model is unsound: {0}")]
    Unsound(&'static str),
}

/// Numbers that share a scale.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Bytes(#[serde(with = "serde_bytes")] pub Vec<u8>);

/// Sizes of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Length of an embedding row.
    pub embed: usize,
    /// Width of the recurrent layers, both directions together.
    pub width: usize,
    /// Number of recurrent layers.
    pub layers: usize,
    /// Length of the vectors whose product scores an arc.
    pub arc: usize,
    /// Length of the vectors that choose a label.
    pub label: usize,
    /// Number of annotation styles.
    pub styles: usize,
    /// Number of labels.
    pub labels: usize,
    /// Number of feature values, over all attributes, each attribute's "none" included.
    pub values: usize,
}

impl Shape {
    /// Whether a network can have these sizes; the bounds keep their products from overflowing.
    fn is_possible(&self) -> bool {
        let sizes = [self.embed, self.width, self.arc, self.label, self.styles, self.labels, self.values];
        sizes.iter().all(|size| (1..=1 << 14).contains(size)) && self.width.is_multiple_of(2) && (2..=64).contains(&self.layers)
    }
}

/// Number of distance classes of an arc: sixteen to the left, sixteen to the right, one for the root.
pub const DISTANCES: usize = 33;

/// Class of the distance from a dependent to its head, in words; 0 is the root.
#[must_use]
pub fn distance(dependent: usize, head_column: usize) -> usize {
    let Some(head) = head_column.checked_sub(1) else { return 0 };
    let gap = dependent.abs_diff(head);
    let bucket = match gap {
        0..=7 => gap,
        8..=11 => 8,
        12..=15 => 9,
        16..=23 => 10,
        24..=31 => 11,
        32..=47 => 12,
        48..=63 => 13,
        64..=95 => 14,
        _ => 15,
    };
    1 + bucket + if head > dependent { 16 } else { 0 }
}

/// The dense parameters by name and length, in the order in which the file stores them.
#[must_use]
pub fn dense_layout(s: &Shape) -> Vec<(String, usize)> {
    let w = s.width;
    let mut out = vec![
        ("style".to_owned(), s.styles * s.embed),
        ("embed_gain".to_owned(), s.embed),
        ("embed_bias".to_owned(), s.embed),
        ("input".to_owned(), s.embed * w),
        ("input_bias".to_owned(), w),
    ];
    for layer in 0..s.layers {
        for (name, len) in [("gain", w), ("bias", w), ("project", w * 3 * w), ("forget_state", w), ("forget_bias", w), ("output_state", w), ("output_bias", w)]
        {
            out.push((format!("layer{layer}_{name}"), len));
        }
    }
    out.extend([
        ("tag".to_owned(), w * Upos::ALL.len()),
        ("tag_bias".to_owned(), Upos::ALL.len()),
        ("tag_embed".to_owned(), Upos::ALL.len() * w),
        ("final_gain".to_owned(), w),
        ("final_bias".to_owned(), w),
        ("final_tag".to_owned(), w * Upos::ALL.len()),
        ("final_tag_bias".to_owned(), Upos::ALL.len()),
        ("feats".to_owned(), w * s.values),
        ("feats_bias".to_owned(), s.values),
        ("head".to_owned(), w * 2 * (s.arc + s.label)),
        ("head_bias".to_owned(), 2 * (s.arc + s.label)),
        ("root".to_owned(), s.arc + s.label),
        ("distance".to_owned(), DISTANCES),
        ("choose".to_owned(), 3 * s.label * s.labels),
        ("choose_bias".to_owned(), s.labels),
    ]);
    out
}

/// First position of each attribute's values in the feature head, and the end.
#[must_use]
pub fn value_offsets() -> Vec<usize> {
    let mut at = 0;
    let mut out = vec![0];
    for (_, values) in ATTRIBUTES {
        at += values.len() + 1;
        out.push(at);
    }
    out
}

/// A model as the file holds it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stored {
    /// The network and what names it.
    pub network: Network,
    /// Segmentation.
    pub segmenter: Segmenter,
    /// Dictionary forms.
    pub lemmas: Lemmas,
}

/// The first part of a model file: the network.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Network {
    /// ISO 639-1 code.
    pub lang: String,
    /// What it was trained from, and under which licence the model therefore stands.
    pub origin: String,
    /// Names of the annotation styles; the first is what `parse` uses.
    pub styles: Vec<String>,
    /// Sizes.
    pub shape: Shape,
    /// Relation labels in the order of the label head.
    pub labels: Vec<String>,
    /// Row of the embedding table for each known feature hash, by slot; then those of word vectors.
    pub rows: Vec<(u32, u32)>,
    /// Embedding table: bytes, row by row. Rows 0 to `FEATURES` − 1 stand for what is unknown in a slot.
    pub embed: Bytes,
    /// Scale of each embedding row.
    pub scales: Bytes,
    /// Dense parameters as bfloat16, little-endian, in the order of [`dense_layout`].
    pub dense: Bytes,
}

impl Network {
    /// Reads the network of a model file, whatever the rest of the file is like: so that segmentation and lemmas can be trained anew when their form changes.
    ///
    /// # Errors
    /// [`ModelError`] says what is wrong with the file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Network, ModelError> {
        let (network, _) = postcard::take_from_bytes(checked_body(bytes, MAGIC)?).map_err(|_| ModelError::Unsound("the network does not decode"))?;
        Ok(network)
    }
}

impl Stored {
    /// The file's bytes.
    ///
    /// # Errors
    /// If a part cannot be encoded.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        let body = postcard::to_stdvec(self)?;
        let mut out = Vec::with_capacity(HEADER + body.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
        out.extend_from_slice(&(body.len() as u64).to_le_bytes());
        out.extend_from_slice(&body);
        Ok(out)
    }

    /// Reads and checks a model file.
    ///
    /// # Errors
    /// [`ModelError`] says what is wrong with it.
    pub fn from_bytes(bytes: &[u8]) -> Result<Stored, ModelError> {
        postcard::from_bytes(checked_body(bytes, MAGIC)?).map_err(|_| ModelError::Unsound("the body does not decode"))
    }
}

/// What follows the header, if the header fits it and names the kind of file wanted.
pub(crate) fn checked_body<'a>(bytes: &'a [u8], magic: &[u8; 8]) -> Result<&'a [u8], ModelError> {
    if bytes.len() < HEADER || &bytes[..8] != magic {
        return Err(ModelError::NotAModel);
    }
    let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let found = u16::from_le_bytes([bytes[8], bytes[9]]);
    if found != VERSION {
        return Err(ModelError::Version { found });
    }
    let body = &bytes[HEADER..];
    let expected = u64::from(word(14)) | u64::from(word(18)) << 32;
    if (body.len() as u64) < expected {
        return Err(ModelError::Truncated { found: body.len() as u64, expected });
    }
    if body.len() as u64 > expected {
        return Err(ModelError::Unsound("bytes follow its end"));
    }
    let checksum = crc32fast::hash(body);
    if checksum != word(10) {
        return Err(ModelError::Corrupted { found: checksum, expected: word(10) });
    }
    Ok(body)
}

/// A model ready for use.
#[derive(Debug)]
pub(crate) struct Model {
    pub lang: Lang,
    pub shape: Shape,
    pub styles: Vec<String>,
    pub origin: String,
    pub labels: Vec<Rel>,
    rows: Rows,
    pub embed: Vec<i8>,
    pub scales: Vec<f32>,
    pub dense: Dense,
    pub segmenter: Segmenter,
    pub lemmas: Lemmas,
    pub offsets: Vec<usize>,
    /// What a head's place tells, by head less dependent: the middle is 0.
    line: Vec<f32>,
}

/// Rows of the embedding table by feature: open addressing in one array, so that a look-up touches one line of memory.
#[derive(Debug)]
struct Rows(Vec<(u32, u32)>);

impl Rows {
    fn new(entries: &[(u32, u32)]) -> Rows {
        let mut slots = vec![(0, 0); (entries.len() * 2 + 1).next_power_of_two()];
        let mask = slots.len() - 1;
        // No feature's hash is 0: it marks what a word does not have.
        for &(feature, row) in entries.iter().filter(|e| e.0 != 0) {
            let mut at = feature as usize & mask;
            while slots[at].0 != 0 && slots[at].0 != feature {
                at = (at + 1) & mask;
            }
            slots[at] = (feature, row);
        }
        Rows(slots)
    }

    fn get(&self, feature: u32) -> Option<u32> {
        let mask = self.0.len() - 1;
        let mut at = feature as usize & mask;
        loop {
            match self.0[at] {
                (found, row) if found == feature => return Some(row),
                (0, _) => return None,
                _ => at = (at + 1) & mask,
            }
        }
    }
}

impl Model {
    pub fn from_stored(stored: Stored) -> Result<Model, ModelError> {
        let unsound = ModelError::Unsound;
        let Stored { network: stored, segmenter, lemmas } = stored;
        let lang = Lang::from_code(&stored.lang).ok_or(unsound("unknown language"))?;
        let shape = stored.shape;
        if !shape.is_possible() || shape.styles != stored.styles.len() {
            return Err(unsound("impossible sizes"));
        }
        let offsets = value_offsets();
        if offsets.last() != Some(&shape.values) || shape.labels != stored.labels.len() {
            return Err(unsound("labels or features do not fit"));
        }
        let embed: Vec<i8> = stored.embed.0.iter().map(|&b| b as i8).collect();
        let scales: Vec<f32> = stored.scales.0.as_chunks::<2>().0.iter().map(|&b| from_bfloat(b)).collect();
        if embed.len() != scales.len() * shape.embed || scales.len() < FEATURES {
            return Err(unsound("the embedding table has a wrong size"));
        }
        if stored.rows.iter().any(|&(_, row)| row as usize >= scales.len()) {
            return Err(unsound("a feature points outside the embedding table"));
        }
        if !segmenter.is_sound() {
            return Err(unsound("segmentation tables have a wrong size"));
        }
        let dense = Dense::new(&shape, &stored.dense.0).ok_or(unsound("the dense parameters have a wrong size"))?;
        let labels = stored.labels.iter().map(|l| Rel::from_name(l)).collect::<Option<_>>().ok_or(unsound("unknown relation"))?;
        let rows = Rows::new(&stored.rows);
        let line = (0..=2 * MAX_SENTENCE_WORDS).map(|i| dense.distance[distance(MAX_SENTENCE_WORDS, i + 1)]).collect();
        let (styles, origin) = (stored.styles, stored.origin);
        Ok(Model { lang, shape, styles, origin, labels, rows, embed, scales, dense, segmenter, lemmas, offsets, line })
    }

    /// Row of the embedding table for a feature in a slot; `None` where the word has no such feature.
    pub fn row(&self, slot: usize, feature: u32) -> Option<u32> {
        (feature != 0).then(|| self.rows.get(feature).unwrap_or(slot as u32))
    }

    /// Row of the embedding table for a word vector, where there is one.
    pub fn vector(&self, feature: u32) -> Option<u32> {
        if feature == 0 { None } else { self.rows.get(feature) }
    }

    /// What the places of the words tell about heading the word `dependent` of a sentence of `n`, in order; longer sentences than the segmenter makes get none.
    pub fn distances(&self, dependent: usize, n: usize) -> Option<&[f32]> {
        let from = MAX_SENTENCE_WORDS.checked_sub(dependent)?;
        self.line.get(from..from + n)
    }

    /// The features of the best value of each attribute.
    pub fn best_feats(&self, scores: &[f32]) -> Feats {
        let mut indices = *Feats::default().indices();
        for (a, index) in indices.iter_mut().enumerate() {
            let row = &scores[self.offsets[a]..self.offsets[a + 1]];
            *index = argmax(row) as u8;
        }
        Feats::from_indices(indices)
    }
}

/// Position of the largest value; the first of equals.
pub(crate) fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, &x) in row.iter().enumerate() {
        if x > row[best] {
            best = i;
        }
    }
    best
}

/// Parameters of one recurrent layer.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    pub gain: Vec<f32>,
    pub bias: Vec<f32>,
    pub project: Matrix,
    pub forget_state: Vec<f32>,
    pub forget_bias: Vec<f32>,
    pub output_state: Vec<f32>,
    pub output_bias: Vec<f32>,
}

/// The dense parameters.
#[derive(Debug, Default)]
pub(crate) struct Dense {
    pub style: Vec<f32>,
    pub embed_gain: Vec<f32>,
    pub embed_bias: Vec<f32>,
    pub input: Matrix,
    pub layers: Vec<Layer>,
    pub tag: Vec<f32>,
    pub tag_bias: Vec<f32>,
    pub tag_embed: Vec<f32>,
    pub final_gain: Vec<f32>,
    pub final_bias: Vec<f32>,
    pub final_tag: Matrix,
    pub feats: Matrix,
    pub head: Matrix,
    pub root: Vec<f32>,
    pub distance: Vec<f32>,
    pub choose: Vec<f32>,
    pub choose_bias: Vec<f32>,
}

impl Dense {
    fn new(shape: &Shape, bytes: &[u8]) -> Option<Dense> {
        let layout = dense_layout(shape);
        let total: usize = layout.iter().map(|(_, len)| len).sum();
        let (halves, rest) = bytes.as_chunks::<2>();
        if halves.len() != total || !rest.is_empty() {
            return None;
        }
        let mut numbers = halves.iter().map(|&b| from_bfloat(b));
        let mut parts = layout.iter().map(|(_, len)| numbers.by_ref().take(*len).collect::<Vec<f32>>());
        let mut next = || parts.next().unwrap_or_default();
        // The order is that of `dense_layout`; struct fields are evaluated in the order written.
        Some(Dense {
            style: next(),
            embed_gain: next(),
            embed_bias: next(),
            input: Matrix::new(&next(), &next()),
            layers: (0..shape.layers)
                .map(|_| Layer {
                    gain: next(),
                    bias: next(),
                    project: Matrix::new(&next(), &vec![0.0; 3 * shape.width]),
                    forget_state: next(),
                    forget_bias: next(),
                    output_state: next(),
                    output_bias: next(),
                })
                .collect(),
            tag: next(),
            tag_bias: next(),
            tag_embed: next(),
            final_gain: next(),
            final_bias: next(),
            final_tag: Matrix::new(&next(), &next()),
            feats: Matrix::new(&next(), &next()),
            head: Matrix::new(&next(), &next()),
            root: next(),
            distance: next(),
            choose: next(),
            choose_bias: next(),
        })
    }
}

/// A bfloat16, little-endian.
#[must_use]
pub fn from_bfloat(bytes: [u8; 2]) -> f32 {
    f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16)
}

/// The nearest bfloat16, little-endian; ties to even.
#[must_use]
pub fn to_bfloat(x: f32) -> [u8; 2] {
    let bits = x.to_bits();
    let rounded = bits.wrapping_add(0x7fff + ((bits >> 16) & 1));
    ((rounded >> 16) as u16).to_le_bytes()
}
