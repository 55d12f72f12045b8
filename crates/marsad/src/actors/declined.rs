//! Russian names in their cases.
//!
//! Of tens of thousands of atoms a text has few, so that their hundreds of thousands of forms are made only where a text has a word that begins so.

use std::sync::OnceLock;

use marsad_text::Lang;

use crate::forms::{Forms, Vary};
use crate::hash::hash;

/// How many letters at the end of an atom its forms may change («Египет», «Египта»), and how many at its beginning tell groups apart.
const CHANGED: usize = 2;
const TELLING: usize = 4;
/// All forms keep so many; a superlative («наибольший») is no form of a name.
const KEPT: usize = 2;

/// How many groups there are, of about six atoms each.
const GROUPS: usize = 1 << 13;

/// Atoms by their beginnings.
#[derive(Debug, Default)]
pub(super) struct Declined {
    letters: String,
    atoms: Vec<Atom>,
    /// The last atom of each group; empty where there is no atom.
    last: Vec<Option<u32>>,
    forms: Vec<OnceLock<Forms>>,
}

#[derive(Debug)]
struct Atom {
    /// Where it begins and ends among the letters.
    start: u32,
    end: u32,
    vary: Vary,
    number: u32,
    /// The atom of the same group that came before it.
    before: Option<u32>,
}

/// The first letters of a word.
fn beginning(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}

/// The group of a beginning; others may fall into the same one.
fn group(beginning: &str) -> usize {
    hash(beginning) as usize % GROUPS
}

/// How many letters at the beginning of an atom all its forms keep.
fn kept(atom: &str) -> usize {
    let letters = if atom.len() >= 2 * (TELLING + CHANGED) { TELLING + CHANGED } else { atom.chars().count() };
    letters.saturating_sub(CHANGED).clamp(KEPT, TELLING)
}

impl Declined {
    /// Adds a folded atom.
    pub fn add(&mut self, atom: &str, vary: Vary, number: u32) {
        if self.last.is_empty() {
            self.last = vec![None; GROUPS];
            self.forms.resize_with(GROUPS, OnceLock::new);
        }
        let start = self.letters.len() as u32;
        self.letters.push_str(atom);
        let before = self.last[group(beginning(atom, kept(atom)))].replace(self.atoms.len() as u32);
        self.atoms.push(Atom { start, end: self.letters.len() as u32, vary, number, before });
    }

    /// The numbers of the atoms that have a form, in the order in which they were added.
    pub fn of(&self, folded: &str) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.groups_of(folded).flat_map(|forms| forms.of(folded)).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Whether an atom has a form.
    pub fn knows(&self, folded: &str) -> bool {
        self.groups_of(folded).any(|forms| forms.knows(folded))
    }

    /// The groups in which the atoms of a form may be.
    fn groups_of(&self, folded: &str) -> impl Iterator<Item = &Forms> {
        let longest = if self.atoms.is_empty() { 0 } else { folded.chars().take(TELLING).count().max(KEPT) };
        let groups = (KEPT..=longest).map(|letters| group(beginning(folded, letters))).filter(|&group| self.last[group].is_some());
        groups.map(|group| self.forms[group].get_or_init(|| self.forms(group)))
    }

    fn forms(&self, group: usize) -> Forms {
        let mut forms = Forms::default();
        let next = |at: Option<u32>| at.map(|n| &self.atoms[n as usize]);
        for known in std::iter::successors(next(self.last[group]), |atom| next(atom.before)) {
            let atom = &self.letters[known.start as usize..known.end as usize];
            let same = beginning(atom, KEPT);
            known.vary.forms(Lang::Ru, atom).iter().filter(|form| beginning(form, KEPT) == same).for_each(|form| forms.add(form, known.number));
        }
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_their_cases_only() {
        let mut declined = Declined::default();
        for (n, (atom, vary)) in [("египет", Vary::Name), ("чад", Vary::Name), ("павел", Vary::Name), ("путин", Vary::Surname), ("я", Vary::Name)].into_iter().enumerate() {
            declined.add(atom, vary, n as u32);
        }
        for (form, number) in [("египта", 0), ("египет", 0), ("чаде", 1), ("чад", 1), ("павлом", 2), ("путиным", 3), ("я", 4)] {
            assert_eq!(declined.of(form), [number], "{form}");
            assert!(declined.knows(form));
        }
        for word in ["египтянин", "ча", "павлин", "путина́", "", "яя"] {
            assert!(declined.of(word).is_empty() && !declined.knows(word), "{word}");
        }
    }
}
