use std::io;
use std::path::Path;

use crate::source::SourceError;
use crate::tables::TableError;

/// Why an import could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The source cannot be opened or is something else.
    #[error("{0}")]
    Source(#[from] SourceError),
    /// A table that is already there has other columns.
    #[error("{0}")]
    Table(#[from] TableError),
    /// The folder cannot be written.
    #[error("{file}: cannot be written: {problem}")]
    Write {
        /// The file.
        file: String,
        /// Why.
        #[source]
        problem: io::Error,
    },
}

impl ImportError {
    /// Names the file in an error of writing to it.
    pub(super) fn write(file: &Path) -> impl Fn(io::Error) -> ImportError + use<> {
        let file = file.display().to_string();
        move |problem| ImportError::Write { file: file.clone(), problem }
    }
}
