//! What an item can be known by in any language: whom and what it names, its numbers, the skeletons of its words.

use marsad_text::Lang;
use marsad_text::normal::fold;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

use super::concepts::Concepts;
use super::skeleton::skeleton;
use super::stems::Stems;
use super::units::Unit;
use crate::actors::{Actors, Known};
use crate::model::Mention;

/// What a key is of; the order is that of the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A country, its people or its adjective.
    Country,
    /// A place within one.
    Place,
    /// An organisation or an institution with a name.
    Organisation,
    /// A person.
    Person,
    /// A number of two digits.
    Number2,
    /// A number of three digits.
    Number3,
    /// A number of four or more digits.
    Number4,
    /// A skeleton of three consonants.
    Skeleton3,
    /// A skeleton of four.
    Skeleton4,
    /// A skeleton of five.
    Skeleton5,
    /// A longer skeleton.
    Skeleton6,
    /// A thing that news is about.
    Concept,
    /// A stem, for comparison within one language.
    Stem,
}

/// How many classes there are.
pub const CLASSES: usize = 13;

/// A key: what it is of, and a number for the thing itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it is of.
    pub class: Class,
    /// The thing.
    pub id: u64,
}

/// What an item is known by.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// Sorted, each once.
    pub keys: Vec<Key>,
    /// How many words the item has.
    pub words: usize,
}

/// A name that the actors' tables know.
#[derive(Clone, Debug)]
pub struct Named {
    /// The unit it stands in.
    pub unit: usize,
    /// Usual English name, and whether it is a place; `None` for another reading of the same words.
    shown: Option<(Mention, bool)>,
    key: Key,
}

/// The actors and places named in units, in order.
#[must_use]
pub fn named(units: &[Unit], actors: &Actors, uncased: bool) -> Vec<Named> {
    let mut words: Vec<&str> = Vec::new();
    let mut unit_of = Vec::new();
    for (u, unit) in units.iter().enumerate() {
        for word in unit.text.split(' ') {
            words.push(word);
            unit_of.push(u);
        }
    }
    let mut out = Vec::new();
    for found in actors.surface_names(&words, uncased) {
        for (i, &id) in found.ids.iter().enumerate() {
            let known = actors.known(id);
            let Some((class, name, place)) = described(known, actors) else { continue };
            // A country's names in three languages are one, its code.
            let thing = known.code().filter(|_| class == Class::Country).map_or_else(|| name.clone(), |code| code.to_string());
            let shown = (i == 0).then(|| (Mention { name, code: known.code(), count: 1 }, place));
            out.push(Named { unit: unit_of[found.words.start], shown, key: key(class, &thing) });
        }
    }
    out
}

/// Actors and places of the units from `first` to before `after`, the most named first.
#[must_use]
pub fn mentions(named: &[Named], first: usize, after: usize) -> (Vec<Mention>, Vec<Mention>) {
    let mut counts: FxHashMap<(bool, &str), (usize, Mention)> = FxHashMap::default();
    for (mention, place) in named.iter().filter(|n| (first..after).contains(&n.unit)).filter_map(|n| n.shown.as_ref()) {
        let next = counts.len();
        let slot = counts.entry((*place, mention.name.as_str())).or_insert_with(|| (next, Mention { count: 0, ..mention.clone() }));
        slot.1.count += 1;
    }
    let mut all: Vec<(bool, usize, Mention)> = counts.into_iter().map(|((place, _), (order, mention))| (place, order, mention)).collect();
    all.sort_by_key(|(_, order, mention)| (std::cmp::Reverse(mention.count), *order));
    let of = |want: bool| all.iter().filter(|(place, ..)| *place == want).map(|(.., mention)| mention.clone()).collect();
    (of(false), of(true))
}

/// Class and English name of what is known, and whether it is a place.
fn described(known: &Known, actors: &Actors) -> Option<(Class, String, bool)> {
    let country = |code| actors.country(code).map_or_else(|| format!("{code}"), str::to_owned);
    Some(match known {
        Known::Country { name, .. } => (Class::Country, name.clone(), false),
        Known::Adjective(code) | Known::People(code) => (Class::Country, country(*code), false),
        Known::Place { name, .. } => (Class::Place, name.clone(), true),
        Known::Metonym { name, .. } | Known::Organisation { name, .. } => (Class::Organisation, name.clone(), false),
        Known::Person { name, .. } => (Class::Person, name.clone(), false),
        Known::Role(..) => return None,
    })
}

/// What each unit is known by, sorted, each once.
#[must_use]
pub fn unit_keys(units: &[Unit], lang: Option<Lang>, named: &[Named], stems: &Stems, concepts: &Concepts) -> Vec<Vec<Key>> {
    let mut cache: FxHashMap<&str, Vec<Key>> = FxHashMap::default();
    let mut out: Vec<Vec<Key>> = Vec::with_capacity(units.len());
    for unit in units {
        let mut keys = Vec::new();
        for word in &unit.words {
            keys.extend(cache.entry(word).or_insert_with(|| word_keys(word, lang, stems, concepts)).iter().copied());
        }
        out.push(keys);
    }
    for name in named {
        out[name.unit].push(name.key);
    }
    for keys in &mut out {
        keys.sort_unstable();
        keys.dedup();
    }
    out
}

/// What units are known by together.
#[must_use]
pub fn together(units: &[Unit], unit_keys: &[Vec<Key>]) -> Keys {
    let mut keys: Vec<Key> = unit_keys.iter().flatten().copied().collect();
    keys.sort_unstable();
    keys.dedup();
    Keys { keys, words: units.iter().map(|u| u.words.len()).sum() }
}

/// What a word is known by.
fn word_keys(word: &str, lang: Option<Lang>, stems: &Stems, concepts: &Concepts) -> Vec<Key> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    match digits.len() {
        0 => {}
        1 => return Vec::new(),
        n => return vec![key([Class::Number2, Class::Number3, Class::Number4][(n - 2).min(2)], &digits)],
    }
    let mut out = Vec::new();
    let stem = stems.stem(word);
    if let Some(lang) = lang {
        let things = forms(lang, word, &stem).into_iter().flat_map(|form| concepts.named(form, lang, stems));
        out.extend(things.map(|thing| Key { class: Class::Concept, id: u64::from(*thing) }));
    }
    for form in lang.map(|lang| forms(lang, word, &stem)).unwrap_or_default() {
        let skeleton = lang.map(|lang| skeleton(lang, form)).unwrap_or_default();
        let class = match skeleton.len() {
            0..3 => continue,
            3 => Class::Skeleton3,
            4 => Class::Skeleton4,
            5 => Class::Skeleton5,
            _ => Class::Skeleton6,
        };
        out.push(key(class, &skeleton));
    }
    out.push(key(Class::Stem, &stem));
    out
}

/// The forms of a word that may be a name: as it stands, without its ending, and in Arabic without what is written on to it.
fn forms<'w>(lang: Lang, word: &'w str, stem: &'w str) -> Vec<&'w str> {
    if lang != Lang::Ar {
        return vec![word, stem];
    }
    let mut out = vec![word];
    for prefix in ["وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك"] {
        out.extend(word.strip_prefix(prefix).filter(|rest| rest.chars().count() >= 3));
    }
    out
}

fn key(class: Class, thing: &str) -> Key {
    let mut hasher = FxHasher::default();
    fold(thing).hash(&mut hasher);
    Key { class, id: hasher.finish() }
}
