//! From the actors' tables to their matching form.

use marsad_text::Lang;
use marsad_text::normal::fold;
use rustc_hash::FxHashSet;

use super::cells::{code, english, office, sector, wikidata};
use super::entities::{Entities, Make};
use super::geo::{Geos, geo};
use super::inventory::{Actors, Known, RoleKind};
use super::made_tries;
use super::named::{NAMED, Named, OF_A_COUNTRY, country_column, country_names};
use super::names::Names;
use super::outlet::Outlets;
use super::shapes::{COUNTRIES, METONYMS, ORGANISATIONS, OUTLETS, PEOPLE, PLACES, ROLES};
use super::spelling::Spelling;
use super::trie::{Growing, Trie};
use crate::forms::Vary;
use crate::tables::{Problems, Row, Shape, TableError, TableErrors, Tables};

/// What a table of names tells beside them: the columns that are read, and how.
type Told = (&'static Shape, &'static [usize], Make);

/// For each of [`NAMED`].
const TOLD: [Told; 4] =
    [(&ORGANISATIONS, &[1, 2, 3, 4], organisation), (&METONYMS, &[0, 1, 2], metonym), (&PEOPLE, &[0, 1, 4, 5], person), (&PLACES, &[0, 1, 2], place)];

const PLACE_KINDS: &[&str] = &["capital", "city", "region", "sea", "continent"];

/// Actors that are being loaded.
pub(super) struct Loader {
    pub lang: Lang,
    pub entities: Entities,
    /// The names, unless the build has made all of them.
    pub names: Option<Growing>,
    spelling: Spelling,
    pub geos: Geos,
    outlets: Outlets,
    /// A user's.
    own: FxHashSet<u32>,
}

impl Actors {
    /// Loads the tables for a language. Without tables of a user's the names are those that the build has put together, and whom they mean is read when it is
    /// first asked for.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Actors, TableErrors> {
        let mut paths = ["actors/countries.tsv".to_owned()].into_iter().chain(NAMED.iter().map(path));
        let names = tables.spots.is_empty() && paths.all(|path| tables.are_built_in(&path));
        Actors::load_made(tables, lang, names, tables.are_built_in(&roles_path(lang)))
    }

    /// Loads the tables, or takes names and roles from the build.
    fn load_made(tables: &Tables, lang: Lang, names: bool, roles: bool) -> Result<Actors, TableErrors> {
        let mut problems = Problems::default();
        let mut loader = Loader {
            lang,
            entities: Entities::default(),
            names: (!names).then(|| Growing::new(lang)),
            spelling: Spelling::default(),
            geos: Geos::default(),
            outlets: Outlets::default(),
            own: FxHashSet::default(),
        };
        for row in tables.collect("actors/countries.tsv", &COUNTRIES, &mut problems) {
            loader.note_own(&row, OF_A_COUNTRY);
            problems.note(loader.add_country(&row));
        }
        for (table, told) in NAMED.iter().zip(TOLD) {
            loader.add_table(tables, table, told, &mut problems);
        }
        for row in tables.collect("actors/outlets.tsv", &OUTLETS, &mut problems) {
            problems.note(loader.outlets.add(&row));
        }
        loader.add_spots(&tables.spots);
        let roles = loader.add_roles(tables, roles, &mut problems);
        problems.done(loader.done(roles))
    }
}

/// Where a table of names lies.
fn path(table: &Named) -> String {
    format!("actors/{}.tsv", table.name)
}

fn roles_path(lang: Lang) -> String {
    format!("actors/roles/{lang}.tsv")
}

/// A trie that the build has made.
fn made(bytes: &[u8], first: u32) -> Trie {
    let bytes = zstd::decode_all(bytes).expect("the build has packed it");
    Trie::from_bytes(&bytes, first).expect("the build has made it")
}

impl Loader {
    fn done(self, roles: Trie) -> Actors {
        let Loader { lang, entities, names, spelling, geos, outlets, own } = self;
        let names = names.map_or_else(|| made(made_tries(lang)[0], 0), |names| names.done(&|id| own.contains(&id)));
        Actors { lang, entities, names: Names::new(lang, names), roles: Names::new(lang, roles), spelling, geos, outlets }
    }

    /// Notes whose the next entities are.
    fn note_own(&mut self, row: &Row, entities: u32) {
        if row.own {
            self.own.extend(self.entities.len()..self.entities.len() + entities);
        }
    }

    fn add_table(&mut self, tables: &Tables, table: &Named, (shape, told, make): Told, problems: &mut Problems) {
        let (path, is_places) = (path(table), table.name == "places");
        if let Some(packed) = tables.packed(&path).filter(|_| self.names.is_none()) {
            self.entities.push_packed(packed, told, make);
            if is_places {
                self.geos = Geos::packed(packed);
            }
            return;
        }
        for row in tables.collect(&path, shape, problems) {
            self.note_own(&row, 1);
            let Some(known) = problems.note(make(&row)) else { continue };
            let Some(geo) = problems.note(if is_places { geo(&row) } else { Ok(None) }) else { continue };
            if let Some((key, geo)) = geo {
                self.geos.add(key, geo);
            }
            let id = self.entities.push(known);
            if let Some(names) = &mut self.names {
                row.variants(table.column(self.lang)).for_each(|variant| names.add(variant, table.vary, id));
            }
        }
    }

    fn add_country(&mut self, row: &Row) -> Result<(), TableError> {
        let code = code(row, 0, "iso3")?;
        let country = self.entities.push(Known::Country { code, name: english(row, 2), wikidata: wikidata(row, 1)? });
        self.entities.push(Known::Adjective(code));
        self.entities.push(Known::People(code));
        for name in row.variants(country_column(self.lang)).filter(|name| !name.contains(' ') && !name.ends_with('!')) {
            spelling_forms(self.lang, name).iter().for_each(|form| self.spelling.add(form, country));
        }
        if let Some(names) = &mut self.names {
            country_names(self.lang, code.as_str(), |column| row.variants(column), |name, vary, of| names.add(name, vary, country + of));
        }
        Ok(())
    }

    /// Adds the roles; their words as a trie.
    fn add_roles(&mut self, tables: &Tables, are_made: bool, problems: &mut Problems) -> Trie {
        let mut roles = (!are_made).then(|| Growing::new(self.lang));
        let first = self.entities.len();
        for row in tables.collect(&roles_path(self.lang), &ROLES, problems) {
            let (Some(role), Some(lemma)) = (problems.note(role(&row)), problems.note(row.required(0, "lemma"))) else { continue };
            let id = self.entities.push(role);
            if let Some(roles) = &mut roles {
                roles.add(&lemma.replace('*', ""), Vary::Role, id);
            }
        }
        roles.map_or_else(|| made(made_tries(self.lang)[1], first), |roles| roles.done(&|_| false))
    }
}

fn role(row: &Row) -> Result<Known, TableError> {
    let kind = match row.required(1, "kind")? {
        "person" => RoleKind::Person,
        "body" => RoleKind::Body,
        "group" => RoleKind::Group,
        "thing" => RoleKind::Thing,
        other => return Err(row.wrong("kind", other, &["person", "body", "group", "thing"])),
    };
    Ok(Known::Role(kind, sector(row, 2)?))
}

fn organisation(row: &Row) -> Result<Known, TableError> {
    Ok(Known::Organisation { code: code(row, 2, "code")?, sector: sector(row, 3)?, name: english(row, 4), wikidata: wikidata(row, 1)? })
}

fn metonym(row: &Row) -> Result<Known, TableError> {
    Ok(Known::Metonym { code: code(row, 0, "iso3")?, sector: sector(row, 1)?, name: english(row, 2) })
}

fn person(row: &Row) -> Result<Known, TableError> {
    let offices = row.variants(5).map(|o| office(row, o)).collect::<Result<Vec<_>, _>>()?;
    Ok(Known::Person { code: code(row, 4, "country")?, name: english(row, 1), wikidata: wikidata(row, 0)?, offices })
}

fn place(row: &Row) -> Result<Known, TableError> {
    let kind = row.required(0, "kind")?;
    if !PLACE_KINDS.contains(&kind) {
        return Err(row.wrong("kind", kind, PLACE_KINDS));
    }
    let code = row.get(1).map(|_| code(row, 1, "iso3")).transpose()?;
    Ok(Known::Place { code, name: english(row, 2), capital: kind == "capital" })
}

/// The forms of a name that slips are compared with: for Russian the cases too.
fn spelling_forms(lang: Lang, name: &str) -> Vec<String> {
    let folded = fold(name);
    match lang {
        Lang::Ru => marsad_text::inflect::inflect(lang, &folded, marsad_text::Inflect::Name).iter().map(|f| fold(f)).collect(),
        Lang::Ar | Lang::En => vec![folded],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_row_is_sound() {
        for &lang in marsad_text::LANGUAGES {
            let actors = Actors::load(&Tables::embedded(), lang).expect("the small tables are sound");
            assert!(actors.entities.iter().count() > 10_000);
            assert!(actors.geo("Geneva", crate::model::Code::new("CHE")).is_some());
        }
    }

    #[test]
    fn the_build_makes_what_the_tables_say() {
        let tables = Tables::embedded();
        for &lang in marsad_text::LANGUAGES {
            let (made, read) = (Actors::load(&tables, lang).expect("sound"), Actors::load_made(&tables, lang, false, false).expect("sound"));
            assert!(made.entities.iter().eq(read.entities.iter()), "{lang}");
            assert!(made.names.trie() == read.names.trie() && made.roles.trie() == read.roles.trie(), "{lang}");
            assert!(made.names.is_made() && made.roles.is_made(), "{lang}: build/forms.rs has missed a word");
        }
    }
}
