//! What the forms of verbs say: future tense, conditional, imperative, infinitives.

use marsad_text::{Base, Lang, Upos};

use super::super::finding::{Effect, Finding};
use super::Factuality;
use crate::tree::Tree;

impl Factuality {
    /// What the verbs themselves say: future tense, conditional, imperative.
    pub(super) fn verb_forms(&self, tree: &Tree, chain: &[usize], verbal: bool, finding: &mut Finding) {
        for (i, &w) in chain.iter().enumerate() {
            if (i == 0 && !verbal) || tree.upos(w) != Upos::Verb {
                continue;
            }
            if tree.feat(w, "Tense", "Fut") {
                finding.see_form(tree, Effect::Future, w, "form", "future tense");
            } else if self.is_future_by_aspect(tree, w) {
                finding.see_form(tree, Effect::Future, w, "form", "present of a perfective verb");
            }
            if is_bare_infinitive(tree, w) {
                finding.see_form(tree, Effect::Future, w, "form", "infinitive of a headline");
            }
            if tree.feat(w, "Mood", "Cnd") {
                finding.see_form(tree, Effect::Hypothetical, w, "form", "conditional mood");
            }
            if tree.lang != Lang::En && tree.feat(w, "Mood", "Imp") {
                finding.see_form(tree, Effect::Hypothetical, w, "form", "imperative");
            }
        }
    }

    /// Whether a Russian verb has the form of a present and is perfective, so that it tells what will be: «вышлет». The tagger knows too few verbs to tell.
    fn is_future_by_aspect(&self, tree: &Tree, verb: usize) -> bool {
        let perfective = || tree.feat(verb, "Aspect", "Perf") || !self.perfective.of(tree.folded(verb)).is_empty();
        tree.lang == Lang::Ru && tree.feat(verb, "Tense", "Pres") && !tree.feat(verb, "VerbForm", "Part") && !tree.feat(verb, "Voice", "Pass") && perfective()
    }
}

/// Whether a verb is an infinitive of purpose. "Only to" tells what came of it.
pub(super) fn is_purpose(tree: &Tree, verb: usize) -> bool {
    let infinitive = tree.lang != Lang::Ar && tree.upos(verb) == Upos::Verb && tree.feat(verb, "VerbForm", "Inf");
    infinitive
        && matches!(tree.rel(verb), Base::Advcl | Base::Acl)
        && !is_bare_infinitive(tree, verb)
        && !tree.children(verb).iter().any(|&c| tree.folded(c) == "only")
}

/// Whether an infinitive is what a headline says of its subject, "France to withdraw troops", or stands under a form of "be" that says no more: "are to sign".
fn is_bare_infinitive(tree: &Tree, verb: usize) -> bool {
    let to = || tree.children(verb).iter().any(|&c| c < verb && tree.folded(c) == "to" && matches!(tree.rel(c), Base::Mark | Base::Aux));
    let subject = || tree.children_by(verb, &[Base::Nsubj]).any(|s| s < verb);
    let under_be = || tree.rel(verb) == Base::Xcomp && tree.head(verb).is_some_and(|h| tree.lemma(h) == "be" && tree.upos(h) != Upos::Noun);
    let is_to = || tree.children_by(verb, &[Base::Cop, Base::Aux]).any(|c| tree.lemma(c) == "be");
    let of_headline = || tree.rel(verb) == Base::Acl && tree.head(verb).is_some_and(|h| tree.upos(h) == Upos::Propn && tree.head(h).is_none());
    tree.lang == Lang::En && tree.feat(verb, "VerbForm", "Inf") && to() && (tree.head(verb).is_none() && subject() || under_be() || is_to() || of_headline())
}
