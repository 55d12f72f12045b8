//! Running orders: for the terminal, as data, as a picture, as a page.

mod data;
mod page;
mod period;
mod said;
mod svg;
mod text;

pub use data::{csv, json};
pub use page::page;
pub use said::findings;
pub use svg::tracks;
pub use text::text;

use std::path::Path;

use marsad::model::Comparison;

/// The name of a bulletin's file without its folder, by which bulletins are told apart in data.
fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// What to call a bulletin: its outlet, with the day or the file where one outlet has several.
fn called(comparison: &Comparison, bulletin: usize) -> String {
    let programme = &comparison.rundowns[bulletin].programme;
    let same = |other: &&marsad::model::Rundown| other.programme.outlet == programme.outlet;
    let twins: Vec<_> = comparison.rundowns.iter().filter(same).collect();
    if twins.len() < 2 {
        return programme.outlet.clone();
    }
    match (programme.begins, programme.date) {
        (Some(begins), _) => format!("{} {begins}", programme.outlet),
        (None, Some(date)) if twins.iter().filter(|t| t.programme.date == Some(date)).count() == 1 => format!("{} {date}", programme.outlet),
        _ => file_name(&programme.file),
    }
}

/// The stories that at least two bulletins tell, or all where there is one bulletin only.
fn shared(comparison: &Comparison) -> Vec<usize> {
    let least = comparison.rundowns.len().min(2);
    let carried = |s: &usize| comparison.stories[*s].cells.covered().count() >= least;
    (0..comparison.stories.len()).filter(carried).collect()
}
