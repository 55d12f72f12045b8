//! Misspelt names: a word one slip away (Damerau 1964: a letter lost, added, changed, or two neighbours exchanged) from exactly one well-known name.

use marsad_text::normal::bare;

use crate::forms::Forms;

/// Names shorter than this, without an article, are too close to other words: «الخروج» is not «النرويج».
const SHORTEST: usize = 8;

/// An index of names by what is left of them when one letter is lost.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    names: Vec<(Box<str>, u32)>,
    shortened: Forms,
}

impl Spelling {
    /// Adds a folded name of one word.
    pub fn add(&mut self, name: &str, id: u32) {
        let is_it = |n: &u32| matches!(&self.names[*n as usize], (known, of) if &**known == name && *of == id);
        if bare(name).chars().count() < SHORTEST || self.shortened.of(name).iter().any(is_it) {
            return;
        }
        let n = self.names.len() as u32;
        self.names.push((name.into(), id));
        for short in shortened(name) {
            self.shortened.add(&short, n);
        }
        self.shortened.add(name, n);
    }

    /// What the word is a misspelling of, if that is one thing only. The first letter must be right: slips there are rare, and other words begin there.
    pub fn mend(&self, word: &str) -> Option<u32> {
        let length = bare(word).chars().count();
        if !(SHORTEST - 1..=24).contains(&length) {
            return None;
        }
        let mut meant: Option<u32> = None;
        let candidates = shortened(word).into_iter().chain([word.to_owned()]);
        for n in candidates.flat_map(|s| self.shortened.of(&s)) {
            let (name, id) = &self.names[*n as usize];
            if name.chars().next() == word.chars().next() && is_one_slip(word, name) {
                match meant {
                    Some(other) if other != *id => return None,
                    _ => meant = Some(*id),
                }
            }
        }
        meant
    }
}

/// The word with each letter in turn left out.
fn shortened(word: &str) -> Vec<String> {
    word.char_indices().map(|(i, c)| format!("{}{}", &word[..i], &word[i + c.len_utf8()..])).collect()
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
