//! From what a phrase captured to days: the last Monday, the month before last, the third of a March whose year is not told.

use jiff::Span;
use jiff::civil::Date;

use super::Bound;
use super::lexicon::UNITS;
use crate::model::{DatePrecision, EventDate};

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit of that place in [`UNITS`].
    pub fn of(number: i32) -> Unit {
        use Unit as U;
        [U::Minute, U::Hour, U::Day, U::Week, U::Weekend, U::Month, U::Year, U::Decade, U::Century][number as usize]
    }
}

/// What is done with the captures of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The date that they make.
    Date,
    /// The document's day and this many more.
    Day(i64),
    /// `num` units before the document's day; `half` one more half.
    Ago(bool),
    /// A few units before.
    Few,
    /// The last `num` units up to the document's day.
    Past,
    /// Long over, without date.
    Era,
    /// No time, or none that can be resolved; keeps shorter phrases from being read.
    Nothing,
}

impl Meaning {
    /// Reads a meaning of the tables: its name, then captures that are given.
    ///
    /// # Errors
    /// What of it is unknown.
    pub fn parse(text: &str) -> Result<(Meaning, Found), String> {
        let mut words = text.split(' ');
        let name = words.next().unwrap_or_default();
        let mut given = Found::default();
        for word in words {
            let (key, value) = word.split_once('=').ok_or_else(|| format!("«{word}» is not name=value"))?;
            given.give(key, value).ok_or_else(|| format!("cannot give {word}"))?;
        }
        let meaning = match name {
            "date" => Meaning::Date,
            "ago" => Meaning::Ago(false),
            "ago-half" => Meaning::Ago(true),
            "few" => Meaning::Few,
            "past" => Meaning::Past,
            "era" => Meaning::Era,
            "nothing" => Meaning::Nothing,
            day => Meaning::Day(day.strip_prefix("day").and_then(|n| n.parse().ok()).ok_or_else(|| format!("no meaning {day}"))?),
        };
        Ok((meaning, given))
    }
}

/// What a phrase captured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub year: Option<i16>,
    /// The last year of a range.
    pub year_to: Option<i16>,
    pub month: Option<i8>,
    /// The last month of a range.
    pub month_to: Option<i8>,
    pub day: Option<i8>,
    /// The last day of a range.
    pub day_to: Option<i8>,
    /// 1 (Monday) to 7.
    pub weekday: Option<i8>,
    pub season: Option<i8>,
    /// First year of a decade, or its year within a century (20 to 90).
    pub decade: Option<i16>,
    pub century: Option<i16>,
    pub num: Option<i32>,
    pub unit: Option<Unit>,
    pub rel: Option<i8>,
}

impl Found {
    fn give(&mut self, key: &str, value: &str) -> Option<()> {
        if key == "unit" {
            self.unit = Some(Unit::of(UNITS.iter().position(|u| *u == value)? as i32));
            return Some(());
        }
        let n: i16 = value.parse().ok()?;
        match key {
            "year" => self.year = Some(n),
            "month" => self.month = i8::try_from(n).ok(),
            "day" => self.day = i8::try_from(n).ok(),
            "season" => self.season = i8::try_from(n).ok(),
            "rel" => self.rel = i8::try_from(n).ok(),
            "num" => self.num = Some(n.into()),
            _ => return None,
        }
        Some(())
    }
}

/// What an expression comes to: its days and the date for the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub period: Option<Period>,
    pub date: Option<EventDate>,
    /// Whether it is over for longer than a year, where that is known.
    pub historical: Option<bool>,
}

/// Days that the calendar counts as long ago.
const YEAR_OF_DAYS: i32 = 365;

/// Resolves a phrase against the document's day; `None` where that cannot be done. `past`: it must lie before the day ("since March").
pub fn resolve(meaning: Meaning, found: &Found, today: Option<Date>, bound: Bound, past: bool) -> Option<Resolved> {
    let period = match meaning {
        Meaning::Nothing => return None,
        Meaning::Era => return Some(Resolved { period: None, date: None, historical: Some(true) }),
        Meaning::Few if is_long(found.unit?) => return Some(Resolved { period: None, date: None, historical: Some(true) }),
        Meaning::Date => return dated(found, today, bound, past),
        Meaning::Day(n) => single(named_day(plus_days(today?, n)?, found.weekday)),
        Meaning::Ago(half) => ago(today?, found.num.unwrap_or(1), found.unit?, half)?,
        Meaning::Few => few(today?, found.unit?)?,
        Meaning::Past => past_units(today?, found.num.unwrap_or(1), found.unit?)?,
    };
    let exact = meaning != Meaning::Past || length(period) <= 31;
    Some(Resolved { period: Some(period), date: if exact { event_date(period) } else { None }, historical: historical(period, today) })
}

/// A date of the calendar, or a range, of which the record has the beginning.
fn dated(found: &Found, today: Option<Date>, bound: Bound, past: bool) -> Option<Resolved> {
    let period = Calendar { found, today, bound, past }.date()?;
    let begin = Found { year_to: None, month_to: None, day_to: None, ..*found };
    let mut date = event_date(if begin == *found { period } else { Calendar { found: &begin, today, bound, past }.date()? });
    if let (Some(d), true) = (&mut date, begin != *found) {
        d.start = period.first;
    }
    Some(Resolved { period: Some(period), date, historical: historical(period, today) })
}

/// Whether all of the period lies more than a year before the day.
fn historical(period: Period, today: Option<Date>) -> Option<bool> {
    Some(days_between(period.last, today?) > YEAR_OF_DAYS)
}

/// The finest date of the record in which a period fits, by its middle where it straddles two.
fn event_date(period: Period) -> Option<EventDate> {
    let middle = plus_days(period.first, i64::from(length(period) - 1) / 2)?;
    let (start, precision) = match length(period) {
        1 => (period.first, DatePrecision::Day),
        2..=31 => (middle.first_of_month(), DatePrecision::Month),
        32..=366 => (middle.first_of_year(), DatePrecision::Year),
        367..=3653 => (Date::new(middle.year().div_euclid(10) * 10, 1, 1).ok()?, DatePrecision::Decade),
        _ => return None,
    };
    Some(EventDate { start, precision })
}

/// Everything that a date of the calendar is made from.
struct Calendar<'f> {
    found: &'f Found,
    today: Option<Date>,
    bound: Bound,
    past: bool,
}

impl Calendar<'_> {
    fn date(&self) -> Option<Period> {
        let f = self.found;
        if f.decade.is_some() {
            return self.decade();
        }
        if let Some(century) = f.century {
            return self.century(century);
        }
        match (f.rel, f.unit) {
            (Some(rel), Some(unit)) => self.within(rel, unit),
            _ if f.year_to.is_some() => years(f.year?, f.year_to?),
            // "This March" is in this year, not the nearest.
            _ if f.rel == Some(0) && f.month.is_some() && f.day.is_none() => self.in_year(f.year.or(self.today.map(|t| t.year()))),
            _ => self.in_year(f.year),
        }
    }

    /// A date whose year, month or week is told by its distance: "March last year", "Monday of last week".
    fn within(&self, rel: i8, unit: Unit) -> Option<Period> {
        let f = self.found;
        let today = self.today?;
        let there = shift(today, i32::from(rel), unit)?;
        match unit {
            Unit::Year => self.in_year(Some(there.year())),
            Unit::Month => self.day_of(there.year(), there.month()).or_else(|| if f.day.is_none() { month(there.year(), there.month()) } else { None }),
            Unit::Week => match f.weekday {
                Some(weekday) => Some(single(plus_days(monday(there)?, i64::from(weekday) - 1)?)),
                None if f.month.is_none() && f.day.is_none() => container(there, unit),
                None => None,
            },
            Unit::Weekend => weekend(today, rel),
            Unit::Decade | Unit::Century if f.day.is_none() && f.month.is_none() => container(there, unit),
            _ => None,
        }
    }

    /// A date in a year, or in the year that fits.
    fn in_year(&self, told: Option<i16>) -> Option<Period> {
        let f = self.found;
        match (f.month, f.day, told) {
            (Some(m), Some(_), Some(y)) => self.day_of(y - self.turns(), m),
            (Some(m), Some(d), None) => self.day_of(self.year_of_day(m, d)?, m),
            (Some(m), None, Some(y)) => self.months(y - self.turns(), m),
            (Some(m), None, None) => self.months(self.year_of_month(m)?, m),
            (None, Some(d), None) => self.day_of_recent_month(d),
            (None, None, _) if f.season.is_some() => self.season(f.season?, told),
            (None, None, Some(y)) => year(y),
            (None, None, None) => Some(single(self.weekday(f.weekday?)?)),
            (None, Some(_), Some(_)) => None,
        }
    }

    /// The day or days of a month that were captured.
    fn day_of(&self, year: i16, month: i8) -> Option<Period> {
        let first = Date::new(year, month, self.found.day?).ok()?;
        let month_to = self.found.month_to.unwrap_or(month);
        let last = self.found.day_to.and_then(|d| Date::new(year + self.turns(), month_to, d).ok()).filter(|l| *l > first);
        Some(Period { first, last: last.unwrap_or(first) })
    }

    /// The month or months that were captured.
    fn months(&self, year: i16, first: i8) -> Option<Period> {
        let last = self.found.month_to.unwrap_or(first);
        Some(Period { first: month(year, first)?.first, last: month(year + self.turns(), last)?.last })
    }

    /// How many times the year turns within a range of months: "from December to February 2014" begins in 2013.
    fn turns(&self) -> i16 {
        i16::from(self.found.month_to < self.found.month && self.found.month_to.is_some())
    }

    /// The year in which a month's day is meant: where the weekday fits, then by [`Calendar::fit`].
    fn year_of_day(&self, month: i8, day: i8) -> Option<i16> {
        let today = self.today?;
        let on = |y: i16| Date::new(y, month, day).ok();
        let fits = |y: &i16| on(*y).is_some_and(|d| self.found.weekday.is_some_and(|w| is_weekday(d, w)));
        let best = |years: &mut dyn Iterator<Item = i16>| years.filter_map(|y| Some((self.fit(days_between(on(y)?, today))?, y))).min().map(|(_, y)| y);
        let this = today.year();
        best(&mut (this - 6..=this + 1).filter(fits)).or_else(|| best(&mut (this - 4..=this + 1)))
    }

    fn year_of_month(&self, month: i8) -> Option<i16> {
        let today = self.today?;
        let months_ago = |y: i16| i32::from(today.year() - y) * 12 + i32::from(today.month() - month);
        let this = today.year();
        (this - 1..=this + 1).filter_map(|y| Some((self.fit(months_ago(y))?, y))).min().map(|(_, y)| y)
    }

    /// How well something fits that is `ago` days or months before now; less is better, `None` not at all. The nearest, and of two as near the earlier.
    fn fit(&self, ago: i32) -> Option<(i32, bool)> {
        let possible = match self.found.rel {
            Some(..=-1) => ago > 0,
            Some(1..) => ago < 0,
            _ => !self.past || ago >= 0,
        };
        possible.then_some((ago.abs(), ago < 0))
    }

    /// The third, where no month is told: of this month or the one before.
    fn day_of_recent_month(&self, day: i8) -> Option<Period> {
        let today = self.today?;
        let here = Date::new(today.year(), today.month(), day).ok().filter(|d| *d <= today);
        let before = shift(today, -1, Unit::Month)?;
        here.or_else(|| Date::new(before.year(), before.month(), day).ok()).map(single)
    }

    fn weekday(&self, weekday: i8) -> Option<Date> {
        let today = self.today?;
        let ago = i64::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let next = plus_days(today, 7 - ago);
        match self.found.rel {
            Some(..=-1) => plus_days(today, if ago == 0 { -7 } else { -ago }),
            Some(0) => plus_days(monday(today)?, i64::from(weekday) - 1),
            Some(1..) => next,
            None if self.bound == Bound::Until && ago > 0 => next,
            None => plus_days(today, -ago),
        }
    }

    /// A season of a year, or the last, this, the next one.
    fn season(&self, season: i8, told: Option<i16>) -> Option<Period> {
        if let Some(y) = told {
            return season_of(y, season);
        }
        let today = self.today?;
        let rel = self.found.rel?;
        let mut all = (-2..=1).filter_map(|n| season_of(today.year() + n, season));
        match rel {
            ..=-1 => all.filter(|p| p.last < today).last(),
            0 => season_of(today.year(), season),
            1.. => all.find(|p| p.first > today),
        }
    }

    fn decade(&self) -> Option<Period> {
        let f = self.found;
        let within = f.decade?;
        let century = match (f.century, f.rel, f.unit) {
            (Some(c), ..) => Some(c),
            (None, Some(rel), Some(Unit::Century)) => Some(century_of(self.today?) + i16::from(rel)),
            _ => None,
        };
        let first = match century {
            Some(c) if within < 100 => (c - 1) * 100 + within,
            _ if within < 100 => 1900 + within,
            _ => within,
        };
        years(first, first + 9)
    }

    /// A century that is over; what happened in this one need not be long ago.
    fn century(&self, century: i16) -> Option<Period> {
        let over = self.today.map_or(century < 21, |t| century < century_of(t));
        if over && century > 0 { years((century - 1) * 100 + 1, century * 100) } else { None }
    }
}

/// The day, or the day of that name nearest before it: an article of Monday may be dated Tuesday.
fn named_day(day: Date, weekday: Option<i8>) -> Date {
    let back = weekday.map_or(0, |w| (day.weekday().to_monday_one_offset() - w).rem_euclid(7));
    plus_days(day, -i64::from(back)).unwrap_or(day)
}

fn ago(today: Date, num: i32, unit: Unit, half: bool) -> Option<Period> {
    let mut there = shift(today, -num, unit)?;
    if half {
        there = half_back(there, unit)?;
    }
    match unit {
        Unit::Day if num > 31 => container(there, Unit::Month),
        Unit::Month if num > 24 => container(there, Unit::Year),
        _ => container(there, unit),
    }
}

fn half_back(there: Date, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day | Unit::Weekend => Some(there),
        Unit::Week => plus_days(there, -3),
        Unit::Month => plus_days(there, -15),
        Unit::Year => shift(there, -6, Unit::Month),
        Unit::Decade => shift(there, -5, Unit::Year),
        Unit::Century => shift(there, -50, Unit::Year),
    }
}

/// Units of which a few are years.
fn is_long(unit: Unit) -> bool {
    matches!(unit, Unit::Year | Unit::Decade | Unit::Century)
}

/// What "a few days ago" covers.
fn few(today: Date, unit: Unit) -> Option<Period> {
    let (far, near, unit) = match unit {
        Unit::Minute | Unit::Hour => return Some(single(today)),
        Unit::Day => (7, 2, Unit::Day),
        Unit::Week | Unit::Weekend => (35, 14, Unit::Day),
        _ => (8, 2, Unit::Month),
    };
    Some(Period { first: shift(today, -far, unit)?, last: shift(today, -near, unit)? })
}

fn past_units(today: Date, num: i32, unit: Unit) -> Option<Period> {
    if matches!(unit, Unit::Minute) || unit == Unit::Hour && num <= 24 {
        return Some(single(today));
    }
    Some(Period { first: shift(today, -num, unit)?, last: today })
}

/// The day as many units away.
fn shift(day: Date, num: i32, unit: Unit) -> Option<Date> {
    let n = i64::from(num);
    let span = Span::new();
    let span = match unit {
        Unit::Minute => span,
        Unit::Hour => span.try_days(n / 24).ok()?,
        Unit::Day => span.try_days(n).ok()?,
        Unit::Week | Unit::Weekend => span.try_weeks(n).ok()?,
        Unit::Month => span.try_months(n).ok()?,
        Unit::Year => span.try_years(n).ok()?,
        Unit::Decade => span.try_years(n * 10).ok()?,
        Unit::Century => span.try_years(n * 100).ok()?,
    };
    day.checked_add(span).ok()
}

/// The unit in which a day lies.
fn container(day: Date, unit: Unit) -> Option<Period> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Some(single(day)),
        Unit::Week => monday(day).and_then(|m| Some(Period { first: m, last: plus_days(m, 6)? })),
        Unit::Weekend => weekend(day, 0),
        Unit::Month => month(day.year(), day.month()),
        Unit::Year => year(day.year()),
        Unit::Decade => years(day.year().div_euclid(10) * 10, day.year().div_euclid(10) * 10 + 9),
        Unit::Century => years((century_of(day) - 1) * 100 + 1, century_of(day) * 100),
    }
}

/// Saturday and Sunday: the last that began by the day (0), the one before (-1, unless that is over), the next.
fn weekend(today: Date, rel: i8) -> Option<Period> {
    let saturday = plus_days(monday(today)?, 5)?;
    let begun = if saturday <= today { saturday } else { plus_days(saturday, -7)? };
    let is_on = saturday <= today;
    let first = match rel {
        ..=-1 if is_on => plus_days(begun, -7)?,
        1.. => plus_days(begun, 7)?,
        _ => begun,
    };
    Some(Period { first, last: plus_days(first, 1)? })
}

/// The season of a year; the winter of a year is the one that ends in it.
fn season_of(year: i16, season: i8) -> Option<Period> {
    let (from, month) = if season == 4 { (year - 1, 12) } else { (year, season * 3) };
    let first = Date::new(from, month, 1).ok()?;
    Some(Period { first, last: shift(first, 2, Unit::Month)?.last_of_month() })
}

fn month(year: i16, month: i8) -> Option<Period> {
    let first = Date::new(year, month, 1).ok()?;
    Some(Period { first, last: first.last_of_month() })
}

fn year(year: i16) -> Option<Period> {
    years(year, year)
}

fn years(from: i16, to: i16) -> Option<Period> {
    Some(Period { first: Date::new(from, 1, 1).ok()?, last: Date::new(to.max(from), 12, 31).ok()? })
}

fn single(day: Date) -> Period {
    Period { first: day, last: day }
}

fn monday(day: Date) -> Option<Date> {
    plus_days(day, -i64::from(day.weekday().to_monday_one_offset() - 1))
}

fn is_weekday(day: Date, weekday: i8) -> bool {
    day.weekday().to_monday_one_offset() == weekday
}

fn century_of(day: Date) -> i16 {
    (day.year() - 1).div_euclid(100) + 1
}

fn plus_days(day: Date, n: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(n).ok()?).ok()
}

/// Days from the first to the second, negative where the second is earlier.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn length(period: Period) -> i32 {
    days_between(period.first, period.last) + 1
}
