//! Where an event took place: the phrase of place that belongs to it.

use std::ops::Range;

use marsad_text::{Base, Lang};

use crate::actors::resolve::{Resolved, Scene};
use crate::model::{Code, EventType};

/// Prepositions that say where something is.
const LOCATIVE: &[(Lang, &[&str])] = &[
    (Lang::En, &["in", "at", "near", "outside", "inside", "across", "around", "throughout"]),
    (Lang::Ru, &["в", "на", "под", "близ", "около", "возле", "у", "вблизи"]),
    (Lang::Ar, &["في", "ب", "قرب", "داخل", "وسط", "جنوب", "شمال", "شرق", "غرب", "جنوبي", "شمالي", "شرقي", "غربي"]),
];

/// Prepositions that say where something goes.
const DIRECTIVE: &[(Lang, &[&str])] = &[
    (Lang::En, &["to", "into", "toward", "towards", "along", "on"]),
    (Lang::Ru, &["в", "на", "к", "вдоль"]),
    (Lang::Ar, &["الي", "نحو", "علي", "صوب", "باتجاه"]),
];

/// The place that a phrase names: words, name, country.
pub(super) type Place = (Range<usize>, String, Option<Code>);

/// The nearest phrase of place below the event, else below what carries it, else deeper below, that no participant is; where forces are moved, else where they
/// go; else the place to which it is done.
pub(super) fn place_of(scene: &Scene, kind: EventType, words: &[usize], light: Option<usize>, [actors, recipients]: [&[Resolved]; 2]) -> Option<Place> {
    let tree = scene.tree;
    let mut tops: Vec<usize> = words.to_vec();
    tops.extend(light);
    tops.extend(tree.ancestors(words[0]).take(2));
    let near = || tops.iter().flat_map(|&top| tree.children(top).iter().copied());
    let deep = words.iter().flat_map(|&w| tree.subtree(w));
    let free = |c: &usize| !actors.iter().chain(recipients).any(|r| r.head == *c);
    let found = near().chain(deep).filter(free).find_map(|c| place_at(scene, c));
    let to = || near().filter(|_| kind == EventType::Mobilize).filter(free).find_map(|c| named_place(scene, c, DIRECTIVE));
    found.or_else(to).or_else(|| recipients.iter().filter(|_| happens_there(kind)).find_map(|r| town(scene, r)))
}

/// Whether a place to which it is done is where it happens: a town that is bombed or visited, but not one that is accused.
fn happens_there(kind: EventType) -> bool {
    matches!(kind, EventType::Assault | EventType::Consult | EventType::Mobilize | EventType::Retreat)
}

/// Words for towns, whose name follows: «مدينة صعدة», "the city of Aleppo".
const TOWNS: &[(Lang, &[&str])] = &[
    (Lang::En, &["city", "town", "village", "port", "camp", "district", "province", "region"]),
    (Lang::Ru, &["город", "село", "посёлок", "поселок", "деревня", "порт", "район", "область", "лагерь"]),
    (Lang::Ar, &["مدينة", "بلدة", "قرية", "ميناء", "مخيم", "حي", "محافظة", "منطقة", "إقليم"]),
];

/// The place that a participant is.
fn town(scene: &Scene, participant: &Resolved) -> Option<Place> {
    let (tree, head) = (scene.tree, participant.head);
    let place = |w: usize| scene.place_at(w).map(|(name, code)| (scene.resolve(w).words, name, code));
    let of_town = TOWNS.iter().any(|(lang, words)| *lang == tree.lang && words.iter().any(|word| tree.is_word(head, word)));
    place(head).or_else(|| tree.children(head).iter().filter(|_| of_town).find_map(|&c| place(c)))
}

/// The place that a phrase of place names.
pub(super) fn place_at(scene: &Scene, c: usize) -> Option<Place> {
    named_place(scene, c, LOCATIVE)
}

fn named_place(scene: &Scene, c: usize, prepositions: &[(Lang, &[&str])]) -> Option<Place> {
    let tree = scene.tree;
    if !matches!(tree.rel(c), Base::Obl | Base::Nmod | Base::Advmod) {
        return None;
    }
    let preposition = tree.preposition(c)?;
    if !prepositions.iter().any(|(l, list)| *l == tree.lang && list.contains(&preposition.as_str())) {
        return None;
    }
    if let Some((name, code)) = scene.place_at(c) {
        return Some((scene.resolve(c).words, name, code));
    }
    // "the city of Aleppo", «в городе Алеппо», «في مدينة حلب»
    let inside = [Base::Nmod, Base::Appos, Base::Flat, Base::Compound];
    let n = tree.children(c).iter().copied().find(|&n| inside.contains(&tree.rel(n)) && scene.place_at(n).is_some())?;
    let (name, code) = scene.place_at(n)?;
    Some((c.min(n)..c.max(n) + 1, name, code))
}
