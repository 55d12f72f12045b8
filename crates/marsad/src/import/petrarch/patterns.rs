//! Patterns of a verb: `- &MILITARY * (TO BORDER) [154]`.

use std::collections::BTreeMap;

/// A word of a pattern, or the words of a synonym set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// The verb.
    Verb,
    /// `$`, who acts.
    Source,
    /// `+`, to whom.
    Target,
    /// `%`, both.
    Both,
    /// One of these words or phrases; phrases have their words joined by `_`.
    Words(Vec<String>),
    /// A preposition, or the first word of a group in round brackets.
    Preposition(String),
}

/// A pattern as marsad can use it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    pub before: Vec<Token>,
    pub after: Vec<Token>,
}

pub type Sets = BTreeMap<String, Vec<String>>;

/// The most alternatives that a condition may have.
pub const MOST: usize = 400;

/// Words that a tree does not have as dependents, or that tell nothing.
const EMPTY: &[&str] = &[
    "the", "a", "an", "be", "is", "are", "was", "were", "been", "being", "has", "have", "had", "that", "this", "its", "his", "their", "it", "and", "or", "not",
    "^",
];

const PREPOSITIONS: &[&str] = &[
    "to", "of", "in", "on", "at", "by", "for", "from", "with", "against", "into", "over", "about", "between", "among", "toward", "towards", "as", "under",
    "upon", "near", "through", "across", "after", "before", "during", "without", "within", "behind",
];

/// Reads the words of a pattern without dash, code and comment. The error says what cannot be carried over.
pub fn pattern(text: &str, sets: &Sets) -> Result<Pattern, String> {
    if text.contains('|') {
        return Err("a choice of words in the pattern".to_owned());
    }
    let spaced: String = text.chars().map(|c| if "(){}".contains(c) { format!(" {c} ") } else { c.to_string() }).collect();
    let (mut out, mut seen, mut opened) = (Pattern::default(), false, false);
    for word in spaced.split_whitespace() {
        match word {
            "(" => opened = true,
            ")" | "{" | "}" | "^" => {}
            _ if word.trim_matches(['_', '*']).is_empty() && word.contains('*') => seen = true,
            _ => {
                for token in tokens(word, sets, opened)? {
                    match token {
                        Token::Verb => seen = true,
                        token if seen => out.after.push(token),
                        token => out.before.push(token),
                    }
                }
                opened = false;
            }
        }
    }
    if seen { Ok(out) } else { Err("a pattern without its verb".to_owned()) }
}

/// A phrase of the dictionary as a condition has it, its words joined by `_`; without those that a tree has deeper than a condition looks.
pub fn phrase(text: &str) -> Option<String> {
    let small = text.to_lowercase();
    let words = || small.split(['_', ' ']).filter(|w| !w.is_empty());
    let told: Vec<&str> = words().filter(|w| !EMPTY.contains(w) && !PREPOSITIONS.contains(w)).collect();
    // A preposition alone is what the dictionary means.
    let alone = || Some(small.trim_matches(['_', ' '])).filter(|word| PREPOSITIONS.contains(word)).map(str::to_owned);
    if told.is_empty() { alone() } else { Some(told.join("_")) }
}

/// A word of the pattern; `WAS_*` and `*_OUT_AT` hold the verb and further words.
fn tokens(word: &str, sets: &Sets, first_of_group: bool) -> Result<Vec<Token>, String> {
    if word.contains('*') {
        let mut out = Vec::new();
        for part in word.split('_').filter(|p| !p.is_empty()) {
            match part {
                "*" => out.push(Token::Verb),
                _ if part.contains('*') => return Err(format!("a star that is no word of its own: {part}")),
                _ => out.extend(tokens(part, sets, false)?),
            }
        }
        return Ok(out);
    }
    let token = match word {
        "$" => Token::Source,
        "+" => Token::Target,
        "%" => Token::Both,
        _ if word.starts_with('&') => {
            let name = word.trim_end_matches('_');
            let set = sets.get(name).ok_or_else(|| format!("a set of words that is not defined: {name}"))?;
            if set.is_empty() {
                return Ok(Vec::new());
            }
            Token::Words(set.clone())
        }
        _ => {
            let small = word.trim_matches('_').replace('_', " ").to_lowercase();
            let words: Vec<&str> = small.split(' ').filter(|w| !EMPTY.contains(w) && !w.is_empty()).collect();
            match words[..] {
                [] => return Ok(Vec::new()),
                [one] if PREPOSITIONS.contains(&one) || first_of_group => Token::Preposition(one.to_owned()),
                _ => Token::Words(phrase(word).into_iter().collect()),
            }
        }
    };
    Ok(vec![token])
}

impl Pattern {
    fn words(&self) -> impl Iterator<Item = &Vec<String>> {
        self.before.iter().chain(&self.after).filter_map(|t| match t {
            Token::Words(words) if !words.is_empty() => Some(words),
            _ => None,
        })
    }

    /// The condition `+w:` that all words of the pattern stand by the verb: every way to choose one of each set.
    pub fn condition(&self) -> Result<String, String> {
        let mut ways: Vec<String> = vec![String::new()];
        for words in self.words() {
            if ways.len() * words.len() > MOST {
                return Err(format!("more than {MOST} combinations of its sets of words"));
            }
            let join = |way: &String, word: &String| if way.is_empty() { word.clone() } else { format!("{way}_{word}") };
            ways = ways.iter().flat_map(|way| words.iter().map(move |word| join(way, word))).collect();
        }
        let ways: Vec<String> = ways.into_iter().filter(|w| !w.is_empty()).map(|w| w.replace(',', "")).collect();
        // A preposition tells something only where nothing else does: "rush to".
        let preposition = || self.preposition(self.after.len()).map(|p| format!("+w:{p}")).unwrap_or_default();
        Ok(if ways.is_empty() { preposition() } else { format!("+w:{}", ways.join(",")) })
    }

    /// The last preposition among the first tokens behind the verb.
    fn preposition(&self, end: usize) -> Option<&str> {
        self.after[..end].iter().rev().find_map(|t| match t {
            Token::Preposition(p) if p != "by" => Some(p.as_str()),
            _ => None,
        })
    }

    /// The frame: who stands where, as far as the pattern tells; else the type's. A pair of codes makes both sides actors.
    pub fn frame(&self, default: &str, paired: bool) -> String {
        if paired || self.before.iter().chain(&self.after).any(|t| *t == Token::Both) {
            return self
                .preposition(self.after.len())
                .map_or_else(|| "subj+with|obj".to_owned(), |p| if p == "with" { "subj+with|obj".to_owned() } else { format!("subj+{p}|with|obj") });
        }
        let at = self.after.iter().position(|t| *t == Token::Target);
        let alone = at.is_none() && self.words().next().is_none();
        match self.preposition(if alone { self.after.len() } else { at.unwrap_or(0) }) {
            Some(p) => format!("subj>{p}|obj"),
            None if at == Some(0) => "subj>obj".to_owned(),
            None => default.to_owned(),
        }
    }

    /// The words before the verb that are no participant and no noun: verbs that govern it.
    pub fn governed_by<'a>(&'a self, verbs: &'a dyn Fn(&str) -> bool) -> Option<&'a str> {
        // "prospect of *", "vow to *": what stands before a preposition governs the verb.
        if let Some(Token::Preposition(p)) = self.before.last() {
            return Some(p.as_str());
        }
        self.before.iter().find_map(|t| match t {
            Token::Words(words) if words.len() == 1 && words[0].split('_').any(verbs) => Some(words[0].as_str()),
            _ => None,
        })
    }
}
