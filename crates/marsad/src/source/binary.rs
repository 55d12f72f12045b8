//! What bytes look like that are no text, so that the message can say so.

use super::encoding;

/// First bytes of common files that are no text, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"%PDF-", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"\0asm", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x1f\x8b\x08", "a gzip file inside another"),
    (b"\x28\xb5\x2f\xfd", "a zstd file inside another"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// The same, but a text may begin so ("ID3 is a tag format"): they count where bytes follow that no text has.
const AMBIGUOUS: &[(&[u8], &str)] = &[
    (b"MZ", "a program"),
    (b"GIF8", "a GIF image"),
    (b"BZh", "a bzip2 file"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"RIFF", "a WAV, AVI or WebP file"),
];

/// What the first bytes of an input look like, if not like text.
pub(super) fn looks_like(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(b"PK\x03\x04") {
        return Some(archive(start));
    }
    let named = |table: &[(&[u8], &'static str)]| {
        let row = table.iter().find(|(magic, _)| start.starts_with(magic));
        row.map(|(_, name)| *name)
    };
    named(MAGIC).or_else(|| {
        let other = other_bytes(start)?;
        Some(named(AMBIGUOUS).unwrap_or(other))
    })
}

fn other_bytes(start: &[u8]) -> Option<&'static str> {
    if start.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    if start.get(4..8) == Some(b"ftyp") {
        return Some("an MP4 video");
    }
    if encoding::is_utf16(start) {
        return None;
    }
    if start.contains(&0) {
        return Some("binary data (it has NUL bytes)");
    }
    many_controls(start).then_some("binary data (it is full of control characters)")
}

/// Markup that is neither HTML nor JSON: its tags must not be read as text.
pub(super) fn other_markup(start: &str) -> Option<&'static str> {
    let is = |prefix: &str| start.get(..prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix));
    if is("<rss") || is("<feed") || is("<rdf:RDF") {
        return Some("a feed");
    }
    is("<?xml").then_some("an XML document")
}

fn archive(start: &[u8]) -> &'static str {
    let names = |name: &[u8]| start.windows(name.len()).any(|window| window == name);
    match () {
        () if names(b"word/") => "a Word document",
        () if names(b"opendocument") => "an OpenDocument file",
        () if names(b"application/epub") => "an EPUB book",
        () if names(b"xl/") => "an Excel workbook",
        () => "a ZIP archive",
    }
}

/// More than one byte in fifty is a control character that no text has.
fn many_controls(start: &[u8]) -> bool {
    let control = |b: &&u8| matches!(b, 0..=8 | 0x0e..=0x19 | 0x1b..=0x1f | 0x7f);
    start.iter().filter(control).count() * 50 > start.len()
}
