//! Sentence ends: the layout says where one must be, punctuation where one may be, a classifier decides there.

use super::tokens::Decision;
use crate::Span;
use crate::linear::{Linear, feature, text_feature};
use crate::normal::fold;

/// Indices one past each sentence's last token, ascending; the last is the number of tokens. Empty for a text without tokens.
///
/// With `full_stops` a full stop, question or exclamation mark before a space ends a sentence whatever the classifier says: the Arabic treebank that trains it
/// takes whole paragraphs for sentences, which the news are not read by.
#[must_use]
pub fn ends(text: &str, tokens: &[Span], end: &Linear, full_stops: bool) -> Vec<usize> {
    let layout = Layout::of(text);
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..tokens.len() {
        let last = i + 1 == tokens.len();
        if last
            || layout.breaks(gap(text, tokens, i))
            || (full_stops && is_full_stop(text, tokens, i))
            || (may_end(text, tokens, i) && !is_abbreviation(text, tokens, i) && end.score(&features(text, tokens, start, i)) > 0)
        {
            out.push(i + 1);
            start = i + 1;
        }
    }
    out
}

/// The decisions at places where a sentence may end, for a text whose sentence ends (indices one past the last token) are known.
#[must_use]
pub fn decisions(text: &str, tokens: &[Span], gold: &[usize]) -> Vec<Decision> {
    let layout = Layout::of(text);
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..tokens.len().saturating_sub(1) {
        let yes = gold.binary_search(&(i + 1)).is_ok();
        if !layout.breaks(gap(text, tokens, i)) && may_end(text, tokens, i) {
            out.push(Decision { features: features(text, tokens, start, i).to_vec(), yes });
        }
        if yes {
            start = i + 1;
        }
    }
    out
}

/// How line ends are to be read.
enum Layout {
    /// A line is a paragraph.
    Lines,
    /// Lines are broken at a fixed width; only empty lines separate paragraphs.
    Wrapped,
}

impl Layout {
    /// Hard-wrapped text has many lines, hardly any over 100 characters, and most of them, paragraph ends aside, nearly as long as the longest. Only the first 200
    /// lines are looked at.
    fn of(text: &str) -> Layout {
        let lines: Vec<usize> = text.lines().take(200).map(|l| l.chars().take(200).count()).collect();
        let inner: Vec<usize> = lines.windows(2).filter(|w| w[0] > 0 && w[1] > 0).map(|w| w[0]).collect();
        let longest = inner.iter().copied().max().unwrap_or(0);
        let full = inner.iter().filter(|&&n| n + 16 >= longest).count();
        if inner.len() >= 4 && (40..=100).contains(&longest) && full * 10 >= inner.len() * 8 { Layout::Wrapped } else { Layout::Lines }
    }

    fn breaks(&self, gap: &str) -> bool {
        match self {
            Layout::Lines => gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']),
            Layout::Wrapped => gap.matches('\n').count() > 1,
        }
    }
}

fn gap<'t>(text: &'t str, tokens: &[Span], i: usize) -> &'t str {
    match tokens.get(i + 1) {
        Some(next) => &text[tokens[i].end as usize..next.start as usize],
        None => "",
    }
}

const FINAL: &[char] = &['.', '!', '?', '…', '؟', '۔', '。', ':', ';', '؛'];
const CLOSERS: &[char] = &['"', '»', '”', '’', ')', ']', '\'', '“', '}', '*'];

/// Whether a sentence may end after token `i`: it closes with final punctuation, quotes and brackets after it let through.
fn may_end(text: &str, tokens: &[Span], i: usize) -> bool {
    let word = |k: usize| &text[tokens[k].range()];
    if word(i).ends_with(FINAL) || word(i).starts_with(FINAL) {
        return true;
    }
    word(i).starts_with(CLOSERS) && i > 0 && word(i - 1).ends_with(FINAL)
}

/// English titles before names that are written with a full stop, which belongs to them and never ends a sentence.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "drs", "gen", "col", "lt", "sgt", "capt", "maj", "cpl", "cmdr", "adm", "brig", "insp", "supt", "sen", "rep", "gov", "prof", "rev",
    "hon", "messrs",
];

/// Words before names whose full stop never ends a sentence.
const BEFORE_NAMES: &[&str] = &["ул", "им", "просп", "проф", "акад", "тов"];

/// Whether a word is a title that is written with a full stop.
pub fn is_title(word: &str) -> bool {
    (2..=6).contains(&word.len()) && TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
}

/// Words that end a sentence only where none goes on in small letters.
const WITHIN: &[&str] = &["млрд", "млн", "тыс", "руб", "долл", "обл", "гг", "чел"];

/// Months, whose full stop ends no sentence before a number: "on Mar. 3".
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "янв", "фев", "февр", "мар", "апр", "июн", "июл", "авг", "сен",
    "сент", "окт", "ноя", "нояб", "дек",
];

/// Whether token `i` is the full stop of such a word, or the word with it.
fn is_abbreviation(text: &str, tokens: &[Span], i: usize) -> bool {
    let token = &text[tokens[i].range()];
    let word = match token.strip_suffix('.') {
        Some("") if i > 0 && gap(text, tokens, i - 1).is_empty() => &text[tokens[i - 1].range()],
        Some(word) => word,
        None => return false,
    };
    if word.len() > 12 {
        return false;
    }
    let next = |begins: fn(char) -> bool| tokens.get(i + 1).is_some_and(|next| text[next.range()].starts_with(begins));
    let word = word.to_lowercase();
    let is_in = |list: &[&str]| list.contains(&word.as_str());
    is_title(&word) || is_in(BEFORE_NAMES) || is_in(WITHIN) && next(char::is_lowercase) || is_in(MONTHS) && next(|c| c.is_ascii_digit())
}

/// Whether token `i` is a full stop or the like, after a word that is no initial or number and before a space.
fn is_full_stop(text: &str, tokens: &[Span], i: usize) -> bool {
    let stop = matches!(&text[tokens[i].range()], "." | "!" | "؟" | "?");
    let after_word = i > 0 && {
        let before = &text[tokens[i - 1].range()];
        before.chars().count() > 2 && before.chars().all(char::is_alphabetic) || before.ends_with(CLOSERS)
    };
    stop && after_word && !gap(text, tokens, i).is_empty()
}

const FEATURES: usize = 16;

fn features(text: &str, tokens: &[Span], start: usize, i: usize) -> [u32; FEATURES] {
    let word = |k: isize| usize::try_from(i as isize + k).ok().and_then(|k| tokens.get(k)).map_or("", |s| &text[s.range()]);
    let hash = |s: &str| if s.len() <= 32 { text_feature(99, &fold(s)) } else { 0 };
    let (this, before, next) = (word(0), word(-1), word(1));
    let spaced = u32::from(!gap(text, tokens, i).is_empty());
    let (t, b, n) = (hash(this), look(before), look(next));
    let length = ((i - start) as u32).min(15);
    let quotes =
        text[tokens[start].start as usize..tokens[i].end as usize].chars().rev().take(600).filter(|c| matches!(c, '"' | '«' | '»' | '“' | '”')).count() as u32;
    [
        feature(1, [t, spaced]),
        feature(2, [t, b, n, spaced]),
        feature(3, [t, hash(before)]),
        feature(4, [t, hash(next)]),
        feature(5, [t, n, spaced]),
        feature(6, [t, b]),
        feature(7, [b, n, spaced]),
        feature(8, [length.min(4), t]),
        feature(9, [t, hash(next), spaced, length.min(3)]),
        feature(10, [t, quotes % 2, n]),
        feature(11, [t, hash(before), n]),
        feature(12, [look(word(-2)), b, n]),
        feature(13, [n, look(word(2)), t]),
        feature(14, [hash(before), t, hash(next)]),
        feature(15, [this.chars().count().min(6) as u32, b, n]),
        feature(16, [t, hash(word(2)), n]),
    ]
}

/// What a word looks like: its length class and the kind of its first character.
fn look(word: &str) -> u32 {
    let Some(first) = word.chars().next() else { return 0 };
    let length = word.chars().take(5).count() as u32;
    let kind = if first.is_uppercase() {
        1
    } else if first.is_lowercase() {
        2
    } else if first.is_numeric() {
        3
    } else if first.is_alphabetic() {
        4
    } else {
        return 1000 + first as u32;
    };
    kind * 8 + length
}
