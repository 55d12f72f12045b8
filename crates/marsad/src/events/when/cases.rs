//! The cases of `cases.<lang>.tsv`: sentence, document's date, what is to be found.
//!
//! Expected is `none`, or `words=date/precision` for each time, joined by `; `. `era` instead of a date is one that is long over; `?` one without date;
//! `+historical`, `+from`, `+until` follow. In sentences `+` splits clitics off, behind `~` stands a noun in the genitive, and a word with
//! `_` is part of a name.

use jiff::civil::Date;
use marsad_text::Lang;
use marsad_text::normal::fold;
use proptest::prelude::*;

use super::{Bound, Time, When, is_time_word, time_words, times};
use crate::model::DatePrecision;

const CASES: [(Lang, &str); 3] = [(Lang::Ar, include_str!("cases.ar.tsv")), (Lang::En, include_str!("cases.en.tsv")), (Lang::Ru, include_str!("cases.ru.tsv"))];

/// Words as tokenizers leave them: punctuation apart at the ends of words only, or everywhere.
fn words(text: &str, everywhere: bool) -> Vec<String> {
    let is_sign = |c: char| !c.is_alphanumeric() && !matches!(c, '~' | '_') && !marsad_text::normal::is_dropped(c);
    let mut out = Vec::new();
    for chunk in text.split([' ', '+']).filter(|c| !c.is_empty()) {
        let inner = chunk.trim_matches(is_sign);
        let start = chunk.find(inner).unwrap_or_default();
        out.extend(chunk[..start].chars().map(String::from));
        match everywhere && !inner.contains("://") {
            true => inner.split_inclusive(is_sign).for_each(|part| {
                let bare = part.trim_end_matches(is_sign);
                out.extend([bare, &part[bare.len()..]].iter().filter(|s| !s.is_empty()).map(|s| (*s).to_owned()));
            }),
            false => out.extend((!inner.is_empty()).then(|| inner.to_owned())),
        }
        out.extend(chunk[start + inner.len()..].chars().map(String::from));
    }
    out
}

/// What comes of words as the rooms before hand them over.
fn with_whens<T>(words: &[String], read: impl FnOnce(&[When<'_>]) -> T) -> T {
    let governs: Vec<bool> = words.iter().map(|w| w.ends_with('~')).collect();
    let named: Vec<bool> = words.iter().map(|w| w.ends_with('_')).collect();
    let words: Vec<&str> = words.iter().map(|w| w.trim_end_matches(['~', '_'])).collect();
    let folded: Vec<String> = words.iter().map(|w| fold(w)).collect();
    let whens: Vec<When<'_>> = (0..words.len()).map(|w| When { form: words[w], folded: &folded[w], governs: governs[w], named: named[w] }).collect();
    read(&whens)
}

fn read(words: &[String], lang: Lang, day: Option<Date>) -> Vec<Time> {
    with_whens(words, |whens| times(whens, lang, day))
}

/// A time as the cases write it, its words without white space.
fn shown(words: &[String], time: &Time) -> String {
    let date = match time.date {
        Some(d) => match d.precision {
            DatePrecision::Day => format!("{}/day", d.start),
            DatePrecision::Week => format!("{}/week", d.start),
            DatePrecision::Quarter => format!("{}/quarter", d.start.strftime("%Y-%m")),
            DatePrecision::Month => format!("{}/month", d.start.strftime("%Y-%m")),
            DatePrecision::Year => format!("{:04}/year", d.start.year()),
            DatePrecision::Decade => format!("{:04}/decade", d.start.year()),
            DatePrecision::Unknown => "unknown".to_owned(),
        },
        None => if time.period.is_some() { "?" } else { "era" }.to_owned(),
    };
    let bound = match time.bound {
        Bound::At => "",
        Bound::From => "+from",
        Bound::Until => "+until",
    };
    let historical = if time.historical == Some(true) { "+historical" } else { "" };
    format!("{}={date}{historical}{bound}", words[time.words.clone()].concat())
}

/// What is wrong with one case, if anything.
fn check(line: &str, lang: Lang, everywhere: bool) -> Option<String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [sentence, day, expected] = cells[..] else { return Some(format!("not three columns: {line}")) };
    let day = (day != "-").then(|| day.parse::<Date>().expect(line));
    let words = words(sentence, everywhere);
    let found: Vec<String> = read(&words, lang, day).iter().map(|t| shown(&words, t)).collect();
    let expected: Vec<String> = match expected {
        "none" => Vec::new(),
        list => list
            .split("; ")
            .map(|e| e.replace([' ', '+'], "").replace("historical", "+historical").replace("from", "+from").replace("until", "+until"))
            .collect(),
    };
    (found != expected).then(|| format!("{sentence}\n  expected {expected:?}\n  found    {found:?}"))
}

#[test]
fn cases_hold() {
    let lines = |text: &'static str| text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    let wrong: Vec<String> =
        CASES.iter().flat_map(|(lang, text)| lines(text).flat_map(|l| [false, true].into_iter().filter_map(|e| check(l, *lang, e)))).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Examples of the tables are read as their rows say: as a time, or as none.
#[test]
fn examples_of_phrases_are_found() {
    let day = Some(jiff::civil::date(2024, 3, 12));
    let tables = [(Lang::Ar, include_str!("ar.tsv")), (Lang::En, include_str!("en.tsv")), (Lang::Ru, include_str!("ru.tsv"))];
    for (lang, table) in tables {
        for row in table.lines().filter(|l| l.starts_with("phrase\t")) {
            let cells: Vec<&str> = row.split('\t').collect();
            let is_time = cells[1] != "nothing";
            let found = read(&words(cells[3], false), lang, day);
            assert_eq!(!found.is_empty(), is_time, "{row} {found:?}");
        }
    }
}

#[test]
fn periods_are_exact() {
    let day = Some(jiff::civil::date(2014, 3, 12));
    for (lang, text, first, last) in [
        (Lang::En, "last week", "2014-03-03", "2014-03-09"),
        (Lang::Ru, "летом 2013 года", "2013-06-01", "2013-08-31"),
        (Lang::En, "3-5 March", "2014-03-03", "2014-03-05"),
        (Lang::Ar, "القرن التاسع عشر", "1801-01-01", "1900-12-31"),
        (Lang::En, "over the past ten years", "2004-03-12", "2014-03-12"),
    ] {
        let period = read(&words(text, false), lang, day)[0].period.expect(text);
        assert_eq!((period.first.to_string().as_str(), period.last.to_string().as_str()), (first, last), "{text}");
    }
}

/// Whoever counts people must know where times stand also where nobody can date them.
#[test]
fn words_of_times_are_found_without_a_day() {
    for (lang, text, expected) in [
        (Lang::En, "On 5 June rebels killed 12 people", &["5 June"][..]),
        (Lang::En, "On March 3 of that year rebels killed 12 people", &["March 3 of that year"]),
        (Lang::En, "A force of 2000 soldiers came on 29 February", &["29 February"]),
        (Lang::Ru, "15 июня боевики убили троих", &["15 июня"]),
        (Lang::Ru, "3 марта того же года убили 12 человек в XX веке", &["3 марта того же года", "XX веке"]),
        (Lang::Ar, "في 15 يونيو قتل المسلحون خمسة جنود", &["15 يونيو"]),
        (Lang::Ar, "في 15 رمضان 1435 قتل المسلحون خمسة جنود", &["15 رمضان 1435"]),
    ] {
        let words = words(text, false);
        let found: Vec<String> = with_whens(&words, |whens| time_words(whens, lang)).into_iter().map(|at| words[at].join(" ")).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn words_of_time_are_known() {
    for (lang, word, is) in [
        (Lang::En, "monday", true),
        (Lang::En, "yesterday", true),
        (Lang::En, "may", false),
        (Lang::Ru, "вторник", true),
        (Lang::Ru, "марта", true),
        (Lang::Ru, "россия", false),
        (Lang::Ar, "الخميس", true),
        (Lang::Ar, "كانون", true),
        (Lang::Ar, "العام", false),
        (Lang::Ar, "مارس", false),
    ] {
        assert_eq!(is_time_word(word, lang), is, "{word}");
    }
}

/// Words that are likely to meet rules, among any others.
fn any_word() -> impl Strategy<Value = String> {
    let pool: Vec<String> = CASES.iter().flat_map(|(_, text)| text.split(['\t', '\n']).flat_map(|cell| words(cell, false))).collect();
    prop_oneof![4 => proptest::sample::select(pool), 1 => "\\PC{0,8}", 1 => "[0-9]{1,10}", 1 => "[-/.,:'%()]"]
}

proptest! {
    #[test]
    fn any_words_give_ranges_in_order(words in proptest::collection::vec(any_word(), 0..24), lang in 0..3usize, day in -4_370_000..2_930_000i64) {
        let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).ok();
        let found = read(&words, CASES[lang].0, day);
        for time in &found {
            prop_assert!(time.words.start < time.words.end && time.words.end <= words.len());
            prop_assert!(time.period.is_none_or(|p| p.first <= p.last));
        }
        prop_assert!(found.windows(2).all(|w| w[0].words.end <= w[1].words.start));
        let told = with_whens(&words, |whens| time_words(whens, CASES[lang].0));
        prop_assert!(told.iter().all(|at| at.start < at.end && at.end <= words.len()));
    }
}
