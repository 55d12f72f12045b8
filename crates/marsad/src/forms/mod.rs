//! Indices from words to numbers: [`Forms`] has the words that it is given, by their hashes only, [`Inflected`] all their forms.
//!
//! The built-in words in all their forms are hundreds of thousands of strings, which an automaton holds that the build makes. What a user adds is kept as hashes:
//! that two forms of a table, or a form and any of a million other words, share a hash of 64 bits has a chance of about one in 10^8.

mod inflected;
mod made;
// The build reads it too; each of the two uses only a part.
#[allow(dead_code)]
pub mod vary;

use crate::hash::{self, ByHash, hash};

pub use inflected::{Inflected, Inflecting};
pub use vary::Vary;

/// Numbers by word.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    numbers: ByHash<Numbers>,
}

/// Most words have one number.
#[derive(Clone, Debug)]
enum Numbers {
    One(u32),
    More(Vec<u32>),
}

impl Numbers {
    fn as_slice(&self) -> &[u32] {
        match self {
            Numbers::One(n) => std::slice::from_ref(n),
            Numbers::More(all) => all,
        }
    }
}

impl Forms {
    /// Gives a word a number, behind those that it has.
    pub fn add(&mut self, word: &str, number: u32) {
        match self.numbers.entry(hash(word)).or_insert(Numbers::One(number)) {
            Numbers::One(n) if *n == number => {}
            Numbers::More(all) if all.contains(&number) => {}
            Numbers::More(all) => all.push(number),
            one @ Numbers::One(_) => *one = Numbers::More([one.as_slice(), &[number]].concat()),
        }
    }

    /// The numbers of a word in the order in which it got them.
    #[must_use]
    pub fn of(&self, word: &str) -> &[u32] {
        self.numbers.get(&hash(word)).map_or(&[], Numbers::as_slice)
    }

    /// Whether no word has a number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Whether a word has a number.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.numbers.contains_key(&hash(word))
    }

    /// Sorts the numbers of each word.
    pub fn sort(&mut self) {
        for numbers in self.numbers.values_mut() {
            if let Numbers::More(all) = numbers {
                all.sort_unstable();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_each_number_once() {
        let mut forms = Forms::default();
        for (word, n) in [("حرب", 7), ("война", 2), ("حرب", 3), ("حرب", 7)] {
            forms.add(word, n);
        }
        assert_eq!(forms.of("حرب"), [7, 3]);
        assert_eq!(forms.of("война"), [2]);
        assert_eq!(forms.of("war"), [0; 0]);
        assert!(forms.knows("война") && !forms.knows("войны"));
        forms.sort();
        assert_eq!(forms.of("حرب"), [3, 7]);
    }
}
