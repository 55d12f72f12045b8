//! What the network sees of a word: its spelling, whole and in pieces, and its shape. No vocabulary of words beyond the trained pieces.

use crate::linear::text_feature;
use crate::normal::fold_into;

/// Number of features of a word.
pub const FEATURES: usize = 12;

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
    [
        text_feature(1, form),
        text_feature(2, folded),
        prefix(1),
        prefix(2),
        prefix(3),
        suffix(1),
        suffix(2),
        suffix(3),
        suffix(4),
        suffix(5),
        text_feature(3, &shape(form)),
        stem,
    ]
}

fn clip(form: &str) -> &str {
    match form.char_indices().nth(LONGEST) {
        Some((at, _)) => &form[..at],
        None => form,
    }
}

/// Runs of one kind of character as one letter: `Xx`, `X`, `d-d`, `ع`.
fn shape(form: &str) -> String {
    let mut out = String::new();
    let mut last = '\0';
    for c in form.chars() {
        let kind = if c.is_numeric() {
            'd'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_lowercase() {
            'x'
        } else if c.is_alphabetic() {
            'a'
        } else if crate::normal::is_dropped(c) {
            continue;
        } else {
            c
        };
        if kind != last {
            out.push(kind);
        }
        last = kind;
        if out.len() > 12 {
            break;
        }
    }
    out
}
