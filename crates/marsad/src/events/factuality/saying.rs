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

    /// The verb whose subject says of an event that it happened, where nothing that governs it is one: "…, he said", «как сообщили в МИД», «حسبما أفادت», and a
    /// verb of saying further up.
    pub(super) fn reporter_around(&self, tree: &Tree, trigger: usize) -> Option<usize> {
        let says = |w: &usize| self.says(tree, *w);
        // Trees take «…, сообщил Песков» for a coordination.
        let aside = |c: &usize| tree.rel(*c) == Base::Parataxis || tree.lang == Lang::Ru && is_aside(tree, *c);
        let beside = |w: usize| tree.children_by(w, &[Base::Parataxis, Base::Conj]).filter(aside).find(says);
        let above = |w: usize| tree.head(w).filter(|h| matches!(tree.rel(w), Base::Ccomp | Base::Parataxis | Base::Dep) && says(h));
        let on_the_way = std::iter::once(trigger).chain(tree.ancestors(trigger)).find_map(|w| beside(w).or_else(|| above(w)));
        on_the_way.or_else(|| (0..tree.len()).filter(says).find(|&verb| is_as_clause(tree, verb) && !tree.is_under(trigger, verb)))
    }
}

/// Whoever says what a verb of saying tells: its subject, the nearest where trees give it two, or in Russian the house in which it is said: «в МИД сообщили».
pub fn speaker_of(tree: &Tree, verb: usize) -> Option<usize> {
    let subject = tree.children_by(verb, &[Base::Nsubj]).min_by_key(|s| s.abs_diff(verb));
    let said_in = |&house: &usize| tree.children_by(house, &[Base::Case]).any(|c| matches!(tree.folded(c), "в" | "во"));
    let unnamed = || tree.lang == Lang::Ru && tree.feat(verb, "Number", "Plur");
    subject.or_else(|| tree.children_by(verb, &[Base::Obl]).find(said_in).filter(|_| unnamed()))
}

/// Whether a clause tells in passing who says so: "as the ministry reported", «как сообщили в МИД», «حسبما أفادت», «وفق ما أعلن».
fn is_as_clause(tree: &Tree, verb: usize) -> bool {
    let Some(before) = verb.checked_sub(1).map(|w| tree.folded(w)) else { return false };
    let earlier = || verb.checked_sub(2).map_or("", |w| tree.folded(w));
    match tree.lang {
        // English puts the subject first.
        Lang::En => tree.children_by(verb, &[Base::Mark, Base::Advmod]).any(|c| c < verb && tree.folded(c) == "as"),
        Lang::Ru => before == "как",
        Lang::Ar => {
            matches!(before, "كما" | "حسبما" | "وفقما" | "مثلما") || before == "ما" && matches!(earlier(), "وفق" | "وفقا" | "حسب" | "بحسب" | "علي" | "ل")
        }
    }
}

/// Whether a coordinated verb stands behind a comma without conjunction, its subject behind it.
fn is_aside(tree: &Tree, verb: usize) -> bool {
    let comma = verb.checked_sub(1).is_some_and(|w| tree.form(w) == ",");
    let joined = || tree.children_by(verb, &[Base::Cc]).next().is_some();
    tree.rel(verb) == Base::Conj && comma && !joined() && tree.children_by(verb, &[Base::Nsubj]).any(|s| s > verb)
}
