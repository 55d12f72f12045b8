//! Numbers in a sentence: digits, words, and both together ("1,200", "10 000", «2,5 тысячи», «ثلاثة عشر», "twenty-one"). What tells a time is none.

use std::ops::Range;

use super::words::Words;
use crate::tree::Tree;

/// A number and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    pub words: Range<usize>,
    pub value: u32,
}

/// The greatest number that people are counted by.
const MOST: f64 = 20_000_000.0;

/// The numbers of a sentence in order. Percentages, numbers with letters and the words of `times` are none.
pub fn numbers(tree: &Tree, words: &Words, times: &[Range<usize>]) -> Vec<Number> {
    let reader = Reader { tree, words, times };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        if let Some(after) = reader.clock(at) {
            at = after;
        } else if let Some(number) = reader.number(at) {
            at = number.words.end;
            let percent = at < tree.len() && matches!(tree.form(at), "%" | "٪");
            out.extend(Some(number).filter(|_| !percent));
        } else {
            at += 1;
        }
    }
    out
}

impl Number {
    /// Whether it is written as years are: "2013".
    pub fn may_be_year(&self, tree: &Tree) -> bool {
        let written = tree.folded(self.words.start);
        self.words.len() == 1 && written.len() == 4 && are_digits(written) && (1900..=2060).contains(&self.value)
    }
}

/// A number as far as it was read.
#[derive(Clone, Copy)]
struct Part {
    value: f64,
    /// Whether its last word is a number word rather than digits.
    spelled: bool,
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    words: &'a Words,
    times: &'a [Range<usize>],
}

impl Reader<'_> {
    /// The longest number that begins with a word.
    fn number(&self, start: usize) -> Option<Number> {
        let (mut sum, mut end) = self.spaced(start).or_else(|| Some((self.part(start)?, start + 1)))?;
        while let Some((longer, after)) = self.longer(sum, end) {
            (sum, end) = (longer, after);
        }
        let whole = (1.0..=MOST).contains(&sum.value) && sum.value.fract() == 0.0;
        whole.then_some(Number { words: start..end, value: sum.value as u32 })
    }

    /// The number with what follows it, and the word behind that.
    fn longer(&self, sum: Part, end: usize) -> Option<(Part, usize)> {
        // "and", «و» and hyphens join the parts of one number.
        let joiner = self.folded(end).filter(|word| matches!(*word, "and" | "و" | "-"));
        let next = end + usize::from(joiner.is_some());
        Some((joined(sum, self.part(next)?, joiner)?, next + 1))
    }

    fn part(&self, at: usize) -> Option<Part> {
        let folded = self.folded(at)?;
        let spelled = || self.words.number(folded).map(f64::from).or_else(|| hyphenated(folded, self.words));
        let in_digits = digits(folded).map(|value| Part { value, spelled: false });
        in_digits.or_else(|| spelled().map(|value| Part { value, spelled: true }))
    }

    /// Digits whose thousands white space parts, and the word behind them: "10 000", «1 200». Words of a sentence hold no white space, so that groups are
    /// words whichever space stands between them.
    fn spaced(&self, start: usize) -> Option<(Part, usize)> {
        let group = |at: usize| self.folded(at).filter(|word| are_digits(word));
        let first = group(start).filter(|word| word.len() <= 3 && !word.starts_with('0'))?;
        let others: Vec<&str> = (start + 1..).map_while(|at| group(at).filter(|word| word.len() == 3)).collect();
        if others.is_empty() {
            return None;
        }
        let value = format!("{first}{}", others.concat()).parse().ok()?;
        Some((Part { value, spelled: false }, start + 1 + others.len()))
    }

    /// The word behind a time of day or a score whose colon is a word of its own: «10:30».
    fn clock(&self, at: usize) -> Option<usize> {
        let digits = |at: usize| self.folded(at).is_some_and(are_digits);
        (digits(at) && self.folded(at + 1) == Some(":") && digits(at + 2)).then_some(at + 3)
    }

    /// A word that tells no time.
    fn folded(&self, at: usize) -> Option<&str> {
        let told = self.times.iter().any(|time| time.contains(&at));
        (at < self.tree.len() && !told).then(|| self.tree.folded(at))
    }
}

fn are_digits(folded: &str) -> bool {
    !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit())
}

/// "twenty-one" where the tokeniser leaves it whole.
fn hyphenated(folded: &str, words: &Words) -> Option<f64> {
    let (tens, unit) = folded.split_once('-')?;
    let (tens, unit) = (words.number(tens)?, words.number(unit)?);
    ((20..100).contains(&tens) && unit < 10).then(|| f64::from(tens + unit))
}

/// The value of a word of digits; a comma or point before three digits divides thousands, else decimals.
fn digits(folded: &str) -> Option<f64> {
    if !folded.starts_with(|c: char| c.is_ascii_digit())
        || !folded.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '٬' | '٫'))
        || folded.len() > 14
    {
        return None;
    }
    let groups: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).collect();
    let thousands = groups.len() > 1 && groups[0].len() <= 3 && !groups[0].starts_with('0') && groups[1..].iter().all(|g| g.len() == 3);
    if groups.len() == 1 || thousands {
        return groups.concat().parse().ok();
    }
    (groups.len() == 2).then(|| format!("{}.{}", groups[0], groups[1]).parse().ok()).flatten()
}

/// The number that a number and a further part make; `None` where they are two. Digits beside digits are two numbers ("June 4 1989", "killed 20 and 5 others").
fn joined(sum: Part, next: Part, joiner: Option<&str>) -> Option<Part> {
    let value = if next.spelled { with_word(sum, next.value, joiner) } else { with_digits(sum, next.value, joiner) }?;
    (value <= MOST).then_some(Part { value, spelled: next.spelled })
}

/// A number word behind a number.
fn with_word(sum: Part, next: f64, joiner: Option<&str>) -> Option<f64> {
    let value = sum.value;
    Some(match next {
        // "2.5 million", «5 тысяч», «ثلاثة آلاف»: what follows is larger.
        n if n >= 1000.0 && value < n && joiner.is_none() => value * n,
        100.0 if (1.0..10.0).contains(&value) && joiner.is_none() => value * 100.0,
        // Only words add up with words.
        _ if !sum.spelled => return None,
        // «ثلاثة عشر»
        10.0 if (1.0..10.0).contains(&value) && joiner.is_none() => value + 10.0,
        // «خمسة وعشرون»
        n if (20.0..100.0).contains(&n) && (1.0..10.0).contains(&value) && joiner == Some("و") => value + n,
        n if n < 10.0 && (20.0..100.0).contains(&(value % 100.0)) && value % 10.0 == 0.0 => value + n,
        n if n < 100.0 && value >= 100.0 && value % 100.0 == 0.0 => value + n,
        n if n < 1000.0 && value >= 1000.0 && value % 1000.0 == 0.0 => value + n,
        _ => return None,
    })
}

/// Digits behind a number that ends in a word: «5 тысяч 200», «5 آلاف و200».
fn with_digits(sum: Part, next: f64, joiner: Option<&str>) -> Option<f64> {
    let whole = |unit: f64| sum.value >= unit && sum.value % unit == 0.0 && next < unit;
    let fits = match joiner {
        None => whole(1000.0),
        Some("و") => whole(1000.0) || whole(100.0),
        Some(_) => false,
    };
    (sum.spelled && fits).then_some(sum.value + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(first: (f64, bool), joiner: Option<&str>, second: (f64, bool)) -> Option<f64> {
        let part = |(value, spelled)| Part { value, spelled };
        joined(part(first), part(second), joiner).map(|sum| sum.value)
    }

    #[test]
    fn digits_are_multiplied_by_words_only() {
        let (digits, word) = (false, true);
        for (first, joiner, second, sum) in [
            // "June 4 1989", "killed 20 and 5 others", "killed 100 and 30 others", "5-20"
            ((4.0, digits), None, (1989.0, digits), None),
            ((20.0, digits), Some("and"), (5.0, digits), None),
            ((100.0, digits), Some("and"), (30.0, digits), None),
            ((5.0, digits), Some("-"), (20.0, digits), None),
            ((20.0, digits), Some("and"), (5.0, word), None),
            // "5 thousand", «5 тысяч 200», «5 آلاف و200», "five thousand and 200 others"
            ((5.0, digits), None, (1000.0, word), Some(5000.0)),
            ((5000.0, word), None, (200.0, digits), Some(5200.0)),
            ((5000.0, word), Some("و"), (200.0, digits), Some(5200.0)),
            ((5000.0, word), Some("and"), (200.0, digits), None),
            // "twenty-one", "a hundred and five", «خمسة وعشرون», "five and twenty"
            ((20.0, word), Some("-"), (1.0, word), Some(21.0)),
            ((100.0, word), Some("and"), (5.0, word), Some(105.0)),
            ((5.0, word), Some("و"), (20.0, word), Some(25.0)),
            ((5.0, word), Some("and"), (20.0, word), None),
        ] {
            assert_eq!(value(first, joiner, second), sum, "{first:?} {joiner:?} {second:?}");
        }
    }

    #[test]
    fn signs_before_three_digits_part_thousands() {
        for (text, number) in
            [("10,000", Some(10_000.0)), ("10.000", Some(10_000.0)), ("1.200.000", Some(1_200_000.0)), ("2,5", Some(2.5)), ("0.500", Some(0.5))]
        {
            assert_eq!(digits(text), number, "{text}");
        }
        assert_eq!([digits("15.06.2014"), digits("15:30"), digits("25th")], [None; 3]);
    }
}
