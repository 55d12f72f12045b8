//! Arabic words that are written together: «التقىبومبيو» is «التقى بومبيو».
//!
//! Texts lose white space on their way through editors, tables and printed pages. Arabic ones stay legible, since the shapes of letters show where a word ends,
//! so nobody mends them. The pieces of words that the encoder knows are a unigram model of the language (Kudo 2018): a run of letters comes apart where the words that
//! it would be are together likelier than the run as one word, by more the shorter the run is.

use std::sync::Arc;

use super::model::Stored;
use super::pieces::{BOUNDARY, Pieces};
use crate::normal::is_dropped;
use crate::parse::ModelError;

/// Tells where white space is missing; share it between threads.
#[derive(Clone, Debug)]
pub struct Spacing {
    pieces: Arc<Pieces>,
}

/// Shorter runs of letters are one word.
const SHORTEST: usize = 7;

/// Runs of this many letters are hardly ever one word.
const LONG: usize = 14;

/// Letters of a word, at most.
const MAX_WORD: usize = 22;

/// Log probability of a word that the caller knows, as a rare word has it, and what a clitic before it adds.
const KNOWN: f32 = -12.0;
const CLITIC: f32 = -1.5;

/// Letters of a word that the caller is asked about, at least.
const SHORTEST_KNOWN: usize = 4;

/// Letters that only a word's last can be.
const LAST: [char; 2] = ['ة', 'ى'];

/// The mark of nunation that an alef carries.
const FATHATAN: char = '\u{64b}';

/// Words of two letters that may come apart from others.
const SHORT: &[&str] = &[
    "في", "من", "عن", "مع", "لا", "ما", "أن", "إن", "قد", "لم", "لن", "أي", "هو", "هي", "كم", "أو", "أم", "كل", "بل", "هل", "إذ", "ذو", "ذا", "له", "به", "ثم",
    "هم", "هن",
];

/// What tells whether a run comes apart.
struct Prior {
    /// Log odds of each further word.
    each: f32,
    /// What the words together must be likelier by.
    least: f32,
    /// Whether the caller's words count.
    asks: bool,
}

impl Prior {
    fn of(run: &Run) -> Prior {
        let n = run.letters.len();
        match n {
            _ if n >= LONG || run.last[..n - 1].contains(&true) => Prior { each: -1.0, least: -4.0, asks: true },
            12.. => Prior { each: -2.0, least: 1.0, asks: false },
            _ => Prior { each: -2.0, least: 5.0, asks: false },
        }
    }
}

/// A run of letters without marks of vowels.
#[derive(Default)]
struct Run {
    letters: Vec<char>,
    /// The byte of the text where each begins.
    places: Vec<usize>,
    /// Whether each can only be a word's last.
    last: Vec<bool>,
}

impl Run {
    fn clear(&mut self) {
        self.letters.clear();
        self.places.clear();
        self.last.clear();
    }

    /// Adds a letter; before it may stand a mark of nunation, which ends a word, but for the alef that carries fathatan.
    fn push(&mut self, letter: char, place: usize, nunation: Option<char>) {
        let carrier = nunation == Some(FATHATAN) && letter == 'ا';
        if let Some(before) = self.last.last_mut().filter(|_| nunation.is_some() && !carrier) {
            *before = true;
        }
        self.letters.push(letter);
        self.places.push(place);
        self.last.push(carrier || LAST.contains(&letter));
    }
}

impl Spacing {
    /// The pieces of an encoder's file, without the encoder.
    ///
    /// # Errors
    /// [`ModelError`] where the file is not a sound encoder of this version.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Spacing, ModelError> {
        let stored = Stored::read(bytes)?;
        let pieces = stored.pieces().ok_or(ModelError::Unsound("sizes disagree"))?;
        Ok(Spacing { pieces: Arc::new(pieces) })
    }

    pub(super) fn new(pieces: Arc<Pieces>) -> Spacing {
        Spacing { pieces }
    }

    /// The bytes of an Arabic text where a word begins that is written together with the one before it, in order. `known` tells of words that the caller knows to be some.
    #[must_use]
    pub fn breaks(&self, text: &str, known: &dyn Fn(&str) -> bool) -> Vec<usize> {
        let mut out = Vec::new();
        let (mut run, mut nunation) = (Run::default(), None);
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            if is_letter(c) {
                run.push(c, at, nunation.take());
            } else if is_dropped(c) && !run.letters.is_empty() {
                nunation = nunation.or(Some(c).filter(|c| matches!(c, FATHATAN..='\u{64d}')));
            } else {
                if run.letters.len() >= SHORTEST {
                    self.part(&run, known, &mut out);
                }
                run.clear();
                nunation = None;
            }
        }
        out
    }

    fn part(&self, run: &Run, known: &dyn Fn(&str) -> bool, out: &mut Vec<usize>) {
        let word: String = [BOUNDARY].iter().chain(&run.letters).collect();
        let prior = Prior::of(run);
        let whole = &word[BOUNDARY.len_utf8()..];
        if !prior.asks && self.pieces.score(&word).is_some() || known(whole) {
            return;
        }
        let (together, starts) = self.words(run, &prior, known);
        if !starts.is_empty() && together - self.pieces.likeliest(&word) > prior.least {
            out.extend(starts.iter().map(|&s| run.places[s]));
        }
    }

    /// The likeliest words that a run may be, by Viterbi's algorithm: their log probability and where those after the first begin.
    fn words(&self, run: &Run, prior: &Prior, known: &dyn Fn(&str) -> bool) -> (f32, Vec<usize>) {
        let letters = &run.letters[..];
        let n = letters.len();
        let mut best = vec![(f32::NEG_INFINITY, 0); n + 1];
        best[0].0 = 0.0;
        let mut scores = [f32::NEG_INFINITY; MAX_WORD + 1];
        for from in 0..n {
            let sum = best[from].0 + if from > 0 { prior.each } else { 0.0 };
            if sum == f32::NEG_INFINITY {
                continue;
            }
            let end = self.words_from(&letters[from..], &run.last[from..], &mut scores);
            for length in 1..=end {
                let word = &letters[from..from + length];
                let known = if prior.asks { known_score(word, known) } else { f32::NEG_INFINITY };
                let score = sum + scores[length].max(known);
                if score > best[from + length].0 && may_stand(word) {
                    best[from + length] = (score, from);
                }
            }
        }
        let mut starts = Vec::new();
        let mut at = best[n].1;
        while at > 0 {
            starts.push(at);
            at = best[at].1;
        }
        starts.reverse();
        (best[n].0, starts)
    }

    /// Log probabilities of the words that begin with the first letter, by their length, into `scores`; returns the length of the longest.
    fn words_from(&self, letters: &[char], last: &[bool], scores: &mut [f32; MAX_WORD + 1]) -> usize {
        let most = letters.len().min(MAX_WORD);
        // A word ends with the first letter that only a last one can be.
        let end = last[..most].iter().position(|&last| last).map_or(most, |at| at + 1);
        scores.fill(f32::NEG_INFINITY);
        scores[0] = 0.0;
        let mut piece = String::new();
        for from in 0..end {
            piece.clear();
            if from == 0 {
                piece.push(BOUNDARY);
            }
            for to in from + 1..=end.min(from + self.pieces.longest()) {
                piece.push(letters[to - 1]);
                if let Some(own) = self.pieces.score(&piece) {
                    scores[to] = scores[to].max(scores[from] + own);
                }
            }
            scores[from + 1] = scores[from + 1].max(scores[from] + self.pieces.unknown());
        }
        end
    }
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}')
}

/// The log probability of a word that the caller knows, perhaps behind a clitic.
fn known_score(word: &[char], known: &dyn Fn(&str) -> bool) -> f32 {
    let is_known = |word: &[char]| word.len() >= SHORTEST_KNOWN && known(&word.iter().collect::<String>());
    match word {
        _ if is_known(word) => KNOWN,
        ['و' | 'ف' | 'ب' | 'ل' | 'ك', host @ ..] if is_known(host) => KNOWN + CLITIC,
        _ => f32::NEG_INFINITY,
    }
}

/// Whether letters may be a word of their own: not clitics and an article alone or with a letter or two, nor two letters that are no common word, nor the beginning of
/// verbs of the tenth form and their participles.
fn may_stand(word: &[char]) -> bool {
    let short = |word: &[char]| SHORT.iter().any(|s| s.chars().eq(word.iter().copied()));
    if word.len() <= 2 {
        return short(word);
    }
    let rest = match word {
        ['و' | 'ف', rest @ ..] => rest,
        all => all,
    };
    let tenth = |host: &[char]| matches!(host, ['ا' | 'م' | 'ت' | 'ي' | 'ن' | 'أ', 'س', 'ت']);
    match rest {
        ['ب' | 'ك', 'ا', 'ل', host @ ..] | ['ا', 'ل', host @ ..] | ['ل', 'ل', host @ ..] => host.len() >= 3 && !tenth(host),
        ['ب' | 'ل' | 'س', host @ ..] if tenth(host) => false,
        _ => !tenth(rest) && (rest.len() > 2 || short(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaced(text: &str, known: &[&str]) -> String {
        let names = [
            "<s>",
            "</s>",
            "<unk>",
            "<pad>",
            "\u{2581}",
            "\u{2581}التقى",
            "\u{2581}الوزير",
            "\u{2581}في",
            "\u{2581}العاصمة",
            "\u{2581}ال",
            "وزير",
            "\u{2581}المسؤولين",
            "ون",
        ];
        let scores = [0.0, 0.0, 0.0, 0.0, -4.0, -9.0, -8.0, -5.0, -9.0, -5.0, -9.0, -11.0, -6.0];
        let spacing = Spacing::new(Arc::new(Pieces::new(&names, &scores)));
        let mut out = text.to_owned();
        for at in spacing.breaks(text, &|word| known.contains(&word)).into_iter().rev() {
            out.insert(at, ' ');
        }
        out
    }

    #[test]
    fn words_come_apart_where_they_are_likelier_than_one() {
        assert_eq!(spaced("التقىالوزيرفيالعاصمة", &[]), "التقى الوزير في العاصمة");
        assert_eq!(spaced("التَقىالوزير، ثمّ", &[]), "التَقى الوزير، ثمّ");
        assert_eq!(spaced("وزيرًافيالعاصمة", &[]), "وزيرًا في العاصمة");
        assert_eq!(spaced("قاضٍالوزير", &[]), "قاضٍ الوزير");
        for whole in ["المسؤولين", "الوزير", "والوزير", "العاصمة", "meetings", "التقى"] {
            assert_eq!(spaced(whole, &[]), whole);
        }
    }

    #[test]
    fn a_name_that_the_caller_knows_is_a_word() {
        assert_eq!(spaced("التقىسارفنازالوزير", &["سارفناز"]), "التقى سارفناز الوزير");
        assert_eq!(spaced("التقىبسارفنازالوزير", &["سارفناز"]), "التقى بسارفناز الوزير");
        assert_eq!(spaced("التقىالوزير", &["التقىالوزير"]), "التقىالوزير");
    }

    #[test]
    fn any_letters_are_survived_in_linear_time() {
        let long = "لكهمسة".repeat(20_000);
        assert!(Spacing::new(Arc::new(Pieces::new(&["<s>", "</s>", "<unk>", "<pad>", "\u{2581}"], &[0.0; 5]))).breaks(&long, &|_| false).len() < long.len());
        assert_eq!(spaced("", &[]), "");
    }
}
