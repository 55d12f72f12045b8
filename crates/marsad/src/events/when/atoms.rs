//! Words as runs of letters, runs of digits and single other characters, so that it does not matter whether `2014-03-03`, `1990-е` or `mid-March` came as one
//! word or as several.

use marsad_text::normal::is_letter;

use super::When;
use super::lexicon::{Entry, Lexicon};

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Letters,
    Digits,
    Other,
}

/// A piece of a word.
#[derive(Clone, Copy, Debug)]
pub struct Atom<'a> {
    /// Folded text.
    pub text: &'a str,
    pub shape: Shape,
    /// Number of the word.
    pub word: usize,
    /// Whether the atom before belongs to the same word.
    pub glued: bool,
    /// Whether the word is written with a capital.
    pub capital: bool,
    /// See [`When::governs`].
    pub governs: bool,
    /// See [`When::named`].
    pub named: bool,
    /// What the table knows of it.
    pub entry: Option<&'static Entry>,
}

impl Atom<'_> {
    /// The value of up to six digits.
    pub fn digits(&self) -> Option<i32> {
        (self.shape == Shape::Digits && self.text.len() <= 6).then(|| self.text.parse().ok()).flatten()
    }
}

/// The atoms of a sentence.
pub fn atoms<'a>(words: &[When<'a>], lexicon: &'static Lexicon) -> Vec<Atom<'a>> {
    let mut out = Vec::with_capacity(words.len() + words.len() / 4);
    for (word, w) in words.iter().enumerate().filter(|(_, w)| !is_address(w.folded)) {
        let capital = w.form.chars().any(char::is_uppercase);
        for (n, (shape, text)) in pieces(w.folded).enumerate() {
            out.push(Atom { text, shape, word, glued: n > 0, capital, governs: w.governs, named: w.named, entry: lexicon.entry(text) });
        }
        // A lone tatweel, of which folding leaves nothing, is a dash: «7 ـ 13 يونيو».
        if w.form == "ـ" {
            out.push(Atom { text: "-", shape: Shape::Other, word, glued: false, capital, governs: false, named: false, entry: None });
        }
    }
    out
}

/// Whether a word is an address on the web, which often has a date in it.
fn is_address(folded: &str) -> bool {
    folded.starts_with("www.") || folded.contains("://")
}

/// Cuts folded text into pieces; white space lies between them.
pub fn pieces(text: &str) -> impl Iterator<Item = (Shape, &str)> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let shape = shape(first);
        let end = match shape {
            // Two hyphens are a dash.
            Shape::Other if first == '-' => rest.find(|c| c != '-').unwrap_or(rest.len()),
            Shape::Other => first.len_utf8(),
            _ => rest.find(|c| self::shape(c) != shape).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after.trim_start();
        Some((shape, piece))
    })
}

fn shape(c: char) -> Shape {
    if c.is_ascii_digit() {
        Shape::Digits
    } else if is_letter(c) {
        Shape::Letters
    } else {
        Shape::Other
    }
}
