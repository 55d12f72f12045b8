//! Verbs of saying: who says so.

use marsad_text::{Base, Lang};

use super::super::finding::Effect;
use super::{Factuality, SpeechAct};
use crate::tree::Tree;

impl Factuality {
    /// Whether a speech act is the purpose of saying or writing something, and thereby done: "wrote to thank them".
    pub(super) fn is_done_by_saying(&self, tree: &Tree, infinitive: usize, act: Option<SpeechAct>) -> bool {
        act.is_some() && tree.head(infinitive).is_some_and(|w| self.says(tree, w))
    }

    /// Whether a word is a verb of saying.
    pub(super) fn says(&self, tree: &Tree, word: usize) -> bool {
        self.governing(tree, word, true).is_some_and(|r| r.effect == Effect::Report)
    }

    /// Heads of the subjects of a sentence's verbs of saying.
    #[must_use]
    pub fn speakers(&self, tree: &Tree) -> Vec<usize> {
        let speaks = |w: &usize| tree.rel(*w) == Base::Nsubj && tree.head(*w).is_some_and(|verb| self.says(tree, verb));
        (0..tree.len()).filter(speaks).collect()
    }

    /// A verb of saying beside the clause: "…, he said".
    pub(super) fn reporter_beside(&self, tree: &Tree, reached: &[usize]) -> Option<usize> {
        let says = |w: usize| self.says(tree, w);
        let top = *reached.last()?;
        // Trees take «…, сообщил Песков» for a coordination.
        let aside = |c: usize| tree.rel(c) == Base::Parataxis || tree.lang == Lang::Ru && is_aside(tree, c);
        let below = reached.iter().flat_map(|&r| tree.children_by(r, &[Base::Parataxis, Base::Conj])).find(|&c| aside(c) && says(c));
        below.or_else(|| tree.head(top).filter(|&h| matches!(tree.rel(top), Base::Parataxis | Base::Ccomp | Base::Dep) && says(h)))
    }
}

/// Whether a coordinated verb stands behind a comma without conjunction, its subject behind it.
fn is_aside(tree: &Tree, verb: usize) -> bool {
    let comma = verb.checked_sub(1).is_some_and(|w| tree.form(w) == ",");
    let joined = || tree.children_by(verb, &[Base::Cc]).next().is_some();
    tree.rel(verb) == Base::Conj && comma && !joined() && tree.children_by(verb, &[Base::Nsubj]).any(|s| s > verb)
}
