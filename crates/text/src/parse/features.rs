//! What the network sees of a word: its spelling, whole and in pieces, and its shape. No vocabulary of words beyond the trained pieces.

use crate::linear::{feature, text_feature};
use crate::normal::fold_into;

/// Number of features of a word.
pub const FEATURES: usize = 12;

/// The feature of a folded form, from its hash in slot 1, under which a vector learned from other text may stand; no row stands for "unknown" there.
#[must_use]
pub fn vector_feature(folded: u32) -> u32 {
    folded.rotate_left(7) ^ 0x9e37_79b9
}

/// Pieces longer than this many characters are the same to the network as their beginnings.
const LONGEST: usize = 40;

/// Hashes of a word's features, one a slot: form as written, folded form, prefixes of 1 to 3 and suffixes of 1 to 5 folded characters, shape, and the
/// folded form without the Arabic article or the English or Russian ending's last two letters. 0 where a word is too short for the slot.
#[must_use]
pub fn word_features(form: &str, scratch: &mut String) -> [u32; FEATURES] {
    let form = clip(form);
    scratch.clear();
    fold_into(form, scratch);
    let folded = scratch.as_str();
    let mut bounds = [0usize; LONGEST + 1];
    let mut n = 0;
    for (i, _) in folded.char_indices().take(LONGEST) {
        bounds[n] = i;
        n += 1;
    }
    bounds[n] = folded.len();
    let prefix = |k: usize| if n > k { text_feature(10 + k as u32, &folded[..bounds[k]]) } else { 0 };
    let suffix = |k: usize| if n > k { text_feature(20 + k as u32, &folded[bounds[n - k]..]) } else { 0 };
    let stem = match folded.strip_prefix("ال") {
        Some(rest) if n > 4 => text_feature(30, rest),
        _ if n > 4 => text_feature(30, &folded[..bounds[n - 2]]),
        _ => 0,
    };
    [text_feature(1, form), text_feature(2, folded), prefix(1), prefix(2), prefix(3), suffix(1), suffix(2), suffix(3), suffix(4), suffix(5), shape(form), stem]
}

fn clip(form: &str) -> &str {
    match form.char_indices().nth(LONGEST) {
        Some((at, _)) => &form[..at],
        None => form,
    }
}

/// Feature of the runs of one kind of character, each as one letter: `Xx`, `X`, `d-d`, `ع`; up to the first thirteen bytes.
fn shape(form: &str) -> u32 {
    let mut kinds = ['\0'; 13];
    let (mut n, mut bytes) = (0, 0);
    let mut last = '\0';
    for c in form.chars() {
        let Some(kind) = kind(c) else { continue };
        if kind != last {
            kinds[n] = kind;
            n += 1;
            bytes += kind.len_utf8();
        }
        last = kind;
        if bytes > 12 {
            break;
        }
    }
    feature(3, kinds[..n].iter().map(|&c| c as u32))
}

/// Kind of a character in a shape; `None` for marks that carry no letter.
fn kind(c: char) -> Option<char> {
    match c {
        'a'..='z' | 'а'..='я' => Some('x'),
        'A'..='Z' | 'А'..='Я' => Some('X'),
        'ء'..='غ' | 'ف'..='ي' => Some('a'),
        _ if c.is_numeric() => Some('d'),
        _ if c.is_uppercase() => Some('X'),
        _ if c.is_lowercase() => Some('x'),
        _ if c.is_alphabetic() => Some('a'),
        _ if crate::normal::is_dropped(c) => None,
        _ => Some(c),
    }
}
