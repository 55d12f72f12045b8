//! What an item says: its times, sentences, headline.

use super::keys::{self, Named};
use super::segment::Segment;
use super::stems::Content;
use super::units::{Unit, ends_sentence};
use crate::model::{Item, Sentence, Time};

/// A sentence without punctuation ends after a silence of so many milliseconds.
const PAUSE: u64 = 350;
/// And in any case after so many words.
const LONGEST: usize = 40;
/// Headlines are cut after so many characters.
const HEADLINE: usize = 110;

/// The item of a segment. It ends with its last word.
pub(super) fn item(segment: &Segment, units: &[Unit], content: &Content, named: &[Named]) -> Item {
    let own = &units[segment.first..segment.after];
    let sentences = sentences(own);
    let (actors, places) = keys::mentions(named, segment.first, segment.after);
    let headline = headline(&sentences, segment, own, content);
    Item {
        kind: segment.kind,
        start: own.first().map_or(Time(0), |u| u.start),
        end: own.last().map_or(Time(0), |u| u.end),
        story: None,
        rank: None,
        headline,
        actors,
        places,
        events: Vec::new(),
        delivered: None,
        sentences,
    }
}

/// Units put together to sentences: at sentence ends where there are any, else at silences.
fn sentences(units: &[Unit]) -> Vec<Sentence> {
    let punctuated = units.iter().any(|u| ends_sentence(&u.text));
    let mut out: Vec<Sentence> = Vec::new();
    for (i, unit) in units.iter().enumerate() {
        let silent = i > 0 && unit.start.since(units[i - 1].end).0 >= PAUSE;
        let begins = i == 0
            || unit.turn
            || if punctuated { ends_sentence(&units[i - 1].text) || (silent && i == 1) || (silent && starts_upper(&unit.text)) } else { silent };
        match out.last_mut().filter(|s| !begins && s.text.split(' ').count() < LONGEST) {
            Some(sentence) => {
                sentence.text.push(' ');
                sentence.text.push_str(&unit.text);
                sentence.end = unit.end;
            }
            None => out.push(Sentence { start: unit.start, end: unit.end, text: unit.text.clone(), speaker: unit.speaker.clone() }),
        }
    }
    out
}

fn starts_upper(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// The sentence among the first two whose words come again most in the item; anchors say first what an item is about.
fn headline(sentences: &[Sentence], segment: &Segment, units: &[Unit], content: &Content) -> String {
    let mut counts: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
    for word in content.units[segment.first..segment.after].iter().flatten() {
        *counts.entry(*word).or_insert(0) += 1;
    }
    let worth = |sentence: &Sentence| {
        let inside = units.iter().zip(&content.units[segment.first..]).filter(|(u, _)| u.start >= sentence.start && u.end <= sentence.end);
        let words: Vec<u32> = inside.flat_map(|(_, words)| words.iter().copied()).collect();
        let again = words.iter().filter(|w| counts[*w] > 1).count();
        again as f64 / (words.len() + 2) as f64
    };
    let first = sentences.first();
    let second = sentences.get(1).filter(|second| first.is_some_and(|first| worth(second) > worth(first) + 0.2));
    shortened(&second.or(first).map(|s| s.text.clone()).unwrap_or_default())
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= HEADLINE {
        return text.to_owned();
    }
    let cut: String = text.chars().take(HEADLINE).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole} …")
}
