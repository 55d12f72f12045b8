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
    /// Of one head: its keys, number by number; its values; and the weights of the pieces that ask.
    keys: Vec<Line>,
    values: Vec<Line>,
    weights: Vec<Line>,
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
    work.rows.laid_by(&mut work.wide, layer.widen.outputs(), gate);
    multiply(&mut work.sum, &work.rows, n, &layer.narrow);
    add(&mut work.sum, &work.own);
    k::layer_norm(&mut work.own, &work.sum, &layer.after_thought.gain, &layer.after_thought.bias);
}

/// Numbers that are summed side by side; heads are whole multiples of it.
pub(super) const LANES: usize = 32;
type Line = [f32; LANES];

/// Pieces that ask side by side, so that what is seen is loaded once for all of them.
const ASKING: usize = 4;

/// What the asking pieces of a sentence see of its pieces, into `looked`.
fn look(model: &Model, pieces: Range<usize>, asking: Range<usize>, work: &mut Work) {
    let (w, n) = (model.width, pieces.len());
    let size = w / model.heads_of_layer;
    let scale = 1.0 / (size as f32).sqrt();
    let blocks = n.div_ceil(LANES);
    work.keys.clear();
    work.keys.resize(size * blocks, [0.0; LANES]);
    work.values.resize(size / LANES * n, [0.0; LANES]);
    work.weights.resize(ASKING * blocks, [0.0; LANES]);
    let Work { keys, values, weights, seen, queries, looked, .. } = work;
    let seen = &seen[pieces.start * 2 * w..pieces.end * 2 * w];
    k::vectorised(
        #[inline(always)]
        || {
            for head in 0..model.heads_of_layer {
                let columns = head * size..(head + 1) * size;
                // Keys lie number by number, so that one number of the query meets many pieces at once.
                for (p, row) in seen.chunks_exact(2 * w).enumerate() {
                    let block = &mut keys[p / LANES * size..][..size];
                    block.iter_mut().zip(&row[columns.clone()]).for_each(|(line, &x)| line[p % LANES] = x * scale);
                    for (part, line) in row[w..][columns.clone()].as_chunks().0.iter().enumerate() {
                        values[part * n + p] = *line;
                    }
                }
                let whole = asking.end - asking.len() % ASKING;
                for a in (asking.start..whole).step_by(ASKING) {
                    look_side_by_side::<ASKING>((keys, values), weights, queries, looked, (a, w, n), columns.clone());
                }
                for a in whole..asking.end {
                    look_side_by_side::<1>((keys, values), weights, queries, looked, (a, w, n), columns.clone());
                }
            }
        },
    );
}

/// What `Q` pieces from `first` on see by one head of the `n` pieces of their sentence; rows are `w` long, of which the head has some columns.
#[inline(always)]
fn look_side_by_side<const Q: usize>(
    (keys, values): (&[Line], &[Line]),
    weights: &mut [Line],
    queries: &[f32],
    looked: &mut [f32],
    (first, w, n): (usize, usize, usize),
    columns: Range<usize>,
) {
    let (size, blocks) = (columns.len(), n.div_ceil(LANES));
    // Loops, not `map` and `from_fn`, which may be compiled apart and then know nothing of the processor.
    let mut asked: [&[f32]; Q] = [&[]; Q];
    for (q, asked) in asked.iter_mut().enumerate() {
        *asked = &queries[(first + q) * w + columns.start..(first + q) * w + columns.end];
    }
    for (at, block) in keys.chunks_exact(size).enumerate() {
        let mut sums = [[0.0; LANES]; Q];
        weigh(&mut sums, &asked, block);
        for (q, sums) in sums.iter().enumerate() {
            weights[q * blocks + at] = *sums;
        }
    }
    let (mut shared, mut given): ([f32; Q], [&[f32]; Q]) = ([0.0; Q], [&[]; Q]);
    for (weights, shared) in weights.chunks_exact_mut(blocks).zip(&mut shared) {
        *shared = shares(&mut weights.as_flattened_mut()[..n]);
    }
    for (weights, given) in weights.chunks_exact(blocks).zip(&mut given) {
        *given = &weights.as_flattened()[..n];
    }
    for (part, lines) in values.chunks_exact(n).enumerate() {
        let mut sums = [[0.0; LANES]; Q];
        weigh(&mut sums, &given, lines);
        for (q, sums) in sums.iter().enumerate() {
            let from = (first + q) * w + columns.start + part * LANES;
            looked[from..from + LANES].iter_mut().zip(sums).for_each(|(x, sum)| *x = sum * shared[q]);
        }
    }
}

/// Adds the weighted sum of lines, by each list of weights, to the sums.
#[inline(always)]
fn weigh<const Q: usize>(sums: &mut [Line; Q], weights: &[&[f32]; Q], lines: &[Line]) {
    let mut lanes = *sums;
    for weights in weights {
        assert!(weights.len() == lines.len(), "a weight for each line");
    }
    for (i, line) in lines.iter().enumerate() {
        for q in 0..Q {
            let weight = weights[q][i];
            for (sum, &x) in lanes[q].iter_mut().zip(line) {
                *sum += weight * x;
            }
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
#[inline(always)]
fn gate(x: f32) -> f32 {
    x * k::sigmoid(1.702 * x)
}
