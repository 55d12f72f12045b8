//! Finding names: a trie over the atoms of names (runs of letters and digits), each atom in all its forms.

use std::ops::Range;

use marsad_text::normal::{bare, is_letter, is_letter_or_digit};
use marsad_text::{Lang, Upos};
use rustc_hash::{FxHashMap, FxHashSet};

use super::atoms::Atom;
use super::cut::{COMMA, Cut};
use super::declined::Declined;
use crate::forms::{ByHash, Inflected, Inflecting, Vary};
use crate::hash::hash;
use crate::tree::Tree;

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

/// No next one in a chain.
const NONE: u32 = u32::MAX;

/// An atom of names, by its number.
#[derive(Clone, Copy, Debug)]
struct Known {
    vary: Vary,
    /// The next of the same letters.
    next: u32,
}

/// A trie of names for one language.
#[derive(Debug)]
pub(super) struct Names {
    lang: Lang,
    /// The first atom of these letters, by their hash.
    first: ByHash<u32>,
    atoms: Vec<Known>,
    /// Russian atoms in their cases.
    declined: Declined,
    /// Atoms that are nouns or adjectives.
    common: Inflected,
    /// The node to which an atom leads from the root; 0 for none.
    roots: Vec<u32>,
    /// From another node by an atom to a node.
    steps: FxHashMap<u64, u32>,
    /// The first and the last entry of each node.
    nodes: Vec<[u32; 2]>,
    /// Entries, with the next of the same node.
    ends: Vec<(End, u32)>,
}

/// Names that are being gathered.
#[derive(Debug)]
pub(super) struct Gathering {
    names: Names,
    common: Inflecting,
    cut: Cut,
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

impl Gathering {
    /// Without names yet.
    pub fn new(lang: Lang) -> Gathering {
        let (first, declined, common) = (ByHash::default(), Declined::default(), Inflecting::new(lang).done());
        let names = Names { lang, first, atoms: Vec::new(), declined, common, roots: Vec::new(), steps: FxHashMap::default(), nodes: vec![[NONE; 2]], ends: Vec::new() };
        Gathering { names, common: Inflecting::new(lang), cut: Cut::default() }
    }

    /// Makes room for about that many further names.
    pub fn reserve(&mut self, names: usize) {
        self.names.first.reserve(names);
        self.names.steps.reserve(names);
        self.names.nodes.reserve(2 * names);
        self.names.ends.reserve(names);
    }

    /// Adds a name. `variant` may carry the marks of the tables: a leading `~` (handled by the caller) and a trailing `!` for ambiguous ones.
    pub fn add(&mut self, variant: &str, vary: Vary, id: u32) {
        let (text, ambiguous) = variant.strip_suffix('!').map_or((variant, false), |v| (v.trim_end(), true));
        let capital = text.chars().find(|c| is_letter_or_digit(*c)).is_some_and(char::is_uppercase);
        let end = End { id, demands: Demands { capital, capitals: self.names.lang != Lang::Ar && is_acronym(text), ambiguous } };
        let mut cut = std::mem::take(&mut self.cut);
        cut.cut(self.names.lang, text, takes_article(vary));
        if cut.has_comma {
            // Speech has no commas.
            self.put(cut.atoms().filter(|atom| *atom != COMMA), vary, end);
        }
        self.put(cut.atoms(), vary, end);
        self.cut = cut;
    }

    /// Adds the atoms of a name.
    fn put<'c>(&mut self, atoms: impl DoubleEndedIterator<Item = &'c str>, vary: Vary, end: End) {
        let mut atoms = atoms.peekable();
        if atoms.peek().is_none() {
            return;
        }
        let mut node = 0;
        while let Some(atom) = atoms.next() {
            // Of a person's names the last is the family's.
            let vary = if vary == Vary::Surname && atoms.peek().is_some() { Vary::Name } else { vary };
            let number = self.atom(atom, vary);
            let next = self.names.nodes.len() as u32;
            let way = if node == 0 { &mut self.names.roots[number as usize] } else { self.names.steps.entry(step(node, number)).or_default() };
            if *way == 0 {
                *way = next;
            }
            node = *way;
            if node == next {
                self.names.nodes.push([NONE; 2]);
            }
        }
        let names = &mut self.names;
        if names.ends_of(node).all(|e| e.id != end.id) {
            let n = names.ends.len() as u32;
            names.ends.push((end, NONE));
            let [first, last] = &mut names.nodes[node as usize];
            match *last {
                NONE => *first = n,
                last => names.ends[last as usize].1 = n,
            }
            *last = n;
        }
    }

    /// The number of an atom.
    fn atom(&mut self, atom: &str, vary: Vary) -> u32 {
        let names = &mut self.names;
        let n = names.atoms.len() as u32;
        let mut at = *names.first.entry(hash(atom)).or_insert(n);
        while at != n {
            let known = &mut names.atoms[at as usize];
            if known.vary == vary {
                return at;
            }
            if known.next == NONE {
                known.next = n;
            }
            at = known.next;
        }
        names.atoms.push(Known { vary, next: NONE });
        names.roots.push(0);
        if names.lang == Lang::Ru && vary != Vary::Role {
            names.declined.add(atom, vary, n);
        } else if !stands(names.lang, vary) {
            self.common.add(vary, atom, n);
        }
        n
    }

    /// The names; the entries of some ids stand before others of the same name.
    pub fn done(mut self, preferred: &FxHashSet<u32>) -> Names {
        self.names.common = self.common.done();
        if !preferred.is_empty() {
            self.names.prefer(preferred);
        }
        self.names
    }
}

fn step(node: u32, atom: u32) -> u64 {
    u64::from(node) << 32 | u64::from(atom)
}

/// Whether a name is two to six letters, all capitals.
fn is_acronym(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().filter(|c| is_letter(*c)) {
        letters += 1;
        if letters > 6 || !c.is_uppercase() {
            return false;
        }
    }
    letters > 1
}

/// Whether atoms that vary so have one form.
fn stands(lang: Lang, vary: Vary) -> bool {
    match lang {
        Lang::En => vary != Vary::Role,
        Lang::Ar => !takes_article(vary),
        Lang::Ru => false,
    }
}

impl Names {
    /// Whether a folded word, with or without the Arabic article, is an atom of any name.
    pub fn has_atom(&self, folded: &str) -> bool {
        self.has_form(folded) || self.lang == Lang::Ar && self.common.knows(bare(folded))
    }

    /// Whether a folded word, with or without the Arabic article, is a whole name.
    pub fn has_name(&self, folded: &str) -> bool {
        let ends = |number: u32| self.step(0, number).is_some_and(|node| self.ends_of(node).next().is_some());
        let common = if self.lang == Lang::Ar { bare(folded) } else { folded };
        self.standing(folded).any(ends) || self.declined.of(folded).iter().chain(self.common.of(common)).any(|&number| ends(number))
    }

    /// Whether a folded word is a form of an atom that has no article.
    fn has_form(&self, folded: &str) -> bool {
        self.standing(folded).next().is_some() || self.declined.knows(folded) || self.lang != Lang::Ar && self.common.knows(folded)
    }

    /// The atoms of these letters that have one form.
    fn standing(&self, folded: &str) -> impl Iterator<Item = u32> {
        let first = if self.lang == Lang::Ru { None } else { self.first.get(&hash(folded)).copied() };
        let same = std::iter::successors(first, |&n| Some(self.atoms[n as usize].next).filter(|&next| next != NONE));
        same.filter(|&n| stands(self.lang, self.atoms[n as usize].vary))
    }

    /// The numbers of atoms that a folded word is a form of, in the order in which they got them; those with an Arabic article last.
    fn numbers(&self, atom: &Atom) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.standing(&atom.key).chain(self.declined.of(&atom.key)).collect();
        if self.lang == Lang::Ar {
            numbers.extend(self.common.of(atom.bare()));
        } else {
            numbers.extend(self.common.of(&atom.key));
            numbers.sort_unstable();
        }
        numbers
    }

    /// The node to which an atom leads.
    fn step(&self, node: u32, atom: u32) -> Option<u32> {
        match node {
            0 => Some(self.roots[atom as usize]).filter(|&node| node != 0),
            _ => self.steps.get(&step(node, atom)).copied(),
        }
    }

    /// The entries of a node.
    fn ends_of(&self, node: u32) -> impl Iterator<Item = &End> {
        let at = |n: u32| self.ends.get(n as usize);
        std::iter::successors(at(self.nodes[node as usize][0]), move |(_, next)| at(*next)).map(|(end, _)| end)
    }

    /// Puts the entries of these ids before others of the same name.
    fn prefer(&mut self, preferred: &FxHashSet<u32>) {
        for node in 0..self.nodes.len() {
            let mut ends: Vec<End> = self.ends_of(node as u32).copied().collect();
            ends.sort_by_key(|e| !preferred.contains(&e.id));
            let mut at = self.nodes[node][0];
            for end in ends {
                let place = &mut self.ends[at as usize];
                place.0 = end;
                at = place.1;
            }
        }
    }

    /// Whether a folded single word is an atom of any name.
    pub fn knows(&self, key: &str) -> bool {
        self.has_form(key) || self.lang == Lang::Ar && self.common.knows(key)
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
            nodes = nodes.iter().flat_map(|&n| numbers.iter().filter_map(move |&a| self.step(n, a))).collect();
            if nodes.is_empty() {
                break;
            }
            let ids: Vec<u32> =
                nodes.iter().flat_map(|&n| self.ends_of(n)).filter(|e| fits(e.demands, name_like, &atoms[at..=i], uncased)).map(|e| e.id).collect();
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

/// Whether words that vary so may carry the Arabic article whether or not the table writes it.
fn takes_article(vary: Vary) -> bool {
    matches!(vary, Vary::Nationality | Vary::Role)
}
