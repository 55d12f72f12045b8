//! A user's folder of tables.

use std::fs;
use std::path::{Path, PathBuf};

use super::{File, Problems, TableError, TableErrors, Tables, Text, nearest};
use crate::source::geonames::spots;
use crate::source::{Input, SourceError, special};

const COUNTRIES: &str = "actors/countries.tsv";

/// How deep the layout goes, with room to spare.
const DEEPEST: usize = 8;

/// The largest table that is read, in bytes: its rows are kept in memory.
const LARGEST: u64 = 256 << 20;

impl Tables {
    /// Adds the tables of a user's folder.
    ///
    /// # Errors
    /// Every file that cannot be read as UTF-8 or whose path is no table's; a folder that holds no table.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), TableErrors> {
        let mut problems = Problems::default();
        let mut paths = Vec::new();
        problems.note(list(folder, 0, &mut paths));
        let mut known: Vec<String> = self.files.iter().map(|f| f.path.clone()).collect();
        known.sort_unstable();
        known.dedup();
        let before = (self.files.len(), self.gazetteers);
        let mut gazetteers = Vec::new();
        for path in paths {
            let inner = inner_path(folder, &path);
            if inner.starts_with("geonames/") && !is_note(&inner) {
                gazetteers.push(path);
            } else if known.contains(&inner) {
                self.files.extend(problems.note(read(&path)).map(|text| File {
                    path: inner,
                    shown: path.display().to_string(),
                    text: Text::Plain(text.into()),
                    own: true,
                    founded: Vec::new(),
                }));
            } else if is_table(&inner) {
                problems.push(unknown(&path, &inner, &known));
            } else if let Some(meant) = known.iter().find(|known| is_misnamed(&inner, known)) {
                let message = format!("no table ends so, expected {}", meant.rsplit('/').next().unwrap_or(meant));
                problems.push(TableError::whole(path.display().to_string(), message));
            }
        }
        self.found_countries();
        // After the tables, whose places they may lend coordinates to.
        for file in gazetteers {
            if let Err(errors) = self.add_gazetteer(&file) {
                problems.extend(errors);
            }
        }
        if (self.files.len(), self.gazetteers) == before && problems.is_empty() {
            let message = "no table found: the folder has the layout of docs/LEXICON.md, for instance events/types/assault/en.tsv";
            problems.push(TableError::whole(folder.display().to_string(), message));
        }
        problems.done(())
    }

    /// Lets a user's tables name the countries that another of them adds.
    fn found_countries(&mut self) {
        let founded: Vec<String> = {
            let mut rows = Vec::new();
            let own = self.files.iter().filter(|f| f.own && f.path == COUNTRIES);
            own.for_each(|file| rows.extend(crate::actors::shape(COUNTRIES).map(|shape| file.rows(&shape, &mut Problems::default()))));
            rows.iter().flatten().filter_map(|row| row.get(0)).map(str::to_owned).collect()
        };
        self.files.iter_mut().filter(|f| f.own).for_each(|file| file.founded.clone_from(&founded));
    }

    /// Adds the places of a GeoNames file, `cities15000.txt` or `allCountries.txt`, plain or compressed; it is read a line at a time.
    ///
    /// # Errors
    /// A file that cannot be read, and its lines that are not GeoNames', the first twenty.
    pub fn add_gazetteer(&mut self, file: &Path) -> Result<(), TableErrors> {
        let read = spots(&Input::named(file), &crate::actors::known_places(self));
        self.spots.extend(read.spots);
        self.gazetteers += 1;
        let error = |e: SourceError| TableError { file: e.place.file, line: e.place.line.unwrap_or(0) as usize, message: e.problem.to_string() };
        let mut problems = Problems::default();
        read.mistakes.into_iter().map(error).for_each(|e| problems.push(e));
        problems.done(())
    }
}

/// All files below a folder, sorted.
fn list(folder: &Path, depth: usize, out: &mut Vec<PathBuf>) -> Result<(), TableError> {
    let error = |e: std::io::Error| TableError::whole(folder.display().to_string(), format!("cannot be read: {e}, expected a folder of tables"));
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).map_err(error)?.flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries.into_iter().filter(|p| !p.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))) {
        // A directory that is named as a table is told like a file that is none.
        if path.is_dir() && !is_table(&path.to_string_lossy()) {
            if depth < DEEPEST {
                list(&path, depth + 1, out)?;
            }
        } else {
            out.push(path);
        }
    }
    Ok(())
}

/// The path within the layout, with slashes on every system.
fn inner_path(folder: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    inner.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether somebody meant it as a table: notes, licences and cases may lie beside tables.
fn is_table(inner: &str) -> bool {
    [".tsv", ".csv", ".tab"].iter().any(|e| inner.to_lowercase().ends_with(e))
}

/// Whether a file is a table under another ending, as editors give and systems hide it: `en.tsv.txt`, `en.txt`.
fn is_misnamed(inner: &str, table: &str) -> bool {
    let inner = inner.to_lowercase();
    inner.strip_suffix(".txt").is_some_and(|stem| stem == table || table.strip_suffix(".tsv") == Some(stem))
}

/// Whether a file beside GeoNames' tables only tells of them.
fn is_note(inner: &str) -> bool {
    let name = inner.to_lowercase();
    name.contains("readme") || name.contains("licen") || name.ends_with(".md")
}

fn unknown(path: &Path, inner: &str, known: &[String]) -> TableError {
    let list: Vec<&str> = known.iter().map(String::as_str).collect();
    let name = |p: &str| p.rsplit('/').next().unwrap_or_default().to_owned();
    let same_name = || list.iter().copied().find(|k| name(k) == name(inner) && known.iter().filter(|o| name(o) == name(inner)).count() == 1);
    let guess = nearest(inner, &list).or_else(same_name).map(|g| format!("; did you mean {g}?")).unwrap_or_default();
    TableError::whole(path.display().to_string(), format!("no table has the path {inner}, expected one of docs/LEXICON.md{guess}"))
}

fn read(path: &Path) -> Result<String, TableError> {
    let shown = path.display().to_string();
    if let Some(found) = special(path) {
        return Err(TableError::whole(shown, format!("is {found}, expected a table")));
    }
    let unreadable = |e: std::io::Error| TableError::whole(shown.clone(), format!("cannot be read: {e}"));
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > LARGEST {
        return Err(TableError::whole(shown, format!("{} MiB, expected a table of at most {} MiB", size >> 20, LARGEST >> 20)));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        TableError { file: shown.clone(), line, message: "not UTF-8, expected a table saved as UTF-8 text".to_owned() }
    })?;
    let lone = text.split_inclusive('\n').position(|line| line.trim_end_matches(['\r', '\n']).contains('\r'));
    match lone {
        Some(line) => Err(TableError { file: shown, line: line + 1, message: "a line ends with CR alone, expected LF or CR LF".to_owned() }),
        None => Ok(text),
    }
}
