//! A user's people and ours: what both tell of a person is told of one.
//!
//! A row of a user's adds its names and offices to our row for the same person, and its country takes the place of ours. Who has served two countries or bodies has
//! a row of ours for each; the user's row adds to the one of its country, and offices that another tells already stay there.

use std::sync::LazyLock;

use jiff::civil::Date;
use marsad_text::normal::fold;
use rustc_hash::{FxHashMap, FxHashSet};

use super::inventory::{End, Known, Office};
use super::shapes::PEOPLE;
use crate::tables::{Problems, Row, Tables};

const COUNTRY: usize = 4;
const OFFICES: usize = 5;
const NAMES: [usize; 3] = [1, 2, 3];

/// Which rows stand for the same person.
#[derive(Debug, Default)]
pub(super) struct Unions {
    /// For rows of ours, the user's row that adds to each.
    to: FxHashMap<usize, usize>,
    /// For a user's rows, the row of ours that each adds to, and our other rows for the person.
    ours: FxHashMap<usize, (usize, Vec<usize>)>,
}

impl Unions {
    /// Finds them among the rows of people, a user's first.
    pub fn of(rows: &[Row]) -> Unions {
        let mut unions = Unions::default();
        if rows.first().is_none_or(|row| !row.own) {
            return unions;
        }
        let mut ours: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (n, row) in rows.iter().enumerate().filter(|(_, row)| !row.own) {
            marks(row).into_iter().for_each(|mark| ours.entry(mark).or_default().push(n));
        }
        let own = rows.iter().enumerate().filter(|(_, row)| row.own);
        let found = own.map(|(n, row)| (n, same_person(row, rows, &ours))).filter(|(_, same)| !same.is_empty());
        // Those at home choose first: of two rows of a user's for one person, that of our country adds to ours wherever it stands.
        let (home, abroad): (Vec<_>, Vec<_>) = found.map(|(n, same)| (n, at_home(n, rows, &same), same)).partition(|(_, home, _)| home.is_some());
        for (n, home, same) in home.into_iter().chain(abroad) {
            unions.add(n, home.unwrap_or(same[0]), &same);
        }
        unions
    }

    /// Adds a user's row to one of ours, unless another adds to it already.
    fn add(&mut self, own: usize, one: usize, same: &[usize]) {
        if self.to.contains_key(&one) {
            return;
        }
        self.to.insert(one, own);
        self.ours.insert(own, (one, same.iter().copied().filter(|n| *n != one).collect()));
    }

    /// The user's row that adds to a row of ours.
    pub fn user_of(&self, ours: usize) -> Option<usize> {
        self.to.get(&ours).copied()
    }

    /// A person as a user's row has him or her, with what ours tells beside; `known` reads a row of ours.
    pub fn whole(&self, own: usize, person: Known, known: &dyn Fn(usize) -> Option<Known>) -> Known {
        let Some((one, others)) = self.ours.get(&own) else { return person };
        let elsewhere: Vec<Office> = others.iter().filter_map(|&n| known(n)).flat_map(offices_of).collect();
        match (person, known(*one)) {
            (Known::Person { code, name, wikidata, offices }, Some(Known::Person { name: our_name, wikidata: our_id, offices: our_offices, .. })) => {
                Known::Person {
                    code,
                    name: if name.is_empty() { our_name } else { name },
                    wikidata: wikidata.or(our_id),
                    offices: offices.into_iter().filter(|o| !elsewhere.iter().any(|other| together(o, other).is_some())).fold(our_offices, with),
                }
            }
            (person, _) => person,
        }
    }
}

/// Whether the built-in tables tell offices of the person that a row of people is about.
pub(crate) fn has_offices(cells: &[String]) -> bool {
    let line = cells.join("\t");
    let row = Row::built_in("", 0, &line);
    let is_same = |(at, mark): (usize, String)| IN_OFFICE.get(&mark).is_some_and(|&one_has_no_id| at == 0 || one_has_no_id || row.get(0).is_none());
    sought(&row).enumerate().any(is_same)
}

/// What our people with offices are found by, and whether one of those who are found so has no Wikidata id.
static IN_OFFICE: LazyLock<FxHashMap<String, bool>> = LazyLock::new(|| {
    let tables = Tables::embedded();
    let rows = tables.collect("actors/people.tsv", &PEOPLE, &mut Problems::default());
    let mut found = FxHashMap::default();
    for row in rows.iter().filter(|row| row.get(OFFICES).is_some()) {
        marks(row).into_iter().for_each(|mark| *found.entry(mark).or_default() |= row.get(0).is_none());
    }
    found
});

/// Of our rows for the person of a user's row, the one of its country.
fn at_home(own: usize, rows: &[Row], same: &[usize]) -> Option<usize> {
    same.iter().copied().find(|&n| rows[n].get(COUNTRY) == rows[own].get(COUNTRY))
}

fn offices_of(known: Known) -> Vec<Office> {
    if let Known::Person { offices, .. } = known { offices } else { Vec::new() }
}

/// Rows of ours for the person of a user's row: those of the same key, and, where only one of the two has a Wikidata id, those with the name and the country.
fn same_person(row: &Row, rows: &[Row], ours: &FxHashMap<String, Vec<usize>>) -> Vec<usize> {
    let one_has_id = |n: usize| rows[n].get(0).is_none() || row.get(0).is_none();
    let of_mark = |(at, mark): (usize, String)| ours.get(&mark).into_iter().flatten().copied().filter(move |&n| at == 0 || one_has_id(n)).collect::<Vec<_>>();
    let mut seen = FxHashSet::default();
    sought(row).enumerate().flat_map(of_mark).filter(|n| seen.insert(*n)).collect()
}

/// What our rows for the person of a row may be found by: the key, and the first name with the country.
fn sought(row: &Row) -> impl Iterator<Item = String> {
    let called = NAMES.iter().find_map(|&column| Some(name_mark(row, column, row.variants(column).next()?)));
    PEOPLE.key_of(row).into_iter().chain(called)
}

/// What a row of ours is found by: its key, and its full names with its country.
fn marks(row: &Row) -> Vec<String> {
    let names = NAMES.iter().flat_map(|&column| row.variants(column).filter(|name| name.contains(' ')).map(move |name| name_mark(row, column, name)));
    PEOPLE.key_of(row).into_iter().chain(names).collect()
}

fn name_mark(row: &Row, column: usize, name: &str) -> String {
    format!("{column}:{}:{}", row.get(COUNTRY).unwrap_or_default(), fold(name.trim_matches(['~', '!'])))
}

/// Our offices with one of a user's. One that begins with one of ours of the same sector is the same term, of several the one that begins nearest: the user's title
/// and end count, unless the title is only an id or the end is not told.
fn with(mut ours: Vec<Office>, user: Office) -> Vec<Office> {
    let same = ours.iter_mut().filter(|o| o.sector == user.sector).filter_map(|o| Some((together(o, &user)?, o)));
    if let Some((_, same)) = same.min_by_key(|(together, _)| *together) {
        if !is_id(&user.title) {
            same.title = user.title;
        }
        match user.to {
            End::On(_) => same.to = user.to,
            End::Untold if same.to == End::Open => same.to = user.to,
            End::Untold | End::Open => {}
        }
        return ours;
    }
    // Of terms that are held together the last counts: a user's stands behind those of ours that begin before it.
    let at = ours.iter().rposition(|o| o.from <= user.from).map_or(0, |before| before + 1);
    ours.insert(at, user);
    ours
}

/// How two offices begin together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Together {
    /// On the same day, or both since ever and the same.
    Day,
    /// In the same month, and one of the two tells no day.
    Month,
    /// In the same year, and one of the two tells no month.
    Year,
}

/// How two offices begin together, if they do.
fn together(a: &Office, b: &Office) -> Option<Together> {
    let whole_year = |d: Date| d.month() == 1 && d.day() == 1;
    match (a.from, b.from) {
        (Some(a), Some(b)) if a == b => Some(Together::Day),
        (Some(a), Some(b)) if a.year() != b.year() => None,
        (Some(a), Some(b)) if a.month() == b.month() && (a.day() == 1 || b.day() == 1) => Some(Together::Month),
        (Some(a), Some(b)) => (whole_year(a) || whole_year(b)).then_some(Together::Year),
        (None, None) => ((a.to, &a.title) == (b.to, &b.title)).then_some(Together::Day),
        _ => None,
    }
}

/// Whether a title is only the Wikidata id of the position.
fn is_id(title: &str) -> bool {
    title.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::cells::office;
    use super::*;

    fn offices(text: &str) -> Vec<Office> {
        let row = Row::built_in("people.tsv", 1, text);
        row.variants(0).map(|one| office(&row, one).expect("sound")).collect()
    }

    #[test]
    fn terms_unite() {
        let check = |ours: &str, user: &str, expected: &str| {
            let united = offices(user).into_iter().fold(offices(ours), with);
            assert_eq!(united, offices(expected), "{ours} + {user}");
        };
        check("GOV president 2012-05-07..", "GOV Q900102 2012-05-07..", "GOV president 2012-05-07..");
        check("GOV president 2012-05-07..", "GOV President of Zed 2012..2024-01-02", "GOV President of Zed 2012-05-07..2024-01-02");
        check("GOV president 2000-05-07..2008-05-07", "GOV head of state 2000-05-07..", "GOV head of state 2000-05-07..2008-05-07");
        check("GOV president 2000-05-07..", "GOV Q1 2000-05..?", "GOV president 2000-05-07..?");
        check("GOV president 2000-05-07..2008", "GOV Q1 2000..?", "GOV president 2000-05-07..2008");
        check("GOV mayor 1990..1995;GOV president 2000..2008", "PTY leader 1996..", "GOV mayor 1990..1995;PTY leader 1996..;GOV president 2000..2008");
        check("GOV mayor 1990..1995", "PTY politician ..", "PTY politician ..;GOV mayor 1990..1995");
        let planning = "GOV planning minister 2019..2019";
        let finance = |from: &str, to: &str| format!("{planning};GOV finance minister {from}..{to}");
        check(&finance("2019-11", "2024-09"), "GOV finance minister 2019-11-07..2023-01-01", &finance("2019-11", "2023-01-01"));
        check(&finance("2019-11-07", "2024-09"), "GOV finance minister 2019-11-07..2023-01-01", &finance("2019-11-07", "2023-01-01"));
    }

    #[test]
    fn people_with_two_homes_unite_in_any_order() {
        let ours = "-\tAnna Zorp\t-\t-\tGIN\t-";
        let users = ["-\tAnna Zorp\t-\t-\tFRA\t-", "-\tAnna Zorp\t-\t-\tGIN\t-"];
        let united = |lines: [&'static str; 2]| {
            let mut rows = [lines[0], lines[1], ours].map(|line| Row::built_in("", 1, line));
            rows[..2].iter_mut().for_each(|row| row.own = true);
            Unions::of(&rows).user_of(2).and_then(|n| rows[n].get(COUNTRY))
        };
        assert_eq!(united(users), Some("GIN"));
        assert_eq!(united([users[1], users[0]]), Some("GIN"));
    }

    #[test]
    fn people_of_another_id_are_others() {
        let known = |id: &str, name: &str, country: &str| has_offices(&[id, name, "-", "-", country, "-"].map(str::to_owned));
        assert!(known("Q7747", "Wladimir Putin", "RUS") && known("-", "Vladimir Putin", "RUS") && !known("Q999999999", "Vladimir Putin", "RUS"));
        assert!(known("Q999999999", "Chen Binhua", "CHN") && !known("Q999999999", "Chen Binhua", "MYS"));
    }
}
