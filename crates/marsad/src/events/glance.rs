//! Which sentences are worth a close look: a logistic model over what is known of a word before anything is worked out. Most sentences with an event word tell of
//! no event; they are spared the encoder, the frames and the judge.

use super::feature::{Feature, Sink, Weights};
use super::judge::{Setting, at_a_glance, content_lemmas, is_content};
use super::lexicon::Lexicon;
use super::trigger::Fit;
use crate::tree::Tree;

/// Weights by feature name: `glance.tsv` of `learned`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Glance {
    weights: Weights<1>,
}

/// A sentence is passed over where no word of it has this probability of an event. Held out, a quarter of the sentences of general news are left, and the F1 of
/// types is the same within chance (docs/QUALITY.md).
pub const LEAST: f32 = 0.16;

/// First words of the names of the features that a glance sees, of which the judge sees more.
const SEEN: &[&str] = &["bias", "lang", "type", "pos", "tag", "relation", "share", "sense", "names", "political", "density", "decoys", "lemma", "row", "near"];

/// Whether a feature of the judge is one that a glance sees too.
#[must_use]
pub fn is_glanced(feature: &str) -> bool {
    feature.split(' ').next().is_some_and(|first| SEEN.contains(&first))
}

impl Glance {
    /// Reads a table of feature names and weights; `None` where a line is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Glance> {
        Weights::parse(text).map(|weights| Glance { weights })
    }

    /// Reads what the build makes of such a table.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Glance> {
        Weights::from_bytes(bytes).map(|weights| Glance { weights })
    }

    /// Whether a sentence is worth a close look, by the words that rows fit.
    #[must_use]
    pub fn takes(&self, tree: &Tree, proposals: &[(usize, Vec<Fit>)], lexicon: &Lexicon, setting: &Setting) -> bool {
        let mut around = None;
        proposals.iter().flat_map(|(_, fits)| fits).any(|fit| {
            let row = lexicon.row(fit.row);
            let Some(kind) = row.kind else { return false };
            let (lemmas, near) = around.get_or_insert_with(|| self.near(tree));
            let trigger = fit.words[0];
            // The trigger's own lemma is near only where it stands a second time.
            let alone = is_content(tree, trigger) && lemmas.iter().any(|&(lemma, n)| n == 1 && lemma == tree.lemma(trigger));
            let own = if alone { self.weights.get(&format!("near {}", tree.lemma(trigger))).map_or(0.0, |[w]| w) } else { 0.0 };
            let mut sum = self.weights.sum();
            at_a_glance(tree, row, kind, (trigger, fit.meant), setting, &mut sum);
            sum.log_odds()[0] + *near - own >= (LEAST / (1.0 - LEAST)).ln()
        })
    }

    /// The probability of an event by the features of a judged candidate, of which it heeds those that [`is_glanced`] names, 0 to 1.
    #[must_use]
    pub fn chance(&self, features: &[Feature]) -> f32 {
        let mut sum = self.weights.sum();
        features.iter().filter(|(name, _)| is_glanced(name)).for_each(|(name, value)| sum.add(name, *value));
        sum.probabilities()[0]
    }

    /// The lemmas of a sentence's content words, and what they weigh together.
    fn near<'a>(&self, tree: &'a Tree) -> (Vec<(&'a str, usize)>, f32) {
        let lemmas = content_lemmas(tree);
        let mut sum = self.weights.sum();
        lemmas.iter().for_each(|(lemma, _)| sum.flag(format_args!("near {lemma}")));
        let near = sum.log_odds()[0];
        (lemmas, near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_later_is_not_seen_at_a_glance() {
        assert!(is_glanced("bias") && is_glanced("near embassy") && is_glanced("type CONSULT ru"));
        assert!(!is_glanced("sides coded none CONSULT") && !is_glanced("reader here") && !is_glanced("content share 2"));
    }
}
