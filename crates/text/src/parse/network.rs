//! The network's way forward over a batch of sentences.

use std::ops::Range;

use super::decode::{Reach, best_tree};
use super::features::{FEATURES, vector_feature, word_features};
use super::integer::{Rows, product};
use super::kernels as k;
use super::model::{Layer, Model, distance};
use crate::lang::ar::looks_passive;
use crate::{Analysis, Base, Upos};

/// Memory that parsing uses again and again; one a thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Words of each sentence of the batch.
    pub(super) batch: Vec<usize>,
    spans: Vec<Range<usize>>,
    embedded: Vec<f32>,
    x: Vec<f32>,
    normed: Rows,
    gates: Vec<f32>,
    out: Vec<f32>,
    state: Vec<f32>,
    tags: Vec<f32>,
    feats: Vec<f32>,
    heads: Vec<f32>,
    arcs: Vec<f32>,
    columns: Vec<u32>,
    reach: Vec<Reach>,
    pair: Vec<f32>,
    labels: Vec<f32>,
    folded: String,
    lemma: String,
    rows: Vec<u32>,
}

const TAGS: usize = Upos::ALL.len();

/// Tags and parses the sentences of the batch.
pub(super) fn run(model: &Model, analysis: &mut Analysis, style: usize, scratch: &mut Scratch) {
    scratch.spans.clear();
    scratch.spans.extend(scratch.batch.iter().map(|&s| analysis.sentences()[s].words.clone()));
    let total: usize = scratch.spans.iter().map(ExactSizeIterator::len).sum();
    if total == 0 {
        return;
    }
    embed(model, analysis, style, total, scratch);
    encode(model, analysis, total, scratch);
    heads(model, analysis, total, scratch);
    trees(model, analysis, scratch);
    label_pairs(model, scratch);
    let mut at = 0;
    for i in 0..scratch.batch.len() {
        let span = scratch.spans[i].clone();
        write_tags(model, analysis, span.clone(), at, scratch);
        write_labels(model, analysis, span.clone(), at, scratch);
        analysis.mark_parsed(scratch.batch[i]);
        at += span.len();
    }
}

/// Makes room for numbers that will all be written.
fn resize(buffer: &mut Vec<f32>, n: usize) {
    buffer.resize(n, 0.0);
}

/// Sums of the words' feature rows and the style, normalised and projected to the layers' width, into `x`.
fn embed(model: &Model, analysis: &Analysis, style: usize, total: usize, scratch: &mut Scratch) {
    let (e, w) = (model.shape.embed, model.shape.width);
    resize(&mut scratch.embedded, total * e);
    let words = scratch.spans.iter().flat_map(Clone::clone);
    for (out, word) in scratch.embedded.chunks_exact_mut(e).zip(words) {
        let features = word_features(analysis.form(&analysis.words()[word]), &mut scratch.folded);
        scratch.rows.clear();
        scratch.rows.extend(features.iter().enumerate().take(FEATURES).filter_map(|(slot, &f)| model.row(slot, f)));
        scratch.rows.extend(model.vector(vector_feature(features[1])));
        out.copy_from_slice(&model.dense.style[style * e..(style + 1) * e]);
        k::gather_rows(out, &model.embed, &model.scales, &scratch.rows);
    }
    scratch.normed.normalised(&scratch.embedded, &model.dense.embed_gain, &model.dense.embed_bias);
    resize(&mut scratch.x, total * w);
    product(&mut scratch.x, &scratch.normed, &model.dense.input);
    k::leaky(&mut scratch.x);
}

/// The recurrent layers; parts of speech are told before the last and fed to it.
fn encode(model: &Model, analysis: &Analysis, total: usize, scratch: &mut Scratch) {
    for (i, layer) in model.dense.layers.iter().enumerate() {
        if i + 1 == model.dense.layers.len() {
            tag(model, analysis, total, scratch);
        }
        recur(layer, total, model.shape.width, scratch);
    }
}

fn recur(layer: &Layer, total: usize, w: usize, scratch: &mut Scratch) {
    scratch.normed.normalised(&scratch.x, &layer.gain, &layer.bias);
    resize(&mut scratch.gates, total * 3 * w);
    product(&mut scratch.gates, &scratch.normed, &layer.project);
    resize(&mut scratch.out, total * w);
    resize(&mut scratch.state, w);
    let gates =
        k::Gates { forget_state: &layer.forget_state, forget_bias: &layer.forget_bias, output_state: &layer.output_state, output_bias: &layer.output_bias };
    let mut at = 0;
    for span in &scratch.spans {
        let end = at + span.len();
        k::scan(&mut scratch.out[at * w..end * w], &scratch.gates[at * 3 * w..end * 3 * w], &scratch.x[at * w..end * w], gates, &mut scratch.state);
        at = end;
    }
    std::mem::swap(&mut scratch.x, &mut scratch.out);
}

/// First distributions of parts of speech into `tags`, their embeddings added to `x`.
fn tag(model: &Model, analysis: &Analysis, total: usize, scratch: &mut Scratch) {
    let w = model.shape.width;
    resize(&mut scratch.tags, total * TAGS);
    k::matmul(&mut scratch.tags, &scratch.x, &model.dense.tag, [total, w, TAGS], false);
    k::add_bias(&mut scratch.tags, &model.dense.tag_bias);
    scratch.tags.chunks_exact_mut(TAGS).for_each(|row| {
        k::softmax(row);
    });
    heed_vowels(analysis, scratch);
    k::matmul(&mut scratch.x, &scratch.tags, &model.dense.tag_embed, [total, TAGS, w], true);
}

/// How much likelier a verb a word is that is written as a passive one. Treebanks write vowels everywhere or nowhere, so that no model learns what the news means by one.
const WRITTEN_PASSIVE: f32 = 20.0;

/// Makes verbs of words that are written as passive ones, unless the model is sure that they are none.
fn heed_vowels(analysis: &Analysis, scratch: &mut Scratch) {
    let words = scratch.spans.iter().flat_map(Clone::clone);
    for (row, word) in scratch.tags.chunks_exact_mut(TAGS).zip(words) {
        if looks_passive(analysis.form(&analysis.words()[word])) {
            row[Upos::Verb as usize] *= WRITTEN_PASSIVE;
            let sum: f32 = row.iter().sum();
            row.iter_mut().for_each(|p| *p /= sum);
        }
    }
}

/// Parts of speech again, now that the last layer has seen the first guess; scores of features and the projections for arcs and labels.
fn heads(model: &Model, analysis: &Analysis, total: usize, scratch: &mut Scratch) {
    scratch.normed.normalised(&scratch.x, &model.dense.final_gain, &model.dense.final_bias);
    product(&mut scratch.tags, &scratch.normed, &model.dense.final_tag);
    scratch.tags.chunks_exact_mut(TAGS).for_each(|row| {
        k::softmax(row);
    });
    heed_vowels(analysis, scratch);
    resize(&mut scratch.feats, total * model.dense.feats.outputs());
    product(&mut scratch.feats, &scratch.normed, &model.dense.feats);
    resize(&mut scratch.heads, total * model.dense.head.outputs());
    product(&mut scratch.heads, &scratch.normed, &model.dense.head);
    k::leaky(&mut scratch.heads);
}

/// Finds the sentences' trees: the columns of all words' heads into `columns`, the heads and their probabilities into the words.
fn trees(model: &Model, analysis: &mut Analysis, scratch: &mut Scratch) {
    scratch.columns.clear();
    for i in 0..scratch.spans.len() {
        let (first, n, at) = (scratch.spans[i].start, scratch.spans[i].len(), scratch.columns.len());
        score_arcs(model, n, at, scratch);
        best_tree(&scratch.arcs, n, &mut scratch.columns, &mut scratch.reach);
        for (d, word) in analysis.words_mut()[first..first + n].iter_mut().enumerate() {
            let column = scratch.columns[at + d];
            word.head = column.checked_sub(1).map(|h| first as u32 + h);
            word.head_confidence = k::probability(&scratch.arcs[d * (n + 1)..(d + 1) * (n + 1)], column as usize);
        }
    }
}

fn write_tags(model: &Model, analysis: &mut Analysis, span: Range<usize>, at: usize, scratch: &mut Scratch) {
    let values = model.shape.values;
    for (i, w) in span.enumerate() {
        let row = &scratch.tags[(at + i) * TAGS..(at + i + 1) * TAGS];
        let best = k::argmax(row);
        let upos = Upos::ALL[best];
        scratch.lemma.clear();
        model.lemmas.lemma_into(analysis.form(&analysis.words()[w]), upos, &mut scratch.folded, &mut scratch.lemma);
        analysis.set_lemma(w, &scratch.lemma);
        let word = &mut analysis.words_mut()[w];
        word.upos = upos;
        word.feats = model.best_feats(&scratch.feats[(at + i) * values..(at + i + 1) * values]);
        word.tag_confidence = row[best];
    }
}

fn write_labels(model: &Model, analysis: &mut Analysis, span: Range<usize>, at: usize, scratch: &Scratch) {
    let labels = scratch.labels[at * model.shape.labels..].chunks_exact(model.shape.labels);
    for (word, scores) in analysis.words_mut()[span].iter_mut().zip(labels) {
        word.rel = match word.head {
            None => crate::Rel::of(Base::Root),
            Some(_) => model.labels[best_label(model, scores)],
        };
    }
}

/// The best label that is not root: only the root has that.
fn best_label(model: &Model, scores: &[f32]) -> usize {
    let mut best: Option<usize> = None;
    for (i, &s) in scores.iter().enumerate() {
        if model.labels[i].base != Base::Root && best.is_none_or(|b| s > scores[b]) {
            best = Some(i);
        }
    }
    best.unwrap_or(0)
}

/// Arc scores of one sentence into `arcs`, n rows of n + 1 columns, the root first; a word is not its own head.
fn score_arcs(model: &Model, n: usize, at: usize, scratch: &mut Scratch) {
    let shape = &model.shape;
    let (a, width) = (shape.arc, 2 * (shape.arc + shape.label));
    let rows = &scratch.heads[at * width..(at + n) * width];
    // Dependents and heads side by side, the root the first head, so that one product scores all pairs.
    resize(&mut scratch.pair, n * a + (n + 1) * a);
    let (dependents, heads) = scratch.pair.split_at_mut(n * a);
    heads[..a].copy_from_slice(&model.dense.root[..a]);
    for (i, row) in rows.chunks_exact(width).enumerate() {
        dependents[i * a..(i + 1) * a].copy_from_slice(&row[..a]);
        heads[(i + 1) * a..(i + 2) * a].copy_from_slice(&row[a..2 * a]);
    }
    resize(&mut scratch.arcs, n * (n + 1));
    k::matmul_transposed(&mut scratch.arcs, dependents, heads, [n, a, n + 1], false);
    let scale = 1.0 / (a as f32).sqrt();
    for (d, row) in scratch.arcs.chunks_exact_mut(n + 1).enumerate() {
        row[0] = row[0] * scale + model.dense.distance[distance(d, 0)];
        match model.distances(d, n) {
            Some(line) => k::scale_add(&mut row[1..], scale, line),
            None => row.iter_mut().enumerate().skip(1).for_each(|(h, score)| *score = *score * scale + model.dense.distance[distance(d, h)]),
        }
        row[d + 1] = f32::NEG_INFINITY;
    }
}

/// Label scores of the chosen arcs into `labels`: a linear layer over dependent, head and their product.
fn label_pairs(model: &Model, scratch: &mut Scratch) {
    let shape = &model.shape;
    let (a, l, width) = (shape.arc, shape.label, 2 * (shape.arc + shape.label));
    let total = scratch.columns.len();
    resize(&mut scratch.pair, total * 3 * l);
    let mut pairs = scratch.pair.chunks_exact_mut(3 * l);
    let mut first = 0;
    for span in &scratch.spans {
        let sentence = first..first + span.len();
        for (d, out) in sentence.clone().zip(pairs.by_ref()) {
            let dependent = &scratch.heads[d * width + 2 * a..d * width + 2 * a + l];
            let head = match scratch.columns[d].checked_sub(1) {
                None => &model.dense.root[a..],
                Some(h) => &scratch.heads[(first + h as usize) * width + 2 * a + l..(first + h as usize + 1) * width],
            };
            pair(out, dependent, head);
        }
        first = sentence.end;
    }
    resize(&mut scratch.labels, total * shape.labels);
    k::matmul(&mut scratch.labels, &scratch.pair, &model.dense.choose, [total, 3 * l, shape.labels], false);
    k::add_bias(&mut scratch.labels, &model.dense.choose_bias);
}

/// Dependent, head and their product side by side.
fn pair(out: &mut [f32], dependent: &[f32], head: &[f32]) {
    let l = dependent.len();
    let (own, rest) = out.split_at_mut(l);
    let (other, both) = rest.split_at_mut(l);
    own.copy_from_slice(dependent);
    other.copy_from_slice(head);
    for (both, (d, h)) in both.iter_mut().zip(dependent.iter().zip(head)) {
        *both = d * h;
    }
}
