//! What a noun phrase means: code and sector, composed from names, nationality adjectives, titles, possessors and what the document said before.

use std::ops::Range;

use jiff::civil::Date;
use marsad_text::{Base, Lang, Upos};

use super::inventory::{Actors, Known, RoleKind, office_on};
use super::memory::Memory;
use super::names::Mentions;
use crate::model::{Code, Sector};
use crate::tree::Tree;

/// How an actor came to be known; later kinds are weaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// By its name.
    Name,
    /// By a role that is composed with a name.
    Composed,
    /// By a role whose country comes from the sentence or the document.
    Context,
    /// By a pronoun or a description that goes back to an earlier mention.
    Anaphor,
    /// By a role alone.
    Role,
    /// A word with a country's adjective or genitive that is no known role.
    Attached,
    /// Nothing is known of it.
    Nothing,
}

/// A noun phrase and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The phrase's head.
    pub head: usize,
    /// Words to show as evidence.
    pub words: Range<usize>,
    /// Home code.
    pub code: Option<Code>,
    /// Sector.
    pub sector: Option<Sector>,
    /// Name in full.
    pub name: Option<String>,
    /// Office on the day.
    pub office: Option<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// How it is known.
    pub basis: Basis,
    /// Whether it is one person.
    pub person: bool,
    /// Whether the name is a place that does not govern: it is acted upon, or the scene.
    pub place: bool,
    /// Whether it is people in the plural or a body.
    pub group: bool,
}

/// A sentence with what is needed to resolve its phrases.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The tree.
    pub tree: &'a Tree<'a>,
    /// Names and roles in it.
    pub mentions: &'a Mentions,
    /// The tables.
    pub actors: &'a Actors,
    /// What the document said before.
    pub memory: &'a Memory,
    /// The document's day.
    pub day: Option<Date>,
}

/// Longest chain of possessors that is followed.
pub(super) const DEEPEST: usize = 5;

/// Prepositions that say where somebody is.
const WHERE: &[&str] = &["in", "at", "в", "на", "في", "ب"];

/// Words that say where somebody lives or has a seat.
const BASED: &[&str] =
    &["base", "based", "live", "headquartered", "locate", "located", "مقيم", "مقيمة", "مقيمون", "مقيمين", "متمركز", "متمركزة", "متمركزون", "متمركزين"];

/// The same in Russian, where lemmas of participles are often guessed wrong: their beginnings.
const RUSSIAN_BASED: &[&str] = &["базирующ", "живущ", "проживающ", "находящ", "осевш"];

impl Scene<'_> {
    /// What the phrase headed by this word means.
    #[must_use]
    pub fn resolve(&self, head: usize) -> Resolved {
        let mut resolved = self.resolve_to(head, 0);
        if resolved.code.is_none()
            && (resolved.basis == Basis::Role || self.whose_other(head).is_some() || (resolved.basis == Basis::Nothing && self.is_somebody(head)))
        {
            self.take_context(&mut resolved);
        }
        resolved
    }

    pub(super) fn resolve_to(&self, head: usize, depth: usize) -> Resolved {
        let tree = self.tree;
        let mut r = self.blank(head);
        if depth > DEEPEST {
            return r;
        }
        let again = |words, before: Resolved| Resolved { head, words, basis: before.basis.max(Basis::Anaphor), ..before };
        if let Some(noun) = self.relative(head) {
            return again(r.words, self.resolve_to(noun, depth + 1));
        }
        let resumed = self.resumed(head).map(|noun| self.resolve_to(noun, depth + 1));
        // "His father" is of nobody who is a thing.
        if let Some(noun) = resumed.filter(|r| r.code.is_some() || tree.rel(head) != Base::Nmod) {
            return again(r.words, noun);
        }
        if self.is_pronoun(head) {
            let here = self.antecedent(head).map(|of| self.resolve_to(of, depth + 1)).filter(|before| before.code.is_some());
            return match here.or_else(|| self.memory.antecedent(tree, head).cloned()) {
                Some(before) => again(r.words, before),
                None => r,
            };
        }
        let role = self.role_at(head);
        if let Some(known) = self.name_at(head)
            && !(role.is_some() && matches!(known, Known::Adjective(_) | Known::People(_)))
        {
            self.take_name(known, &mut r);
            if let Known::Organisation { code, .. } = known {
                self.take_nation(*code, depth, &mut r);
            }
            return r;
        }
        if let Some(person) = self.person_beside(head) {
            self.take_name(person, &mut r);
            return r;
        }
        match role {
            Some((kind, sector)) => self.compose(head, kind, sector, depth, &mut r),
            None => self.take_unknown(head, depth, &mut r),
        }
        r
    }

    /// A phrase of which nothing is known yet.
    pub(super) fn blank(&self, head: usize) -> Resolved {
        Resolved {
            head,
            words: self.phrase(head),
            code: None,
            sector: None,
            name: None,
            office: None,
            wikidata: None,
            basis: Basis::Nothing,
            person: false,
            place: false,
            group: false,
        }
    }

    /// The words of the phrase: head, flat names, compounds, adjectives and close genitives.
    pub(super) fn phrase(&self, head: usize) -> Range<usize> {
        let mut range = head..head + 1;
        let mut open = vec![(head, 0)];
        while let Some((at, depth)) = open.pop() {
            for &c in self.tree.children(at) {
                let inside = matches!(self.tree.rel(c), Base::Flat | Base::Compound | Base::Amod | Base::Nummod | Base::Fixed | Base::Goeswith)
                    || (self.tree.rel(c) == Base::Nmod && depth < 3);
                if inside && c.abs_diff(head) <= 12 {
                    range = range.start.min(c)..range.end.max(c + 1);
                    open.push((c, depth + 1));
                }
            }
        }
        if let Some(found) = self.mentions.names.iter().find(|f| f.words.contains(&head)) {
            range = range.start.min(found.words.start)..range.end.max(found.words.end);
        }
        range
    }

    /// What the name that covers a word means; of several meanings the one that fits the day.
    pub(super) fn name_at(&self, word: usize) -> Option<&Known> {
        let found = self.mentions.names.iter().find(|f| f.words.contains(&word))?;
        self.choose(&found.ids)
    }

    fn choose(&self, ids: &[u32]) -> Option<&Known> {
        let holds = |id: &&u32| match self.actors.known(**id) {
            Known::Person { offices, .. } => matches!(office_on(offices, self.day), Ok(Some(_))),
            _ => true,
        };
        ids.iter().find(holds).or_else(|| ids.first()).map(|&id| self.actors.known(id))
    }

    pub(super) fn role_at(&self, word: usize) -> Option<(RoleKind, Option<Sector>)> {
        let found = self.mentions.roles.iter().find(|f| f.words.contains(&word))?;
        match self.actors.known(*found.ids.first()?) {
            Known::Role(kind, sector) => Some((*kind, *sector)),
            _ => None,
        }
    }

    /// A known person whose name stands beside the head as title and name do: flat, apposition, compound, or a nominal without preposition.
    fn person_beside(&self, head: usize) -> Option<&Known> {
        let mut open = vec![(head, 0)];
        while let Some((at, depth)) = open.pop() {
            for &c in self.tree.children(at) {
                let beside = matches!(self.tree.rel(c), Base::Flat | Base::Appos | Base::Compound | Base::Nmod | Base::Dep)
                    && self.tree.preposition(c).is_none()
                    && !self.tree.is_possessive(c);
                if !beside || c.abs_diff(head) > 10 {
                    continue;
                }
                // A genitive person after a body or thing is its possessor, not its name ("the office of Macron", «حكومة نتنياهو»).
                let is_name = match self.tree.rel(c) {
                    Base::Nmod | Base::Compound => self.is_office(head),
                    _ => true,
                };
                if is_name && let Some(known @ Known::Person { .. }) = self.name_at(c) {
                    return Some(known);
                }
                if depth < 2 && self.tree.rel(c) != Base::Appos {
                    open.push((c, depth + 1));
                }
            }
        }
        None
    }

    /// Whether a word is one person's title, so that a name that hangs on it is that person's: not "Trump critics", «брат Зеленского».
    fn is_office(&self, head: usize) -> bool {
        let office = |sector: Option<Sector>| !matches!(sector, None | Some(Sector::Cvl | Sector::Crm | Sector::Opp));
        let plural = self.tree.feat(head, "Number", "Plur");
        self.role_at(head).is_some_and(|(kind, sector)| kind == RoleKind::Person && office(sector)) && !plural
    }

    fn take_name(&self, known: &Known, r: &mut Resolved) {
        r.basis = Basis::Name;
        r.code = known.code();
        match known {
            Known::Country { name, wikidata, .. } => {
                r.sector = Some(Sector::Gov);
                r.name = Some(name.clone());
                r.wikidata.clone_from(wikidata);
            }
            Known::Adjective(_) => r.basis = Basis::Attached,
            Known::People(_) => r.group = true,
            Known::Place { name, capital, .. } => {
                r.sector = capital.then_some(Sector::Gov);
                r.place = !capital;
                r.name = Some(name.clone());
            }
            Known::Metonym { sector, name, .. } => {
                r.sector = *sector;
                r.name = Some(name.clone());
                r.group = true;
            }
            Known::Organisation { sector, name, wikidata, .. } => {
                r.sector = *sector;
                r.name = Some(name.clone());
                r.wikidata.clone_from(wikidata);
                r.group = true;
            }
            Known::Person { name, wikidata, offices, .. } => {
                r.person = true;
                r.name = Some(name.clone());
                r.wikidata.clone_from(wikidata);
                match office_on(offices, self.day) {
                    Ok(Some(office)) => {
                        r.sector = Some(office.sector);
                        r.office = Some(office.title.clone());
                    }
                    Ok(None) => {}
                    Err(left) => {
                        r.sector = Some(Sector::Eli);
                        r.office = Some(format!("former {}", left.title));
                    }
                }
            }
            Known::Role(..) => {}
        }
    }

    /// "Belarus's Security Council" is no body of the United Nations: a nation that the name of an international body hangs together with makes it the nation's.
    fn take_nation(&self, of: Code, depth: usize, r: &mut Resolved) {
        let tree = self.tree;
        if of.is_country() {
            return;
        }
        let words = self.mentions.names.iter().find(|f| f.words.contains(&r.head)).map_or(r.head..r.head + 1, |f| f.words.clone());
        let mut outside = words.clone().flat_map(|w| tree.children(w).iter().copied()).filter(|c| !words.contains(c));
        let nation = |c: usize| {
            let whose = matches!(tree.rel(c), Base::Amod | Base::Det) || tree.rel(c) == Base::Nmod && self.says_whose(c) && !self.says_where(c);
            let known = self.name_at(c).filter(|_| whose)?;
            matches!(known, Known::Country { .. } | Known::Adjective(_)).then(|| self.modifier(c, depth))?
        };
        if let Some(code) = outside.find_map(nation).and_then(|part| part.code).filter(|code| code.is_country()) {
            r.code = Some(code);
            r.sector = r.sector.or(Some(Sector::Gov));
            r.name = None;
            r.wikidata = None;
            r.basis = Basis::Composed;
        }
    }

    /// A role takes country, and where it has none of its own sector, from what modifies it.
    fn compose(&self, head: usize, kind: RoleKind, sector: Option<Sector>, depth: usize, r: &mut Resolved) {
        r.basis = Basis::Role;
        r.sector = sector;
        r.person = kind == RoleKind::Person;
        r.group = !r.person;
        let role_words = self.mentions.roles.iter().find(|f| f.words.contains(&head)).map_or(head..head + 1, |f| f.words.clone());
        let mut modifiers: Vec<usize> = role_words.flat_map(|w| self.tree.children(w).iter().copied()).filter(|&c| self.is_modifier(c, kind)).collect();
        if self.is_other(head) {
            modifiers.retain(|&c| !self.says_whose(c));
        }
        modifiers.extend(self.seats(head));
        // "The UN's coordinator in Sarajevo" is the UN's.
        modifiers.sort_by_key(|&c| (self.tree.rel(c) == Base::Nmod, self.says_where(c), c.abs_diff(head)));
        for m in modifiers {
            for m in self.tree.coordinated(m) {
                let Some(part) = self.modifier(m, depth) else { continue };
                if r.code.is_none() && part.code.is_some() {
                    r.code = part.code;
                    r.basis = Basis::Composed;
                }
                if r.sector.is_none() {
                    r.sector = part.sector;
                }
            }
        }
    }

    /// Where somebody is said to live or to have a seat: "militants based in Pakistan".
    fn seats(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let tree = self.tree;
        let based = move |c: usize| BASED.iter().any(|w| tree.is_word(c, w)) || RUSSIAN_BASED.iter().any(|stem| tree.folded(c).starts_with(stem));
        let clauses = tree.children_by(head, &[Base::Acl, Base::Amod]).filter(move |&c| based(c));
        clauses.flat_map(move |c| tree.children_by(c, &[Base::Obl, Base::Nmod])).filter(|&c| self.says_where(c))
    }

    fn says_where(&self, c: usize) -> bool {
        self.tree.preposition(c).is_some_and(|p| WHERE.contains(&p.as_str()))
    }

    /// Whether a dependent says whose or of where a role is.
    fn is_modifier(&self, c: usize, kind: RoleKind) -> bool {
        // Trees take "the emir of Kuwait" for a name where a language has no word for "of", and «координатор ООН» for an apposition.
        let names_no_person = || self.name_at(c).is_some_and(|known| !matches!(known, Known::Person { .. } | Known::Role(..)));
        match self.tree.rel(c) {
            Base::Amod | Base::Compound | Base::Det => true,
            Base::Flat => kind != RoleKind::Person || names_no_person(),
            Base::Appos => kind != RoleKind::Person || self.tree.lang == Lang::Ru && names_no_person(),
            Base::Nmod | Base::Obl => match self.tree.preposition(c).as_deref() {
                None | Some("of" | "ل" | "для" | "от" | "from" | "من" | "لدي" | "при") => true,
                // Where people are is where they are from, unless they are soldiers or diplomats.
                Some(p) if WHERE.contains(&p) => matches!(kind, RoleKind::Group | RoleKind::Body | RoleKind::Person),
                _ => false,
            },
            _ => false,
        }
    }

    pub(super) fn modifier(&self, m: usize, depth: usize) -> Option<Resolved> {
        // An adjective of nationality, or a name used as one.
        if let Some(known) = self.name_at(m) {
            let mut part = self.blank(m);
            self.take_name(known, &mut part);
            return Some(part);
        }
        let part = self.resolve_to(m, depth + 1);
        (part.basis != Basis::Nothing).then_some(part)
    }

    /// A word that is neither name nor role: the document may know it, its title may tell, else its adjective or genitive gives a country.
    fn take_unknown(&self, head: usize, depth: usize, r: &mut Resolved) {
        if let Some(before) = self.memory.by_surname(self.tree, head) {
            let words = r.words.clone();
            *r = Resolved { head, words, ..before.clone() };
            return;
        }
        if let Some(title) = self.title_beside(head) {
            let (kind, sector) = self.role_at(title).unwrap_or((RoleKind::Person, None));
            self.compose(title, kind, sector, depth, r);
            if r.code.is_none() {
                self.adopt(head, depth, r);
            }
            r.head = head;
            return;
        }
        self.adopt(head, depth, r);
    }

    /// Whether a word is an unknown name with a title beside it: "Minister Ricardo Paucar".
    #[must_use]
    pub fn has_title(&self, word: usize) -> bool {
        self.tree.upos(word) == Upos::Propn && self.title_beside(word).is_some()
    }

    /// The last word of the unknown name of a person that stands beside a title: «министр обороны Тимур Байпаков».
    #[must_use]
    pub fn name_beside(&self, title: usize) -> Option<usize> {
        let tree = self.tree;
        let name = |c: &usize| tree.upos(*c) == Upos::Propn && !self.is_named(*c) && !self.is_role(*c);
        let first = tree.children_by(title, &[Base::Appos, Base::Flat]).find(|c| *c > title && name(c))?;
        Some(tree.children_by(first, &[Base::Flat]).filter(name).max().unwrap_or(first))
    }

    /// A role word beside an unknown name: apposition, compound, flat, in either direction.
    fn title_beside(&self, head: usize) -> Option<usize> {
        let beside = [Base::Appos, Base::Compound, Base::Flat, Base::Nmod, Base::Amod];
        let below =
            self.tree.children(head).iter().copied().find(|&c| {
                beside.contains(&self.tree.rel(c)) && self.tree.preposition(c).is_none() && self.role_at(c).is_some_and(|(k, _)| k == RoleKind::Person)
            });
        below.or_else(|| {
            let h = self.tree.head(head)?;
            (matches!(self.tree.rel(head), Base::Appos | Base::Flat) && self.role_at(h).is_some()).then_some(h)
        })
    }

    /// Takes a country from an adjective of nationality or a genitive.
    fn adopt(&self, head: usize, depth: usize, r: &mut Resolved) {
        let other = self.is_other(head);
        for &c in self.tree.children(head).iter().filter(|&&c| !other || !self.says_whose(c)) {
            let named = self.name_at(c).filter(|_| matches!(self.tree.rel(c), Base::Amod | Base::Compound | Base::Nmod | Base::Flat));
            let part = match (named, self.tree.rel(c)) {
                (Some(_), _) => self.modifier(c, depth),
                (None, Base::Nmod) if self.tree.preposition(c).is_none_or(|p| matches!(p.as_str(), "of" | "ل")) => self.modifier(c, depth),
                _ => None,
            };
            if let Some(part) = part.filter(|p| p.code.is_some()) {
                r.code = part.code;
                r.sector = None;
                r.basis = Basis::Attached;
                r.place = part.place;
                return;
            }
        }
    }

    /// The country of a role that names none: that of an earlier holder of the role, else the document's own. Unknown gunmen and bombers of an isolated
    /// sentence are nobody's.
    fn take_context(&self, r: &mut Resolved) {
        if r.sector == Some(Sector::Uaf) && !self.memory.is_running() {
            return;
        }
        let code = match self.whose_other(r.head) {
            Some(whose) => self.memory.country_but(whose),
            None => self.memory.by_role(self.tree, r.head).and_then(|b| b.code).or(self.memory.country()),
        };
        if let Some(code) = code {
            r.code = Some(code);
            r.basis = Basis::Context;
        }
    }

    /// Whether a word is a name or a pronoun of which nothing is known: somebody, and most likely somebody of the document's country.
    fn is_somebody(&self, head: usize) -> bool {
        let tree = self.tree;
        let name = tree.upos(head) == Upos::Propn && self.mentions.names.iter().all(|f| !f.words.contains(&head));
        let pronoun = tree.upos(head) == Upos::Pron && tree.feat(head, "PronType", "Prs") && !matches!(tree.folded(head), "it" | "its" | "ها" | "оно");
        name || pronoun
    }

    /// Whether a word is part of a name of a place or country; Brussels is one, though it acts for the European Union.
    #[must_use]
    pub fn place_at(&self, word: usize) -> Option<(String, Option<Code>)> {
        let place = |known: &Known| match known {
            Known::Country { name, code, .. } => Some((name.clone(), Some(*code))),
            Known::Place { name, code, .. } => Some((name.clone(), *code)),
            _ => None,
        };
        let known = self.name_at(word)?;
        place(known).or_else(|| {
            let found = self.mentions.names.iter().find(|f| f.words.contains(&word)).filter(|_| matches!(known, Known::Metonym { .. }))?;
            found.ids.iter().find_map(|&id| place(self.actors.known(id)))
        })
    }

    /// The name that covers a word, as what it may be in front of a noun: who is behind an adjective or compound.
    #[must_use]
    pub fn is_named(&self, word: usize) -> bool {
        self.name_at(word).is_some()
    }

    /// Whether a role word covers a word.
    #[must_use]
    pub fn is_role(&self, word: usize) -> bool {
        self.role_at(word).is_some()
    }

    /// Every code that one word holds: «российско-американские» is two.
    #[must_use]
    pub fn codes_in(&self, word: usize) -> Vec<Resolved> {
        let mut out: Vec<Resolved> = Vec::new();
        for found in self.mentions.names.iter().filter(|f| f.words.contains(&word)) {
            let Some(known) = self.choose(&found.ids) else { continue };
            let mut r = self.blank(word);
            self.take_name(known, &mut r);
            if r.sector.is_none() && matches!(known, Known::Adjective(_)) {
                r.sector = Some(Sector::Gov);
            }
            if !out.iter().any(|o| o.code == r.code) {
                out.push(r);
            }
        }
        out
    }
}

/// Whether a language's script shows names by capitals.
#[must_use]
pub fn shows_names(lang: Lang) -> bool {
    lang != Lang::Ar
}
