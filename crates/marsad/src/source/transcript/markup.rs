//! What is not speech in the text of a cue: tags, character references, positions, sounds in brackets, marks of a new speaker.

use crate::model::Cue;

/// The text without tags (`<i>`, `<font …>`, `<c.colour>`), positions (`{\an8}`) and character references, white space as single spaces.
///
/// A `<` that begins no tag stays: "GDP < 2 %".
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '{', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'<' => tag(rest).map(|end| (if is_break(rest) { " " } else { "" }, end)),
            b'{' => rest.starts_with("{\\").then(|| rest.find('}')).flatten().map(|end| ("", end + 1)),
            _ => reference(rest),
        };
        let (put, length) = taken.unwrap_or((&rest[..1], 1));
        // A tag inside a word joins what stands on both sides: `un<i>known</i>`.
        out.push_str(put);
        rest = &rest[length..];
    }
    out.push_str(rest);
    joined(&out)
}

/// The length of a tag at the start of the text.
fn tag(text: &str) -> Option<usize> {
    let second = text[1..].chars().next()?;
    if !(second.is_ascii_alphanumeric() || second == '/' || second == '!') {
        return None;
    }
    let end = text.find('>')?;
    (end < 400 && !text[1..end].contains('<')).then_some(end + 1)
}

/// Whether a tag ends a line.
fn is_break(text: &str) -> bool {
    text.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")) && text[3..].starts_with(['>', '/', ' '])
}

/// A character reference at the start of the text, and its length.
fn reference(text: &str) -> Option<(&'static str, usize)> {
    const NAMED: &[(&str, &str)] = &[
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&lrm;", "\u{200e}"),
        ("&rlm;", "\u{200f}"),
        ("&#160;", "\u{a0}"),
        ("&#34;", "\""),
    ];
    NAMED.iter().find(|(name, _)| text.starts_with(name)).map(|(name, meant)| (*meant, name.len()))
}

/// White space of every kind, and what cannot be seen at all, as single spaces.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}').filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Takes sounds and marks of a new speaker or item out of a cue's text.
pub(super) fn take_marks(cue: &mut Cue) {
    let mut text = without_sounds(&cue.text);
    loop {
        let trimmed = text.trim_start();
        if let Some(rest) = trimmed.strip_prefix(">>>") {
            // CEA-608 captions: three arrows for a new item, two for a new speaker.
            cue.opens_item = true;
            cue.turn = true;
            text = rest.to_owned();
        } else if let Some(rest) =
            trimmed.strip_prefix(">>").or_else(|| trimmed.strip_prefix("- ")).or_else(|| trimmed.strip_prefix("– ")).or_else(|| trimmed.strip_prefix("— "))
        {
            cue.turn = true;
            text = rest.to_owned();
        } else {
            text = trimmed.to_owned();
            break;
        }
    }
    if cue.speaker.is_none()
        && let Some((speaker, rest)) = named_speaker(&text)
    {
        cue.speaker = Some(speaker.to_owned());
        text = rest.to_owned();
    }
    cue.text = joined(&text);
}

/// The text without `[Music]`, `(applause)` and notes of music.
fn without_sounds(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '(', '♪', '♫']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let first = rest.chars().next().unwrap_or(' ');
        let close = if first == '[' {
            rest.find(']')
        } else if first == '(' {
            rest.find(')')
        } else {
            None
        };
        let length = match close {
            // Round brackets hold speech too: only those that fill the cue are sounds.
            Some(end) if first == '[' && end < 60 => end + 1,
            Some(end) if first == '(' && out.trim().is_empty() && rest[end + 1..].trim().is_empty() => end + 1,
            _ if first == '♪' || first == '♫' => first.len_utf8(),
            _ => {
                out.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// A speaker in capitals before a colon: `ANCHOR: good evening`.
fn named_speaker(text: &str) -> Option<(&str, &str)> {
    let at = text.find(": ")?;
    let name = &text[..at];
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capital = name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '\'' | '_'));
    (capital && (2..=40).contains(&letters) && name.split(' ').count() <= 5).then(|| (name, &text[at + 2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_speech_stays() {
        for (text, want) in [
            ("<i>Hello</i> <font color=\"#fff\">there</font>", "Hello there"),
            ("{\\an8}Top", "Top"),
            ("GDP < 2 % & rising", "GDP < 2 % & rising"),
            ("Tom &amp; Jerry&#39;s", "Tom & Jerry's"),
            ("a<00:00:01.500><c> b</c>", "a b"),
            ("un<b>known</b>", "unknown"),
            ("<<<", "<<<"),
            ("&", "&"),
        ] {
            assert_eq!(plain(text), want, "{text}");
        }
    }

    #[test]
    fn marks_become_fields() {
        let mut cue = Cue { text: ">> [Music] ANCHOR: Good evening (again)".into(), ..Cue::default() };
        take_marks(&mut cue);
        assert!(cue.turn && !cue.opens_item);
        assert_eq!((cue.speaker.as_deref(), cue.text.as_str()), (Some("ANCHOR"), "Good evening (again)"));
    }
}
