//! What stands above an event and bears on it, step by step up the tree.

use marsad_text::{Base, Upos};

use super::super::finding::{Effect, Finding};
use super::rules::Rule;
use super::shapes::{beyond_pronoun, has_polarity_item, is_beside_object, is_gerund_of, is_politely_wished, is_relative_clause, shares_auxiliaries};
use super::{Asked, Factuality};

/// The way up from an event.
pub(super) struct Way {
    /// Words that stand for the event itself: the trigger, the rest of its expression above it, the empty verbs above these.
    pub(super) chain: Vec<usize>,
    /// Words whose introducing particles ("if") reach down to the event, the chain among them.
    pub(super) reached: Vec<usize>,
    /// Words that are not the event but what bears on them bears on it: the first of coordinated verbs ("will suspend and charge"), the report of it ("no
    /// evidence of an attack").
    pub(super) sharing: Vec<usize>,
}

enum Step {
    /// The governor stands for the event.
    Through,
    /// The event lies below the governor.
    Under,
    /// The event lies below the governor and shares its fate.
    Shared,
    /// Nothing above matters.
    Stop,
}

/// One step of the way: from a word to what governs it.
#[derive(Clone, Copy)]
struct Rung {
    at: usize,
    governor: usize,
    rel: Base,
    /// Whether it hangs there as a clause.
    clause: bool,
}

/// So far up the words that bear on an event are looked for.
const STEPS: usize = 8;

impl Factuality {
    /// Goes up from an expression and notes what governs it.
    pub(super) fn climb(&self, asked: Asked, finding: &mut Finding) -> Way {
        let (tree, trigger) = (asked.tree, asked.words[0]);
        let mut way = Way { chain: vec![trigger], reached: vec![trigger], sharing: Vec::new() };
        let mut at = trigger;
        for _ in 0..STEPS {
            let Some(head) = tree.head(at) else { break };
            let governor = self.plan_before(tree, at, head).or_else(|| beyond_pronoun(tree, head)).or_else(|| self.beyond_time(tree, at, head)).unwrap_or(head);
            let step = if asked.words.contains(&governor) { Step::Through } else { self.step(asked, at, governor, finding) };
            match step {
                Step::Through => way.chain.push(governor),
                Step::Under => {}
                Step::Shared => way.sharing.push(governor),
                Step::Stop => break,
            }
            way.reached.push(governor);
            at = governor;
        }
        way
    }

    /// One step up from `at` to its governor.
    fn step(&self, asked: Asked, at: usize, governor: usize, finding: &mut Finding) -> Step {
        let tree = asked.tree;
        let rel = tree.rel(at);
        let clause = match rel {
            Base::Ccomp | Base::Xcomp | Base::Csubj => true,
            // What was reported by whoever is spoken of: «الأنباء التي تحدثت عن قصف».
            Base::Acl => tree.head(at) != Some(governor) || !is_relative_clause(tree, at) || self.says(tree, at) && self.says(tree, governor),
            Base::Advcl => is_gerund_of(tree, at, governor),
            // "A search operation": what bears on the head bears on what it is made of.
            Base::Compound if self.governing(tree, governor, false).is_none() => return Step::Shared,
            Base::Obj | Base::Nsubj | Base::Iobj | Base::Obl | Base::Nmod | Base::Compound | Base::Dep => false,
            Base::Conj => return if shares_auxiliaries(tree, at, governor) { Step::Shared } else { Step::Under },
            _ => return Step::Stop,
        };
        let rung = Rung { at, governor, rel, clause };
        // What somebody's plan or decision is of does not stand as its possessor: "the army's plan".
        if (rel == Base::Acl && !clause) || (rel == Base::Nmod && tree.is_possessive(at)) {
            return Step::Stop;
        }
        if asked.act.is_some() && clause && is_politely_wished(tree, governor) {
            return Step::Through;
        }
        if (asked.makes_content)(governor, clause) && !(rel == Base::Advcl || rel == Base::Nsubj) {
            self.note_content(asked, rung, finding);
            return Step::Stop;
        }
        if rel == Base::Advcl && !clause {
            return Step::Stop;
        }
        let described = || self.predicate(tree, governor).filter(|_| rel == Base::Nsubj);
        match self.governing(tree, governor, clause).or_else(described) {
            Some(rule) => apply(rule, asked, rung, finding),
            None => self.pass(asked, rung),
        }
    }

    /// Notes that an event is content, and that it is denied, refused or planned: then it did not happen.
    fn note_content(&self, asked: Asked, rung: Rung, finding: &mut Finding) {
        finding.content = true;
        finding.seen.push(format!("«{}» makes it content", asked.tree.form(rung.governor)));
        if let Some(rule) = self.governing(asked.tree, rung.governor, rung.clause).filter(|rule| rule.effect.is_unreal()) {
            bear(rule, asked, rung, finding);
        }
    }

    /// A step to a word without a row: an infinitive shares the fate of its verb, and what an action noun is about that of the action.
    fn pass(&self, asked: Asked, Rung { at, governor, rel, clause }: Rung) -> Step {
        match rel {
            Base::Xcomp => Step::Through,
            Base::Csubj => Step::Shared,
            _ if !clause && has_polarity_item(asked.tree, at) => Step::Shared,
            Base::Nmod if self.is_of_action(asked.tree, at, governor) => Step::Shared,
            _ => Step::Stop,
        }
    }
}

/// What a row does to an event below its word.
fn apply(rule: &Rule, asked: Asked, rung: Rung, finding: &mut Finding) -> Step {
    let Rung { at, governor, rel, clause } = rung;
    let tree = asked.tree;
    let noun = !clause && !asked.verbal && at == asked.words[0];
    match rule.effect {
        Effect::Report => {
            let noun = tree.upos(governor) == Upos::Noun;
            if clause {
                finding.reporter = finding.reporter.or(Some(governor).filter(|_| !noun));
                finding.seen.push(format!("«{}» reports it ({})", tree.form(governor), rule.place));
            }
            // Of a report it may be said that there is none, or that it is false; and no arrests may be reported.
            let told_of = tree.rel(governor) == Base::Acl || rel == Base::Nsubj || has_polarity_item(tree, at);
            if noun || !clause && told_of { Step::Shared } else { Step::Stop }
        }
        Effect::Light | Effect::Suffer if rule.rest.is_empty() && is_beside_object(tree, at, governor) => Step::Stop,
        Effect::Light | Effect::Suffer => {
            if noun && tree.upos(governor) == Upos::Verb && rel != Base::Nsubj && finding.light.is_none() {
                finding.light = Some(governor);
                finding.suffers = rule.effect == Effect::Suffer;
            }
            finding.seen.push(format!("«{}» carries it ({})", tree.form(governor), rule.place));
            Step::Through
        }
        Effect::Begin => {
            if noun && tree.upos(governor) == Upos::Verb && rel == Base::Obj && finding.light.is_none() {
                finding.light = Some(governor);
            }
            Step::Through
        }
        Effect::End => {
            finding.ended = true;
            finding.seen.push(format!("«{}» ends it ({})", tree.form(governor), rule.place));
            Step::Through
        }
        Effect::Negation | Effect::Future | Effect::Hypothetical | Effect::Content => {
            bear(rule, asked, rung, finding);
            if clause { Step::Through } else { Step::Under }
        }
    }
}

/// Notes what a row says of an event below its word, and that whoever denies it says so.
fn bear(rule: &Rule, asked: Asked, rung: Rung, finding: &mut Finding) {
    rule.tell(asked.tree, rung.governor, if rung.clause { "clause" } else { "noun" }, finding);
    if rule.says_no(asked.tree.lang) {
        finding.reporter.get_or_insert(rung.governor);
    }
}
