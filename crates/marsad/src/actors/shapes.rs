//! The shapes of this room's tables.

use crate::tables::{Key, Shape};

const fn shape(columns: &'static [&'static str], key: Key) -> Shape {
    Shape { columns, optional: &[], key, gone: key, apart: None }
}

pub(super) const COUNTRIES: Shape =
    shape(&["iso3", "wikidata", "en", "en_adj", "en_people", "ru", "ru_adj", "ru_people", "ar", "ar_adj", "ar_people"], Key::All(&[0]));
pub(super) const PLACES: Shape = Shape { optional: &["lat", "lon", "geonameid"], ..shape(&["kind", "iso3", "en", "ru", "ar"], Key::All(&[1, 2])) };
pub(super) const METONYMS: Shape = shape(&["iso3", "sector", "en", "ru", "ar"], Key::All(&[0, 2]));
pub(super) const ORGANISATIONS: Shape = shape(&["id", "wikidata", "code", "sector", "en", "ru", "ar"], Key::All(&[0]));
/// Who has served two countries or bodies has a row for each.
pub(super) const PEOPLE: Shape = Shape { apart: Some(4), ..shape(&["wikidata", "en", "ru", "ar", "country", "offices"], Key::First(&[0, 1, 2, 3])) };
pub(super) const OUTLETS: Shape = shape(&["host", "iso3"], Key::All(&[0]));
pub(super) const ROLES: Shape = shape(&["lemma", "kind", "sector", "example"], Key::All(&[0]));

/// The shape of the table at a path, if it is one of this room.
pub(crate) fn of(path: &str) -> Option<Shape> {
    Some(match path.strip_prefix("actors/")? {
        "countries.tsv" => COUNTRIES,
        "places.tsv" => PLACES,
        "metonyms.tsv" => METONYMS,
        "organisations.tsv" => ORGANISATIONS,
        "people.tsv" => PEOPLE,
        "outlets.tsv" => OUTLETS,
        path if path.starts_with("roles/") => ROLES,
        _ => return None,
    })
}
