//! Numbers as people read them.

use std::time::Duration;

/// `1,234,567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 event`, `2,000 events`.
pub fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// Words a second in two digits, for more would pretend to be exact: `61,000 words/s`.
pub fn pace(words: u64, took: Duration) -> String {
    let exact = words as f64 / took.as_secs_f64().max(0.001);
    let unit = 10f64.powf((exact.max(1.0).log10().floor() - 1.0).max(0.0));
    format!("{} words/s", grouped(((exact / unit).round() * unit) as u64))
}

/// `0.4 s`, `41 s`, `3 min 20 s`, `2 h 5 min`.
pub fn time(took: Duration) -> String {
    let seconds = took.as_secs_f64().round() as u64;
    match seconds {
        0..10 => format!("{:.1} s", took.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{counted, grouped, pace, time};

    #[test]
    fn digits_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "event"), "1 event");
    }

    #[test]
    fn times_and_paces_are_round() {
        assert_eq!([400, 41_000, 200_000, 7_500_000].map(|ms| time(Duration::from_millis(ms))), ["0.4 s", "41 s", "3 min 20 s", "2 h 5 min"]);
        assert_eq!(pace(123_456, Duration::from_secs(2)), "62,000 words/s");
        assert_eq!(pace(0, Duration::ZERO), "0 words/s");
    }
}
