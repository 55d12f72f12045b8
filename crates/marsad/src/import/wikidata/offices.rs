//! Offices: positions held with their terms, else occupations.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::entity::{Entity, Rank, Statement, Told, items, told};
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

/// A person's offices as our tables write them, and what is doubtful about them.
#[derive(Debug, Default)]
pub struct Offices {
    /// Positions in order of their beginning.
    pub held: Vec<String>,
    /// The occupation, which stands for an office where no position is held.
    pub occupation: Option<String>,
    /// Which offices, and why they are in doubt.
    pub doubts: Vec<(String, &'static str)>,
}

/// The offices of a person. Who is dead holds none.
pub fn offices(entity: &Entity) -> Offices {
    let died = told(entity.claims.P570.iter().filter(|s| s.rank != Rank::Deprecated).map(|s| &s.mainsnak));
    let occupation = items(&entity.claims.P106).into_iter().find_map(|id| OCCUPATIONS.get(id));
    let default = occupation.map_or("GOV", |(sector, _)| if *sector == Sector::Pty.name() { "GOV" } else { sector });
    let sound = entity.claims.P39.iter().filter(|s| s.rank != Rank::Deprecated);
    let mut held: Vec<Term> = sound.filter_map(|s| Term::of(s, default, &died)).collect();
    held.sort_by(|a, b| (&a.from, &a.office).cmp(&(&b.from, &b.office)));
    let doubts = held.iter().filter_map(|term| Some((term.id.clone(), term.doubt?))).collect();
    let occupation = occupation.map(|(sector, title)| format!("{sector} {title} ..{}", end(&Told::Nothing, "", &died)));
    Offices { held: held.into_iter().map(|term| term.office).collect(), occupation, doubts }
}

/// A position held.
struct Term {
    from: String,
    office: String,
    /// The position's id.
    id: String,
    doubt: Option<&'static str>,
}

impl Term {
    fn of(statement: &Statement, default: &str, died: &Told) -> Option<Term> {
        let id = statement.item()?.to_owned();
        let n = number(&id)?;
        let (began, ended) = (told(&statement.qualifiers.P580), told(&statement.qualifiers.P582));
        let from = if let Told::On(from) = &began { from.clone() } else { String::new() };
        let to = if began == Told::Ancient && ended == Told::Nothing { UNTOLD.to_owned() } else { end(&ended, &from, died) };
        Some(Term { office: format!("{MARK}{n}{MARK}{default}{MARK} {from}..{to}"), from, id, doubt: doubt(&began, &ended, &to) })
    }
}

/// How our tables write an end that nobody tells.
const UNTOLD: &str = "?";

/// The end of a term: as it is told, or by the person's death; [`UNTOLD`] where only that it ended is told, and where it would end before it begins.
fn end(ended: &Told, from: &str, died: &Told) -> String {
    match if *ended == Told::Nothing { died } else { ended } {
        Told::Nothing => String::new(),
        Told::On(to) if to.as_str() >= from.get(..to.len()).unwrap_or(from) => to.clone(),
        Told::On(_) | Told::Ancient | Told::Sometime => UNTOLD.to_owned(),
    }
}

fn doubt(began: &Told, ended: &Told, to: &str) -> Option<&'static str> {
    match (began, ended) {
        (_, Told::On(_)) if to == UNTOLD => Some("a term that ends before it begins: it is over, its end is untold"),
        (Told::Ancient, _) | (_, Told::Ancient) if to == UNTOLD => Some("a term before our era: it is over, its dates are untold"),
        (Told::Sometime, Told::Nothing) if to.is_empty() => Some("a term whose beginning is unknown or too vague, without an end: it is held since ever"),
        _ => None,
    }
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
