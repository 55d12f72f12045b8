//! Large built-in tables, which the build packs column by column: of most of their columns, names in other languages above all, a run needs nothing.

use std::sync::OnceLock;

use super::Row;

/// A table as `build.rs` has packed it: the number of columns, the length of each (u32, little-endian), then each as a zstd frame of one line for each line of
/// the table. Lines that are no rows stand whole in the first column and are blank in the others.
#[derive(Debug)]
pub struct Packed {
    path: &'static str,
    columns: Vec<Column>,
    whole: OnceLock<String>,
}

#[derive(Debug)]
struct Column {
    bytes: &'static [u8],
    lines: OnceLock<Lines>,
}

/// The lines of a column.
#[derive(Debug)]
pub struct Lines {
    text: String,
    /// Where each begins, and the end of the last.
    starts: Vec<u32>,
}

impl Lines {
    fn new(text: String) -> Lines {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect();
        Lines { text, starts }
    }

    fn of(&self, line: usize) -> &str {
        &self.text[self.starts[line] as usize..self.starts[line + 1] as usize - 1]
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The cells of the rows below the header, with the lines on which they stand, from 0.
    pub fn cells(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.count()).map(|line| (line, self.of(line))).filter(|(_, cell)| !cell.is_empty()).skip(1)
    }
}

impl Packed {
    /// A table from what the build has written.
    ///
    /// # Panics
    /// If that is broken, which would show in every run.
    pub fn new(path: &'static str, bytes: &'static [u8]) -> Packed {
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
        let mut at = 4 * (1 + number(0));
        let columns = (1..=number(0)).map(|n| {
            let from = at;
            at += number(4 * n);
            Column { bytes: &bytes[from..at], lines: OnceLock::new() }
        });
        Packed { path, columns: columns.collect(), whole: OnceLock::new() }
    }

    /// A column, unpacked when first asked for.
    pub fn column(&self, n: usize) -> &Lines {
        let column = &self.columns[n];
        column.lines.get_or_init(|| {
            let bytes = zstd::decode_all(column.bytes).expect("the build has packed it");
            Lines::new(String::from_utf8(bytes).expect("tables are UTF-8"))
        })
    }

    /// The row of a line, from 0, of which only some columns are read; the others are as if nothing stood there.
    pub fn row(&self, line: usize, columns: &[usize]) -> Row<'_> {
        let cell = |n: usize| if columns.contains(&n) { self.column(n).of(line) } else { "-" };
        Row { file: self.path, line: line + 1, own: false, cells: (0..self.columns.len()).map(cell).collect() }
    }

    /// The table as it was.
    pub fn whole(&self) -> &str {
        self.whole.get_or_init(|| {
            let lines = self.column(0).count();
            let mut text = String::new();
            for line in 0..lines {
                let mut cells = (0..self.columns.len()).map(|n| self.column(n).of(line));
                text.extend(cells.next());
                for cell in cells.filter(|cell| !cell.is_empty()) {
                    text.push('\t');
                    text.push_str(cell);
                }
                text.push('\n');
            }
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_loses_nothing_of_the_tables() {
        let tables =
            [include_str!("../actors/organisations.tsv"), include_str!("../actors/people.tsv"), include_str!("../actors/places.tsv")];
        for (&(path, bytes), text) in crate::actors::PACKED.iter().zip(tables) {
            let packed = Packed::new(path, bytes);
            assert_eq!(packed.whole(), text, "{path}");
            let (line, name) = packed.column(2).cells().nth(100).expect("they are long");
            let cells: Vec<&str> = text.lines().nth(line).expect("the same lines").split('\t').collect();
            assert_eq!(packed.row(line, &(0..cells.len()).collect::<Vec<_>>()).cells, cells);
            assert_eq!((packed.row(line, &[2]).get(2), packed.row(line, &[2]).get(1)), (Some(name), None));
        }
    }
}
