//! Surface tokens: white space separates chunks, a classifier tells where a chunk comes apart. Addresses of the web and of mail stay whole.

use super::address;
use super::sentences::is_title;
use crate::Span;
use crate::linear::{Linear, feature, text_feature};
use crate::normal::is_common_letter;

/// Kind of a character, as far as tokens care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Other,
}

fn class(c: char) -> Class {
    if is_common_letter(c) {
        Class::Letter
    } else if c.is_numeric() {
        Class::Digit
    } else if c.is_alphabetic() || crate::normal::is_dropped(c) {
        Class::Letter
    } else {
        Class::Other
    }
}

/// The surface tokens of a text, in order; white space lies between them and in none. `breaks` are bytes where white space is missing, in order.
#[must_use]
pub fn tokens(text: &str, breaks: &[usize], split: &Linear) -> Vec<Span> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut atoms = Vec::new();
    let mut breaks = breaks;
    for mut chunk in chunks(text) {
        loop {
            let passed = breaks.partition_point(|&b| b <= chunk.start as usize);
            breaks = &breaks[passed..];
            let end = breaks.first().map_or(chunk.end, |&b| chunk.end.min(b as u32));
            atoms_of(text, Span { end, ..chunk }, &mut atoms);
            push_tokens(text, &atoms, split, &mut out);
            if end == chunk.end {
                break;
            }
            chunk.start = end;
        }
    }
    out
}

/// Spans between white space. Control characters count as white space: they carry no word.
fn chunks(text: &str) -> impl Iterator<Item = Span> + '_ {
    let is_space = |c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}';
    text.split(is_space).filter(|chunk| !chunk.is_empty()).map(move |chunk| {
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + chunk.len())
    })
}

/// Cuts a chunk into an address, runs of letters, runs of digits and single other characters: the smallest things a token is made of.
fn atoms_of(text: &str, chunk: Span, atoms: &mut Vec<Span>) {
    atoms.clear();
    let Some(address) = address::find(&text[chunk.range()]) else { return runs(text, chunk, atoms) };
    let start = chunk.start as usize;
    let (from, to) = (start + address.start, start + address.end);
    runs(text, Span::new(start, from), atoms);
    atoms.push(Span::new(from, to));
    runs(text, Span::new(to, chunk.end as usize), atoms);
}

fn runs(text: &str, chunk: Span, atoms: &mut Vec<Span>) {
    let mut last: Option<Class> = None;
    for (i, c) in text[chunk.range()].char_indices() {
        let at = chunk.start as usize + i;
        let this = class(c);
        match (last, atoms.last_mut()) {
            (Some(l), Some(atom)) if l == this && this != Class::Other => atom.end = (at + c.len_utf8()) as u32,
            _ => atoms.push(Span::new(at, at + c.len_utf8())),
        }
        last = Some(this);
    }
}

fn push_tokens(text: &str, atoms: &[Span], split: &Linear, out: &mut Vec<Span>) {
    let Some((&first, rest)) = atoms.split_first() else { return };
    out.push(first);
    let mut features = [0; FEATURES];
    for (i, &atom) in rest.iter().enumerate() {
        let token = out.last_mut().expect("a token was pushed above");
        boundary_features(text, atoms, i + 1, *token, &mut features);
        // The full stop of a title is part of it, whether or not the treebank has that title.
        let of_title = i + 1 == rest.len() && &text[atom.range()] == "." && is_title(&text[token.range()]);
        if !of_title && split.score(&features) > 0 {
            out.push(atom);
        } else {
            token.end = atom.end;
        }
    }
}

/// Number of features of a boundary.
pub const FEATURES: usize = 12;

/// Features of the boundary before atom `i`: the atoms on both sides, their classes, the token so far.
fn boundary_features(text: &str, atoms: &[Span], i: usize, token: Span, out: &mut [u32; FEATURES]) {
    let atom = |k: isize| usize::try_from(i as isize + k).ok().and_then(|k| atoms.get(k)).map_or("", |s| &text[s.range()]);
    let (left, right) = (atom(-1), atom(0));
    let (before, after) = (atom(-2), atom(1));
    let shape = |s: &str| shape(s);
    let (l, r, b, a) = (shape(left), shape(right), shape(before), shape(after));
    let so_far = &text[token.range()];
    let short = |s: &str| if s.len() <= 24 { text_feature(99, s) } else { 0 };
    *out = [
        feature(1, [l, r]),
        feature(2, [b, l, r]),
        feature(3, [l, r, a]),
        feature(4, [b, l, r, a]),
        feature(5, [short(left), r]),
        feature(6, [l, short(right)]),
        feature(7, [short(left), short(right)]),
        feature(8, [short(so_far), r]),
        feature(9, [short(right), a, short(after)]),
        feature(10, [shape(atom(-3)), b, l, r, a]),
        feature(11, [short(before), l, short(right)]),
        feature(12, [u32::from(so_far.len() > left.len()), l, r]),
    ];
}

/// A small number for what an atom looks like: letters by script and case and whether short, digits by length, other characters by themselves.
fn shape(atom: &str) -> u32 {
    let Some(first) = atom.chars().next() else { return 0 };
    if address::is_address(atom) {
        return 1;
    }
    let length = atom.chars().take(4).count() as u32;
    match class(first) {
        Class::Digit => 8 + length,
        Class::Letter => 16 + length + if first.is_uppercase() { 8 } else { 0 } + if first.is_ascii() { 16 } else { 0 },
        Class::Other => 64 + first as u32,
    }
}

/// A decision to learn from: the features of a boundary and whether the treebank has one there.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What is seen.
    pub features: Vec<u32>,
    /// What is right.
    pub yes: bool,
}

/// The boundary decisions of a text whose tokens are known.
#[must_use]
pub fn decisions(text: &str, gold: &[Span]) -> Vec<Decision> {
    let mut out = Vec::new();
    let mut atoms = Vec::new();
    let mut features = [0; FEATURES];
    let mut g = 0;
    for chunk in chunks(text) {
        atoms_of(text, chunk, &mut atoms);
        let mut token = atoms[0];
        for i in 1..atoms.len() {
            while g < gold.len() && gold[g].end <= token.start {
                g += 1;
            }
            boundary_features(text, &atoms, i, token, &mut features);
            let yes = gold[g..].iter().take_while(|t| t.start <= atoms[i].start).any(|t| t.start == atoms[i].start);
            out.push(Decision { features: features.to_vec(), yes });
            token = if yes { atoms[i] } else { token.join(atoms[i]) };
        }
    }
    out
}
