//! Programme summaries in the manner of BBC Monitoring: numbered items with the minute and second at which they begin.
//!
//! ```text
//! 1. 0035 President receives the foreign minister.
//! 2. 0155 Flood in the south: correspondent reports.
//! ```

use super::captions::lines;
use super::{Draft, Format, clock, markup, plain};
use crate::model::{Cue, Time};

/// A programme summary; each of its items is a cue that opens an item.
#[derive(Debug)]
pub(super) struct Summary;

impl Format for Summary {
    fn name(&self) -> &'static str {
        "programme summary"
    }

    fn claims(&self, text: &str) -> bool {
        lines(text).filter(|(_, line)| numbered(line).is_some()).take(2).count() == 2
    }

    fn read(&self, text: &str, draft: &mut Draft) {
        let mut found: Vec<(Time, u64, String)> = Vec::new();
        let mut open = false;
        for (number, line) in lines(text) {
            if let Some((start, rest)) = numbered(line) {
                found.push((start, number, rest.to_owned()));
                open = true;
            } else if line.trim().is_empty() {
                open = false;
            } else if let Some((.., text)) = found.last_mut().filter(|_| open) {
                text.push(' ');
                text.push_str(line.trim());
            }
        }
        let starts: Vec<Time> = found.iter().map(|f| f.0).collect();
        for (i, (start, line, text)) in found.into_iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or_else(|| plain::spoken(start, &text)).max(start);
            draft.add(Cue { start, end, text: markup::plain(&text), line: Some(line), turn: true, opens_item: true, ..Cue::default() });
        }
    }
}

/// The time and text of a numbered line; four digits are minutes and seconds, six have hours before them.
fn numbered(line: &str) -> Option<(Time, &str)> {
    let (number, rest) = line.trim_start().split_once(['.', ')'])?;
    if number.is_empty() || number.len() > 3 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (stamp, text) = rest.trim_start().split_once(char::is_whitespace)?;
    let digits = stamp.bytes().all(|b| b.is_ascii_digit());
    let stamp = match stamp.len() {
        4 if digits => format!("{}:{}", &stamp[..2], &stamp[2..]),
        6 if digits => format!("{}:{}:{}", &stamp[..2], &stamp[2..4], &stamp[4..]),
        _ if stamp.contains(':') => stamp.to_owned(),
        _ => return None,
    };
    Some((clock::clock(&stamp)?, text.trim_start_matches(['-', '–', ' '])))
}
