//! When: expressions of time in a sentence ("on Monday", «в марте прошлого года», «قبل ثلاثة أيام»), and the date that each means.
//!
//! Words come apart into atoms (`atoms`), the table of the language (`<lang>.tsv`, `lexicon`) says what they are and in which phrases they tell a
//! time, a matcher finds the phrases (`find`), and their meaning (`meaning`, `dating`) is resolved against the document's date. Language is in the tables
//! only, save how digits are written (`read`) and number words are put together (`numbers`).
//!
//! The notions follow TIMEX3 (Pustejovsky et al. 2003), cut down to what dates an event: no times of day, no durations, no recurrences. What is decided:
//! * Prepositions are not part of an expression; "since", "until" and their like stay in [`Time::bound`].
//! * Without tense the past is meant: a weekday is the last one before or on the document's day; a day and month, or a month alone, without a year is
//!   the nearest to it.
//! * `03/04/2014` is 3 April in every language, unless only the American order gives a date.
//! * Weeks begin on Monday. Weekends are Saturday and Sunday; in Arabic Friday to Sunday, as the words do not say whose weekend it is.
//! * Up to eight days are a week of the record, two to three months (seasons, quarters) a quarter of it, each from its first day; whatever else fits no
//!   calendar month or year is dated by the one that holds its middle. [`Time::period`] has the exact days.
//! * Centuries, eras and "decades ago" have no date and are historical. Islamic months and feasts are dated by the tabular calendar (`islamic`); Islamic years
//!   without a month are recognised and left alone.

mod atoms;
mod calendar;
#[cfg(test)]
mod cases;
mod dating;
mod find;
mod islamic;
mod kinds;
mod lexicon;
mod meaning;
mod numbers;
mod phrase;
mod read;

use std::ops::Range;

use jiff::civil::Date;
use marsad_text::Lang;

use crate::model::EventDate;
pub use calendar::Period;

/// A word of the sentence, clitics split off.
#[derive(Clone, Copy, Debug)]
pub struct When<'a> {
    /// As it is written.
    pub form: &'a str,
    /// [`marsad_text::normal::fold`] of the form.
    pub folded: &'a str,
    /// Whether a noun in the genitive follows, for which the word may be the preposition: «накануне выборов», but not «накануне обстреляли».
    pub governs: bool,
    /// Whether it is one word of a name with the word before or after it: "Ramadan Shalah", «محمد شعبان».
    pub named: bool,
}

/// How an expression bounds what it dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It happened then.
    At,
    /// It began then and may go on: "since 2011", "from Monday".
    From,
    /// It ended then, or is due by then: "until March", "by Friday", "before 2003".
    Until,
}

/// An expression of time and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// The words of the expression, without the preposition.
    pub words: Range<usize>,
    /// The date as far as a record can tell it. For ranges ("3-5 March") their beginning. `None` where no precision fits (centuries, eras, "the last ten years").
    pub date: Option<EventDate>,
    /// The exact days, first and last. `None` where they cannot be told ("years ago").
    pub period: Option<Period>,
    /// `Some(true)` if all of it lies more than 365 days before the document's day, or in an era that is over; `None` if the day is unknown.
    pub historical: Option<bool>,
    /// Whether it is the time, the beginning or the end.
    pub bound: Bound,
    /// What it means of something that is over, where else it lies after the document's day: the last November, not the next.
    pub earlier: Option<Box<Time>>,
    /// What a weekday or weekend by itself means of something to come, where else it lies before the document's day: the next Friday, not the last.
    pub later: Option<Box<Time>>,
}

/// The time expressions of a sentence, in order; they do not overlap.
///
/// `day` is the document's date. Where it is `None`, expressions that need it ("yesterday", "in March") are left out.
#[must_use]
pub fn times(words: &[When<'_>], lang: Lang, day: Option<Date>) -> Vec<Time> {
    find::times(words, lang, day)
}

/// Where the words of a sentence tell a time, in order. Unlike [`times`] it needs no day, and has days and months that cannot be dated ("March 3 of that
/// year"): whoever counts people asks which numbers count none. Two expressions may share a word.
#[must_use]
pub fn time_words(words: &[When<'_>], lang: Lang) -> Vec<Range<usize>> {
    find::time_words(words, lang)
}

/// Whether a folded word may be the name of a month, even if it more often means something else ("march").
#[must_use]
pub fn may_be_month(folded: &str, lang: Lang) -> bool {
    lexicon::Lexicon::of(lang).entry(folded).is_some_and(|entry| entry.is(kinds::Kind::Month))
}

/// Whether a folded word may stand between a time and what it dates: "start", "hours", «итогам», «نهاية».
#[must_use]
pub fn leads_to_time(folded: &str, lang: Lang) -> bool {
    lexicon::Lexicon::of(lang).entry(folded).is_some_and(|entry| entry.is(kinds::Kind::Skip) || entry.is_time())
}

/// Whether a folded word is a word of time: a month, weekday, season, unit, or an adverb like "yesterday". Words that more often mean something else ("may",
/// «العام») are not among them; [`times`] tells where they are times.
#[must_use]
pub fn is_time_word(folded: &str, lang: Lang) -> bool {
    lexicon::Lexicon::of(lang).entry(folded).is_some_and(lexicon::Entry::is_time)
}
