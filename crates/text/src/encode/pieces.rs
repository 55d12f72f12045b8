//! Text to pieces of words: the division of each word into the pieces that are likeliest together (the unigram model of Kudo 2018, by Viterbi's algorithm).

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Numbers of the pieces that stand for no letters, as the file has them.
pub(super) const START: u32 = 0;
pub(super) const END: u32 = 1;
const UNKNOWN: u32 = 2;
/// Pieces before the first one with letters.
pub(super) const SPECIAL: usize = 4;

/// Before the first letter of each word.
pub(super) const BOUNDARY: char = '\u{2581}';

/// Letters of one word that are looked at together: longer ones are cut.
const MAX_LETTERS: usize = 128;

/// What an unknown letter costs beyond the rarest piece.
const PENALTY: f32 = 10.0;

/// The pieces and how likely they are.
#[derive(Debug)]
pub(super) struct Pieces {
    by_letters: FxHashMap<&'static str, (u32, f32)>,
    /// How many there are, with the special ones.
    count: usize,
    /// Letters of the longest.
    longest: usize,
    unknown: f32,
}

/// Memory for splitting; used again.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// The word's letters in the form that pieces have.
    letters: String,
    /// For each letter, and the end: its byte in `letters`, and the byte in the text that it comes from.
    places: Vec<(usize, usize)>,
    /// For each place, how the best division up to there ends: its score, its last piece, and where that begins.
    best: Vec<(f32, u32, usize)>,
    back: Vec<(u32, usize)>,
}

impl Pieces {
    /// Pieces in the order of their numbers, the special ones first, with their log probabilities.
    pub fn new(names: &[&'static str], scores: &[f32]) -> Pieces {
        let known = names.iter().zip(scores).enumerate().skip(SPECIAL);
        let by_letters = known.map(|(n, (&name, &score))| (name, (n as u32, score))).collect();
        let longest = names.iter().map(|n| n.chars().count()).max().unwrap_or(0);
        let unknown = scores.iter().copied().fold(0.0, f32::min) - PENALTY;
        Pieces { by_letters, count: names.len(), longest, unknown }
    }

    /// How many there are, with the special ones.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Letters of the longest.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Log probability of a letter that no piece has.
    pub fn unknown(&self) -> f32 {
        self.unknown
    }

    /// Log probability of a piece.
    pub fn score(&self, piece: &str) -> Option<f32> {
        self.by_letters.get(piece).map(|&(_, score)| score)
    }

    /// Appends the pieces of a sentence to `ids`, at most `most` between the marks of start and end; returns the byte of the text where each begins.
    pub fn split(&self, text: &str, most: usize, work: &mut Work, ids: &mut Vec<u32>) -> Vec<usize> {
        ids.push(START);
        let mut starts = Vec::new();
        let mut at = 0;
        for word in text.split(char::is_whitespace) {
            if !word.is_empty() && starts.len() < most {
                self.split_word(word, at, work);
                for &(id, start) in work.back.iter().take(most - starts.len()) {
                    ids.push(id);
                    starts.push(start);
                }
            }
            // Every white space is one character; its length is what lies between the words.
            at += word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        ids.push(END);
        starts
    }

    /// Log probability of the likeliest division of a word, the mark of its boundary before it.
    pub fn likeliest(&self, word: &str) -> f32 {
        let places: Vec<(usize, usize)> = word.char_indices().map(|(at, _)| (at, at)).chain([(word.len(), word.len())]).collect();
        let mut best = Vec::new();
        self.divide(word, &places, &mut best);
        best[places.len() - 1].0
    }

    /// For each place of a word, how the likeliest division of what stands before it ends: its log probability, its last piece, and the place where that begins.
    fn divide(&self, word: &str, places: &[(usize, usize)], best: &mut Vec<(f32, u32, usize)>) {
        let n = places.len() - 1;
        best.clear();
        best.resize(n + 1, (f32::NEG_INFINITY, UNKNOWN, 0));
        best[0].0 = 0.0;
        for from in 0..n {
            let score = best[from].0;
            for to in from + 1..=n.min(from + self.longest) {
                let letters = &word[places[from].0..places[to].0];
                if let Some(&(id, own)) = self.by_letters.get(letters)
                    && score + own > best[to].0
                {
                    best[to] = (score + own, id, from);
                }
            }
            if score + self.unknown > best[from + 1].0 {
                best[from + 1] = (score + self.unknown, UNKNOWN, from);
            }
        }
    }

    /// The pieces of one word into `work.back`, with the bytes of the text where they begin; `at` is that of the word.
    fn split_word(&self, word: &str, at: usize, work: &mut Work) {
        work.letters.clear();
        work.places.clear();
        work.places.push((0, at));
        work.letters.push(BOUNDARY);
        for (byte, c) in word.char_indices().take(MAX_LETTERS) {
            for letter in std::iter::once(c).nfkc().filter(|l| !l.is_whitespace()) {
                work.places.push((work.letters.len(), at + byte));
                work.letters.push(letter);
            }
        }
        let n = work.places.len();
        work.places.push((work.letters.len(), at + word.len()));
        self.divide(&work.letters, &work.places, &mut work.best);
        work.back.clear();
        let mut to = n;
        while to > 0 {
            let (_, id, from) = work.best[to];
            // Unknown letters in a row are one piece.
            match work.back.last_mut() {
                Some(last) if last.0 == UNKNOWN && id == UNKNOWN => last.1 = work.places[from].1,
                _ => work.back.push((id, work.places[from].1)),
            }
            to = from;
        }
        work.back.reverse();
        // The mark of the boundary alone holds no letter: what comes after it begins the word.
        if let [(mark, _), (_, next), ..] = &mut work.back[..]
            && self.by_letters.get(BOUNDARY.encode_utf8(&mut [0; 4]) as &str).is_some_and(|(id, _)| id == mark)
        {
            *next = at;
        }
    }
}

/// Where the run of letters begins that holds a byte of the text: words that are parts of one written word are known by its beginning.
pub(super) fn run_start(text: &str, byte: usize) -> usize {
    let letter = |c: char| c.is_alphabetic() || ('\u{64b}'..='\u{652}').contains(&c);
    match text.get(byte..).and_then(|rest| rest.chars().next()) {
        Some(c) if letter(c) => text[..byte].char_indices().rev().take(MAX_LETTERS).take_while(|(_, c)| letter(*c)).last().map_or(byte, |(at, _)| at),
        _ => byte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (Vec<u32>, Vec<usize>) {
        let names = ["<s>", "</s>", "<unk>", "<pad>", "\u{2581}", "\u{2581}meet", "ing", "\u{2581}me", "et", "s", "\u{2581}встреч", "а"];
        let scores = [0.0, 0.0, 0.0, 0.0, -3.0, -4.0, -3.0, -4.0, -4.0, -3.0, -5.0, -3.0];
        let mut ids = Vec::new();
        let starts = Pieces::new(&names, &scores).split(text, 6, &mut Work::default(), &mut ids);
        (ids, starts)
    }

    #[test]
    fn the_likeliest_division_wins() {
        assert_eq!(split("meetings"), (vec![0, 5, 6, 9, 1], vec![0, 4, 7]));
        assert_eq!(split(" встреча\u{a0}meet"), (vec![0, 10, 11, 5, 1], vec![1, 13, 17]));
    }

    #[test]
    fn unknown_letters_are_one_piece_and_long_texts_are_cut() {
        assert_eq!(split("qqqs"), (vec![0, 4, 2, 9, 1], vec![0, 0, 3]));
        assert_eq!(split("").0, [0, 1]);
        assert_eq!(split(&"meets ".repeat(50)).0.len(), 8);
        assert_eq!(split(&"q".repeat(100_000)).0, [0, 4, 2, 1]);
    }

    #[test]
    fn parts_of_a_written_word_begin_where_it_does() {
        let text = "قال: «والمظاهرات» 12";
        let part = text.find("المظاهرات").expect("is there");
        assert_eq!(run_start(text, part), text.find("والمظاهرات").expect("is there"));
        assert_eq!(run_start(text, 0), 0);
        assert_eq!(run_start(text, text.len()), text.len());
    }
}
