use super::Wanted;
use super::entity::{Entity, items};
use super::names::{Care, names};
use super::offices::offices;
use crate::actors::{codes, shape};
use crate::import::{Folder, ImportError};

const PATH: &str = "actors/people.tsv";

/// States that are no more, and the state that followed them.
const FORMER: &[(&str, &str)] = &[
    ("Q15180", "RUS"),
    ("Q34266", "RUS"),
    ("Q2184", "RUS"),
    ("Q36704", "SRB"),
    ("Q83286", "SRB"),
    ("Q37024", "SRB"),
    ("Q16957", "DEU"),
    ("Q713750", "DEU"),
    ("Q12560", "TUR"),
    ("Q33946", "CZE"),
];

/// The code of the first country that has one.
pub fn country(ids: &[&str]) -> Option<&'static str> {
    let former = || ids.iter().find_map(|id| FORMER.iter().find(|(old, _)| old == id).map(|(_, code)| *code));
    ids.iter().find_map(|id| codes::of_wikidata(id)).or_else(former)
}

/// Whether people and things of a country are wanted.
pub fn is_wanted(wanted: &Wanted, code: &str) -> bool {
    wanted.countries.is_empty() || wanted.countries.iter().any(|c| c == code)
}

/// Adds a person, if he or she counts.
pub fn add(folder: &mut Folder, entity: &Entity, wanted: &Wanted, place: &str) -> Result<(), ImportError> {
    let offices = offices(entity);
    if offices.is_empty() {
        folder.count_left("person without position or political occupation");
        return Ok(());
    }
    let ids = items(&entity.claims.P27);
    let Some(code) = country(&ids) else {
        let reason = if ids.is_empty() { "person without citizenship" } else { "citizenship of no country in the tables" };
        return folder.leave(place, &format!("{} {}", entity.id, entity.labels.en.value), reason);
    };
    if !is_wanted(wanted, code) {
        return Ok(());
    }
    let [en, ru, ar] = names(entity, Care::Person);
    if en.is_empty() && ru.is_empty() && ar.is_empty() {
        return folder.leave(place, &entity.id, "no name in English, Russian or Arabic");
    }
    let Some(shape) = shape(PATH) else { return Ok(()) };
    let cells = [entity.id.clone(), en, ru, ar, code.to_owned(), offices];
    folder.add(PATH, &shape, &cells).map(drop)
}
