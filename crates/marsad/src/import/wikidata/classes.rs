//! What an entity is, by the classes it is an instance of.

use rustc_hash::FxHashMap;

use super::entity::{Entity, items};
use super::small;
use crate::import::ImportError;
use crate::model::{Code, Sector};
use crate::source::Input;
use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, one_table};

/// Kind of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Person,
    Organisation,
    /// A place of this kind of `places.tsv`.
    Place(&'static str),
}

impl Kind {
    /// The kind that users name.
    pub fn group(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Place(_) => "place",
        }
    }
}

/// What an instance of a class is.
#[derive(Clone, Debug)]
pub struct Class {
    pub kind: Kind,
    pub sector: Option<Sector>,
    /// `IGO`, `NGO`, `MNC` where it has no home country.
    pub code: Option<Code>,
}

/// Classes by Wikidata id.
#[derive(Clone, Debug)]
pub struct Classes(FxHashMap<String, (usize, Class)>);

const SHAPE: Shape = Shape { columns: &["wikidata", "kind", "sector", "code", "about"], optional: &[], key: Key::All(&[0]), gone: Key::All(&[0]), apart: None };
const KINDS: &[&str] = &["person", "organisation", "capital", "city", "region", "sea", "continent"];

impl Classes {
    /// The built-in classes.
    ///
    /// # Panics
    /// Never: a test holds that the built-in table is sound.
    #[must_use]
    pub fn embedded() -> Classes {
        let mut classes = Classes(FxHashMap::default());
        classes.add("classes.tsv", include_str!("classes.tsv")).expect("the built-in table is sound");
        classes
    }

    /// Adds the classes of a user's table with the columns of `classes.tsv`; they count before ours.
    ///
    /// # Errors
    /// If the table cannot be read, or its first mistake.
    pub fn add_file(&mut self, input: &Input) -> Result<(), ImportError> {
        let text = small(input)?;
        let own = std::mem::take(&mut self.0);
        self.add(&input.name(), &text).map_err(TableError::from)?;
        let before = self.0.len();
        for (id, (n, class)) in own {
            self.0.entry(id).or_insert((n + before, class));
        }
        Ok(())
    }

    fn add(&mut self, name: &str, text: &str) -> Result<(), TableErrors> {
        let mut problems = Problems::default();
        let file = one_table(name, text);
        for row in file.rows(&SHAPE, &mut problems) {
            if let Some((id, class)) = problems.note(class(&row)) {
                let n = self.0.len();
                self.0.insert(id, (n, class));
            }
        }
        problems.done(())
    }

    /// What an entity is; of several classes the one that stands first in the table.
    pub(super) fn of(&self, entity: &Entity) -> Option<&Class> {
        items(&entity.claims.P31).into_iter().filter_map(|id| self.0.get(id)).min_by_key(|(n, _)| *n).map(|(_, class)| class)
    }
}

fn class(row: &Row) -> Result<(String, Class), TableError> {
    let id = row.required(0, "wikidata")?.to_owned();
    let kind = row.required(1, "kind")?;
    let kind = match kind {
        "person" => Kind::Person,
        "organisation" => Kind::Organisation,
        _ => Kind::Place(KINDS[2..].iter().find(|k| **k == kind).ok_or_else(|| row.wrong("kind", kind, KINDS))?),
    };
    let all: Vec<&str> = Sector::ALL.iter().map(|s| s.name()).collect();
    let sector = row.get(2).map(|s| Sector::from_name(s).ok_or_else(|| row.wrong("sector", s, &all))).transpose()?;
    let code = row.get(3).map(|c| Code::new(c).ok_or_else(|| row.error(format!("code is {c}, expected three capital letters")))).transpose()?;
    Ok((id, Class { kind, sector, code }))
}
