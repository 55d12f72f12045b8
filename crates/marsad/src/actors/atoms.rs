//! Atoms of a text: the runs of letters and digits that names are made of; `cut` has those of a table.

use std::borrow::Cow;

use marsad_text::Lang;
use marsad_text::normal::{bare, fold};

use super::cut::{COMMA, pieces};
use crate::tree::Tree;

/// An atom of a sentence.
#[derive(Debug)]
pub(super) struct Atom<'a> {
    pub key: Cow<'a, str>,
    pub word: usize,
    pub capital: bool,
    pub capitals: bool,
    /// Punctuation lies before it.
    pub barrier: bool,
    /// The word before it, which the parser took for a clitic, is its first letter.
    pub joined: bool,
}

impl Atom<'_> {
    /// The key without the Arabic article.
    pub fn bare(&self) -> &str {
        bare(&self.key)
    }
}

/// The atoms of words that nobody has parsed; Arabic clitics are taken off where a name is left.
pub(super) fn surface_atoms(lang: Lang, words: &[&str], knows: impl Fn(&str) -> bool) -> Vec<Atom<'static>> {
    let mut out = Vec::with_capacity(words.len());
    for (word, form) in words.iter().enumerate() {
        let mut barrier = word == 0;
        for piece in pieces(form) {
            let mut key = fold(piece);
            if lang == Lang::Ar && !knows(&key) && !knows(bare(&key)) {
                key = without_clitics(&key).into_iter().find(|rest| knows(rest) || knows(bare(rest))).unwrap_or(key);
            }
            if key.is_empty() {
                continue;
            }
            let capitals = piece.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let capital = piece.chars().next().is_some_and(char::is_uppercase);
            out.push(Atom { key: key.into(), word, capital, capitals, barrier, joined: false });
            barrier = false;
        }
    }
    out
}

/// What may be left of an Arabic word when conjunctions and prepositions written with it are taken off.
fn without_clitics(key: &str) -> Vec<String> {
    let mut out = Vec::new();
    let without_and = key.strip_prefix(['و', 'ف']);
    out.extend(without_and.map(str::to_owned));
    for host in [Some(key), without_and].into_iter().flatten() {
        out.extend(host.strip_prefix("لل").map(|rest| format!("ال{rest}")));
        out.extend(host.strip_prefix(['ب', 'ل', 'ك']).map(str::to_owned));
    }
    out.retain(|rest| rest.chars().count() >= 3);
    out
}

/// The atoms of a sentence. Where the parser has taken an Arabic word apart wrongly, or not at all, and no name or role knows what is left (`known`), a name
/// decides of whose atoms it is one (`knows`).
pub(super) fn sentence_atoms<'a>(tree: &'a Tree, known: &dyn Fn(&str) -> bool, knows: &dyn Fn(&str) -> bool) -> Vec<Atom<'a>> {
    let mut out = Vec::with_capacity(tree.len());
    let mut barrier = true;
    for word in 0..tree.len() {
        let form = tree.form(word);
        if form == "'s" || form == "’s" {
            barrier = true;
            continue;
        }
        let mut any = false;
        for piece in pieces(form) {
            let key = if piece.len() == form.len() { Cow::from(tree.folded(word)) } else { fold(piece).into() };
            if key.is_empty() {
                continue;
            }
            let (key, joined) = if tree.lang == Lang::Ar && !known(&key) { arabic_key(tree, word, key, knows) } else { (key, false) };
            let capitals = piece.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let capital = piece.chars().next().is_some_and(char::is_uppercase);
            out.push(Atom { key, word, capital, capitals, barrier, joined });
            any = true;
            barrier = false;
        }
        // A comma is an atom of the names that have one ("Moscow, Idaho"), and of no other.
        if !any && matches!(form, "," | "،") {
            out.push(Atom { key: COMMA.into(), word, capital: false, capitals: false, barrier, joined: false });
            barrier = false;
            continue;
        }
        // Hyphens, quotation marks and full stops may stand inside a name, brackets may not.
        if !any && !matches!(form, "-" | "–" | "." | "«" | "»" | "\"" | "“" | "”" | "„" | "'" | "’" | "&" | "‑") {
            barrier = true;
        }
    }
    out
}

/// Fewer letters than this are left of too many words.
const SHORTEST_HOST: usize = 5;

/// The key of an Arabic word that is unknown: if with the clitic before it («و» and «ارسو»), or without one that is still there («لأوكرانيا»), it is one of a name.
/// Also whether it is with the clitic.
fn arabic_key<'a>(tree: &Tree, word: usize, key: Cow<'a, str>, knows: &dyn Fn(&str) -> bool) -> (Cow<'a, str>, bool) {
    let clitic = word.checked_sub(1).filter(|&c| tree.word(c).token == tree.word(word).token && tree.folded(c).chars().count() == 1);
    if let Some(joined) = clitic.map(|c| format!("{}{key}", tree.folded(c))).filter(|joined| knows(joined)) {
        return (joined.into(), true);
    }
    let host = without_clitics(&key).into_iter().find(|rest| rest.chars().count() >= SHORTEST_HOST && knows(rest));
    (host.map_or(key, Cow::from), false)
}
