//! The forms of the built-in tables' words, which `build.rs` makes: to inflect them at every start would take longer than most runs.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use fst::Map;
use marsad_text::Lang;

use super::vary::{Vary, word_hash};
use crate::hash::hash;

/// How many forms are remembered as found or not: texts come back to a few words.
const MEMORY: usize = 1 << 14;

/// The bits of what is remembered that hold a set's number; the others are those of the hash. Its lowest bits the place in memory tells, but for two.
const NUMBER: u64 = 0xffff;

/// What stands where nothing is remembered yet: the number of no set, as the build makes fewer.
const NOTHING: u64 = u64::MAX;

/// The words of one language's tables and the forms that they have.
pub struct Made {
    /// Hashes of the words with their ways to vary, sorted: a word's number is its place.
    words: &'static [u8],
    /// Where the words of each set begin among `members`, and the end of the last.
    starts: &'static [u8],
    members: &'static [u8],
    /// To each form the set of words that have it.
    forms: Map<&'static [u8]>,
    /// The hash of a form, and in place of its lowest bits which set the form has, plus one; 0 for none; or [`NOTHING`].
    memory: Box<[AtomicU64]>,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Made({} words)", self.words.len() / 8)
    }
}

macro_rules! made {
    ($lang:literal) => {
        LazyLock::new(|| {
            Made::new([
                include_bytes!(concat!(env!("OUT_DIR"), "/", $lang, ".words")).as_slice(),
                include_bytes!(concat!(env!("OUT_DIR"), "/", $lang, ".starts")),
                include_bytes!(concat!(env!("OUT_DIR"), "/", $lang, ".members")),
                include_bytes!(concat!(env!("OUT_DIR"), "/", $lang, ".fst")),
            ])
        })
    };
}

static AR: LazyLock<Made> = made!("ar");
static EN: LazyLock<Made> = made!("en");
static RU: LazyLock<Made> = made!("ru");

impl Made {
    fn new([words, starts, members, forms]: [&'static [u8]; 4]) -> Made {
        let forms = Map::new(forms).expect("the build has made it");
        Made { words, starts, members, forms, memory: (0..MEMORY).map(|_| AtomicU64::new(NOTHING)).collect() }
    }

    /// What was made for a language.
    pub fn of(lang: Lang) -> &'static Made {
        match lang {
            Lang::Ar => &AR,
            Lang::En => &EN,
            Lang::Ru => &RU,
        }
    }

    /// The number of a word of the built-in tables.
    pub fn word(&self, vary: Vary, word: &str) -> Option<u32> {
        let wanted = word_hash(vary, word);
        let at = |n: usize| u64::from_le_bytes(self.words[8 * n..8 * n + 8].try_into().expect("eight bytes"));
        let (mut low, mut high) = (0, self.words.len() / 8);
        while low < high {
            let middle = low.midpoint(high);
            match at(middle).cmp(&wanted) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle as u32),
            }
        }
        None
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        self.words.len() / 8
    }

    /// How many sets of words there are.
    pub fn sets(&self) -> usize {
        self.starts.len() / 4 - 1
    }

    /// The words of a set.
    pub fn members(&self, set: usize) -> impl Iterator<Item = u32> {
        let number = |bytes: &[u8], n: usize| u32::from_le_bytes(bytes[4 * n..4 * n + 4].try_into().expect("four bytes"));
        let range = number(self.starts, set)..number(self.starts, set + 1);
        range.map(move |n| u16::from_le_bytes(self.members[2 * n as usize..2 * n as usize + 2].try_into().expect("two bytes")).into())
    }

    /// The set of the words that have a form. What was asked for last is remembered, so that a text's words are looked up once for all tables.
    pub fn set(&self, form: &str) -> Option<usize> {
        let hash = hash(form);
        let memory = &self.memory[hash as usize % MEMORY];
        let number = recalled(memory.load(Ordering::Relaxed), hash).unwrap_or_else(|| {
            let number = self.forms.get(form).map_or(0, |set| set + 1);
            memory.store(hash & !NUMBER | number, Ordering::Relaxed);
            number
        });
        (number as usize).checked_sub(1)
    }
}

/// What a place in memory says of the form with a hash: the number of its set, plus one, or 0 for none. `None` if it does not remember the form.
fn recalled(remembered: u64, hash: u64) -> Option<u64> {
    (remembered != NOTHING && remembered & !NUMBER == hash & !NUMBER).then_some(remembered & NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_remembered_no_form_is_found() {
        for hash in [0, 7, !NUMBER, !NUMBER | 7, u64::MAX] {
            assert_eq!(recalled(NOTHING, hash), None, "{hash:x}");
        }
        let hash = 0x0123_4567_89ab_cdef;
        assert_eq!(recalled(hash & !NUMBER | 5, hash), Some(5));
        assert_eq!(recalled(hash & !NUMBER, hash), Some(0));
        assert_eq!(recalled(hash & !NUMBER | 5, !hash), None);
        assert_eq!(recalled(!NUMBER | 5, u64::MAX), Some(5));
    }
}
