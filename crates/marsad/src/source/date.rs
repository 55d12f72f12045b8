//! Days of publication as sources state them.

use jiff::{
    civil::Date,
    fmt::{rfc2822, temporal},
    tz::Offset,
};

/// A stated day, and the moment it was taken from where a time with its offset was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// The day in the source's own offset: 01:40 on 11 March in Amman is 11 March, though it is still the 10th in UTC.
    pub(super) date: Date,
    /// Seconds since 1970 and the offset; `None` for a day, or a time without an offset.
    pub(super) moment: Option<(i64, Offset)>,
}

/// Reads `2024-03-11`, `20240311`, an RFC 3339 or ISO 8601 time with or without its offset, or an RFC 2822 time.
pub(super) fn stated(text: &str) -> Option<Stated> {
    let text = text.trim();
    iso(text).or_else(|| mail(text))
}

fn iso(text: &str) -> Option<Stated> {
    let pieces = temporal::DateTimeParser::new().parse_pieces(text).ok()?;
    let date = pieces.date();
    let offset = pieces.offset().map(|offset| match offset {
        temporal::PiecesOffset::Numeric(numeric) => numeric.offset(),
        _ => Offset::UTC,
    });
    let moment = pieces.time().zip(offset).and_then(|(time, offset)| {
        let timestamp = offset.to_timestamp(date.to_datetime(time)).ok()?;
        Some((timestamp.as_second(), offset))
    });
    Some(Stated { date, moment })
}

fn mail(text: &str) -> Option<Stated> {
    let time = rfc2822::DateTimeParser::new().parse_zoned(text).ok()?;
    Some(Stated { date: time.date(), moment: Some((time.timestamp().as_second(), time.offset())) })
}

#[cfg(test)]
mod tests {
    use super::stated;

    fn check(text: &str, expected: &str) {
        let found = stated(text).map_or("none".to_owned(), |stated| stated.date.to_string());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn days_in_their_own_offset() {
        check("2024-03-11", "2024-03-11");
        check("20240311", "2024-03-11");
        check("2024-03-11T01:40:00+03:00", "2024-03-11");
        check("2024-03-10T22:40:00Z", "2024-03-10");
        check("2023-09-05T08:30:00+0600", "2023-09-05");
        check("2023-11-07 10:15:00", "2023-11-07");
        check("2023-11-07 10:15", "2023-11-07");
        check("2019-01-21T17:02:00.000+01:00", "2019-01-21");
        check("Tue, 03 Oct 2023 16:20:00 +0300", "2023-10-03");
        check("3 Oct 2023 01:20:00 GMT", "2023-10-03");
        check("2024-02-30", "none");
        check("11/03/2024", "none");
        check("yesterday", "none");
        check("", "none");
    }
}
