//! Number words: "twenty-first", «двадцать первого», «الثالث والعشرين», «две тысячи четырнадцатом».
//!
//! The parts add up or multiply by their size; what joins them (`-`, "and", و) may stand between. That is enough for days, counts and years in all three
//! languages.

use super::atoms::Atom;
use super::kinds::Kind;
use super::lexicon::Sense;

/// A number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub value: i32,
    /// Whether a part of it is an ordinal.
    pub ordinal: bool,
    /// The atom after it.
    pub end: usize,
}

/// More parts than the longest year has.
const MOST_PARTS: usize = 8;

/// The longest number in words that begins at an atom.
pub fn number(atoms: &[Atom<'_>], at: usize) -> Option<Number> {
    let mut sum = part(atoms, at)?;
    for _ in 1..MOST_PARTS {
        let next = join(sum, part(atoms, sum.end), false);
        let joined = || is_joiner(atoms, sum.end).then(|| join(sum, part(atoms, sum.end + 1), true)).flatten();
        match next.or_else(joined) {
            Some(longer) => sum = longer,
            None => break,
        }
    }
    Some(sum)
}

/// The number word at an atom; an ordinal where it is both.
fn part(atoms: &[Atom<'_>], at: usize) -> Option<Number> {
    let senses = &atoms.get(at)?.entry?.senses;
    let of = |kind: Kind| senses.iter().find(|s| s.kind == kind && s.rest.is_empty()).map(|s: &Sense| s.value);
    let ordinal = of(Kind::Ordinal);
    ordinal.or_else(|| of(Kind::Number)).map(|value| Number { value, ordinal: ordinal.is_some(), end: at + 1 })
}

fn is_joiner(atoms: &[Atom<'_>], at: usize) -> bool {
    atoms.get(at).is_some_and(|a| matches!(a.text, "-" | "‑" | "and" | "و"))
}

/// The number that two parts make; `None` where they are two numbers.
fn join(sum: Number, next: Option<Number>, joined: bool) -> Option<Number> {
    let next = next?;
    let (a, b) = (sum.value, next.value);
    let is_unit = (1..10).contains(&(a % 100));
    let value = match b {
        // «ثلاثة عشر»: the ten of the teens stands behind its unit.
        10 if is_unit && !joined => a + b,
        // «خمسة وعشرين»: units before tens.
        20..=90 if is_unit && joined => a + b,
        100 if (2..10).contains(&a) && !joined => a * b,
        1000 if (2..100).contains(&a) && !joined => a * b,
        1..=9 if (20..100).contains(&(a % 100)) && a % 10 == 0 => a + b,
        1..=99 if a >= 100 && a % 100 == 0 => a + b,
        100..=999 if a >= 1000 && a % 1000 == 0 => a + b,
        _ => return year_by_halves(sum, next, joined),
    };
    Some(Number { value, ordinal: sum.ordinal || next.ordinal, end: next.end })
}

/// "nineteen ninety", "twenty fourteen": centuries and years as two numbers.
fn year_by_halves(sum: Number, next: Number, joined: bool) -> Option<Number> {
    let is_year = (13..=20).contains(&sum.value) && (10..100).contains(&next.value) && !joined && !sum.ordinal && !next.ordinal;
    is_year.then(|| Number { value: sum.value * 100 + next.value, ordinal: false, end: next.end })
}
