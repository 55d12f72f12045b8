//! Which rows bear on an event: those of the words above it, beside it, and said of it.

use marsad_text::{Base, Lang, Upos};

use super::super::finding::Finding;
use super::Factuality;
use super::rules::{Reach, Rule};
use super::shapes::{has_near, is_action_noun, is_content_clause, speech_fits};
use crate::tree::Tree;

impl Factuality {
    /// Effect of a governing word on what hangs on it: as a clause, or as a noun.
    pub(super) fn governing(&self, tree: &Tree, word: usize, clause: bool) -> Option<&Rule> {
        let mut forms = vec![tree.folded(word)];
        if tree.bare(word) != tree.folded(word) {
            forms.push(tree.bare(word));
        }
        // Rare Russian pasts without -л pass for nouns; but no noun has a clause for its object («опроверг, что…»).
        let mistaken = clause && tree.lang == Lang::Ru && tree.upos(word) == Upos::Noun && tree.children_by(word, &[Base::Ccomp]).next().is_some();
        let fits = |rule: &&Rule| {
            let reach = match rule.reach {
                Reach::Clause => clause,
                Reach::Noun => !clause,
                Reach::Both => true,
                Reach::Own | Reach::Below => false,
            };
            reach && (speech_fits(tree, word, rule.pos) || (rule.pos == 'v' && mistaken)) && rule.rest.iter().all(|r| has_near(tree, word, r))
        };
        forms.into_iter().flat_map(|f| self.rules_of(f)).filter(fits).max_by_key(|r| r.rest.len())
    }

    /// The row of an adjective that tells of what it describes whether it is real: "planned", «возможен», «المقترحة».
    fn describing(&self, tree: &Tree, word: usize) -> Option<&Rule> {
        let fits = |rule: &&Rule| rule.pos == 'a' && matches!(rule.reach, Reach::Own) && rule.rest.iter().all(|r| has_near(tree, word, r));
        let by = |form| self.rules_of(form).filter(fits).max_by_key(|r| r.rest.len());
        by(tree.folded(word)).or_else(|| by(tree.bare(word)))
    }

    /// The row of an adjective that is what the governor says of its subject: "is possible", "proved false", «оказались ложными».
    pub(super) fn predicate(&self, tree: &Tree, governor: usize) -> Option<&Rule> {
        let adjective = |w: usize| self.describing(tree, w).or_else(|| self.governing(tree, w, true).filter(|rule| rule.pos == 'a'));
        let further = || tree.children_by(governor, &[Base::Xcomp]).filter(|&c| tree.upos(c) == Upos::Adj).find_map(adjective);
        adjective(governor).or_else(further)
    }

    /// Whether a noun is what an action noun under a governor of unreal things is about: «تعتزم النقابة إقامة اعتصام», «отменил проведение марша».
    pub(super) fn is_of_action(&self, tree: &Tree, noun: usize, action: usize) -> bool {
        let bare = || tree.children_by(noun, &[Base::Case]).all(|c| tree.folded(c) == "of");
        let object = matches!(tree.rel(action), Base::Obj | Base::Obl | Base::Xcomp);
        let governed = || tree.head(action).and_then(|verb| self.governing(tree, verb, false)).is_some_and(|rule| rule.effect.is_unreal());
        object && tree.upos(action) == Upos::Noun && is_action_noun(tree, action) && bare() && governed()
    }

    /// What adjectives and participles say of an event noun.
    pub(super) fn modifiers(&self, tree: &Tree, words: &[usize], finding: &mut Finding) {
        let describes =
            |&c: &usize| !words.contains(&c) && (matches!(tree.upos(c), Upos::Adj) || matches!(tree.rel(c), Base::Amod) || tree.feat(c, "VerbForm", "Part"));
        for word in words.iter().flat_map(|&w| tree.children(w)).copied().filter(describes) {
            if let Some(rule) = self.describing(tree, word) {
                rule.tell(tree, word, "modifier", finding);
            }
        }
    }

    /// The noun that an infinitive fills though trees hang it on the noun's verb: «предотвратила попытку взорвать».
    pub(super) fn plan_before(&self, tree: &Tree, infinitive: usize, verb: usize) -> Option<usize> {
        if tree.rel(infinitive) != Base::Xcomp || tree.upos(verb) != Upos::Verb {
            return None;
        }
        let between = |&o: &usize| o > verb && o < infinitive && self.governing(tree, o, true).is_some_and(|rule| rule.pos == 'n');
        tree.children_by(verb, &[Base::Obj]).find(between)
    }

    /// The verb whose content a clause is, though trees hang it on what stands between: "denied on Tuesday that the army had bombed the camp".
    pub(super) fn beyond_time(&self, tree: &Tree, clause: usize, noun: usize) -> Option<usize> {
        let hangs = tree.rel(clause) == Base::Acl && matches!(tree.rel(noun), Base::Obl | Base::Obj | Base::Nmod | Base::Dep);
        let verb = tree.head(noun).filter(|_| hangs && tree.lang == Lang::En && is_content_clause(tree, clause))?;
        Some(verb).filter(|&v| self.governing(tree, noun, true).is_none() && self.governing(tree, v, true).is_some())
    }
}
