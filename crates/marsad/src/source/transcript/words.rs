//! Cues from words with times, for formats that have nothing larger.

use super::Draft;
use crate::model::{Cue, Time, TimedWord};

/// A silence as long as this ends a cue, in milliseconds.
const PAUSE: u64 = 350;
/// A cue has at most so many words.
const LONGEST: usize = 14;

/// A word and who says it.
pub(super) struct Said {
    pub word: TimedWord,
    pub speaker: Option<String>,
}

/// Groups words into cues at silences, ends of sentences, changes of speaker, and before they grow too long.
pub(super) fn group(words: Vec<Said>, draft: &mut Draft) {
    let mut cue: Option<Cue> = None;
    for Said { word, speaker } in words {
        let ends = cue.as_ref().is_some_and(|c| {
            let last = c.words.last();
            let silent = word.start.since(c.end).0 >= PAUSE || word.start < c.start;
            let sentence = last.is_some_and(|w| w.text.ends_with(['.', '!', '?', '؟', '…'])) && c.words.len() >= 3;
            silent || sentence || c.words.len() >= LONGEST || c.speaker != speaker
        });
        if ends && let Some(done) = cue.take() {
            draft.add(done);
        }
        let end = word.end.unwrap_or(Time(word.start.0 + 300)).max(word.start);
        match &mut cue {
            Some(cue) => {
                cue.text.push(' ');
                cue.text.push_str(&word.text);
                cue.end = end.max(cue.end);
                cue.words.push(word);
            }
            None => cue = Some(Cue { start: word.start, end, text: word.text.clone(), speaker, words: vec![word], ..Cue::default() }),
        }
    }
    if let Some(done) = cue {
        draft.add(done);
    }
}
