//! What an event is about: PLOVER's contexts, told by words of the event's sentence and, weaker, of the document.
//!
//! A strong word tells its context alone. A weak one needs another word of the context in the sentence, or another sentence that speaks of it. A context that
//! the sentence does not mention counts where the document comes back to it, in three sentences or more and in a third of all. Words are dictionary forms, found in all their forms; those of
//! an expression stand side by side.

use std::collections::BTreeMap;

use marsad_text::normal::{bare, fold};
use marsad_text::{Inflect, Lang, inflect::inflect};
use rustc_hash::FxHashMap;

use crate::forms::Forms;
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
    heads: Forms,
    /// Numbers of further words by form.
    parts: Forms,
}

#[derive(Debug)]
struct Entry {
    context: Context,
    strong: bool,
    rest: Vec<u32>,
}

/// What loading gathers, so that each word is inflected once.
#[derive(Default)]
struct Loading {
    /// Entries by first word.
    heads: BTreeMap<String, Vec<u32>>,
    /// Numbers of further words.
    parts: FxHashMap<String, u32>,
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

impl Contexts {
    /// Loads the words of a language.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Contexts, TableErrors> {
        let mut out = Contexts { lang, entries: Vec::new(), heads: Forms::default(), parts: Forms::default() };
        let mut problems = Problems::default();
        let mut loading = Loading::default();
        for row in tables.collect(&format!("events/contexts/{lang}.tsv"), &SHAPE, &mut problems) {
            problems.note(out.add(&row, &mut loading));
        }
        for (head, entries) in loading.heads {
            for form in forms(lang, &head) {
                entries.iter().for_each(|&n| out.heads.add(&form, n));
            }
        }
        problems.done(out)
    }

    fn add(&mut self, row: &Row, loading: &mut Loading) -> Result<(), TableError> {
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
            let rest = rest.iter().map(|w| self.part(w, &mut loading.parts)).collect();
            let n = self.entries.len() as u32;
            self.entries.push(Entry { context, strong, rest });
            loading.heads.entry((*head).to_owned()).or_default().push(n);
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
            self.parts.add(&form, n);
        }
        n
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
        // Of nouns the adjective's forms are others' words.
        Lang::Ar if word.ends_with('ي') => vec![one(Inflect::Noun), one(Inflect::Adjective)],
        Lang::Ar => vec![one(Inflect::Noun)],
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
    // Adjectives in expressions agree: «вооружённые силы», «подводная лодка». «Бедствие» ends like one.
    let stem = ["ая", "ое", "ые", "ие", "яя", "ее"].iter().find_map(|e| word.strip_suffix(e)).filter(|s| s.chars().count() > 2);
    match stem {
        Some(stem) => {
            let soft = stem.ends_with(['г', 'к', 'х', 'ж', 'ш', 'щ', 'ч']) || ends(&["яя", "ее", "ие"]);
            let adjective = (format!("{stem}{}", if soft { "ий" } else { "ый" }), Inflect::Adjective);
            if ends(&["ие"]) { [vec![adjective], one(Inflect::Noun)].concat() } else { vec![adjective] }
        }
        None => one(Inflect::Noun),
    }
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
