//! The actors' tables in matching form.

use std::cmp::Ordering;

use jiff::civil::Date;
use marsad_text::normal::fold;
use marsad_text::{Base, Lang, Upos};
use rustc_hash::FxHashSet;

use super::atoms::{sentence_atoms, surface_atoms};
use super::cells::{code, english, office, sector, wikidata};
use super::geo::Geos;
use super::names::{Found, Mentions, Names, Style};
use super::outlet::{Outlets, host_of};
use super::shapes::{COUNTRIES, METONYMS, ORGANISATIONS, OUTLETS, PEOPLE, PLACES, ROLES};
use super::spelling::Spelling;
use crate::model::{Code, Document, Sector};
use crate::tables::{Problems, Row, Shape, TableError, TableErrors, Tables};
use crate::tree::Tree;

/// A term of office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Sector of the office.
    pub sector: Sector,
    /// Title in English.
    pub title: String,
    /// First day; `None` for since ever.
    pub from: Option<Date>,
    /// Last day; `None` for until now.
    pub to: Option<Date>,
}

/// Kind of a role word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
    /// A person's office or trade.
    Person,
    /// An institution.
    Body,
    /// People.
    Group,
    /// What makes its possessor act: troops, an embassy.
    Thing,
}

/// Whom or what a name or role means.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// A country by name.
    Country {
        /// Its code.
        code: Code,
        /// Usual English name.
        name: String,
        /// Wikidata id.
        wikidata: Option<String>,
    },
    /// An adjective of nationality.
    Adjective(Code),
    /// Inhabitants.
    People(Code),
    /// A place that is no country.
    Place {
        /// Country it lies in; `None` for seas and continents.
        code: Option<Code>,
        /// Usual English name.
        name: String,
        /// Whether it is a capital and so may stand for the government.
        capital: bool,
    },
    /// A seat or institution with a name of its own.
    Metonym {
        /// Country.
        code: Code,
        /// Sector of who sits there.
        sector: Option<Sector>,
        /// Usual English name.
        name: String,
    },
    /// An organisation.
    Organisation {
        /// Code.
        code: Code,
        /// Sector.
        sector: Option<Sector>,
        /// Usual English name.
        name: String,
        /// Wikidata id.
        wikidata: Option<String>,
    },
    /// A person.
    Person {
        /// Home country.
        code: Code,
        /// Usual English name.
        name: String,
        /// Wikidata id.
        wikidata: Option<String>,
        /// Offices in order of time.
        offices: Vec<Office>,
    },
    /// A role; its sector, `None` where it comes from what it modifies.
    Role(RoleKind, Option<Sector>),
}

impl Known {
    /// The home code, where it has one of its own.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        match self {
            Known::Country { code, .. }
            | Known::Adjective(code)
            | Known::People(code)
            | Known::Metonym { code, .. }
            | Known::Organisation { code, .. }
            | Known::Person { code, .. } => Some(*code),
            Known::Place { code, .. } => *code,
            Known::Role(..) => None,
        }
    }
}

/// Everything known of actors in one language.
#[derive(Debug)]
pub struct Actors {
    lang: Lang,
    pub(super) known: Vec<Known>,
    names: Names,
    roles: Names,
    spelling: Spelling,
    pub(super) geos: Geos,
    outlets: Outlets,
}

type Add = fn(&mut Actors, &Row) -> Result<(), TableError>;

/// The tables of names, in the order in which of two equal names the first is meant.
const READERS: &[(&str, &Shape, Add)] = &[
    ("actors/countries.tsv", &COUNTRIES, Actors::add_country),
    ("actors/organisations.tsv", &ORGANISATIONS, Actors::add_organisation),
    ("actors/metonyms.tsv", &METONYMS, Actors::add_metonym),
    ("actors/people.tsv", &PEOPLE, Actors::add_person),
    ("actors/places.tsv", &PLACES, Actors::add_place),
    ("actors/outlets.tsv", &OUTLETS, Actors::add_outlet),
];

impl Actors {
    /// Loads the tables for a language.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Actors, TableErrors> {
        let (names, roles) = (Names::default(), Names::default());
        let mut actors = Actors { lang, known: Vec::new(), names, roles, spelling: Spelling::default(), geos: Geos::default(), outlets: Outlets::default() };
        let mut problems = Problems::default();
        let mut own = FxHashSet::default();
        for (path, shape, add) in READERS {
            for row in tables.collect(path, shape, &mut problems) {
                let first = actors.known.len() as u32;
                problems.note(add(&mut actors, &row));
                if row.own {
                    own.extend(first..actors.known.len() as u32);
                }
            }
        }
        for row in tables.collect(&format!("actors/roles/{lang}.tsv"), &ROLES, &mut problems) {
            problems.note(actors.add_role(&row));
        }
        actors.add_spots(&tables.spots);
        actors.names.prefer(&own);
        problems.done(actors)
    }

    /// What a number means.
    ///
    /// # Panics
    /// If the number is not from this inventory.
    #[must_use]
    pub fn known(&self, id: u32) -> &Known {
        &self.known[id as usize]
    }

    /// The usual English name of a country.
    #[must_use]
    pub fn country(&self, of: Code) -> Option<&str> {
        self.known.iter().find_map(|known| match known {
            Known::Country { code, name, .. } if *code == of => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether a folded word is a name, or part of a role, in some form.
    #[must_use]
    pub fn has_word(&self, folded: &str) -> bool {
        self.names.has_name(folded) || self.roles.has_atom(folded)
    }

    /// The country that a document's outlet is at home in, by its name, its address, or an identifier that names it.
    #[must_use]
    pub fn home(&self, document: &Document) -> Option<Code> {
        let by_name = || document.outlet.as_deref().and_then(|name| self.outlets.of_name(name).or_else(|| self.home_of_media(name)));
        let by_address = || document.url.as_deref().and_then(host_of).and_then(|host| self.outlets.of_host(host));
        by_name().or_else(by_address).or_else(|| self.outlets.of_id(&document.id)).flatten()
    }

    /// The home of media that the table of organisations names so; the outer `None` where it does not.
    fn home_of_media(&self, name: &str) -> Option<Option<Code>> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let found = self.surface_names(&words, false);
        let whole = found.iter().find(|f| f.words == (0..words.len()))?;
        whole.ids.iter().find_map(|&id| match self.known(id) {
            Known::Organisation { code, sector: Some(Sector::Jrn), .. } => Some(code.is_country().then_some(*code)),
            _ => None,
        })
    }

    /// Names and roles in a parsed sentence.
    #[must_use]
    pub fn mentions(&self, tree: &Tree) -> Mentions {
        let known = |key: &str| self.names.has_atom(key) || self.roles.has_atom(key);
        let atoms = sentence_atoms(tree, &known, &|key| self.names.knows(key));
        let uncased = tree.is_uncased();
        let mut names = self.names.find(tree, &atoms, uncased);
        names.retain(|f| !self.is_part_of_another_person(tree, f));
        self.mend(tree, &mut names);
        Mentions { names, roles: self.roles.find(tree, &atoms, true) }
    }

    /// What the name that covers a word most likely means.
    pub(super) fn name_over(&self, mentions: &Mentions, word: usize) -> Option<&Known> {
        let found = mentions.names.iter().find(|f| f.words.contains(&word))?;
        found.ids.first().map(|&id| self.known(id))
    }

    /// The kind of the role that covers a word.
    pub(super) fn role_over(&self, mentions: &Mentions, word: usize) -> Option<RoleKind> {
        let found = mentions.roles.iter().find(|f| f.words.contains(&word))?;
        match self.known(*found.ids.first()?) {
            Known::Role(kind, _) => Some(*kind),
            _ => None,
        }
    }

    /// Mends a tree by what names tell of it.
    pub fn mend_tree(&self, tree: &mut Tree, mentions: &Mentions) {
        super::apart::keep_letters(tree, mentions);
        super::apart::free_objects(tree, mentions, self);
        super::agreement::agree(tree, mentions, self);
    }

    /// Names among words that nobody has parsed, such as a transcript's; `uncased` where the text has no capitals to tell names by. Of names that are
    /// common words too, only those with a capital inside a sentence are found.
    #[must_use]
    pub fn surface_names(&self, words: &[&str], uncased: bool) -> Vec<Found> {
        let atoms = surface_atoms(self.lang, words, |key| self.names.knows(key));
        let capital = |word: usize| words[word].chars().next().is_some_and(char::is_uppercase);
        let name_like = |word: usize| !uncased && self.lang != Lang::Ar && word > 0 && capital(word) && !words[word - 1].ends_with(['.', '!', '?']);
        self.names.find_where(&name_like, &atoms, uncased)
    }

    /// Whether a person's name is only part of a longer name, of somebody else: "Juan Carlos" in "Juan Carlos Varela".
    fn is_part_of_another_person(&self, tree: &Tree, found: &Found) -> bool {
        if !found.ids.iter().all(|&id| matches!(self.known(id), Known::Person { .. })) {
            return false;
        }
        let goes_on = |w: usize, inside: usize| {
            let name = matches!(tree.upos(w), Upos::Propn | Upos::X) && (self.lang == Lang::Ar || tree.form(w).chars().next().is_some_and(char::is_uppercase));
            let tied = |a: usize, b: usize| tree.head(a) == Some(b) && matches!(tree.rel(a), Base::Flat | Base::Nmod | Base::Compound);
            name && (found.words.clone().any(|f| tied(w, f) || tied(f, w))
                || tree.head(w).is_some() && tree.head(w) == tree.head(inside) && tree.rel(w) == Base::Flat)
        };
        let before = found.words.start.checked_sub(1).is_some_and(|w| goes_on(w, found.words.start) && self.roles_word(tree, w).is_none());
        let after = found.words.end < tree.len() && goes_on(found.words.end, found.words.end - 1);
        before || after
    }

    fn roles_word(&self, tree: &Tree, w: usize) -> Option<()> {
        (self.roles.knows(tree.folded(w)) || self.roles.knows(tree.bare(w))).then_some(())
    }

    /// Adds misspelt names: words that the tagger takes for names and that no name has.
    fn mend(&self, tree: &Tree, names: &mut Vec<Found>) {
        for word in 0..tree.len() {
            let name_like = match self.lang {
                Lang::Ar => matches!(tree.upos(word), Upos::Propn | Upos::X),
                _ => tree.upos(word) == Upos::Propn && tree.form(word).chars().next().is_some_and(char::is_uppercase),
            };
            let bare = tree.bare(word);
            if !name_like
                || self.names.knows(tree.folded(word))
                || self.names.knows(bare)
                || self.roles.knows(bare)
                || names.iter().any(|f| f.words.contains(&word))
            {
                continue;
            }
            if let Some(id) = self.spelling.mend(tree.folded(word)) {
                names.push(Found { words: word..word + 1, ids: vec![id], mended: true });
            }
        }
        names.sort_by_key(|f| f.words.start);
    }

    pub(super) fn push(&mut self, known: Known) -> u32 {
        self.known.push(known);
        (self.known.len() - 1) as u32
    }

    fn column(&self, en: usize, ru: usize, ar: usize) -> usize {
        match self.lang {
            Lang::En => en,
            Lang::Ru => ru,
            Lang::Ar => ar,
        }
    }

    fn add_country(&mut self, row: &Row) -> Result<(), TableError> {
        let code = code(row, 0, "iso3")?;
        let name = english(row, 2);
        let country = self.push(Known::Country { code, name, wikidata: wikidata(row, 1)? });
        let adjective = self.push(Known::Adjective(code));
        let people = self.push(Known::People(code));
        for variant in row.variants(self.column(2, 5, 8)) {
            self.names.add(self.lang, variant, Style::Name, country);
            if !variant.contains(' ') && !variant.ends_with('!') {
                for form in spelling_forms(self.lang, variant) {
                    self.spelling.add(&form, country);
                }
            }
        }
        for variant in row.variants(self.column(3, 6, 9)) {
            self.names.add(self.lang, variant, Style::Adjective, adjective);
            if let Some(joined) = joining_form(self.lang, variant) {
                self.names.add(self.lang, &joined, Style::Name, adjective);
            }
        }
        for variant in row.variants(self.column(4, 7, 10)) {
            self.names.add(self.lang, variant, Style::Common, people);
        }
        for &(joined, of) in JOINING {
            if of == code.as_str() {
                self.names.add(self.lang, joined, Style::Name, adjective);
            }
        }
        Ok(())
    }

    fn add_place(&mut self, row: &Row) -> Result<(), TableError> {
        let kind = row.required(0, "kind")?;
        if !PLACE_KINDS.contains(&kind) {
            return Err(row.wrong("kind", kind, PLACE_KINDS));
        }
        let code = row.get(1).map(|_| code(row, 1, "iso3")).transpose()?;
        let name = english(row, 2);
        self.add_geo(row, &name, code)?;
        let place = self.push(Known::Place { code, name, capital: kind == "capital" });
        self.add_variants(row, self.column(2, 3, 4), Style::Name, place);
        Ok(())
    }

    fn add_metonym(&mut self, row: &Row) -> Result<(), TableError> {
        let metonym = Known::Metonym { code: code(row, 0, "iso3")?, sector: sector(row, 1)?, name: english(row, 2) };
        let id = self.push(metonym);
        self.add_variants(row, self.column(2, 3, 4), Style::Name, id);
        Ok(())
    }

    fn add_organisation(&mut self, row: &Row) -> Result<(), TableError> {
        let organisation = Known::Organisation { code: code(row, 2, "code")?, sector: sector(row, 3)?, name: english(row, 4), wikidata: wikidata(row, 1)? };
        let id = self.push(organisation);
        self.add_variants(row, self.column(4, 5, 6), Style::Name, id);
        Ok(())
    }

    fn add_person(&mut self, row: &Row) -> Result<(), TableError> {
        let offices = row.variants(5).map(|o| office(row, o)).collect::<Result<Vec<_>, _>>()?;
        let person = Known::Person { code: code(row, 4, "country")?, name: english(row, 1), wikidata: wikidata(row, 0)?, offices };
        let id = self.push(person);
        for variant in row.variants(self.column(1, 2, 3)) {
            self.names.add(self.lang, variant.trim_start_matches('~'), Style::Surname, id);
        }
        Ok(())
    }

    fn add_outlet(&mut self, row: &Row) -> Result<(), TableError> {
        self.outlets.add(row)
    }

    fn add_role(&mut self, row: &Row) -> Result<(), TableError> {
        let kind = match row.required(1, "kind")? {
            "person" => RoleKind::Person,
            "body" => RoleKind::Body,
            "group" => RoleKind::Group,
            "thing" => RoleKind::Thing,
            other => return Err(row.wrong("kind", other, &["person", "body", "group", "thing"])),
        };
        let id = self.push(Known::Role(kind, sector(row, 2)?));
        let lemma = row.required(0, "lemma")?.replace('*', "");
        self.roles.add(self.lang, &lemma, Style::Common, id);
        Ok(())
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    pub(super) fn add_name(&mut self, name: &str, style: Style, id: u32) {
        self.names.add(self.lang, name, style, id);
    }

    fn add_variants(&mut self, row: &Row, column: usize, style: Style, id: u32) {
        for variant in row.variants(column) {
            self.names.add(self.lang, variant, style, id);
        }
    }
}

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
        Lang::Ar => vec![folded],
        Lang::En => vec![folded],
    }
}

impl Office {
    /// Whether the office was held on a day, before or after it.
    #[must_use]
    pub fn when(&self, day: Date) -> Ordering {
        if self.from.is_some_and(|from| day < from) {
            Ordering::Less
        } else if self.to.is_some_and(|to| day > to) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

/// The office that counts on a day: the last of those held then; without a day, the last of all. `Err` holds the last one left before the day.
pub fn office_on(offices: &[Office], day: Option<Date>) -> Result<Option<&Office>, &Office> {
    let Some(day) = day else { return Ok(offices.last()) };
    match offices.iter().rev().find(|o| o.when(day) == Ordering::Equal) {
        Some(held) => Ok(Some(held)),
        None => match offices.iter().rev().find(|o| o.when(day) == Ordering::Greater) {
            Some(left) => Err(left),
            None => Ok(None),
        },
    }
}
