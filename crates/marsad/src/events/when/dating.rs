//! Dates of the calendar from their parts: the last Monday, March of last year, the third of a March whose year is not told.

use jiff::civil::Date;

use super::Bound;
use super::calendar::{
    Period, Unit, century_of, container, days_between, is_weekday, monday, month, part_of, plus_days, season_of, shift, single, weekend, year, years,
};
use super::islamic;
use super::meaning::Found;

/// The days of a date, or of a range of dates, that was captured. `past`: it must lie before today ("since March").
pub fn date(found: &Found, today: Option<Date>, bound: Bound, past: bool) -> Option<Period> {
    Dating { found, today, bound, past }.date()
}

/// Everything that a date of the calendar is made from.
struct Dating<'f> {
    found: &'f Found,
    today: Option<Date>,
    bound: Bound,
    past: bool,
}

impl Dating<'_> {
    fn date(&self) -> Option<Period> {
        let f = self.found;
        if f.decade.is_some() {
            return self.decade();
        }
        if let Some(century) = f.century {
            return self.century(century);
        }
        if let Some(month) = f.hijri {
            return self.islamic(month);
        }
        match (f.rel, f.unit) {
            // Quarters and halves are of years.
            (Some(_), Some(unit)) if f.months.is_some() && unit != Unit::Year => None,
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
            // "By the weekend" looks ahead.
            Unit::Weekend | Unit::LongWeekend => weekend(today, if rel == 0 && self.bound == Bound::Until { 1 } else { rel }, unit),
            Unit::Decade | Unit::Century if f.day.is_none() && f.month.is_none() => container(there, unit),
            _ => None,
        }
    }

    /// A date in a year, or in the year that fits.
    fn in_year(&self, told: Option<i16>) -> Option<Period> {
        let f = self.found;
        if let Some(months) = f.months {
            return self.part(told, f.day?, months);
        }
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

    /// The year in which a month's day is meant: where the weekday fits, then by [`Dating::fit`].
    fn year_of_day(&self, month: i8, day: i8) -> Option<i16> {
        let today = self.today?;
        let on = |y: i16| Date::new(y, month, day).ok();
        let fits = |y: &i16| on(*y).is_some_and(|d| self.found.weekday.is_some_and(|w| is_weekday(d, w)));
        let best = |years: &mut dyn Iterator<Item = i16>| years.filter_map(|y| Some((self.fit(days_between(on(y)?, today))?, y))).min().map(|(_, y)| y);
        let this = today.year();
        best(&mut (this - 1..=this + 1).filter(fits)).or_else(|| best(&mut (this - 4..=this + 1)))
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
            ..=-1 => all.rfind(|p| p.last < today),
            0 => season_of(today.year(), season),
            1.. => all.find(|p| p.first > today),
        }
    }

    /// A quarter or half: of the year that is told, else the last that began.
    fn part(&self, told: Option<i16>, nth: i8, months: i8) -> Option<Period> {
        match told {
            Some(year) => part_of(year, nth, months),
            None => {
                let today = self.today?;
                [today.year(), today.year() - 1].into_iter().filter_map(|y| part_of(y, nth, months)).find(|p| p.first <= today)
            }
        }
    }

    /// A month of the Islamic calendar or a day of it: in the year that is told, by either calendar, else by [`Dating::fit`].
    fn islamic(&self, month: i8) -> Option<Period> {
        let f = self.found;
        if f.unit.is_some() {
            return None;
        }
        match f.year {
            Some(year) if year < islamic::GREGORIAN => islamic::period(year, month, f.day),
            Some(year) => islamic::years_of(year).filter_map(|y| islamic::period(y, month, f.day)).find(|p| p.first.year() == year),
            None => {
                let today = self.today?;
                let all = islamic::years_of(today.year()).filter_map(|y| islamic::period(y, month, f.day));
                all.filter_map(|p| Some((self.fit(days_between(p.first, today))?, p))).min_by_key(|(fit, _)| *fit).map(|(_, p)| p)
            }
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
