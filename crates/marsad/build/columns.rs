//! Large tables column by column, as `src/tables/packed.rs` reads them.

use crate::rows;

/// The columns of a table, each a zstd frame, after their number and lengths.
pub fn packed(text: &str, path: &str, level: i32) -> Vec<u8> {
    let (_, header) = rows(text).next().unwrap_or_else(|| panic!("{path} has no header"));
    let mut columns = vec![String::new(); header.split('\t').count()];
    let mut next = rows(text).peekable();
    for (n, line) in text.lines().enumerate() {
        let is_row = next.next_if(|(row, _)| *row == n + 1).is_some();
        let cells: Vec<&str> = if is_row { line.split('\t').collect() } else { vec![line] };
        assert!(!is_row || cells.len() == columns.len(), "{path}:{}: {} columns, expected {}", n + 1, cells.len(), columns.len());
        for (n, column) in columns.iter_mut().enumerate() {
            column.push_str(cells.get(n).copied().unwrap_or_default().trim());
            column.push('\n');
        }
    }
    let packed: Vec<Vec<u8>> = columns.iter().map(|c| zstd::encode_all(c.as_bytes(), level).unwrap_or_else(|e| panic!("{path}: {e}"))).collect();
    let lengths = [packed.len()].into_iter().chain(packed.iter().map(Vec::len)).flat_map(|n| (n as u32).to_le_bytes());
    lengths.chain(packed.iter().flatten().copied()).collect()
}
