//! What stands at a place of a phrase: words by the table, and numbers, years, decades and dates as the press writes them in digits.

use std::ops::RangeInclusive;

use marsad_text::Lang;

use super::atoms::{Atom, Shape};
use super::calendar::Unit;
use super::kinds::{Class, Kind};
use super::lexicon::{Mark, Sense, Test};
use super::meaning::Found;
use super::numbers::number;

/// The atoms of a sentence, ready to be read.
#[derive(Debug)]
pub struct Reader<'a> {
    pub atoms: &'a [Atom<'a>],
    /// Whether unclear names of months must have a capital: English, unless nothing in the sentence has one.
    capitals: bool,
}

/// What a place holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    None,
    Day(i32),
    Month(i32),
    /// Month of the Islamic calendar.
    Hijri(i32),
    Year(i32),
    /// Year, month and day.
    Date(i32, i32, i32),
    /// Month and day.
    MonthDay(i32, i32),
    Weekday(i32),
    Season(i32),
    Decade(i32),
    Century(i32),
    Number(i32),
    Unit(i32),
    Relative(i32),
}

impl Found {
    /// Takes a capture in; a second day, month or year ends a range.
    pub fn take(&mut self, capture: Capture) {
        let small = |n: i32| i8::try_from(n).ok();
        let wide = |n: i32| i16::try_from(n).ok();
        match capture {
            Capture::None => {}
            Capture::Day(d) if self.day.is_some() => self.day_to = small(d),
            Capture::Day(d) => self.day = small(d),
            Capture::Month(m) if self.month.is_some() => self.month_to = small(m),
            Capture::Month(m) => self.month = small(m),
            Capture::Hijri(m) => self.hijri = small(m),
            Capture::Year(y) if self.year.is_some() => self.year_to = wide(y),
            Capture::Year(y) => self.year = wide(y),
            Capture::Date(y, m, d) => (self.year, self.month, self.day) = (wide(y), small(m), small(d)),
            Capture::MonthDay(m, d) => (self.month, self.day) = (small(m), small(d)),
            Capture::Weekday(w) => self.weekday = self.weekday.or(small(w)),
            Capture::Season(s) => self.season = small(s),
            Capture::Decade(d) => self.decade = wide(d),
            Capture::Century(c) => self.century = wide(c),
            Capture::Number(n) => self.num = Some(n),
            Capture::Unit(u) => self.unit = Some(Unit::of(u)),
            Capture::Relative(r) => self.rel = small(r),
        }
    }
}

/// Years that the press writes of.
const YEARS: RangeInclusive<i32> = 1000..=2100;
/// Years that need no word beside them to be taken for years.
const RECENT_YEARS: RangeInclusive<i32> = 1900..=2060;

/// Where a place ends, and what it holds.
type Read = Option<(usize, Capture)>;

impl<'a> Reader<'a> {
    /// A reader of a sentence's atoms.
    pub fn new(atoms: &'a [Atom<'a>], lang: Lang) -> Reader<'a> {
        Reader { atoms, capitals: lang == Lang::En && atoms.iter().any(|a| a.capital) }
    }

    /// What a test reads at an atom; `None` where it does not hold.
    pub fn read(&self, test: Test, at: usize) -> Read {
        match test {
            // Months of the Islamic calendar are names of people.
            _ if self.atoms.get(at).is_some_and(|a| a.named && a.entry.is_some_and(|e| e.is(Kind::Hijri))) => None,
            Test::Word(_, Mark::Capital) if !self.atoms.get(at)?.capital => None,
            Test::Word(_, Mark::Adverb) if self.atoms.get(at)?.governs => None,
            Test::Word(word, _) => self.sense(at, |s| s.kind == Kind::Word(word)).map(|(end, _)| (end, Capture::None)),
            Test::Class(class) => self.class(class, at),
        }
    }

    fn class(&self, class: Class, at: usize) -> Read {
        use Class as C;
        match class {
            C::Day => self.day(at),
            C::Nth => self.words_between(at, 1..=31, true).map(|(end, n)| (end, Capture::Day(n))),
            C::Month => self.month(at, |s| matches!(s.kind, Kind::Month | Kind::Abbreviated)),
            C::Name => self.month(at, |s| s.kind == Kind::Month),
            C::Clear => self.month(at, |s| s.kind == Kind::Month && s.clear),
            C::Hijri => self.value(at, |k| k == Kind::Hijri, Capture::Hijri),
            C::Year => self.year(at, YEARS),
            C::Recent => self.year(at, RECENT_YEARS),
            C::Spelled => self.words_between(at, YEARS, false).map(|(end, n)| (end, Capture::Year(n))),
            C::Yy => self.short_year(at),
            C::YyTh => self.short_year(at).filter(|(end, _)| *end > at + 1),
            C::Date => self.date(at),
            C::Dm => self.day_and_month(at),
            C::Num => self.count(at),
            C::Count => self.count(at).filter(|_| self.year(at, RECENT_YEARS).is_none()),
            C::Unit => self.value(at, |k| matches!(k, Kind::Unit | Kind::Span), Capture::Unit),
            C::Span => self.value(at, |k| k == Kind::Span, Capture::Unit),
            C::Rel => self.value(at, |k| k == Kind::Relative, Capture::Relative),
            C::Weekday => self.value(at, |k| k == Kind::Weekday, Capture::Weekday),
            C::Anyday => self.value(at, |k| matches!(k, Kind::Weekday | Kind::Oblique), Capture::Weekday),
            C::Season => self.value(at, |k| k == Kind::Season, Capture::Season),
            C::Decade => self.decade(at, 4),
            C::Short => self.decade(at, 2).or_else(|| self.value(at, |k| k == Kind::Decade, Capture::Decade)),
            C::Century => self.century(at),
            _ => self.sign(class, at).then_some((at + 1, Capture::None)),
        }
    }

    fn text(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |a| a.text)
    }

    fn sign(&self, class: Class, at: usize) -> bool {
        let text = self.text(at);
        match class {
            Class::Dash => matches!(text, "-" | "--" | "‑" | "–" | "—" | "−"),
            Class::Comma => matches!(text, "," | "،"),
            Class::Slash => text == "/",
            Class::Dot => text == ".",
            Class::Open => matches!(text, "(" | "["),
            Class::Close => matches!(text, ")" | "]"),
            Class::Quote => matches!(text, "\"" | "«" | "»" | "“" | "”" | "„"),
            Class::Apostrophe => text == "'",
            _ => false,
        }
    }

    /// The longest sense at an atom that is wanted, and where it ends.
    fn sense(&self, at: usize, wanted: impl Fn(&Sense) -> bool) -> Option<(usize, &'static Sense)> {
        let holds = |s: &&Sense| wanted(s) && s.rest.iter().enumerate().all(|(i, r)| self.text(at + 1 + i) == &**r);
        let best = self.atoms.get(at)?.entry?.senses.iter().filter(holds).max_by_key(|s| s.rest.len())?;
        Some((at + 1 + best.rest.len(), best))
    }

    fn value(&self, at: usize, kinds: impl Fn(Kind) -> bool, capture: fn(i32) -> Capture) -> Read {
        self.sense(at, |s| kinds(s.kind)).map(|(end, s)| (end, capture(s.value)))
    }

    /// A number in words within bounds.
    fn words_between(&self, at: usize, bounds: RangeInclusive<i32>, ordinal: bool) -> Option<(usize, i32)> {
        let n = number(self.atoms, at)?;
        (bounds.contains(&n.value) && (!ordinal || n.ordinal)).then_some((n.end, n.value))
    }

    /// A cardinal: up to four digits, or words.
    fn count(&self, at: usize) -> Read {
        let atom = self.atoms.get(at)?;
        match atom.digits() {
            Some(n) if atom.text.len() <= 4 && self.stands_alone(at) => Some((at + 1, Capture::Number(n))),
            Some(_) => None,
            None => self.words_between(at, 0..=9999, false).map(|(end, n)| (end, Capture::Number(n))),
        }
    }

    /// A month's name, with its other name beside it: «آذار/مارس», «مارس (آذار)», «مارس آذار».
    fn month(&self, at: usize, wanted: impl Fn(&Sense) -> bool) -> Read {
        let (end, month) = self.month_name(at, wanted)?;
        let same = |at: usize| self.month_name(at, |s| s.kind == Kind::Month).filter(|(_, m)| *m == month).map(|(end, _)| end);
        let slash = || if self.sign(Class::Slash, end) { same(end + 1) } else { same(end) };
        let brackets = || self.sign(Class::Open, end).then(|| same(end + 1).filter(|e| self.sign(Class::Close, *e)).map(|e| e + 1)).flatten();
        Some((slash().or_else(brackets).unwrap_or(end), Capture::Month(month)))
    }

    fn month_name(&self, at: usize, wanted: impl Fn(&Sense) -> bool) -> Option<(usize, i32)> {
        let capital = !self.capitals || self.atoms.get(at)?.capital;
        self.sense(at, |s| wanted(s) && (capital || s.kind == Kind::Month && s.clear)).map(|(end, s)| (end, s.value))
    }

    /// Digits that are a number by themselves: no part of 2,014 or 3.5, no sum of money, no share.
    fn stands_alone(&self, at: usize) -> bool {
        let atom = |i: usize| self.atoms.get(i);
        let is_digits = |i: usize| atom(i).is_some_and(|a| a.shape == Shape::Digits);
        let is_point = |i: usize| atom(i).is_some_and(|a| a.glued) && matches!(self.text(i), "." | "," | ":" | "/" | "٫" | "٬" | "_");
        let glued = |i: usize| atom(i).is_some_and(|a| a.glued);
        let part_before = at >= 2 && glued(at) && matches!(self.text(at - 1), "." | "," | ":" | "/" | "٫" | "٬" | "_") && is_digits(at - 2);
        let part_after = is_point(at + 1) && glued(at + 2) && is_digits(at + 2);
        let money = at >= 1 && matches!(self.text(at - 1), "$" | "€" | "£" | "₽" | "#" | "№" | "+");
        let letter_before = at >= 1 && glued(at) && atom(at - 1).is_some_and(|a| a.shape == Shape::Letters && a.text != "ال");
        !(part_before || part_after || money || letter_before || matches!(self.text(at + 1), "%" | "٪" | "$" | "€"))
    }

    /// Where digits with their ending end: `3rd`, `3-го`, `2014-м`. `None` where other letters hang on them.
    fn ending(&self, at: usize, kind: Kind) -> Option<usize> {
        let is_end = |i: usize| self.atoms.get(i).is_some_and(|a| a.entry.is_some_and(|e| e.is(kind)));
        let letters = |i: usize| self.atoms.get(i).is_some_and(|a| a.glued && a.shape == Shape::Letters);
        if self.sign(Class::Dash, at) && is_end(at + 1) {
            return Some(at + 2);
        }
        match letters(at) {
            true => is_end(at).then_some(at + 1),
            false => Some(at),
        }
    }

    fn day(&self, at: usize) -> Read {
        let atom = self.atoms.get(at)?;
        // «F-16» and «COVID-19» are no days.
        let hangs = at >= 2 && atom.glued && self.sign(Class::Dash, at - 1) && self.atoms[at - 2].shape == Shape::Letters;
        let day = atom.digits().filter(|n| (1..=31).contains(n) && atom.text.len() <= 2 && !hangs && self.stands_alone(at))?;
        Some((self.ending(at + 1, Kind::DayEnd)?, Capture::Day(day)))
    }

    fn year(&self, at: usize, bounds: RangeInclusive<i32>) -> Read {
        let atom = self.atoms.get(at)?;
        let year = atom.digits().filter(|n| bounds.contains(n) && atom.text.len() == 4 && self.stands_alone(at))?;
        Some((self.ending(at + 1, Kind::YearEnd)?, Capture::Year(year)))
    }

    /// `91`, `91-м`.
    fn short_year(&self, at: usize) -> Read {
        let atom = self.atoms.get(at)?;
        let year = atom.digits().filter(|n| *n >= 40 && atom.text.len() == 2 && self.stands_alone(at))?;
        Some((self.ending(at + 1, Kind::YearEnd)?, Capture::Year(1900 + year)))
    }

    /// `1990s`, `1990's`, `1990-х`: digits that end in 0, and an ending.
    fn decade(&self, at: usize, digits: usize) -> Read {
        let atom = self.atoms.get(at)?;
        let is_decade = |n: &i32| n % 10 == 0 && if digits == 4 { YEARS.contains(n) } else { (20..=90).contains(n) };
        let decade = atom.digits().filter(|n| atom.text.len() == digits && is_decade(n) && self.stands_alone(at))?;
        let after = if self.sign(Class::Apostrophe, at + 1) { at + 2 } else { at + 1 };
        let end = self.ending(after, Kind::DecadeEnd).filter(|e| *e > after)?;
        Some((end, Capture::Decade(decade)))
    }

    fn century(&self, at: usize) -> Read {
        let in_digits = || match self.day(at) {
            Some((end, Capture::Day(n))) => Some((end, n)),
            _ => None,
        };
        let roman = || self.sense(at, |s| s.kind == Kind::Roman).map(|(end, s)| (end, s.value));
        let (end, n) = self.words_between(at, 1..=21, true).or_else(in_digits).or_else(roman)?;
        (n <= 21).then_some((end, Capture::Century(n)))
    }

    /// `17/11`.
    fn day_and_month(&self, at: usize) -> Read {
        let digits = |i: usize| self.atoms.get(i).and_then(|a| a.digits().filter(|_| a.text.len() <= 2));
        let (day, month) = (digits(at)?, digits(at + 2)?);
        let whole = self.sign(Class::Slash, at + 1) && !self.sign(Class::Slash, at + 3) && (at == 0 || !self.sign(Class::Slash, at - 1));
        (whole && (1..=31).contains(&day) && (1..=12).contains(&month)).then_some((at + 3, Capture::MonthDay(month, day)))
    }

    /// `2014-03-03`, `03.03.2014`, `3/3/2014`, `03.03.14`.
    fn date(&self, at: usize) -> Read {
        let digits = |i: usize| self.atoms.get(i).and_then(|a| a.digits().map(|n| (n, a.text.len())));
        let separator = self.text(at + 1);
        if !matches!(separator, "-" | "/" | "." | "‑" | "–") || self.text(at + 3) != separator {
            return None;
        }
        let more = |i: usize| self.text(i) == separator && digits(i + 1).is_some();
        if more(at + 5) || at >= 2 && self.text(at - 1) == separator && digits(at - 2).is_some() {
            return None;
        }
        let (year, month, day) = order(digits(at)?, digits(at + 2)?, digits(at + 4)?, separator)?;
        Some((at + 5, Capture::Date(year, month, day)))
    }
}

/// Year, month and day of three numbers, given with their lengths: the year first if it has four digits, else the day first, unless only the American order
/// gives a date.
fn order(a: (i32, usize), b: (i32, usize), c: (i32, usize), separator: &str) -> Option<(i32, i32, i32)> {
    let short = |n: (i32, usize)| n.1 <= 2;
    let month_day = |m: i32, d: i32| ((1..=12).contains(&m) && (1..=31).contains(&d)).then_some((m, d));
    let is_year = |y: i32| YEARS.contains(&y);
    if a.1 == 4 && short(b) && short(c) {
        // Beyond the years of the press it is a number of a telephone or a case.
        return month_day(b.0, c.0).filter(|_| is_year(a.0)).map(|(m, d)| (a.0, m, d));
    }
    let year = match c {
        (y, 4) => y,
        // A year of two digits only where all is padded, so that clauses and versions (2.1.14) are none.
        (y, 2) if a.1 == 2 && b.1 == 2 && matches!(separator, "." | "/") => y + if y <= 50 { 2000 } else { 1900 },
        _ => return None,
    };
    if !(short(a) && short(b) && is_year(year)) {
        return None;
    }
    month_day(b.0, a.0).or_else(|| month_day(a.0, b.0)).map(|(m, d)| (year, m, d))
}
