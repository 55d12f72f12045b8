//! Misspelt names: a word one slip away (Damerau 1964: a letter lost, added, changed, or two neighbours exchanged) from exactly one well-known name.

use marsad_text::normal::bare;
use rustc_hash::FxHashMap;

/// Names shorter than this, without an article, are too close to other words: «الخروج» is not «النرويج».
const SHORTEST: usize = 8;

/// Names by their first letter: slips there are rare, and other words begin there.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    names: FxHashMap<char, Vec<(Box<str>, u32)>>,
}

impl Spelling {
    /// Adds a folded name of one word.
    pub fn add(&mut self, name: &str, id: u32) {
        if let Some(first) = name.chars().next().filter(|_| bare(name).chars().count() >= SHORTEST) {
            self.names.entry(first).or_default().push((name.into(), id));
        }
    }

    /// What the word is a misspelling of, if that is one thing only.
    pub fn mend(&self, word: &str) -> Option<u32> {
        let length = bare(word).chars().count();
        if !(SHORTEST - 1..=24).contains(&length) {
            return None;
        }
        let mut meant: Option<u32> = None;
        for (name, id) in self.names.get(&word.chars().next()?)? {
            // A letter has at most four bytes.
            if word.len().abs_diff(name.len()) <= 4 && is_one_slip(word, name) {
                match meant {
                    Some(other) if other != *id => return None,
                    _ => meant = Some(*id),
                }
            }
        }
        meant
    }
}

/// Whether two different words are one slip apart.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([x, y], [u, v]) => x == v && y == u,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended_and_other_words_left_alone() {
        let mut spelling = Spelling::default();
        for (i, name) in ["كازاخستان", "казахстан", "kazakhstan", "kyrgyzstan", "iran", "النرويج"].iter().enumerate() {
            spelling.add(name, i as u32);
        }
        for (word, meant) in [
            ("كازاختسان", Some(0)),
            ("كازخستان", Some(0)),
            ("казхастан", Some(1)),
            ("kazakstan", Some(2)),
            ("kazakhstann", Some(2)),
            ("pakistan", None),
            ("irn", None),
            ("النرويخ", None),
            ("azakhstan", None),
        ] {
            assert_eq!(spelling.mend(word), meant, "{word}");
        }
    }
}
