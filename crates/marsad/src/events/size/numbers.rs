//! Numbers in a sentence: digits, words, and both together ("1,200", «2,5 тысячи», «ثلاثة عشر», "twenty-one").

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

/// The numbers of a sentence in order. Percentages and numbers with letters are none.
pub fn numbers(tree: &Tree, words: &Words) -> Vec<Number> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        match number(tree, words, at) {
            Some(number) => {
                at = number.words.end;
                let percent = at < tree.len() && matches!(tree.form(at), "%" | "٪");
                out.extend(Some(number).filter(|_| !percent));
            }
            None => at += 1,
        }
    }
    out
}

fn number(tree: &Tree, words: &Words, start: usize) -> Option<Number> {
    let mut sum = part(tree, words, start)?;
    let mut end = start + 1;
    while end < tree.len() {
        // "and", «و» and hyphens join the parts of one number.
        let joiner = matches!(tree.folded(end), "and" | "و" | "-");
        let next = end + usize::from(joiner);
        let more = (next < tree.len()).then(|| part(tree, words, next)).flatten().and_then(|part| joined(sum, part, joiner));
        match more {
            Some(more) => {
                sum = more;
                end = next + 1;
            }
            None => break,
        }
    }
    let whole = (1.0..=MOST).contains(&sum) && sum.fract() == 0.0;
    whole.then_some(Number { words: start..end, value: sum as u32 })
}

fn part(tree: &Tree, words: &Words, at: usize) -> Option<f64> {
    digits(tree.folded(at)).or_else(|| words.number(tree.folded(at)).map(f64::from)).or_else(|| hyphenated(tree.folded(at), words))
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
    let thousands = groups.len() > 1 && groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3);
    if groups.len() == 1 || thousands {
        return groups.concat().parse().ok();
    }
    (groups.len() == 2).then(|| format!("{}.{}", groups[0], groups[1]).parse().ok()).flatten()
}

/// The number that a number and a further part make; `None` where they are two.
fn joined(sum: f64, next: f64, joiner: bool) -> Option<f64> {
    let value = match next {
        // "2.5 million", «5 тысяч», «ثلاثة آلاف»: what follows is larger.
        n if n >= 1000.0 && sum < n && !joiner => sum * n,
        100.0 if (1.0..10.0).contains(&sum) && !joiner => sum * 100.0,
        // «ثلاثة عشر»
        10.0 if (1.0..10.0).contains(&sum) && !joiner => sum + 10.0,
        // «خمسة وعشرون»
        n if (20.0..100.0).contains(&n) && (1.0..10.0).contains(&sum) && joiner => sum + n,
        n if n < 10.0 && (20.0..100.0).contains(&(sum % 100.0)) && sum % 10.0 == 0.0 => sum + n,
        n if n < 100.0 && sum >= 100.0 && sum % 100.0 == 0.0 => sum + n,
        // «١٢٠٠»-like groups parted by a space: 10 000.
        n if n < 1000.0 && sum >= 1000.0 && sum % 1000.0 == 0.0 => sum + n,
        _ => return None,
    };
    (value <= MOST).then_some(value)
}
