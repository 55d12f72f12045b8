//! The layers: each word looks at all words of its sentence, then at itself.

use std::ops::Range;

use super::model::{Layer, Model};
use crate::parse::integer::{Matrix, Rows, product};
use crate::parse::kernels as k;

/// A sentence of a batch.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its pieces.
    pub pieces: Range<usize>,
    /// Which of the wanted pieces are its.
    pub wanted: Range<usize>,
}

/// Memory that the layers use again and again.
#[derive(Debug, Default)]
pub(super) struct Work {
    x: Vec<f32>,
    /// States of the pieces that ask: all, in the last layer those that are wanted.
    own: Vec<f32>,
    rows: Rows,
    queries: Vec<f32>,
    /// Keys and values side by side.
    seen: Vec<f32>,
    looked: Vec<f32>,
    sum: Vec<f32>,
    wide: Vec<f32>,
    keys: Vec<f32>,
    weights: Vec<f32>,
}

/// The last states of the wanted pieces, row by row.
pub(super) fn run<'w>(model: &Model, ids: &[u32], sentences: &[Sentence], wanted: &[usize], work: &'w mut Work) -> &'w [f32] {
    embed(model, ids, sentences, work);
    for (n, layer) in model.layers.iter().enumerate() {
        let last = n + 1 == model.layers.len();
        work.own.clear();
        if last {
            wanted.iter().for_each(|&p| work.own.extend_from_slice(&work.x[p * model.width..(p + 1) * model.width]));
        } else {
            work.own.extend_from_slice(&work.x);
        }
        through(model, layer, sentences, last, work);
        std::mem::swap(&mut work.x, &mut work.own);
    }
    &work.x
}

/// Piece and place, normalised.
fn embed(model: &Model, ids: &[u32], sentences: &[Sentence], work: &mut Work) {
    let w = model.width;
    work.sum.resize(ids.len() * w, 0.0);
    for sentence in sentences {
        for (place, p) in sentence.pieces.clone().enumerate() {
            let row = &mut work.sum[p * w..(p + 1) * w];
            row.copy_from_slice(&model.places[place * w..(place + 1) * w]);
            model.add_piece(ids[p], row);
        }
    }
    work.x.resize(ids.len() * w, 0.0);
    k::layer_norm(&mut work.x, &work.sum, &model.norm.gain, &model.norm.bias);
}

fn multiply(out: &mut Vec<f32>, rows: &Rows, n: usize, matrix: &Matrix) {
    out.resize(n * matrix.outputs(), 0.0);
    product(out, rows, matrix);
}

/// One layer: from `x` and `own` to `own`.
fn through(model: &Model, layer: &Layer, sentences: &[Sentence], last: bool, work: &mut Work) {
    let w = model.width;
    let (all, n) = (work.x.len() / w, work.own.len() / w);
    work.rows.laid(&work.x, w);
    multiply(&mut work.seen, &work.rows, all, &layer.seen);
    if last {
        work.rows.laid(&work.own, w);
    }
    multiply(&mut work.queries, &work.rows, n, &layer.query);
    work.looked.resize(n * w, 0.0);
    for sentence in sentences {
        let asking = if last { sentence.wanted.clone() } else { sentence.pieces.clone() };
        look(model, sentence.pieces.clone(), asking, work);
    }
    work.rows.laid(&work.looked, w);
    multiply(&mut work.sum, &work.rows, n, &layer.gather);
    add(&mut work.sum, &work.own);
    k::layer_norm(&mut work.own, &work.sum, &layer.after_look.gain, &layer.after_look.bias);
    work.rows.laid(&work.own, w);
    multiply(&mut work.wide, &work.rows, n, &layer.widen);
    gate(&mut work.wide);
    work.rows.laid(&work.wide, layer.widen.outputs());
    multiply(&mut work.sum, &work.rows, n, &layer.narrow);
    add(&mut work.sum, &work.own);
    k::layer_norm(&mut work.own, &work.sum, &layer.after_thought.gain, &layer.after_thought.bias);
}

/// Numbers that are summed side by side; heads are whole multiples of it.
pub(super) const LANES: usize = 32;

/// What the asking pieces of a sentence see of its pieces, into `looked`.
fn look(model: &Model, pieces: Range<usize>, asking: Range<usize>, work: &mut Work) {
    let (w, n) = (model.width, pieces.len());
    let size = w / model.heads_of_layer;
    let scale = 1.0 / (size as f32).sqrt();
    let padded = n.next_multiple_of(LANES);
    work.keys.clear();
    work.keys.resize(size * padded, 0.0);
    work.weights.resize(padded, 0.0);
    let Work { keys, weights, seen, queries, looked, .. } = work;
    let seen = &seen[pieces.start * 2 * w..pieces.end * 2 * w];
    k::vectorised(
        #[inline(always)]
        || {
            for head in 0..model.heads_of_layer {
                let from = head * size;
                // Keys lie number by number, so that one number of the query meets many pieces at once.
                for (p, row) in seen.chunks_exact(2 * w).enumerate() {
                    let block = p / LANES * LANES * size + p % LANES;
                    row[from..from + size].iter().enumerate().for_each(|(i, &x)| keys[block + i * LANES] = x * scale);
                }
                for a in asking.clone() {
                    let query = &queries[a * w + from..a * w + from + size];
                    for (sums, block) in weights.as_chunks_mut::<LANES>().0.iter_mut().zip(keys.chunks_exact(size * LANES)) {
                        *sums = [0.0; LANES];
                        weigh(sums, query, block, LANES);
                    }
                    let share = shares(&mut weights[..n]);
                    let out = &mut looked[a * w + from..a * w + from + size];
                    for (block, out) in out.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                        let mut sums = [0.0; LANES];
                        weigh(&mut sums, &weights[..n], &seen[w + from + block * LANES..], 2 * w);
                        out.iter_mut().zip(&sums).for_each(|(x, sum)| *x = sum * share);
                    }
                }
            }
        },
    );
}

/// Adds the weighted sum of lines, each `stride` after the last, to the sums.
#[inline(always)]
fn weigh(sums: &mut [f32; LANES], weights: &[f32], lines: &[f32], stride: usize) {
    let mut lanes = *sums;
    for (&weight, line) in weights.iter().zip(lines.chunks(stride)) {
        if let Some(line) = line.first_chunk::<LANES>() {
            lanes.iter_mut().zip(line).for_each(|(sum, &x)| *sum += weight * x);
        }
    }
    *sums = lanes;
}

/// Exponentials of what a row holds above its largest; returns one over their sum.
#[inline(always)]
fn shares(weights: &mut [f32]) -> f32 {
    let largest = k::largest(weights);
    weights.iter_mut().for_each(|x| *x = k::exp(*x - largest));
    1.0 / k::lanes_sum(weights, |x| x)
}

fn add(x: &mut [f32], y: &[f32]) {
    k::scale_add(x, 1.0, y);
}

/// x · σ(1.702 x), the quick form of the Gaussian error linear unit (Hendrycks & Gimpel 2016).
fn gate(x: &mut [f32]) {
    k::vectorised(
        #[inline(always)]
        || x.iter_mut().for_each(|x| *x *= k::sigmoid(1.702 * *x)),
    );
}
