//! Times as transcripts write them.

use crate::model::Time;

/// The latest time that is believed, in milliseconds: a week. What is later is a slip.
const LATEST: f64 = 7.0 * 24.0 * 3_600_000.0;

/// `1:02:03,450`, `02:03.45`, `02:03`; a comma, a full stop or (for frames at 25 a second) a colon before the part of a second.
pub(super) fn clock(text: &str) -> Option<Time> {
    let text = text.trim();
    let (whole, part) = match text.find([',', '.']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let mut fields: Vec<f64> = Vec::with_capacity(4);
    for field in whole.split(':') {
        let field = field.trim();
        if field.is_empty() || field.len() > 6 || !field.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        fields.push(field.parse().ok()?);
    }
    let fraction = match part {
        Some("") | None => 0.0,
        Some(part) if part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit()) => format!("0.{part}").parse::<f64>().ok()?,
        Some(_) => return None,
    };
    let seconds = match fields.as_slice() {
        [minutes, seconds] if *seconds < 60.0 => minutes * 60.0 + seconds,
        [hours, minutes, seconds] if *minutes < 60.0 && *seconds < 60.0 => hours * 3600.0 + minutes * 60.0 + seconds,
        [hours, minutes, seconds, frames] if *minutes < 60.0 && *seconds < 60.0 && *frames < 60.0 => hours * 3600.0 + minutes * 60.0 + seconds + frames / 25.0,
        _ => return None,
    };
    believed((seconds + fraction) * 1000.0)
}

/// Seconds: `12.56`, `12.56s`, `12`.
pub(super) fn seconds(text: &str) -> Option<Time> {
    let text = text.trim().trim_end_matches(['s', 'S']);
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    believed(text.parse::<f64>().ok()? * 1000.0)
}

/// A number of milliseconds, if it may be a time in a programme.
pub(super) fn believed(milliseconds: f64) -> Option<Time> {
    (0.0..=LATEST).contains(&milliseconds).then(|| Time(milliseconds.round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, want) in [
            ("00:01:02,345", Some(62_345)),
            ("1:02:03.4", Some(3_723_400)),
            ("02:03.450", Some(123_450)),
            ("12:34", Some(754_000)),
            ("00:00:10:12", Some(10_480)),
            ("00:61:00,000", None),
            ("00:00:0x,000", None),
            ("", None),
            ("999999:00:00", None),
        ] {
            assert_eq!(clock(text).map(|t| t.0), want, "{text}");
        }
        assert_eq!(seconds("1.300s").map(|t| t.0), Some(1300));
        assert_eq!(seconds("-3"), None);
        assert_eq!(seconds("NaN"), None);
    }
}
