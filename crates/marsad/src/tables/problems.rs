use std::fmt;

use thiserror::Error;

/// What is wrong with a table, and where.
#[derive(Clone, Debug, Error, PartialEq, Eq, PartialOrd, Ord)]
#[error("{file}{}: {message}", if *line > 0 { format!(":{line}") } else { String::new() })]
pub struct TableError {
    /// The table's path.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What was found and what was expected.
    pub message: String,
}

impl TableError {
    /// An error about a whole file or folder.
    #[must_use]
    pub fn whole(file: impl Into<String>, message: impl Into<String>) -> TableError {
        TableError { file: file.into(), line: 0, message: message.into() }
    }
}

/// Everything that is wrong with some tables: at least one problem, by file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableErrors(pub Vec<TableError>);

impl fmt::Display for TableErrors {
    /// One line a problem.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, error) in self.0.iter().enumerate() {
            write!(f, "{}{error}", if n > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for TableErrors {}

impl From<TableError> for TableErrors {
    fn from(error: TableError) -> TableErrors {
        TableErrors(vec![error])
    }
}

impl From<TableErrors> for TableError {
    /// The first of them.
    fn from(errors: TableErrors) -> TableError {
        errors.0.into_iter().next().unwrap_or_else(|| TableError::whole("tables", "unsound"))
    }
}

/// Problems as they are found; a loader notes one and goes on with the next row, so that the user sees all at once.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<TableError>);

impl Problems {
    /// Notes a problem.
    pub fn push(&mut self, error: TableError) {
        self.0.push(error);
    }

    /// The value, or `None` with the problem noted.
    pub fn note<T>(&mut self, result: Result<T, TableError>) -> Option<T> {
        result.map_err(|e| self.push(e)).ok()
    }

    /// Notes all problems of another list.
    pub fn extend(&mut self, errors: TableErrors) {
        self.0.extend(errors.0);
    }

    /// Whether nothing was noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first problem noted.
    pub(super) fn first(self) -> Option<TableError> {
        self.0.into_iter().next()
    }

    /// The value if nothing was noted.
    ///
    /// # Errors
    /// All that was noted, by file and line, each once.
    pub fn done<T>(mut self, value: T) -> Result<T, TableErrors> {
        self.0.sort();
        self.0.dedup();
        if self.0.is_empty() { Ok(value) } else { Err(TableErrors(self.0)) }
    }
}
