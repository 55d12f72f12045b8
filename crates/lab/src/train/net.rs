//! The network's way forward and back over a batch, with dropout. The way forward is that of `marsad_text::parse`; a test holds them together.

use std::ops::Range;

use marsad_text::Upos;
use marsad_text::parse::features::FEATURES;
use marsad_text::parse::kernels as k;
use marsad_text::parse::model::{Shape, distance};

use super::params::{LayerSlots, Slots};
use super::random::Random;

pub const TAGS: usize = Upos::ALL.len();
/// Slots of a word: its features, and its vector from other text.
pub const SLOTS: usize = FEATURES + 1;
/// A row that no feature has: the slot is empty.
pub const NO_ROW: u32 = u32::MAX;

/// What is known of a word.
#[derive(Clone, Debug)]
pub struct Target {
    /// Bit set of the parts of speech that are possible; 0 where nothing is known.
    pub tags: u32,
    /// Value number of each attribute, counted over all attributes; empty where not annotated.
    pub values: Vec<u16>,
    /// Column of the head (0 the root), and the label; `None` where there is no tree.
    pub arc: Option<(u16, u16)>,
}

impl Target {
    /// Loss of a distribution of parts of speech against those that are possible; adds the gradient at the logits to `d`.
    fn tag_loss(&self, p: &[f32], d: &mut [f32]) -> f32 {
        if self.tags == 0 {
            return 0.0;
        }
        let possible = |t: usize| self.tags >> t & 1 == 1;
        let mass: f32 = (0..TAGS).filter(|&t| possible(t)).map(|t| p[t]).sum::<f32>().max(1e-9);
        let certain = self.tags.is_power_of_two();
        let rest: f32 = if certain { (0..TAGS).map(|t| p[t].max(1e-9).ln()).sum::<f32>() / TAGS as f32 } else { 0.0 };
        let smooth = if certain { SMOOTH } else { 0.0 };
        for t in 0..TAGS {
            let share = if possible(t) { p[t] / mass } else { 0.0 };
            d[t] += TAG_WEIGHT * (p[t] - share * (1.0 - smooth) - smooth / TAGS as f32);
        }
        -mass.ln() * (1.0 - smooth) - rest * smooth
    }
}

/// A sentence to train on.
#[derive(Clone, Debug)]
pub struct Example {
    /// Embedding rows of each word's features and vector.
    pub rows: Vec<[u32; SLOTS]>,
    pub targets: Vec<Target>,
    pub style: usize,
}

/// How much is dropped in training.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    /// Whole-word features replaced by "unknown".
    pub form: f32,
    /// Other features left out.
    pub piece: f32,
    /// Elements of the embedding.
    pub embed: f32,
    /// Elements between layers.
    pub layer: f32,
    /// Elements before the heads.
    pub head: f32,
}

/// Sums of losses and counts of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loss {
    pub words: f32,
    /// Of the first guess at the parts of speech.
    pub first_tag: f32,
    pub tag: f32,
    pub feats: f32,
    pub arc: f32,
    pub label: f32,
}

impl Gradients {
    /// The gradients of two parts of a batch, each weighed by its share of the words.
    fn joined(mut self, share: f32, other: Gradients, row: usize) -> Gradients {
        let other_share = 1.0 - share;
        self.dense.iter_mut().zip(&other.dense).for_each(|(a, b)| *a = *a * share + b * other_share);
        self.embed.iter_mut().for_each(|x| *x *= share);
        let mut place: rustc_hash::FxHashMap<u32, usize> = self.rows.iter().enumerate().map(|(i, &r)| (r, i)).collect();
        for (gradient, &r) in other.embed.chunks_exact(row).zip(&other.rows) {
            let at = *place.entry(r).or_insert_with(|| {
                self.rows.push(r);
                self.embed.resize(self.embed.len() + row, 0.0);
                self.rows.len() - 1
            });
            self.embed[at * row..(at + 1) * row].iter_mut().zip(gradient).for_each(|(a, b)| *a += b * other_share);
        }
        self
    }
}

impl Loss {
    pub fn add(&mut self, other: Loss) {
        self.words += other.words;
        self.first_tag += other.first_tag;
        self.tag += other.tag;
        self.feats += other.feats;
        self.arc += other.arc;
        self.label += other.label;
    }
}

/// Weights of the parts of the loss.
const TAG_WEIGHT: f32 = 0.6;
/// Share of a known part of speech's probability that is spread over all (Szegedy et al. 2016): treebanks err, and confidences are to hold.
const SMOOTH: f32 = 0.05;
const FEATS_WEIGHT: f32 = 0.25;

/// Parameters and gradients seen by one pass.
pub struct Net<'a> {
    pub shape: &'a Shape,
    pub slots: &'a Slots,
    pub dense: &'a [f32],
    pub embed: &'a [f32],
}

/// Gradients of a batch.
pub struct Gradients {
    pub dense: Vec<f32>,
    /// Gradient of each touched row, and the rows, in order of first touch.
    pub embed: Vec<f32>,
    pub rows: Vec<u32>,
}

/// What the way forward leaves for the way back.
struct Trace {
    rows: Vec<[u32; SLOTS]>,
    spans: Vec<Range<usize>>,
    embedded: Vec<f32>,
    embed_in: Vec<f32>,
    embed_mask: Vec<f32>,
    input: Vec<f32>,
    layers: Vec<LayerTrace>,
    tag_in: Vec<f32>,
    tag_mask: Vec<f32>,
    tags: Vec<f32>,
    last: Vec<f32>,
    finals: Vec<f32>,
    final_mask: Vec<f32>,
}

struct LayerTrace {
    x: Vec<f32>,
    normed: Vec<f32>,
    mask: Vec<f32>,
    gates: Vec<f32>,
    state: Vec<f32>,
}

impl Net<'_> {
    fn p(&self, range: &Range<usize>) -> &[f32] {
        &self.dense[range.clone()]
    }

    /// Loss and gradients of a batch, worked out in two halves at once; always two, so that the result is the same on any machine.
    pub fn learn_in_halves(&self, batch: &[&Example], dropout: &Dropout, random: &mut Random) -> (Loss, Gradients) {
        let (first, second) = batch.split_at(batch.len() / 2);
        let mut randoms = [Random::new(random.next()), Random::new(random.next())];
        if first.is_empty() {
            return self.learn(second, dropout, &mut randoms[1]);
        }
        let [random, other_random] = &mut randoms;
        let ((mut loss, gradients), (other_loss, other)) = std::thread::scope(|scope| {
            let other = scope.spawn(move || self.learn(second, dropout, other_random));
            (self.learn(first, dropout, random), other.join().expect("the other half does not panic"))
        });
        let share = loss.words / (loss.words + other_loss.words);
        loss.add(other_loss);
        (loss, gradients.joined(share, other, self.shape.embed))
    }

    /// Loss and gradients of a batch. Gradients are of the loss a word.
    pub fn learn(&self, batch: &[&Example], dropout: &Dropout, random: &mut Random) -> (Loss, Gradients) {
        let trace = self.forward(batch, dropout, random);
        let words = trace.rows.len() as f32;
        let mut g = vec![0.0; self.slots.total];
        let mut loss = Loss { words, ..Loss::default() };
        let targets: Vec<&Target> = batch.iter().flat_map(|e| &e.targets).collect();
        let d_finals = self.heads_back(&trace, &targets, &mut g, &mut loss);
        let mut dx = self.norm_back(&trace.last, &self.slots.final_gain, &self.slots.final_bias, &masked(d_finals, &trace.final_mask), &mut g);
        for i in (0..self.shape.layers).rev() {
            dx = self.layer_back(&trace.layers[i], &self.slots.layers[i], &trace.spans, dx, &mut g);
            if i + 1 == self.shape.layers {
                self.tag_back(&trace, &targets, &mut dx, &mut g, &mut loss);
            }
        }
        let styles: Vec<usize> = batch.iter().flat_map(|e| std::iter::repeat_n(e.style, e.rows.len())).collect();
        let d_embedded = self.input_back(&trace, dx, &mut g);
        for (row, style) in d_embedded.chunks_exact(self.shape.embed).zip(styles) {
            let at = self.slots.style.start + style * self.shape.embed;
            add_into(&mut g[at..at + self.shape.embed], row);
        }
        let scale = 1.0 / words;
        g.iter_mut().for_each(|x| *x *= scale);
        let (embed, rows) = self.embed_gradients(&trace, &d_embedded, scale);
        (loss, Gradients { dense: g, embed, rows })
    }

    fn forward(&self, batch: &[&Example], dropout: &Dropout, random: &mut Random) -> Trace {
        let (e, w) = (self.shape.embed, self.shape.width);
        let rows = drop_features(batch, dropout, random);
        let total = rows.len();
        let spans = spans(batch);
        let styles = batch.iter().flat_map(|x| std::iter::repeat_n(x.style, x.rows.len()));
        let mut embedded = vec![0.0; total * e];
        for ((out, rows), style) in embedded.chunks_exact_mut(e).zip(&rows).zip(styles) {
            let at = self.slots.style.start + style * e;
            out.copy_from_slice(&self.dense[at..at + e]);
            for &row in rows.iter().filter(|&&r| r != NO_ROW) {
                add_into(out, &self.embed[row as usize * e..(row as usize + 1) * e]);
            }
        }
        let mut embed_in = vec![0.0; total * e];
        k::layer_norm(&mut embed_in, &embedded, self.p(&self.slots.embed_gain), self.p(&self.slots.embed_bias));
        let embed_mask = mask(total * e, dropout.embed, random);
        embed_in = masked(embed_in, &embed_mask);
        let mut x = vec![0.0; total * w];
        k::matmul(&mut x, &embed_in, self.p(&self.slots.input), [total, e, w], false);
        k::bias_leaky(&mut x, self.p(&self.slots.input_bias));
        let input = x.clone();
        let mut layers = Vec::new();
        let (mut tag_in, mut tag_mask, mut tags) = (Vec::new(), Vec::new(), Vec::new());
        for (i, slots) in self.slots.layers.iter().enumerate() {
            if i + 1 == self.shape.layers {
                tag_mask = mask(total * w, dropout.head, random);
                tag_in = masked(x.clone(), &tag_mask);
                tags = vec![0.0; total * TAGS];
                k::matmul(&mut tags, &tag_in, self.p(&self.slots.tag), [total, w, TAGS], false);
                k::add_bias(&mut tags, self.p(&self.slots.tag_bias));
                tags.chunks_exact_mut(TAGS).for_each(|row| {
                    k::softmax(row);
                });
                k::matmul(&mut x, &tags, self.p(&self.slots.tag_embed), [total, TAGS, w], true);
            }
            let (next, trace) = self.layer(x, slots, &spans, dropout.layer, random);
            layers.push(trace);
            x = next;
        }
        let mut finals = vec![0.0; total * w];
        k::layer_norm(&mut finals, &x, self.p(&self.slots.final_gain), self.p(&self.slots.final_bias));
        let final_mask = mask(total * w, dropout.head, random);
        finals = masked(finals, &final_mask);
        Trace { rows, spans, embedded, embed_in, embed_mask, input, layers, tag_in, tag_mask, tags, last: x, finals, final_mask }
    }

    fn layer(&self, x: Vec<f32>, slots: &LayerSlots, spans: &[Range<usize>], drop: f32, random: &mut Random) -> (Vec<f32>, LayerTrace) {
        let w = self.shape.width;
        let total = x.len() / w;
        let mut normed = vec![0.0; total * w];
        k::layer_norm(&mut normed, &x, self.p(&slots.gain), self.p(&slots.bias));
        let mask = mask(total * w, drop, random);
        normed = masked(normed, &mask);
        let mut gates = vec![0.0; total * 3 * w];
        k::matmul(&mut gates, &normed, self.p(&slots.project), [total, w, 3 * w], false);
        let mut out = vec![0.0; total * w];
        let mut state = vec![0.0; total * w];
        for span in spans {
            scan_forward(
                &mut out[span.start * w..span.end * w],
                &mut gates[span.start * 3 * w..span.end * 3 * w],
                &x[span.start * w..span.end * w],
                &mut state[span.start * w..span.end * w],
                self.gates(slots),
            );
        }
        (out, LayerTrace { x, normed, mask, gates, state })
    }

    fn gates(&self, slots: &LayerSlots) -> k::Gates<'_> {
        k::Gates {
            forget_state: &self.dense[slots.forget_state.clone()],
            forget_bias: &self.dense[slots.forget_bias.clone()],
            output_state: &self.dense[slots.output_state.clone()],
            output_bias: &self.dense[slots.output_bias.clone()],
        }
    }

    /// Gradient of a layer's input, given that of its output.
    fn layer_back(&self, trace: &LayerTrace, slots: &LayerSlots, spans: &[Range<usize>], d_out: Vec<f32>, g: &mut [f32]) -> Vec<f32> {
        let w = self.shape.width;
        let total = d_out.len() / w;
        let mut d_gates = vec![0.0; total * 3 * w];
        let mut dx = vec![0.0; total * w];
        let mut d_elementwise = vec![0.0; 4 * w];
        for span in spans {
            let of = |v: &[f32], n: usize| -> Range<usize> { span.start * n..(span.end * n).min(v.len()) };
            scan_back(
                ScanBack {
                    d_out: &d_out[of(&d_out, w)],
                    gates: &trace.gates[of(&trace.gates, 3 * w)],
                    state: &trace.state[of(&trace.state, w)],
                    x: &trace.x[of(&trace.x, w)],
                },
                self.gates(slots),
                &mut d_gates[span.start * 3 * w..span.end * 3 * w],
                &mut dx[span.start * w..span.end * w],
                &mut d_elementwise,
            );
        }
        for (i, range) in [&slots.forget_state, &slots.forget_bias, &slots.output_state, &slots.output_bias].into_iter().enumerate() {
            add_into(&mut g[range.clone()], &d_elementwise[i * w..(i + 1) * w]);
        }
        k::matmul_left_transposed(&mut g[slots.project.clone()], &trace.normed, &d_gates, [w, total, 3 * w], true);
        let mut d_normed = vec![0.0; total * w];
        k::matmul_transposed(&mut d_normed, &d_gates, self.p(&slots.project), [total, 3 * w, w], false);
        let d = self.norm_back(&trace.x, &slots.gain, &slots.bias, &masked(d_normed, &trace.mask), g);
        add_into(&mut dx, &d);
        dx
    }

    /// Gradient of a layer normalisation's input.
    fn norm_back(&self, x: &[f32], gain: &Range<usize>, bias: &Range<usize>, d_out: &[f32], g: &mut [f32]) -> Vec<f32> {
        let width = gain.len();
        let gains = self.dense[gain.clone()].to_vec();
        let mut dx = vec![0.0; x.len()];
        let (mut d_gain, mut d_bias) = (vec![0.0; width], vec![0.0; width]);
        k::vectorised(
            #[inline(always)]
            || {
                for ((dx, x), d) in dx.chunks_exact_mut(width).zip(x.chunks_exact(width)).zip(d_out.chunks_exact(width)) {
                    let (mean, inverse) = k::moments(x);
                    let (mut sum, mut sum_x) = (0.0, 0.0);
                    for i in 0..width {
                        let normal = (x[i] - mean) * inverse;
                        let dn = d[i] * gains[i];
                        sum += dn;
                        sum_x += dn * normal;
                        d_gain[i] += d[i] * normal;
                        d_bias[i] += d[i];
                    }
                    let n = width as f32;
                    for i in 0..width {
                        let normal = (x[i] - mean) * inverse;
                        dx[i] = inverse * (d[i] * gains[i] - sum / n - normal * sum_x / n);
                    }
                }
            },
        );
        add_into(&mut g[gain.clone()], &d_gain);
        add_into(&mut g[bias.clone()], &d_bias);
        dx
    }

    /// Loss of the parts of speech; adds their gradients to that of the last layer's input, which the tags' embedding feeds too.
    fn tag_back(&self, trace: &Trace, targets: &[&Target], dx: &mut [f32], g: &mut [f32], loss: &mut Loss) {
        let w = self.shape.width;
        let total = targets.len();
        k::matmul_left_transposed(&mut g[self.slots.tag_embed.clone()], &trace.tags, dx, [TAGS, total, w], true);
        let mut d_tags = vec![0.0; total * TAGS];
        k::matmul_transposed(&mut d_tags, dx, self.p(&self.slots.tag_embed), [total, w, TAGS], false);
        for ((d, p), target) in d_tags.chunks_exact_mut(TAGS).zip(trace.tags.chunks_exact(TAGS)).zip(targets) {
            // Through the softmax first, then the loss at the logits.
            let dot: f32 = d.iter().zip(p).map(|(a, b)| a * b).sum();
            d.iter_mut().zip(p).for_each(|(d, &p)| *d = p * (*d - dot));
            loss.first_tag += target.tag_loss(p, d);
        }
        k::matmul_left_transposed(&mut g[self.slots.tag.clone()], &trace.tag_in, &d_tags, [w, total, TAGS], true);
        sum_rows(&mut g[self.slots.tag_bias.clone()], &d_tags);
        let mut d_in = vec![0.0; total * w];
        k::matmul_transposed(&mut d_in, &d_tags, self.p(&self.slots.tag), [total, TAGS, w], false);
        add_into(dx, &masked(d_in, &trace.tag_mask));
    }

    /// Losses of features, arcs and labels; returns the gradient of the heads' input.
    fn heads_back(&self, trace: &Trace, targets: &[&Target], g: &mut [f32], loss: &mut Loss) -> Vec<f32> {
        let w = self.shape.width;
        let total = targets.len();
        let mut d_finals = self.feats_back(trace, targets, g, loss);
        self.final_tags_back(trace, targets, &mut d_finals, g, loss);
        let width = 2 * (self.shape.arc + self.shape.label);
        let mut pre = vec![0.0; total * width];
        k::matmul(&mut pre, &trace.finals, self.p(&self.slots.head), [total, w, width], false);
        let mut heads = pre.clone();
        k::bias_leaky(&mut heads, self.p(&self.slots.head_bias));
        let mut d_heads = vec![0.0; total * width];
        for span in &trace.spans {
            if targets[span.clone()].iter().any(|t| t.arc.is_some()) {
                self.arcs_back(&heads, span, targets, &mut d_heads, g, loss);
            }
        }
        self.labels_back(&heads, &trace.spans, targets, &mut d_heads, g, loss);
        leaky_back(&mut d_heads, &heads);
        sum_rows(&mut g[self.slots.head_bias.clone()], &d_heads);
        k::matmul_left_transposed(&mut g[self.slots.head.clone()], &trace.finals, &d_heads, [w, total, width], true);
        k::matmul_transposed(&mut d_finals, &d_heads, self.p(&self.slots.head), [total, width, w], true);
        d_finals
    }

    /// Loss of the second guess at the parts of speech; adds its gradient to that of the heads' input.
    fn final_tags_back(&self, trace: &Trace, targets: &[&Target], d_finals: &mut [f32], g: &mut [f32], loss: &mut Loss) {
        let w = self.shape.width;
        let total = targets.len();
        let mut tags = vec![0.0; total * TAGS];
        k::matmul(&mut tags, &trace.finals, self.p(&self.slots.final_tag), [total, w, TAGS], false);
        k::add_bias(&mut tags, self.p(&self.slots.final_tag_bias));
        let mut d_tags = vec![0.0; total * TAGS];
        for ((d, p), target) in d_tags.chunks_exact_mut(TAGS).zip(tags.chunks_exact_mut(TAGS)).zip(targets) {
            k::softmax(p);
            loss.tag += target.tag_loss(p, d);
        }
        k::matmul_left_transposed(&mut g[self.slots.final_tag.clone()], &trace.finals, &d_tags, [w, total, TAGS], true);
        sum_rows(&mut g[self.slots.final_tag_bias.clone()], &d_tags);
        k::matmul_transposed(d_finals, &d_tags, self.p(&self.slots.final_tag), [total, TAGS, w], true);
    }

    fn feats_back(&self, trace: &Trace, targets: &[&Target], g: &mut [f32], loss: &mut Loss) -> Vec<f32> {
        let (w, values) = (self.shape.width, self.shape.values);
        let total = targets.len();
        let offsets = marsad_text::parse::model::value_offsets();
        let mut scores = vec![0.0; total * values];
        k::matmul(&mut scores, &trace.finals, self.p(&self.slots.feats), [total, w, values], false);
        k::add_bias(&mut scores, self.p(&self.slots.feats_bias));
        for (row, target) in scores.chunks_exact_mut(values).zip(targets) {
            if target.values.is_empty() {
                row.fill(0.0);
                continue;
            }
            for (a, &value) in target.values.iter().enumerate() {
                let part = &mut row[offsets[a]..offsets[a + 1]];
                k::softmax(part);
                let right = value as usize - offsets[a];
                loss.feats -= part[right].max(1e-9).ln();
                part[right] -= 1.0;
                part.iter_mut().for_each(|d| *d *= FEATS_WEIGHT);
            }
        }
        k::matmul_left_transposed(&mut g[self.slots.feats.clone()], &trace.finals, &scores, [w, total, values], true);
        sum_rows(&mut g[self.slots.feats_bias.clone()], &scores);
        let mut d = vec![0.0; total * w];
        k::matmul_transposed(&mut d, &scores, self.p(&self.slots.feats), [total, values, w], false);
        d
    }

    fn arcs_back(&self, heads: &[f32], span: &Range<usize>, targets: &[&Target], d_heads: &mut [f32], g: &mut [f32], loss: &mut Loss) {
        let a = self.shape.arc;
        let width = 2 * (a + self.shape.label);
        let n = span.len();
        let mut dependents = vec![0.0; n * a];
        let mut columns = vec![0.0; (n + 1) * a];
        columns[..a].copy_from_slice(&self.dense[self.slots.root.start..self.slots.root.start + a]);
        for i in 0..n {
            let row = &heads[(span.start + i) * width..(span.start + i + 1) * width];
            dependents[i * a..(i + 1) * a].copy_from_slice(&row[..a]);
            columns[(i + 1) * a..(i + 2) * a].copy_from_slice(&row[a..2 * a]);
        }
        let mut scores = vec![0.0; n * (n + 1)];
        k::matmul_transposed(&mut scores, &dependents, &columns, [n, a, n + 1], false);
        let scale = 1.0 / (a as f32).sqrt();
        let bias = self.p(&self.slots.distance);
        for (d, row) in scores.chunks_exact_mut(n + 1).enumerate() {
            row.iter_mut().enumerate().for_each(|(h, s)| *s = *s * scale + bias[distance(d, h)]);
            row[d + 1] = f32::NEG_INFINITY;
            k::softmax(row);
            row[d + 1] = 0.0;
            let Some((head, _)) = targets[span.start + d].arc else {
                row.fill(0.0);
                continue;
            };
            loss.arc -= row[head as usize].max(1e-9).ln();
            row[head as usize] -= 1.0;
            for (h, &s) in row.iter().enumerate() {
                g[self.slots.distance.start + distance(d, h)] += s;
            }
            row.iter_mut().for_each(|s| *s *= scale);
        }
        let mut d_dependents = vec![0.0; n * a];
        k::matmul(&mut d_dependents, &scores, &columns, [n, n + 1, a], false);
        let mut d_columns = vec![0.0; (n + 1) * a];
        k::matmul_left_transposed(&mut d_columns, &scores, &dependents, [n + 1, n, a], false);
        add_into(&mut g[self.slots.root.start..self.slots.root.start + a], &d_columns[..a]);
        for i in 0..n {
            let row = &mut d_heads[(span.start + i) * width..(span.start + i + 1) * width];
            add_into(&mut row[..a], &d_dependents[i * a..(i + 1) * a]);
            add_into(&mut row[a..2 * a], &d_columns[(i + 1) * a..(i + 2) * a]);
        }
    }

    fn labels_back(&self, heads: &[f32], spans: &[Range<usize>], targets: &[&Target], d_heads: &mut [f32], g: &mut [f32], loss: &mut Loss) {
        let (a, l, labels) = (self.shape.arc, self.shape.label, self.shape.labels);
        let width = 2 * (a + l);
        // Dependent's word, head's word (or none), label.
        let arcs: Vec<(usize, Option<usize>, usize)> = spans
            .iter()
            .flat_map(|span| span.clone().map(move |d| (d, span.start)))
            .filter_map(|(d, first)| targets[d].arc.map(|(h, label)| (d, (h as usize).checked_sub(1).map(|h| first + h), label as usize)))
            .collect();
        let n = arcs.len();
        let mut pair = vec![0.0; n * 3 * l];
        let root = &self.dense[self.slots.root.start + a..self.slots.root.end];
        let head_of = |h: Option<usize>| h.map_or(root, |h| &heads[h * width + 2 * a + l..(h + 1) * width]);
        for (out, &(d, h, _)) in pair.chunks_exact_mut(3 * l).zip(&arcs) {
            let (dependent, head) = (&heads[d * width + 2 * a..d * width + 2 * a + l], head_of(h));
            for i in 0..l {
                out[i] = dependent[i];
                out[l + i] = head[i];
                out[2 * l + i] = dependent[i] * head[i];
            }
        }
        let mut scores = vec![0.0; n * labels];
        k::matmul(&mut scores, &pair, self.p(&self.slots.choose), [n, 3 * l, labels], false);
        k::add_bias(&mut scores, self.p(&self.slots.choose_bias));
        for (row, &(_, _, label)) in scores.chunks_exact_mut(labels).zip(&arcs) {
            k::softmax(row);
            loss.label -= row[label].max(1e-9).ln();
            row[label] -= 1.0;
        }
        k::matmul_left_transposed(&mut g[self.slots.choose.clone()], &pair, &scores, [3 * l, n, labels], true);
        sum_rows(&mut g[self.slots.choose_bias.clone()], &scores);
        let mut d_pair = vec![0.0; n * 3 * l];
        k::matmul_transposed(&mut d_pair, &scores, self.p(&self.slots.choose), [n, labels, 3 * l], false);
        for (dp, &(d, h, _)) in d_pair.chunks_exact(3 * l).zip(&arcs) {
            let (at, head) = (d * width + 2 * a, head_of(h));
            for i in 0..l {
                d_heads[at + i] += dp[i] + dp[2 * l + i] * head[i];
                let d_head = dp[l + i] + dp[2 * l + i] * heads[at + i];
                match h {
                    Some(h) => d_heads[h * width + 2 * a + l + i] += d_head,
                    None => g[self.slots.root.start + a + i] += d_head,
                }
            }
        }
    }

    fn input_back(&self, trace: &Trace, mut dx: Vec<f32>, g: &mut [f32]) -> Vec<f32> {
        let (e, w) = (self.shape.embed, self.shape.width);
        let total = trace.rows.len();
        leaky_back(&mut dx, &trace.input);
        sum_rows(&mut g[self.slots.input_bias.clone()], &dx);
        k::matmul_left_transposed(&mut g[self.slots.input.clone()], &trace.embed_in, &dx, [e, total, w], true);
        let mut d = vec![0.0; total * e];
        k::matmul_transposed(&mut d, &dx, self.p(&self.slots.input), [total, w, e], false);
        self.norm_back(&trace.embedded, &self.slots.embed_gain, &self.slots.embed_bias, &masked(d, &trace.embed_mask), g)
    }

    fn embed_gradients(&self, trace: &Trace, d_embedded: &[f32], scale: f32) -> (Vec<f32>, Vec<u32>) {
        let e = self.shape.embed;
        let mut place = rustc_hash::FxHashMap::default();
        let mut rows = Vec::new();
        let mut grads: Vec<f32> = Vec::new();
        for (d, word) in d_embedded.chunks_exact(e).zip(&trace.rows) {
            // Vectors from other text are not learned further: those of words that no treebank has could not follow.
            for &row in word[..FEATURES].iter().filter(|&&r| r != NO_ROW) {
                let at = *place.entry(row).or_insert_with(|| {
                    rows.push(row);
                    grads.resize(grads.len() + e, 0.0);
                    rows.len() - 1
                });
                for (g, &x) in grads[at * e..(at + 1) * e].iter_mut().zip(d) {
                    *g += x * scale;
                }
            }
        }
        (grads, rows)
    }
}

fn spans(batch: &[&Example]) -> Vec<Range<usize>> {
    let mut at = 0;
    batch
        .iter()
        .map(|e| {
            at += e.rows.len();
            at - e.rows.len()..at
        })
        .collect()
}

/// Slots of features that know a whole word.
const WHOLE: [usize; 2] = [0, 1];

fn drop_features(batch: &[&Example], dropout: &Dropout, random: &mut Random) -> Vec<[u32; SLOTS]> {
    let mut out = Vec::new();
    for word in batch.iter().flat_map(|e| &e.rows) {
        let mut rows = *word;
        let unknown = random.unit() < dropout.form;
        // A vector stays: it is what an unknown word will have.
        for (slot, row) in rows.iter_mut().enumerate().take(FEATURES) {
            if *row == NO_ROW {
                continue;
            }
            if WHOLE.contains(&slot) || slot == FEATURES - 1 {
                if unknown {
                    *row = slot as u32;
                }
            } else if random.unit() < dropout.piece {
                *row = slot as u32;
            }
        }
        out.push(rows);
    }
    out
}

/// Zeros with probability `drop`, else what keeps the expectation.
fn mask(n: usize, drop: f32, random: &mut Random) -> Vec<f32> {
    if drop <= 0.0 {
        return Vec::new();
    }
    let keep = 1.0 / (1.0 - drop);
    let threshold = (f64::from(drop) * f64::from(u16::MAX)) as u64;
    let mut out = Vec::with_capacity(n + 3);
    while out.len() < n {
        let bits = random.next();
        for i in 0..4 {
            out.push(if (bits >> (16 * i)) & 0xffff < threshold { 0.0 } else { keep });
        }
    }
    out.truncate(n);
    out
}

fn masked(mut x: Vec<f32>, mask: &[f32]) -> Vec<f32> {
    if !mask.is_empty() {
        x.iter_mut().zip(mask).for_each(|(x, m)| *x *= m);
    }
    x
}

fn add_into(out: &mut [f32], x: &[f32]) {
    out.iter_mut().zip(x).for_each(|(o, x)| *o += x);
}

fn sum_rows(out: &mut [f32], x: &[f32]) {
    let n = out.len();
    x.chunks_exact(n).for_each(|row| add_into(out, row));
}

fn leaky_back(d: &mut [f32], out: &[f32]) {
    d.iter_mut().zip(out).for_each(|(d, &o)| {
        if o < 0.0 {
            *d *= 0.1;
        }
    });
}

/// [`k::scan`], keeping states; the gates' forget and output blocks are replaced by their activations.
fn scan_forward(out: &mut [f32], gates: &mut [f32], x: &[f32], state: &mut [f32], params: k::Gates) {
    let width = params.forget_bias.len();
    let half = width / 2;
    let n = x.len() / width;
    k::vectorised(
        #[inline(always)]
        || {
            let mut c = vec![0.0f32; width];
            for step in 0..n {
                for (t, from) in [(step, 0), (n - 1 - step, half)] {
                    let p = params.half(from, from + half);
                    let row = &mut gates[t * 3 * width..(t + 1) * 3 * width];
                    let (candidate, rest) = row.split_at_mut(width);
                    let (forget, output) = rest.split_at_mut(width);
                    let at = t * width + from;
                    let (candidate, forget, output) = (&candidate[from..from + half], &mut forget[from..from + half], &mut output[from..from + half]);
                    let (out, x, state, c) = (&mut out[at..at + half], &x[at..at + half], &mut state[at..at + half], &mut c[from..from + half]);
                    for i in 0..half {
                        let f = k::sigmoid(forget[i] + p.forget_state[i] * c[i] + p.forget_bias[i]);
                        let r = k::sigmoid(output[i] + p.output_state[i] * c[i] + p.output_bias[i]);
                        let next = f * c[i] + (1.0 - f) * candidate[i];
                        c[i] = next;
                        state[i] = next;
                        forget[i] = f;
                        output[i] = r;
                        out[i] = r * next + (1.0 - r) * x[i];
                    }
                }
            }
        },
    );
}

/// What [`scan_back`] reads.
struct ScanBack<'a> {
    d_out: &'a [f32],
    gates: &'a [f32],
    state: &'a [f32],
    x: &'a [f32],
}

fn scan_back(seen: ScanBack, params: k::Gates, d_gates: &mut [f32], dx: &mut [f32], d_params: &mut [f32]) {
    let width = params.forget_bias.len();
    let half = width / 2;
    let n = seen.x.len() / width;
    let (d_fs, rest) = d_params.split_at_mut(width);
    let (d_fb, rest) = rest.split_at_mut(width);
    let (d_os, d_ob) = rest.split_at_mut(width);
    k::vectorised(
        #[inline(always)]
        || {
            let zero = vec![0.0f32; half];
            let mut dc = vec![0.0f32; width];
            for step in 0..n {
                for (t, from) in [(n - 1 - step, 0), (step, half)] {
                    let previous = if from == 0 { t.checked_sub(1) } else { Some(t + 1).filter(|&t| t < n) };
                    let before = previous.map_or(&zero[..], |t| &seen.state[t * width + from..t * width + from + half]);
                    let p = params.half(from, from + half);
                    let row = &seen.gates[t * 3 * width..(t + 1) * 3 * width];
                    let (u, f, r) = (&row[from..from + half], &row[width + from..width + from + half], &row[2 * width + from..2 * width + from + half]);
                    let at = t * width + from;
                    let (d, c, x) = (&seen.d_out[at..at + half], &seen.state[at..at + half], &seen.x[at..at + half]);
                    let (dc, dx) = (&mut dc[from..from + half], &mut dx[at..at + half]);
                    let d_row = &mut d_gates[t * 3 * width..(t + 1) * 3 * width];
                    let (du, rest) = d_row.split_at_mut(width);
                    let (df, dr) = rest.split_at_mut(width);
                    let (du, df, dr) = (&mut du[from..from + half], &mut df[from..from + half], &mut dr[from..from + half]);
                    let (d_fs, d_fb, d_os, d_ob) =
                        (&mut d_fs[from..from + half], &mut d_fb[from..from + half], &mut d_os[from..from + half], &mut d_ob[from..from + half]);
                    for i in 0..half {
                        let o = d[i] * (c[i] - x[i]) * r[i] * (1.0 - r[i]);
                        let state = dc[i] + d[i] * r[i];
                        let g = state * (before[i] - u[i]) * f[i] * (1.0 - f[i]);
                        dx[i] += d[i] * (1.0 - r[i]);
                        du[i] = state * (1.0 - f[i]);
                        df[i] = g;
                        dr[i] = o;
                        d_fs[i] += g * before[i];
                        d_fb[i] += g;
                        d_os[i] += o * before[i];
                        d_ob[i] += o;
                        dc[i] = state * f[i] + g * p.forget_state[i] + o * p.output_state[i];
                    }
                }
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> (Shape, Slots) {
        let values = *marsad_text::parse::model::value_offsets().last().expect("not empty");
        let shape = Shape { embed: 6, width: 8, layers: 2, arc: 4, label: 3, styles: 2, labels: 5, values };
        let slots = Slots::new(&shape);
        (shape, slots)
    }

    fn example(random: &mut Random) -> Example {
        let offsets = marsad_text::parse::model::value_offsets();
        let n = 4;
        Example {
            rows: (0..n).map(|_| std::array::from_fn(|slot| if slot < FEATURES { random.below(20) as u32 } else { 20 })).collect(),
            targets: (0..n)
                .map(|i| Target {
                    tags: 1 << random.below(TAGS),
                    values: offsets.windows(2).map(|w| (w[0] + random.below(w[1] - w[0])) as u16).collect(),
                    arc: Some((i as u16, random.below(5) as u16)),
                })
                .collect(),
            style: 1,
        }
    }

    /// Total loss as the gradients see it.
    fn total(net: &Net, batch: &[&Example]) -> f32 {
        let none = Dropout { form: 0.0, piece: 0.0, embed: 0.0, layer: 0.0, head: 0.0 };
        let (l, _) = net.learn(batch, &none, &mut Random::new(1));
        (TAG_WEIGHT * (l.first_tag + l.tag) + FEATS_WEIGHT * l.feats + l.arc + l.label) / l.words
    }

    #[test]
    fn gradients_agree_with_finite_differences() {
        let (shape, slots) = small();
        let mut random = Random::new(7);
        let mut dense: Vec<f32> = slots.initial(&shape, &mut random);
        dense.iter_mut().for_each(|x| *x += random.uniform(-0.3, 0.3));
        let mut embed: Vec<f32> = (0..21 * shape.embed).map(|_| random.uniform(-1.0, 1.0)).collect();
        let (a, b) = (example(&mut random), example(&mut random));
        let batch = [&a, &b];
        let none = Dropout { form: 0.0, piece: 0.0, embed: 0.0, layer: 0.0, head: 0.0 };
        let (_, g) = Net { shape: &shape, slots: &slots, dense: &dense, embed: &embed }.learn(&batch, &none, &mut Random::new(1));
        let step = 2e-3;
        for i in (0..slots.total).step_by(7) {
            let keep = dense[i];
            let mut at = |x: f32| {
                dense[i] = x;
                total(&Net { shape: &shape, slots: &slots, dense: &dense, embed: &embed }, &batch)
            };
            let numeric = (at(keep + step) - at(keep - step)) / (2.0 * step);
            dense[i] = keep;
            assert!((numeric - g.dense[i]).abs() < 4e-3 + 0.03 * numeric.abs(), "parameter {i}: {numeric} against {}", g.dense[i]);
        }
        for (place, &row) in g.rows.iter().enumerate() {
            let i = row as usize * shape.embed + 2;
            let keep = embed[i];
            let mut at = |x: f32| {
                embed[i] = x;
                total(&Net { shape: &shape, slots: &slots, dense: &dense, embed: &embed }, &batch)
            };
            let numeric = (at(keep + step) - at(keep - step)) / (2.0 * step);
            embed[i] = keep;
            let analytic = g.embed[place * shape.embed + 2];
            assert!((numeric - analytic).abs() < 4e-3 + 0.03 * numeric.abs(), "row {row}: {numeric} against {analytic}");
        }
    }
}
