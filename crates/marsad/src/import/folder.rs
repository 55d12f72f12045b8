//! The folder that an import writes: tables that grow, and the report of what was left out.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::{BuildHasher, BuildHasherDefault};
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashSet, FxHasher};

use super::ImportError;
use crate::source::special;
use crate::tables::{Shape, TableError};

/// Rows written and entries left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Entries of the source that a table could hold.
    pub entries: Entries,
    /// Lines of the report by reason; an entry may have several.
    pub left: BTreeMap<String, u64>,
    /// What was left out without a line in the report, by reason.
    pub unlisted: BTreeMap<String, u64>,
}

/// What became of the entries of a source, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// Carried over.
    pub whole: u64,
    /// Carried over, but something of them was left out.
    pub part: u64,
    /// Left out.
    pub out: u64,
}

impl Entries {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u64 {
        self.whole + self.part + self.out
    }
}

/// Tables being written, each under its name only when it is complete.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    origin: String,
    tables: BTreeMap<String, Table>,
    report: Option<Report>,
    imported: Imported,
    /// Whether the entry that is read has given a row, and whether something of it was left out.
    entry: (bool, bool),
}

#[derive(Debug)]
struct Report {
    part: Part,
    out: BufWriter<File>,
}

#[derive(Debug)]
struct Table {
    part: Part,
    out: BufWriter<File>,
    /// Hashes of the keys of the rows, so that nothing is written twice.
    keys: FxHashSet<u64>,
    /// Columns of its header.
    width: usize,
    rows: u64,
}

const REPORT: &str = "left-out.txt";

impl Folder {
    /// Begins to write into a folder; tables that are there are added to. `origin` says in each table's head where its rows come from.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, origin: impl Into<String>) -> Folder {
        Folder { root: root.into(), origin: origin.into(), tables: BTreeMap::new(), report: None, imported: Imported::default(), entry: (false, false) }
    }

    /// Adds a row, unless one for the same is there already.
    ///
    /// # Errors
    /// If it cannot be written, or the table that is there has other columns.
    pub fn add(&mut self, path: &str, shape: &Shape, cells: &[String]) -> Result<bool, ImportError> {
        if !self.tables.contains_key(path) {
            let table = Table::open(&self.root.join(path), shape, &self.origin)?;
            self.tables.insert(path.to_owned(), table);
        }
        let Some(table) = self.tables.get_mut(path) else { return Ok(false) };
        let mut cells: Vec<&str> = cells.iter().map(|c| if c.trim().is_empty() { "-" } else { c.as_str() }).collect();
        // Columns that may be left out stand empty where the table has them.
        cells.resize(cells.len().max(table.width), "-");
        if cells.len() > table.width {
            return Err(header_differs(&self.root.join(path), shape));
        }
        let line = cells.join("\t");
        if !table.keys.insert(hash(&shape.once_of_line(&line).unwrap_or_default())) {
            return Ok(false);
        }
        writeln!(table.out, "{line}").map_err(ImportError::write(&table.part.0))?;
        table.rows += 1;
        self.entry.0 = true;
        Ok(true)
    }

    /// Ends an entry of the source: what was added and left out since the last belongs to it.
    pub(super) fn end_entry(&mut self) {
        let entries = &mut self.imported.entries;
        match std::mem::take(&mut self.entry) {
            (true, false) => entries.whole += 1,
            (true, true) => entries.part += 1,
            (false, true) => entries.out += 1,
            // Comments, names of sets, what is not asked for.
            (false, false) => {}
        }
    }

    /// Notes what was left out: where it stands in the source, what it is, and why.
    ///
    /// # Errors
    /// If the report cannot be written.
    pub fn leave(&mut self, place: &str, what: &str, reason: &str) -> Result<(), ImportError> {
        *self.imported.left.entry(reason.to_owned()).or_default() += 1;
        self.entry.1 = true;
        let report = match &mut self.report {
            Some(report) => report,
            none => none.insert(Report::begin(&self.root.join(REPORT))?),
        };
        let clean = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        writeln!(report.out, "{}\t{}\t{reason}", clean(place), clean(what)).map_err(ImportError::write(&report.part.0))
    }

    /// Counts what was left out without a line in the report: for reasons that hold for most of a dump.
    pub fn count_left(&mut self, reason: &str) {
        *self.imported.unlisted.entry(reason.to_owned()).or_default() += 1;
        self.entry.1 = true;
    }

    /// Whether the source has had no entry yet.
    pub(super) fn is_untouched(&self) -> bool {
        self.imported.entries.all() == 0
    }

    /// Rows written so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|t| t.rows).sum()
    }

    /// Completes all tables. `mend` may put another line in the place of one.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn finish(mut self, mend: &dyn Fn(&str) -> Option<String>) -> Result<Imported, ImportError> {
        self.end_entry();
        let mut imported = self.imported;
        for (path, table) in self.tables {
            imported.rows.insert(path.clone(), table.rows);
            table.finish(&self.root.join(path), mend)?;
        }
        if let Some(report) = self.report {
            report.finish(&self.root.join(REPORT))?;
        }
        Ok(imported)
    }
}

impl Report {
    /// Begins a report; one that is there stays until this one is finished.
    fn begin(path: &Path) -> Result<Report, ImportError> {
        refuse_special(path)?;
        let part = Part(with_ending(path, "part"));
        let out = BufWriter::new(create(&part.0)?);
        Ok(Report { part, out })
    }

    fn finish(mut self, path: &Path) -> Result<(), ImportError> {
        self.out.flush().map_err(ImportError::write(&self.part.0))?;
        drop(self.out);
        fs::rename(&self.part.0, path).map_err(ImportError::write(path))
    }
}

impl Table {
    fn open(path: &Path, shape: &Shape, origin: &str) -> Result<Table, ImportError> {
        if let Some(found) = special(path) {
            return Err(TableError::whole(path.display().to_string(), format!("is {found}, expected a table to add to, or nothing")).into());
        }
        let part = Part(with_ending(path, "part"));
        let mut out = BufWriter::new(create(&part.0)?);
        let mut keys = FxHashSet::default();
        let header = [shape.columns, shape.optional].concat().join("\t");
        let short = shape.columns.join("\t");
        let mut width = shape.columns.len() + shape.optional.len();
        let write = ImportError::write(&part.0);
        match File::open(path) {
            Ok(old) => {
                let mut begun = false;
                for line in BufReader::new(old).lines() {
                    let line = line.map_err(ImportError::write(path))?;
                    if !line.starts_with('#') && !begun {
                        if line != header && line != short {
                            return Err(header_differs(path, shape));
                        }
                        begun = true;
                        width = line.split('\t').count();
                    } else if !line.starts_with('#') {
                        keys.extend(shape.once_of_line(&line).map(|k| hash(&k)));
                    }
                    writeln!(out, "{line}").map_err(&write)?;
                }
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(ImportError::write(path)(error)),
            Err(_) => writeln!(out, "# {origin}\n{header}").map_err(&write)?,
        }
        Ok(Table { part, out, keys, width, rows: 0 })
    }

    fn finish(mut self, path: &Path, mend: &dyn Fn(&str) -> Option<String>) -> Result<(), ImportError> {
        let part = &self.part.0;
        self.out.flush().map_err(ImportError::write(part))?;
        drop(self.out);
        let mended = Part(with_ending(path, "mended"));
        let mut out = BufWriter::new(create(&mended.0)?);
        let lines = BufReader::new(File::open(part).map_err(ImportError::write(part))?).lines();
        for line in lines {
            let line = line.map_err(ImportError::write(part))?;
            let line = mend(&line).unwrap_or(line);
            writeln!(out, "{line}").map_err(ImportError::write(&mended.0))?;
        }
        out.flush().map_err(ImportError::write(&mended.0))?;
        fs::rename(&mended.0, path).map_err(ImportError::write(path))
    }
}

/// A file that lies there only while a table or the report is being written, however that ends.
#[derive(Debug)]
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn header_differs(path: &Path, shape: &Shape) -> ImportError {
    let header = [shape.columns, shape.optional].concat().join(" ");
    let message = format!("header of the table that is there differs, expected «{header}»; import into another folder");
    TableError { file: path.display().to_string(), line: 1, message }.into()
}

fn refuse_special(path: &Path) -> Result<(), ImportError> {
    let refuse = |found| Err(TableError::whole(path.display().to_string(), format!("is {found}, expected a file to write or nothing")).into());
    special(path).map_or(Ok(()), refuse)
}

fn create(path: &Path) -> Result<File, ImportError> {
    refuse_special(path)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(ImportError::write(folder))?;
    }
    File::create(path).map_err(ImportError::write(path))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn hash(key: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(key.to_lowercase())
}
