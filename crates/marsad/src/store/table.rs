//! Records as an Arrow table, for Parquet and for engines that pass record batches.
//!
//! The columns are the fields of [`Record`], lists and structs as they are nested there; dates are days, offsets 32-bit integers.

use std::sync::Arc;

use arrow::{
    array::RecordBatch,
    datatypes::{DataType, Field, Fields, Schema},
    error::ArrowError,
    json::ReaderBuilder,
};

use crate::model::Record;

/// The table's columns.
///
/// ```
/// let schema = marsad::store::table::schema();
/// assert!(schema.field_with_name("actor").unwrap().data_type().is_nested());
/// ```
#[must_use]
pub fn schema() -> Schema {
    let text_info = structure(text_info());
    Schema::new(vec![
        known("id", DataType::Utf8),
        known("doc", DataType::Utf8),
        unsure("date", DataType::Date32),
        known("date_precision", DataType::Utf8),
        unsure("date_source", DataType::Utf8),
        known("event", list(DataType::Utf8)),
        known("mode", list(DataType::Utf8)),
        unsure("aux", DataType::Utf8),
        known("quad_code", DataType::Int32),
        known("event_scale", DataType::Float32),
        known("context", list(DataType::Utf8)),
        known("size", structure(size())),
        known("actor", list(structure(entity()))),
        known("recipient", list(structure(entity()))),
        unsure("speaker", structure(entity())),
        unsure("event_loc", structure(place())),
        known("event_text", list(DataType::Utf8)),
        known("text", DataType::Utf8),
        known("text_info", text_info.clone()),
        known("mentions", list(text_info)),
        known("rule", DataType::Utf8),
        known("score", DataType::Float32),
        known("cite_info", structure(cite_info())),
        known("coder", DataType::Utf8),
    ])
}

/// The records as a record batch of [`schema`].
///
/// # Errors
/// If an offset or a date is beyond what the columns hold.
pub fn batch(records: &[Record]) -> Result<RecordBatch, ArrowError> {
    let schema = Arc::new(schema());
    let mut decoder = ReaderBuilder::new(Arc::clone(&schema)).build_decoder()?;
    decoder.serialize(records)?;
    Ok(decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(schema)))
}

fn entity() -> Vec<Field> {
    vec![
        unsure("code", DataType::Utf8),
        unsure("sector", DataType::Utf8),
        known("entity_text", DataType::Utf8),
        known("start", DataType::Int32),
        known("end", DataType::Int32),
        unsure("name", DataType::Utf8),
        unsure("office", DataType::Utf8),
        unsure("identifier_id", DataType::Utf8),
        unsure("identifier_text", DataType::Utf8),
    ]
}

fn place() -> Vec<Field> {
    vec![
        known("extracted_place", DataType::Utf8),
        unsure("resolved_place", DataType::Utf8),
        unsure("country_code", DataType::Utf8),
        unsure("lat", DataType::Float64),
        unsure("lon", DataType::Float64),
        unsure("geonameid", DataType::Int32),
        known("start", DataType::Int32),
        known("end", DataType::Int32),
    ]
}

fn size() -> Vec<Field> {
    ["dead", "injured", "arrested", "protesters"].map(|name| unsure(name, DataType::Int32)).to_vec()
}

fn text_info() -> Vec<Field> {
    ["sequence", "start", "end", "trigger_start", "trigger_end"].map(|name| known(name, DataType::Int32)).to_vec()
}

fn cite_info() -> Vec<Field> {
    vec![
        unsure("title", DataType::Utf8),
        unsure("corpus", DataType::Utf8),
        unsure("url", DataType::Utf8),
        unsure("language", DataType::Utf8),
        unsure("date", DataType::Date32),
    ]
}

fn known(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, false)
}

fn unsure(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

fn list(member: DataType) -> DataType {
    // The Parquet standard's name for a list's member.
    DataType::List(Arc::new(Field::new("element", member, false)))
}

fn structure(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

#[cfg(test)]
mod tests {
    use arrow::{
        array::{Array, AsArray},
        datatypes::Date32Type,
    };

    use super::{batch, schema};
    use crate::store::samples::records;

    #[test]
    fn the_columns_are_the_fields() {
        let record = serde_json::to_value(&records()[0]).unwrap();
        let mut fields: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
        let schema = schema();
        let mut columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        fields.sort_unstable();
        columns.sort_unstable();
        assert_eq!(fields, columns);
    }

    #[test]
    fn nested_values_and_unknowns_survive() {
        let batch = batch(&records()).unwrap();
        assert_eq!(batch.num_rows(), records().len());
        let dates = batch.column_by_name("date").unwrap().as_primitive::<Date32Type>();
        assert_eq!(dates.value(0), 19_002);
        assert!(dates.is_null(2));
        let actors = batch.column_by_name("actor").unwrap().as_list::<i32>();
        assert_eq!((0..3).map(|row| actors.value_length(row)).collect::<Vec<_>>(), [2, 1, 0]);
        assert!(batch.column_by_name("speaker").unwrap().is_null(0));
        assert!(batch.column_by_name("speaker").unwrap().is_valid(1));
    }

    #[test]
    fn no_records_are_an_empty_batch() {
        assert_eq!(batch(&[]).unwrap().num_rows(), 0);
    }
}
