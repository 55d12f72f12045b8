//! Particles: words that bear on what they hang on, "not", «бы», «لن», and those that name a source.

use std::cmp::Reverse;

use marsad_text::{Base, Lang, Upos};

use super::super::finding::{Effect, Finding};
use super::climb::Way;
use super::rules::{Reach, Rule};
use super::shapes::{is_first_person, is_politely_wished};
use super::{Factuality, SpeechAct};
use crate::tree::Tree;

impl Factuality {
    /// The particle rows that begin at a word, the longest first.
    fn particle(&self, tree: &Tree, word: usize) -> Option<(&Rule, usize)> {
        let fits = |rule: &&Rule| {
            rule.pos == 'p'
                && rule.rest.iter().enumerate().all(|(i, r)| word + 1 + i < tree.len() && (tree.folded(word + 1 + i) == r || tree.lemma(word + 1 + i) == r))
        };
        let rule = self.rules_of(tree.folded(word)).filter(fits).min_by_key(|r| Reverse(r.rest.len()))?;
        Some((rule, word + rule.rest.len()))
    }

    /// What particles say of the event that an expression tells.
    pub(super) fn particles(&self, tree: &Tree, words: &[usize], way: &Way, act: Option<SpeechAct>, finding: &mut Finding) {
        let Way { chain, reached, sharing } = way;
        let mut word = 0;
        while word < tree.len() {
            let Some((rule, last)) = self.particle(tree, word) else {
                word += 1;
                continue;
            };
            let span = word..last + 1;
            word = last + 1;
            if !speech_of_particle_fits(tree, span.start, rule) || span.clone().any(|w| words.contains(&w)) {
                continue;
            }
            // What the particle hangs on, outside its own words.
            let mut target = tree.head(span.start);
            while let Some(t) = target.filter(|t| span.contains(t)) {
                target = tree.head(t);
            }
            // «في حال فرض عقوبات», «لا صحة ل» govern what they bear on.
            let governs = span.len() > 1 && reached.iter().any(|&w| tree.head(w).is_some_and(|head| span.contains(&head)));
            let Some(target) = target.or_else(|| span.clone().find(|_| governs)) else { continue };
            let stands_for = |w| chain.contains(&w) || sharing.contains(&w);
            let own = governs || stands_for(target) || (is_determiner(tree, span.start) && chain.iter().chain(sharing).any(|&c| is_argument(tree, target, c)));
            match rule.effect {
                Effect::Report if finding.source.is_none() => {
                    if let Some(source) = source_of(tree, &span, target)
                        && tree.ancestors(source).any(|a| reached.contains(&a))
                    {
                        finding.source = Some(source);
                        finding.seen.push(format!("«{}» names the source ({})", tree.form(span.start), rule.place));
                    }
                }
                Effect::Light | Effect::Begin | Effect::End | Effect::Report | Effect::Suffer => {}
                _ => {
                    let reaches = match rule.reach {
                        Reach::Below if governs => true,
                        Reach::Below if rule.effect == Effect::Hypothetical && span.clone().any(|s| tree.is_under(chain[0], s)) => true,
                        Reach::Below => {
                            reached.contains(&target) && { span.start < *chain.first().unwrap_or(&0) || (chain.contains(&target) && span.start < target) }
                        }
                        _ => own,
                    };
                    let polite = || act.is_some_and(|a| is_polite(tree, span.start, chain, a));
                    let denies = rule.effect == Effect::Negation;
                    let until = || denies && is_only_until(tree, target);
                    let mut doubled = || denies && finding.cancel(target);
                    if reaches && !polite() && !until() && !doubled() {
                        rule.tell(tree, span.start, "particle", finding);
                    }
                }
            }
        }
    }
}

/// Whether a particle makes a speech act of the first person polite rather than supposed.
fn is_polite(tree: &Tree, particle: usize, chain: &[usize], act: SpeechAct) -> bool {
    let conditional = matches!((tree.lang, tree.folded(particle)), (Lang::En, "would" | "'d") | (Lang::Ru, "бы"));
    let wished = chain.iter().any(|&w| is_politely_wished(tree, w));
    conditional && (wished || act == SpeechAct::Asking && chain.iter().any(|&w| is_first_person(tree, w)))
}

/// Words that are particles only in one of their uses.
fn speech_of_particle_fits(tree: &Tree, word: usize, rule: &Rule) -> bool {
    if tree.lang == Lang::En && tree.folded(word) == "due" {
        // "Due to leave", but not "due to the attack".
        return word + 2 < tree.len() && tree.upos(word + 2) == Upos::Verb;
    }
    if tree.lang != Lang::Ar || !rule.rest.is_empty() {
        return true;
    }
    let next_is = |name, value| word + 1 < tree.len() && tree.upos(word + 1) == Upos::Verb && tree.feat(word + 1, name, value);
    match tree.folded(word) {
        // قد makes an imperfect uncertain and a perfect certain.
        "قد" => next_is("Aspect", "Imp"),
        // ما denies a perfect; elsewhere it is mostly a relative.
        "ما" => next_is("Aspect", "Perf") && !(word > 0 && matches!(tree.upos(word - 1), Upos::Adp | Upos::Noun)),
        "حتي" => next_is("Aspect", "Imp"),
        _ => true,
    }
}

fn is_determiner(tree: &Tree, word: usize) -> bool {
    tree.rel(word) == Base::Det || tree.sub(word) == "preconj" || (tree.rel(word) == Base::Advmod && matches!(tree.upos(word), Upos::Det | Upos::Part))
}

/// Whether `word` is subject or object of the event at `top`, or counts or describes it: "not a single officer".
fn is_argument(tree: &Tree, word: usize, top: usize) -> bool {
    let argument = |w: usize| tree.head(w) == Some(top) && matches!(tree.rel(w), Base::Nsubj | Base::Obj);
    argument(word) || matches!(tree.rel(word), Base::Amod | Base::Nummod | Base::Det) && tree.head(word).is_some_and(argument)
}

/// Whom a phrase such as "according to X", «по словам X», «وفقا ل X» names.
fn source_of(tree: &Tree, span: &std::ops::Range<usize>, target: usize) -> Option<usize> {
    let inner = span
        .clone()
        .rev()
        .find_map(|w| tree.children(w).iter().copied().find(|c| !span.contains(c) && matches!(tree.rel(*c), Base::Nmod | Base::Obl | Base::Obj)));
    inner.or_else(|| (target > span.start && matches!(tree.upos(target), Upos::Noun | Upos::Propn | Upos::X | Upos::Pron)).then_some(target))
}

/// Whether what is denied of a verb is only that it was sooner: "did not arrest him until Friday", «لم يعتقل إلا بعد».
fn is_only_until(tree: &Tree, verb: usize) -> bool {
    let until = |&w: &usize| tree.folded(w) == "until" && tree.head(w).is_some_and(|h| tree.head(h) == Some(verb));
    let but_after = |&w: &usize| tree.folded(w) == "الا" && w + 1 < tree.len() && matches!(tree.folded(w + 1), "بعد" | "في" | "عندما" | "حين" | "يوم" | "عقب");
    match tree.lang {
        Lang::En => (verb..tree.len()).any(|w| until(&w)),
        Lang::Ar => (verb..tree.len()).any(|w| but_after(&w)),
        Lang::Ru => false,
    }
}
