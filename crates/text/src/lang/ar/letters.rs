//! An Arabic token as the letters that matter for taking it apart.

use std::ops::Range;

use crate::normal::fold_into;

/// A token as folded letters with the bytes they stand on. One value serves many tokens.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    pub(super) folded: Vec<char>,
    pub(super) places: Vec<Range<usize>>,
    /// The first letter as it is written.
    pub(super) first: char,
    buffer: String,
}

impl Letters {
    /// The letters of a token; marks belong to the letter before them.
    #[must_use]
    pub fn of(token: &str) -> Letters {
        let mut letters = Letters::default();
        letters.read(token);
        letters
    }

    /// [`Letters::of`] into this value.
    pub(super) fn read(&mut self, token: &str) {
        self.folded.clear();
        self.places.clear();
        self.first = token.chars().next().unwrap_or_default();
        for (at, c) in token.char_indices() {
            self.buffer.clear();
            fold_into(c.encode_utf8(&mut [0; 4]), &mut self.buffer);
            let end = at + c.len_utf8();
            for (n, f) in self.buffer.chars().enumerate() {
                self.folded.push(f);
                self.places.push(if n == 0 { at..end } else { end..end });
            }
            if self.buffer.is_empty()
                && let Some(last) = self.places.last_mut()
            {
                last.end = end;
            }
        }
        if let Some(first) = self.places.first_mut() {
            first.start = 0;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    pub(super) fn starts_with(&self, prefix: &str) -> bool {
        prefix.chars().enumerate().all(|(i, c)| self.folded.get(i) == Some(&c))
    }

    pub(super) fn ends_with(&self, suffix: &str) -> bool {
        let n = suffix.chars().count();
        self.folded.len() >= n && suffix.chars().eq(self.folded[self.folded.len() - n..].iter().copied())
    }
}
