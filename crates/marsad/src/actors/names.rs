//! Finding names: a trie over the atoms of names (runs of letters and digits), each atom in all its forms.

use std::borrow::Cow;
use std::ops::Range;

use marsad_text::normal::{bare, fold, is_dropped, is_letter_or_digit};
use marsad_text::{Inflect, Lang, Upos, inflect::inflect};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::forms::Forms;
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
struct Entry {
    id: u32,
    demands: Demands,
}

/// A trie of names for one language.
#[derive(Debug, Default)]
pub(super) struct Names {
    atoms: Forms,
    /// Atoms that an Arabic article may stand before: adjectives and common nouns.
    bare_atoms: Forms,
    atom_numbers: FxHashMap<(Box<str>, u8), u32>,
    steps: FxHashMap<(u32, u32), u32>,
    nodes: u32,
    ends: FxHashMap<u32, Vec<Entry>>,
}

/// An atom of a sentence.
#[derive(Debug)]
pub(super) struct Atom<'a> {
    key: Cow<'a, str>,
    word: usize,
    capital: bool,
    capitals: bool,
    /// Punctuation lies before it.
    barrier: bool,
}

impl Atom<'_> {
    /// The key without the Arabic article.
    fn bare(&self) -> &str {
        bare(&self.key)
    }
}

/// The runs of letters and digits of a word.
fn pieces(form: &str) -> impl Iterator<Item = &str> {
    form.split(|c: char| !(is_letter_or_digit(c) || is_dropped(c))).filter(|p| !p.is_empty())
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
        self.atoms.knows(folded) || self.bare_atoms.knows(bare(folded))
    }

    /// Adds a name. `variant` may carry the marks of the tables: a leading `~` (handled by the caller) and a trailing `!` for ambiguous ones.
    pub fn add(&mut self, lang: Lang, variant: &str, style: Style, id: u32) {
        let (text, ambiguous) = variant.strip_suffix('!').map_or((variant, false), |v| (v.trim_end(), true));
        let first = text.chars().find(|c| c.is_alphanumeric());
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let capitals = lang != Lang::Ar && letters().count() <= 6 && letters().all(char::is_uppercase) && letters().count() > 1;
        let demands = Demands { capital: first.is_some_and(char::is_uppercase), capitals, ambiguous };
        let atoms = name_atoms(lang, text, takes_article(style));
        if atoms.is_empty() {
            return;
        }
        let last = atoms.len() - 1;
        let mut node = 0;
        for (i, atom) in atoms.iter().enumerate() {
            let style = if style == Style::Surname && i < last { Style::Name } else { style };
            let number = self.atom(lang, atom, style);
            let next = self.nodes + 1;
            node = *self.steps.entry((node, number)).or_insert(next);
            self.nodes = self.nodes.max(node);
        }
        let ends = self.ends.entry(node).or_default();
        if !ends.iter().any(|e| e.id == id) {
            ends.push(Entry { id, demands });
        }
    }

    /// Puts the entries of these ids before others of the same name.
    pub fn prefer(&mut self, own: &FxHashSet<u32>) {
        if !own.is_empty() {
            self.ends.values_mut().for_each(|ends| ends.sort_by_key(|e| !own.contains(&e.id)));
        }
    }

    fn atom(&mut self, lang: Lang, atom: &str, style: Style) -> u32 {
        let key = (atom.to_owned().into_boxed_str(), style as u8);
        if let Some(&n) = self.atom_numbers.get(&key) {
            return n;
        }
        let n = self.atom_numbers.len() as u32;
        self.atom_numbers.insert(key, n);
        let index = if lang == Lang::Ar && takes_article(style) { &mut self.bare_atoms } else { &mut self.atoms };
        for form in atom_forms(lang, atom, style) {
            index.add(&form, n);
        }
        n
    }

    /// Whether a folded single word is an atom of any name.
    pub fn knows(&self, key: &str) -> bool {
        self.atoms.knows(key) || self.bare_atoms.knows(key)
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
                    let words = atoms[at].word..atoms[end - 1].word + 1;
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
            let numbers = || self.atoms.of(&atom.key).iter().chain(self.bare_atoms.of(atom.bare()));
            nodes = nodes.iter().flat_map(|&n| numbers().filter_map(move |&a| self.steps.get(&(n, a)).copied())).collect();
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

/// The atoms of words that nobody has parsed; Arabic clitics are taken off where a name is left.
pub(super) fn surface_atoms(lang: Lang, words: &[&str], knows: impl Fn(&str) -> bool) -> Vec<Atom<'static>> {
    let mut out = Vec::with_capacity(words.len());
    for (word, form) in words.iter().enumerate() {
        let mut barrier = word == 0;
        for piece in pieces(form) {
            let mut key = fold(piece);
            if lang == Lang::Ar && !knows(&key) && !knows(bare(&key)) {
                key = without_clitics(&key).into_iter().find(|rest| knows(rest) || knows(bare(rest))).unwrap_or(key);
            }
            if key.is_empty() {
                continue;
            }
            let capitals = piece.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let capital = piece.chars().next().is_some_and(char::is_uppercase);
            out.push(Atom { key: key.into(), word, capital, capitals, barrier });
            barrier = false;
        }
    }
    out
}

/// What may be left of an Arabic word when conjunctions and prepositions written with it are taken off.
fn without_clitics(key: &str) -> Vec<String> {
    let mut out = Vec::new();
    let without_and = key.strip_prefix(['و', 'ف']);
    out.extend(without_and.map(str::to_owned));
    for host in [Some(key), without_and].into_iter().flatten() {
        out.extend(host.strip_prefix("لل").map(|rest| format!("ال{rest}")));
        out.extend(host.strip_prefix(['ب', 'ل', 'ك']).map(str::to_owned));
    }
    out.retain(|rest| rest.chars().count() >= 3);
    out
}

/// The atoms of a sentence.
pub(super) fn sentence_atoms<'a>(tree: &'a Tree) -> Vec<Atom<'a>> {
    let mut out = Vec::with_capacity(tree.len());
    let mut barrier = true;
    for word in 0..tree.len() {
        let form = tree.form(word);
        if form == "'s" || form == "’s" {
            barrier = true;
            continue;
        }
        let mut any = false;
        for piece in pieces(form) {
            let key = if piece.len() == form.len() { Cow::from(tree.folded(word)) } else { fold(piece).into() };
            if key.is_empty() {
                continue;
            }
            let capitals = piece.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let capital = piece.chars().next().is_some_and(char::is_uppercase);
            out.push(Atom { key, word, capital, capitals, barrier });
            any = true;
            barrier = false;
        }
        // Hyphens, quotation marks and full stops may stand inside a name, commas and brackets may not.
        if !any && !matches!(form, "-" | "–" | "." | "«" | "»" | "\"" | "“" | "”" | "„" | "'" | "’" | "&" | "‑") {
            barrier = true;
        }
    }
    out
}

/// The atoms of a name in a table: as the sentence's words would be cut.
fn name_atoms(lang: Lang, name: &str, without_article: bool) -> Vec<String> {
    let pieces = pieces(name).map(fold).filter(|p| !p.is_empty());
    if lang != Lang::Ar {
        return pieces.collect();
    }
    let mut out = Vec::new();
    let host = |rest: &str| if without_article { rest.to_owned() } else { format!("ال{rest}") };
    for piece in pieces {
        // Clitics before the article are words of their own in the text.
        if let Some(rest) = ["وال", "بال", "كال"].iter().find_map(|p| piece.strip_prefix(p)).filter(|r| r.chars().count() >= 2 && !out.is_empty()) {
            let clitic = piece.chars().next().unwrap_or('و');
            out.push(clitic.to_string());
            out.push(host(rest));
        } else if let Some(rest) = piece.strip_prefix("لل").filter(|r| r.chars().count() >= 2 && !out.is_empty()) {
            out.push("ل".to_owned());
            out.push(host(rest));
        } else {
            out.push(if without_article { bare(&piece).to_owned() } else { piece });
        }
    }
    out
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
    let slavic = ["ово", "ево", "ино", "ыно", "ье", "ие", "цы", "ки", "ны"].iter().any(|e| atom.ends_with(e));
    !slavic && atom.ends_with(['о', 'е', 'и', 'у', 'ю', 'э', 'ы'])
}

/// Whether a Russian atom looks like an adjective in the nominative.
fn is_russian_adjective(atom: &str) -> bool {
    ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"].iter().any(|e| atom.ends_with(e)) && atom.chars().count() > 4
}
