//! Cells of this room's tables: codes, ids, sectors, offices.

use jiff::civil::Date;

use super::inventory::{End, Office};
use crate::model::{Code, Sector};
use crate::tables::{Row, TableError};

pub(super) fn english(row: &Row, column: usize) -> String {
    row.variants(column).next().unwrap_or_default().trim_matches(['~', '!']).to_owned()
}

/// The home code in a column. Of a user's row it must be one that the built-in countries, the user's or PLOVER have, so that a slip does not found a state.
pub(super) fn code(row: &Row, column: usize, name: &str) -> Result<Code, TableError> {
    let text = row.required(column, name)?;
    let known = || super::codes::is_known(text) || row.founded.iter().any(|code| code == text);
    match Code::new(text) {
        Some(code) if !row.own || known() => Ok(code),
        Some(_) => {
            let guess = super::codes::nearest(text).map(|g| format!("; did you mean {g}?")).unwrap_or_default();
            Err(row.error(format!("{name} is {text}, expected an ISO 3166-1 alpha-3 code or UNO, EUR, IGO, NGO, MNC or IMG{guess}")))
        }
        None => Err(row.error(format!("{name} is {text}, expected three capital letters such as EGY"))),
    }
}

/// The Wikidata id in a column.
pub(super) fn wikidata(row: &Row, column: usize) -> Result<Option<String>, TableError> {
    let id = row.get(column);
    let sound = |id: &str| id.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    match id {
        Some(id) if !sound(id) => Err(row.error(format!("wikidata is {id}, expected Q and a number such as Q79"))),
        id => Ok(id.map(str::to_owned)),
    }
}

pub(super) fn sector(row: &Row, column: usize) -> Result<Option<Sector>, TableError> {
    match row.get(column) {
        None | Some("ANY" | "UNK") => Ok(None),
        Some(name) => Sector::from_name(name).map(Some).ok_or_else(|| row.wrong("sector", name, &[sectors(), vec!["ANY"]].concat())),
    }
}

/// The sectors that a table may name; `ANY` and none are told otherwise.
fn sectors() -> Vec<&'static str> {
    Sector::ALL.iter().map(|s| s.name()).filter(|name| *name != "UNK").collect()
}

pub(super) fn office(row: &Row, text: &str) -> Result<Office, TableError> {
    let wrong = || row.error(format!("office is «{text}», expected «GOV president 2000-05-07..2008-05-07»"));
    let (sector, rest) = text.split_once(' ').ok_or_else(wrong)?;
    let (title, dates) = rest.rsplit_once(' ').ok_or_else(wrong)?;
    let (from, to) = dates.split_once("..").ok_or_else(wrong)?;
    let (from, to) = (bound(from, false).map_err(|()| wrong())?, end(to).map_err(|()| wrong())?);
    if from.is_some_and(|from| matches!(to, End::On(to) if to < from)) {
        return Err(row.error(format!("office «{text}» ends before it begins, expected from..to")));
    }
    let sector = Sector::from_name(sector).ok_or_else(|| row.wrong("sector of an office", sector, &sectors()))?;
    Ok(Office { sector, title: title.to_owned(), from, to })
}

/// The end of a term: open, a date, or `?` for one that nobody tells.
fn end(text: &str) -> Result<End, ()> {
    if text == "?" {
        return Ok(End::Untold);
    }
    Ok(bound(text, true)?.map_or(End::Open, End::On))
}

/// The first or last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for an open end.
fn bound(text: &str, last: bool) -> Result<Option<Date>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<i16> = text.split('-').map(|p| p.parse().map_err(|_| ())).collect::<Result<_, _>>()?;
    let small = |n: i16| i8::try_from(n).map_err(|_| ());
    let date = match parts[..] {
        [y] => Date::new(y, if last { 12 } else { 1 }, if last { 31 } else { 1 }),
        [y, m] => Date::new(y, small(m)?, 1).map(|d| if last { d.last_of_month() } else { d }),
        [y, m, d] => Date::new(y, small(m)?, small(d)?),
        _ => return Err(()),
    };
    date.map(Some).map_err(|_| ())
}
