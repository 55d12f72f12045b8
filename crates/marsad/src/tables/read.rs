//! One file's rows.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{File, Key, Problems, Row, Shape};

/// Appends the rows of a table and notes what is wrong with it.
pub(super) fn read<'t>(file: &'t File, shape: &Shape, out: &mut Vec<Row<'t>>, problems: &mut Problems) {
    let mut columns: Option<usize> = None;
    let text = file.text.as_str();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let row = Row { file: &file.shown, line: i + 1, own: file.own, founded: &file.founded, cells: line.split('\t').map(str::trim).collect() };
        match columns {
            None => match header(&row, shape) {
                Ok(count) => columns = Some(count),
                // Without a header nobody knows what the cells mean.
                Err(message) => return problems.push(row.error(message)),
            },
            Some(count) => out.extend(checked(row, count, shape, problems)),
        }
    }
}

/// The number of columns that a header promises.
fn header(row: &Row, shape: &Shape) -> Result<usize, String> {
    if row.cells == shape.columns {
        return Ok(shape.columns.len());
    }
    let all = [shape.columns, shape.optional].concat();
    if row.cells == all {
        return Ok(all.len());
    }
    let optional = if shape.optional.is_empty() { String::new() } else { format!(" and perhaps «{}»", shape.optional.join(" ")) };
    Err(format!("header is «{}», expected «{}»{optional}, separated by tabs", row.cells.join(" "), shape.columns.join(" ")))
}

/// The row if its cells are as many as the header's and none is blank.
fn checked<'t>(row: Row<'t>, count: usize, shape: &Shape, problems: &mut Problems) -> Option<Row<'t>> {
    let names = [shape.columns, shape.optional].concat();
    if row.cells.len() != count {
        let hint = if row.cells.len() == 1 { "; are the cells separated by tabs?" } else { "" };
        problems.push(row.error(format!("{}, expected {count}: {}{hint}", counted(row.cells.len()), names[..count].join(", "))));
        return None;
    }
    if let Some(empty) = row.cells.iter().position(|c| c.is_empty()) {
        problems.push(row.error(format!("column {} is blank, write - where there is nothing", names[empty])));
        return None;
    }
    Some(row)
}

fn counted(columns: usize) -> String {
    if columns == 1 { "1 column".to_owned() } else { format!("{columns} columns") }
}

/// Whether a user's row only takes a built-in row away: its first cell begins with `!`.
pub(super) fn removes(row: &Row) -> bool {
    row.cells.first().is_some_and(|c| c.len() > 1 && c.starts_with('!'))
}

/// Notes rows of a user's file that say something of the same.
pub(super) fn repeated(rows: &[Row], shape: &Shape, problems: &mut Problems) {
    let mut seen = FxHashMap::default();
    for row in rows {
        // A row that takes ours away stands beside the one that comes in its place.
        let Some(key) = shape.once(row).map(|key| (removes(row), key)) else { continue };
        let name = row.cells.iter().find(|c| **c != "-").copied().unwrap_or_default();
        if let Some(first) = seen.get(&key) {
            problems.push(row.error(format!("{name} stands in line {first} already, expected one row for it")));
        } else {
            seen.insert(key, row.line);
        }
    }
}

/// Rows for which is told what was most likely meant. To look for it takes a while, and who has more such rows has not misspelt each.
const GUESSES: usize = 50;

/// Notes rows that are to take something away and find nothing of ours.
pub(super) fn idle(rows: &[Row], ours: &[Row], shape: &Shape, problems: &mut Problems) {
    let keys: FxHashSet<String> = ours.iter().filter_map(|row| shape.key_by(shape.gone, row)).collect();
    let idle = rows.iter().filter(|row| removes(row) && !shape.taken_away(row).iter().any(|key| keys.contains(key)));
    // Where any of several columns may name a row the first holds ids: of numbers none is near another, and a name is no id.
    let has_ids = matches!(shape.gone, Key::First(_));
    let names: Vec<&str> = ours.iter().filter(|_| !has_ids).filter_map(|row| row.get(0)).collect();
    for (n, row) in idle.enumerate() {
        let name = row.cells[0].trim_start_matches('!');
        let near = Some(name).filter(|_| n < GUESSES).and_then(|name| super::nearest(name, &names)).filter(|near| *near != name);
        let guess = near.map(|g| format!("; did you mean !{g}?")).unwrap_or_default();
        problems.push(row.error(format!("!{name} takes nothing away, expected the key of a built-in row{guess}")));
    }
}
