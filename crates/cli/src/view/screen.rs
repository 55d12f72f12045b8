use std::io;

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use terminal_size::terminal_size_of;

/// Columns where nobody tells how many there are.
const USUAL_WIDTH: usize = 100;

/// Longer lines than this are not read with ease.
const WIDEST: usize = 160;

/// No table fits into less.
const NARROWEST: usize = 48;

/// Where the output is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether it shows colours, bold and underlined.
    pub styled: bool,
}

impl Screen {
    /// What standard output is: a terminal that shows styles, unless `NO_COLOR` and its like say otherwise, or a file or pipe that does not.
    pub fn of_stdout() -> Screen {
        let columns = terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        let told = || std::env::var("COLUMNS").ok()?.parse().ok();
        let width = columns.or_else(told).unwrap_or(USUAL_WIDTH).clamp(NARROWEST, WIDEST);
        Screen { width, styled: AutoStream::choice(&io::stdout()) != ColorChoice::Never }
    }

    /// The text in a style, where the screen has styles.
    pub fn paint(&self, style: Style, text: &str) -> String {
        if self.styled && style != Style::new() && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The program's few styles.
pub mod styles {
    use anstyle::{AnsiColor, Style};

    pub const PLAIN: Style = Style::new();
    pub const STRONG: Style = Style::new().bold();
    pub const FAINT: Style = Style::new().dimmed();
    pub const TRIGGER: Style = Style::new().bold().underline();
    pub const DENIED: Style = AnsiColor::Red.on_default();
    pub const UNREAL: Style = AnsiColor::Yellow.on_default();
    pub const PAST: Style = AnsiColor::Cyan.on_default();
}
