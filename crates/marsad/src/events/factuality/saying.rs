//! Verbs of saying: who says so.

use marsad_text::{Base, Lang, Upos};

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
        let aside = |c: &usize| tree.rel(*c) == Base::Parataxis || is_aside(tree, *c);
        let beside = |w: usize| tree.children_by(w, &[Base::Parataxis, Base::Conj, Base::Advcl]).filter(aside).find(says);
        let above = |w: usize| tree.head(w).filter(|h| matches!(tree.rel(w), Base::Ccomp | Base::Parataxis | Base::Dep) && says(h));
        let on_the_way = std::iter::once(trigger).chain(tree.ancestors(trigger)).find_map(|w| beside(w).or_else(|| above(w)));
        on_the_way.or_else(|| (0..tree.len()).filter(|&verb| is_as_clause(tree, verb) && !tree.is_under(trigger, verb)).find(says))
    }
}

/// Whoever says what a verb of saying tells: its subject, the nearest where trees give it two, or in Russian the `house` in which it is said: «в МИД сообщили».
pub fn speaker_of(tree: &Tree, verb: usize, is_house: &dyn Fn(usize) -> bool) -> Option<usize> {
    let subject = tree.children_by(verb, &[Base::Nsubj]).min_by_key(|s| s.abs_diff(verb));
    subject.or_else(|| houses(tree, verb).find(|&house| is_house(house)))
}

/// Where a Russian verb without subject, in the plural, says that it is said: «в МИД сообщили», «уточнили в Пентагоне».
fn houses<'t>(tree: &'t Tree, verb: usize) -> impl Iterator<Item = usize> + 't {
    let unnamed = tree.lang == Lang::Ru && tree.feat(verb, "Number", "Plur") && tree.children_by(verb, &[Base::Nsubj]).next().is_none();
    let inside = |&house: &usize| matches!(tree.preposition(house).as_deref(), Some("в" | "во"));
    tree.children(verb).iter().copied().filter(move |&c| unnamed && matches!(tree.rel(c), Base::Obl | Base::Nmod)).filter(inside)
}

/// Whether a clause tells in passing who says so: "as the ministry reported", «как сообщили в МИД», «حسبما أفادت», «وفق ما أعلن».
fn is_as_clause(tree: &Tree, verb: usize) -> bool {
    let Some(before) = verb.checked_sub(1).map(|w| tree.folded(w)) else { return false };
    let earlier = || verb.checked_sub(2).map_or("", |w| tree.folded(w));
    let according = || verb.checked_sub(3).is_some_and(|w| matches!(tree.folded(w), "وفقا" | "طبقا" | "تبعا"));
    match tree.lang {
        // English puts the subject first.
        Lang::En => tree.upos(verb) == Upos::Verb && tree.children_by(verb, &[Base::Mark, Base::Advmod]).any(|c| c < verb && tree.folded(c) == "as"),
        Lang::Ru => before == "как",
        Lang::Ar => {
            matches!(before, "كما" | "حسبما" | "وفقما" | "مثلما")
                || before == "ما" && (matches!(earlier(), "وفق" | "وفقا" | "حسب" | "بحسب" | "علي") || earlier() == "ل" && according())
        }
    }
}

/// Whether a verb stands in passing behind a comma or quotation with whoever says it, though trees take it for coordinated or adverbial: "…, he told AFP",
/// «…, сообщил Песков», «…, уточнили в Пентагоне».
fn is_aside(tree: &Tree, verb: usize) -> bool {
    let first = tree.children(verb).iter().copied().chain([verb]).filter(|&w| tree.upos(w) != Upos::Punct).min().unwrap_or(verb);
    let parted = first.checked_sub(1).is_some_and(|w| matches!(tree.form(w), "," | "»" | "\"" | "”" | "،" | "–" | "—"));
    let joined = || tree.children_by(verb, &[Base::Cc, Base::Mark]).next().is_some();
    let said_by = || tree.children_by(verb, &[Base::Nsubj]).next().is_some() || houses(tree, verb).next().is_some();
    parted && !joined() && said_by()
}
