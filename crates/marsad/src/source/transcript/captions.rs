//! SubRip and WebVTT, and YouTube's and television's rolling captions in them.
//!
//! Both formats are blocks of lines around a line with an arrow, and files in the wild mix their habits (hours left out, commas and full stops,
//! numbers missing or double, blank lines lost), so one reader reads both and follows the arrows.

use super::{Draft, Format, clock, markup};
use crate::model::{Cue, Time, TimedWord};

/// WebVTT (W3C), with YouTube's automatic captions.
#[derive(Debug)]
pub(super) struct WebVtt;

/// SubRip.
#[derive(Debug)]
pub(super) struct SubRip;

impl Format for WebVtt {
    fn name(&self) -> &'static str {
        "WebVTT"
    }

    fn claims(&self, text: &str) -> bool {
        text.trim_start().starts_with("WEBVTT")
    }

    fn read(&self, text: &str, draft: &mut Draft) {
        draft.language = header(text, "language:");
        read(text, draft);
    }
}

impl Format for SubRip {
    fn name(&self) -> &'static str {
        "SubRip"
    }

    fn claims(&self, text: &str) -> bool {
        // An arrow in brackets is whisper's output on the screen, which is text with times.
        lines(text).take(2000).any(|(_, line)| line.contains("-->") && !line.trim_start().starts_with('['))
    }

    fn read(&self, text: &str, draft: &mut Draft) {
        read(text, draft);
    }
}

/// Lines with their numbers, whatever ends them: LF, CR LF, or CR alone.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let mut rest = Some(text);
    let mut number = 0;
    std::iter::from_fn(move || {
        let text = rest?;
        number += 1;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some((number, text));
        };
        let after = if text[end..].starts_with("\r\n") { end + 2 } else { end + 1 };
        rest = Some(&text[after..]);
        Some((number, &text[..end]))
    })
}

/// A field of a WebVTT header, as YouTube writes it: `Language: ar`.
fn header(text: &str, field: &str) -> Option<String> {
    let value = |line: &str| {
        let start = line.get(..field.len())?;
        start.eq_ignore_ascii_case(field).then(|| line[field.len()..].trim().to_owned())
    };
    lines(text).map(|(_, line)| line).take_while(|line| !line.trim().is_empty()).find_map(value).filter(|v| !v.is_empty())
}

/// A cue before its text is understood.
struct Raw<'t> {
    start: Time,
    end: Time,
    line: u64,
    text: Vec<&'t str>,
}

fn read(text: &str, draft: &mut Draft) {
    let raw = raw_cues(text, draft);
    if is_rolling(&raw) {
        draft.format = Some("rolling captions");
        return unrolled(&raw, draft);
    }
    for cue in &raw {
        let text = cue.text.join("\n");
        let words = if text.contains("<0") || text.contains("<1") { timed_words(&text, cue.start, cue.end) } else { Vec::new() };
        draft.add(Cue { start: cue.start, end: cue.end, speaker: voice(&text), text: markup::plain(&text), words, line: Some(cue.line), ..Cue::default() });
    }
}

/// All cues with times that can be read; the others are noted.
fn raw_cues<'t>(text: &'t str, draft: &mut Draft) -> Vec<Raw<'t>> {
    let mut out: Vec<Raw> = Vec::new();
    let mut open = false;
    let mut blank = true;
    let mut comment = false;
    for (number, line) in lines(text) {
        let trimmed = line.trim().trim_start_matches('\u{feff}');
        if trimmed.is_empty() {
            // YouTube's first line of a cue is a space, which is no end of it.
            let first = open && !line.is_empty() && out.last().is_some_and(|cue| cue.text.is_empty());
            if first {
                continue;
            }
            (open, blank, comment) = (false, true, false);
            continue;
        }
        comment |= blank
            && ["NOTE", "STYLE", "REGION", "WEBVTT"]
                .iter()
                .any(|word| trimmed.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())));
        // A comment may hold an arrow only by mistake; a time in front of it is a cue whose blank line was lost.
        let timed = trimmed.split_once("-->").map(|(start, end)| (clock::clock(start), end.split_whitespace().next().and_then(clock::clock)));
        match timed {
            Some((Some(start), Some(end))) => {
                // The number of this cue, where no blank line stands before it, is no text of the cue before.
                if let Some(last) = out.last_mut().filter(|_| open)
                    && last.text.last().is_some_and(|l| l.trim().bytes().all(|b| b.is_ascii_digit()))
                {
                    last.text.pop();
                }
                out.push(Raw { start, end, line: number, text: Vec::new() });
                (open, comment) = (true, false);
            }
            Some((start, _)) if !comment && (!open || start.is_some()) => {
                draft.broken(Some(number), format!("expected times such as 00:01:02,500 --> 00:01:04,000, found «{}»", shortened(trimmed)));
                open = false;
            }
            _ if open && !comment => {
                if let Some(last) = out.last_mut() {
                    last.text.push(line);
                }
            }
            _ => {}
        }
        blank = false;
    }
    out
}

pub(super) fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(40).filter(|c| !c.is_control()).collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}

/// Whether each cue repeats the last line of the one before, as roll-up captions do.
fn is_rolling(cues: &[Raw]) -> bool {
    let last_line = |cue: &Raw| cue.text.iter().rev().map(|l| markup::plain(l)).find(|l| !l.is_empty());
    let first_line = |cue: &Raw| cue.text.iter().map(|l| markup::plain(l)).find(|l| !l.is_empty());
    let repeats = cues.windows(2).filter(|pair| last_line(&pair[0]).is_some_and(|last| first_line(&pair[1]) == Some(last))).count();
    repeats >= 3 && repeats * 3 >= cues.len()
}

/// Each line once, at the time at which it came up.
fn unrolled(cues: &[Raw], draft: &mut Draft) {
    let mut shown: Vec<String> = Vec::new();
    for cue in cues {
        let mut now = Vec::new();
        for line in &cue.text {
            let text = markup::plain(line);
            if text.is_empty() {
                continue;
            }
            if !shown.contains(&text) {
                let words = timed_words(line, cue.start, cue.end);
                draft.add(Cue { start: cue.start, end: cue.end, text: text.clone(), words, line: Some(cue.line), ..Cue::default() });
            }
            now.push(text);
        }
        if !now.is_empty() {
            shown = now;
        }
    }
}

/// The words of a line with times inside: `so<00:00:01.599><c> far</c>`.
fn timed_words(line: &str, start: Time, end: Time) -> Vec<TimedWord> {
    let mut out: Vec<TimedWord> = Vec::new();
    let mut at = start;
    let mut any = false;
    let mut push = |text: &str, at: Time| {
        for word in markup::plain(text).split(' ').filter(|w| !w.is_empty()) {
            out.push(TimedWord { text: word.to_owned(), start: at, end: None, confidence: None });
        }
    };
    let mut rest = line;
    let mut pending = String::new();
    while let Some(open) = rest.find('<') {
        pending.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>').map(|c| open + c) else { break };
        match clock::clock(&rest[open + 1..close]) {
            Some(time) => {
                push(&pending, at);
                pending.clear();
                at = time.clamp(start, end.max(start));
                any = true;
            }
            None => pending.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    pending.push_str(rest);
    push(&pending, at);
    if any { out } else { Vec::new() }
}

/// Who speaks, by a WebVTT voice tag: `<v Anna Petrova>`.
fn voice(text: &str) -> Option<String> {
    let tag = text.find("<v")?;
    let rest = &text[tag + 2..];
    let close = rest.find('>')?;
    let name = rest[..close].split_once(' ')?.1.trim();
    (!name.is_empty()).then(|| markup::joined(name))
}
