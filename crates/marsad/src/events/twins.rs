//! One event told by several words of a sentence: an attack and its dead, a meeting and its talks. A logistic model tells them from two events of one type.

use std::collections::BTreeSet;

use marsad_text::{Base, Upos};

use super::code::Event;
use super::feature::Sink;
use super::judge::Judge;
use super::lexicon::{Lexicon, Pos};
use super::linker::{distance, path};
use crate::actors::resolve::{Basis, Resolved};
use crate::model::{Aux, Code, EventType};
use crate::tree::Tree;

/// At most this many events of one type in a sentence are compared; what scores lower is taken for a retelling.
const COMPARED: usize = 8;

/// Merges retellings into the event that scores best, which takes over the sides that it lacks; what remains scores by its chance to be an event of its own.
/// `apart` tells the probability that two events are two from the features of [`features`].
pub fn merge(events: Vec<Event>, tree: &Tree, lexicon: &Lexicon, apart: &Judge) -> Vec<Event> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by(|&a, &b| events[b].score.total_cmp(&events[a].score).then(a.cmp(&b)));
    let mut events: Vec<Option<Event>> = events.into_iter().map(Some).collect();
    let mut kept: Vec<(EventType, Vec<usize>)> = Vec::new();
    // Compared are the judge's own scores, so chances are put to them at the end.
    let mut chances = vec![1.0; events.len()];
    for at in order {
        let Some(event) = events[at].take() else { continue };
        let Some((_, rivals)) = kept.iter_mut().find(|(kind, _)| *kind == event.kind) else {
            kept.push((event.kind, vec![at]));
            events[at] = Some(event);
            continue;
        };
        match nearest(&event, rivals, &events, tree, lexicon, apart) {
            Some((first, chance)) if chance < 0.5 || rivals.len() >= COMPARED => {
                if let Some(first) = &mut events[first] {
                    complete(first, &event);
                }
            }
            Some((_, chance)) => {
                rivals.push(at);
                chances[at] = chance;
                events[at] = Some(event);
            }
            None => {}
        }
    }
    events.into_iter().zip(chances).filter_map(|(event, chance)| event.map(|e| Event { score: e.score * chance, ..e })).collect()
}

/// The kept event that a further one most probably retells, and the probability that it does not.
fn nearest(event: &Event, rivals: &[usize], events: &[Option<Event>], tree: &Tree, lexicon: &Lexicon, apart: &Judge) -> Option<(usize, f32)> {
    let chance = |&first: &usize| {
        let other = events[first].as_ref()?;
        let learned = || apart.probability(|sum| features(tree, lexicon, other, event, sum));
        let two = have_own_subjects(tree, other, event) || is_denied_alone(tree, other, event) || have_own_objects(tree, other, event);
        Some((first, if two { 1.0 } else { learned() }))
    };
    rivals.iter().filter_map(chance).min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Whether two events are told by verbs whose subjects are named and have different codes: "the Union threatened Moscow, while Beijing warned". "The two sides" that
/// met are not named, and one of them is the minister who arrived.
fn have_own_subjects(tree: &Tree, a: &Event, b: &Event) -> bool {
    let subject = |event: &Event| {
        let verb = event.words[0];
        let subject = tree.children_by(verb, &[Base::Nsubj]).next().filter(|_| tree.upos(verb) == Upos::Verb);
        let named = event.actors.iter().filter(|actor| actor.basis <= Basis::Composed && subject.is_some_and(|word| actor.words.contains(&word)));
        named.filter_map(|actor| actor.code).collect::<BTreeSet<Code>>()
    };
    let (a, b) = (subject(a), subject(b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

/// Whether two events are told by coordinated verbs of which each has an object of its own, whose countries differ: "met the pope and received the king".
fn have_own_objects(tree: &Tree, a: &Event, b: &Event) -> bool {
    let verb = |event: &Event| Some(event.words[0]).filter(|&w| tree.upos(w) == Upos::Verb);
    let (Some(one), Some(two)) = (verb(a), verb(b)) else { return false };
    let coordinated = tree.coordinated(one).contains(&two) || tree.coordinated(two).contains(&one);
    let objects = |verb: usize, event: &Event| {
        let own = |r: &&Resolved| r.basis <= Basis::Composed && tree.head(r.head) == Some(verb) && tree.rel(r.head) != Base::Nsubj;
        event.recipients.iter().chain(&event.actors).filter(own).filter_map(|r| r.code).collect::<BTreeSet<Code>>()
    };
    let (first, second) = (objects(one, a), objects(two, b));
    coordinated && !first.is_empty() && !second.is_empty() && first.is_disjoint(&second)
}

/// Whether one of two verbs is denied and the other not: "confirmed that it had struck the depot but denied that civilians were killed".
fn is_denied_alone(tree: &Tree, a: &Event, b: &Event) -> bool {
    let verb = |event: &Event| tree.upos(event.words[0]) == Upos::Verb;
    let denied = |event: &Event| event.aux == Some(Aux::Negation);
    verb(a) && verb(b) && denied(a) != denied(b)
}

/// Takes over the sides that only the retelling tells.
fn complete(first: &mut Event, retelling: &Event) {
    let known = |side: &[Resolved]| side.iter().any(|r| r.code.is_some());
    // "Airstrikes killed thirty" tells the airstrikes again, which are not their own actor; "demonstrators" are.
    let told = |r: &Resolved| r.sector.is_none() && (first.words.contains(&r.head) || retelling.words.contains(&r.head) || first.retold.contains(&r.head));
    let others = |own: &[Resolved], side: &[Resolved]| !side.iter().any(|r| told(r) || own.iter().any(|o| o.head == r.head));
    if !known(&first.actors) && known(&retelling.actors) && others(&first.recipients, &retelling.actors) {
        first.actors.clone_from(&retelling.actors);
    }
    // Where all sides act nobody is acted upon: the city that somebody came to meet in is no recipient.
    if !first.reciprocal && !known(&first.recipients) && known(&retelling.recipients) && others(&first.actors, &retelling.recipients) {
        first.recipients.clone_from(&retelling.recipients);
    }
    if first.place.is_none() {
        first.place.clone_from(&retelling.place);
    }
    if first.time.is_none() {
        first.time.clone_from(&retelling.time);
    }
    first.retold.push(retelling.words[0]);
}

/// Tells what speaks for `other` being an event of its own beside `first`, which scores better.
pub fn features(tree: &Tree, lexicon: &Lexicon, first: &Event, other: &Event, out: &mut impl Sink) {
    let (a, b) = (first.words[0], other.words[0]);
    let (row_a, row_b) = (lexicon.row(first.row), lexicon.row(other.row));
    let kind = other.kind;
    let poses = format!("{}{}", pos(row_a.pos), pos(row_b.pos));
    let way = path(tree, a, b);
    let order = if a < b { "after" } else { "before" };
    let actors = compared(&first.actors, &other.actors);
    let recipients = compared(&first.recipients, &other.recipients);
    out.flag(format_args!("bias"));
    out.flag(format_args!("lang {}", tree.lang));
    out.flag(format_args!("type {kind}"));
    out.flag(format_args!("pos {poses}"));
    out.flag(format_args!("way {way}"));
    out.flag(format_args!("way {way} {poses}"));
    out.flag(format_args!("steps {}", distance(tree, a, b)));
    out.flag(format_args!("steps {} {kind}", distance(tree, a, b)));
    out.flag(format_args!("gap {} {order}", gap(a.abs_diff(b))));
    out.flag(format_args!("actors {actors}"));
    out.flag(format_args!("recipients {recipients}"));
    out.flag(format_args!("sides {actors} {recipients}"));
    out.flag(format_args!("sides {actors} {recipients} {kind}"));
    out.flag(format_args!("aux {}", first.aux == other.aux));
    out.flag(format_args!("modes {} {}", first.mode.as_deref().unwrap_or("-"), other.mode.as_deref().unwrap_or("-")));
    out.flag(format_args!("mode {kind} {}", first.mode == other.mode));
    out.flag(format_args!("same word {} {poses}", tree.lemma(a) == tree.lemma(b)));
    out.flag(format_args!("joined {}", joined(tree, a, b)));
    out.flag(format_args!("places {}", pair(first.place.as_ref().map(|p| &p.1), other.place.as_ref().map(|p| &p.1))));
    out.flag(format_args!("times {}", pair(first.time.as_ref().map(|t| &t.words), other.time.as_ref().map(|t| &t.words))));
    for name in ["Number", "Definite", "VerbForm"] {
        if let Some(value) = tree.word(b).feats.get(name) {
            out.flag(format_args!("{name} {value} {poses}"));
        }
    }
    out.tell(format_args!("score"), other.score);
    out.tell(format_args!("score of first"), first.score);
}

fn pos(pos: Pos) -> char {
    match pos {
        Pos::Verb => 'v',
        Pos::Noun => 'n',
        Pos::Adjective => 'a',
    }
}

fn gap(words: usize) -> usize {
    [3, 6, 11, 21].iter().filter(|&&bound| words >= bound).count()
}

/// Whether one trigger is coordinated with the other or with what governs it.
fn joined(tree: &Tree, a: usize, b: usize) -> &'static str {
    let up = |w: usize| std::iter::once(w).chain(tree.ancestors(w)).take(4).collect::<Vec<_>>();
    let (ups_a, ups_b) = (up(a), up(b));
    let conj = |ups: &[usize], other: &[usize]| ups.iter().any(|&w| tree.rel(w) == Base::Conj && tree.head(w).is_some_and(|h| other.contains(&h)));
    match (conj(&ups_a, &ups_b) || conj(&ups_b, &ups_a), ups_a.contains(&b) || ups_b.contains(&a)) {
        (true, _) => "conjunction",
        (_, true) => "below",
        _ => "neither",
    }
}

fn compared(a: &[Resolved], b: &[Resolved]) -> &'static str {
    let codes = |side: &[Resolved]| side.iter().filter_map(|r| r.code).collect::<BTreeSet<Code>>();
    let heads = |side: &[Resolved]| side.iter().map(|r| r.head).collect::<BTreeSet<usize>>();
    if !heads(a).is_disjoint(&heads(b)) {
        return "shared";
    }
    let (a, b) = (codes(a), codes(b));
    match (a.is_empty(), b.is_empty()) {
        (true, true) => "unknown",
        (false, true) => "first",
        (true, false) => "other",
        _ if a == b => "same",
        _ if a.is_disjoint(&b) => "different",
        _ => "overlap",
    }
}

fn pair<T: PartialEq>(a: Option<T>, b: Option<T>) -> &'static str {
    match (a, b) {
        (None, None) => "none",
        (Some(a), Some(b)) if a == b => "same",
        (Some(_), Some(_)) => "different",
        _ => "one",
    }
}
