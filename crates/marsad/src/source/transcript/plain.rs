//! Text with times at the beginnings of lines, as people and programs write it:
//! `[12.56s] …`, `[01:02] …`, `[00:01:02.000 --> 00:01:04.000] …`, `01:02 …`, a time alone on its line, `:00:16. > :00:20.…`.

use super::captions::lines;
use super::{Draft, Format, clock, markup};
use crate::model::{Cue, Time};

/// Text with times.
#[derive(Debug)]
pub(super) struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "text with times"
    }

    fn claims(&self, _text: &str) -> bool {
        true
    }

    fn read(&self, text: &str, draft: &mut Draft) {
        let mut open: Option<(Time, Option<Time>, u64, String)> = None;
        let mut cues = Vec::new();
        for (number, line) in lines(text) {
            let line = line.trim();
            if let Some((start, end, rest)) = stamped(line) {
                cues.extend(open.take());
                open = Some((start, end, number, rest.to_owned()));
            } else if let Some((.., text)) = &mut open {
                text.push(' ');
                text.push_str(line);
            } else if line.starts_with('[') && line.contains(']') && line.contains(|c: char| c.is_ascii_digit()) {
                draft.broken(Some(number), format!("expected a time such as [01:02] or [12.5s], found «{}»", super::captions::shortened(line)));
            }
        }
        cues.extend(open);
        let starts: Vec<Time> = cues.iter().map(|c| c.0).collect();
        for (i, (start, end, line, text)) in cues.into_iter().enumerate() {
            let text = markup::plain(&text);
            let next = starts.get(i + 1).copied().filter(|next| *next > start);
            let end = end.unwrap_or_else(|| spoken(start, &text).min(next.unwrap_or(Time(u64::MAX))));
            draft.add(Cue { start, end: end.max(start), text, line: Some(line), ..Cue::default() });
        }
    }
}

/// When a text that begins at `start` has been said, at an unhurried ten letters a second.
pub(super) fn spoken(start: Time, text: &str) -> Time {
    Time(start.0 + 100 * text.chars().count() as u64)
}

/// The time or times at the start of a line, and what follows.
fn stamped(line: &str) -> Option<(Time, Option<Time>, &str)> {
    bracketed(line).or_else(|| subsaga(line)).or_else(|| bare(line))
}

fn bracketed(line: &str) -> Option<(Time, Option<Time>, &str)> {
    let close = match line.chars().next()? {
        '[' => ']',
        '(' => ')',
        '<' => '>',
        _ => return None,
    };
    let end = if line.starts_with('<') { line.find("> ").or_else(|| line.rfind('>'))? } else { line.find(close)? };
    let inside = &line[1..end];
    let rest = line[end + 1..].trim_start_matches([' ', '-', '–', ':', '\t']);
    for arrow in ["-->", "->", " - ", "–", "-"] {
        if let Some((from, to)) = inside.split_once(arrow) {
            return Some((time(from)?, Some(time(to)?), rest));
        }
    }
    Some((time(inside)?, None, rest))
}

fn time(text: &str) -> Option<Time> {
    clock::clock(text).or_else(|| clock::seconds(text))
}

/// `:00:16. > :00:20.text`, as BBC subtitles are kept by some archives.
fn subsaga(line: &str) -> Option<(Time, Option<Time>, &str)> {
    let (from, rest) = line.split_once('>')?;
    let from = clock::clock(from.trim().trim_start_matches(':').trim_end_matches('.'))?;
    let rest = rest.trim_start().trim_start_matches(':');
    let dot = rest.find('.')?;
    Some((from, Some(clock::clock(&rest[..dot])?), rest[dot + 1..].trim_start()))
}

/// `01:02 text`, or the time alone.
fn bare(line: &str) -> Option<(Time, Option<Time>, &str)> {
    let end = line.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(line.len());
    let stamp = &line[..end];
    // A score or a clock time in a sentence is no stamp, so the line must begin with two colons or a time of two digits each.
    let shaped = stamp.contains(':') && stamp.split(':').skip(1).all(|f| f.len() >= 2) && (end == line.len() || line[end..].starts_with([' ', '\t', '-', '–']));
    let rest = line[end..].trim_start_matches([' ', '\t', '-', '–', ':']);
    if shaped { Some((clock::clock(stamp.trim_end_matches(['.', ',']))?, None, rest)) } else { None }
}
