//! Actors: names with a code, or with codes that hold for some dates.

use rustc_hash::FxHashSet;

use super::codes::{Coded, coded, title};
use super::known;
use super::lines::{Line, Lines};
use crate::actors::{codes::is_known, shape};
use crate::import::{Folder, ImportError, Progress};
use crate::text::normal::fold;

/// A record of the dictionary.
#[derive(Debug, Default)]
struct Actor {
    line: u64,
    names: Vec<String>,
    /// Codes with their dates as they stand in the brackets.
    codes: Vec<(u64, String)>,
}

/// Names in one column.
const MOST: usize = 40;

pub fn import(lines: &mut Lines, folder: &mut Folder, watch: &mut dyn FnMut(Progress) -> bool) -> Result<(), ImportError> {
    let known = &*known::NAMES;
    let mut actor = Actor::default();
    let mut read = 0;
    while let Some(line) = lines.next() {
        let text = line.text.trim();
        if line.text.starts_with(['\t', ' ']) && text.starts_with('[') {
            actor.take_codes(&line, text);
        } else if let Some(synonym) = text.strip_prefix('+') {
            actor.take(&line, synonym);
        } else {
            read += 1;
            if read % 1000 == 0 && !watch(Progress { read, rows: folder.rows() }) {
                break;
            }
            let whole = std::mem::replace(&mut actor, Actor { line: line.number, ..Actor::default() });
            add(whole, known, lines, folder)?;
            actor.take(&line, text);
        }
    }
    add(actor, known, lines, folder)?;
    watch(Progress { read, rows: folder.rows() });
    Ok(())
}

impl Actor {
    fn take(&mut self, line: &Line, text: &str) {
        let (name, codes) = text.split_at(text.find('[').unwrap_or(text.len()));
        self.names.extend(Some(name.trim().to_owned()).filter(|n| !n.is_empty()));
        self.take_codes(line, codes);
    }

    /// Takes what stands in square brackets, one behind the other.
    fn take_codes(&mut self, line: &Line, text: &str) {
        let inner = |rest: &str| rest.split([']', '}']).next().unwrap_or_default().trim().to_owned();
        self.codes.extend(text.split('[').skip(1).map(|rest| (line.number, inner(rest))));
    }
}

fn add(actor: Actor, known: &FxHashSet<String>, lines: &Lines, folder: &mut Folder) -> Result<(), ImportError> {
    let Some(first) = actor.names.first() else { return Ok(()) };
    folder.end_entry();
    let place = lines.place(actor.line);
    let mut terms: Vec<(Coded, String)> = Vec::new();
    for (line, text) in &actor.codes {
        let (code, dates) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let place = lines.place(*line);
        let dates = match term(dates.trim()) {
            Ok(dates) => dates,
            Err(reason) => {
                folder.leave(&place, &format!("{first} [{text}]"), reason)?;
                continue;
            }
        };
        let coded = coded(code);
        for lost in &coded.lost {
            folder.leave(&place, &format!("{first} [{code}]"), &format!("part {lost} of a code has no counterpart"))?;
        }
        terms.push((coded, dates));
    }
    // Of codes whose dates cannot be read the report knows.
    if terms.is_empty() && !actor.codes.is_empty() {
        return Ok(());
    }
    if terms.iter().all(|(c, _)| c.code.is_none()) {
        let reason = if actor.codes.is_empty() { "actor without code" } else { "code without a country or organisation that marsad has" };
        return folder.leave(&place, &format!("{first} {:?}", actor.codes.iter().map(|c| c.1.as_str()).collect::<Vec<_>>()), reason);
    }
    write(&actor, &terms, known, &place, folder)
}

fn write(actor: &Actor, terms: &[(Coded, String)], known: &FxHashSet<String>, place: &str, folder: &mut Folder) -> Result<(), ImportError> {
    let dated = terms.iter().any(|(_, dates)| dates != "..");
    let home = terms.iter().find_map(|(c, _)| c.code.clone()).unwrap_or_default();
    let one = &terms[0].0;
    let country = is_known(&home) && !["UNO", "EUR", "IGO", "NGO", "MNC", "IMG"].contains(&home.as_str());
    // What is known here already is known better: with its other languages and forms.
    let fresh: Vec<String> = actor.names.iter().map(|n| name(n)).filter(|n| !n.is_empty() && !known.contains(&fold(n))).collect();
    if fresh.is_empty() {
        folder.count_left("known to the built-in tables already");
        return Ok(());
    }
    if fresh.len() > MOST && !dated && !(country && one.sector.is_none()) {
        folder.leave(place, &fresh[MOST..].join("; "), "names beyond the fortieth of an actor")?;
    }
    let en = fresh.iter().take(MOST).cloned().collect::<Vec<_>>().join(";");
    let sector = one.sector.unwrap_or("-").to_owned();
    let dash = || "-".to_owned();
    let mut row = |path: &str, cells: &[String]| -> Result<(), ImportError> {
        let Some(shape) = shape(path) else { return Ok(()) };
        if !folder.add(path, &shape, cells)? {
            folder.leave(place, &fresh[0], "stands in the table already")?;
        }
        Ok(())
    };
    if dated {
        return people(&fresh, terms, &mut row);
    }
    if !country {
        let id = format!("{}_{}", home.to_lowercase(), fold(&fresh[0]).replace(' ', "_"));
        return row("actors/organisations.tsv", &[id, dash(), home, sector, en, dash(), dash()]);
    }
    if one.sector.is_none() {
        // A bare country's further names are its towns and provinces more often than names of the state.
        return fresh.iter().try_for_each(|n| {
            let cells = ["region".to_owned(), home.clone(), n.clone(), dash(), dash(), dash(), dash(), dash()];
            row("actors/places.tsv", &cells)
        });
    }
    row("actors/metonyms.tsv", &[home, sector, en, dash(), dash()])
}

type Write<'a> = dyn FnMut(&str, &[String]) -> Result<(), ImportError> + 'a;

/// A person's rows: one for each home with the offices there.
fn people(names: &[String], terms: &[(Coded, String)], row: &mut Write) -> Result<(), ImportError> {
    let mut seen = FxHashSet::default();
    for home in terms.iter().filter_map(|(c, _)| c.code.as_ref()).filter(|home| seen.insert(*home)) {
        let own = terms.iter().filter(|(c, _)| c.code.as_ref() == Some(home));
        let mut offices: Vec<(String, String)> = own.filter_map(|(c, dates)| c.sector.map(|s| (dates.clone(), format!("{s} {} {dates}", title(s))))).collect();
        // Codes without dates hold where no other does: they stand first, the last that holds counts.
        offices.sort_by_key(|(dates, _)| (dates != "..", dates.clone()));
        let offices = offices.into_iter().map(|(_, office)| office).collect::<Vec<_>>().join(";");
        let dash = || "-".to_owned();
        row("actors/people.tsv", &[dash(), names[..names.len().min(MOST)].join(";"), dash(), dash(), home.clone(), offices])?;
    }
    Ok(())
}

/// `HAMID_KARZAI_` as the press writes it: `Hamid Karzai`; short words without vowels stay in capitals.
pub fn name(text: &str) -> String {
    let words = text.trim_matches('_').split(['_', ' ']).filter(|w| !w.is_empty());
    let count = text.trim_matches('_').split(['_', ' ']).filter(|w| !w.is_empty()).count();
    let out: Vec<String> = words.enumerate().map(|(i, w)| word(w, i, count)).collect();
    out.join(" ").replace([';', '~', '!', '\t'], " ").trim().to_owned()
}

const SMALL: &[&str] = &["OF", "THE", "AND", "FOR", "IN", "ON", "DE", "LA", "EL", "AL", "BIN", "VON", "VAN", "DER"];

fn word(word: &str, at: usize, count: usize) -> String {
    if at > 0 && SMALL.contains(&word) {
        return word.to_lowercase();
    }
    let vowels = word.chars().filter(|c| "AEIOUY".contains(*c)).count();
    if count == 1
        && word.len() <= 5
        && vowels <= 1
        && word.len() > 1
        && !(vowels == 1 && word.len() >= 4 && word.starts_with(|c| "BCDFGHJKLMPQRSTVWXZ".contains(c)) && word.len() == 5)
    {
        return word.to_owned();
    }
    let mut start = true;
    word.chars()
        .map(|c| {
            let c = if start { c } else { c.to_ascii_lowercase() };
            start = matches!(c, '-' | '\'' | '.');
            c
        })
        .collect()
}

/// `<date`, `>date`, `date-date` as `from..to`; nothing is `..`. The error says what is wrong with it.
fn term(text: &str) -> Result<String, &'static str> {
    let day = |text: &str| date(text).ok_or("date that cannot be read, expected <date, >date or date-date with YYMMDD or YYYYMMDD");
    if text.is_empty() {
        return Ok("..".to_owned());
    }
    if let Some(to) = text.strip_prefix('<') {
        return Ok(format!("..{}", day(to)?));
    }
    if let Some(from) = text.strip_prefix('>') {
        return Ok(format!("{}..", day(from)?));
    }
    let (from, to) = text.split_once('-').unwrap_or((text, ""));
    let (from, to) = (day(from)?, day(to)?);
    if from <= to { Ok(format!("{from}..{to}")) } else { Err("a term that ends before it begins") }
}

/// `YYMMDD` or `YYYYMMDD`; of two digits those up to 30 are of this century. Days that no month has become the month's last.
fn date(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match text.len() {
        8 => (text[..4].parse::<i16>().ok()?, &text[4..]),
        6 => {
            let short: i16 = text[..2].parse().ok()?;
            (if short <= 30 { 2000 + short } else { 1900 + short }, &text[2..])
        }
        _ => return None,
    };
    let (month, day) = (rest[..2].parse::<i8>().ok()?, rest[2..].parse::<i8>().ok()?);
    let first = jiff::civil::Date::new(year, month.max(1), 1).ok()?;
    Some(first.with().day(day.clamp(1, first.days_in_month())).build().ok()?.to_string())
}
