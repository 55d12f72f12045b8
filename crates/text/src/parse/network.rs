//! The network's way forward over a batch of sentences.

use super::decode::best_tree;
use super::features::{FEATURES, word_features};
use super::kernels as k;
use super::model::{Layer, Model, argmax, distance};
use crate::{Analysis, Base, Upos};

/// Memory that parsing uses again and again; one a thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    embedded: Vec<f32>,
    x: Vec<f32>,
    normed: Vec<f32>,
    gates: Vec<f32>,
    out: Vec<f32>,
    state: Vec<f32>,
    tags: Vec<f32>,
    feats: Vec<f32>,
    heads: Vec<f32>,
    arcs: Vec<f32>,
    pair: Vec<f32>,
    labels: Vec<f32>,
    text: String,
    rows: Vec<u32>,
}

const TAGS: usize = Upos::ALL.len();

/// Tags and parses the sentences of a batch.
pub(super) fn run(model: &Model, analysis: &mut Analysis, batch: &[usize], style: usize, scratch: &mut Scratch) {
    let spans: Vec<std::ops::Range<usize>> = batch.iter().map(|&s| analysis.sentences()[s].words.clone()).collect();
    let total: usize = spans.iter().map(ExactSizeIterator::len).sum();
    if total == 0 {
        return;
    }
    embed(model, analysis, &spans, style, total, scratch);
    encode(model, &spans, total, scratch);
    heads(model, total, scratch);
    let mut at = 0;
    for (&sentence, span) in batch.iter().zip(&spans) {
        write_tags(model, analysis, span.clone(), at, scratch);
        write_tree(model, analysis, span.clone(), at, scratch);
        analysis.mark_parsed(sentence);
        at += span.len();
    }
}

fn resize(buffer: &mut Vec<f32>, n: usize) {
    buffer.clear();
    buffer.resize(n, 0.0);
}

/// Sums of the words' feature rows and the style, normalised and projected to the layers' width, into `x`.
fn embed(model: &Model, analysis: &Analysis, spans: &[std::ops::Range<usize>], style: usize, total: usize, scratch: &mut Scratch) {
    let (e, w) = (model.shape.embed, model.shape.width);
    resize(&mut scratch.embedded, total * e);
    let words = spans.iter().flat_map(Clone::clone);
    for (out, word) in scratch.embedded.chunks_exact_mut(e).zip(words) {
        let features = word_features(analysis.form(&analysis.words()[word]), &mut scratch.text);
        scratch.rows.clear();
        scratch.rows.extend(features.iter().enumerate().take(FEATURES).filter_map(|(slot, &f)| model.row(slot, f)));
        out.copy_from_slice(&model.dense.style[style * e..(style + 1) * e]);
        k::gather_rows(out, &model.embed, &model.scales, &scratch.rows);
    }
    resize(&mut scratch.normed, total * e);
    k::layer_norm(&mut scratch.normed, &scratch.embedded, &model.dense.embed_gain, &model.dense.embed_bias);
    resize(&mut scratch.x, total * w);
    k::matmul(&mut scratch.x, &scratch.normed, &model.dense.input, [total, e, w], false);
    k::bias_leaky(&mut scratch.x, &model.dense.input_bias);
}

/// The recurrent layers; parts of speech are told before the last and fed to it.
fn encode(model: &Model, spans: &[std::ops::Range<usize>], total: usize, scratch: &mut Scratch) {
    let w = model.shape.width;
    for (i, layer) in model.dense.layers.iter().enumerate() {
        if i + 1 == model.dense.layers.len() {
            tag(model, total, scratch);
        }
        recur(layer, spans, total, w, scratch);
    }
}

fn recur(layer: &Layer, spans: &[std::ops::Range<usize>], total: usize, w: usize, scratch: &mut Scratch) {
    resize(&mut scratch.normed, total * w);
    k::layer_norm(&mut scratch.normed, &scratch.x, &layer.gain, &layer.bias);
    resize(&mut scratch.gates, total * 3 * w);
    k::matmul(&mut scratch.gates, &scratch.normed, &layer.project, [total, w, 3 * w], false);
    resize(&mut scratch.out, total * w);
    resize(&mut scratch.state, w);
    let gates = k::Gates { forget_state: &layer.forget_state, forget_bias: &layer.forget_bias, output_state: &layer.output_state, output_bias: &layer.output_bias };
    let mut at = 0;
    for span in spans {
        let end = at + span.len();
        k::scan(&mut scratch.out[at * w..end * w], &scratch.gates[at * 3 * w..end * 3 * w], &scratch.x[at * w..end * w], gates, &mut scratch.state);
        at = end;
    }
    std::mem::swap(&mut scratch.x, &mut scratch.out);
}

/// Distributions of parts of speech into `tags`, their embeddings added to `x`.
fn tag(model: &Model, total: usize, scratch: &mut Scratch) {
    let w = model.shape.width;
    resize(&mut scratch.tags, total * TAGS);
    k::matmul(&mut scratch.tags, &scratch.x, &model.dense.tag, [total, w, TAGS], false);
    k::add_bias(&mut scratch.tags, &model.dense.tag_bias);
    for row in scratch.tags.chunks_exact_mut(TAGS) {
        k::softmax(row);
    }
    k::matmul(&mut scratch.x, &scratch.tags, &model.dense.tag_embed, [total, TAGS, w], true);
}

/// Scores of features and the projections for arcs and labels.
fn heads(model: &Model, total: usize, scratch: &mut Scratch) {
    let (w, shape) = (model.shape.width, &model.shape);
    resize(&mut scratch.normed, total * w);
    k::layer_norm(&mut scratch.normed, &scratch.x, &model.dense.final_gain, &model.dense.final_bias);
    resize(&mut scratch.feats, total * shape.values);
    k::matmul(&mut scratch.feats, &scratch.normed, &model.dense.feats, [total, w, shape.values], false);
    k::add_bias(&mut scratch.feats, &model.dense.feats_bias);
    let width = 2 * (shape.arc + shape.label);
    resize(&mut scratch.heads, total * width);
    k::matmul(&mut scratch.heads, &scratch.normed, &model.dense.head, [total, w, width], false);
    k::bias_leaky(&mut scratch.heads, &model.dense.head_bias);
}

fn write_tags(model: &Model, analysis: &mut Analysis, span: std::ops::Range<usize>, at: usize, scratch: &Scratch) {
    for (i, w) in span.enumerate() {
        let row = &scratch.tags[(at + i) * TAGS..(at + i + 1) * TAGS];
        let best = argmax(row);
        let feats = model.best_feats(&scratch.feats[(at + i) * model.shape.values..(at + i + 1) * model.shape.values]);
        let upos = Upos::ALL[best];
        let lemma = model.lemmas.lemma(analysis.form(&analysis.words()[w]), upos);
        let word = &mut analysis.words_mut()[w];
        word.upos = upos;
        word.feats = feats;
        word.tag_confidence = row[best];
        analysis.set_lemma(w, &lemma);
    }
}

/// Scores arcs, finds the tree, labels it.
fn write_tree(model: &Model, analysis: &mut Analysis, span: std::ops::Range<usize>, at: usize, scratch: &mut Scratch) {
    let n = span.len();
    score_arcs(model, n, at, scratch);
    let heads = best_tree(&scratch.arcs, n);
    for row in scratch.arcs.chunks_exact_mut(n + 1) {
        k::softmax(row);
    }
    label_pairs(model, &heads, at, scratch);
    let labels = model.shape.labels;
    let first = span.start;
    for (d, &column) in heads.iter().enumerate() {
        let scores = &scratch.labels[d * labels..(d + 1) * labels];
        let confidence = scratch.arcs[d * (n + 1) + column as usize];
        let word = &mut analysis.words_mut()[first + d];
        word.head = column.checked_sub(1).map(|h| (first + h as usize) as u32);
        word.head_confidence = confidence;
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
        for (h, score) in row.iter_mut().enumerate() {
            *score = *score * scale + model.dense.distance[distance(d, h)];
        }
        row[d + 1] = f32::NEG_INFINITY;
    }
}

/// Label scores of the chosen arcs into `labels`: a linear layer over dependent, head and their product.
fn label_pairs(model: &Model, heads: &[u32], at: usize, scratch: &mut Scratch) {
    let shape = &model.shape;
    let (a, l, width) = (shape.arc, shape.label, 2 * (shape.arc + shape.label));
    let n = heads.len();
    resize(&mut scratch.pair, n * 3 * l);
    for (d, (out, &column)) in scratch.pair.chunks_exact_mut(3 * l).zip(heads).enumerate() {
        let dependent = &scratch.heads[(at + d) * width + 2 * a..(at + d) * width + 2 * a + l];
        let head = match column.checked_sub(1) {
            None => &model.dense.root[a..],
            Some(h) => &scratch.heads[(at + h as usize) * width + 2 * a + l..(at + h as usize + 1) * width],
        };
        for i in 0..l {
            out[i] = dependent[i];
            out[l + i] = head[i];
            out[2 * l + i] = dependent[i] * head[i];
        }
    }
    resize(&mut scratch.labels, n * shape.labels);
    k::matmul(&mut scratch.labels, &scratch.pair, &model.dense.choose, [n, 3 * l, shape.labels], false);
    k::add_bias(&mut scratch.labels, &model.dense.choose_bias);
}
