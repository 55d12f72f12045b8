use marsad::source::{Input, ReadOptions, documents, format_named};

/// Reads bytes in a format: every document has text, every error is one line.
pub fn read_as(format: &str, bytes: &[u8]) {
    let options = ReadOptions { format: format_named(format), ..ReadOptions::default() };
    for item in documents(&Input::bytes("x", bytes), &options) {
        match item {
            Ok(reading) => assert!(!reading.document.text.trim().is_empty()),
            Err(error) => assert_eq!(error.to_string().lines().count(), 1),
        }
    }
}
