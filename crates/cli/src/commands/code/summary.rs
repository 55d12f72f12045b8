use std::{cmp::Reverse, fmt::Write, time::Duration};

use marsad::bulk::Tally;

use crate::view::number::{counted, grouped, pace, time};

/// How fast a run was.
pub struct Pace {
    /// Words that an interrupted run had read before.
    pub before: u64,
    /// How long this one took.
    pub took: Duration,
}

/// What a run came to, a line a fact; with the name of the output if there is one.
pub fn text(tally: &Tally, run: &Pace, target: Option<&str>) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:<12} {value}");
    };
    let speed = pace(tally.words.saturating_sub(run.before), run.took);
    let documents = counted(tally.documents, "document");
    line("Read", &format!("{documents}, {} in {}, {speed}", counted(tally.words, "word"), time(run.took)));
    line("Coded", &grouped(tally.coded));
    let not_covered = tally.not_covered.values().sum::<u64>();
    if not_covered > 0 {
        let languages = most_first(tally.not_covered.iter());
        line("Not covered", &format!("{}: {languages}", grouped(not_covered)));
    }
    if tally.failed > 0 {
        line("Not read", &grouped(tally.failed));
    }
    if tally.noted > 0 {
        line("Doubtful", &format!("{}: encoding guessed, or characters that mean nothing", grouped(tally.noted)));
    }
    let place = target.map(|target| format!(" in {target}")).unwrap_or_default();
    line("Records", &format!("{}{place}", grouped(tally.records)));
    if tally.records > 0 {
        line("", &most_first(tally.by_type.iter()));
    }
    text.truncate(text.trim_end().len());
    text
}

/// `CONSULT 12, ACCUSE 7`.
fn most_first<'a, N: std::fmt::Display + 'a>(counts: impl Iterator<Item = (&'a N, &'a u64)>) -> String {
    let mut counts: Vec<_> = counts.collect();
    counts.sort_by_key(|(_, count)| Reverse(**count));
    let parts: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name} {}", grouped(*count))).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use marsad::{bulk::Tally, model::EventType};

    use super::{Pace, text};

    #[test]
    fn a_line_a_fact() {
        let tally = Tally {
            documents: 12_000,
            coded: 11_990,
            not_covered: [("Persian".to_owned(), 3), ("Ukrainian".to_owned(), 7)].into(),
            failed: 2,
            words: 5_000_000,
            records: 30,
            by_type: [(EventType::Consult, 10), (EventType::Assault, 20)].into(),
            ..Tally::default()
        };
        let run = Pace { before: 1_000_000, took: Duration::from_secs(80) };
        let expected = "\
Read         12,000 documents, 5,000,000 words in 1 min 20 s, 50,000 words/s
Coded        11,990
Not covered  10: Ukrainian 7, Persian 3
Not read     2
Records      30 in events.csv
             ASSAULT 20, CONSULT 10";
        assert_eq!(text(&tally, &run, Some("events.csv")), expected);
    }
}
