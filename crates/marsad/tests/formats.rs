//! What marsad writes is documented.

use std::{fs, path::Path};

use marsad::store::{COLUMNS, FORMATS};

fn documentation() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/FORMATS.md")).unwrap()
}

#[test]
fn every_format_is_documented() {
    for format in FORMATS {
        let row = format!("| `{}` |", format.name());
        assert!(documentation().contains(&row), "docs/FORMATS.md has no row {row}");
    }
}

#[test]
fn every_column_is_documented_in_order() {
    let rows: Vec<String> = COLUMNS.iter().map(|column| format!("| `{}` | {} |", column.name, column.about)).collect();
    assert!(documentation().contains(&rows.join("\n")), "docs/FORMATS.md should have\n{}", rows.join("\n"));
}
