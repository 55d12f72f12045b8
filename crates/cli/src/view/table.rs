//! Tables that fit a screen.

use anstyle::Style;

use super::{Screen, bidi, styles, text};

/// Columns between two cells.
const GAP: usize = 2;

/// A column does not shrink below its longest word, unless that is longer than this.
const LONGEST_WORD: usize = 16;

/// A cell: paragraphs, each beginning a new line.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub paragraphs: Vec<String>,
    pub style: Style,
}

impl Cell {
    /// A cell of one paragraph.
    pub fn of(text: impl Into<String>) -> Cell {
        Cell { paragraphs: vec![text.into()], style: styles::PLAIN }
    }

    /// The same in a style.
    pub fn styled(self, style: Style) -> Cell {
        Cell { style, ..self }
    }

    fn is_empty(&self) -> bool {
        self.paragraphs.iter().all(String::is_empty)
    }
}

/// Columns with widths that fit the screen.
pub struct Table {
    headings: Vec<&'static str>,
    widths: Vec<usize>,
    kept: Vec<usize>,
}

impl Table {
    /// The columns for these rows, each with its heading and its claim to width; the ones left out that are empty in every row.
    pub fn new(columns: &[(&'static str, usize)], rows: &[Vec<Cell>], screen: &Screen) -> Table {
        let kept: Vec<usize> = (0..columns.len()).filter(|n| rows.iter().any(|row| !row[*n].is_empty())).collect();
        let headings: Vec<&str> = kept.iter().map(|n| columns[*n].0).collect();
        let paragraphs = |n: usize| rows.iter().flat_map(move |row| &row[n].paragraphs);
        let measured = kept.iter().zip(&headings).map(|(n, heading)| {
            let natural = paragraphs(*n).map(|p| text::width(p)).max().unwrap_or(0);
            let word = paragraphs(*n).map(|p| text::longest_word(p)).max().unwrap_or(0);
            Measured { least: word.min(LONGEST_WORD).max(text::width(heading)), natural: natural.max(text::width(heading)), claim: columns[*n].1 }
        });
        let widths = fitted(&measured.collect::<Vec<_>>(), screen.width);
        Table { headings, widths, kept }
    }

    /// The line of headings.
    pub fn heading(&self, screen: &Screen) -> String {
        let cells: Vec<Cell> = self.headings.iter().map(|heading| Cell::of(*heading).styled(styles::FAINT)).collect();
        self.lines(&cells.iter().collect::<Vec<_>>(), screen)
    }

    /// A row in as many lines as it takes.
    pub fn row(&self, row: &[Cell], screen: &Screen) -> String {
        self.lines(&self.kept.iter().map(|n| &row[*n]).collect::<Vec<_>>(), screen)
    }

    fn lines(&self, cells: &[&Cell], screen: &Screen) -> String {
        let broken: Vec<Vec<String>> = cells.iter().zip(&self.widths).map(|(cell, width)| broken(cell, *width)).collect();
        let height = broken.iter().map(Vec::len).max().unwrap_or(0);
        let mut shown = String::new();
        for n in 0..height {
            let mut line = String::new();
            let mut owed = 0;
            for ((cell, parts), width) in cells.iter().zip(&broken).zip(&self.widths) {
                let part = parts.get(n).map_or("", String::as_str);
                if !part.is_empty() {
                    line.push_str(&" ".repeat(owed));
                    line.push_str(&screen.paint(cell.style, &bidi::isolated(part)));
                    owed = 0;
                }
                owed += width.saturating_sub(text::width(part)) + GAP;
            }
            shown.push_str(&line);
            shown.push('\n');
        }
        shown
    }
}

fn broken(cell: &Cell, width: usize) -> Vec<String> {
    cell.paragraphs.iter().flat_map(|paragraph| text::lines(paragraph, width)).collect()
}

/// What a column needs.
struct Measured {
    least: usize,
    natural: usize,
    claim: usize,
}

/// Widths that fit into the screen if the least ones do: the column that is widest for its claim gives first.
fn fitted(columns: &[Measured], screen: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|column| column.natural).collect();
    let gaps = GAP * columns.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > screen {
        let can_give = (0..widths.len()).filter(|n| widths[*n] > columns[*n].least);
        let Some(widest) = can_give.max_by_key(|n| widths[*n] * 100 / columns[*n].claim) else { break };
        widths[widest] -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::{Cell, Measured, Table, fitted};
    use crate::view::{Screen, styles};

    #[test]
    fn the_widest_column_gives_first() {
        let columns = |claim| [(3, 10, 1), (5, 40, claim)].map(|(least, natural, claim)| Measured { least, natural, claim });
        assert_eq!(fitted(&columns(1), 42), [10, 30]);
        assert_eq!(fitted(&columns(1), 20), [9, 9]);
        assert_eq!(fitted(&columns(2), 20), [6, 12]);
        assert_eq!(fitted(&columns(1), 4), [3, 5]);
    }

    #[test]
    fn columns_line_up_and_empty_ones_are_left_out() {
        let screen = Screen { width: 30, styled: false };
        let rows = [
            vec![Cell::of("1"), Cell::default(), Cell::of("правительство Казахстана"), Cell::of("Астана")],
            vec![Cell::of("2"), Cell::default(), Cell::of("موسكو"), Cell::of("جنيف")],
        ];
        let table = Table::new(&[("#", 1), ("Nothing", 1), ("Who", 1), ("Where", 1)], &rows, &screen);
        let all = table.heading(&screen) + &table.row(&rows[0], &screen) + &table.row(&rows[1], &screen);
        let expected = "\
#  Who                  Where
1  правительство        Астана
   Казахстана
2  \u{2068}موسكو\u{2069}                \u{2068}جنيف\u{2069}
";
        assert_eq!(all, expected);
    }

    #[test]
    fn styles_take_no_columns() {
        let screen = Screen { width: 30, styled: true };
        let row = vec![Cell::of("ab").styled(styles::STRONG), Cell::of("c")];
        let table = Table::new(&[("A", 1), ("B", 1)], std::slice::from_ref(&row), &screen);
        assert_eq!(table.row(&row, &screen), "\u{1b}[1mab\u{1b}[0m  c\n");
    }
}
