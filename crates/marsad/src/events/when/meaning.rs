//! What a phrase means: what it captured, and the days to which that comes when the document's day is known.

use jiff::civil::Date;

use super::Bound;
use super::calendar::{Period, Unit, container, days_between, length, plus_days, shift, single};
use super::dating::date;
use super::kinds::UNITS;
use crate::model::{DatePrecision, EventDate};

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
    /// Month of the Islamic calendar.
    pub hijri: Option<i8>,
    /// Months of a part of the year, 3 or 6; `day` is the number of the part.
    pub months: Option<i8>,
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
    /// The next weekday or weekend, where no more is captured than that it is one.
    pub fn next(&self) -> Option<Found> {
        let weekday = Found { weekday: self.weekday, ..Found::default() };
        let is_weekday = self.weekday.is_some() && *self == weekday;
        let is_weekend = self.rel == Some(0) && matches!(self.unit, Some(Unit::Weekend | Unit::LongWeekend));
        (is_weekday || is_weekend).then_some(Found { rel: Some(1), ..*self })
    }

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
            "hijri" => self.hijri = i8::try_from(n).ok(),
            "months" => self.months = i8::try_from(n).ok(),
            "decade" => self.decade = Some(n),
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
    let period = date(found, today, bound, past)?;
    let begin = Found { year_to: None, month_to: None, day_to: None, ..*found };
    let date = if begin == *found { event_date(period) } else { event_date(date(&begin, today, bound, past)?).map(|d| EventDate { start: period.first, ..d }) };
    Some(Resolved { period: Some(period), date, historical: historical(period, today) })
}

/// Whether all of the period lies more than a year before the day.
fn historical(period: Period, today: Option<Date>) -> Option<bool> {
    Some(days_between(period.last, today?) > YEAR_OF_DAYS)
}

/// The finest date of the record in which a period fits. Weeks and quarters begin on any day; months, years and decades are the one that holds its middle.
fn event_date(period: Period) -> Option<EventDate> {
    let middle = plus_days(period.first, i64::from(length(period) - 1) / 2)?;
    let (start, precision) = match length(period) {
        1 => (period.first, DatePrecision::Day),
        2..=8 => (period.first, DatePrecision::Week),
        9..=31 => (middle.first_of_month(), DatePrecision::Month),
        32..=93 => (period.first, DatePrecision::Quarter),
        94..=366 => (middle.first_of_year(), DatePrecision::Year),
        367..=3653 => (Date::new(middle.year().div_euclid(10) * 10, 1, 1).ok()?, DatePrecision::Decade),
        _ => return None,
    };
    Some(EventDate { start, precision })
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
        Unit::Minute | Unit::Hour | Unit::Day | Unit::Weekend | Unit::LongWeekend => Some(there),
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
        Unit::Week | Unit::Weekend | Unit::LongWeekend => (35, 14, Unit::Day),
        _ => (8, 2, Unit::Month),
    };
    Some(Period { first: shift(today, -far, unit)?, last: shift(today, -near, unit)? })
}

fn past_units(today: Date, num: i32, unit: Unit) -> Option<Period> {
    if matches!(unit, Unit::Minute) || unit == Unit::Hour && num <= 24 || unit == Unit::Day && num == 1 {
        return Some(single(today));
    }
    Some(Period { first: shift(today, -num, unit)?, last: today })
}
