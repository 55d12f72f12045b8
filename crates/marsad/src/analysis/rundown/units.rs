//! A transcript cut into the smallest pieces that are never divided between items: captions, parted at sentence ends and silences inside.

use marsad_text::normal::fold;

use crate::model::{Cue, Time, Transcript};

/// A silence between two words that parts a cue, in milliseconds.
const PAUSE: u64 = 300;
/// Cues longer than this many words are parted at sentence ends.
const LONG: usize = 8;

/// A piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// When it begins.
    pub start: Time,
    /// When it ends.
    pub end: Time,
    /// What is said.
    pub text: String,
    /// Who speaks.
    pub speaker: Option<String>,
    /// Whether another person begins to speak here.
    pub turn: bool,
    /// Whether the transcript says that an item begins here.
    pub opens_item: bool,
    /// Its words, folded, without punctuation.
    pub words: Vec<String>,
}

/// The pieces of a transcript, in order.
#[must_use]
pub fn units(transcript: &Transcript) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(transcript.cues.len());
    for cue in &transcript.cues {
        let first = out.len();
        for (start, end, text) in pieces(cue) {
            let words = words(&text);
            if !words.is_empty() {
                out.push(Unit { start, end, text, speaker: cue.speaker.clone(), turn: false, opens_item: false, words });
            }
        }
        let other_speaker = first.checked_sub(1).is_some_and(|before| cue.speaker.is_some() && out[before].speaker != cue.speaker);
        if let Some(unit) = out.get_mut(first) {
            unit.turn = cue.turn || other_speaker;
            unit.opens_item = cue.opens_item;
        }
    }
    out
}

/// Whether a text ends like a sentence.
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '»', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', '؟', '…', '۔'])
}

fn pieces(cue: &Cue) -> Vec<(Time, Time, String)> {
    if cue.words.len() > 1 {
        return by_words(cue);
    }
    let words: Vec<&str> = cue.text.split(' ').collect();
    if words.len() < LONG {
        return vec![(cue.start, cue.end, cue.text.clone())];
    }
    by_sentences(cue, &words)
}

/// Parts a cue at silences between its words and at sentence ends.
fn by_words(cue: &Cue) -> Vec<(Time, Time, String)> {
    let mut out: Vec<(Time, Time, String)> = Vec::new();
    for word in &cue.words {
        let silent = |end: Time, word_end: bool| word_end && word.start.since(end).0 >= PAUSE;
        let known_end = word.end.is_some();
        match out.last_mut() {
            Some((_, end, text)) if !(silent(*end, known_end) || ends_sentence(text) && text.split(' ').count() >= 3) => {
                text.push(' ');
                text.push_str(&word.text);
                *end = word.end.unwrap_or(word.start).max(*end);
            }
            _ => out.push((word.start, word.end.unwrap_or(word.start).max(word.start), word.text.clone())),
        }
    }
    // Without ends of words a piece lasts until the next begins, and the last to the end of the cue.
    for i in 0..out.len() {
        let next = out.get(i + 1).map_or(cue.end, |n| n.0);
        if cue.words.iter().all(|w| w.end.is_none()) {
            out[i].1 = next.max(out[i].0);
        }
    }
    out
}

/// Parts a cue at sentence ends; its letters are taken to be said at one pace.
fn by_sentences(cue: &Cue, words: &[&str]) -> Vec<(Time, Time, String)> {
    let letters = |words: &[&str]| words.iter().map(|w| w.chars().count() as u64 + 1).sum::<u64>();
    let total = letters(words).max(1);
    let length = cue.end.since(cue.start).0;
    let at = |letters: u64| Time(cue.start.0 + length * letters / total);
    let (mut out, mut from, mut said) = (Vec::new(), 0, 0);
    for to in 1..=words.len() {
        let last = to == words.len();
        if last || (ends_sentence(words[to - 1]) && to - from >= 2 && words[to - 1].chars().count() > 3) {
            let end = said + letters(&words[from..to]);
            out.push((at(said), if last { cue.end } else { at(end) }, words[from..to].join(" ")));
            (from, said) = (to, end);
        }
    }
    out
}

/// The words of a text, folded; separators inside a number are dropped, so that 1,127, 1 127 and 1127 are the same.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let chars: Vec<char> = folded.chars().collect();
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let digit = |j: Option<usize>| j.and_then(|j| chars.get(j)).is_some_and(char::is_ascii_digit);
        let inside_number = matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}' | '\'') && digit(i.checked_sub(1)) && digit(Some(i + 1));
        if c.is_alphanumeric() {
            word.push(c);
        } else if !(inside_number || word.is_empty() || c == '\'' && chars.get(i + 1).is_some_and(|n| n.is_alphabetic())) {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TimedWord;

    #[test]
    fn words_are_folded_and_numbers_whole() {
        assert_eq!(words("Britain’s 1,127 – 2.5 «Ёлка» 1\u{a0}127"), ["britains", "1127", "25", "елка", "1127"]);
    }

    #[test]
    fn long_cues_part_at_sentence_ends() {
        let cue = Cue { end: Time(10_000), text: "The talks are over. Prices of bread rose again in all of the markets.".into(), ..Cue::default() };
        let got = units(&Transcript { cues: vec![cue], ..Transcript::default() });
        assert_eq!(got.iter().map(|u| u.text.as_str()).collect::<Vec<_>>(), ["The talks are over.", "Prices of bread rose again in all of the markets."]);
        assert_eq!((got[0].end, got[1].end), (got[1].start, Time(10_000)));
    }

    #[test]
    fn silences_between_words_part_a_cue() {
        let word = |text: &str, start, end| TimedWord { text: text.into(), start: Time(start), end: Some(Time(end)), confidence: None };
        let cue = Cue { end: Time(3000), text: "a b c".into(), words: vec![word("a", 0, 500), word("b", 550, 900), word("c", 2000, 3000)], ..Cue::default() };
        let got = units(&Transcript { cues: vec![cue], ..Transcript::default() });
        assert_eq!(got.iter().map(|u| (u.start.0, u.end.0)).collect::<Vec<_>>(), [(0, 900), (2000, 3000)]);
    }
}
