//! Prepositions in a user's frames: any word may be one, but not one of ours with its letters in another order.

use std::collections::{BTreeMap, BTreeSet};

use marsad_text::Lang;

use super::frame::{Slot, parse};
use super::lexicon::{SHAPE, path};
use crate::model::EventType;
use crate::tables::{Key, Problems, Row, Shape, TableError, Tables};

/// Prepositions of a user's rows that are misspelt.
pub fn misspelt(tables: &Tables, lang: Lang) -> Vec<TableError> {
    let paths: Vec<String> = EventType::ALL.iter().map(|&kind| path(Some(kind), lang)).collect();
    if paths.iter().all(|path| tables.are_built_in(path)) {
        return Vec::new();
    }
    let all = Shape { key: Key::None, gone: Key::None, ..SHAPE };
    let rows = || paths.iter().flat_map(|path| tables.collect(path, &all, &mut Problems::default()));
    let known: BTreeSet<String> = rows().filter(|row| !row.own).flat_map(|row| prepositions(&row)).collect();
    let by_letters = by_letters(&known);
    let slip = |row: &Row, word: &String| {
        let meant = by_letters.get(&letters(word)).filter(|_| word.chars().count() > 4 && !known.contains(word))?;
        Some(row.error(format!("slot is {word}, expected a preposition; did you mean {meant}?")))
    };
    rows().filter(|row| row.own).flat_map(|row| prepositions(&row).iter().filter_map(|word| slip(&row, word)).collect::<Vec<_>>()).collect()
}

fn prepositions(row: &Row) -> Vec<String> {
    let frames = parse(row.get(2).unwrap_or_default()).unwrap_or_default();
    let slots = frames.into_iter().flat_map(|frame| [frame.actor, frame.recipient].concat());
    slots.filter_map(|slot| if let Slot::With(word) = slot { Some(word) } else { None }).collect()
}

/// Words by their letters; of several with the same letters the first by the alphabet.
fn by_letters(words: &BTreeSet<String>) -> BTreeMap<Vec<char>, &String> {
    words.iter().rev().map(|word| (letters(word), word)).collect()
}

fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_words_with_the_same_letters_the_first_is_meant() {
        let words: BTreeSet<String> = ["amongst", "thorugh", "through", "hguorth", "gnomast"].map(str::to_owned).into();
        let meant: Vec<&String> = by_letters(&words).into_values().collect();
        assert_eq!(meant, ["amongst", "hguorth"]);
    }
}
