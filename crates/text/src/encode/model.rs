//! The encoder's file, checked when it is read.

use std::sync::Arc;

use serde::Deserialize;

use super::MAX_PIECES;
use super::layers::LANES;
use super::pieces::{Pieces, SPECIAL};
use crate::parse::integer::Matrix;
use crate::parse::model::{ModelError, checked_body};

const MAGIC: &[u8; 8] = b"marsad\0e";

/// The file's body. Numbers are little-endian f32 unless said otherwise; matrices are outputs × inputs in bytes, with a scale and a bias for each output.
#[derive(Debug, Deserialize)]
pub(super) struct Stored<'a> {
    origin: &'a str,
    /// Names of the classes, a line each.
    classes: &'a str,
    /// Heads of a layer.
    heads: usize,
    /// Pieces, a line each, the special ones first.
    pieces: &'a str,
    scores: &'a [u8],
    /// A row for each piece: blocks of 32 numbers, each a scale (f16) and 16 bytes of two numbers.
    table: &'a [u8],
    /// A row for each place in the sentence.
    places: &'a [u8],
    #[serde(borrow)]
    norm: [&'a [u8]; 2],
    #[serde(borrow)]
    layers: Vec<StoredLayer<'a>>,
    /// Classes, then both projections of pairs.
    #[serde(borrow)]
    out: StoredMatrix<'a>,
    pair_classes: &'a [u8],
    pair_weights: &'a [u8],
    pair_bias: &'a [u8],
}

#[derive(Debug, Deserialize)]
struct StoredMatrix<'a> {
    bytes: &'a [u8],
    scales: &'a [u8],
    bias: &'a [u8],
}

#[derive(Debug, Deserialize)]
struct StoredLayer<'a> {
    #[serde(borrow)]
    query: StoredMatrix<'a>,
    /// Keys and values.
    #[serde(borrow)]
    seen: StoredMatrix<'a>,
    #[serde(borrow)]
    gather: StoredMatrix<'a>,
    #[serde(borrow)]
    after_look: [&'a [u8]; 2],
    #[serde(borrow)]
    widen: StoredMatrix<'a>,
    #[serde(borrow)]
    narrow: StoredMatrix<'a>,
    #[serde(borrow)]
    after_thought: [&'a [u8]; 2],
}

/// Gain and bias of a normalisation.
#[derive(Debug)]
pub(super) struct Norm {
    pub gain: Vec<f32>,
    pub bias: Vec<f32>,
}

#[derive(Debug)]
pub(super) struct Layer {
    pub query: Matrix,
    pub seen: Matrix,
    pub gather: Matrix,
    pub after_look: Norm,
    pub widen: Matrix,
    pub narrow: Matrix,
    pub after_thought: Norm,
}

/// What tells the odds of pairs.
#[derive(Debug)]
pub(super) struct Pairs {
    pub width: usize,
    /// A row for each class, added to the first word's projection.
    pub classes: Vec<f32>,
    /// For each of the two odds: weights of the products, then of the sums.
    pub weights: [Vec<f32>; 2],
    pub bias: [f32; 2],
}

impl Stored<'static> {
    pub fn read(bytes: &'static [u8]) -> Result<Stored<'static>, ModelError> {
        postcard::from_bytes(checked_body(bytes, MAGIC)?).map_err(|_| ModelError::Unsound("the body does not decode"))
    }

    /// The pieces with their scores; `None` where there are not as many of both.
    pub fn pieces(&self) -> Option<Pieces> {
        let names: Vec<&'static str> = self.pieces.split('\n').collect();
        let scores = floats(self.scores);
        (names.len() > SPECIAL && scores.len() == names.len()).then(|| Pieces::new(&names, &scores))
    }
}

/// An encoder ready for use.
#[derive(Debug)]
pub(super) struct Model {
    pub origin: &'static str,
    pub classes: Vec<&'static str>,
    pub width: usize,
    pub heads_of_layer: usize,
    pub pieces: Arc<Pieces>,
    table: &'static [u8],
    pub places: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
    pub heads: Matrix,
    pub pairs: Pairs,
}

/// Numbers that share a scale in a row of the table, and the bytes that they take.
const BLOCK: usize = 32;
const BLOCK_BYTES: usize = 2 + BLOCK / 2;

impl Model {
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Model, ModelError> {
        Model::from_stored(&Stored::read(bytes)?).ok_or(ModelError::Unsound("sizes disagree"))
    }

    fn from_stored(stored: &Stored<'static>) -> Option<Model> {
        let pieces = Arc::new(stored.pieces()?);
        let classes: Vec<&'static str> = stored.classes.split('\n').collect();
        let norm = normalisation(stored.norm)?;
        let width = norm.gain.len();
        let places = floats(stored.places);
        let sound = width > 0
            && width.is_multiple_of(BLOCK)
            && stored.heads > 0
            && width.is_multiple_of(stored.heads * LANES)
            && stored.table.len() == pieces.len() * (width / BLOCK * BLOCK_BYTES)
            && places.len() == (MAX_PIECES + 2) * width
            && !stored.layers.is_empty();
        if !sound {
            return None;
        }
        let layers = stored.layers.iter().map(|l| layer(l, width)).collect::<Option<Vec<_>>>()?;
        let heads = matrix(&stored.out, width, None)?;
        let pair_width = heads.outputs().checked_sub(classes.len())? / 2;
        let weights = floats(stored.pair_weights);
        let pairs = Pairs {
            width: pair_width,
            classes: floats(stored.pair_classes),
            weights: [weights.get(..2 * pair_width)?.to_vec(), weights.get(2 * pair_width..)?.to_vec()],
            bias: floats(stored.pair_bias).try_into().ok()?,
        };
        let fits = heads.outputs() == classes.len() + 2 * pair_width && weights.len() == 4 * pair_width && pairs.classes.len() == classes.len() * pair_width;
        let (table, origin) = (stored.table, stored.origin);
        fits.then_some(Model { origin, classes, width, heads_of_layer: stored.heads, pieces, table, places, norm, layers, heads, pairs })
    }

    /// Adds the numbers of a piece to a row.
    pub fn add_piece(&self, id: u32, row: &mut [f32]) {
        let bytes = self.width / BLOCK * BLOCK_BYTES;
        let stored = &self.table[id as usize * bytes..(id as usize + 1) * bytes];
        for (numbers, block) in row.chunks_exact_mut(BLOCK).zip(stored.as_chunks::<BLOCK_BYTES>().0) {
            let scale = from_half([block[0], block[1]]);
            let (low, high) = numbers.split_at_mut(BLOCK / 2);
            for ((low, high), &byte) in low.iter_mut().zip(high).zip(&block[2..]) {
                *low += (f32::from(byte & 15) - 8.0) * scale;
                *high += (f32::from(byte >> 4) - 8.0) * scale;
            }
        }
    }
}

fn layer(stored: &StoredLayer, width: usize) -> Option<Layer> {
    let widen = matrix(&stored.widen, width, None)?;
    let inner = widen.outputs();
    Some(Layer {
        query: matrix(&stored.query, width, Some(width))?,
        seen: matrix(&stored.seen, width, Some(2 * width))?,
        gather: matrix(&stored.gather, width, Some(width))?,
        after_look: normalisation(stored.after_look).filter(|n| n.gain.len() == width)?,
        narrow: matrix(&stored.narrow, inner, Some(width))?,
        widen,
        after_thought: normalisation(stored.after_thought).filter(|n| n.gain.len() == width)?,
    })
}

fn matrix(stored: &StoredMatrix, inputs: usize, outputs: Option<usize>) -> Option<Matrix> {
    let matrix = Matrix::from_bytes(stored.bytes, &floats(stored.scales), &floats(stored.bias))?;
    (stored.bytes.len() == inputs * matrix.outputs() && matrix.inputs() == inputs.next_multiple_of(4) && outputs.is_none_or(|n| n == matrix.outputs()))
        .then_some(matrix)
}

fn normalisation([gain, bias]: [&[u8]; 2]) -> Option<Norm> {
    let norm = Norm { gain: floats(gain), bias: floats(bias) };
    (norm.gain.len() == norm.bias.len()).then_some(norm)
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|&b| f32::from_le_bytes(b)).collect()
}

/// A half-precision number, little-endian. Those of the table are normal or zero.
fn from_half(bytes: [u8; 2]) -> f32 {
    let bits = u32::from(u16::from_le_bytes(bytes));
    let sign = (bits & 0x8000) << 16;
    let (exponent, fraction) = ((bits >> 10) & 31, bits & 0x3ff);
    if exponent == 0 {
        // Subnormal: a whole number of 2⁻²⁴.
        let size = fraction as f32 * (1.0 / 16_777_216.0);
        return if sign == 0 { size } else { -size };
    }
    f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13))
}
