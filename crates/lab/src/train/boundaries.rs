//! Training of the boundary classifiers: averaged perceptrons (Freund & Schapire 1999) over hashed features, rounded to bytes.

use marsad_text::conllu::{GoldSentence, plain_text};
use marsad_text::segment::sentences;
use marsad_text::segment::tokens::{self, Decision};
use marsad_text::{Linear, Span};

use super::random::Random;
use crate::data::Part;

const BITS: u32 = 15;

/// Classifiers of token and sentence boundaries, learned from texts with known ones.
pub fn train(parts: &[Part], random: &mut Random) -> (Linear, Linear) {
    let (mut token, mut sentence) = (Vec::new(), Vec::new());
    for part in parts {
        let (text, spans, ends) = layout(&part.sentences);
        token.extend(tokens::decisions(&text, &spans));
        sentence.extend(sentences::decisions(&text, &spans, &ends));
    }
    (perceptron(token, 4, random), perceptron(sentence, 8, random))
}

/// The plain text of some sentences with the spans of their tokens and the sentences' ends.
pub fn layout(gold: &[GoldSentence]) -> (String, Vec<Span>, Vec<usize>) {
    let text = plain_text(gold);
    let mut spans = Vec::new();
    let mut ends = Vec::new();
    let mut at = 0;
    for sentence in gold {
        for token in &sentence.tokens {
            let Some(found) = text[at..].find(&token.text) else { continue };
            spans.push(Span::new(at + found, at + found + token.text.len()));
            at += found + token.text.len();
        }
        ends.push(spans.len());
    }
    (text, spans, ends)
}

fn perceptron(mut decisions: Vec<Decision>, rounds: usize, random: &mut Random) -> Linear {
    let size = 1usize << BITS;
    let mask = size - 1;
    let (mut w, mut sum) = (vec![0.0f64; size], vec![0.0f64; size]);
    let (mut bias, mut bias_sum) = (0.0, 0.0);
    let mut t = 1.0;
    for _ in 0..rounds {
        random.shuffle(&mut decisions);
        for d in &decisions {
            let score: f64 = bias + d.features.iter().map(|&f| w[f as usize & mask]).sum::<f64>();
            let y = if d.yes { 1.0 } else { -1.0 };
            // A margin, so that what is rare is learned beyond the first success.
            if score * y < 2.0 {
                for &f in &d.features {
                    w[f as usize & mask] += y;
                    sum[f as usize & mask] += y * t;
                }
                bias += y;
                bias_sum += y * t;
            }
            t += 1.0;
        }
    }
    let average: Vec<f64> = w.iter().zip(&sum).map(|(w, s)| w - s / t).collect();
    let largest = average.iter().fold(1e-9f64, |m, x| m.max(x.abs()));
    let scale = 127.0 / largest;
    let bytes = average.iter().map(|x| (x * scale).round() as i8).collect();
    Linear::new(((bias - bias_sum / t) * scale).round() as i32, bytes)
}
