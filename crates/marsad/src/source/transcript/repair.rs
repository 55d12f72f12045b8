//! Repairs of a transcript's times, where they are safe.

use crate::model::{Cue, Oddity, Time, TranscriptNote};

/// A silence as long as this is noted, in milliseconds.
const HOLE: u64 = 60_000;
/// Times that fall back by more than this to near the start begin again, in milliseconds.
const FALL: u64 = 60_000;
/// So often in a row the same is said by nobody but speech recognition.
const LOOP: usize = 3;

/// The cues in order of time, none overlapping the next; what was done is noted.
pub(super) fn repair(mut cues: Vec<Cue>, notes: &mut Vec<TranscriptNote>) -> Vec<Cue> {
    continue_restarts(&mut cues, notes);
    put_in_order(&mut cues, notes);
    let mut cues = without_loops(cues, notes);
    cut_overlaps(&mut cues, notes);
    note_holes(&cues, notes);
    cues
}

fn note(notes: &mut Vec<TranscriptNote>, cue: &Cue, what: Oddity) {
    notes.push(TranscriptNote { line: cue.line, what });
}

/// Files put together begin again at 0: the later part is moved behind the earlier.
fn continue_restarts(cues: &mut [Cue], notes: &mut Vec<TranscriptNote>) {
    let (mut shift, mut last, mut latest) = (0, 0, 0);
    for i in 0..cues.len() {
        let start = cues[i].start.0;
        // One stray cue near 0 is not a new part: what follows it must go on from there.
        let goes_on = cues.get(i + 1).is_none_or(|next| next.start.0 < last);
        if last > FALL && start < 10_000 && start + FALL < last && goes_on {
            shift = latest;
            note(notes, &cues[i], Oddity::Restart);
        }
        last = start;
        let moved = |t: Time| Time(t.0.saturating_add(shift));
        let cue = &mut cues[i];
        (cue.start, cue.end) = (moved(cue.start), moved(cue.end));
        for word in &mut cue.words {
            (word.start, word.end) = (moved(word.start), word.end.map(moved));
        }
        latest = latest.max(cue.end.0);
    }
}

fn put_in_order(cues: &mut [Cue], notes: &mut Vec<TranscriptNote>) {
    let mut latest = Time(0);
    for cue in cues.iter() {
        if cue.start < latest {
            note(notes, cue, Oddity::Backwards);
        }
        latest = latest.max(cue.start);
    }
    cues.sort_by_key(|cue| cue.start);
}

/// Leaves out repetitions of a whole cue, and of a phrase within one.
fn without_loops(cues: Vec<Cue>, notes: &mut Vec<TranscriptNote>) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::with_capacity(cues.len());
    let mut i = 0;
    while i < cues.len() {
        let same = cues[i..].iter().take_while(|c| c.text == cues[i].text).count();
        // A double cue at one time is a slip of the file; three in a row are a loop.
        let doubled = same == 2 && cues[i].start == cues[i + 1].start;
        let kept = if same >= LOOP || doubled { 1 } else { same };
        if kept < same {
            note(notes, &cues[i], Oddity::Loop { left_out: same - kept });
        }
        for cue in &cues[i..i + kept] {
            let mut cue = cue.clone();
            if let Some((text, left_out)) = unlooped(&cue.text) {
                note(notes, &cue, Oddity::Loop { left_out });
                cue.text = text;
                cue.words.clear();
            }
            out.push(cue);
        }
        i += same;
    }
    out
}

/// The text without more than one of a phrase of up to eight words that is said four or more times in a row.
fn unlooped(text: &str) -> Option<(String, usize)> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    let (mut at, mut left_out) = (0, 0);
    'words: while at < words.len() {
        for length in 1..=8.min((words.len() - at) / 4) {
            let phrase = &words[at..at + length];
            let times = words[at..].chunks_exact(length).take_while(|chunk| *chunk == phrase).count();
            if times >= 4 {
                out.extend(phrase);
                at += times * length;
                left_out += times - 1;
                continue 'words;
            }
        }
        out.push(words[at]);
        at += 1;
    }
    (left_out > 0).then(|| (out.join(" "), left_out))
}

fn cut_overlaps(cues: &mut [Cue], notes: &mut Vec<TranscriptNote>) {
    for i in 0..cues.len() {
        let next = cues.get(i + 1).map(|c| c.start);
        let cue = &mut cues[i];
        cue.end = cue.end.max(cue.start);
        let Some(next) = next else { continue };
        if cue.end > next {
            // Rounding makes overlaps of a frame or two, which are not worth a word.
            let worth = cue.end.since(next).0 > 100;
            cue.end = next;
            if worth {
                note(notes, &cues[i + 1], Oddity::Overlap);
            }
        }
    }
}

fn note_holes(cues: &[Cue], notes: &mut Vec<TranscriptNote>) {
    for pair in cues.windows(2) {
        let silence = pair[1].start.since(pair[0].end);
        if silence.0 >= HOLE {
            note(notes, &pair[1], Oddity::Hole { seconds: silence.0 / 1000 });
        }
    }
}
