//! Which programme a transcript is of: from a manifest, or guessed from the file's name.

use std::path::Path;

use jiff::civil::{Date, DateTime};
use marsad_text::Lang;
use serde::Deserialize;

use super::clock;
use crate::model::Programme;
use crate::tables::TableError;

/// The programme that a file's name suggests: `2024-03-11_2100_Channel-One_ru.srt` is Channel One of that evening, in Russian. Parts that look like a
/// date, a time of day, a day's number or a language are taken for one, and what is left is the outlet.
///
/// ```
/// use marsad::source::transcript::programme_named;
///
/// let programme = programme_named("bulletins/2024-03-11_2100_Channel-One_ru.srt");
/// assert_eq!(programme.outlet, "Channel One");
/// assert_eq!(programme.language, "ru");
/// assert_eq!(programme.begins.unwrap().to_string(), "2024-03-11T21:00:00");
/// assert_eq!(programme_named("D00_A_eng.srt").outlet, "A");
/// ```
#[must_use]
pub fn programme_named(file: &str) -> Programme {
    let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.split_once('.').map_or(name.as_str(), |(stem, _)| stem);
    // A language may stand before the format: `news.ar.vtt`.
    let between = name.split('.').skip(1).filter(|part| Lang::from_code(part).is_some());
    let mut programme = Programme { file: file.to_owned(), ..Programme::default() };
    let (mut time, mut rest) = (None, Vec::new());
    for part in stem.split(['_', ' ']).chain(between).filter(|p| !p.is_empty()) {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let day_number = part.len() <= 4 && part.starts_with(['D', 'd']) && part.len() > 1 && part[1..].bytes().all(|b| b.is_ascii_digit());
        if programme.date.is_none() && date(part).is_some() {
            programme.date = date(part);
        } else if digits && part.len() == 4 && clock_time(part).is_some() && time.is_none() {
            time = clock_time(part);
        } else if (2..=5).contains(&part.len())
            && part.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && Lang::from_code(part).is_some()
            && programme.language.is_empty()
        {
            programme.language = Lang::from_code(part).map_or_else(String::new, |l| l.code().to_owned());
        } else if !day_number {
            rest.push(part.replace('-', " "));
        }
    }
    programme.begins = programme.date.zip(time).map(|(date, (hour, minute))| date.at(hour, minute, 0, 0));
    programme.outlet = if rest.is_empty() { name } else { rest.join(" ") };
    programme
}

fn date(part: &str) -> Option<Date> {
    let digits: String = part.chars().filter(char::is_ascii_digit).collect();
    let shaped = digits.len() == 8 && part.chars().all(|c| c.is_ascii_digit() || c == '-');
    let number = |range: std::ops::Range<usize>| digits[range].parse::<i16>().ok();
    if !shaped {
        return None;
    }
    Date::new(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8).ok().filter(|d| (1900..2200).contains(&d.year()))
}

fn clock_time(part: &str) -> Option<(i8, i8)> {
    let (hour, minute) = (part[..2].parse().ok()?, part[2..].parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// A line of a manifest.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Line {
    file: String,
    outlet: Option<String>,
    programme: Option<String>,
    start: Option<String>,
    language: Option<String>,
    duration: Option<String>,
}

/// The programmes that a manifest lists: CSV with a header, or TOML with a table `[[bulletin]]` for each. Columns or keys are `file` (from the
/// manifest's folder), `outlet`, `programme`, `start` (`2024-03-11T21:00`, or the day alone), `language`, `duration` (`30:00`, or seconds); all but
/// `file` may be left out, and then the file's name tells.
///
/// # Errors
/// If the manifest cannot be read, or a line is wrong.
pub fn manifest(path: &Path) -> Result<Vec<Programme>, TableError> {
    let shown = path.display().to_string();
    let error = |line: usize, message: String| TableError { file: shown.clone(), line, message };
    let text = std::fs::read_to_string(path).map_err(|e| error(0, e.to_string()))?;
    let toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    let lines: Vec<(usize, Line)> = if toml {
        #[derive(Deserialize)]
        struct Manifest {
            bulletin: Vec<Line>,
        }
        let read: Manifest = toml::from_str(&text).map_err(|e| error(0, e.message().to_owned()))?;
        read.bulletin.into_iter().map(|line| (0, line)).collect()
    } else {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let read = reader.deserialize::<Line>().enumerate().map(|(i, line)| line.map(|line| (i + 2, line)).map_err(|e| error(i + 2, e.to_string())));
        read.collect::<Result<_, _>>()?
    };
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    lines.into_iter().map(|(number, line)| programme(line, &folder).map_err(|message| error(number, message))).collect()
}

fn programme(line: Line, folder: &Path) -> Result<Programme, String> {
    if line.file.is_empty() {
        return Err("file is blank, expected the path of a transcript".to_owned());
    }
    let given = |cell: Option<String>| cell.filter(|c| !c.trim().is_empty());
    let mut programme = programme_named(&folder.join(&line.file).to_string_lossy());
    programme.outlet = given(line.outlet).unwrap_or(programme.outlet);
    programme.title = given(line.programme);
    programme.language = given(line.language).unwrap_or(programme.language);
    if let Some(start) = given(line.start) {
        let begins: Option<DateTime> = start.parse().ok();
        programme.date = Some(
            begins.map(DateTime::date).or_else(|| start.parse().ok()).ok_or_else(|| format!("start is {start}, expected 2024-03-11T21:00 or 2024-03-11"))?,
        );
        programme.begins = begins.filter(|_| start.contains(['T', ' ']));
    }
    if let Some(duration) = given(line.duration) {
        programme.duration =
            clock::clock(&duration).or_else(|| clock::seconds(&duration)).ok_or_else(|| format!("duration is {duration}, expected 30:00 or seconds"))?;
    }
    Ok(programme)
}
