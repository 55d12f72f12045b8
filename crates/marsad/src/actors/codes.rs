//! Codes and Wikidata ids of the built-in countries.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Codes of what has no one country.
const WITHOUT_COUNTRY: &[&str] = &["UNO", "EUR", "IGO", "NGO", "MNC", "IMG"];

static COUNTRIES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("countries.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    lines.filter_map(|l| l.split('\t').collect::<Vec<_>>().get(..2).map(|c| (c[0], c[1]))).collect()
});

static BY_WIKIDATA: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| COUNTRIES.iter().map(|(iso3, id)| (*id, *iso3)).collect());

/// Whether it is a country's code or one of PLOVER's for what has no one country.
pub(crate) fn is_known(code: &str) -> bool {
    WITHOUT_COUNTRY.contains(&code) || COUNTRIES.iter().any(|(iso3, _)| *iso3 == code)
}

/// The known code that a misspelt one most likely is.
pub(crate) fn nearest(code: &str) -> Option<&'static str> {
    let all: Vec<&'static str> = COUNTRIES.iter().map(|(iso3, _)| *iso3).chain(WITHOUT_COUNTRY.iter().copied()).collect();
    crate::tables::nearest(code, &all)
}

/// The code of the country with a Wikidata id.
pub(crate) fn of_wikidata(id: &str) -> Option<&'static str> {
    BY_WIKIDATA.get(id).copied()
}
