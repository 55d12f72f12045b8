//! Finding names: a trie over the atoms of names (runs of letters and digits), each atom in all its forms.

use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::OnceLock;

use marsad_text::normal::{bare, fold};
use marsad_text::{Inflect, Lang, Upos, inflect::inflect};
use rustc_hash::{FxHashMap, FxHashSet};

use super::atoms::{Atom, COMMA, name_atoms};
use crate::forms::{ByHash, Forms};
use crate::hash::hash;
use crate::tree::Tree;

/// How the atoms of a name vary in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A proper name: Russian cases.
    Name,
    /// A family name.
    Surname,
    /// A nationality adjective or an adjective used as a noun.
    Adjective,
    /// Words of a role or of inhabitants: nouns and adjectives.
    Common,
}

/// What may be demanded of the text where a name is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Demands {
    /// The text must begin with a capital as the name does.
    capital: bool,
    /// Every letter must be a capital: an acronym.
    capitals: bool,
    /// The name is a common word too: only where the tagger calls it a name or an adposition stands before it.
    ambiguous: bool,
}

/// A name's entry: whom it means, and what it demands.
#[derive(Clone, Copy, Debug)]
struct End {
    id: u32,
    demands: Demands,
}

/// A trie of names for one language.
#[derive(Debug, Default)]
pub(super) struct Names {
    atoms: Forms,
    /// Russian atoms by their beginnings: their forms, tens of thousands, are made only where a text has a word that begins so.
    declined: FxHashMap<Beginning, Declined>,
    /// Atoms that an Arabic article may stand before: adjectives and common nouns.
    bare_atoms: Forms,
    /// By the hash of an atom and its style.
    atom_numbers: ByHash<u32>,
    steps: FxHashMap<(u32, u32), u32>,
    nodes: u32,
    ends: FxHashMap<u32, Vec<End>>,
}

/// The first two letters of a word, which Russian names keep in all forms.
type Beginning = [Option<char>; 2];

fn beginning(word: &str) -> Beginning {
    let mut letters = word.chars();
    [letters.next(), letters.next()]
}

/// Atoms of one beginning.
#[derive(Debug, Default)]
struct Declined {
    atoms: Vec<(Box<str>, Style, u32)>,
    forms: OnceLock<Forms>,
}

impl Declined {
    fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| {
            let mut forms = Forms::default();
            for (atom, style, number) in &self.atoms {
                // A superlative («наибольший») is no form of a name.
                for form in atom_forms(Lang::Ru, atom, *style).iter().filter(|form| beginning(form) == beginning(atom)) {
                    forms.add(form, *number);
                }
            }
            forms
        })
    }
}

/// A name found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Words of the sentence.
    pub words: Range<usize>,
    /// What it may mean, as numbers of [`super::Actors`]' inventory, the first the likeliest.
    pub ids: Vec<u32>,
    /// Whether the spelling had to be mended.
    pub mended: bool,
}

/// The names and roles of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Names, in text order, without overlap.
    pub names: Vec<Found>,
    /// Roles, in text order, without overlap among themselves.
    pub roles: Vec<Found>,
}

impl Names {
    /// Whether a folded word, with or without the Arabic article, is an atom of any name.
    pub fn has_atom(&self, folded: &str) -> bool {
        self.has_form(folded) || self.bare_atoms.knows(bare(folded))
    }

    /// Whether a folded word, with or without the Arabic article, is a whole name.
    pub fn has_name(&self, folded: &str) -> bool {
        let declined = self.declined_of(folded).map_or(&[][..], |forms| forms.of(folded));
        let numbers = self.atoms.of(folded).iter().chain(declined).chain(self.bare_atoms.of(bare(folded)));
        numbers.filter_map(|&number| self.steps.get(&(0, number))).any(|node| self.ends.contains_key(node))
    }

    /// Whether a folded word is a form of an atom that has no article.
    fn has_form(&self, folded: &str) -> bool {
        self.atoms.knows(folded) || self.declined_of(folded).is_some_and(|forms| forms.knows(folded))
    }

    /// The forms among which a folded word may be.
    fn declined_of(&self, folded: &str) -> Option<&Forms> {
        self.declined.get(&beginning(folded)).map(Declined::forms)
    }

    /// The numbers of atoms that a folded word is a form of, in the order in which they got them; those with an Arabic article last.
    fn numbers(&self, atom: &Atom) -> Vec<u32> {
        let mut numbers = [self.atoms.of(&atom.key), self.declined_of(&atom.key).map_or(&[], |forms| forms.of(&atom.key))].concat();
        numbers.sort_unstable();
        numbers.extend(self.bare_atoms.of(atom.bare()));
        numbers
    }

    /// Adds a name. `variant` may carry the marks of the tables: a leading `~` (handled by the caller) and a trailing `!` for ambiguous ones.
    pub fn add(&mut self, lang: Lang, variant: &str, style: Style, id: u32) {
        let (text, ambiguous) = variant.strip_suffix('!').map_or((variant, false), |v| (v.trim_end(), true));
        let first = text.chars().find(|c| c.is_alphanumeric());
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let capitals = lang != Lang::Ar && letters().count() <= 6 && letters().all(char::is_uppercase) && letters().count() > 1;
        let demands = Demands { capital: first.is_some_and(char::is_uppercase), capitals, ambiguous };
        let end = End { id, demands };
        let atoms = name_atoms(lang, text, takes_article(style));
        if atoms.iter().any(|atom| atom == COMMA) {
            // Speech has no commas.
            self.put(lang, &atoms.iter().filter(|atom| *atom != COMMA).cloned().collect::<Vec<_>>(), style, end);
        }
        self.put(lang, &atoms, style, end);
    }

    /// Adds the atoms of a name.
    fn put(&mut self, lang: Lang, atoms: &[String], style: Style, end: End) {
        let Some(last) = atoms.len().checked_sub(1) else { return };
        let mut node = 0;
        for (i, atom) in atoms.iter().enumerate() {
            let style = if style == Style::Surname && i < last { Style::Name } else { style };
            let number = self.atom(lang, atom, style);
            let next = self.nodes + 1;
            node = *self.steps.entry((node, number)).or_insert(next);
            self.nodes = self.nodes.max(node);
        }
        let ends = self.ends.entry(node).or_default();
        if !ends.iter().any(|e| e.id == end.id) {
            ends.push(end);
        }
    }

    /// Puts the entries of these ids before others of the same name.
    pub fn prefer(&mut self, own: &FxHashSet<u32>) {
        if !own.is_empty() {
            self.ends.values_mut().for_each(|ends| ends.sort_by_key(|e| !own.contains(&e.id)));
        }
    }

    fn atom(&mut self, lang: Lang, atom: &str, style: Style) -> u32 {
        let n = self.atom_numbers.len() as u32;
        match self.atom_numbers.entry(hash(atom).wrapping_add(style as u64)) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(new) => new.insert(n),
        };
        if lang == Lang::Ru && style != Style::Common {
            self.declined.entry(beginning(atom)).or_default().atoms.push((atom.into(), style, n));
            return n;
        }
        let index = if lang == Lang::Ar && takes_article(style) { &mut self.bare_atoms } else { &mut self.atoms };
        for form in atom_forms(lang, atom, style) {
            index.add(&form, n);
        }
        n
    }

    /// Whether a folded single word is an atom of any name.
    pub fn knows(&self, key: &str) -> bool {
        self.has_form(key) || self.bare_atoms.knows(key)
    }

    fn knows_either(&self, atom: &Atom) -> bool {
        self.has_atom(&atom.key)
    }

    /// The longest names, from left to right.
    pub fn find(&self, tree: &Tree, atoms: &[Atom], uncased: bool) -> Vec<Found> {
        let name_like = |word: usize| {
            let tagged = matches!(tree.upos(word), Upos::Propn | Upos::X);
            tagged || (word > 0 && tree.upos(word - 1) == Upos::Adp)
        };
        self.find_where(&name_like, atoms, uncased)
    }

    /// The same; `name_like` says of a word whether a name that is a common word too may begin there.
    pub fn find_where(&self, name_like: &dyn Fn(usize) -> bool, atoms: &[Atom], uncased: bool) -> Vec<Found> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < atoms.len() {
            match self.longest(name_like, atoms, at, uncased) {
                Some((end, ids)) => {
                    let words = atoms[at].word - usize::from(atoms[at].joined)..atoms[end - 1].word + 1;
                    out.push(Found { words, ids, mended: false });
                    at = end;
                }
                None => at += 1,
            }
        }
        out
    }

    fn longest(&self, name_like: &dyn Fn(usize) -> bool, atoms: &[Atom], at: usize, uncased: bool) -> Option<(usize, Vec<u32>)> {
        let mut best = None;
        // Most words are in no name.
        if !self.knows_either(&atoms[at]) {
            return None;
        }
        let mut nodes = vec![0u32];
        for (i, atom) in atoms.iter().enumerate().skip(at) {
            if i > at && atom.barrier {
                break;
            }
            let numbers = self.numbers(atom);
            nodes = nodes.iter().flat_map(|&n| numbers.iter().filter_map(move |&a| self.steps.get(&(n, a)).copied())).collect();
            if nodes.is_empty() {
                break;
            }
            let ids: Vec<u32> =
                nodes.iter().filter_map(|n| self.ends.get(n)).flatten().filter(|e| fits(e.demands, name_like, &atoms[at..=i], uncased)).map(|e| e.id).collect();
            // A name may not end inside a hyphenated word, unless that word is an adjective of several nations.
            if !ids.is_empty() {
                best = Some((i + 1, ids));
            }
        }
        best
    }
}

fn fits(demands: Demands, name_like: &dyn Fn(usize) -> bool, atoms: &[Atom], uncased: bool) -> bool {
    let first = &atoms[0];
    if uncased {
        // Without case an acronym that is a word ("us", "who") cannot be told from it.
        if demands.capitals && first.key.chars().count() < 4 {
            return false;
        }
    } else if (demands.capital && !first.capital) || (demands.capitals && !first.capitals) {
        return false;
    }
    !demands.ambiguous || name_like(first.word)
}

/// Whether words of that style may carry the Arabic article whether or not the table writes it.
fn takes_article(style: Style) -> bool {
    matches!(style, Style::Adjective | Style::Common)
}

fn atom_forms(lang: Lang, atom: &str, style: Style) -> Vec<String> {
    let mut forms = vec![atom.to_owned()];
    let mut add = |pos: Inflect| {
        for form in inflect(lang, atom, pos) {
            let folded = fold(&form);
            if !forms.contains(&folded) {
                forms.push(folded);
            }
        }
    };
    let short = atom.chars().count() < 3;
    match (lang, style) {
        _ if short => {}
        (Lang::En | Lang::Ar, Style::Name | Style::Surname) => {}
        (Lang::En, Style::Adjective) => {}
        (Lang::En, Style::Common) => add(Inflect::Noun),
        (Lang::Ar, Style::Adjective) => add(Inflect::Adjective),
        (Lang::Ar, Style::Common) => {
            add(Inflect::Noun);
            add(Inflect::Adjective);
        }
        (Lang::Ru, _) if is_russian_adjective(atom) => {
            add(Inflect::Adjective);
            if style == Style::Surname {
                add(Inflect::Surname);
            }
        }
        (Lang::Ru, Style::Surname) => add(Inflect::Surname),
        // Foreign names in other vowels are not declined (Рио, Осло, Сочи, Баку); declined they would be other words.
        (Lang::Ru, Style::Name) if ends_in_fixed_vowel(atom) => {}
        (Lang::Ru, Style::Name) => add(Inflect::Name),
        (Lang::Ru, Style::Common) => add(Inflect::Noun),
        (Lang::Ru, Style::Adjective) => add(Inflect::Adjective),
    }
    forms
}

fn ends_in_fixed_vowel(atom: &str) -> bool {
    // Мытищи, Барановичи, Апатиты, Чебоксары, Черкассы are plurals; Сочи, Поти, Алматы are not.
    let slavic = ["ово", "ево", "ино", "ыно", "ье", "ие", "цы", "ки", "ны", "ищи", "ичи", "иты", "ары", "ссы"].iter().any(|e| atom.ends_with(e));
    !slavic && atom.ends_with(['о', 'е', 'и', 'у', 'ю', 'э', 'ы'])
}

/// Whether a Russian atom looks like an adjective in the nominative.
fn is_russian_adjective(atom: &str) -> bool {
    ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"].iter().any(|e| atom.ends_with(e)) && atom.chars().count() > 4
}
