//! EBU STL (Tech 3264-E, 1991): a block of 1,024 bytes about the file, then blocks of 128 bytes with times and text.
//!
//! Numbers in the first block are often blank, so nothing there is believed but the frame rate and the code table. Subtitles spread over several
//! blocks are put together by their number. Of the five code tables Latin, Cyrillic, Arabic and the two others are ISO 8859 and 6937; Latin
//! accents, which ISO 6937 writes before the letter, are composed.

use unicode_normalization::UnicodeNormalization;

use super::{Draft, clock, markup};
use crate::model::{Cue, Time};

const HEAD: usize = 1024;
const BLOCK: usize = 128;

/// Whether bytes are EBU STL: `STL25.01` or `STL30.01` stands at the fourth byte.
pub(super) fn claims(bytes: &[u8]) -> bool {
    bytes.len() >= HEAD && bytes.get(3..6) == Some(b"STL") && bytes.get(6..8).is_some_and(|rate| rate.iter().all(u8::is_ascii_digit))
}

/// The cues.
pub(super) fn read(bytes: &[u8], draft: &mut Draft) {
    let rate = if bytes[6..8] == *b"30" { 30.0 } else { 25.0 };
    let table = match &bytes[12..14] {
        b"01" => Some("iso-8859-5"),
        b"02" => Some("iso-8859-6"),
        b"03" => Some("iso-8859-7"),
        b"04" => Some("iso-8859-8"),
        _ => None,
    };
    let mut text: Vec<u8> = Vec::new();
    for (i, block) in bytes[HEAD..].chunks_exact(BLOCK).enumerate() {
        let (extension, comment) = (block[3], block[15]);
        // Comments and user data are not shown.
        if comment != 0 || extension == 0xFE {
            continue;
        }
        text.extend(block[16..].iter().take_while(|b| **b != 0x8F));
        if extension != 0xFF {
            continue;
        }
        let said = decoded(&text, table);
        text.clear();
        match (time(&block[5..9], rate), time(&block[9..13], rate)) {
            (Some(start), Some(end)) => draft.add(Cue { start, end: end.max(start), text: markup::joined(&said), ..Cue::default() }),
            _ => draft.broken(None, format!("block {}: expected times of hours, minutes, seconds and frames", i + 1)),
        }
    }
    // Programmes on tape begin at ten hours, or another whole hour.
    let first = draft.cues.iter().map(|c| c.start.0).min().unwrap_or(0);
    let hours = first / 3_600_000 * 3_600_000;
    for cue in &mut draft.cues {
        (cue.start, cue.end) = (Time(cue.start.0.saturating_sub(hours)), Time(cue.end.0.saturating_sub(hours)));
    }
}

fn time(bytes: &[u8], rate: f64) -> Option<Time> {
    let [hours, minutes, seconds, frames] = *bytes else { return None };
    let valid = hours < 24 && minutes < 60 && seconds < 60 && f64::from(frames) < rate;
    valid.then(|| clock::believed((f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + f64::from(seconds) + f64::from(frames) / rate) * 1000.0)).flatten()
}

fn decoded(bytes: &[u8], table: Option<&str>) -> String {
    // Control codes are colours and line ends.
    let clean: Vec<u8> = bytes.iter().map(|&b| if b < 0x20 || (0x7F..0xA0).contains(&b) { b' ' } else { b }).collect();
    match table.and_then(|t| encoding_rs::Encoding::for_label(t.as_bytes())) {
        Some(encoding) => encoding.decode_without_bom_handling(&clean).0.into_owned(),
        None => latin(&clean),
    }
}

/// ISO 6937, its letters as far as European languages use them.
fn latin(bytes: &[u8]) -> String {
    const ACCENTS: [char; 15] = [
        '\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{304}', '\u{306}', '\u{307}', '\u{308}', '\u{308}', '\u{30A}', '\u{327}', '\u{332}', '\u{30B}',
        '\u{328}', '\u{30C}',
    ];
    const OTHERS: &[(u8, char)] = &[
        (0xE1, 'Æ'),
        (0xE8, 'Ł'),
        (0xE9, 'Ø'),
        (0xEA, 'Œ'),
        (0xF1, 'æ'),
        (0xF3, 'ð'),
        (0xF5, 'ı'),
        (0xF8, 'ł'),
        (0xF9, 'ø'),
        (0xFA, 'œ'),
        (0xFB, 'ß'),
        (0xFC, 'þ'),
        (0xA1, '¡'),
        (0xA3, '£'),
        (0xA4, '$'),
        (0xA7, '§'),
        (0xA9, '‘'),
        (0xAA, '“'),
        (0xAB, '«'),
        (0xB0, '°'),
        (0xB9, '’'),
        (0xBA, '”'),
        (0xBB, '»'),
        (0xBF, '¿'),
        (0xD0, '–'),
    ];
    let mut out = String::new();
    let mut accent = None;
    for &byte in bytes {
        if (0xC1..=0xCF).contains(&byte) {
            accent = Some(ACCENTS[usize::from(byte - 0xC1)]);
            continue;
        }
        let c = if byte < 0x80 { Some(byte as char) } else { OTHERS.iter().find(|(b, _)| *b == byte).map(|(_, c)| *c) };
        out.extend(c);
        out.extend(accent.take());
    }
    out.nfc().collect()
}
