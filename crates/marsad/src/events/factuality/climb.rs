//! What stands above an event and bears on it, step by step up the tree.

use marsad_text::{Base, Lang, Upos};

use super::super::finding::{Effect, Finding};
use super::rules::{Reach, Rule};
use super::{Factuality, SpeechAct};
use crate::tree::Tree;

pub(super) enum Step {
    /// The governor stands for the event.
    Through,
    /// The event lies below the governor.
    Under,
    /// Nothing above matters.
    Stop,
}

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

    /// One step up from `at` to its governor.
    #[expect(clippy::too_many_arguments, reason = "one step of `find`, with all that it knows")]
    pub(super) fn climb(
        &self,
        tree: &Tree,
        at: usize,
        governor: usize,
        verbal: bool,
        act: Option<SpeechAct>,
        makes_content: &dyn Fn(usize, bool) -> bool,
        finding: &mut Finding,
    ) -> Step {
        let rel = tree.rel(at);
        let clause = match rel {
            Base::Ccomp | Base::Xcomp | Base::Csubj => true,
            Base::Acl => !is_relative_clause(tree, at),
            Base::Advcl => is_gerund_of(tree, at, governor),
            Base::Obj | Base::Nsubj | Base::Iobj | Base::Obl | Base::Nmod | Base::Compound | Base::Dep => false,
            Base::Conj => return Step::Under,
            _ => return Step::Stop,
        };
        // What somebody's plan or decision is of does not stand as its possessor: "the army's plan".
        if (rel == Base::Acl && !clause) || (rel == Base::Nmod && tree.is_possessive(at)) {
            return Step::Stop;
        }
        if act.is_some() && clause && is_politely_wished(tree, governor) {
            return Step::Through;
        }
        if makes_content(governor, clause) && !(rel == Base::Advcl || rel == Base::Nsubj) {
            finding.content = true;
            finding.seen.push(format!("«{}» makes it content", tree.form(governor)));
            // What is denied or refused is content, and did not happen.
            if let Some(rule) = self.governing(tree, governor, clause).filter(|r| r.effect == Effect::Negation) {
                if rule.says_no(tree.lang) {
                    finding.reporter.get_or_insert(governor);
                }
                rule.tell(tree, governor, if clause { "clause" } else { "noun" }, finding);
            }
            return Step::Stop;
        }
        if rel == Base::Advcl && !clause {
            return Step::Stop;
        }
        let Some(rule) = self.governing(tree, governor, clause) else {
            // An infinitive under a verb that nothing is known of shares its fate.
            return if rel == Base::Xcomp { Step::Through } else { Step::Stop };
        };
        let noun = !clause && !verbal;
        match rule.effect {
            Effect::Report => {
                if clause {
                    finding.reporter.get_or_insert(governor);
                    finding.seen.push(format!("«{}» reports it ({})", tree.form(governor), rule.place));
                }
                return Step::Stop;
            }
            Effect::Light | Effect::Suffer => {
                if noun && tree.upos(governor) == Upos::Verb && rel != Base::Nsubj && finding.light.is_none() {
                    finding.light = Some(governor);
                    finding.suffers = rule.effect == Effect::Suffer;
                }
                finding.seen.push(format!("«{}» carries it ({})", tree.form(governor), rule.place));
                return Step::Through;
            }
            Effect::Begin => {
                if noun && tree.upos(governor) == Upos::Verb && rel == Base::Obj && finding.light.is_none() {
                    finding.light = Some(governor);
                }
                return Step::Through;
            }
            Effect::End => {
                finding.ended = true;
                finding.seen.push(format!("«{}» ends it ({})", tree.form(governor), rule.place));
                return Step::Through;
            }
            _ => rule.tell(tree, governor, if clause { "clause" } else { "noun" }, finding),
        }
        if rule.says_no(tree.lang) {
            finding.reporter.get_or_insert(governor);
        }
        if clause { Step::Through } else { Step::Under }
    }
}

const WISHES: &[(Lang, &[&str])] =
    &[(Lang::En, &["like", "want", "wish"]), (Lang::Ru, &["хотеть", "хотеться", "желать"]), (Lang::Ar, &["ود", "أراد", "اراد", "أحب", "احب"])];

/// Whether a verb is the first person's polite wish.
pub(super) fn is_politely_wished(tree: &Tree, verb: usize) -> bool {
    let wish = WISHES.iter().any(|(lang, list)| *lang == tree.lang && list.contains(&tree.lemma(verb)));
    wish && tree.upos(verb) == Upos::Verb && is_first_person(tree, verb)
}

pub(super) fn is_first_person(tree: &Tree, verb: usize) -> bool {
    tree.feat(verb, "Person", "1") || tree.children_by(verb, &[Base::Nsubj]).any(|s| tree.feat(s, "Person", "1"))
}

fn speech_fits(tree: &Tree, word: usize, pos: char) -> bool {
    match pos {
        'v' => matches!(tree.upos(word), Upos::Verb | Upos::Aux) || (tree.upos(word) == Upos::Adj && tree.lang == Lang::Ru),
        'n' => matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::X),
        'a' => matches!(tree.upos(word), Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun),
        _ => false,
    }
}

/// Whether a word of a multiword row stands near its head: below it, or within three words.
fn has_near(tree: &Tree, head: usize, word: &str) -> bool {
    (head.saturating_sub(6)..(head + 7).min(tree.len())).any(|w| w != head && tree.is_word(w, word) && (tree.is_under(w, head) || w.abs_diff(head) <= 2))
}

/// An infinitive or clause that fills a noun ("a plan to attack") is no relative clause.
fn is_relative_clause(tree: &Tree, clause: usize) -> bool {
    if tree.sub(clause) == "relcl" {
        return true;
    }
    let marked = tree.children_by(clause, &[Base::Mark]).next().is_some();
    !marked && !tree.feat(clause, "VerbForm", "Inf")
}

/// Whether an English gerund is what its governor is about though trees call it an adverbial clause: "refrained from criticising", "denied shelling".
fn is_gerund_of(tree: &Tree, verb: usize, governor: usize) -> bool {
    let behind = || tree.children_by(verb, &[Base::Mark, Base::Case]).all(|m| matches!(tree.folded(m), "from" | "of" | "against" | "into"));
    let close = || governor < verb && !(governor..verb).any(|w| tree.upos(w) == Upos::Punct) && behind();
    tree.lang == Lang::En && tree.upos(verb) == Upos::Verb && tree.folded(verb).ends_with("ing") && close()
}
