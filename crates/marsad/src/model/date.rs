use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatePrecision {
    /// The day is known.
    Day,
    /// The week is known: it happened on the date or in the seven days after it.
    Week,
    /// The month is known; the date is its first day.
    Month,
    /// A season or quarter is known: it happened in the three months that begin with the date.
    Quarter,
    /// The year is known; the date is its first day.
    Year,
    /// The decade is known; the date is its first day.
    Decade,
    /// Nothing is known.
    Unknown,
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateSource {
    /// An expression in the text ("on Monday", «в 2014 году»).
    Text,
    /// The document's own date.
    Document,
}

/// When an event took place, as exactly as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDate {
    /// First day of the period that `precision` names.
    pub start: Date,
    /// How much of `start` is known; never [`DatePrecision::Unknown`].
    pub precision: DatePrecision,
}
