use std::{
    io::{self, Write},
    mem,
    sync::Arc,
};

use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::properties::WriterProperties,
};

use super::{Format, Writer, table};
use crate::model::Record;

/// Rows that are kept until they are written together. They go in by this number whatever the calls, because page borders depend on it.
const ROWS: usize = 4096;

/// Rows of a row group.
const GROUP: usize = 16 * ROWS;

/// Parquet, compressed with zstd, columns as in [`table`].
#[derive(Debug)]
pub struct Parquet;

impl Format for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn about(&self) -> &'static str {
        "columns, compressed, for DuckDB, R arrow, pandas, Polars, Spark"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["parquet", "pq"]
    }

    fn resumable(&self) -> bool {
        // A Parquet file is nothing before its foot is written.
        false
    }

    fn writer(&self, out: Box<dyn Write + Send>, _continued: bool) -> io::Result<Box<dyn Writer>> {
        let level = ZstdLevel::try_new(3).map_err(io_error)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(concat!("marsad ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let out = ArrowWriter::try_new(out, Arc::new(table::schema()), Some(properties)).map_err(io_error)?;
        Ok(Box::new(Rows { out, waiting: Vec::new() }))
    }
}

struct Rows {
    out: ArrowWriter<Box<dyn Write + Send>>,
    waiting: Vec<Record>,
}

impl Rows {
    fn write_waiting(&mut self) -> io::Result<()> {
        let batch = table::batch(&mem::take(&mut self.waiting)).map_err(io::Error::other)?;
        self.out.write(&batch).map_err(io_error)
    }
}

impl Writer for Rows {
    fn write(&mut self, records: &[Record]) -> io::Result<()> {
        for record in records {
            self.waiting.push(record.clone());
            if self.waiting.len() == ROWS {
                self.write_waiting()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.write_waiting()?;
        self.out.close().map_err(io_error)?;
        Ok(())
    }
}

/// A full disk is a full disk, whichever library met it.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => inner.downcast::<io::Error>().map_or_else(io::Error::other, |io| *io),
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::{Parquet, ROWS};
    use crate::store::{
        Format,
        samples::{Shared, records, written},
        table::batch,
    };

    #[test]
    fn what_is_written_is_read() {
        let bytes = written(&Parquet, &records());
        let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap().build().unwrap();
        let read: Vec<_> = reader.map(Result::unwrap).collect();
        assert_eq!(read, [batch(&records()).unwrap()]);
    }

    #[test]
    fn how_records_are_grouped_leaves_no_trace() {
        let many: Vec<_> = records().into_iter().cycle().take(ROWS + 10).collect();
        let shared = Shared::default();
        let mut writer = Parquet.writer(Box::new(shared.clone()), false).unwrap();
        for few in many.chunks(7) {
            writer.write(few).unwrap();
            writer.flush().unwrap();
        }
        writer.finish().unwrap();
        assert!(shared.bytes() == written(&Parquet, &many));
    }
}
