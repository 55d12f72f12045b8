//! A trie over the atoms of names. `build.rs` reads this file too: it makes the trie of the built-in names, which at every start would take most of the time.

use std::collections::BTreeMap;

use marsad_text::Lang;
use marsad_text::normal::{is_letter, is_letter_or_digit};

use super::cut::{COMMA, Cut};
use super::hash::{ByHash, hash};
use super::vary::Vary;

/// What may be demanded of the text where a name is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    /// The text must begin with a capital as the name does.
    pub capital: bool,
    /// Every letter must be a capital: an acronym.
    pub capitals: bool,
    /// The name is a common word too: only where the tagger calls it a name or an adposition stands before it.
    pub ambiguous: bool,
}

/// A name's entry: whom it means, and what it demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub id: u32,
    pub demands: Demands,
}

/// Names, each a way from the root (node 0) by its atoms. Nodes are numbered level by level, so that the children of all nodes, one node after the other, are
/// nodes 1, 2, 3 and so on.
#[derive(Debug, PartialEq, Eq)]
pub struct Trie {
    /// The letters of the atoms, in the order in which they came up.
    letters: String,
    /// Where each atom begins among the letters, and the end of the last.
    letter_starts: Vec<u32>,
    vary: Vec<Vary>,
    /// How many children the nodes before have, and those of all.
    starts: Vec<u32>,
    /// The atoms that lead to the nodes from 1, ascending for each parent.
    children: Vec<u32>,
    /// How many entries the nodes before have, and those of all.
    end_starts: Vec<u32>,
    ends: Vec<End>,
}

impl Trie {
    /// The atoms with the ways in which they vary; an atom's number is its place.
    pub fn atoms(&self) -> impl Iterator<Item = (&str, Vary)> {
        (0..self.vary.len()).map(|n| (self.atom(n as u32), self.vary[n]))
    }

    /// The letters of an atom.
    pub fn atom(&self, n: u32) -> &str {
        &self.letters[self.letter_starts[n as usize] as usize..self.letter_starts[n as usize + 1] as usize]
    }

    /// How an atom varies.
    pub fn vary(&self, n: u32) -> Vary {
        self.vary[n as usize]
    }

    /// The nodes below the root by their atoms.
    pub fn roots(&self) -> impl Iterator<Item = (u32, u32)> {
        let below = self.starts.get(1).copied().unwrap_or(0);
        (0..below).map(|n| (self.children[n as usize], n + 1))
    }

    /// The node to which an atom leads from another.
    pub fn step(&self, node: u32, atom: u32) -> Option<u32> {
        let start = self.starts[node as usize];
        let children = &self.children[start as usize..self.starts[node as usize + 1] as usize];
        children.binary_search(&atom).ok().map(|at| start + at as u32 + 1)
    }

    /// The entries of a node, in the order in which they were added.
    pub fn ends(&self, node: u32) -> &[End] {
        &self.ends[self.end_starts[node as usize] as usize..self.end_starts[node as usize + 1] as usize]
    }

    /// The trie as bytes for [`Trie::from_bytes`].
    ///
    /// # Panics
    /// If it has more atoms, entries or children of a node than 16 bits can tell.
    pub fn to_bytes(&self) -> Vec<u8> {
        let small = |n: u32| u16::try_from(n).expect("numbers of the built-in names have 16 bits").to_le_bytes();
        let counts = |starts: &[u32]| starts.windows(2).flat_map(|two| small(two[1] - two[0])).collect::<Vec<u8>>();
        let lengths = self.atoms().flat_map(|(atom, _)| small(atom.len() as u32)).collect();
        let parts = [
            self.letters.clone().into_bytes(),
            lengths,
            self.vary.iter().map(|&vary| vary as u8).collect(),
            counts(&self.starts),
            self.children.iter().flat_map(|&atom| small(atom)).collect(),
            counts(&self.end_starts),
            self.ends.iter().flat_map(|end| small(end.id)).collect(),
            self.ends.iter().map(|end| end.demands.bits()).collect(),
        ];
        parts.into_iter().flat_map(|part| (part.len() as u32).to_le_bytes().into_iter().chain(part)).collect()
    }

    /// The trie of what [`Trie::to_bytes`] has written; entries have their numbers behind `first`. `None` if it is cut short;
    /// bytes of another origin are not looked through.
    pub fn from_bytes(bytes: &[u8], first: u32) -> Option<Trie> {
        let mut rest = bytes;
        let mut part = || {
            let (length, after) = rest.split_first_chunk()?;
            let (part, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            rest = after;
            Some(part)
        };
        let small = |bytes: &[u8]| bytes.as_chunks().0.iter().map(|two| u32::from(u16::from_le_bytes(*two))).collect::<Vec<u32>>();
        let sums = |counts: Vec<u32>| {
            let mut sum = 0;
            [0].into_iter().chain(counts).map(|n| (sum += n, sum).1).collect::<Vec<u32>>()
        };
        let letters = String::from_utf8(part()?.to_vec()).ok()?;
        let letter_starts = sums(small(part()?));
        let vary = part()?.iter().map(|&n| Vary::of_number(n)).collect::<Option<_>>()?;
        let (starts, children, end_starts) = (sums(small(part()?)), small(part()?), sums(small(part()?)));
        let (ids, demands) = (small(part()?), part()?);
        let ends = ids.iter().zip(demands).map(|(id, &bits)| End { id: first + id, demands: Demands::of_bits(bits) }).collect();
        Some(Trie { letters, letter_starts, vary, starts, children, end_starts, ends })
    }
}

impl Demands {
    fn bits(self) -> u8 {
        u8::from(self.capital) | u8::from(self.capitals) << 1 | u8::from(self.ambiguous) << 2
    }

    fn of_bits(bits: u8) -> Demands {
        Demands { capital: bits & 1 != 0, capitals: bits & 2 != 0, ambiguous: bits & 4 != 0 }
    }
}

/// A trie that is being made.
#[derive(Debug)]
pub struct Growing {
    lang: Lang,
    letters: String,
    letter_starts: Vec<u32>,
    vary: Vec<Vary>,
    /// The numbers of the atoms of these letters, by their hash.
    numbers: ByHash<Vec<u32>>,
    nodes: Vec<Node>,
    cut: Cut,
}

#[derive(Debug, Default)]
struct Node {
    children: BTreeMap<u32, usize>,
    /// Entries, and whether they are preferred.
    ends: Vec<(End, bool)>,
}

impl Growing {
    /// A trie without names.
    pub fn new(lang: Lang) -> Growing {
        let (letters, letter_starts, vary, numbers) = (String::new(), vec![0], Vec::new(), ByHash::default());
        Growing { lang, letters, letter_starts, vary, numbers, nodes: vec![Node::default()], cut: Cut::default() }
    }

    /// Adds a name; a preferred one stands before others of the same letters. `variant` may carry the marks of the tables: a leading `~`, which says nothing here,
    /// and a trailing `!` for ambiguous ones.
    pub fn add(&mut self, variant: &str, vary: Vary, id: u32, preferred: bool) {
        let variant = if vary == Vary::Surname { variant.trim_start_matches('~') } else { variant };
        let (text, ambiguous) = variant.strip_suffix('!').map_or((variant, false), |v| (v.trim_end(), true));
        let capital = text.chars().find(|c| is_letter_or_digit(*c)).is_some_and(char::is_uppercase);
        let end = End { id, demands: Demands { capital, capitals: self.lang != Lang::Ar && is_acronym(text), ambiguous } };
        let mut cut = std::mem::take(&mut self.cut);
        cut.cut(self.lang, text, vary.takes_article());
        if cut.atoms().any(|atom| atom == COMMA) {
            // Speech has no commas.
            self.put(cut.atoms().filter(|atom| *atom != COMMA), vary, (end, preferred));
        }
        self.put(cut.atoms(), vary, (end, preferred));
        self.cut = cut;
    }

    /// Adds the atoms of a name.
    fn put<'c>(&mut self, atoms: impl Iterator<Item = &'c str>, vary: Vary, end: (End, bool)) {
        let mut atoms = atoms.peekable();
        let mut node = 0;
        while let Some(atom) = atoms.next() {
            // Of a person's names the last is the family's.
            let vary = if vary == Vary::Surname && atoms.peek().is_some() { Vary::Name } else { vary };
            let number = self.number(atom, vary);
            let next = self.nodes.len();
            node = *self.nodes[node].children.entry(number).or_insert(next);
            if node == next {
                self.nodes.push(Node::default());
            }
        }
        let ends = &mut self.nodes[node].ends;
        if node > 0 && ends.iter().all(|(e, _)| e.id != end.0.id) {
            ends.push(end);
        }
    }

    /// The number of an atom.
    fn number(&mut self, atom: &str, vary: Vary) -> u32 {
        let same = self.numbers.entry(hash(atom)).or_default();
        if let Some(&number) = same.iter().find(|&&n| self.vary[n as usize] == vary) {
            return number;
        }
        let number = self.vary.len() as u32;
        same.push(number);
        self.letters.push_str(atom);
        self.letter_starts.push(self.letters.len() as u32);
        self.vary.push(vary);
        number
    }

    /// The trie.
    pub fn done(mut self) -> Trie {
        let mut order = vec![0];
        let (mut starts, mut children, mut end_starts, mut ends) = (vec![0], Vec::new(), vec![0], Vec::new());
        for at in 0..self.nodes.len() {
            let node = &mut self.nodes[order[at]];
            children.extend(node.children.keys());
            order.extend(node.children.values());
            node.ends.sort_by_key(|(_, preferred)| !preferred);
            ends.extend(node.ends.iter().map(|(end, _)| *end));
            starts.push(children.len() as u32);
            end_starts.push(ends.len() as u32);
        }
        Trie { letters: self.letters, letter_starts: self.letter_starts, vary: self.vary, starts, children, end_starts, ends }
    }
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
