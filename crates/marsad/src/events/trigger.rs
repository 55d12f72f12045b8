//! Trigger words: which rows a word may be, by its surface form, its part of speech and the other words of the expression.

use marsad_text::{Base, Lang, Upos};

use super::lexicon::{EventRow, Lexicon, Pos, Sense};
use crate::tree::Tree;

/// A row that fits a word, with the words of the expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Number of the row.
    pub row: u32,
    /// The words of the expression, the trigger first.
    pub words: Vec<usize>,
    /// Whether the row's conditions on its sense hold.
    pub meant: bool,
}

/// What the tables know of the words of a sentence, looked up once.
#[derive(Debug)]
pub struct Sightings<'a> {
    tree: &'a Tree<'a>,
    lexicon: &'a Lexicon,
    /// Of which expressions a word may be a part, as written and without the Arabic article.
    parts: Vec<[&'a [u32]; 2]>,
}

impl<'a> Sightings<'a> {
    /// Looks up the words of a sentence.
    #[must_use]
    pub fn new(tree: &'a Tree<'a>, lexicon: &'a Lexicon) -> Sightings<'a> {
        let parts = |w: usize| {
            let (folded, bare) = (tree.folded(w), tree.bare(w));
            [lexicon.parts_of(folded), if bare == folded { &[] } else { lexicon.parts_of(bare) }]
        };
        Sightings { tree, lexicon, parts: (0..tree.len()).map(parts).collect() }
    }

    /// The words of the sentence that rows fit, with these rows.
    #[must_use]
    pub fn all(&self) -> Vec<(usize, Vec<Fit>)> {
        (0..self.tree.len()).map(|w| (w, self.fits(w))).filter(|(_, fits)| !fits.is_empty()).collect()
    }

    /// Numbers of the rows whose head the word may be.
    fn rows(&self, word: usize) -> impl Iterator<Item = u32> + '_ {
        let (folded, bare) = (self.tree.folded(word), self.tree.bare(word));
        let without_article = if bare == folded { &[] } else { self.lexicon.rows_of(bare) };
        self.lexicon.rows_of(folded).iter().chain(without_article.iter().filter(|n| self.lexicon.row(**n).pos != Pos::Verb)).copied()
    }

    /// The rows that fit a word, those with the longest expression only, in the order of the tables. Rows whose conditions on the sense do not hold come only
    /// where no other row fits: conditions are written for what is common, and the judge weighs what is not.
    #[must_use]
    pub fn fits(&self, word: usize) -> Vec<Fit> {
        let (tree, lexicon) = (self.tree, self.lexicon);
        let mut out: Vec<Fit> = Vec::new();
        for n in self.rows(word) {
            let row = lexicon.row(n);
            if !speech_fits(tree, word, row) {
                continue;
            }
            let Some(words) = self.expression(word, row) else { continue };
            let meant = holds(tree, word, &words, &row.sense);
            if meant || row.kind.is_some() {
                out.push(Fit { row: n, words, meant });
            }
        }
        if out.iter().any(|f| f.meant) {
            out.retain(|f| f.meant);
        }
        let longest = out.iter().map(|f| f.words.len()).max().unwrap_or(0);
        out.retain(|f| f.words.len() == longest);
        // An expression that is no event takes the word from rows of the same length.
        if out.iter().any(|f| lexicon.row(f.row).kind.is_none()) {
            out.retain(|f| lexicon.row(f.row).kind.is_none());
        }
        out
    }

    /// Why each row whose head the word may be does or does not fit, a line a row: for those who write tables.
    #[must_use]
    pub fn reasons(&self, word: usize) -> Vec<String> {
        let tree = self.tree;
        let reason = |n: u32| {
            let row = self.lexicon.row(n);
            let words = self.expression(word, row)?;
            let verdict = if !speech_fits(tree, word, row) {
                format!("is tagged {}", tree.upos(word))
            } else if !holds(tree, word, &words, &row.sense) {
                "sense conditions do not hold".to_owned()
            } else {
                "fits".to_owned()
            };
            Some(format!("{}\t{}\t{verdict}", tree.form(word), row.id))
        };
        self.rows(word).filter_map(reason).collect()
    }

    /// The words of an expression around its head, the head first; `None` where one is missing.
    fn expression(&self, head: usize, row: &EventRow) -> Option<Vec<usize>> {
        let mut words = vec![head];
        for part in &row.parts {
            let near = head.saturating_sub(10)..(head + 11).min(self.tree.len());
            let may_be = |w: usize| self.parts[w].iter().any(|p| p.contains(part)) && !words.contains(&w);
            let is_it = |&w: &usize| may_be(w) && hangs_together(self.tree, head, w) && self.is_own(w, *part);
            let found = near.filter(is_it).min_by_key(|w| w.abs_diff(head))?;
            words.push(found);
        }
        Some(words)
    }
}

impl Sightings<'_> {
    /// Whether a word may be a part of an expression by its part of speech: a preposition or the like only as it stands in the table («после» is no «посол»).
    fn is_own(&self, word: usize, part: u32) -> bool {
        let function = matches!(self.tree.upos(word), Upos::Adp | Upos::Sconj | Upos::Cconj | Upos::Adv);
        !function || self.lexicon.part_of_form(self.tree.folded(word)) == Some(part)
    }
}

/// Below this the tagger's part of speech is not held against a row.
const UNSURE: f32 = 0.6;

fn speech_fits(tree: &Tree, word: usize, row: &EventRow) -> bool {
    let unsure = tree.word(word).tag_confidence < UNSURE;
    let upos = tree.upos(word);
    match row.pos {
        Pos::Verb => match upos {
            Upos::Verb => true,
            // Participles may pass for adjectives, in Arabic for nouns too, English gerunds for nouns.
            Upos::Adj => true,
            Upos::Noun => match tree.lang {
                Lang::En => unsure || tree.folded(word).ends_with("ing"),
                Lang::Ar => tree.bare(word).starts_with('م'),
                Lang::Ru => unsure,
            },
            Upos::Aux | Upos::Pron | Upos::Adp | Upos::Det | Upos::Num => false,
            _ => unsure,
        },
        Pos::Noun => match upos {
            Upos::Noun | Upos::X => true,
            Upos::Propn => true,
            Upos::Adj => unsure || tree.lang == Lang::Ar,
            Upos::Verb => unsure && !tree.feat(word, "VerbForm", "Fin"),
            _ => false,
        },
        Pos::Adjective => matches!(upos, Upos::Adj | Upos::Verb) || unsure,
    }
}

/// Whether two words belong to one expression: one below the other without another verb between, or close neighbours.
fn hangs_together(tree: &Tree, head: usize, word: usize) -> bool {
    let below = |low: usize, top: usize, most: usize| {
        let steps = tree.depth_below(low, top, most)?;
        let verb_between = tree.ancestors(low).take(steps.saturating_sub(1)).any(|w| tree.upos(w) == Upos::Verb);
        (!verb_between).then_some(steps)
    };
    // Nothing hangs together with what its noun's relative clause tells: "who refused to see her, received the envoy".
    let above = below(head, word, 2).is_some_and(|steps| steps == 1 || tree.rel(head) != Base::Acl);
    below(word, head, 3).is_some() || above || word.abs_diff(head) <= 2
}

fn holds(tree: &Tree, word: usize, words: &[usize], sense: &Sense) -> bool {
    if sense.plural && !is_plural(tree, word) {
        return false;
    }
    if let Some(object) = sense.object {
        let has = tree.children(word).iter().any(|&c| tree.rel(c) == Base::Obj || (tree.rel(c) == Base::Nsubj && tree.sub(c) == "pass"));
        if has != object {
            return false;
        }
    }
    if let Some(clause) = sense.clause {
        let has = tree.children_by(word, &[Base::Ccomp, Base::Xcomp, Base::Csubj]).next().is_some();
        if has != clause {
            return false;
        }
    }
    let governor = tree.head(word);
    let under = |list: &[String]| governor.is_some_and(|g| list.iter().any(|w| tree.is_word(g, w)));
    if (!sense.under.is_empty() && !under(&sense.under)) || under(&sense.not_under) {
        return false;
    }
    if sense.with.is_empty() && sense.without.is_empty() {
        return true;
    }
    let around = surroundings(tree, word, words);
    let any = |list: &[Vec<String>]| list.iter().any(|all| all.iter().all(|w| around.iter().any(|&a| is_form_of(tree, a, w))));
    (sense.with.is_empty() || any(&sense.with)) && !any(&sense.without)
}

/// Whether a word is another, or its English plural, of which taggers make a lemma of its own ("troops").
fn is_form_of(tree: &Tree, word: usize, dictionary: &str) -> bool {
    let plural = || {
        tree.folded(word)
            .strip_suffix('s')
            .is_some_and(|stem| stem == dictionary || stem.strip_suffix("ie").is_some_and(|s| dictionary.strip_suffix('y') == Some(s)))
    };
    tree.is_word(word, dictionary) || tree.lang == Lang::En && plural()
}

/// The dependents of an expression, two steps down, without the expression's own words.
fn surroundings(tree: &Tree, word: usize, words: &[usize]) -> Vec<usize> {
    let mut out = Vec::new();
    for &w in words.iter().chain([&word]) {
        for &c in tree.children(w) {
            out.push(c);
            out.extend(tree.children(c));
        }
    }
    out.retain(|w| !words.contains(w));
    out
}

fn is_plural(tree: &Tree, word: usize) -> bool {
    if tree.feat(word, "Number", "Plur") || tree.feat(word, "Number", "Ptan") {
        return true;
    }
    let folded = tree.folded(word);
    match tree.lang {
        Lang::Ar => folded.ends_with("ات"),
        Lang::En => folded.ends_with('s') && !folded.ends_with("ss"),
        Lang::Ru => false,
    }
}
