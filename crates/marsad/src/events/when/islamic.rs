//! Days of the Islamic calendar by arithmetic: the tabular calendar with its usual leap years (2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of every 30) and the
//! civil epoch, as Reingold and Dershowitz give it (Calendrical Calculations, 4th ed., 2018, chapter 7). What is kept goes by the sight of the moon or a
//! country's own tables, and is often a day off it.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::calendar::{Period, plus_days};

/// Years from here on are years of the Gregorian calendar.
pub const GREGORIAN: i16 = 1700;

/// A month of an Islamic year, or a day of it; `None` where it has no such day.
pub fn period(year: i16, month: i8, day: Option<i8>) -> Option<Period> {
    let first = first_of(year, month)?;
    let last = plus_days(if month == 12 { first_of(year + 1, 1)? } else { first_of(year, month + 1)? }, -1)?;
    let Some(day) = day else { return Some(Period { first, last }) };
    let day = plus_days(first, i64::from(day) - 1).filter(|d| (first..=last).contains(d))?;
    Some(Period { first: day, last: day })
}

/// Islamic years that may have a day in a Gregorian one or in those beside it.
pub fn years_of(gregorian: i16) -> RangeInclusive<i16> {
    // 33 Islamic years are 32 others, nearly.
    let about = (i32::from(gregorian) - 622) * 33 / 32;
    let about = i16::try_from(about).unwrap_or_default();
    about - 1..=about + 3
}

/// Day before 1 January of the year 1, from which the book counts.
const BEFORE: Date = Date::constant(0, 12, 31);
/// Number of the day before 1 Muharram of the year 1, 15 July 622 of the Julian calendar.
const EPOCH: i64 = 227_014;

fn first_of(year: i16, month: i8) -> Option<Date> {
    let (y, m) = (i64::from(year), i64::from(month));
    plus_days(BEFORE, 1 + 29 * (m - 1) + (6 * m - 1).div_euclid(11) + (y - 1) * 354 + (3 + 11 * y).div_euclid(30) + EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first day of all, days that the book's table of dates has, and first days of years.
    #[test]
    fn days_are_those_of_the_tables() {
        for (year, month, day, expected) in [
            (1, 1, 1, "0622-07-19"),
            (1360, 9, 8, "1941-09-29"),
            (1412, 9, 13, "1992-03-17"),
            (1416, 10, 5, "1996-02-25"),
            (1400, 1, 1, "1979-11-21"),
            (1445, 12, 29, "2024-07-06"),
            (1446, 1, 1, "2024-07-08"),
            (1446, 9, 1, "2025-03-01"),
        ] {
            let period = period(year, month, Some(day)).expect("the day is in its month");
            assert_eq!(period.first.to_string(), expected);
        }
    }

    #[test]
    fn months_have_29_or_30_days() {
        assert_eq!(period(1446, 2, Some(30)), None);
        assert_eq!(period(1446, 9, Some(30)).map(|p| p.first.to_string()).as_deref(), Some("2025-03-30"));
        assert!(period(1445, 12, Some(30)).is_some(), "a leap year");
        assert!(period(1446, 12, Some(30)).is_none(), "none");
    }
}
