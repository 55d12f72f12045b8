//! What an event is about: PLOVER's contexts, told by words of the event's sentence and, weaker, of the document.
//!
//! A strong word tells its context alone. A weak one needs another word of the context in the sentence, or a document that speaks of it. A context that
//! the sentence does not mention counts where the document comes back to it again and again. Words are dictionary forms, found in all their forms; those of
//! an expression stand side by side.

use marsad_text::normal::{bare, fold};
use marsad_text::{Inflect, Lang, inflect::inflect};
use rustc_hash::FxHashMap;

use crate::model::Context;
use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, Tables};
use crate::tree::Tree;

pub(super) const SHAPE: Shape = Shape { columns: &["lemma", "context", "weight"], optional: &[], key: Key::All(&[0, 1]), gone: Key::All(&[0, 1]) };

/// The words of all contexts in one language.
#[derive(Debug)]
pub struct Contexts {
    lang: Lang,
    entries: Vec<Entry>,
    /// Entries by a form of their first word.
    heads: FxHashMap<Box<str>, Vec<u32>>,
    /// Numbers of further words by form.
    parts: FxHashMap<Box<str>, Vec<u32>>,
}

#[derive(Debug)]
struct Entry {
    context: Context,
    strong: bool,
    rest: Vec<u32>,
}

/// The words of contexts in a sentence: entry numbers, each once.
#[derive(Clone, Debug, Default)]
pub struct Topics(Vec<u32>);

/// How often a document speaks of each context.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    weights: [u32; Context::ALL.len()],
    sentences: u32,
}

impl Contexts {
    /// Loads the words of a language.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Contexts, TableErrors> {
        let mut out = Contexts { lang, entries: Vec::new(), heads: FxHashMap::default(), parts: FxHashMap::default() };
        let mut problems = Problems::default();
        let mut numbers = FxHashMap::default();
        for row in tables.collect(&format!("events/contexts/{lang}.tsv"), &SHAPE, &mut problems) {
            problems.note(out.add(&row, &mut numbers));
        }
        problems.done(out)
    }

    fn add(&mut self, row: &Row, numbers: &mut FxHashMap<String, u32>) -> Result<(), TableError> {
        let lemma = row.required(0, "lemma")?;
        let name = row.required(1, "context")?;
        let all: Vec<&str> = Context::ALL.iter().map(|c| c.name()).collect();
        let context = Context::from_name(name).ok_or_else(|| row.wrong("context", name, &all))?;
        let strong = match row.required(2, "weight")? {
            "strong" => true,
            "weak" => false,
            other => return Err(row.wrong("weight", other, &["strong", "weak"])),
        };
        // Hyphenated words come whole or in parts, as the text's words are cut.
        let mut ways: Vec<Vec<&str>> = vec![lemma.split([' ', '-']).filter(|w| !w.is_empty()).collect()];
        if lemma.contains('-') {
            ways.push(lemma.split(' ').collect());
        }
        for words in ways {
            let Some((head, rest)) = words.split_first() else { continue };
            let rest = rest.iter().map(|w| self.part(w, numbers)).collect();
            let n = self.entries.len() as u32;
            self.entries.push(Entry { context, strong, rest });
            for form in forms(self.lang, head) {
                self.heads.entry(form.into_boxed_str()).or_default().push(n);
            }
        }
        Ok(())
    }

    fn part(&mut self, word: &str, numbers: &mut FxHashMap<String, u32>) -> u32 {
        if let Some(&n) = numbers.get(word) {
            return n;
        }
        let n = numbers.len() as u32;
        numbers.insert(word.to_owned(), n);
        for form in part_forms(self.lang, word) {
            self.parts.entry(form.into_boxed_str()).or_default().push(n);
        }
        n
    }

    /// The words of contexts in a sentence.
    #[must_use]
    pub fn topics(&self, tree: &Tree) -> Topics {
        let mut out = Vec::new();
        for word in 0..tree.len() {
            for form in readings(tree, word) {
                let entries = self.heads.get(form).into_iter().flatten();
                out.extend(entries.filter(|&&n| self.goes_on(tree, word, &self.entries[n as usize].rest)));
            }
        }
        out.sort_unstable();
        out.dedup();
        Topics(out)
    }

    /// Whether an expression's further words follow; hyphens and Arabic clitics may stand between.
    fn goes_on(&self, tree: &Tree, word: usize, rest: &[u32]) -> bool {
        let mut at = word;
        rest.iter().all(|part| {
            at += 1;
            if at < tree.len() && is_between(tree, at) {
                at += 1;
            }
            at < tree.len() && readings(tree, at).any(|form| self.parts.get(form).is_some_and(|p| p.contains(part)))
        })
    }

    /// What a document's sentences speak of.
    #[must_use]
    pub fn tally(&self, topics: &[Topics]) -> Tally {
        let mut tally = Tally { weights: [0; Context::ALL.len()], sentences: topics.len() as u32 };
        for &n in topics.iter().flat_map(|t| &t.0) {
            let entry = &self.entries[n as usize];
            tally.weights[entry.context as usize] += if entry.strong { 2 } else { 1 };
        }
        tally
    }

    /// The contexts of an event of a sentence in a document.
    #[must_use]
    pub fn of(&self, topics: &Topics, tally: &Tally) -> Vec<Context> {
        let mut here = [0u32; Context::ALL.len()];
        for &n in &topics.0 {
            let entry = &self.entries[n as usize];
            here[entry.context as usize] += if entry.strong { 2 } else { 1 };
        }
        let holds = |context: &Context| {
            let (here, everywhere) = (here[*context as usize], tally.weights[*context as usize]);
            match here {
                2.. => true,
                1 => everywhere >= 4,
                // A strong word three times, and in every second sentence of a longer text.
                0 => everywhere >= 6.max(tally.sentences),
            }
        };
        Context::ALL.iter().copied().filter(holds).collect()
    }
}

/// A word as it may stand in the tables: folded, and in Arabic without its article.
fn readings<'t>(tree: &'t Tree, word: usize) -> impl Iterator<Item = &'t str> {
    let (folded, bare) = (tree.folded(word), tree.bare(word));
    std::iter::once(folded).chain((bare != folded).then_some(bare))
}

fn is_between(tree: &Tree, word: usize) -> bool {
    matches!(tree.folded(word), "-" | "‑" | "–") || (tree.lang == Lang::Ar && tree.folded(word).chars().count() == 1)
}

/// All forms of a word of which the part of speech is not told.
fn forms(lang: Lang, word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if word.chars().count() > 2 {
        for (word, paradigm) in paradigms(lang, word) {
            all.extend(inflect(lang, &word, paradigm));
        }
    }
    let folded = all.iter().map(|f| fold(f));
    let mut out: Vec<String> = if lang == Lang::Ar { folded.map(|f| bare(&f).to_owned()).collect() } else { folded.collect() };
    out.sort_unstable();
    out.dedup();
    out
}

/// The same for a further word of an expression, which in Arabic may carry clitics that are words of their own in the text.
fn part_forms(lang: Lang, word: &str) -> Vec<String> {
    let mut out = forms(lang, word);
    if lang == Lang::Ar {
        let cut = ["لل", "بال", "وال", "و", "ب"].iter().filter_map(|p| word.strip_prefix(p)).filter(|rest| rest.chars().count() > 2);
        out.extend(cut.flat_map(|rest| forms(lang, rest)).collect::<Vec<_>>());
        out.sort_unstable();
        out.dedup();
    }
    out
}

fn paradigms(lang: Lang, word: &str) -> Vec<(String, Inflect)> {
    let one = |paradigm| (word.to_owned(), paradigm);
    match lang {
        Lang::En => vec![one(Inflect::Noun), one(Inflect::Verb)],
        Lang::Ar => vec![one(Inflect::Noun), one(Inflect::Adjective)],
        Lang::Ru => russian(word),
    }
}

fn russian(word: &str) -> Vec<(String, Inflect)> {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    let one = |paradigm| vec![(word.to_owned(), paradigm)];
    if ends(&["ть", "ться", "ти"]) && !ends(&["ость", "сть"]) {
        return [one(Inflect::Verb), one(Inflect::Noun)].concat();
    }
    // «литий» and «рабочий» are told apart by nobody here.
    if ends(&["ый", "ий", "ой"]) {
        return [one(Inflect::Adjective), one(Inflect::Noun)].concat();
    }
    // Adjectives in expressions agree: «вооружённые силы», «подводная лодка».
    let stem = ["ая", "ое", "ые", "ие", "яя", "ее"].iter().find_map(|e| word.strip_suffix(e)).filter(|s| s.chars().count() > 2);
    match stem {
        Some(stem) => ["ый", "ий", "ой"].iter().map(|e| (format!("{stem}{e}"), Inflect::Adjective)).chain(one(Inflect::Noun)).collect(),
        None => one(Inflect::Noun),
    }
}
