//! Addresses of the web and of mail, which hold punctuation that ends nothing.

use std::ops::Range;

/// Where the first address of a chunk without white space lies, in bytes: from its scheme or `www.` on, or around an `@`, without the punctuation after it.
#[must_use]
pub fn find(chunk: &str) -> Option<Range<usize>> {
    if chunk.len() < 6 {
        return None;
    }
    web(chunk).or_else(|| mail(chunk)).or_else(|| host(chunk))
}

/// Ends of names of hosts that stand without a scheme.
const DOMAINS: [&str; 24] = [
    ".com", ".org", ".net", ".edu", ".gov", ".int", ".info", ".ru", ".su", ".ua", ".by", ".kz", ".uk", ".de", ".fr", ".eu", ".il", ".ir", ".sa", ".eg", ".qa",
    ".ae", ".sy", ".tv",
];

/// A host's or a file's name: letters, digits, dots, hyphens and underscores that end in a known domain, or that an underscore joins.
fn host(chunk: &str) -> Option<Range<usize>> {
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let start = chunk.find(|c: char| c.is_ascii_alphanumeric())?;
    let end = chunk[start..].find(|c: char| !of_name(c)).map_or(chunk.len(), |n| start + n);
    let name = chunk[start..end].trim_end_matches(['.', '-', '_']);
    let joined = name.trim_matches('_').contains('_') && name.contains(|c: char| c.is_ascii_alphabetic());
    let dots = name.contains('.') && DOMAINS.iter().any(|d| name.len() > d.len() + 1 && name.ends_with(d));
    (name.len() >= 6 && (joined || dots)).then(|| start..start + name.len())
}

/// Whether an atom is such an address. No other atom mixes letters with these.
pub(super) fn is_address(atom: &str) -> bool {
    atom.len() >= 6 && atom.contains(['.', '/', '@', '_'])
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
    (start < at && host.len() > 1).then_some(start..at + 1 + host.len())
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
            ("one@two", Some("one@two")),
            ("paper.ru,", Some("paper.ru")),
            ("(news.example.com)", Some("news.example.com")),
            ("old_photo.jpg.", Some("old_photo.jpg")),
            ("1.5.2014", None),
            ("U.S.", None),
            ("____", None),
            ("and/or", None),
            ("awww.nice", None),
            ("://", None),
            ("https://", None),
        ] {
            assert_eq!(find(chunk).map(|r| &chunk[r]), address, "{chunk}");
        }
    }
}
