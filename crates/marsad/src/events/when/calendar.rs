//! Arithmetic of the calendar: units, periods, and how far away they are. Everything that leaves jiff's range of years is `None`.

use jiff::Span;
use jiff::civil::Date;

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
    /// Friday to Sunday: the weekends of all Arab countries together.
    LongWeekend,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit of that place in [`UNITS`].
    pub fn of(number: i32) -> Unit {
        use Unit as U;
        [U::Minute, U::Hour, U::Day, U::Week, U::Weekend, U::LongWeekend, U::Month, U::Year, U::Decade, U::Century][number as usize]
    }
}

/// The day as many units away.
pub fn shift(day: Date, num: i32, unit: Unit) -> Option<Date> {
    let n = i64::from(num);
    let span = Span::new();
    let span = match unit {
        Unit::Minute => span,
        Unit::Hour => span.try_days(n / 24).ok()?,
        Unit::Day => span.try_days(n).ok()?,
        Unit::Week | Unit::Weekend | Unit::LongWeekend => span.try_weeks(n).ok()?,
        Unit::Month => span.try_months(n).ok()?,
        Unit::Year => span.try_years(n).ok()?,
        Unit::Decade => span.try_years(n * 10).ok()?,
        Unit::Century => span.try_years(n * 100).ok()?,
    };
    day.checked_add(span).ok()
}

/// The unit in which a day lies.
pub fn container(day: Date, unit: Unit) -> Option<Period> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Some(single(day)),
        Unit::Week => monday(day).and_then(|m| Some(Period { first: m, last: plus_days(m, 6)? })),
        Unit::Weekend | Unit::LongWeekend => weekend(day, 0, unit),
        Unit::Month => month(day.year(), day.month()),
        Unit::Year => year(day.year()),
        Unit::Decade => years(day.year().div_euclid(10) * 10, day.year().div_euclid(10) * 10 + 9),
        Unit::Century => years((century_of(day) - 1) * 100 + 1, century_of(day) * 100),
    }
}

/// Saturday and Sunday, or Friday to Sunday: the last that began by the day (0), the one before (-1, unless that is over), the next.
pub fn weekend(today: Date, rel: i8, unit: Unit) -> Option<Period> {
    let length = if unit == Unit::LongWeekend { 3 } else { 2 };
    let this = plus_days(monday(today)?, 7 - length)?;
    let is_on = this <= today;
    let begun = if is_on { this } else { plus_days(this, -7)? };
    let first = match rel {
        ..=-1 if is_on => plus_days(begun, -7)?,
        1.. => plus_days(begun, 7)?,
        _ => begun,
    };
    Some(Period { first, last: plus_days(first, length - 1)? })
}

/// The season of a year; the winter of a year is the one that ends in it.
pub fn season_of(year: i16, season: i8) -> Option<Period> {
    let (from, month) = if season == 4 { (year - 1, 12) } else { (year, season * 3) };
    let first = Date::new(from, month, 1).ok()?;
    Some(Period { first, last: shift(first, 2, Unit::Month)?.last_of_month() })
}

/// A quarter or half of a year: the `nth` part of so many months.
pub fn part_of(year: i16, nth: i8, months: i8) -> Option<Period> {
    let first = Date::new(year, (nth - 1).checked_mul(months)?.checked_add(1)?, 1).ok()?;
    Some(Period { first, last: shift(first, i32::from(months) - 1, Unit::Month)?.last_of_month() })
}

pub fn month(year: i16, month: i8) -> Option<Period> {
    let first = Date::new(year, month, 1).ok()?;
    Some(Period { first, last: first.last_of_month() })
}

pub fn year(year: i16) -> Option<Period> {
    years(year, year)
}

pub fn years(from: i16, to: i16) -> Option<Period> {
    Some(Period { first: Date::new(from, 1, 1).ok()?, last: Date::new(to.max(from), 12, 31).ok()? })
}

pub fn single(day: Date) -> Period {
    Period { first: day, last: day }
}

pub fn monday(day: Date) -> Option<Date> {
    plus_days(day, -i64::from(day.weekday().to_monday_one_offset() - 1))
}

pub fn is_weekday(day: Date, weekday: i8) -> bool {
    day.weekday().to_monday_one_offset() == weekday
}

pub fn century_of(day: Date) -> i16 {
    (day.year() - 1).div_euclid(100) + 1
}

pub fn plus_days(day: Date, n: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(n).ok()?).ok()
}

/// Days from the first to the second, negative where the second is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

pub fn length(period: Period) -> i32 {
    days_between(period.first, period.last) + 1
}
