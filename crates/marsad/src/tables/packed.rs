//! Large built-in tables, which the build packs column by column: of most of their columns, names in other languages above all, a run needs nothing.

use std::sync::OnceLock;

use super::Row;

/// A table as `build/columns.rs` has packed it: its columns without the header, each of a line for each row, and the lines that are no such rows.
#[derive(Debug)]
pub struct Packed {
    path: &'static str,
    rows: usize,
    /// The columns, and the other lines.
    parts: Vec<Part>,
    whole: OnceLock<String>,
}

#[derive(Debug)]
struct Part {
    bytes: &'static [u8],
    lines: OnceLock<Lines>,
}

#[derive(Debug)]
struct Lines {
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
}

impl Packed {
    /// A table from what the build has written.
    ///
    /// # Panics
    /// If that is broken, which would show in every run.
    pub fn new(path: &'static str, bytes: &'static [u8]) -> Packed {
        let number = |n: usize| u32::from_le_bytes(bytes[4 * n..4 * n + 4].try_into().expect("four bytes")) as usize;
        let mut at = 4 * (2 + number(1));
        let parts = (0..number(1)).map(|n| {
            let from = at;
            at += number(2 + n);
            Part { bytes: &bytes[from..at], lines: OnceLock::new() }
        });
        Packed { path, rows: number(0), parts: parts.collect(), whole: OnceLock::new() }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A part, unpacked when first asked for.
    fn part(&self, n: usize) -> &Lines {
        let part = &self.parts[n];
        part.lines.get_or_init(|| {
            let bytes = zstd::decode_all(part.bytes).expect("the build has packed it");
            Lines::new(String::from_utf8(bytes).expect("tables are UTF-8"))
        })
    }

    fn columns(&self) -> usize {
        self.parts.len() - 1
    }

    /// The lines that are no rows below the header, with their numbers.
    fn others(&self) -> impl Iterator<Item = (usize, &str)> {
        self.part(self.columns()).text.lines().filter_map(|line| line.split_once('\t')).filter_map(|(n, line)| Some((n.parse().ok()?, line)))
    }

    /// A row, from 0, of which only some columns are read; the others are as if nothing stood there.
    pub fn row(&self, n: usize, columns: &[usize]) -> Row<'_> {
        let cell = |column: usize| if columns.contains(&column) { self.part(column).of(n) } else { "-" };
        let line = self.others().fold(n + 1, |line, (other, _)| line + usize::from(other <= line));
        Row { file: self.path, line, own: false, founded: &[], cells: (0..self.columns()).map(cell).collect() }
    }

    /// The table as it was.
    pub fn whole(&self) -> &str {
        self.whole.get_or_init(|| {
            let mut text = String::new();
            let mut others = self.others().peekable();
            let mut line = 1;
            for n in 0..=self.rows {
                while let Some((_, other)) = others.next_if(|(at, _)| *at == line) {
                    text.push_str(other);
                    text.push('\n');
                    line += 1;
                }
                if n == self.rows {
                    break;
                }
                line += 1;
                for column in 0..self.columns() {
                    text.push_str(self.part(column).of(n));
                    text.push(if column + 1 < self.columns() { '\t' } else { '\n' });
                }
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
        let tables = [include_str!("../actors/organisations.tsv"), include_str!("../actors/people.tsv"), include_str!("../actors/places.tsv")];
        for (&(path, bytes), text) in crate::actors::PACKED.iter().zip(tables) {
            let packed = Packed::new(path, bytes);
            assert_eq!(packed.whole(), text, "{path}");
            let row = packed.row(100, &(0..packed.columns()).collect::<Vec<_>>());
            let cells: Vec<&str> = text.lines().nth(row.line - 1).expect("it has many lines").split('\t').collect();
            assert_eq!(row.cells, cells);
            assert_eq!((packed.row(100, &[2]).cells[2], packed.row(100, &[2]).get(1)), (cells[2], None));
        }
    }
}
