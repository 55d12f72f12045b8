//! English names that the built-in tables have.

use marsad_text::normal::fold;
use rustc_hash::FxHashSet;

use crate::tables::{Problems, Tables};

/// Names of countries, adjectives, inhabitants, places, seats, organisations and people in English, folded.
pub fn names() -> FxHashSet<String> {
    let columns: &[(&str, &[usize])] = &[
        ("actors/countries.tsv", &[2, 3, 4]),
        ("actors/places.tsv", &[2]),
        ("actors/metonyms.tsv", &[2]),
        ("actors/organisations.tsv", &[4]),
        ("actors/people.tsv", &[1]),
    ];
    let mut out = FxHashSet::default();
    for (path, columns) in columns {
        out.extend(cells(path, columns));
    }
    out
}

/// Roles in English, folded.
pub fn roles() -> FxHashSet<String> {
    cells("actors/roles/en.tsv", &[0]).into_iter().collect()
}

fn cells(path: &str, columns: &[usize]) -> Vec<String> {
    let tables = Tables::embedded();
    let Some(shape) = crate::actors::shape(path) else { return Vec::new() };
    let rows = tables.collect(path, &shape, &mut Problems::default());
    let variants = rows.iter().flat_map(|row| columns.iter().flat_map(|&c| row.variants(c)));
    variants.map(|v| fold(v.trim_matches(['~', '!'])).replace('*', "")).collect()
}
