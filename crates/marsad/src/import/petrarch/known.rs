//! English names that the built-in tables have.

use std::sync::LazyLock;

use marsad_text::normal::fold;
use rustc_hash::FxHashSet;

use crate::tables::{Problems, Tables};

/// Names of countries, adjectives, inhabitants, places, seats, organisations and people in English, folded.
pub static NAMES: LazyLock<FxHashSet<String>> = LazyLock::new(names);

/// Roles in English, folded.
pub static ROLES: LazyLock<FxHashSet<String>> = LazyLock::new(|| cells("actors/roles/en.tsv", &[0]).into_iter().collect());

/// English verbs of events, and of saying and planning.
pub static VERBS: LazyLock<FxHashSet<String>> = LazyLock::new(verbs);

fn names() -> FxHashSet<String> {
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

fn verbs() -> FxHashSet<String> {
    let tables = Tables::embedded();
    let paths = crate::events::TABLES.iter().map(|(path, _)| *path).filter(|path| path.ends_with("/en.tsv"));
    let mut out = FxHashSet::default();
    for path in paths {
        let Some(shape) = crate::events::shape(path).filter(|s| s.columns[1] == "pos") else { continue };
        let rows = tables.collect(path, &shape, &mut Problems::default());
        out.extend(rows.iter().filter(|r| r.get(1) == Some("v")).filter_map(|r| r.get(0)).filter(|l| !l.contains(' ')).map(fold));
    }
    out
}

fn cells(path: &str, columns: &[usize]) -> Vec<String> {
    let tables = Tables::embedded();
    let Some(shape) = crate::actors::shape(path) else { return Vec::new() };
    let rows = tables.collect(path, &shape, &mut Problems::default());
    let variants = rows.iter().flat_map(|row| columns.iter().flat_map(|&c| row.variants(c)));
    variants.map(|v| fold(v.trim_matches(['~', '!'])).replace('*', "")).collect()
}
