//! Bounds the depth of a page before it is parsed.
//!
//! Tags are counted as they stand in the source, which is enough: elements whose end may be left out (`p`, `li`, table cells) close each other, so
//! they are not counted, and where the count is higher than the tree's depth only tags beyond the bound are lost, never text.

use std::{borrow::Cow, collections::HashMap};

/// The greatest depth kept; browsers keep 512.
pub(super) const DEPTH: usize = 512;

/// Elements without content or whose end tag may be left out.
const UNCOUNTED: &[&str] = &[
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link", "meta", "option", "p", "param",
    "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements in which tags are text.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Elements that run on inside a paragraph: no line breaks where their tags are dropped.
const INLINE: &[&str] =
    &["a", "abbr", "b", "bdi", "bdo", "big", "cite", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"];

/// The page with all tags beyond the depth dropped, and whether there were any.
pub(super) fn flatten(html: &str) -> (Cow<'_, str>, bool) {
    let mut flattened = Flattened::default();
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        if flattened.drops(&tag) {
            flattened.kept.push_str(&html[flattened.copied..tag.start]);
            flattened.copied = tag.end;
            flattened.break_line(&tag.name);
        } else if !tag.closes && RAW.contains(&tag.name.as_str()) && flattened.foreign == 0 {
            at = raw_end(html, at, &tag.name);
        }
    }
    if flattened.copied == 0 {
        return (Cow::Borrowed(html), false);
    }
    flattened.kept.push_str(&html[flattened.copied..]);
    (Cow::Owned(flattened.kept), true)
}

#[derive(Default)]
struct Flattened {
    /// The page so far, up to `copied` in the source.
    kept: String,
    copied: usize,
    /// Names of the open elements, at most [`DEPTH`].
    open: Vec<String>,
    /// How many dropped elements of a name are open.
    dropped: HashMap<String, usize>,
    /// How many of the open elements are SVG or MathML, whose inner elements all nest.
    foreign: usize,
}

impl Flattened {
    fn drops(&mut self, tag: &Tag) -> bool {
        if self.foreign == 0 && UNCOUNTED.contains(&tag.name.as_str()) {
            return false;
        }
        if tag.closes {
            return self.closes(&tag.name);
        }
        if self.open.len() < DEPTH {
            self.foreign += usize::from(is_foreign(&tag.name));
            self.open.push(tag.name.clone());
            return false;
        }
        *self.dropped.entry(tag.name.clone()).or_default() += 1;
        true
    }

    /// Takes an end tag; whether it belongs to a dropped element.
    fn closes(&mut self, name: &str) -> bool {
        if let Some(count) = self.dropped.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return true;
        }
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            let closed = self.open.drain(at..);
            self.foreign -= closed.filter(|name| is_foreign(name)).count();
            self.dropped.clear();
        }
        false
    }

    fn break_line(&mut self, name: &str) {
        if !INLINE.contains(&name) && !self.kept.ends_with("<br>") {
            self.kept.push_str("<br>");
        }
    }
}

fn is_foreign(name: &str) -> bool {
    name == "svg" || name == "math"
}

struct Tag {
    start: usize,
    end: usize,
    name: String,
    closes: bool,
}

/// The next tag at or after a place, comments skipped.
fn next_tag(html: &str, mut at: usize) -> Option<Tag> {
    loop {
        let start = at + html[at..].find('<')?;
        let rest = &html[start + 1..];
        let closes = rest.starts_with('/');
        let inner = &rest[usize::from(closes)..];
        if inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let length = inner.bytes().take_while(|b| !b.is_ascii_whitespace() && !b"/>".contains(b)).count();
            let name = inner.get(..length).unwrap_or_default().to_ascii_lowercase();
            let end = start + 1 + tag_length(rest);
            return Some(Tag { start, end, name, closes });
        }
        at = if rest.starts_with("!--") { html[start..].find("-->").map_or(html.len(), |end| start + end + 3) } else { start + 1 };
    }
}

/// Bytes up to and with the `>` that ends a tag, quoted attribute values aside.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in rest.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => continue,
            None if byte == b'>' => return at + 1,
            None if before == b'=' && (byte == b'"' || byte == b'\'') => quote = Some(byte),
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    rest.len()
}

/// Where the end tag of a raw element begins, or the end of the page.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let inner = &html.as_bytes()[at + found + 2..];
        let names = inner.get(..name.len());
        if names.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return at + found;
        }
        at += found + 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::{DEPTH, flatten};

    fn check(html: &str, expected: &str) {
        assert_eq!(flatten(html).0, expected);
    }

    #[test]
    fn ordinary_pages_stay_as_they_are() {
        let page = "<!doctype html><title>a <b> c</title><script>if (a<b) '</p>'</script><!-- <div> --><p>1 < 2 <a title='x>y'>z</a>";
        check(page, page);
        let list = "<p>one<li>two<td>three".repeat(DEPTH);
        check(&list, &list);
        let open_script = "<script>".to_owned() + &"<div>".repeat(2 * DEPTH);
        check(&open_script, &open_script);
    }

    #[test]
    fn what_lies_deeper_is_opened_up() {
        let nest = |depth: usize, inner: &str| {
            let (open, close) = ("<div>".repeat(depth), "</div>".repeat(depth));
            format!("{open}{inner}{close}")
        };
        check(&nest(DEPTH + 9, "x"), &nest(DEPTH, "<br>x<br>"));
        check(&nest(DEPTH, "<b>x</b>"), &nest(DEPTH, "x"));
        check(&nest(DEPTH, "<p>x</p>y"), &nest(DEPTH, "<p>x</p>y"));
        check(&nest(DEPTH - 1, "<svg><td>x</td></svg>"), &nest(DEPTH - 1, "<svg><br>x<br></svg>"));
    }
}
