//! What an event is about: PLOVER's contexts, told by words of the event's sentence and, weaker, of the document.
//!
//! A strong word tells its context alone. A weak one needs another word of the context in the sentence, or another sentence that speaks of it. A context that
//! the sentence does not mention counts where the document comes back to it, in three sentences or more and in a third of all. Words are dictionary forms, found in all their forms; those of
//! an expression stand side by side.

use marsad_text::Lang;
use rustc_hash::FxHashMap;

use crate::forms::{Inflected, Inflecting, Vary};
use crate::model::Context;
use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, Tables};
use crate::tree::Tree;

pub(super) const SHAPE: Shape = Shape { columns: &["lemma", "context", "weight"], optional: &[], key: Key::All(&[0, 1]), gone: Key::All(&[0, 1]), apart: None };

/// The words of all contexts in one language.
#[derive(Debug)]
pub struct Contexts {
    entries: Vec<Entry>,
    /// Entries by a form of their first word.
    heads: Inflected,
    /// Numbers of further words by form.
    parts: Inflected,
}

#[derive(Debug)]
struct Entry {
    context: Context,
    strong: bool,
    rest: Vec<u32>,
}

/// What loading gathers.
struct Loading<'t> {
    entries: Vec<Entry>,
    heads: Inflecting,
    parts: Inflecting,
    /// Numbers of further words.
    numbers: FxHashMap<&'t str, u32>,
}

/// The words of contexts in a sentence: entry numbers with the word where each begins, each once.
#[derive(Clone, Debug, Default)]
pub struct Topics(Vec<(u32, usize)>);

/// In how many sentences a document speaks of each context.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    speaking: [u32; Context::ALL.len()],
    sentences: u32,
}

/// A document speaks of a context that the event's sentence does not mention from so many sentences on, if they are a third of all.
const SPEAKING: u32 = 3;

fn context(row: &Row) -> Result<Context, TableError> {
    let name = row.required(1, "context")?;
    let all = || Context::ALL.iter().map(|c| c.name()).collect::<Vec<_>>();
    Context::from_name(name).ok_or_else(|| row.wrong("context", name, &all()))
}

fn is_strong(row: &Row) -> Result<bool, TableError> {
    match row.required(2, "weight")? {
        "strong" => Ok(true),
        "weak" => Ok(false),
        other => Err(row.wrong("weight", other, &["strong", "weak"])),
    }
}

impl<'t> Loading<'t> {
    fn add(&mut self, row: &Row<'t>, problems: &mut Problems) {
        let cells = (problems.note(row.required(0, "lemma")), problems.note(context(row)), problems.note(is_strong(row)));
        let (Some(lemma), Some(context), Some(strong)) = cells else { return };
        // Hyphenated words come whole or in parts, as the text's words are cut.
        self.add_words(lemma.split([' ', '-']).filter(|w| !w.is_empty()), context, strong);
        if lemma.contains('-') {
            self.add_words(lemma.split(' '), context, strong);
        }
    }

    fn add_words(&mut self, mut words: impl Iterator<Item = &'t str>, context: Context, strong: bool) {
        let Some(head) = words.next() else { return };
        let rest = words.map(|w| self.part(w)).collect();
        self.heads.add(Vary::Topic, head, self.entries.len() as u32);
        self.entries.push(Entry { context, strong, rest });
    }

    fn part(&mut self, word: &'t str) -> u32 {
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.parts.add(Vary::TopicPart, word, number);
        }
        number
    }
}

impl Contexts {
    /// Loads the words of a language.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Contexts, TableErrors> {
        let mut problems = Problems::default();
        let (heads, parts) = (Inflecting::new(lang), Inflecting::new(lang));
        let mut loading = Loading { entries: Vec::new(), heads, parts, numbers: FxHashMap::default() };
        for row in tables.collect(&format!("events/contexts/{lang}.tsv"), &SHAPE, &mut problems) {
            loading.add(&row, &mut problems);
        }
        problems.done(Contexts { entries: loading.entries, heads: loading.heads.done(), parts: loading.parts.done() })
    }

    /// The words of contexts in a sentence, without those of names of places and people: Gaza is no gas.
    #[must_use]
    pub fn topics(&self, tree: &Tree, named: &dyn Fn(usize) -> bool) -> Topics {
        let mut out = Vec::new();
        for word in (0..tree.len()).filter(|&w| !named(w)) {
            for form in readings(tree, word) {
                let entries = self.heads.of(form).iter();
                out.extend(entries.filter(|&&n| self.goes_on(tree, word, &self.entries[n as usize].rest)).map(|&n| (n, word)));
            }
        }
        out.sort_unstable();
        out.dedup_by_key(|(n, _)| *n);
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
            at < tree.len() && readings(tree, at).any(|form| self.parts.of(form).contains(part))
        })
    }

    /// What a document's sentences speak of.
    #[must_use]
    pub fn tally(&self, topics: &[Topics]) -> Tally {
        let mut tally = Tally { speaking: [0; Context::ALL.len()], sentences: topics.len() as u32 };
        for sentence in topics {
            let here = self.weights(sentence);
            tally.speaking.iter_mut().zip(here).for_each(|(n, weight)| *n += u32::from(weight >= 2));
        }
        tally
    }

    /// The weight of each context in a sentence: 2 for a strong word, 1 for a weak one.
    fn weights(&self, topics: &Topics) -> [u32; Context::ALL.len()] {
        let mut weights = [0; Context::ALL.len()];
        for &(n, _) in &topics.0 {
            let entry = &self.entries[n as usize];
            weights[entry.context as usize] += if entry.strong { 2 } else { 1 };
        }
        weights
    }

    /// The words of a sentence that speak of a context.
    #[must_use]
    pub fn words(&self, topics: &Topics, context: Context) -> Vec<usize> {
        let mut words: Vec<usize> = topics.0.iter().filter(|(n, _)| self.entries[*n as usize].context == context).map(|(_, w)| *w).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The contexts of an event of a sentence in a document.
    #[must_use]
    pub fn of(&self, topics: &Topics, tally: &Tally) -> Vec<Context> {
        let here = self.weights(topics);
        let holds = |context: &Context| {
            let speaking = tally.speaking[*context as usize];
            match here[*context as usize] {
                2.. => true,
                1 => speaking >= 1,
                0 => speaking >= SPEAKING && speaking * 3 >= tally.sentences,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::pipeline::{Coder, Options, Scratch};

    fn contexts(lang: &str, text: &str) -> Vec<Vec<Context>> {
        let coder = Coder::new(Options { min_score: Some(0.0), ..Options::default() }).expect("sound");
        let document = Document { id: "d".to_owned(), text: text.to_owned(), lang: Some(lang.to_owned()), ..Document::default() };
        coder.code(&document, &mut Scratch::default()).records.into_iter().map(|r| r.context).collect()
    }

    #[test]
    fn every_context_has_words_in_every_language() {
        for &lang in marsad_text::lang::LANGUAGES {
            let contexts = Contexts::load(&Tables::embedded(), lang).expect("sound");
            for &context in Context::ALL {
                let words = contexts.entries.iter().filter(|e| e.context == context).count();
                assert!(words >= 25, "{lang} {context}: {words}");
            }
            assert!(contexts.heads.is_made() && contexts.parts.is_made(), "{lang}: build/forms.rs has missed a word");
        }
    }

    #[test]
    fn words_and_expressions_tell_in_all_their_forms() {
        use Context as C;
        assert_eq!(contexts("en", "Police arrested two drug traffickers with cocaine.")[0], [C::IllegalDrugs, C::Trafficking]);
        assert_eq!(contexts("ru", "Полиция арестовала мэра по обвинению в получении взятки.")[0], [C::Corruption]);
        assert_eq!(contexts("ar", "تظاهر الآلاف في باريس احتجاجا على تغير المناخ والتلوث.")[0], [C::Environment]);
        assert!(contexts("ru", "Израиль нанёс удар по Газе.")[0].is_empty());
    }

    #[test]
    fn a_document_lends_its_context_only_where_it_comes_back_to_it() {
        let talk = "Russia and Iran held talks in Geneva. ";
        let about = "The nuclear deal matters. Enriched uranium was found. The IAEA sent inspectors. ";
        let uranium = |text: &str| contexts("en", text).iter().all(|c| c.contains(&Context::Cbrn));
        assert!(uranium(&format!("{talk}{about}")));
        assert!(!uranium(&format!("{talk}The nuclear deal matters.")));
    }
}
