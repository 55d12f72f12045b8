//! Numbers of people killed, injured, arrested and protesting, as the clause of an event tells them.
//!
//! A number belongs to the word that says what is counted: a noun for the people themselves ("12 wounded", «12 погибших»), the verb or verbal noun that they
//! undergo ("killing 12", «مقتل 12 شخصا»), or the noun that is counted up ("the toll rose to 12"). It belongs to an event of a type that has such numbers and
//! whose word is near in the tree. "At least 12" is 12; "dozens" is no number. Arabic duals count two. Days, years, hours and what else tells a time count
//! nobody.

mod numbers;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use marsad_text::{Base, Lang, Upos};

use self::numbers::{Number, numbers};
use self::words::{Kind, Word, Words};
use crate::model::{EventType, Size};
use crate::tables::{TableErrors, Tables};
use crate::tree::Tree;

pub(super) const SHAPE: crate::tables::Shape = words::SHAPE;

/// The words that tell what is counted, in one language.
#[derive(Debug)]
pub struct Sizes(Words);

/// A number of people of one kind, and the words that tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    kind: Kind,
    value: u32,
    /// The word that says what is counted.
    by: usize,
    /// The first word of the number.
    at: usize,
}

/// Words between a verb and its number that only make the number less exact.
const ABOUT: &[&str] = &[
    "at",
    "least",
    "more",
    "than",
    "some",
    "about",
    "around",
    "over",
    "nearly",
    "almost",
    "up",
    "to",
    "as",
    "many",
    "another",
    "не",
    "менее",
    "более",
    "около",
    "почти",
    "свыше",
    "минимум",
    "как",
    "по",
    "меньшей",
    "мере",
    "еще",
    "примерно",
    "نحو",
    "حوالي",
    "اكثر",
    "من",
    "ما",
    "لا",
    "يقل",
    "عن",
    "قرابة",
    "زهاء",
];

/// How far in the tree a count may be from the word of its event.
const FARTHEST: usize = 5;

impl Sizes {
    /// Loads the words of a language.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Sizes, TableErrors> {
        Words::load(tables, lang).map(Sizes)
    }

    /// The numbers of people in a sentence. `times` are the words that tell a time ([`super::when::time_words`]); they count nobody.
    #[must_use]
    pub fn counts(&self, tree: &Tree, times: &[Range<usize>]) -> Vec<Count> {
        let mut out: Vec<Count> = numbers(tree, &self.0, times).iter().flat_map(|n| self.count(tree, n)).collect();
        if tree.lang == Lang::Ar {
            let told = |w: &usize| times.iter().any(|time| time.contains(w));
            out.extend((0..tree.len()).filter(|w| !told(w)).filter_map(|w| self.dual(tree, w)));
        }
        out
    }

    /// The numbers that are told of an event.
    #[must_use]
    pub fn of(&self, tree: &Tree, counts: &[Count], kind: EventType, trigger: usize) -> Size {
        let mut size = Size::default();
        for count in counts.iter().filter(|c| has(kind, c.kind) && distance(tree, c.by, trigger).is_some_and(|d| d <= FARTHEST)) {
            let slot = match count.kind {
                Kind::Dead => &mut size.dead,
                Kind::Injured => &mut size.injured,
                Kind::Arrested => &mut size.arrested,
                Kind::Protesters => &mut size.protesters,
            };
            // "12 people, among them three children": the whole is told first or is greater.
            *slot = Some(slot.unwrap_or(0).max(count.value));
        }
        size
    }

    fn count(&self, tree: &Tree, number: &Number) -> Vec<Count> {
        let last = number.words.end - 1;
        let anchor = counted(tree, number);
        if self.counts_nobody(tree, number, anchor) {
            return Vec::new();
        }
        let beside = anchor.filter(|a| !number.words.contains(a)).and_then(|a| self.noun(tree, a).map(|k| (k, a))).or_else(|| self.follows(tree, number));
        let above = || self.above(tree, anchor.unwrap_or(last)).or_else(|| self.precedes(tree, number.words.start));
        // Protesters may be killed or arrested too; who is called wounded or dead is counted so.
        let also = if beside.is_none_or(|(kind, _)| kind == Kind::Protesters) { above() } else { None };
        let of = |(kind, by)| Count { kind, value: number.value, by, at: number.words.start };
        beside.into_iter().chain(also).map(of).collect()
    }

    /// Whether a number counts units, is the number of one («الساعة 10»), or is a year that the times have not.
    fn counts_nobody(&self, tree: &Tree, number: &Number, anchor: Option<usize>) -> bool {
        let next = Some(number.words.end).filter(|&w| w < tree.len());
        let near = || anchor.into_iter().chain(next);
        let before = number.words.start.checked_sub(1).filter(|&b| tree.head(number.words.start) == Some(b));
        let of_unit = near().chain(before).any(|w| self.is_unit(tree, w));
        of_unit || number.may_be_year(tree) && !near().any(|w| self.is_person(tree, w))
    }

    /// The kind of people that a noun names.
    fn noun(&self, tree: &Tree, word: usize) -> Option<Kind> {
        self.0.of(tree, word).find_map(|w| if let Word::Noun(kind) = w { Some(kind) } else { None })
    }

    fn verb(&self, tree: &Tree, word: usize) -> Option<Kind> {
        self.0.of(tree, word).find_map(|w| if let Word::Verb(kind) = w { Some(kind) } else { None })
    }

    fn is_unit(&self, tree: &Tree, word: usize) -> bool {
        self.0.of(tree, word).any(|w| w == Word::Unit)
    }

    /// Whether a word is one for people. What befalls them is none: "the 2014 killing" is of a year, "2014 killed" are people.
    fn is_person(&self, tree: &Tree, word: usize) -> bool {
        // Russian numbers govern the genitive: «2014 боевики» are two phrases.
        let animate = || matches!(tree.upos(word), Upos::Noun | Upos::Propn) && tree.feat(word, "Animacy", "Anim") && !tree.feat(word, "Case", "Nom");
        let called = || self.0.of(tree, word).any(|w| matches!(w, Word::Person | Word::Noun(Kind::Protesters)));
        !tree.feat(word, "VerbForm", "Fin") && (called() || animate())
    }

    /// "12 dead", "12 people injured", «12 человек ранены»: the word right behind the number or its noun.
    fn follows(&self, tree: &Tree, number: &Number) -> Option<(Kind, usize)> {
        let near = number.words.end..tree.len().min(number.words.end + 3);
        for word in near {
            match tree.upos(word) {
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb => {
                    if let Some(kind) = self.noun(tree, word) {
                        return Some((kind, word));
                    }
                    // A finite active verb has its own object: "12 killed 5".
                    let object = tree.children_by(word, &[Base::Obj]).any(|o| !number.words.contains(&o));
                    if tree.upos(word) == Upos::Verb
                        && !object
                        && let Some(kind) = self.verb(tree, word)
                    {
                        return Some((kind, word));
                    }
                    if tree.upos(word) == Upos::Verb {
                        return None;
                    }
                }
                Upos::Aux | Upos::Adv | Upos::Part => {}
                _ => return None,
            }
        }
        None
    }

    /// "killing at least 12", «إصابة ثلاثين»: the word before the number, for trees that lead elsewhere.
    fn precedes(&self, tree: &Tree, start: usize) -> Option<(Kind, usize)> {
        let word = (0..start).rev().take(6).find(|&w| !ABOUT.contains(&tree.folded(w)))?;
        self.verb(tree, word).or_else(|| self.noun(tree, word)).map(|kind| (kind, word))
    }

    /// What the word above what is counted says of it.
    fn above(&self, tree: &Tree, counted: usize) -> Option<(Kind, usize)> {
        let mut at = counted;
        for _ in 0..3 {
            let (head, rel) = (tree.head(at)?, tree.rel(at));
            let side = match rel {
                Base::Conj | Base::Appos | Base::Nummod | Base::Flat | Base::Dep => {
                    // "killed 12 and 30 others": as the first.
                    at = head;
                    continue;
                }
                Base::Obj | Base::Iobj => true,
                Base::Nsubj => tree.sub(at) == "pass" || !tree.children_by(head, &[Base::Obj]).any(|_| true),
                Base::Nmod | Base::Obl => is_genitive(tree, at),
                _ => return None,
            };
            if side && let Some(kind) = self.verb(tree, head).or_else(|| self.noun(tree, head).filter(|_| rel != Base::Nsubj)) {
                return Some((kind, head));
            }
            // "the death toll rose to 12", «число погибших выросло до 12»
            if tree.upos(head) == Upos::Verb && matches!(rel, Base::Obl | Base::Obj) {
                return self.tolled(tree, head);
            }
            return None;
        }
        None
    }

    /// The kind that the subject of a verb counts.
    fn tolled(&self, tree: &Tree, verb: usize) -> Option<(Kind, usize)> {
        let subject = tree.children_by(verb, &[Base::Nsubj]).next()?;
        let near = std::iter::once(subject)
            .chain(tree.children(subject).iter().copied())
            .chain(tree.children(subject).iter().flat_map(|&c| tree.children(c).iter().copied()));
        near.into_iter().find_map(|w| self.noun(tree, w).map(|kind| (kind, w)))
    }

    /// «قتيلان», «مقتل جنديين»: two of them.
    fn dual(&self, tree: &Tree, word: usize) -> Option<Count> {
        let form = tree.folded(word);
        // The feminine dual has no plural that looks like it.
        let sure = form.ends_with("تان") || form.ends_with("تين") || self.0.of(tree, word).any(|w| w == Word::Dual);
        let tagged = tree.feat(word, "Number", "Dual") && (form.ends_with("ان") || form.ends_with("ين"));
        let nominal = matches!(tree.upos(word), Upos::Noun | Upos::Adj | Upos::Propn);
        if !(nominal && (sure || tagged)) || self.is_unit(tree, word) {
            return None;
        }
        let (kind, by) = self.noun(tree, word).map(|k| (k, word)).or_else(|| self.above(tree, word)).or_else(|| self.precedes(tree, word))?;
        Some(Count { kind, value: 2, by, at: word })
    }
}

/// The noun that a number counts, or the number itself where it stands for those it counts.
fn counted(tree: &Tree, number: &Number) -> Option<usize> {
    let inside = |w: usize| number.words.contains(&w);
    let top = number.words.clone().find(|&w| tree.head(w).is_none_or(|h| !inside(h))).unwrap_or(number.words.start);
    let nominal = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::X | Upos::Adj);
    match (tree.head(top), tree.rel(top)) {
        (Some(head), Base::Nummod | Base::Amod | Base::Compound | Base::Flat | Base::Det) if nominal(head) => Some(head),
        // «ثلاثة أشخاص»: the number governs its noun and stands in its place.
        _ => Some(top),
    }
}

/// Whether a nominal is the bare or of-genitive of a noun, or the agentless object of a verbal noun.
fn is_genitive(tree: &Tree, word: usize) -> bool {
    match tree.preposition(word) {
        None => true,
        Some(preposition) => matches!(preposition.as_str(), "of" | "ل" | "to" | "до" | "الي"),
    }
}

/// Which numbers a type of event has.
fn has(event: EventType, kind: Kind) -> bool {
    use EventType as T;
    match kind {
        Kind::Dead | Kind::Injured => matches!(event, T::Assault | T::Protest),
        Kind::Arrested => matches!(event, T::Coerce | T::Protest | T::Assault),
        Kind::Protesters => event == T::Protest,
    }
}

/// Steps between two words of a tree; `None` where they are far apart.
fn distance(tree: &Tree, a: usize, b: usize) -> Option<usize> {
    let up = |w: usize| std::iter::once(w).chain(tree.ancestors(w).take(FARTHEST));
    up(a).enumerate().find_map(|(i, x)| up(b).position(|y| y == x).map(|j| i + j))
}

impl Count {
    /// The first word of the number.
    #[must_use]
    pub fn word(&self) -> usize {
        self.at
    }
}
