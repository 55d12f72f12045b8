//! Who takes part: a logistic model over candidate phrases, for where frames are silent or wrong.
//!
//! Frames say where participants of a word should stand. Sentences of the news put them elsewhere too: in the clause before, in a place or a casualty figure. The
//! linker sees what the frame says of each phrase, how it hangs on the trigger and what it means, and decides: actor, recipient, or neither.

use marsad_text::{Base, Upos};
use rustc_hash::FxHashMap;

use super::judge::Feature;
use super::lexicon::{EventRow, Pos};
use crate::actors::resolve::{Basis, Resolved, Scene};
use crate::model::Sector;
use crate::tree::Tree;

/// Weights of the linker by feature: `events/linker.tsv`, written by `marsad-lab judge`.
#[derive(Clone, Debug, Default)]
pub struct Linker {
    weights: FxHashMap<String, [f32; 2]>,
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
    /// Features.
    pub features: Vec<Feature>,
}

impl Linker {
    /// The built-in linker.
    ///
    /// # Panics
    /// If the embedded table is broken, which a test rules out.
    #[must_use]
    pub fn embedded() -> Linker {
        Linker::parse(include_str!("linker.tsv")).expect("the embedded linker is sound")
    }

    /// Reads a table of feature names with the weights for actor and recipient; `None` where a line is not that.
    #[must_use]
    pub fn parse(text: &str) -> Option<Linker> {
        let lines = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
        let read = |line: &str| {
            let mut cells = line.split('\t');
            let name = cells.next()?.to_owned();
            Some((name, [cells.next()?.trim().parse().ok()?, cells.next()?.trim().parse().ok()?]))
        };
        Some(Linker { weights: lines.map(read).collect::<Option<_>>()? })
    }

    /// Whether there is nothing learned, so that frames alone decide.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Probabilities that the phrase is an actor and a recipient.
    #[must_use]
    pub fn probabilities(&self, features: &[Feature]) -> [f32; 2] {
        let mut sums = [0.0f32; 2];
        for (name, value) in features {
            if let Some(w) = self.weights.get(name) {
                sums[0] += w[0] * value;
                sums[1] += w[1] * value;
            }
        }
        sums.map(|s| 1.0 / (1.0 + (-s).exp()))
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
}

/// The phrases of a sentence that may take part in an event, with their features. `skip` holds words that cannot: the expression itself, times.
#[must_use]
pub fn links(scene: &Scene, row: &EventRow, words: &[usize], framed: Framed, skip: &dyn Fn(usize) -> bool) -> Vec<Link> {
    let tree = scene.tree;
    let mut heads: Vec<usize> = framed.actors.iter().chain(framed.recipients).copied().collect();
    for found in scene.mentions.names.iter().chain(&scene.mentions.roles) {
        let Some(head) = found.words.clone().find(|&w| tree.head(w).is_none_or(|h| !found.words.contains(&h))) else { continue };
        if !heads.contains(&head) && !words.contains(&head) && !skip(head) && !belongs_to_another(scene, head, words) {
            heads.push(head);
        }
    }
    heads.sort_unstable();
    heads.dedup();
    let nearest = heads.iter().copied().min_by_key(|&h| (distance(tree, words[0], h), h.abs_diff(words[0])));
    let describe = |head: usize| {
        let resolved = scene.resolve(head);
        let asked = framed.actors.contains(&head) || framed.recipients.contains(&head);
        let says_where = !asked && super::code::place_at(scene, head).is_some();
        let features = features(tree, row, words[0], head, &resolved, framed, nearest == Some(head));
        Link { head, resolved, scene: says_where, features }
    };
    heads.into_iter().map(describe).collect()
}

/// Whether a name or role is part of another phrase that may take part itself: the adjective of a minister, the country of an army.
fn belongs_to_another(scene: &Scene, head: usize, words: &[usize]) -> bool {
    let tree = scene.tree;
    let Some(above) = tree.head(head) else { return false };
    if words.contains(&above) {
        return false;
    }
    let inside = match tree.rel(head) {
        Base::Amod | Base::Compound | Base::Flat | Base::Appos | Base::Det => true,
        Base::Nmod => tree.preposition(head).is_none_or(|p| matches!(p.as_str(), "of" | "ل" | "من")),
        _ => false,
    };
    inside && (scene.is_named(above) || scene.is_role(above))
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

fn features(tree: &Tree, row: &EventRow, trigger: usize, head: usize, r: &Resolved, framed: Framed, nearest: bool) -> Vec<Feature> {
    let kind = row.kind.map_or("none", |k| k.name());
    let pos = match row.pos {
        Pos::Verb => "v",
        Pos::Noun => "n",
        Pos::Adjective => "a",
    };
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
    let mut out: Vec<Feature> = Vec::with_capacity(32);
    let mut flag = |name: String| out.push((name, 1.0));
    flag("bias".to_owned());
    flag(format!("frame {frame}"));
    flag(format!("frame {frame} {pos} {lang}"));
    flag(format!("frame {frame} {what}"));
    flag(format!("frame {frame} {kind}"));
    flag(format!("frame {frame} slot {slot} {pos}"));
    flag(format!("way {way}"));
    flag(format!("way {way} {pos} {what}"));
    flag(format!("way {way} {lang}"));
    flag(format!("prep {lang} {preposition} {pos}"));
    flag(format!("prep {lang} {preposition} {what}"));
    flag(format!("prep {lang} {preposition} {kind}"));
    let sector = r.sector.map_or("none", Sector::name);
    flag(format!("sector {sector} {kind}"));
    flag(format!("sector {sector} {kind} {order}"));
    flag(format!("sector {sector} {frame}"));
    flag(format!("word {lang} {}", tree.lemma(head)));
    flag(format!("word {lang} {} {kind}", tree.lemma(head)));
    flag(format!("lemma {kind} {lang} {} {frame}", tree.lemma(trigger)));
    flag(format!("lemma {kind} {lang} {} {way}", tree.lemma(trigger)));
    flag(format!("coded {} {frame} {kind}", r.code.is_some()));
    flag(format!("what {what}"));
    flag(format!("what {what} {kind}"));
    flag(format!("what {what} {kind} {order}"));
    flag(format!("order {order} {pos} {lang}"));
    flag(format!("gap {gap} {order}"));
    flag(format!("steps {steps} {frame}"));
    flag(format!("steps {steps} {pos}"));
    flag(format!("empty {} {} {frame}", empty.0, empty.1));
    flag(format!("empty {} {} {what}", empty.0, empty.1));
    flag(format!("empty {} {} steps {steps}", empty.0, empty.1));
    flag(format!("basis {:?} {frame}", r.basis));
    flag(format!("rel {} {pos}", tree.rel(head)));
    flag(format!("rel {} {what}", tree.rel(head)));
    if nearest {
        flag(format!("nearest {order}"));
        flag(format!("nearest {} {} {what}", empty.0, empty.1));
    }
    if light {
        flag(format!("light {frame} {order}"));
    }
    if framed.reciprocal {
        flag(format!("reciprocal {what} {frame}"));
    }
    out
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
