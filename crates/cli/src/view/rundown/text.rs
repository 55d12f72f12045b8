//! Running orders on a terminal.

use marsad::model::{Cell, Comparison, Item, Kind, Rundown, State};

use super::said::{findings, length};
use super::{called, period, shared};
use crate::view::{
    Screen, bidi,
    table::{self, Table},
    text::clean,
};

/// A summary of each bulletin, the comparison, and what it comes to.
pub fn text(comparison: &Comparison) -> String {
    let screen = Screen::of_stdout();
    let mut out = String::new();
    for rundown in &comparison.rundowns {
        out.push_str(&summary(rundown));
        out.push('\n');
    }
    if comparison.rundowns.len() > 1 {
        out.push_str(&matrix(comparison, &screen));
        out.push('\n');
        out.push_str(&agendas(comparison));
        out.push('\n');
    }
    let period = period::text(comparison, &screen);
    if !period.is_empty() {
        out.push_str(&period);
        out.push('\n');
    }
    out.push_str(&findings(comparison));
    out
}

/// A programme summary in the manner of BBC Monitoring: number, minute and second, what the item is about.
fn summary(rundown: &Rundown) -> String {
    let programme = &rundown.programme;
    let news = rundown.news().count();
    let day = programme.begins.map(|b| b.to_string()).or(programme.date.map(|d| d.to_string())).map(|d| format!(", {d}")).unwrap_or_default();
    let title = programme.title.as_ref().map(|t| format!(", {}", clean(t))).unwrap_or_default();
    let mut out = format!("{}{title}{day} ({}, {}, {news} items)\n", bidi::isolated(&clean(&programme.outlet)), programme.language, programme.duration);
    for item in &rundown.items {
        out.push_str(&line(item, programme.duration.seconds()));
    }
    out
}

fn line(item: &Item, duration: f64) -> String {
    let stamp = item.start.0 / 1000;
    let (minutes, seconds) = (stamp / 60, stamp % 60);
    let number = item.rank.map_or_else(|| "   ".to_owned(), |rank| format!("{rank:>2}."));
    let headline = bidi::isolated(&clean(&item.headline));
    let said = match item.kind {
        Kind::Teaser if item.delivered == Some(false) => format!("[teaser, not delivered] {headline}"),
        kind if kind.is_news() => {
            let names: Vec<&str> = item.actors.iter().chain(&item.places).take(4).map(|m| m.name.as_str()).collect();
            let about = if names.is_empty() { String::new() } else { format!(" [{}]", names.join(", ")) };
            let events = if item.events.is_empty() { String::new() } else { format!(" {}", item.event_types().join(" ")) };
            let part = if kind == Kind::Story { String::new() } else { format!("[{}] ", kind.name()) };
            format!("{part}{headline} ({}, {:.0} %){about}{events}", length(item.airtime()), 100.0 * item.airtime().seconds() / duration.max(0.001))
        }
        kind => format!("[{}] {headline}", kind.name()),
    };
    format!("{number} {minutes:02}{seconds:02} {said}\n")
}

/// Story by outlet.
fn matrix(comparison: &Comparison, screen: &Screen) -> String {
    let names: Vec<String> = (0..comparison.rundowns.len()).map(|b| clean(&called(comparison, b))).collect();
    let stories = shared(comparison);
    if names.len() > 8 {
        return format!("{} bulletins tell {} stories more than once; --csv and --html have them all.\n", names.len(), stories.len());
    }
    let mut rows: Vec<Vec<table::Cell>> = vec![std::iter::once(table::Cell::of("")).chain(names.into_iter().map(table::Cell::of)).collect()];
    for s in stories {
        let story = &comparison.stories[s];
        let cells = (0..comparison.rundowns.len()).map(|b| table::Cell::of(shown(&story.cells[b])));
        rows.push(std::iter::once(table::Cell::of(clean(&story.headline))).chain(cells).collect());
    }
    const COLUMNS: [(&str, usize); 9] = [("Story", 5), ("", 1), ("", 1), ("", 1), ("", 1), ("", 1), ("", 1), ("", 1), ("", 1)];
    let table = Table::new(&COLUMNS[..rows[0].len()], &rows, screen);
    let mut out = table.heading(screen);
    for row in &rows {
        out.push_str(&table.row(row, screen));
    }
    out
}

/// Item, minute of first mention, airtime.
fn shown(cell: &Cell) -> String {
    match cell.state {
        State::Covered => {
            let buried = if cell.burial.is_some_and(|b| b.buried) { " buried" } else { "" };
            format!("{}. {} {}{buried}", cell.rank.unwrap_or(0), cell.first_mention.unwrap_or_default(), length(cell.airtime))
        }
        State::Omitted => "omitted".to_owned(),
        State::Absent => "–".to_owned(),
        State::Unobserved => "not observed".to_owned(),
    }
}

fn agendas(comparison: &Comparison) -> String {
    let mut pairs = Vec::new();
    for a in 0..comparison.rundowns.len() {
        for b in a + 1..comparison.rundowns.len() {
            pairs.push(format!("{}–{} {:.2}", clean(&called(comparison, a)), clean(&called(comparison, b)), comparison.similarity[a][b]));
        }
    }
    if pairs.len() > 10 {
        return String::new();
    }
    format!("Agendas alike (0 to 1): {}\n", pairs.join(", "))
}
