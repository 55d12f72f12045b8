//! Finding names: a trie over the atoms of names (runs of letters and digits), each atom in all its forms.

use std::ops::Range;

use marsad_text::normal::bare;
use marsad_text::{Lang, Upos};

use super::atoms::Atom;
use super::declined::Declined;
use super::trie::{Demands, End, Trie};
use crate::forms::{Inflected, Inflecting, Vary};
use crate::hash::{ByHash, hash};
use crate::tree::Tree;

/// No atom, or no node: the root is below none.
const NONE: u32 = 0;

/// The names of one language.
#[derive(Debug)]
pub(super) struct Names {
    lang: Lang,
    trie: Trie,
    /// Of the atoms that have one form, the last of these letters, plus one, by their hash; and for each the one of the same letters before it, plus one.
    last: ByHash<u32>,
    before: Vec<u32>,
    /// To which node each atom leads from the root.
    roots: Vec<u32>,
    /// Russian atoms in their cases.
    declined: Declined,
    /// Atoms that are nouns or adjectives, in all forms.
    common: Inflected,
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

/// Whether atoms that vary so have one form.
fn stands(lang: Lang, vary: Vary) -> bool {
    match lang {
        Lang::En => vary != Vary::Role,
        Lang::Ar => !vary.takes_article(),
        Lang::Ru => false,
    }
}

impl Names {
    /// The names of a trie.
    pub fn new(lang: Lang, trie: Trie) -> Names {
        let count = trie.atoms().count();
        let (mut last, mut before) = (ByHash::default(), vec![NONE; count]);
        last.reserve(if lang == Lang::Ru { 0 } else { count });
        let (mut declined, mut common) = (Declined::default(), Inflecting::new(lang));
        for (n, (atom, vary)) in trie.atoms().enumerate() {
            if stands(lang, vary) {
                before[n] = last.insert(hash(atom), n as u32 + 1).unwrap_or(NONE);
            } else if lang == Lang::Ru && vary != Vary::Role {
                declined.add(atom, n as u32);
            } else {
                common.add(vary, atom, n as u32);
            }
        }
        let mut roots = vec![NONE; count];
        trie.roots().for_each(|(atom, node)| roots[atom as usize] = node);
        Names { lang, trie, last, before, roots, declined, common: common.done() }
    }

    /// Whether a folded word, with or without the Arabic article, is an atom of any name.
    pub fn has_atom(&self, folded: &str) -> bool {
        self.has_form(folded) || self.lang == Lang::Ar && (self.common.knows(bare(folded)) || self.common.knows(folded))
    }

    /// Whether a folded word, with or without the Arabic article, is a whole name.
    pub fn has_name(&self, folded: &str) -> bool {
        let ends = |number: u32| self.step(0, number).is_some_and(|node| !self.trie.ends(node).is_empty());
        let common = if self.lang == Lang::Ar { bare(folded) } else { folded };
        self.standing(folded).any(ends) || self.declined_of(folded).iter().chain(self.common.of(common)).any(|&number| ends(number))
    }

    /// Whether a folded word is a form of an atom that has no article.
    fn has_form(&self, folded: &str) -> bool {
        self.standing(folded).next().is_some() || self.declined.knows(folded, &self.trie) || self.lang != Lang::Ar && self.common.knows(folded)
    }

    /// The atoms of these letters that have one form, the last first.
    fn standing(&self, folded: &str) -> impl Iterator<Item = u32> {
        let last = self.last.get(&hash(folded)).copied();
        std::iter::successors(last, |&n| Some(self.before[n as usize - 1]).filter(|&before| before != NONE)).map(|n| n - 1)
    }

    /// The Russian atoms of which a folded word is a form.
    fn declined_of(&self, folded: &str) -> Vec<u32> {
        self.declined.of(folded, &self.trie)
    }

    /// The numbers of atoms that a folded word is a form of, in the order in which they got them; those with an Arabic article last.
    fn numbers(&self, atom: &Atom) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.standing(&atom.key).chain(self.declined_of(&atom.key)).collect();
        if self.lang != Lang::Ar {
            numbers.extend(self.common.of(&atom.key));
        }
        numbers.sort_unstable();
        if self.lang == Lang::Ar {
            numbers.extend(self.common.of(atom.bare()));
            // «ألماني» begins as if with an article.
            if atom.bare().len() < atom.key.len() {
                numbers.extend(self.common.of(&atom.key));
            }
        }
        numbers
    }

    /// The node to which an atom leads.
    fn step(&self, node: u32, atom: u32) -> Option<u32> {
        match node {
            0 => Some(self.roots[atom as usize]).filter(|&node| node != NONE),
            _ => self.trie.step(node, atom),
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
                nodes.iter().flat_map(|&n| self.trie.ends(n)).filter(|e: &&End| fits(e.demands, name_like, &atoms[at..=i], uncased)).map(|e| e.id).collect();
            // A name does not end inside another's hyphenated name ("Chad-Marie", "Georgia-Pacific"), but beside another ("Israel-Hamas") and before "-backed".
            let inside = |next: &Atom| next.word == atom.word && next.capital && !self.has_name(&next.key);
            if !ids.is_empty() && !atoms.get(i + 1).is_some_and(inside) {
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

#[cfg(test)]
impl Names {
    pub fn trie(&self) -> &Trie {
        &self.trie
    }

    /// Whether the build has made the forms of all nouns and adjectives.
    pub fn is_made(&self) -> bool {
        self.common.is_made()
    }
}
