//! Who takes part: a logistic model over candidate phrases, for where frames are silent or wrong.
//!
//! Frames say where participants of a word should stand. Sentences of the news put them elsewhere too: in the clause before, in a place or a casualty figure. The
//! linker sees what the frame says of each phrase, how it hangs on the trigger and what it means, and decides: actor, recipient, or neither.

use marsad_text::{Base, Upos};

use super::company::{Companion, company};
use super::feature::{Feature, Sink, Weights};
use super::lexicon::EventRow;
use super::reader::Insight;
use crate::actors::resolve::{Basis, Resolved, Scene};
use crate::model::Sector;
use crate::tree::Tree;

/// Weights of the linker by feature: `linker.tsv` of `learned`. Of each phrase alone, for actor and recipient; then among the others, for both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linker {
    weights: Weights<4>,
}

/// A phrase that may take part, with what the linker sees of it.
#[derive(Clone, Debug)]
pub struct Link {
    /// Head of the phrase.
    pub head: usize,
    /// What it means.
    pub resolved: Resolved,
    /// Whether it says where, and no frame has asked for it: a place is no participant unless it acts.
    pub scene: bool,
    /// Probabilities that it is an actor and a recipient, 0 to 1.
    pub chances: [f32; 2],
    /// Features of the phrase alone; empty where nobody wants to keep them.
    pub features: Vec<Feature>,
}

impl Linker {
    /// Reads a table of feature names with four weights: alone as actor and recipient, among the others as actor and recipient. `None` where a line is not that.
    #[must_use]
    pub fn parse(text: &str) -> Option<Linker> {
        Weights::parse(text).map(|weights| Linker { weights })
    }

    /// Reads what the build makes of such a table.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Linker> {
        Weights::from_bytes(bytes).map(|weights| Linker { weights })
    }

    /// Whether there is nothing learned, so that frames alone decide.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }
}

/// What a frame found, as the linker needs it.
#[derive(Clone, Copy, Debug)]
pub struct Framed<'a> {
    /// Heads of the actors.
    pub actors: &'a [usize],
    /// Heads of the recipients.
    pub recipients: &'a [usize],
    /// Slots that were filled.
    pub slots: &'a [(String, usize)],
    /// Whether all sides act.
    pub reciprocal: bool,
    /// The empty verb above an event noun.
    pub light: Option<usize>,
    /// Heads of the subjects of verbs of saying: who reports an event stands beside it too.
    pub speakers: &'a [usize],
    /// Heads of the subjects of a verb that condemns the event: no actors of it.
    pub accusers: &'a [usize],
    /// What the encoder says of the sentence.
    pub insight: Option<Insight<'a>>,
}

/// The phrases of a sentence that may take part in an event, as `linker` judges them. `skip` holds words that cannot: the expression itself, times. With `keep`
/// they keep their features.
#[must_use]
pub fn links(scene: &Scene, linker: &Linker, row: &EventRow, words: &[usize], framed: Framed, skip: &dyn Fn(usize) -> bool, keep: bool) -> Vec<Link> {
    let tree = scene.tree;
    let heads = heads(scene, row, words, framed, skip);
    let nearest = heads.iter().copied().min_by_key(|&h| (distance(tree, words[0], h), h.abs_diff(words[0])));
    let describe = |head: usize| {
        let resolved = scene.resolve(head);
        let asked = framed.actors.contains(&head) || framed.recipients.contains(&head);
        let says_where = !asked && super::place::place_at(scene, head).is_some();
        let phrase = Phrase { tree, row, words, trigger: words[0], head, resolved: &resolved, framed, nearest: nearest == Some(head) };
        let (mut kept, mut sum) = (Vec::new(), linker.weights.sum());
        if keep {
            features(&phrase, &mut kept);
            kept.iter().for_each(|(name, value)| sum.add(name, *value));
        } else {
            features(&phrase, &mut sum);
        }
        (Link { head, resolved, scene: says_where, chances: [0.5; 2], features: kept }, sum.log_odds())
    };
    let (mut links, odds): (Vec<Link>, Vec<[f32; 4]>) = heads.into_iter().map(describe).unzip();
    if !linker.is_empty() {
        weigh_together(linker, row, framed.reciprocal, &mut links, &odds);
    }
    links
}

/// The heads of the phrases that may take part, in the order of the text: what a frame found, names and roles of the tables, and of pronouns, unknown names and
/// other nouns those that the encoder does not rule out; without an encoder none of these, as nothing else tells which.
fn heads(scene: &Scene, row: &EventRow, words: &[usize], framed: Framed, skip: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let tree = scene.tree;
    let mut known = vec![false; tree.len()];
    for found in scene.mentions.names.iter().chain(&scene.mentions.roles) {
        if let Some(head) = tree.head_of(&found.words) {
            known[head] = true;
        }
    }
    let likely = |w: usize, least: f32| {
        let sides = framed.insight.zip(row.kind).and_then(|(insight, kind)| insight.sides(words, kind, w));
        sides.is_some_and(|[actor, recipient]| actor.max(recipient) >= least)
    };
    let proposed = |w: usize| match tree.upos(w) {
        _ if known[w] => true,
        _ if scene.is_named(w) || scene.is_role(w) => false,
        Upos::Pron | Upos::Det => tree.feat(w, "PronType", "Prs") && likely(w, SOMEBODY),
        Upos::Propn | Upos::X => !continues_name(tree, w) && likely(w, SOMEBODY),
        Upos::Noun => likely(w, SOMETHING),
        _ => false,
    };
    let framed_head = |w: usize| framed.actors.contains(&w) || framed.recipients.contains(&w);
    let takes_part = |w: usize| framed_head(w) || proposed(w) && !words.contains(&w) && !skip(w) && !belongs_to_another(scene, w, words);
    (0..tree.len()).filter(|&w| takes_part(w)).collect()
}

/// Log odds that the encoder has to give pronouns and unknown names as a side of an event, and other nouns.
const SOMEBODY: f32 = -2.5;
const SOMETHING: f32 = -0.5;

/// Whether a word continues the name above it.
fn continues_name(tree: &Tree, w: usize) -> bool {
    matches!(tree.rel(w), Base::Flat | Base::Compound) && tree.head(w).is_some_and(|h| matches!(tree.upos(h), Upos::Propn | Upos::X))
}

/// Gives the phrases their probabilities, from the log odds of each alone and of each before it is told of the others.
fn weigh_together(linker: &Linker, row: &EventRow, reciprocal: bool, links: &mut [Link], odds: &[[f32; 4]]) {
    let chance = |odds: f32| 1.0 / (1.0 + (-odds).exp());
    let companion = |(link, odds): (&Link, &[f32; 4])| Companion { chances: [chance(odds[0]), chance(odds[1])], code: link.resolved.code, place: link.head };
    let all: Vec<Companion> = links.iter().zip(odds).map(companion).collect();
    let kind = row.kind.map_or("none", |k| k.name());
    for (n, (link, odds)) in links.iter_mut().zip(odds).enumerate() {
        let mut sum = linker.weights.sum();
        company(&all, n, kind, reciprocal, &mut sum);
        let [.., actor, recipient] = sum.log_odds();
        link.chances = [chance(odds[2] + actor), chance(odds[3] + recipient)];
    }
}

/// Whether a name or role is part of another phrase that may take part itself: the adjective of a minister, the country of an army.
fn belongs_to_another(scene: &Scene, head: usize, words: &[usize]) -> bool {
    let tree = scene.tree;
    let Some(above) = tree.head(head) else { return false };
    if words.contains(&above) {
        return false;
    }
    let inside = match tree.rel(head) {
        Base::Amod | Base::Compound | Base::Flat | Base::Det => true,
        // Trees take a name after a comma for another name of what stands before it: "at the United Nations, Trump threatened…".
        Base::Appos => {
            let code = |w: usize| scene.resolve(w).code;
            !scene.is_named(head) || code(head).is_none() || code(above).is_none() || code(head) == code(above)
        }
        Base::Nmod => tree.preposition(head).is_none_or(|p| matches!(p.as_str(), "of" | "ل" | "من")),
        _ => false,
    };
    inside && (scene.is_named(above) || scene.is_role(above) || scene.is_other(above))
}

/// Steps between two words of the tree, at most 9.
pub(super) fn distance(tree: &Tree, a: usize, b: usize) -> usize {
    let up: Vec<usize> = std::iter::once(a).chain(tree.ancestors(a)).collect();
    let down = std::iter::once(b).chain(tree.ancestors(b)).enumerate();
    down.filter_map(|(n, w)| up.iter().position(|&u| u == w).map(|m| m + n)).min().unwrap_or(9).min(9)
}

/// The way from the trigger to a phrase: relations upward with ^, then downward; long ways by their length only.
pub(super) fn path(tree: &Tree, from: usize, to: usize) -> String {
    let up: Vec<usize> = std::iter::once(from).chain(tree.ancestors(from)).collect();
    let down: Vec<usize> = std::iter::once(to).chain(tree.ancestors(to)).collect();
    let Some((n, m)) = down.iter().enumerate().find_map(|(n, w)| up.iter().position(|u| u == w).map(|m| (n, m))) else { return "none".to_owned() };
    if n + m > 4 {
        return format!("up {} down {}", m.min(5), n.min(5));
    }
    let climbs = up[..m].iter().map(|&w| format!("^{}", tree.rel(w)));
    let falls = down[..n].iter().rev().map(|&w| tree.rel(w).to_string());
    climbs.chain(falls).collect::<Vec<_>>().join(" ")
}

/// A phrase beside a trigger, for its features.
struct Phrase<'a> {
    tree: &'a Tree<'a>,
    row: &'a EventRow,
    words: &'a [usize],
    trigger: usize,
    head: usize,
    resolved: &'a Resolved,
    framed: Framed<'a>,
    /// Whether no other is nearer to the trigger.
    nearest: bool,
}

fn features(phrase: &Phrase, out: &mut impl Sink) {
    let Phrase { tree, row, words, trigger, head, resolved: r, framed, nearest } = *phrase;
    let kind = row.kind.map_or("none", |k| k.name());
    let pos = row.pos.letter();
    let frame = match (framed.actors.contains(&head), framed.recipients.contains(&head)) {
        (true, _) if framed.reciprocal => "both",
        (true, _) => "actor",
        (_, true) => "recipient",
        _ => "none",
    };
    let slot = framed.slots.iter().find(|(_, w)| *w == head).map_or("-", |(s, _)| s.as_str());
    let what = what(tree, head, r);
    let order = if head < trigger { "before" } else { "after" };
    let way = path(tree, trigger, head);
    let steps = distance(tree, trigger, head);
    let empty = (framed.actors.is_empty(), framed.recipients.is_empty());
    let preposition = tree.preposition(head).unwrap_or_else(|| "-".to_owned());
    let lang = tree.lang;
    let gap = match head.abs_diff(trigger) {
        0..=2 => 0,
        3..=5 => 1,
        6..=10 => 2,
        11..=20 => 3,
        _ => 4,
    };
    let light = framed.light.is_some();
    out.flag(format_args!("bias"));
    out.flag(format_args!("frame {frame}"));
    out.flag(format_args!("frame {frame} {pos} {lang}"));
    out.flag(format_args!("frame {frame} {what}"));
    out.flag(format_args!("frame {frame} {kind}"));
    out.flag(format_args!("frame {frame} slot {slot} {pos}"));
    out.flag(format_args!("way {way}"));
    out.flag(format_args!("way {way} {pos} {what}"));
    out.flag(format_args!("way {way} {lang}"));
    out.flag(format_args!("prep {lang} {preposition} {pos}"));
    out.flag(format_args!("prep {lang} {preposition} {what}"));
    out.flag(format_args!("prep {lang} {preposition} {kind}"));
    let sector = r.sector.map_or("none", Sector::name);
    out.flag(format_args!("sector {sector} {kind}"));
    out.flag(format_args!("sector {sector} {kind} {order}"));
    out.flag(format_args!("sector {sector} {frame}"));
    out.flag(format_args!("word {lang} {}", tree.lemma(head)));
    out.flag(format_args!("word {lang} {} {kind}", tree.lemma(head)));
    out.flag(format_args!("lemma {kind} {lang} {} {frame}", tree.lemma(trigger)));
    out.flag(format_args!("lemma {kind} {lang} {} {way}", tree.lemma(trigger)));
    if framed.speakers.contains(&head) {
        out.flag(format_args!("says {frame} {pos}"));
        out.flag(format_args!("says {frame} {kind}"));
        out.flag(format_args!("says {what}"));
        out.flag(format_args!("says steps {steps}"));
    }
    out.flag(format_args!("coded {} {frame} {kind}", r.code.is_some()));
    out.flag(format_args!("what {what}"));
    out.flag(format_args!("what {what} {kind}"));
    out.flag(format_args!("what {what} {kind} {order}"));
    out.flag(format_args!("order {order} {pos} {lang}"));
    out.flag(format_args!("gap {gap} {order}"));
    out.flag(format_args!("steps {steps} {frame}"));
    out.flag(format_args!("steps {steps} {pos}"));
    out.flag(format_args!("empty {} {} {frame}", empty.0, empty.1));
    out.flag(format_args!("empty {} {} {what}", empty.0, empty.1));
    out.flag(format_args!("empty {} {} steps {steps}", empty.0, empty.1));
    out.flag(format_args!("basis {:?} {frame}", r.basis));
    out.flag(format_args!("rel {} {pos}", tree.rel(head)));
    out.flag(format_args!("rel {} {what}", tree.rel(head)));
    if nearest {
        out.flag(format_args!("nearest {order}"));
        out.flag(format_args!("nearest {} {} {what}", empty.0, empty.1));
    }
    if light {
        out.flag(format_args!("light {frame} {order}"));
    }
    if framed.reciprocal {
        out.flag(format_args!("reciprocal {what} {frame}"));
    }
    let sides = framed.insight.zip(row.kind).and_then(|(insight, kind)| insight.sides(words, kind, head));
    if let Some(sides) = sides {
        Insight::tell_sides(sides, lang, frame, what, kind, out);
    }
    let together = framed.insight.zip(row.kind).and_then(|(insight, kind)| insight.sides_of_phrase(words, kind, r.words.clone()));
    if let Some(together) = together {
        Insight::tell_phrase(together, lang, frame, out);
    }
}

/// The kind of actor in one word.
fn what(tree: &Tree, head: usize, r: &Resolved) -> &'static str {
    if tree.upos(head) == Upos::Pron {
        return "pronoun";
    }
    match (r.basis, r.sector) {
        (Basis::Nothing, _) => "unknown",
        (Basis::Attached, None) => "attached",
        _ if r.place => "place",
        (_, Some(Sector::Gov)) if !r.person && r.basis == Basis::Name => "country",
        (_, Some(Sector::Gov | Sector::Leg | Sector::Jud | Sector::Spy)) => "state",
        (_, Some(Sector::Mil | Sector::Cop | Sector::Prm)) => "force",
        (_, Some(Sector::Reb | Sector::Uaf | Sector::Crm)) => "armed",
        (_, Some(Sector::Pty | Sector::Opp)) => "party",
        (_, Some(Sector::Jrn)) => "media",
        (_, Some(_)) => "people",
        (_, None) if r.person => "person",
        (_, None) => "body",
    }
}
