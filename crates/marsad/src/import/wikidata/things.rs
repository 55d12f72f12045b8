//! Organisations and places.

use serde_json::Value;

use super::Wanted;
use super::classes::{Class, Kind};
use super::entity::{Entity, Statement, items};
use super::names::{Care, names};
use super::people::{country, is_wanted, told_if_there};
use crate::actors::shape;
use crate::import::{Folder, ImportError};

const ORGANISATIONS: &str = "actors/organisations.tsv";
const PLACES: &str = "actors/places.tsv";

/// Adds an organisation with its home country, or the code of its class where it has none of its own.
pub fn organisation(folder: &mut Folder, entity: &Entity, class: &Class, wanted: &Wanted, place: &str) -> Result<(), ImportError> {
    let home = country(&items(&entity.claims.P17)).or_else(|| country(&items(&entity.claims.P495)));
    let Some(code) = class.code.map(|c| c.to_string()).or(home.map(str::to_owned)) else {
        return folder.leave(place, &called(entity), "organisation without country");
    };
    if !is_wanted(wanted, home.unwrap_or(&code)) {
        return Ok(());
    }
    let [en, ru, ar] = names(entity, Care::Thing);
    if en.is_empty() && ru.is_empty() && ar.is_empty() {
        return folder.leave(place, &called(entity), "no name in English, Russian or Arabic");
    }
    let Some(shape) = shape(ORGANISATIONS) else { return Ok(()) };
    let sector = class.sector.map_or("-", |s| s.name());
    let id = entity.id.to_lowercase();
    folder.add(ORGANISATIONS, &shape, &[id.clone(), entity.id.clone(), code, sector.to_owned(), en, ru, ar]).map(|new| told_if_there(folder, new))
}

/// Adds a place with its coordinates and GeoNames id.
pub fn place(folder: &mut Folder, entity: &Entity, class: &Class, wanted: &Wanted, place: &str) -> Result<(), ImportError> {
    let home = country(&items(&entity.claims.P17));
    let Kind::Place(kind) = class.kind else { return Ok(()) };
    let capital = items(&entity.claims.P1376).iter().any(|id| country(&[id]).is_some());
    let (kind, lies) = match (kind, home) {
        ("sea" | "continent", _) => (kind, "-"),
        (_, Some(code)) if capital => ("capital", code),
        (_, Some(code)) => (kind, code),
        (_, None) => return folder.leave(place, &called(entity), "place without country"),
    };
    if !is_wanted(wanted, lies) {
        return Ok(());
    }
    let [en, ru, ar] = names(entity, Care::Thing);
    if en.is_empty() {
        return folder.leave(place, &called(entity), "place without an English name");
    }
    let Some(shape) = shape(PLACES) else { return Ok(()) };
    let (lat, lon) = coordinates(&entity.claims.P625).unwrap_or_default();
    let geonames = entity.claims.P1566.first().and_then(Statement::value).and_then(Value::as_str).filter(|id| id.bytes().all(|b| b.is_ascii_digit()));
    let cells = [kind.to_owned(), lies.to_owned(), en, ru, ar, lat, lon, geonames.unwrap_or_default().to_owned()];
    folder.add(PLACES, &shape, &cells).map(|new| told_if_there(folder, new))
}

fn called(entity: &Entity) -> String {
    format!("{} {}", entity.id, entity.labels.en.value)
}

/// Latitude and longitude on Earth in degrees.
fn coordinates(statements: &[Statement]) -> Option<(String, String)> {
    let value = statements.first()?.value()?;
    let earth = value.get("globe").and_then(Value::as_str).is_none_or(|g| g.ends_with("/Q2"));
    let number = |name: &str, most: f64| value.get(name).and_then(Value::as_f64).filter(|n| n.abs() <= most).map(|n| format!("{n:.5}"));
    earth.then_some(())?;
    Some((number("latitude", 90.0)?, number("longitude", 180.0)?))
}
