//! Whether an event that shows signs of being denied, planned or supposed is so: logistic models that weigh the signs, where the layer of rows takes each for proof.
//!
//! Rows see a word; they cannot see that who asks "was it not the army that attacked?" denies nothing, or that it is the answer that is feared and not the attack. So
//! the rows propose, as they do for events, and what was learned from coded sentences decides.

use marsad_text::{Base, Lang, Upos};

use super::feature::{Feature, Sink, Sum, Weights};
use super::finding::Finding;
use super::lexicon::EventRow;
use super::linker::{distance, path};
use crate::model::{Aux, EventType};
use crate::tree::Tree;

/// Weights of the verdict: `verdict.tsv` of `learned`, for denied, planned and supposed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    weights: Weights<3>,
}

/// What the weights are for, in their order.
pub const UNREAL: [Aux; 3] = [Aux::Negation, Aux::Future, Aux::Hypothetical];

/// An event is told as unreal from this probability on; held out, as much is right from .35 to .5, and the higher, the more that is unreal is told as a fact.
const LEAST: f32 = 0.4;

/// What the verdict looks at.
#[derive(Clone, Copy, Debug)]
pub struct Signs<'a> {
    /// The sentence.
    pub tree: &'a Tree<'a>,
    /// The row of the event.
    pub row: &'a EventRow,
    /// Its type.
    pub kind: EventType,
    /// The trigger.
    pub trigger: usize,
    /// What the layer of rows found.
    pub finding: &'a Finding,
    /// Type of the nearest word above the trigger that an event row fits.
    pub above: Option<EventType>,
}

/// Whether an event happened, and what weighed how much if anything spoke against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ruling {
    pub aux: Option<Aux>,
    pub note: Option<String>,
}

impl Verdict {
    /// Reads a table of feature names with three weights; `None` where a line is not that.
    #[must_use]
    pub fn parse(text: &str) -> Option<Verdict> {
        Weights::parse(text).map(|weights| Verdict { weights })
    }

    /// Reads what the build makes of such a table.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Verdict> {
        Weights::from_bytes(bytes).map(|weights| Verdict { weights })
    }

    /// Whether there is nothing learned, so that the rows alone decide.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The ruling on an event, `None` where nothing was learned or a user's row speaks; and its signs as features, where they are to be kept.
    pub(super) fn on(&self, seen: &Signs, keep: bool) -> (Option<Ruling>, Vec<Feature>) {
        let mut kept = Vec::new();
        if keep {
            signs(seen, &mut kept);
        }
        if self.is_empty() || seen.finding.cues.iter().any(|cue| cue.own) {
            return (None, kept);
        }
        let (weighed, chances) = self.weigh(|sum| signs(seen, sum));
        let aux = weighed.or(is_surely_planned(seen).then_some(Aux::Future));
        let note = || {
            let chances: Vec<String> = UNREAL.iter().zip(chances).map(|(aux, chance)| format!("{} {chance:.2}", aux.name())).collect();
            format!("weighed together: {}; so {}", chances.join(", "), aux.map_or("a fact", Aux::name))
        };
        let telling = aux.is_some() || !seen.finding.cues.is_empty();
        (Some(Ruling { aux, note: telling.then(note) }), kept)
    }

    /// The probabilities of [`UNREAL`] for an event with these signs: for measuring.
    #[must_use]
    pub fn chances(&self, features: &[Feature]) -> [f32; UNREAL.len()] {
        self.weigh(|sum| features.iter().for_each(|(name, value)| sum.add(name, *value))).1
    }

    /// Whether the event of these signs happened, and the probabilities of [`UNREAL`].
    fn weigh(&self, tell: impl FnOnce(&mut Sum<3>)) -> (Option<Aux>, [f32; 3]) {
        let mut sum = self.weights.sum();
        tell(&mut sum);
        let chances = sum.probabilities();
        let best = (0..3).max_by(|&a, &b| chances[a].total_cmp(&chances[b]).then(b.cmp(&a))).filter(|&n| chances[n] >= LEAST);
        (best.map(|n| UNREAL[n]), chances)
    }
}

/// Whether an event is planned whatever else is weighed: by a date to come, or by a Russian verb's own future. But who will not accept a thing refuses it, and who
/// will help promises it.
fn is_surely_planned(signs: &Signs) -> bool {
    use EventType as T;
    let speaks = matches!(signs.kind, T::Reject | T::Threaten | T::Agree | T::Concede | T::Request | T::Support);
    let own_future = signs.tree.lang == Lang::Ru && !speaks;
    let sure = |sort: &str, word: usize| sort == "time" || own_future && sort == "form" && word == signs.trigger;
    signs.finding.cues.iter().any(|cue| cue.aux == Aux::Future && sure(cue.sort, cue.word))
}

/// Tells the signs.
fn signs(signs: &Signs, out: &mut impl Sink) {
    let Signs { tree, row, kind, trigger, finding, .. } = *signs;
    let lang = tree.lang;
    let pos = row.pos.letter();
    let found = finding.aux.map_or("none", Aux::name);
    out.flag(format_args!("bias"));
    out.flag(format_args!("lang {lang}"));
    out.flag(format_args!("pos {pos} {lang}"));
    out.flag(format_args!("type {kind}"));
    out.flag(format_args!("type {kind} {pos}"));
    out.flag(format_args!("row {}", row.id));
    out.flag(format_args!("found {found}"));
    out.flag(format_args!("found {found} {pos} {lang}"));
    out.flag(format_args!("found {found} {kind}"));
    out.flag(format_args!("cues {}", finding.cues.len().min(3)));
    for cue in &finding.cues {
        let (aux, sort) = (cue.aux.name(), cue.sort);
        out.flag(format_args!("cue {aux} {sort}"));
        out.flag(format_args!("cue {aux} {sort} {pos} {lang}"));
        out.flag(format_args!("cue {aux} {sort} {kind}"));
        out.flag(format_args!("cue {aux} {sort} steps {}", distance(tree, trigger, cue.word)));
        out.flag(format_args!("cue {aux} way {}", path(tree, trigger, cue.word)));
        out.flag(format_args!("cue {aux} {lang} {}", cue.name));
        out.flag(format_args!("cue {aux} {lang} {} {pos}", cue.name));
    }
    if finding.content {
        let above = signs.above.map_or("none", EventType::name);
        out.flag(format_args!("content"));
        out.flag(format_args!("content {above} {pos}"));
        out.flag(format_args!("content {above} {found}"));
    }
    if finding.reporter.is_some() || finding.source.is_some() {
        out.flag(format_args!("reported"));
        out.flag(format_args!("reported {found}"));
    }
    if finding.ended {
        out.flag(format_args!("ended"));
    }
    if finding.light.is_some() {
        out.flag(format_args!("light {found}"));
    }
    around(tree, trigger, pos, out);
}

/// What stands around the trigger: its own form, the words above and below it and before it, and whether the sentence asks or quotes.
fn around(tree: &Tree, trigger: usize, pos: &str, out: &mut impl Sink) {
    let lang = tree.lang;
    for name in ["Tense", "VerbForm", "Mood", "Aspect", "Voice", "Number", "Definite"] {
        if let Some(value) = tree.word(trigger).feats.get(name) {
            out.flag(format_args!("{name} {value} {pos} {lang}"));
        }
    }
    let rel = tree.rel(trigger);
    out.flag(format_args!("relation {rel} {pos} {lang}"));
    for (n, a) in tree.ancestors(trigger).take(4).enumerate() {
        if n == 0 {
            out.flag(format_args!("governor {} {rel}", tree.upos(a).name()));
            out.flag(format_args!("under {lang} {}", tree.lemma(a)));
            out.flag(format_args!("under {lang} {} {rel}", tree.lemma(a)));
        }
        out.flag(format_args!("above {lang} {}", tree.lemma(a)));
        for &c in tree.children(a).iter().filter(|&&c| matches!(tree.rel(c), Base::Mark | Base::Aux | Base::Advmod | Base::Cop)) {
            out.flag(format_args!("beside {lang} {}", tree.lemma(c)));
        }
    }
    for &c in tree.children(trigger) {
        out.flag(format_args!("over {lang} {} {}", tree.lemma(c), tree.rel(c)));
        if tree.rel(c) == Base::Nsubj {
            out.flag(format_args!("subject {} {}", tree.upos(c).name(), tree.word(c).feats.get("Person").unwrap_or("none")));
        }
    }
    for (n, w) in (0..trigger).rev().filter(|&w| tree.upos(w) != Upos::Punct).take(3).enumerate() {
        out.flag(format_args!("before {lang} {}", tree.lemma(w)));
        if n == 0 {
            out.flag(format_args!("right before {lang} {}", tree.lemma(w)));
        }
    }
    if tree.is_quoted(trigger) {
        out.flag(format_args!("quoted"));
    }
    if tree.is_question() {
        out.flag(format_args!("question"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_of_three_counts_from_its_least_probability_on() {
        let table = "feature\tnegation\tfuture\thypothetical\nbias\t-2\t-2\t-2\ncue negation particle\t3\t0\t0\nquestion\t0\t0\t2.5\n";
        let verdict = Verdict::parse(table).expect("a sound table");
        let of = |names: &[&str]| verdict.weigh(|sum| names.iter().for_each(|name| sum.add(name, 1.0))).0;
        assert_eq!(of(&["bias"]), None);
        assert_eq!(of(&["bias", "cue negation particle"]), Some(Aux::Negation));
        assert_eq!(of(&["bias", "question"]), Some(Aux::Hypothetical));
        assert_eq!(of(&["bias", "question", "cue negation particle"]), Some(Aux::Negation), "1 against 0.5");
        assert!(Verdict::parse("feature\tnegation\tfuture\nbias\t1\t1\n").is_none(), "a weight is missing");
    }

    #[test]
    fn nothing_learned_leaves_the_rows_to_decide() {
        assert!(Verdict::default().is_empty());
    }
}
