//! Russian names in their cases.
//!
//! Of tens of thousands of atoms a text has few, so that their hundreds of thousands of forms are made only where a text has a word that begins so.

use std::sync::OnceLock;

use marsad_text::Lang;

use super::trie::Trie;
use crate::forms::Forms;
use crate::hash::hash;

/// How many letters at the end of an atom its forms may change («Египет», «Египта»), and how many at its beginning tell groups apart.
const CHANGED: usize = 2;
const TELLING: usize = 4;
/// All forms keep so many; a superlative («наибольший») is no form of a name.
const KEPT: usize = 2;

/// How many groups there are, of about six atoms each.
const GROUPS: usize = 1 << 13;

/// The atoms of a trie by their beginnings.
#[derive(Debug, Default)]
pub(super) struct Declined {
    /// Atoms, each with the place of the one of the same group before it, plus one.
    atoms: Vec<(u32, u32)>,
    /// The place of the last atom of each group, plus one; 0 for none.
    last: Vec<u32>,
    forms: Vec<OnceLock<Forms>>,
}

/// The first letters of a word.
fn beginning(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}

/// The group of a beginning; others may fall into the same one.
fn group(beginning: &str) -> usize {
    hash(beginning) as usize % GROUPS
}

/// How many letters at the beginning of an atom tell its group. Nearly all forms keep them; short forms of adjectives («важен» of «важный»), which are no
/// forms of names, do not and are not found.
fn kept(atom: &str) -> usize {
    let letters = if atom.len() >= 2 * (TELLING + CHANGED) { TELLING + CHANGED } else { atom.chars().count() };
    letters.saturating_sub(CHANGED).clamp(KEPT, TELLING)
}

impl Declined {
    /// Adds an atom of the trie.
    pub fn add(&mut self, atom: &str, number: u32) {
        if self.last.is_empty() {
            self.last = vec![0; GROUPS];
            self.forms.resize_with(GROUPS, OnceLock::new);
        }
        let last = &mut self.last[group(beginning(atom, kept(atom)))];
        self.atoms.push((number, *last));
        *last = self.atoms.len() as u32;
    }

    /// The numbers of the atoms that have a form, each once, in ascending order.
    pub fn of(&self, folded: &str, trie: &Trie) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.groups_of(folded, trie).flat_map(|forms| forms.of(folded)).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Whether an atom has a form.
    pub fn knows(&self, folded: &str, trie: &Trie) -> bool {
        self.groups_of(folded, trie).any(|forms| forms.knows(folded))
    }

    /// The groups in which the atoms of a form may be.
    fn groups_of(&self, folded: &str, trie: &Trie) -> impl Iterator<Item = &Forms> {
        let longest = if self.atoms.is_empty() { 0 } else { folded.chars().take(TELLING).count().max(KEPT) };
        let groups = (KEPT..=longest).map(|letters| group(beginning(folded, letters))).filter(|&group| self.last[group] != 0);
        groups.map(|group| self.forms[group].get_or_init(|| self.forms(group, trie)))
    }

    fn forms(&self, group: usize, trie: &Trie) -> Forms {
        let mut forms = Forms::default();
        let mut at = self.last[group];
        while at != 0 {
            let (number, before) = self.atoms[at as usize - 1];
            let (atom, vary) = (trie.atom(number), trie.vary(number));
            let same = beginning(atom, KEPT);
            vary.forms(Lang::Ru, atom).iter().filter(|form| beginning(form, KEPT) == same).for_each(|form| forms.add(form, number));
            at = before;
        }
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::super::trie::Growing;
    use super::*;
    use crate::forms::Vary;

    #[test]
    fn names_are_found_in_their_cases_only() {
        let mut growing = Growing::new(Lang::Ru);
        for (n, (atom, vary)) in
            [("Египет", Vary::Name), ("Чад", Vary::Name), ("Павел", Vary::Name), ("Путин", Vary::Surname), ("я", Vary::Name)].into_iter().enumerate()
        {
            growing.add(atom, vary, n as u32, false);
        }
        let trie = growing.done();
        let mut declined = Declined::default();
        trie.atoms().enumerate().for_each(|(n, (atom, _))| declined.add(atom, n as u32));
        for (form, number) in [("египта", 0), ("египет", 0), ("чаде", 1), ("чад", 1), ("павлом", 2), ("путиным", 3), ("я", 4)]
        {
            assert_eq!(declined.of(form, &trie), [number], "{form}");
            assert!(declined.knows(form, &trie));
        }
        for word in ["египтянин", "ча", "павлин", "путинна", "", "яя"] {
            assert!(declined.of(word, &trie).is_empty() && !declined.knows(word, &trie), "{word}");
        }
    }
}
