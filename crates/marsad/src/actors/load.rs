//! From the actors' tables to their matching form.

use marsad_text::Lang;
use marsad_text::normal::fold;
use rustc_hash::FxHashSet;

use super::cells::{code, english, office, sector, wikidata};
use super::entities::{Entities, Make};
use super::geo::{Geos, geo};
use super::inventory::{Actors, Known, RoleKind};
use super::names::Gathering;
use super::outlet::Outlets;
use super::shapes::{COUNTRIES, METONYMS, ORGANISATIONS, OUTLETS, PEOPLE, PLACES, ROLES};
use super::spelling::Spelling;
use crate::forms::Vary;
use crate::tables::{Problems, Row, Shape, TableError, TableErrors, Tables};

/// A table with a name in each language.
struct Named {
    path: &'static str,
    shape: &'static Shape,
    /// The columns of the names: English, Russian, Arabic.
    names: [usize; 3],
    vary: Vary,
    /// What `make` reads.
    told: &'static [usize],
    make: Make,
}

/// These tables, in the order in which of two equal names the first is meant; countries stand before them.
const NAMED: &[Named] = &[
    Named { path: "actors/organisations.tsv", shape: &ORGANISATIONS, names: [4, 5, 6], vary: Vary::Name, told: &[1, 2, 3, 4], make: organisation },
    Named { path: "actors/metonyms.tsv", shape: &METONYMS, names: [2, 3, 4], vary: Vary::Name, told: &[0, 1, 2], make: metonym },
    Named { path: "actors/people.tsv", shape: &PEOPLE, names: [1, 2, 3], vary: Vary::Surname, told: &[0, 1, 4, 5], make: person },
    Named { path: PLACES_PATH, shape: &PLACES, names: [2, 3, 4], vary: Vary::Name, told: &[0, 1, 2], make: place },
];

const PLACES_PATH: &str = "actors/places.tsv";
const PLACE_KINDS: &[&str] = &["capital", "city", "region", "sea", "continent"];

/// First parts of adjectives of several nations that no rule makes.
const JOINING: &[(&str, &str)] = &[
    ("Anglo", "GBR"),
    ("Franco", "FRA"),
    ("Sino", "CHN"),
    ("Russo", "RUS"),
    ("Indo", "IND"),
    ("Greco", "GRC"),
    ("Turco", "TUR"),
    ("Israelo", "ISR"),
    ("Iraqi", "IRQ"),
    ("англо", "GBR"),
    ("франко", "FRA"),
    ("германо", "DEU"),
    ("греко", "GRC"),
    ("итало", "ITA"),
    ("испано", "ESP"),
    ("японо", "JPN"),
    ("индо", "IND"),
    ("афгано", "AFG"),
    ("ирано", "IRN"),
    ("ирако", "IRQ"),
    ("арабо", "SAU"),
];

/// Actors that are being loaded.
pub(super) struct Loader {
    pub lang: Lang,
    pub entities: Entities,
    pub names: Gathering,
    roles: Gathering,
    spelling: Spelling,
    pub geos: Geos,
    outlets: Outlets,
    /// A user's.
    own: FxHashSet<u32>,
}

impl Actors {
    /// Loads the tables for a language. Of the large built-in ones only the names in that language are read; whom they mean is read when it is first asked for.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Actors, TableErrors> {
        let mut problems = Problems::default();
        let mut loader = Loader {
            lang,
            entities: Entities::default(),
            names: Gathering::new(lang),
            roles: Gathering::new(lang),
            spelling: Spelling::default(),
            geos: Geos::default(),
            outlets: Outlets::default(),
            own: FxHashSet::default(),
        };
        for row in tables.collect("actors/countries.tsv", &COUNTRIES, &mut problems) {
            loader.note_own(&row, 3);
            problems.note(loader.add_country(&row));
        }
        for table in NAMED {
            loader.add_table(tables, table, &mut problems);
        }
        for row in tables.collect("actors/outlets.tsv", &OUTLETS, &mut problems) {
            problems.note(loader.outlets.add(&row));
        }
        for row in tables.collect(&format!("actors/roles/{lang}.tsv"), &ROLES, &mut problems) {
            problems.note(loader.add_role(&row));
        }
        loader.add_spots(&tables.spots);
        problems.done(loader.done())
    }
}

impl Loader {
    fn done(self) -> Actors {
        let Loader { lang, entities, names, roles, spelling, geos, outlets, own } = self;
        Actors { lang, entities, names: names.done(&own), roles: roles.done(&FxHashSet::default()), spelling, geos, outlets }
    }

    /// Notes whose the next entities are.
    fn note_own(&mut self, row: &Row, entities: u32) {
        if row.own {
            self.own.extend(self.entities.len()..self.entities.len() + entities);
        }
    }

    /// Of a column for each language that of this one.
    fn column(&self, [en, ru, ar]: [usize; 3]) -> usize {
        match self.lang {
            Lang::En => en,
            Lang::Ru => ru,
            Lang::Ar => ar,
        }
    }

    fn add_table(&mut self, tables: &Tables, table: &Named, problems: &mut Problems) {
        let column = self.column(table.names);
        if let Some(packed) = tables.packed(table.path) {
            self.entities.open(packed, table.told, table.make);
            if table.path == PLACES_PATH {
                self.geos = Geos::packed(packed);
            }
            let names = packed.column(column);
            self.names.reserve(names.count());
            for (line, cell) in names.cells() {
                let id = self.entities.push_line(line);
                if cell != "-" {
                    cell.split(';').for_each(|variant| self.add_variant(variant.trim(), table.vary, id));
                }
            }
            return;
        }
        for row in tables.collect(table.path, table.shape, problems) {
            self.note_own(&row, 1);
            let Some(known) = problems.note((table.make)(&row)) else { continue };
            if table.path == PLACES_PATH {
                let Some(geo) = problems.note(geo(&row)) else { continue };
                if let Some((key, geo)) = geo {
                    self.geos.add(key, geo);
                }
            }
            let id = self.entities.push(known);
            row.variants(column).for_each(|variant| self.add_variant(variant, table.vary, id));
        }
    }

    fn add_variant(&mut self, variant: &str, vary: Vary, id: u32) {
        if !variant.is_empty() {
            self.names.add(if vary == Vary::Surname { variant.trim_start_matches('~') } else { variant }, vary, id);
        }
    }

    fn add_country(&mut self, row: &Row) -> Result<(), TableError> {
        let code = code(row, 0, "iso3")?;
        let name = english(row, 2);
        let country = self.entities.push(Known::Country { code, name, wikidata: wikidata(row, 1)? });
        let adjective = self.entities.push(Known::Adjective(code));
        let people = self.entities.push(Known::People(code));
        for variant in row.variants(self.column([2, 5, 8])) {
            self.names.add(variant, Vary::Name, country);
            if !variant.contains(' ') && !variant.ends_with('!') {
                for form in spelling_forms(self.lang, variant) {
                    self.spelling.add(&form, country);
                }
            }
        }
        for variant in row.variants(self.column([3, 6, 9])) {
            self.names.add(variant, Vary::Nationality, adjective);
            if let Some(joined) = joining_form(self.lang, variant) {
                self.names.add(&joined, Vary::Name, adjective);
            }
        }
        for variant in row.variants(self.column([4, 7, 10])) {
            self.names.add(variant, Vary::Role, people);
        }
        for &(joined, of) in JOINING {
            if of == code.as_str() {
                self.names.add(joined, Vary::Name, adjective);
            }
        }
        Ok(())
    }

    fn add_role(&mut self, row: &Row) -> Result<(), TableError> {
        let kind = match row.required(1, "kind")? {
            "person" => RoleKind::Person,
            "body" => RoleKind::Body,
            "group" => RoleKind::Group,
            "thing" => RoleKind::Thing,
            other => return Err(row.wrong("kind", other, &["person", "body", "group", "thing"])),
        };
        let id = self.entities.push(Known::Role(kind, sector(row, 2)?));
        let lemma = row.required(0, "lemma")?.replace('*', "");
        self.roles.add(&lemma, Vary::Role, id);
        Ok(())
    }
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

/// The first part of a Russian adjective of several nations: «российский» gives «российско».
fn joining_form(lang: Lang, adjective: &str) -> Option<String> {
    if lang != Lang::Ru {
        return None;
    }
    adjective.strip_suffix("ий").map(|stem| format!("{stem}о"))
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
    fn a_row_read_late_is_the_row_read_at_once() {
        let mut whole = Tables::embedded();
        for table in NAMED {
            if let Some(packed) = Tables::embedded().packed(table.path) {
                whole.replace(table.path, packed.whole());
            }
        }
        for &lang in marsad_text::LANGUAGES {
            let (late, at_once) = (Actors::load(&Tables::embedded(), lang).expect("sound"), Actors::load(&whole, lang).expect("sound"));
            assert!(late.entities.iter().eq(at_once.entities.iter()), "{lang}");
        }
    }
}
