//! Addresses of the web and of mail, which hold punctuation that ends nothing.

use std::ops::Range;

/// Where the first address of a chunk without white space lies, in bytes: from its scheme or `www.` on, or around an `@`, without the punctuation after it.
#[must_use]
pub fn find(chunk: &str) -> Option<Range<usize>> {
    if chunk.len() < 6 {
        return None;
    }
    web(chunk).or_else(|| mail(chunk))
}

/// Whether an atom is such an address. No other atom mixes letters with these.
pub(super) fn is_address(atom: &str) -> bool {
    atom.len() >= 6 && atom.contains(['.', '/', '@'])
}

fn web(chunk: &str) -> Option<Range<usize>> {
    let start = match chunk.find("://") {
        Some(at) => chunk[..at].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |i| i + chunk[i..].chars().next().map_or(1, char::len_utf8)),
        None => chunk.find("www.").filter(|&at| !chunk[..at].ends_with(char::is_alphanumeric))?,
    };
    let end = chunk[start..].find(['<', '>', '"', '«', '»', '“', '”', '{', '}', '|', '\\', '^', '`']).map_or(chunk.len(), |n| start + n);
    let end = start + trimmed(&chunk[start..end]);
    // A scheme alone is no address.
    (end >= start + 6 && !chunk[start..end].ends_with('/') || end > start + 8).then_some(start..end)
}

/// Length of an address without the punctuation of the sentence around it; a closing bracket stays where it has its opening one.
fn trimmed(address: &str) -> usize {
    let opened = address.matches('(').count() as isize;
    let mut closed = address.matches(')').count() as isize;
    address
        .trim_end_matches(|c| match c {
            ')' => {
                closed -= 1;
                closed >= opened
            }
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '…' | '،' | '؛' | '؟' => true,
            _ => false,
        })
        .len()
}

fn mail(chunk: &str) -> Option<Range<usize>> {
    let at = chunk.find('@')?;
    let name = chunk[..at].rfind(|c: char| !(c.is_ascii_alphanumeric() || "._%+-".contains(c)));
    let start = name.map_or(0, |i| i + chunk[i..].chars().next().map_or(1, char::len_utf8));
    let host = &chunk[at + 1..];
    let host = &host[..host.find(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c))).unwrap_or(host.len())];
    let host = host.trim_end_matches(['.', '-']);
    (start < at && host.contains('.')).then_some(start..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn addresses_are_found_without_what_stands_around_them() {
        for (chunk, address) in [
            ("(https://example.org/a?b=1&c=(d)).", Some("https://example.org/a?b=1&c=(d)")),
            ("«http://example.ru/новости»,", Some("http://example.ru/новости")),
            ("www.example.com...", Some("www.example.com")),
            ("кому:first.last@mail.example.ru!", Some("first.last@mail.example.ru")),
            ("@handle", None),
            ("one@two", None),
            ("and/or", None),
            ("awww.nice", None),
            ("://", None),
            ("https://", None),
        ] {
            assert_eq!(find(chunk).map(|r| &chunk[r]), address, "{chunk}");
        }
    }
}
