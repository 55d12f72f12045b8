//! Which encoding bytes are in, and the text they mean.
//!
//! In this order: what the caller says; a byte order mark; valid UTF-8 that is more than ASCII; UTF-16 without a mark, by its code units; what
//! the page declares; UTF-8 with a few broken places; the letters. The order of the WHATWG encoding standard would put the declaration second,
//! but pages in UTF-8 that declare an older encoding are far commoner than the reverse, which valid UTF-8 all but rules out.

use std::fmt;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use super::{Note, Problem};

mod letters;
mod stream;

pub(super) use stream::skip_mark;

/// A character encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Encoding = Encoding(UTF_8);

    /// The encoding of that name, as in HTML's `charset` (WHATWG labels); `None` for a name that means nothing.
    ///
    /// ```
    /// use marsad::source::Encoding;
    ///
    /// assert_eq!(Encoding::named("cp1256").unwrap().name(), "windows-1256");
    /// assert!(Encoding::named("utf-9").is_none());
    /// ```
    #[must_use]
    pub fn named(label: &str) -> Option<Encoding> {
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Encoding)
    }

    /// The usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Bytes turned into text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark; valid UTF-8 comes back identical.
    pub text: String,
    /// The encoding the bytes were in.
    pub encoding: Encoding,
    /// What was guessed, replaced or left out.
    pub notes: Vec<Note>,
}

/// Decodes bytes, in the encoding given or else the one they seem to be in.
///
/// Always returns something: broken places become U+FFFD, a character cut off by the end is left out, and the notes say so.
///
/// ```
/// use marsad::source::{decode, Note};
///
/// let decoded = decode(b"\xcf\xee\xe6\xe0\xf0 \xe2 \xef\xee\xf0\xf2\xf3", None);
/// assert_eq!(decoded.text, "Пожар в порту");
/// assert_eq!(decoded.notes, [Note::Guessed { encoding: "windows-1251" }]);
///
/// let cut = &"قصف".as_bytes()[..5];
/// assert_eq!(decode(cut, None).text, "قص");
/// assert_eq!(decode(cut, None).notes, [Note::Truncated { bytes: 1 }]);
/// ```
#[must_use]
pub fn decode(bytes: &[u8], encoding: Option<Encoding>) -> Decoded {
    decode_declared(bytes, encoding, None)
}

/// The same, where the content may declare its encoding.
pub(super) fn decode_declared(bytes: &[u8], asked: Option<Encoding>, declared: Option<Encoding>) -> Decoded {
    let told = tell(bytes, asked, declared);
    let mut decoded = decode_as(told.encoding, &bytes[told.mark..]);
    if told.guessed {
        let encoding = told.encoding.name();
        decoded.notes.insert(0, Note::Guessed { encoding });
    }
    decoded
}

/// Decodes in one encoding, without looking for another or for a byte order mark.
pub(super) fn decode_as(encoding: Encoding, bytes: &[u8]) -> Decoded {
    let whole = whole_characters(encoding, bytes);
    let (text, broken) = encoding.0.decode_without_bom_handling(whole);
    let mut notes = Vec::new();
    if broken {
        let count = text.matches('\u{fffd}').count();
        let encoding = encoding.name();
        notes.push(Note::Replaced { count, encoding });
    }
    if whole.len() < bytes.len() {
        let bytes = bytes.len() - whole.len();
        notes.push(Note::Truncated { bytes });
    }
    let text = text.into_owned();
    Decoded { text, encoding, notes }
}

impl Decoded {
    /// Refuses what only looked like text at its start.
    pub(super) fn check(&self, expected: &'static str) -> Result<(), Problem> {
        if self.text.contains('\0') {
            let looks_like = "binary data (it has NUL bytes)";
            return Err(Problem::Foreign { looks_like, expected });
        }
        let replaced = |note: &Note| match note {
            Note::Replaced { count, .. } => *count,
            _ => 0,
        };
        let replaced: usize = self.notes.iter().map(replaced).sum();
        // One character in ten: fewer are the scars of a text that was cut and pasted.
        if replaced > 0 && replaced * 10 > self.text.chars().count() {
            let encoding = self.encoding.name();
            return Err(Problem::Garbled { encoding });
        }
        Ok(())
    }
}

/// The text at the start of an input, as far as it goes.
pub(super) fn start(bytes: &[u8], asked: Option<Encoding>) -> String {
    decode(bytes, asked).text
}

/// Whether the bytes are UTF-16, with a byte order mark or without.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    let encoding = tell(bytes, None, None).encoding.0;
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// An encoding and how it was told.
pub(super) struct Told {
    pub(super) encoding: Encoding,
    /// Length of the byte order mark.
    pub(super) mark: usize,
    /// Whether nothing but the letters tells.
    pub(super) guessed: bool,
}

pub(super) fn tell(bytes: &[u8], asked: Option<Encoding>, declared: Option<Encoding>) -> Told {
    let mark = encoding_rs::Encoding::for_bom(bytes);
    let told = |encoding, guessed| Told { encoding, mark: 0, guessed };
    if let Some(asked) = asked {
        let mark = mark.filter(|(marked, _)| *marked == asked.0);
        let mark = mark.map_or(0, |(_, length)| length);
        return Told { mark, ..told(asked, false) };
    }
    if let Some((encoding, mark)) = mark {
        return Told { mark, ..told(Encoding(encoding), false) };
    }
    let utf8 = Utf8::of(bytes);
    if utf8.broken == 0 && utf8.wide > 0 {
        return told(Encoding::UTF_8, false);
    }
    if let Some(encoding) = utf16(bytes) {
        return told(encoding, false);
    }
    if utf8.broken == 0 {
        return told(Encoding::UTF_8, false);
    }
    // A page cannot be in UTF-16 and declare it in ASCII; the standard reads UTF-8 then.
    let declared = declared.filter(|e| e.0.is_ascii_compatible() && e.0 != UTF_8);
    if let Some(declared) = declared {
        return told(declared, false);
    }
    if utf8.wide >= 4 * utf8.broken {
        return told(Encoding::UTF_8, false);
    }
    told(Encoding(letters::guess(bytes)), true)
}

/// How much of the bytes is UTF-8.
struct Utf8 {
    /// Characters of more than one byte.
    wide: usize,
    /// Places that are not UTF-8, a cut-off last character apart.
    broken: usize,
}

impl Utf8 {
    fn of(bytes: &[u8]) -> Utf8 {
        let (mut wide, mut broken) = (0, 0);
        for chunk in whole_characters(Encoding::UTF_8, bytes).utf8_chunks() {
            wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            broken += usize::from(!chunk.invalid().is_empty());
        }
        Utf8 { wide, broken }
    }
}

/// The bytes without a last character that is not all there.
fn whole_characters(encoding: Encoding, bytes: &[u8]) -> &[u8] {
    let cut = if encoding.0 == UTF_8 {
        cut_utf8(bytes)
    } else if encoding.0 == UTF_16LE || encoding.0 == UTF_16BE {
        bytes.len() % 2
    } else {
        0
    };
    &bytes[..bytes.len() - cut]
}

fn cut_utf8(bytes: &[u8]) -> usize {
    // No character has more than four bytes, so a cut one begins among the last three.
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    let Some(lead) = tail.iter().rposition(|b| *b >= 0xc0) else {
        return 0;
    };
    let last = &tail[lead..];
    match std::str::from_utf8(last) {
        Err(error) if error.valid_up_to() == 0 && error.error_len().is_none() => last.len(),
        _ => 0,
    }
}

/// UTF-16 without a mark: nearly all its code units are ASCII, Arabic, Cyrillic or general punctuation, which the units of no 8-bit text are.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    if sample.len() < 4 {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let (units, _) = sample.as_chunks::<2>();
        let plain = units.iter().filter(|pair| is_plain(unit(**pair))).count();
        plain * 100 / units.len()
    };
    if share(u16::from_le_bytes) >= 90 {
        return Some(Encoding(UTF_16LE));
    }
    (share(u16::from_be_bytes) >= 90).then_some(Encoding(UTF_16BE))
}

fn is_plain(unit: u16) -> bool {
    // U+2020 would be two spaces.
    matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0xa0..=0xff | 0x400..=0x4ff | 0x600..=0x6ff | 0x200c..=0x201f | 0x2021..=0x2026)
}

/// The encoding that a page declares near its beginning: `<meta charset=…>`, `http-equiv`, or an XML declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let xml = head.trim_start().starts_with("<?xml");
    let names: &[&str] = if xml { &["encoding", "charset"] } else { &["charset"] };
    names.iter().flat_map(|name| head.match_indices(name)).find_map(|(at, name)| value(&head[at + name.len()..]))
}

/// The value after an attribute's name, with or without quotes.
fn value(rest: &str) -> Option<Encoding> {
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
    Encoding::named(&rest[..end.unwrap_or(rest.len())])
}

#[cfg(test)]
mod tests;
