//! GeoNames' tables (`cities15000.txt`, `allCountries.txt`): 19 columns, tab separated, no header; read a line at a time.
//!
//! What is kept is bounded whatever the file's size: capitals, seats and first-level divisions, populated places of at least [`LEAST`] inhabitants, and of places whose
//! names the caller knows the largest. Names in Russian and Arabic are told from other languages in their scripts by their letters.

use std::io::{BufRead, Read};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Input, Problem, SourceError};
use crate::model::Code;
use crate::text::normal::fold;

/// A place of GeoNames.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Number in GeoNames.
    pub id: u32,
    /// Usual name in Latin letters.
    pub name: String,
    /// Names in Russian, at most three.
    pub ru: Vec<String>,
    /// Names in Arabic, at most three.
    pub ar: Vec<String>,
    /// Country.
    pub code: Code,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Inhabitants; 0 where GeoNames tells none.
    pub population: u64,
    /// Whether its names are to be found in texts, rather than only lend their place to a name known already.
    pub named: bool,
    /// Whether it is a country's capital.
    pub capital: bool,
}

/// Populated places of fewer inhabitants are kept only if their names are known.
pub const LEAST: u64 = 15_000;

/// Mistakes that are told one by one; the rest is counted.
const TOLD: usize = 20;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 1 << 20;

const COLUMNS: usize = 19;

static ISO3: LazyLock<FxHashMap<&str, Code>> = LazyLock::new(|| {
    let lines = include_str!("iso2.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    lines.filter_map(|l| l.split_once('\t')).filter_map(|(two, three)| Some((two, Code::new(three)?))).collect()
});

/// What a file holds, and what is wrong with it, line by line.
#[derive(Debug, Default)]
pub struct Spots {
    /// The places kept, the largest first.
    pub spots: Vec<Spot>,
    /// Mistakes; of many the first twenty, and one that counts the rest.
    pub mistakes: Vec<SourceError>,
}

/// Reads a file, plain or compressed. `known` holds names that are known already, folded, with their countries.
///
/// ```
/// use marsad::source::{Input, geonames::spots};
///
/// let line = "360630\tCairo\tCairo\tKair,Каир,القاهرة\t30.06263\t31.24967\tP\tPPLC\tEG\t\t11\t\t\t\t9606916\t\t23\tAfrica/Cairo\t2024-01-01\n";
/// let read = spots(&Input::bytes("cities.txt", line), &Default::default());
/// assert_eq!((read.spots[0].name.as_str(), read.spots[0].ar[0].as_str()), ("Cairo", "القاهرة"));
/// ```
#[must_use]
pub fn spots(input: &Input, known: &FxHashSet<(String, Code)>) -> Spots {
    let mut out = Spots::default();
    let source = match input.open_table("a table of GeoNames such as cities15000.txt") {
        Ok(source) => source,
        Err(error) => return Spots { mistakes: vec![error], ..out },
    };
    let (file, mut reader) = (input.name(), source.reader());
    let (mut number, mut wrong, mut line) = (0, 0, Vec::new());
    loop {
        number += 1;
        line.clear();
        let error = match reader.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => match spot(&line, known) {
                Ok(spot) => {
                    out.spots.extend(spot);
                    continue;
                }
                Err(problem) => SourceError::line(&file, number, problem),
            },
            Err(error) => {
                out.mistakes.push(SourceError::line(&file, number, Problem::Read(error)));
                break;
            }
        };
        wrong += 1;
        if wrong <= TOLD {
            out.mistakes.push(error);
        }
    }
    if wrong > TOLD {
        let found = format!("{} more lines that are none", wrong - TOLD);
        out.mistakes.push(SourceError::file(&file, Problem::Value { expected: "lines of GeoNames", found }));
    }
    out.spots.sort_by_key(|s| (std::cmp::Reverse(s.population), s.id));
    out
}

/// The place of a line; `None` where it is not kept.
fn spot(line: &[u8], known: &FxHashSet<(String, Code)>) -> Result<Option<Spot>, Problem> {
    let wrong = |expected, found: &str| Problem::Value { expected, found: found.chars().take(40).collect::<String>().escape_debug().to_string() };
    let line = std::str::from_utf8(line).map_err(|_| wrong("UTF-8", "other bytes"))?.trim_end_matches(['\n', '\r']);
    if line.is_empty() {
        return Ok(None);
    }
    let cells: Vec<&str> = line.split('\t').collect();
    if cells.len() != COLUMNS {
        return Err(wrong("19 columns separated by tabs", &format!("{} columns", cells.len())));
    }
    let id = cells[0].parse().map_err(|_| wrong("a number in column geonameid", cells[0]))?;
    let degrees =
        |column: usize, most: f64, expected| cells[column].parse().ok().filter(|d: &f64| d.abs() <= most).ok_or_else(|| wrong(expected, cells[column]));
    let lat = degrees(4, 90.0, "degrees from -90 to 90 in column latitude")?;
    let lon = degrees(5, 180.0, "degrees from -180 to 180 in column longitude")?;
    let population = if cells[14].is_empty() { 0 } else { cells[14].parse().map_err(|_| wrong("a number in column population", cells[14]))? };
    let Some(&code) = ISO3.get(cells[8]) else { return Ok(None) };
    let seat = matches!(cells[7], "PPLC" | "PPLA" | "ADM1");
    let named = seat || (cells[6] == "P" && population >= LEAST);
    let other = || matches!(cells[6], "P" | "A") && [cells[1], cells[2]].iter().any(|n| known.contains(&(fold(n), code)));
    if !named && !other() {
        return Ok(None);
    }
    let alternatives = |is_letter: fn(char) -> bool| {
        let whole = |name: &&str| name.chars().any(is_letter) && name.chars().all(|c| is_letter(c) || matches!(c, ' ' | '-' | '\''));
        cells[3].split(',').map(str::trim).filter(whole).take(3).map(str::to_owned).collect::<Vec<_>>()
    };
    Ok(Some(Spot {
        id,
        name: cells[1].trim().to_owned(),
        ru: alternatives(is_russian),
        ar: alternatives(is_arabic),
        code,
        lat,
        lon,
        population,
        named,
        capital: cells[7] == "PPLC",
    }))
}

/// Letters of Russian, without those of its neighbours.
fn is_russian(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

/// Letters of Arabic, without those of Persian and Urdu.
fn is_arabic(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63a}' | '\u{640}'..='\u{652}')
}
