//! The actors' tables in matching form.

use std::cmp::Ordering;

use jiff::civil::Date;
use marsad_text::{Base, Lang, Upos};

use super::atoms::{sentence_atoms, surface_atoms};
use super::entities::Entities;
use super::geo::Geos;
use super::names::{Found, Mentions, Names};
use super::outlet::{Outlets, host_of};
use super::spelling::Spelling;
use crate::model::{Code, Document, Sector};
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
    /// When it ended.
    pub to: End,
}

/// The end of a term of office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is held until now.
    Open,
    /// It is over, since a day that is not told.
    Untold,
    /// Its last day.
    On(Date),
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
    pub(super) lang: Lang,
    pub(super) entities: Entities,
    pub(super) names: Names,
    pub(super) roles: Names,
    pub(super) spelling: Spelling,
    pub(super) geos: Geos,
    pub(super) outlets: Outlets,
}

impl Actors {
    /// What a number means.
    ///
    /// # Panics
    /// If the number is not from this inventory.
    #[must_use]
    pub fn known(&self, id: u32) -> &Known {
        self.entities.get(id)
    }

    /// The usual English name of a country.
    #[must_use]
    pub fn country(&self, of: Code) -> Option<&str> {
        self.entities.small().find_map(|known| match known {
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
        let all = names.clone();
        names.retain(|f| !self.is_part_of_another_person(tree, &all, f) && !self.is_verb(tree, f));
        self.mend(tree, &mut names);
        let mut roles = self.roles.find(tree, &atoms, true);
        roles.retain(|f| !is_no_noun(tree, f));
        Mentions { names, roles }
    }

    /// Whether a name is that of a state, a government or an organisation.
    fn acts_by_itself(&self, id: u32) -> bool {
        match self.known(id) {
            Known::Place { capital, .. } => *capital && self.lang == Lang::Ar,
            known => matches!(known, Known::Country { .. } | Known::Metonym { .. } | Known::Organisation { .. }),
        }
    }

    /// Whether a nation's name is an Arabic verb here: «ترك» are Turks, and left.
    fn is_verb(&self, tree: &Tree, found: &Found) -> bool {
        let nation = |&id: &u32| matches!(self.known(id), Known::Adjective(_) | Known::People(_));
        self.lang == Lang::Ar && found.words.len() == 1 && tree.upos(found.words.start) == Upos::Verb && found.ids.iter().all(nation)
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
        super::cases::heed(tree, mentions, self);
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
    fn is_part_of_another_person(&self, tree: &Tree, names: &[Found], found: &Found) -> bool {
        if !found.ids.iter().all(|&id| matches!(self.known(id), Known::Person { .. })) {
            return false;
        }
        // What stands for a state or body is no surname: «اتهم بايدن روسيا».
        let acts_itself = |w: usize| names.iter().any(|f| f.words.contains(&w) && f.ids.iter().any(|&id| self.acts_by_itself(id)));
        let goes_on = |w: usize, inside: usize| {
            let name = !acts_itself(w)
                && matches!(tree.upos(w), Upos::Propn | Upos::X)
                && (self.lang == Lang::Ar || tree.form(w).chars().next().is_some_and(char::is_uppercase));
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
}

/// From this on a tagger's part of speech is held against a role.
const SURE: f32 = 0.6;

/// Whether the only word of a role is a preposition or a verb that is spelt as one of its forms: «после» is of «посол» and after, «أمام» imam and before, «قتلت» killed
/// and killers.
fn is_no_noun(tree: &Tree, found: &Found) -> bool {
    let word = found.words.start;
    let sure = tree.word(word).tag_confidence >= SURE;
    let other = match tree.upos(word) {
        Upos::Adp | Upos::Sconj | Upos::Cconj | Upos::Adv | Upos::Part | Upos::Aux => true,
        Upos::Verb => tree.lang == Lang::Ar || tree.feat(word, "VerbForm", "Fin") || tree.children_by(word, &[Base::Nsubj]).next().is_some(),
        _ => false,
    };
    found.words.len() == 1 && sure && other
}

impl Office {
    /// Whether the office was held on a day, before or after it. One that ended nobody tells when is known to be held on its first day only.
    #[must_use]
    pub fn when(&self, day: Date) -> Ordering {
        let over = match self.to {
            End::Open => false,
            End::Untold => self.from != Some(day),
            End::On(to) => day > to,
        };
        if self.from.is_some_and(|from| day < from) {
            Ordering::Less
        } else if over {
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
