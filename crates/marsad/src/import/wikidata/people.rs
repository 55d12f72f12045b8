use super::Wanted;
use super::entity::{Entity, items};
use super::names::{Care, names};
use super::offices::{Offices, offices};
use crate::actors::{codes, has_offices, shape};
use crate::import::{Folder, ImportError};

const PATH: &str = "actors/people.tsv";

/// The column of the offices.
const OFFICES: usize = 5;

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
    let Offices { held, occupation, doubts } = offices(entity);
    if held.is_empty() && occupation.is_none() {
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
    let mut cells = [entity.id.clone(), en, ru, ar, code.to_owned(), held.join(";")];
    // Whose offices are known here has none after the last of them, whatever the occupation.
    let idle = occupation.is_some() && has_offices(&cells);
    if let Some(occupation) = occupation.filter(|_| !idle) {
        cells[OFFICES] = std::iter::once(occupation).chain(held).collect::<Vec<_>>().join(";");
    }
    let new = folder.add(PATH, &shape, &cells)?;
    told_if_there(folder, new);
    if new {
        if idle {
            folder.count_left("occupation of a person whose offices the built-in tables have");
        }
        doubts.iter().try_for_each(|(position, doubt)| folder.leave(place, &format!("{} {position}", entity.id), doubt))?;
    }
    Ok(())
}

/// Counts an entity that stands in the table already.
pub fn told_if_there(folder: &mut Folder, new: bool) {
    if !new {
        folder.count_left("stands in the table already");
    }
}
