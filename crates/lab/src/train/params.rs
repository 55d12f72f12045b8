//! The network's parameters as one flat vector, so that the optimiser needs no knowledge of their meaning.

use std::ops::Range;

use marsad_text::parse::model::{Shape, dense_layout};

use super::random::Random;

/// Where each parameter stands in the flat vector; names as in [`dense_layout`].
#[derive(Clone, Debug)]
pub struct Slots {
    pub style: Range<usize>,
    pub embed_gain: Range<usize>,
    pub embed_bias: Range<usize>,
    pub input: Range<usize>,
    pub input_bias: Range<usize>,
    pub layers: Vec<LayerSlots>,
    pub tag: Range<usize>,
    pub tag_bias: Range<usize>,
    pub tag_embed: Range<usize>,
    pub final_gain: Range<usize>,
    pub final_bias: Range<usize>,
    pub final_tag: Range<usize>,
    pub final_tag_bias: Range<usize>,
    pub feats: Range<usize>,
    pub feats_bias: Range<usize>,
    pub head: Range<usize>,
    pub head_bias: Range<usize>,
    pub root: Range<usize>,
    pub distance: Range<usize>,
    pub choose: Range<usize>,
    pub choose_bias: Range<usize>,
    pub total: usize,
}

/// Parameters of one recurrent layer.
#[derive(Clone, Debug)]
pub struct LayerSlots {
    pub gain: Range<usize>,
    pub bias: Range<usize>,
    pub project: Range<usize>,
    pub forget_state: Range<usize>,
    pub forget_bias: Range<usize>,
    pub output_state: Range<usize>,
    pub output_bias: Range<usize>,
}

impl Slots {
    pub fn new(shape: &Shape) -> Slots {
        let layout = dense_layout(shape);
        let mut at = 0;
        let ranges: Vec<(String, Range<usize>)> = layout
            .into_iter()
            .map(|(name, len)| {
                at += len;
                (name, at - len..at)
            })
            .collect();
        let get = |name: &str| ranges.iter().find(|(n, _)| n == name).map(|(_, r)| r.clone()).expect("the layout names every parameter");
        let layer = |i: usize| {
            let get = |name: &str| get(&format!("layer{i}_{name}"));
            LayerSlots {
                gain: get("gain"),
                bias: get("bias"),
                project: get("project"),
                forget_state: get("forget_state"),
                forget_bias: get("forget_bias"),
                output_state: get("output_state"),
                output_bias: get("output_bias"),
            }
        };
        Slots {
            style: get("style"),
            embed_gain: get("embed_gain"),
            embed_bias: get("embed_bias"),
            input: get("input"),
            input_bias: get("input_bias"),
            layers: (0..shape.layers).map(layer).collect(),
            tag: get("tag"),
            tag_bias: get("tag_bias"),
            tag_embed: get("tag_embed"),
            final_gain: get("final_gain"),
            final_bias: get("final_bias"),
            final_tag: get("final_tag"),
            final_tag_bias: get("final_tag_bias"),
            feats: get("feats"),
            feats_bias: get("feats_bias"),
            head: get("head"),
            head_bias: get("head_bias"),
            root: get("root"),
            distance: get("distance"),
            choose: get("choose"),
            choose_bias: get("choose_bias"),
            total: at,
        }
    }

    /// Starting values: gains 1, projections uniform after Glorot & Bengio (2010), forget gates half open, all else 0.
    pub fn initial(&self, shape: &Shape, random: &mut Random) -> Vec<f32> {
        let mut p = vec![0.0; self.total];
        let mut glorot = |range: &Range<usize>, inputs: usize| {
            let outputs = range.len() / inputs;
            let bound = (6.0 / (inputs + outputs) as f32).sqrt();
            p[range.clone()].iter_mut().for_each(|x| *x = random.uniform(-bound, bound));
        };
        glorot(&self.input, shape.embed);
        for layer in &self.layers {
            glorot(&layer.project, shape.width);
        }
        glorot(&self.tag, shape.width);
        glorot(&self.tag_embed, marsad_text::Upos::ALL.len());
        glorot(&self.final_tag, shape.width);
        glorot(&self.feats, shape.width);
        glorot(&self.head, shape.width);
        glorot(&self.root, 1);
        glorot(&self.choose, 3 * shape.label);
        let ones = [&self.embed_gain, &self.final_gain].into_iter().chain(self.layers.iter().map(|l| &l.gain));
        for range in ones {
            p[range.clone()].fill(1.0);
        }
        for layer in &self.layers {
            p[layer.forget_bias.clone()].fill(0.5);
        }
        p
    }
}
