//! Reading of the tables that hold marsad's knowledge (docs/LEXICON.md): tab separated, comments, a header line, `-` for an empty cell.
//!
//! The built-in tables are part of the program; a user's folder of the same layout adds to them or overrides their rows.

use std::fs;
use std::path::Path;

use thiserror::Error;

/// What is wrong with a table, and where.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{file}:{line}: {message}")]
pub struct TableError {
    /// The table's path.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What was found and what was expected.
    pub message: String,
}

/// A row with its place.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    /// The table's path.
    pub file: &'t str,
    /// Line, from 1.
    pub line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell of that column; `None` where it holds `-`.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<&'t str> {
        self.cells.get(column).copied().filter(|c| *c != "-")
    }

    /// The variants of a cell, separated by `;`.
    pub fn variants(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).unwrap_or_default().split(';').map(str::trim).filter(|v| !v.is_empty())
    }

    /// The cell, or an error that says which column must not be empty.
    ///
    /// # Errors
    /// If the cell holds `-`.
    pub fn required(&self, column: usize, name: &str) -> Result<&'t str, TableError> {
        self.get(column).ok_or_else(|| self.error(format!("column {name} is empty")))
    }

    /// An error at this row.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> TableError {
        TableError { file: self.file.to_owned(), line: self.line, message: message.into() }
    }
}

/// A table file: where it lies in the layout of docs/LEXICON.md, and its text.
#[derive(Clone, Debug)]
pub struct File {
    /// Path within the layout, such as `events/types/assault/ar.tsv`.
    pub path: String,
    /// Path to show in messages.
    pub shown: String,
    /// The text; embedded or read.
    pub text: std::borrow::Cow<'static, str>,
}

/// A set of table files, in the order in which they apply.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    files: Vec<File>,
}

impl Tables {
    /// The tables that are part of the program.
    #[must_use]
    pub fn embedded() -> Tables {
        let of = |list: &[(&str, &'static str)]| {
            list.iter().map(|(path, text)| File { path: (*path).to_owned(), shown: (*path).to_owned(), text: (*text).into() }).collect::<Vec<_>>()
        };
        let mut files = of(crate::actors::TABLES);
        files.extend(of(crate::events::TABLES));
        files.extend(of(crate::analysis::rundown::TABLES));
        Tables { files }
    }

    /// Adds the tables of a user's folder.
    ///
    /// # Errors
    /// If a file cannot be read as UTF-8, or the folder holds no table.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), TableError> {
        let before = self.files.len();
        let mut known: Vec<String> = self.files.iter().map(|f| f.path.clone()).collect();
        known.dedup();
        for path in known {
            let file = folder.join(&path);
            if !file.is_file() {
                continue;
            }
            let shown = file.display().to_string();
            let text = fs::read_to_string(&file).map_err(|e| TableError { file: shown.clone(), line: 0, message: e.to_string() })?;
            self.files.push(File { path, shown, text: text.into() });
        }
        if self.files.len() == before {
            let message = "no table found: the folder has the layout of docs/LEXICON.md, for instance events/types/assault/en.tsv".to_owned();
            return Err(TableError { file: folder.display().to_string(), line: 0, message });
        }
        Ok(())
    }

    /// The rows of every file at `path`, in order.
    ///
    /// # Errors
    /// The first row that has another number of columns, or a header that names others.
    pub fn rows(&self, path: &str, columns: &[&str]) -> Result<Vec<Row<'_>>, TableError> {
        let mut out = Vec::new();
        for file in self.files.iter().filter(|f| f.path == path) {
            read(&file.shown, &file.text, columns, &mut out)?;
        }
        Ok(out)
    }
}

/// Appends the rows of a table's text.
fn read<'t>(file: &'t str, text: &'t str, columns: &[&str], out: &mut Vec<Row<'t>>) -> Result<(), TableError> {
    let mut header = false;
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let row = Row { file, line: i + 1, cells: line.split('\t').map(str::trim).collect() };
        if !header {
            header = true;
            if row.cells != columns {
                return Err(row.error(format!("header is «{}», expected «{}», separated by tabs", row.cells.join(" "), columns.join(" "))));
            }
            continue;
        }
        if row.cells.len() != columns.len() {
            return Err(row.error(format!("{} columns, expected {}: {}", row.cells.len(), columns.len(), columns.join(", "))));
        }
        if let Some(empty) = row.cells.iter().position(|c| c.is_empty()) {
            return Err(row.error(format!("column {} is blank, write - where there is nothing", columns[empty])));
        }
        out.push(row);
    }
    Ok(())
}
