//! Large tables column by column, as `src/tables/packed.rs` reads them.

use crate::rows;

/// The table packed: how many rows and parts it has, how long each part is (u32, little-endian); then the parts as zstd frames: the columns, of a line for each
/// row below the header, and what else stands in the table, each line after its number and a tab.
pub fn packed(text: &str, path: &str, level: i32) -> Vec<u8> {
    let (_, header) = rows(text).next().unwrap_or_else(|| panic!("{path} has no header"));
    let mut parts = vec![String::new(); header.split('\t').count() + 1];
    let count = parts.len() - 1;
    let mut next = rows(text).skip(1).peekable();
    for (n, line) in text.lines().enumerate() {
        if next.next_if(|(row, _)| *row == n + 1).is_none() {
            parts[count].push_str(&format!("{}\t{line}\n", n + 1));
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        assert!(cells.len() == count, "{path}:{}: {} columns, expected {count}", n + 1, cells.len());
        for (part, cell) in parts.iter_mut().zip(cells) {
            part.push_str(cell);
            part.push('\n');
        }
    }
    let packed: Vec<Vec<u8>> = parts.iter().map(|c| zstd::encode_all(c.as_bytes(), level).unwrap_or_else(|e| panic!("{path}: {e}"))).collect();
    let rows = parts[0].lines().count();
    let numbers = [rows, packed.len()].into_iter().chain(packed.iter().map(Vec::len)).flat_map(|n| (n as u32).to_le_bytes());
    numbers.chain(packed.iter().flatten().copied()).collect()
}
