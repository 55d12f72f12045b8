//! English: contractions come apart.

pub(crate) mod inflect;

/// The words of a token: `don't` is `do` and `n't`, `we'll` is `we` and `'ll`; any other token is one word. The parts joined are the token.
pub fn contraction_parts(token: &str) -> impl Iterator<Item = &str> {
    let cut = if token.len() > 24 { None } else { cut(token) };
    let (first, second) = token.split_at(cut.unwrap_or(token.len()));
    [first, second].into_iter().filter(|part| !part.is_empty())
}

/// Tokens that are two words though nothing marks it, with the length of the first.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("dunno", 2),
    ("lemme", 3),
    ("gimme", 3),
    ("dont", 2),
    ("wont", 2),
    ("cant", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("isnt", 2),
];

fn cut(token: &str) -> Option<usize> {
    if let Some(apostrophe) = token.rfind(['\'', '’']) {
        let (host, tail) = token.split_at(apostrophe);
        let letters = tail.trim_start_matches(['\'', '’']).to_ascii_lowercase();
        return match letters.as_str() {
            _ if host.is_empty() => None,
            "s" | "re" | "ve" | "ll" | "d" | "m" => Some(apostrophe),
            "t" if host.ends_with(['n', 'N']) && host.len() > 1 => Some(apostrophe - 1),
            _ => None,
        };
    }
    FUSED.iter().find(|(form, _)| form.eq_ignore_ascii_case(token)).map(|(_, n)| *n)
}

#[cfg(test)]
mod tests {
    use super::contraction_parts;

    #[test]
    fn contractions_come_apart() {
        for (token, parts) in [
            ("don't", "do n't"),
            ("Can’t", "Ca n’t"),
            ("Ukraine's", "Ukraine 's"),
            ("they'll", "they 'll"),
            ("cannot", "can not"),
            ("'s", "'s"),
            ("O'Neill", "O'Neill"),
            ("ministers'", "ministers'"),
            ("word", "word"),
        ] {
            assert_eq!(contraction_parts(token).collect::<Vec<_>>().join(" "), parts);
        }
    }
}
