//! How a host is spelt that a token does not spell out: «واصابة» is و + إصابة, «انه» is أن or إن + ه.
//!
//! Hosts that training saw have their spellings; where there are several, the proclitic and the word before decide. Other hosts begin as the words do that share their
//! first letters. A spelling must agree with what the token does write.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::linear::{feature, text_feature};
use crate::normal::bare;

/// What has been learned about the spelling of hosts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Spelling {
    /// Spellings of hosts, by hash of the folded host, the commonest first.
    forms: FxHashMap<u32, Vec<String>>,
    /// Which of them a place asks for, by hash of host and place.
    places: FxHashMap<u32, u8>,
    /// How words with these first letters begin, by their hash, article aside: the first letter.
    firsts: FxHashMap<u32, char>,
}

/// What stands around a host.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Number of its chain of proclitics.
    pub proclitics: u32,
    /// Hash of the word before the token.
    pub previous: u32,
    /// Whether it has no enclitic.
    pub at_end: bool,
}

/// Hash of a host or of a beginning.
#[must_use]
pub fn host_key(folded: &str) -> u32 {
    text_feature(96, folded)
}

/// Hash of a host after a chain of proclitics and, where `previous` is not 0, after a word.
#[must_use]
pub fn place_key(folded: &str, proclitics: u32, previous: u32) -> u32 {
    feature(95, [host_key(folded), proclitics, previous])
}

/// Beginnings that tell how a word's first alef is written: three to six letters of the word without its article, longest first.
pub fn beginnings(folded: &str) -> impl Iterator<Item = &str> {
    let word = Some(bare(folded)).filter(|w| w.starts_with('ا'));
    (3..=6).rev().filter_map(move |n| Some(&word?[..word?.char_indices().nth(n).map(|(at, _)| at)?]))
}

/// Whether a form may be what is meant by a surface: the same but for the alef's hamza and, where the host's end is the token's end, the dots of yeh.
#[must_use]
pub fn agrees(form: &str, surface: &str, at_end: bool) -> bool {
    let dots = |f: char, s: char| at_end && matches!((s, f), ('ى', 'ي') | ('ي', 'ى'));
    let same = |f: char, s: char| f == s || (s == 'ا' && matches!(f, 'أ' | 'إ' | 'آ' | 'ٱ')) || dots(f, s);
    let mut form = form.chars();
    surface.chars().all(|s| form.next().is_some_and(|f| same(f, s))) && form.next().is_none()
}

impl Spelling {
    /// Puts the trained parts together.
    #[must_use]
    pub fn new(forms: FxHashMap<u32, Vec<String>>, places: FxHashMap<u32, u8>, firsts: FxHashMap<u32, char>) -> Spelling {
        Spelling { forms, places, firsts }
    }

    /// Corrects `surface`, the host as the token writes it, in place; returns whether training saw the host's spelling.
    pub(super) fn correct(&self, folded: &str, place: Place, surface: &mut String) -> bool {
        if let Some(forms) = self.forms.get(&host_key(folded)) {
            if let Some(form) = self.choose(forms, folded, place, surface) {
                surface.clear();
                surface.push_str(form);
            }
            return true;
        }
        // A ligature folds to the article's letters and is not written with them.
        let article = if bare(folded).len() < folded.len() && surface.starts_with("ال") { "ال".len() } else { 0 };
        let known = self.forms.get(&host_key(bare(folded))).and_then(|forms| forms.iter().find(|f| agrees(f, &surface[article..], place.at_end)));
        if let Some(form) = known {
            surface.truncate(article);
            surface.push_str(form);
        } else if surface[article..].starts_with('ا')
            && let Some(first) = beginnings(folded).find_map(|b| self.firsts.get(&host_key(b)))
        {
            surface.replace_range(article..article + 'ا'.len_utf8(), first.encode_utf8(&mut [0; 4]));
        }
        false
    }

    fn choose<'a>(&self, forms: &'a [String], folded: &str, place: Place, surface: &str) -> Option<&'a String> {
        let asked = [place.previous, 0].into_iter().filter_map(|previous| self.places.get(&place_key(folded, place.proclitics, previous)));
        let mut likely = asked.filter_map(|&n| forms.get(n as usize)).chain(forms);
        let strict = likely.clone().find(|form| agrees(form, surface, false));
        strict.or_else(|| likely.find(|form| agrees(form, surface, place.at_end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_agrees_with_what_is_written() {
        for (form, surface, yes) in
            [("إصابة", "اصابة", true), ("إن", "أن", false), ("في", "فى", true), ("أن", "انه", false), ("رأى", "رأي", true), ("دولة", "دوله", false)]
        {
            assert_eq!(agrees(form, surface, true), yes, "{form} {surface}");
        }
        assert!(!agrees("رأى", "رأي", false));
    }

    #[test]
    fn beginnings_leave_the_article_out() {
        assert_eq!(beginnings("الاصلاح").collect::<Vec<_>>(), ["اصلا", "اصل"]);
        assert_eq!(beginnings("كتاب").count(), 0);
    }
}
