//! What a document has said of its actors so far: whom a surname, a pronoun or "the minister" goes back to.

use marsad_text::{Lang, Upos};
use rustc_hash::FxHashMap;

use super::resolve::{Basis, Resolved};
use crate::model::Code;
use crate::tree::Tree;

/// Mentions that are remembered; older ones are forgotten, so that memory does not grow with the document.
const REMEMBERED: usize = 64;

#[derive(Clone, Debug)]
struct Remembered {
    resolved: Resolved,
    /// Folded form of its head.
    word: String,
    sentence: usize,
    subject: bool,
    feminine: bool,
    plural: bool,
}

/// The actors of a document so far.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    recent: Vec<Remembered>,
    surnames: FxHashMap<String, Resolved>,
    countries: Vec<Named>,
    /// Where the document was written.
    home: Option<Code>,
    running: bool,
    sentence: usize,
}

/// A country that a document names.
#[derive(Clone, Copy, Debug)]
struct Named {
    code: Code,
    times: u32,
    /// Whether it is named at the beginning: by headline or lead.
    leads: bool,
}

/// Sentences of headline and lead.
const LEAD: usize = 2;

impl Memory {
    /// The memory of a document of an outlet that is at home there, which counts like a country named first; `running` if it has several sentences.
    #[must_use]
    pub fn of_document(home: Option<Code>, running: bool) -> Memory {
        let mut memory = Memory { home: home.filter(|code| code.is_country()), running, ..Memory::default() };
        home.into_iter().for_each(|code| memory.count(code, 0));
        memory
    }

    /// Begins a new sentence.
    pub fn next_sentence(&mut self) {
        self.sentence += 1;
    }

    /// Counts a country that a sentence of the document names (sentences counted from 0), to tell later which one it is about.
    pub fn count(&mut self, code: Code, sentence: usize) {
        if !code.is_country() {
            return;
        }
        let leads = sentence < LEAD;
        match self.countries.iter_mut().find(|c| c.code == code) {
            Some(named) => {
                named.times += 1;
                named.leads |= leads;
            }
            None => self.countries.push(Named { code, times: 1, leads }),
        }
    }

    /// The country that the document is about: the one named most, the earlier of equals. In a running text, whose headline and lead count once more, whoever is of
    /// no stated country is nearly always of some country of the text, so that three tenths of all mentions suffice. In an isolated sentence that names
    /// more than a few it must stand out: at least three mentions, two fifths of all, and half as many again as the next. Where none does, the document's home.
    #[must_use]
    pub fn country(&self) -> Option<Code> {
        // `max_by_key` takes the last of equals, so the order is turned round.
        let first = self.countries.iter().rev().max_by_key(|c| self.weight(c))?;
        let total: u32 = self.countries.iter().map(|c| c.times).sum();
        let n = first.times;
        let next = self.countries.iter().filter(|c| c.code != first.code).map(|c| c.times).max().unwrap_or(0);
        let clear = total <= 4 || next == 0 || self.running && n * 10 >= total * 3;
        (clear || (n >= 3 && n * 5 >= total * 2 && n * 2 >= next * 3)).then_some(first.code).or(self.home)
    }

    fn weight(&self, c: &Named) -> u32 {
        c.times + u32::from(self.running && c.leads)
    }

    /// The country that a running text names most beside one, if it names it more than in passing.
    #[must_use]
    pub fn country_but(&self, code: Code) -> Option<Code> {
        let others = self.countries.iter().rev().filter(|c| c.code != code);
        others.max_by_key(|c| self.weight(c)).filter(|c| self.running && self.weight(c) >= 2).map(|c| c.code)
    }

    /// The two countries that a running text names most, if it names both more than once and every other at most half as often.
    #[must_use]
    pub fn two_countries(&self) -> Option<[Code; 2]> {
        let mut all: Vec<&Named> = self.countries.iter().collect();
        all.sort_by_key(|c| std::cmp::Reverse(self.weight(c)));
        let [first, second, rest @ ..] = &all[..] else { return None };
        let next = rest.first().map_or(0, |c| self.weight(c));
        let clear = self.weight(second) >= (2 * next).max(2);
        (self.running && clear).then_some([first.code, second.code])
    }

    /// Whether the document has several sentences.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.running
    }

    /// Remembers a phrase that was resolved; `name` is the last word of a person's name that stands beside the phrase.
    pub fn remember(&mut self, tree: &Tree, resolved: &Resolved, name: Option<usize>, subject: bool) {
        if resolved.basis >= Basis::Attached || resolved.code.is_none() {
            return;
        }
        if resolved.person {
            self.remember_names(tree, resolved, name);
        }
        if self.recent.len() == REMEMBERED {
            self.recent.remove(0);
        }
        let head = resolved.head;
        self.recent.push(Remembered {
            resolved: resolved.clone(),
            word: tree.bare(head).to_owned(),
            sentence: self.sentence,
            subject,
            feminine: tree.feat(head, "Gender", "Fem"),
            plural: tree.feat(head, "Number", "Plur") || tree.children(head).iter().any(|&c| tree.rel(c) == marsad_text::Base::Conj),
        });
    }

    /// The last word of a person's name stands for the person from now on; in the far east the first («Ким Чен Ын», Ким).
    fn remember_names(&mut self, tree: &Tree, resolved: &Resolved, name: Option<usize>) {
        let is_name = |&w: &usize| matches!(tree.upos(w), Upos::Propn | Upos::X);
        let first = resolved.words.clone().find(is_name).filter(|_| resolved.code.is_some_and(puts_surnames_first));
        let last = name.or_else(|| resolved.words.clone().rfind(is_name));
        for word in [first, last].into_iter().flatten().filter(|&w| tree.folded(w).chars().count() > 2) {
            self.surnames.insert(stem(tree, word).to_owned(), resolved.clone());
        }
    }

    /// The last two actors with different codes, the earlier first, if both were named within two sentences.
    #[must_use]
    pub fn pair(&self) -> Option<[&Resolved; 2]> {
        let near = || self.recent.iter().rev().filter(|r| self.sentence - r.sentence <= 2 && !r.resolved.place);
        let last = near().next()?;
        let other = near().find(|r| r.resolved.code != last.resolved.code)?;
        Some([&other.resolved, &last.resolved])
    }

    /// Who was named with this word before.
    #[must_use]
    pub fn by_surname(&self, tree: &Tree, word: usize) -> Option<&Resolved> {
        matches!(tree.upos(word), Upos::Propn | Upos::X | Upos::Noun).then(|| self.surnames.get(stem(tree, word)))?
    }

    /// The last actor that was called by the same role word.
    #[must_use]
    pub fn by_role(&self, tree: &Tree, word: usize) -> Option<&Resolved> {
        let key = tree.bare(word);
        self.recent.iter().rev().find(|r| r.word == key).map(|r| &r.resolved)
    }

    /// Whom a pronoun goes back to: third persons only, the last that agrees, subjects of the sentence before first.
    #[must_use]
    pub fn antecedent(&self, tree: &Tree, pronoun: usize) -> Option<&Resolved> {
        can_refer(tree, pronoun).then(|| self.last_that_agrees(tree, pronoun))?
    }

    /// The last actor that a pronoun or verb agrees with, subjects first.
    #[must_use]
    pub fn last_that_agrees(&self, tree: &Tree, word: usize) -> Option<&Resolved> {
        let agrees = |r: &&Remembered| self.sentence - r.sentence <= 2 && Agreement::of(tree, word).fits(&r.resolved, r.feminine, r.plural, tree.lang);
        let subject = self.recent.iter().rev().find(|r| r.subject && agrees(r));
        subject.or_else(|| self.recent.iter().rev().find(agrees)).map(|r| &r.resolved)
    }
}

/// A name without its Russian case («Кимом», «Зеленского»).
fn stem<'t>(tree: &'t Tree, word: usize) -> &'t str {
    const ENDINGS: [&str; 27] = [
        "ыми", "ими", "ого", "его", "ому", "ему", "ами", "ями", "ый", "ий", "ой", "ей", "ым", "им", "ом", "ем", "ою", "ая", "ую", "а", "у", "е", "ы", "и", "ю",
        "я", "й",
    ];
    let bare = tree.bare(word);
    let cut = || ENDINGS.iter().find_map(|ending| bare.strip_suffix(ending).filter(|stem| stem.chars().count() > 2));
    if tree.lang == Lang::Ru { cut().unwrap_or(bare) } else { bare }
}

/// Whether people of a country have their surnames first.
fn puts_surnames_first(code: Code) -> bool {
    ["PRK", "KOR", "CHN", "TWN", "HKG", "MAC", "VNM", "KHM"].contains(&code.as_str())
}

/// Whether a pronoun may go back to somebody named: third persons, and pronouns without person.
pub(super) fn can_refer(tree: &Tree, pronoun: usize) -> bool {
    let spoken = tree.feat(pronoun, "Person", "1") || tree.feat(pronoun, "Person", "2");
    !spoken && (tree.feat(pronoun, "PronType", "Prs") || tree.feat(pronoun, "Person", "3"))
}

/// Russian possessives, which have no features of their owner.
pub(super) const RUSSIAN_OWN: [&str; 3] = ["его", "ее", "их"];

/// What a pronoun demands of whom it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Agreement {
    pub(super) plural: bool,
    feminine: bool,
    neuter: bool,
}

impl Agreement {
    /// The demands of a pronoun.
    pub(super) fn of(tree: &Tree, pronoun: usize) -> Agreement {
        Agreement {
            plural: tree.feat(pronoun, "Number", "Plur") || tree.folded(pronoun) == "их",
            feminine: tree.feat(pronoun, "Gender", "Fem") || tree.folded(pronoun) == "ее",
            neuter: tree.feat(pronoun, "Gender", "Neut") || matches!(tree.folded(pronoun), "it" | "its"),
        }
    }

    /// Whether an actor fits: people for plurals, no person for "it"; in Arabic and Russian countries and bodies have a gender too.
    pub(super) fn fits(self, r: &Resolved, feminine: bool, plural: bool, lang: Lang) -> bool {
        match (self.plural, self.neuter) {
            (true, _) => plural || r.group,
            (_, true) => !r.person,
            _ => feminine == self.feminine && (r.person || lang != Lang::En),
        }
    }
}
