use std::sync::Arc;

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::DataType,
    error::ArrowError,
};

use crate::{
    model::Document,
    pipeline::{Coded, Coder, Scratch},
    store::table,
};

/// Why a record batch could not be coded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// A column that must be there is not.
    #[error("no column `{0}`: expected `id` and `text`, and where known `lang`, `date`, `title`, `author`, `outlet`, `url`")]
    Missing(&'static str),
    /// A column cannot be read as text.
    #[error("column `{column}`: expected text, found {found}")]
    Type {
        /// Its name.
        column: &'static str,
        /// Its type.
        found: DataType,
    },
    /// A date is none.
    #[error("column `date`, row {row}: expected YYYY-MM-DD, found `{found}`")]
    Date {
        /// The row, from 0.
        row: usize,
        /// What stands there.
        found: String,
    },
    /// The records do not fit into a batch.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

/// Codes the documents of a record batch, one a row, and gives their records as a batch of [`table::schema`].
///
/// Columns are the fields of [`Document`]: `id` and `text` of any text or number type, the others where known; `date` may be a date or text. Rows
/// without a text give no records. Nothing but the batch and the coder decides what comes out.
///
/// # Errors
/// If a column is missing or of another type, or a date is none.
pub fn code_batch(coder: &Coder, batch: &RecordBatch, scratch: &mut Scratch) -> Result<RecordBatch, BatchError> {
    code_batch_with(batch, |document| coder.code(document, scratch))
}

fn code_batch_with(batch: &RecordBatch, mut code: impl FnMut(&Document) -> Coded) -> Result<RecordBatch, BatchError> {
    let columns = Columns::of(batch)?;
    let mut records = Vec::new();
    for row in 0..batch.num_rows() {
        if let Some(document) = columns.document(row)? {
            records.extend(code(&document).records);
        }
    }
    Ok(table::batch(&records)?)
}

struct Columns {
    id: Column,
    text: Column,
    lang: Option<Column>,
    date: Option<Column>,
    title: Option<Column>,
    author: Option<Column>,
    outlet: Option<Column>,
    url: Option<Column>,
}

impl Columns {
    fn of(batch: &RecordBatch) -> Result<Columns, BatchError> {
        let maybe = |name| batch.column_by_name(name).map(|column| Column::of(name, column)).transpose();
        let must = |name| maybe(name)?.ok_or(BatchError::Missing(name));
        Ok(Columns {
            id: must("id")?,
            text: must("text")?,
            lang: maybe("lang")?,
            date: maybe("date")?,
            title: maybe("title")?,
            author: maybe("author")?,
            outlet: maybe("outlet")?,
            url: maybe("url")?,
        })
    }

    fn document(&self, row: usize) -> Result<Option<Document>, BatchError> {
        let Some(text) = self.text.get(row) else { return Ok(None) };
        let some = |column: &Option<Column>| column.as_ref().and_then(|column| column.get(row)).map(str::to_owned);
        let date = match some(&self.date) {
            Some(found) => Some(found.parse().map_err(|_| BatchError::Date { row, found })?),
            None => None,
        };
        Ok(Some(Document {
            id: self.id.get(row).map_or_else(|| format!("#{}", row + 1), str::to_owned),
            text: text.to_owned(),
            lang: some(&self.lang),
            date,
            title: some(&self.title),
            author: some(&self.author),
            outlet: some(&self.outlet),
            url: some(&self.url),
        }))
    }
}

struct Column(Arc<dyn Array>);

impl Column {
    fn of(name: &'static str, column: &ArrayRef) -> Result<Column, BatchError> {
        let error = || BatchError::Type { column: name, found: column.data_type().clone() };
        if column.data_type().is_nested() {
            return Err(error());
        }
        cast(column, &DataType::Utf8).map(Column).map_err(|_| error())
    }

    /// The cell, if there is something in it.
    fn get(&self, row: usize) -> Option<&str> {
        let cells: &StringArray = self.0.as_string();
        cells.is_valid(row).then(|| cells.value(row)).filter(|cell| !cell.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, AsArray, Date32Array, Int64Array, LargeStringArray, RecordBatch};

    use super::{BatchError, code_batch_with};
    use crate::{
        model::{Document, Record},
        pipeline::{Coded, Language},
        store::{sample, table},
        text::Lang,
    };

    fn echo(document: &Document) -> Coded {
        let title = document.date.map(|date| date.to_string());
        let record = Record { id: document.id.clone(), text: document.text.clone(), date: title, ..sample() };
        Coded { language: Language::Covered(Lang::Ru), sentences: 1, words: 1, records: vec![record] }
    }

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter(columns).unwrap()
    }

    #[test]
    fn documents_in_records_out() {
        let ids: ArrayRef = Arc::new(Int64Array::from(vec![7, 8, 9]));
        let texts: ArrayRef = Arc::new(LargeStringArray::from(vec![Some("Порт бастует."), None, Some("Войска ушли.")]));
        let dates: ArrayRef = Arc::new(Date32Array::from(vec![Some(19_000), None, None]));
        let out = code_batch_with(&batch(vec![("id", ids), ("text", texts), ("date", dates)]), echo).unwrap();
        assert_eq!(out.schema().as_ref(), &table::schema());
        let ids: Vec<_> = out.column_by_name("id").unwrap().as_string::<i32>().iter().flatten().map(str::to_owned).collect();
        assert_eq!(ids, ["7", "9"]);
        let dates = out.column_by_name("date").unwrap().as_primitive::<arrow::datatypes::Date32Type>();
        assert_eq!(dates.iter().collect::<Vec<_>>(), [Some(19_000), None]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let ids: ArrayRef = Arc::new(Int64Array::from(vec![7]));
        let error = code_batch_with(&batch(vec![("id", ids)]), echo).unwrap_err();
        assert!(matches!(error, BatchError::Missing("text")));
        assert!(error.to_string().starts_with("no column `text`: expected"));
    }
}
