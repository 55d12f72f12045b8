//! From the actors' tables to their matching form.

use marsad_text::Lang;
use marsad_text::normal::fold;
use rustc_hash::FxHashMap;

use super::cells::{code, english, office, sector, wikidata};
use super::entities::{Entities, Make};
use super::geo::{Geos, geo};
use super::inventory::{Actors, Known, RoleKind};
use super::made_tries;
use super::named::{NAMED, Named, country_column, country_names};
use super::names::Names;
use super::outlet::Outlets;
use super::shapes::{COUNTRIES, METONYMS, ORGANISATIONS, OUTLETS, PEOPLE, PLACES, ROLES};
use super::spelling::Spelling;
use super::trie::{Growing, Trie};
use super::united::Unions;
use crate::forms::Vary;
use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, Tables};

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
        };
        for row in tables.collect("actors/countries.tsv", &COUNTRIES, &mut problems) {
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
        let Loader { lang, entities, names, spelling, geos, outlets } = self;
        let names = names.map_or_else(|| made(made_tries(lang)[0], 0), Growing::done);
        Actors { lang, entities, names: Names::new(lang, names), roles: Names::new(lang, roles), spelling, geos, outlets }
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
        if table.name == "people" {
            return self.add_people(tables, table, problems);
        }
        for row in tables.collect(&path, shape, problems) {
            let Some(known) = make(&row, problems) else { continue };
            let Some(geo) = problems.note(if is_places { geo(&row) } else { Ok(None) }) else { continue };
            if let Some((key, geo)) = geo {
                self.geos.add(key, geo);
            }
            let id = self.entities.push(known);
            self.add_names(&row, table, id);
        }
    }

    /// Adds people: what a user's row and ours tell of the same person is told of one.
    fn add_people(&mut self, tables: &Tables, table: &Named, problems: &mut Problems) {
        let rows = tables.collect(&path(table), &Shape { key: Key::None, ..PEOPLE }, problems);
        let unions = Unions::of(&rows);
        let mut ids: FxHashMap<usize, u32> = FxHashMap::default();
        for (n, row) in rows.iter().enumerate() {
            if let Some(&id) = unions.user_of(n).and_then(|user| ids.get(&user)) {
                self.add_names(row, table, id);
                continue;
            }
            let Some(known) = person(row, problems) else { continue };
            let id = self.entities.push(unions.whole(n, known, &|n| person(&rows[n], &mut Problems::default())));
            ids.insert(n, id);
            self.add_names(row, table, id);
        }
    }

    /// Adds the names of a row; a user's go before others of the same letters.
    fn add_names(&mut self, row: &Row, table: &Named, id: u32) {
        if let Some(names) = &mut self.names {
            row.variants(table.column(self.lang)).for_each(|variant| names.add(variant, table.vary, id, row.own));
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
            country_names(self.lang, code.as_str(), |column| row.variants(column), |name, vary, of| names.add(name, vary, country + of, row.own));
        }
        Ok(())
    }

    /// Adds the roles; their words as a trie.
    fn add_roles(&mut self, tables: &Tables, are_made: bool, problems: &mut Problems) -> Trie {
        let mut roles = (!are_made).then(|| Growing::new(self.lang));
        let first = self.entities.len();
        for row in tables.collect(&roles_path(self.lang), &ROLES, problems) {
            let (Some(role), Some(lemma)) = (role(&row, problems), problems.note(row.required(0, "lemma"))) else { continue };
            let id = self.entities.push(role);
            if let Some(roles) = &mut roles {
                roles.add(&lemma.replace('*', ""), Vary::Role, id, false);
            }
        }
        roles.map_or_else(|| made(made_tries(self.lang)[1], first), Growing::done)
    }
}

fn role(row: &Row, problems: &mut Problems) -> Option<Known> {
    let (kind, sector) = (problems.note(role_kind(row)), problems.note(sector(row, 2)));
    Some(Known::Role(kind?, sector?))
}

fn role_kind(row: &Row) -> Result<RoleKind, TableError> {
    match row.required(1, "kind")? {
        "person" => Ok(RoleKind::Person),
        "body" => Ok(RoleKind::Body),
        "group" => Ok(RoleKind::Group),
        "thing" => Ok(RoleKind::Thing),
        other => Err(row.wrong("kind", other, &["person", "body", "group", "thing"])),
    }
}

/// Notes a user's row that names nothing.
fn name(row: &Row, columns: [usize; 3], problems: &mut Problems) -> Option<()> {
    let named = !row.own || columns.iter().any(|&column| row.variants(column).next().is_some());
    problems.note(if named { Ok(()) } else { Err(row.error("no name in en, ru or ar, expected one at least")) })
}

fn organisation(row: &Row, problems: &mut Problems) -> Option<Known> {
    // Of a packed table only what is told is read, which is not the id.
    let named = if row.own { problems.note(row.required(0, "id")).and(name(row, [4, 5, 6], problems)) } else { Some(()) };
    let (code, sector, wikidata) = (problems.note(code(row, 2, "code")), problems.note(sector(row, 3)), problems.note(wikidata(row, 1)));
    named?;
    Some(Known::Organisation { code: code?, sector: sector?, name: english(row, 4), wikidata: wikidata? })
}

fn metonym(row: &Row, problems: &mut Problems) -> Option<Known> {
    let named = name(row, [2, 3, 4], problems);
    let (code, sector) = (problems.note(code(row, 0, "iso3")), problems.note(sector(row, 1)));
    named?;
    Some(Known::Metonym { code: code?, sector: sector?, name: english(row, 2) })
}

fn person(row: &Row, problems: &mut Problems) -> Option<Known> {
    let named = name(row, [1, 2, 3], problems);
    let (wikidata, code) = (problems.note(wikidata(row, 0)), problems.note(code(row, 4, "country")));
    let offices = row.variants(5).map(|one| problems.note(office(row, one))).collect::<Vec<_>>().into_iter().collect::<Option<_>>();
    named?;
    Some(Known::Person { code: code?, name: english(row, 1), wikidata: wikidata?, offices: offices? })
}

fn place(row: &Row, problems: &mut Problems) -> Option<Known> {
    let kind = row.required(0, "kind").and_then(|kind| if PLACE_KINDS.contains(&kind) { Ok(kind) } else { Err(row.wrong("kind", kind, PLACE_KINDS)) });
    let named = name(row, [2, 3, 4], problems);
    let (kind, code) = (problems.note(kind), problems.note(row.get(1).map(|_| code(row, 1, "iso3")).transpose()));
    named?;
    Some(Known::Place { code: code?, name: english(row, 2), capital: kind? == "capital" })
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
