//! English: contractions come apart.

pub(crate) mod inflect;

/// The words of a token that stands between `before` and `next`: `don't` is `do` and `n't`, `we'll` is `we` and `'ll`, `ministers'` is `ministers` and `'`,
/// `its` before an article is `it` and `s`; any other token is one word. The parts joined are the token.
pub fn contraction_parts<'a>(token: &'a str, before: &str, next: &str) -> impl Iterator<Item = &'a str> {
    let cut = if token.len() > 24 { None } else { cut(token, before, next) };
    let (first, second) = token.split_at(cut.unwrap_or(token.len()));
    [first, second].into_iter().filter(|part| !part.is_empty())
}

/// Tokens that are two words though nothing marks it, with the length of the second.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 2),
    ("wanna", 2),
    ("gotta", 2),
    ("outta", 2),
    ("dunno", 3),
    ("lemme", 2),
    ("gimme", 2),
    ("dont", 2),
    ("wont", 2),
    ("cant", 2),
    ("didnt", 2),
    ("doesnt", 2),
    ("isnt", 2),
    ("aint", 2),
    ("arent", 2),
    ("arnt", 2),
    ("wasnt", 2),
    ("werent", 2),
    ("hasnt", 2),
    ("havent", 2),
    ("hadnt", 2),
    ("couldnt", 2),
    ("wouldnt", 2),
    ("shouldnt", 2),
    ("im", 1),
    ("ive", 2),
    ("youre", 2),
    ("theyre", 2),
    ("youve", 2),
    ("weve", 2),
    ("theyve", 2),
    ("youll", 2),
    ("theyll", 2),
    ("itll", 2),
    ("thats", 1),
    ("whats", 1),
    ("theres", 1),
    ("heres", 1),
    ("hes", 1),
    ("shes", 1),
    ("alot", 3),
    ("thankyou", 3),
    ("atleast", 5),
    ("infact", 4),
    ("eachother", 5),
];

/// Possessives that are often a pronoun and a verb with the apostrophe left out, and the length of the verb.
const POSSESSIVES: &[(&str, usize)] = &[("its", 1), ("your", 1)];

/// Words that never follow a possessive, whatever stands before it.
const NEVER_AFTER_POSSESSIVE: &[&str] = &["a", "an", "the", "not"];

/// Words that follow a verb and hardly ever a possessive.
const AFTER_VERB: &[&str] = &[
    "been",
    "being",
    "because",
    "going",
    "gonna",
    "so",
    "too",
    "really",
    "just",
    "always",
    "never",
    "still",
    "about",
    "what",
    "why",
    "how",
    "where",
    "that",
    "this",
    "my",
    "your",
    "in",
    "on",
    "at",
    "to",
    "from",
    "for",
    "now",
    "also",
    "like",
    "very",
    "all",
    "only",
    "simply",
    "kind",
    "sort",
    "called",
    "getting",
    "definitely",
    "probably",
    "actually",
    "pretty",
    "quite",
    "even",
    "already",
    "usually",
    "almost",
    "nothing",
    "something",
    "supposed",
    "worth",
];

/// Words that follow "you are" and hardly ever what somebody has.
const AFTER_YOU_ARE: &[&str] = &[
    "looking",
    "trying",
    "wondering",
    "talking",
    "planning",
    "asking",
    "telling",
    "interested",
    "welcome",
    "sure",
    "serious",
    "stupid",
    "kidding",
    "joking",
    "paying",
    "referring",
    "referencing",
    "expecting",
    "hoping",
    "wrong",
    "lucky",
    "able",
    "unable",
    "bored",
    "tired",
    "correct",
    "ready",
];

/// Words that what somebody finds is said with, and that seldom stand before what somebody has.
const FINDINGS: &[&str] = &[
    "important",
    "easy",
    "hard",
    "difficult",
    "good",
    "great",
    "nice",
    "fun",
    "funny",
    "sad",
    "bad",
    "fine",
    "ok",
    "okay",
    "simple",
    "necessary",
    "possible",
    "impossible",
    "illegal",
    "legal",
    "rare",
    "horrible",
    "amazing",
    "awesome",
    "true",
    "better",
    "cheaper",
    "fair",
    "cool",
    "available",
    "crazy",
    "weird",
    "interesting",
    "clear",
    "obvious",
    "likely",
    "unlikely",
    "time",
    "up",
    "over",
    "natural",
    "hot",
    "cold",
    "free",
    "expensive",
    "disgusting",
    "ridiculous",
];

/// Words that a clause follows, seldom a noun.
const BEFORE_CLAUSE: &[&str] =
    &["if", "but", "think", "know", "sure", "so", "since", "say", "guess", "hope", "cos", "cuz", "though", "although", "unless", "when"];

/// Words after which a noun follows, whatever stands between.
const BEFORE_NOUN: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "with",
    "from",
    "by",
    "as",
    "through",
    "within",
    "into",
    "under",
    "over",
    "despite",
    "about",
    "after",
    "before",
    "during",
    "against",
    "off",
    "between",
    "toward",
    "towards",
    "around",
    "without",
    "including",
    "has",
    "have",
    "had",
    "lost",
    "made",
    "all",
];

/// Whether a possessive between two words is a pronoun and a verb.
fn verb_follows(token: &str, before: &str, next: &str) -> bool {
    let is = |list: &[&str], word: &str| list.iter().any(|w| w.eq_ignore_ascii_case(word));
    if token.eq_ignore_ascii_case("your") {
        return [NEVER_AFTER_POSSESSIVE, AFTER_VERB, AFTER_YOU_ARE].iter().any(|list| is(list, next));
    }
    if is(BEFORE_NOUN, before) || next.eq_ignore_ascii_case("own") {
        return is(NEVER_AFTER_POSSESSIVE, next);
    }
    is(NEVER_AFTER_POSSESSIVE, next) || is(AFTER_VERB, next) || is(FINDINGS, next) || is(BEFORE_CLAUSE, before)
}

fn cut(token: &str, before: &str, next: &str) -> Option<usize> {
    if let Some(apostrophe) = token.rfind(['\'', '’']) {
        let (host, tail) = token.split_at(apostrophe);
        let letters = tail.trim_start_matches(['\'', '’']).to_ascii_lowercase();
        return match letters.as_str() {
            _ if host.is_empty() => None,
            // Decades are one word.
            "s" if host.ends_with('0') => None,
            "s" | "re" | "ve" | "ll" | "d" | "m" => Some(apostrophe),
            "t" if host.ends_with(['n', 'N']) && host.len() > 1 => Some(apostrophe - 1),
            "" if host.ends_with(['s', 'S', 'z', 'x']) && host.len() > 2 => Some(apostrophe),
            _ => None,
        };
    }
    let length = |table: &[(&str, usize)]| table.iter().find(|(form, _)| form.eq_ignore_ascii_case(token)).map(|(_, n)| token.len() - n);
    length(FUSED).or_else(|| length(POSSESSIVES).filter(|_| verb_follows(token, before, next))).or_else(|| (token == "Lets").then_some(3))
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
            ("ministers'", "ministers '"),
            ("1990's", "1990's"),
            ("Thats", "That s"),
            ("havent", "have nt"),
            ("alot", "a lot"),
            ("its", "its"),
            ("word", "word"),
        ] {
            assert_eq!(contraction_parts(token, "the", "army").collect::<Vec<_>>().join(" "), parts);
        }
        assert_eq!(contraction_parts("its", "in", "great").count(), 1);
        assert_eq!(contraction_parts("its", "because", "own").count(), 1);
        assert_eq!(contraction_parts("your", "if", "house").count(), 1);
        assert_eq!(contraction_parts("your", "if", "looking").count(), 2);
        assert_eq!(contraction_parts("its", "think", "a").collect::<Vec<_>>(), ["it", "s"]);
        assert_eq!(contraction_parts("Your", "", "not").collect::<Vec<_>>(), ["You", "r"]);
    }
}
