//! Reading of the tables that hold marsad's knowledge (docs/LEXICON.md): tab separated, comments, a header line, `-` for an empty cell.
//!
//! The built-in tables are part of the program; a user's folder of the same layout adds to them or overrides their rows ([`Shape::key`] says which row a
//! row overrides). [`check_folder`] tells everything that is wrong with such a folder.

mod check;
mod folder;
mod letters;
mod nearest;
mod packed;
mod problems;
mod read;

pub use check::check_folder;
pub use nearest::nearest;
pub use problems::{Problems, TableError, TableErrors};

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashSet;

pub(crate) use packed::Packed;

pub(crate) use crate::source::geonames::Spot;

/// A row with its place.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    /// The table's path.
    pub file: &'t str,
    /// Line, from 1.
    pub line: usize,
    /// Whether the row is a user's rather than built in.
    pub own: bool,
    /// Codes that the user's table of countries adds to ours.
    pub(crate) founded: &'t [String],
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The row of a line of a built-in table.
    pub(crate) fn built_in(file: &'t str, line: usize, text: &'t str) -> Row<'t> {
        Row { file, line, own: false, founded: &[], cells: text.split('\t').map(str::trim).collect() }
    }

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
        self.get(column).ok_or_else(|| self.error(format!("column {name} is empty, expected a value")))
    }

    /// An error at this row.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> TableError {
        TableError { file: self.file.to_owned(), line: self.line, message: message.into() }
    }

    /// An error about a cell: what was found, what was expected, and what was most likely meant.
    #[must_use]
    pub fn wrong(&self, column: &str, found: &str, expected: &[&str]) -> TableError {
        let guess = nearest(found, expected).map(|g| format!("; did you mean {g}?")).unwrap_or_default();
        self.error(format!("{column} is {found}, expected {}{guess}", listed(expected)))
    }
}

/// `a, b or c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// What makes two rows of a table rows for the same thing.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// Rows never stand for each other.
    None,
    /// These columns; of a cell with variants the first one.
    All(&'static [usize]),
    /// The first of these columns that is not empty.
    First(&'static [usize]),
}

/// The shape of a table.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The columns.
    pub columns: &'static [&'static str],
    /// Further columns at the end that a table may leave out, all or none.
    pub optional: &'static [&'static str],
    /// Which row a user's row overrides.
    pub key: Key,
    /// Which rows a user's row that begins with `!` takes away.
    pub gone: Key,
    /// A column that tells apart rows of the same key in one table.
    pub apart: Option<usize>,
}

impl Shape {
    /// What may stand but once in a table, of a line of it; `None` where the line is no row.
    pub(crate) fn once_of_line(&self, line: &str) -> Option<String> {
        self.once(&Row { file: "", line: 0, own: true, founded: &[], cells: line.split('\t').map(str::trim).collect() })
    }

    /// What may stand but once in a table.
    fn once(&self, row: &Row) -> Option<String> {
        let apart = self.apart.and_then(|column| row.get(column)).unwrap_or_default();
        self.key_of(row).map(|key| key + apart)
    }

    /// What a row stands for.
    pub(crate) fn key_of(&self, row: &Row) -> Option<String> {
        self.key_by(self.key, row)
    }

    fn key_by(&self, by: Key, row: &Row) -> Option<String> {
        let part = |column: usize| row.get(column).map(|cell| self.part(column, cell));
        let whole = match by {
            Key::None => None,
            Key::All(columns) => Some(columns.iter().filter_map(|&c| part(c)).collect()),
            Key::First(columns) => columns.iter().find_map(|&c| part(c)),
        };
        whole.filter(|key: &String| !key.is_empty())
    }

    /// The keys of the rows that a row beginning with `!` takes away: where the first column that is not empty is the key, the first cell may name what any of
    /// them has.
    fn taken_away(&self, row: &Row) -> Vec<String> {
        match self.gone {
            Key::First(columns) => columns.iter().map(|&column| self.part(column, row.cells[0])).collect(),
            by => self.key_by(by, row).into_iter().collect(),
        }
    }

    /// What a cell adds to a key: its first variant without marks, or conditions in the order of their letters, as they hold in any order.
    fn part(&self, column: usize, cell: &str) -> String {
        let first = cell.split(';').next().unwrap_or_default().trim().trim_matches(['~', '!', '*']);
        let mut words: Vec<&str> = first.split(' ').collect();
        if self.columns.get(column) == Some(&"sense") {
            words.sort_unstable();
        }
        format!("{column}={}\t", words.join(" ").replace('*', "").to_lowercase())
    }

    /// Takes away the rows that have one of these keys.
    fn without(&self, rows: &mut Vec<Row>, by: Key, keys: &FxHashSet<String>) {
        if !keys.is_empty() {
            rows.retain(|row| self.key_by(by, row).is_none_or(|key| !keys.contains(&key)));
        }
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
    pub(crate) text: Text,
    /// Whether it is a user's.
    pub own: bool,
    /// Codes that the user's table of countries adds to ours.
    pub(crate) founded: Vec<String>,
}

/// A table's text.
#[derive(Clone, Debug)]
pub(crate) enum Text {
    /// As it is.
    Plain(Cow<'static, str>),
    /// As the build packs the largest tables, and unpacked when first read.
    Packed(Arc<Packed>),
}

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            Text::Plain(text) => text,
            Text::Packed(packed) => packed.whole(),
        }
    }
}

/// A table that is no part of a folder.
pub(crate) fn one_table(name: &str, text: &str) -> File {
    File { path: name.to_owned(), shown: name.to_owned(), text: Text::Plain(text.to_owned().into()), own: true, founded: Vec::new() }
}

impl File {
    /// The rows; what is wrong is noted and left out.
    pub(crate) fn rows(&self, shape: &Shape, problems: &mut Problems) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        read::read(self, shape, &mut rows, problems);
        rows
    }
}

/// A set of table files, in the order in which they apply.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    files: Vec<File>,
    /// Places of a user's GeoNames files.
    pub(crate) spots: Vec<Spot>,
    /// How many such files there are.
    gazetteers: usize,
}

impl Tables {
    /// The tables that are part of the program.
    #[must_use]
    pub fn embedded() -> Tables {
        let file = |path: &str, text| File { path: path.to_owned(), shown: path.to_owned(), text, own: false, founded: Vec::new() };
        let plain = [crate::actors::TABLES, crate::events::TABLES, crate::analysis::rundown::TABLES].concat();
        let packed = crate::actors::PACKED.iter().map(|&(path, bytes)| file(path, Text::Packed(Arc::new(Packed::new(path, bytes)))));
        let files = packed.chain(plain.into_iter().map(|(path, text)| file(path, Text::Plain(text.into())))).collect();
        Tables { files, spots: Vec::new(), gazetteers: 0 }
    }

    /// The rows of every file at `path`, in order; a user's rows stand first and take the place of built-in rows with the same key. What is wrong is noted
    /// and left out.
    #[must_use]
    pub fn collect(&self, path: &str, shape: &Shape, problems: &mut Problems) -> Vec<Row<'_>> {
        let mut out: Vec<Row> = Vec::new();
        for file in self.files.iter().filter(|f| f.path == path) {
            let mut rows = Vec::new();
            read::read(file, shape, &mut rows, problems);
            if file.own {
                let (gone, own): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(read::removes);
                shape.without(&mut out, shape.gone, &gone.iter().flat_map(|row| shape.taken_away(row)).collect());
                shape.without(&mut out, shape.key, &own.iter().filter_map(|row| shape.key_of(row)).collect());
                rows = own;
            }
            rows.append(&mut out);
            out = rows;
        }
        out
    }

    /// The text of the built-in table at `path`, if it is not packed and a user has none there.
    pub(crate) fn built_in(&self, path: &str) -> Option<&'static str> {
        let mut files = self.files.iter().filter(|f| f.path == path);
        match (files.next().map(|f| &f.text), files.next()) {
            (Some(Text::Plain(Cow::Borrowed(text))), None) => Some(text),
            _ => None,
        }
    }

    /// Whether the table at `path` is the built-in one alone.
    pub(crate) fn are_built_in(&self, path: &str) -> bool {
        let mut files = self.files.iter().filter(|f| f.path == path);
        files.next().is_some_and(|f| !f.own) && files.next().is_none()
    }

    /// The packed table at `path`, if a user has none there.
    pub(crate) fn packed(&self, path: &str) -> Option<&Arc<Packed>> {
        let mut files = self.files.iter().filter(|f| f.path == path);
        match (files.next().map(|f| &f.text), files.next()) {
            (Some(Text::Packed(packed)), None) => Some(packed),
            _ => None,
        }
    }

    /// The rows of every file at `path`, in order.
    ///
    /// # Errors
    /// The first row that has another number of columns, or a header that names others.
    pub fn rows(&self, path: &str, columns: &'static [&'static str]) -> Result<Vec<Row<'_>>, TableError> {
        let mut problems = Problems::default();
        let mut rows = Vec::new();
        for file in self.files.iter().filter(|f| f.path == path) {
            read::read(file, &Shape { columns, optional: &[], key: Key::None, gone: Key::None, apart: None }, &mut rows, &mut problems);
        }
        problems.first().map_or(Ok(rows), Err)
    }

    /// Whether a user has brought a table of this room.
    fn has_own(&self, room: &str) -> bool {
        self.files.iter().any(|f| f.own && f.path.starts_with(room))
    }
}
