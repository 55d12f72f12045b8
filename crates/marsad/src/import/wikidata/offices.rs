//! Offices: positions held with their terms, else occupations.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::entity::{Entity, Rank, Statement, date, items};
use crate::model::Sector;

/// A position as its own entity tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub title: String,
    pub sector: &'static str,
}

/// Classes of positions: position, public office, president, prime minister, minister, foreign minister, governor, mayor, member of parliament, ambassador, monarch,
/// head of state, head of government, elective office.
const POSITIONS: &[&str] =
    &["Q4164871", "Q294414", "Q30461", "Q14212", "Q83307", "Q7330070", "Q132050", "Q30185", "Q486839", "Q121998", "Q116", "Q48352", "Q2285706", "Q17279032"];

/// Marks a position whose title is not known yet: `\u{1}NUMBER\u{1}DEFAULT-SECTOR\u{1}`.
const MARK: char = '\u{1}';

/// Occupations and words of titles: id or word, and sector.
static OCCUPATIONS: LazyLock<FxHashMap<&str, (&str, &str)>> = LazyLock::new(|| rows(include_str!("occupations.tsv")).map(|c| (c[0], (c[1], c[2]))).collect());
static TITLES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| rows(include_str!("titles.tsv")).map(|c| (c[0], c[1])).collect());

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1).map(|l| l.split('\t').collect())
}

/// The position that an entity is, by number.
pub fn position(entity: &Entity) -> Option<(u64, Position)> {
    let classes = items(&entity.claims.P31).into_iter().chain(items(&entity.claims.P279));
    if !classes.into_iter().any(|id| POSITIONS.contains(&id)) {
        return None;
    }
    let title = title(&entity.labels.en.value)?;
    let sector = sector(&title);
    Some((number(&entity.id)?, Position { title, sector }))
}

fn number(id: &str) -> Option<u64> {
    id.strip_prefix('Q')?.parse().ok()
}

/// A label as an office's title: in one line, without what divides cells.
fn title(label: &str) -> Option<String> {
    let title = label.replace([';', MARK], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

/// The sector of a title by its words; the executive where none tells.
fn sector(title: &str) -> &'static str {
    let title = title.to_lowercase();
    TITLES.iter().find(|(word, _)| title.contains(word)).map_or("GOV", |(_, sector)| sector)
}

/// The offices of a person in order of their beginning, the occupation first. Empty where there is none that counts.
pub fn offices(entity: &Entity) -> String {
    let occupation = items(&entity.claims.P106).into_iter().find_map(|id| OCCUPATIONS.get(id));
    let default = occupation.map_or("GOV", |(sector, _)| if *sector == Sector::Pty.name() { "GOV" } else { sector });
    let sound = entity.claims.P39.iter().filter(|s| s.rank != Rank::Deprecated);
    let mut held: Vec<(String, String)> = sound.filter_map(|s| term(s, default)).collect();
    held.sort();
    let first = occupation.map(|(sector, title)| format!("{sector} {title} .."));
    first.into_iter().chain(held.into_iter().map(|(_, office)| office)).collect::<Vec<_>>().join(";")
}

/// When a position began, and the office; terms that end before they begin lose their end.
fn term(statement: &Statement, default: &str) -> Option<(String, String)> {
    let n = number(statement.item()?)?;
    let from = date(&statement.qualifiers.P580).unwrap_or_default();
    let to = date(&statement.qualifiers.P582).filter(|to| to.as_str() >= from.get(..to.len()).unwrap_or(&from)).unwrap_or_default();
    let office = format!("{MARK}{n}{MARK}{default}{MARK} {from}..{to}");
    Some((from, office))
}

/// A line with the titles of its positions put in; the Wikidata id stands for a title that the dump has not told.
pub fn mend(line: &str, positions: &FxHashMap<u64, Position>) -> Option<String> {
    if !line.contains(MARK) {
        return None;
    }
    let mut out = String::new();
    let mut parts = line.split(MARK);
    out.push_str(parts.next()?);
    while let (Some(n), Some(default), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
        match n.parse().ok().and_then(|n: u64| positions.get(&n)) {
            Some(position) => out.push_str(&format!("{} {}", position.sector, position.title)),
            None => out.push_str(&format!("{default} Q{n}")),
        }
        out.push_str(rest);
    }
    Some(out)
}
