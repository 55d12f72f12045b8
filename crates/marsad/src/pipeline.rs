//! The order of the rooms: a document in, records out. The only file that knows it.
//!
//! What comes after the events is beside it: records of them (`records`), one for each event however often it is told (`told`), why they are what they are
//! (`explain`), and what is learned from (`training`).

mod explain;
mod offsets;
mod records;
mod told;
mod training;

pub use explain::Explanation;
pub use training::{Candidate, LinkCase};

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use marsad_text::normal::fold;
use marsad_text::{Analysis, Base, Lang, Parser, Spacing, Upos};
use thiserror::Error;

use self::records::Parsed;
use self::told::distinct;
use crate::actors::resolve::{Resolved, Scene};
use crate::actors::{Actors, Dateline, Known, Memory, Mentions};
use crate::events::when::{When, time_words, times};
use crate::events::{Contexts, Event, Factuality, Knowledge, Lexicon, Linker, Reader, Seen, Setting, Sizes, Topics, Verdict, Weighed, code_sentence};
use crate::language::Boilerplate;
use crate::model::{Context, Document, Record, Size};
use crate::tables::{TableErrors, Tables};
use crate::tree::Tree;

/// What a coder is to do.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Records below this score are left out; `None` for the default threshold, chosen on development data.
    pub min_score: Option<f32>,
    /// A user's folder of tables that adds to the built-in ones or overrides their rows.
    pub lexicon: Option<PathBuf>,
    /// A user's GeoNames file, for places and their coordinates.
    pub geonames: Option<PathBuf>,
    /// Take every document for this language instead of telling it from the text.
    pub lang: Option<Lang>,
    /// Weights of linker and verdict in place of the built-in ones: for training.
    pub taught: Option<(Linker, Verdict)>,
    /// Code without the encoder: several times as fast, less often right.
    pub fast: bool,
    /// An encoder in place of the built-in one: for training.
    pub reader: Option<Arc<Reader>>,
}

/// Records below this score are left out by default.
pub const DEFAULT_MIN_SCORE: f32 = 0.25;

/// Why a coder could not be made.
#[derive(Debug, Error)]
pub enum CoderError {
    /// A user's tables are wrong; one line a problem.
    #[error("{0}")]
    Table(#[from] TableErrors),
    /// An embedded model is unsound.
    #[error("model {0}: {1}")]
    Model(Lang, marsad_text::ModelError),
    /// The embedded encoder is unsound.
    #[error("encoder: {0}")]
    Encoder(marsad_text::ModelError),
}

/// Language of a document as marsad sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Language {
    /// It is coded in this language.
    Covered(Lang),
    /// It is left uncoded; what it seems to be (`Persian`, `unknown`).
    NotCovered(String),
}

/// What came of one document.
#[derive(Clone, Debug)]
pub struct Coded {
    /// Language.
    pub language: Language,
    /// Number of sentences.
    pub sentences: usize,
    /// Number of words.
    pub words: usize,
    /// Events in text order.
    pub records: Vec<Record>,
}

/// Memory that coding uses again and again; one a thread.
#[derive(Debug, Default)]
pub struct Scratch {
    parse: marsad_text::Scratch,
    encode: marsad_text::encode::Scratch,
    analysis: Analysis,
}

/// Everything that one language needs.
#[derive(Debug)]
struct Engine {
    parser: Parser,
    actors: Actors,
    lexicon: Lexicon,
    factuality: Factuality,
    contexts: Contexts,
    sizes: Sizes,
    learned: Arc<Learned>,
    /// For Arabic, whose words are often written together.
    spacing: Option<Spacing>,
}

/// What was learned, the same for all languages.
#[derive(Debug)]
struct Learned {
    weighed: Weighed,
    /// None where it is not to be used.
    reader: Option<Arc<Reader>>,
}

impl Learned {
    fn load(options: &Options) -> Result<Learned, CoderError> {
        let embedded = || Reader::from_bytes(EVENTS).map(Arc::new).map_err(CoderError::Encoder);
        let reader = if options.fast { None } else { Some(options.reader.clone().map_or_else(embedded, Ok)?) };
        let mut weighed = Weighed::embedded(options.fast);
        if let Some((linker, verdict)) = &options.taught {
            weighed.linker = linker.clone();
            weighed.verdict = verdict.clone();
        }
        Ok(Learned { weighed, reader })
    }

    fn spacing(&self) -> Result<Spacing, CoderError> {
        self.reader.as_ref().map_or_else(|| Spacing::from_bytes(EVENTS).map_err(CoderError::Encoder), |reader| Ok(reader.spacing()))
    }
}

impl Engine {
    /// Sentences and words of a text; words that are written together come apart.
    fn segment(&self, text: &str, analysis: &mut Analysis) {
        let known = |word: &str| {
            let folded = fold(word);
            self.actors.has_word(&folded) || !self.lexicon.rows_of(&folded).is_empty()
        };
        let breaks = self.spacing.as_ref().map_or_else(Vec::new, |spacing| spacing.breaks(text, &known));
        self.parser.segment_apart(text, &breaks, analysis);
    }

    fn knowledge(&self) -> Knowledge<'_> {
        let Weighed { judge, linker, verdict, twins, .. } = &self.learned.weighed;
        Knowledge { lexicon: &self.lexicon, factuality: &self.factuality, judge, linker, verdict, twins: Some(twins), keep: false }
    }
}

/// Models and tables of all languages, each loaded when first needed; share it between threads.
#[derive(Debug)]
pub struct Coder {
    options: Options,
    tables: Tables,
    engines: [OnceLock<Engine>; 3],
    learned: OnceLock<Arc<Learned>>,
}

/// An event with its sentence, before it becomes a record.
struct Found {
    sentence: usize,
    event: Event,
    /// What it is about.
    context: Vec<Context>,
    /// How many people it concerns.
    size: Size,
}

impl Coder {
    /// A coder with the built-in models and the built-in and the user's tables. A user's tables are checked at once.
    ///
    /// # Errors
    /// If the user's tables are wrong.
    pub fn new(options: Options) -> Result<Coder, CoderError> {
        let tables = Tables::with(options.lexicon.as_deref(), options.geonames.as_deref())?;
        Ok(Coder { options, tables, engines: Default::default(), learned: OnceLock::new() })
    }

    fn load(&self, lang: Lang) -> Result<Engine, CoderError> {
        let tables = &self.tables;
        let joined = "loading does not panic";
        // Side by side, for half the time until the first record.
        let (learned, parser, actors, rest) = std::thread::scope(|scope| {
            let learned = scope.spawn(|| match self.learned.get() {
                Some(learned) => Ok(Arc::clone(learned)),
                None => Learned::load(&self.options).map(|learned| Arc::clone(self.learned.get_or_init(|| Arc::new(learned)))),
            });
            let parser = scope.spawn(|| Parser::from_bytes(model_bytes(lang)).map_err(|e| CoderError::Model(lang, e)));
            let actors = scope.spawn(|| Actors::load(tables, lang));
            let rest = || -> Result<_, TableErrors> {
                Ok((Lexicon::load(tables, lang)?, Factuality::load(tables, lang)?, Contexts::load(tables, lang)?, Sizes::load(tables, lang)?))
            };
            let rest = rest();
            (learned.join().expect(joined), parser.join().expect(joined), actors.join().expect(joined), rest)
        });
        let (learned, parser, actors, (lexicon, factuality, contexts, sizes)) = (learned?, parser?, actors?, rest?);
        let spacing = (lang == Lang::Ar).then(|| learned.spacing()).transpose()?;
        Ok(Engine { parser, actors, lexicon, factuality, contexts, sizes, learned, spacing })
    }

    fn engine(&self, lang: Lang) -> &Engine {
        self.engines[lang as usize]
            .get_or_init(|| self.load(lang).expect("embedded models and tables are sound, as a test holds; a user's are checked in `new`"))
    }

    /// Codes one document.
    #[must_use]
    pub fn code(&self, document: &Document, scratch: &mut Scratch) -> Coded {
        let language = self.language(document);
        let Language::Covered(lang) = language else {
            return Coded { language, sentences: 0, words: 0, records: Vec::new() };
        };
        let engine = self.engine(lang);
        let found = self.kept(find(engine, document, scratch, Purpose::Records));
        let analysis = &scratch.analysis;
        let records = distinct(&Parsed::new(engine, document, analysis), found).into_iter().map(|told| told.record).collect();
        Coded { language, sentences: analysis.sentences().len(), words: analysis.words().len(), records }
    }

    /// The events that are probable enough to be records.
    fn kept(&self, mut found: Vec<Found>) -> Vec<Found> {
        let min = self.options.min_score.unwrap_or(DEFAULT_MIN_SCORE);
        found.retain(|f| f.event.score >= min);
        found
    }

    fn language(&self, document: &Document) -> Language {
        if let Some(lang) = self.options.lang {
            return Language::Covered(lang);
        }
        crate::language::tell(document)
    }
}

/// The encoder that knows events.
static EVENTS: &[u8] = include_bytes!("../../../models/events.marsad");

fn model_bytes(lang: Lang) -> &'static [u8] {
    match lang {
        Lang::Ar => include_bytes!("../../../models/ar.marsad"),
        Lang::En => include_bytes!("../../../models/en.marsad"),
        Lang::Ru => include_bytes!("../../../models/ru.marsad"),
    }
}

/// What events are found for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// Their records.
    Records,
    /// Why they are what they are: they keep their features.
    Explanations,
    /// What is to be learned: every candidate, also those that tell of one event, with its features.
    Training,
}

/// Sentences that the encoder reads at once: readings of a long document do not lie in memory all together.
const READ_AT_ONCE: usize = 512;

/// Segments, parses and codes a document; the analysis stays in `scratch`.
fn find(engine: &Engine, document: &Document, scratch: &mut Scratch, purpose: Purpose) -> Vec<Found> {
    let dateline = engine.actors.dateline(&document.text);
    let text = &*without_dateline(&document.text, dateline.as_ref());
    engine.segment(text, &mut scratch.analysis);
    let all = 0..scratch.analysis.sentences().len();
    engine.parser.parse_sentences(&mut scratch.analysis, all, &mut scratch.parse);
    let analysis = &scratch.analysis;
    let lang = engine.parser.lang();
    let knowledge =
        Knowledge { twins: (purpose != Purpose::Training).then_some(&engine.learned.weighed.twins), keep: purpose != Purpose::Records, ..engine.knowledge() };
    let boilerplate = Boilerplate::of(text);
    let kept: Vec<usize> = (0..analysis.sentences().len()).filter(|&s| !boilerplate.holds(analysis.sentences()[s].span)).collect();
    let (trees, mentions): (Vec<Tree>, Vec<Mentions>) = kept.iter().map(|&s| prepared(engine, analysis, text, s)).unzip();
    let home = dateline.and_then(|d| d.country).or_else(|| engine.actors.home(document));
    let mut memory = Memory::of_document(home, kept.len() > 1);
    for (n, found) in mentions.iter().enumerate().flat_map(|(n, m)| m.names.iter().map(move |found| (n, found))) {
        let known = found.ids.first().map(|&id| engine.actors.known(id));
        // News agencies are named as sources in every story.
        let source = matches!(known, Some(Known::Organisation { sector: Some(crate::model::Sector::Jrn), .. }));
        if let Some(code) = known.filter(|_| !source).and_then(Known::code) {
            memory.count(code, n);
        }
    }
    let political = |m: &Mentions| political(&engine.actors, m);
    let words = trees.iter().map(Tree::len).sum::<usize>().max(1) as f32;
    let density = mentions.iter().map(|m| political(m).0 + political(m).1).sum::<usize>() as f32 * 100.0 / words;
    let proposals: Vec<_> = trees.iter().map(|t| crate::events::proposals(t, &engine.lexicon)).collect();
    let decoys = proposals.iter().map(|p| crate::events::decoys(p, &engine.lexicon)).sum::<usize>() as f32 * 100.0 / words;
    let settings: Vec<Setting> = kept
        .iter()
        .zip(&mentions)
        .map(|(&sentence, m)| Setting { names: political(m).0, political: political(m).1, density, decoys, sentence, running: kept.len() > 1 })
        .collect();
    let Learned { weighed: Weighed { glance, .. }, reader } = &*engine.learned;
    let worth = |n: usize| !proposals[n].is_empty() && (purpose == Purpose::Training || glance.takes(&trees[n], &proposals[n], &engine.lexicon, &settings[n]));
    let taken: Vec<bool> = (0..trees.len()).map(worth).collect();
    let close: Vec<&Tree> = trees.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(t, _)| t).collect();
    let mut readings = reader
        .iter()
        .flat_map(|r| close.chunks(READ_AT_ONCE).map(move |some| (r, some)))
        .flat_map(|(r, some)| r.read(text, some.iter().copied(), &mut scratch.encode));
    let mut out = Vec::new();
    for (n, proposals) in proposals.into_iter().enumerate() {
        let (sentence, tree) = (kept[n], &trees[n]);
        memory.next_sentence();
        let scene = Scene { tree, mentions: &mentions[n], actors: &engine.actors, memory: &memory, day: document.date };
        if taken[n] {
            let times = times(&whens(tree), lang, document.date);
            let reading = readings.next();
            let seen = Seen { times: &times, setting: &settings[n], insight: reader.as_ref().zip(reading.as_ref()).map(|(r, reading)| r.insight(reading)) };
            let found = code_sentence(scene, knowledge, proposals, seen).into_iter();
            out.extend(found.map(|event| Found { sentence, event, context: Vec::new(), size: Size::default() }));
        }
        let said = participants(&scene);
        for (resolved, name, subject) in said {
            memory.remember(tree, &resolved, name, subject);
        }
    }
    if !out.is_empty() {
        describe(engine, &kept, &trees, &mentions, &mut out);
    }
    out
}

/// The text with its dateline as white space of the same length: nobody in it takes part in anything.
fn without_dateline<'t>(text: &'t str, dateline: Option<&Dateline>) -> Cow<'t, str> {
    let Some(Range { start, end }) = dateline.map(|d| d.span.clone()) else { return Cow::Borrowed(text) };
    Cow::Owned(format!("{}{:width$}{}", &text[..start], "", &text[end..], width = end - start))
}

/// A sentence's tree and the names and roles in it.
fn prepared<'a>(engine: &Engine, analysis: &'a Analysis, text: &'a str, sentence: usize) -> (Tree<'a>, Mentions) {
    let mut tree = Tree::new(analysis, text, sentence, engine.parser.lang());
    let mentions = engine.actors.mentions(&tree);
    engine.actors.mend_tree(&mut tree, &mentions);
    (tree, mentions)
}

/// The words of a sentence as those see them who look for times.
fn whens<'t>(tree: &'t Tree) -> Vec<When<'t>> {
    (0..tree.len()).map(|w| When { form: tree.form(w), folded: tree.folded(w), governs: is_before_genitive(tree, w), named: is_named(tree, w) }).collect()
}

/// Whether a word and a proper noun beside it are words of one name.
fn is_named(tree: &Tree, word: usize) -> bool {
    let hangs =
        |below: usize, above: usize| tree.head(below) == Some(above) && matches!(tree.rel(below), Base::Flat | Base::Nmod | Base::Appos | Base::Compound);
    let beside = |other: usize| tree.upos(other) == Upos::Propn && (hangs(word, other) || hangs(other, word));
    word.checked_sub(1).is_some_and(beside) || word + 1 < tree.len() && beside(word + 1)
}

/// Whether a noun in the genitive follows a word, be it behind what agrees with it: «накануне первого тура».
fn is_before_genitive(tree: &Tree, word: usize) -> bool {
    let mut after = (word + 1..tree.len()).skip_while(|&w| matches!(tree.upos(w), Upos::Adj | Upos::Det | Upos::Num) && !tree.feat(w, "Case", "Nom"));
    after.next().is_some_and(|w| matches!(tree.upos(w), Upos::Noun | Upos::Propn) && tree.feat(w, "Case", "Gen"))
}

/// Puts to events what they are about and how many people they concern.
fn describe(engine: &Engine, kept: &[usize], trees: &[Tree], mentions: &[Mentions], found: &mut [Found]) {
    let topics: Vec<_> = trees.iter().zip(mentions).map(|(t, m)| topics(engine, t, m)).collect();
    let tally = engine.contexts.tally(&topics);
    for same in found.chunk_by_mut(|a, b| a.sentence == b.sentence) {
        let Ok(at) = kept.binary_search(&same[0].sentence) else { continue };
        let context = engine.contexts.of(&topics[at], &tally);
        let counts = engine.sizes.counts(&trees[at], &time_words(&whens(&trees[at]), trees[at].lang));
        for f in same {
            f.context.clone_from(&context);
            let of = |&trigger: &usize| engine.sizes.of(&trees[at], &counts, f.event.kind, trigger);
            f.size = f.event.words[..1].iter().chain(&f.event.retold).map(of).reduce(Size::or).unwrap_or_default();
        }
    }
}

/// Numbers of names with a code and of political roles.
fn political(actors: &Actors, mentions: &Mentions) -> (usize, usize) {
    use crate::model::Sector as S;
    let names = mentions.names.iter().filter(|f| f.ids.first().is_some_and(|&id| actors.known(id).code().is_some())).count();
    let political = |sector: S| matches!(sector, S::Gov | S::Mil | S::Cop | S::Jud | S::Leg | S::Pty | S::Opp | S::Reb | S::Prm | S::Spy | S::Uaf);
    let roles = mentions.roles.iter().filter(|f| f.ids.first().is_some_and(|&id| matches!(actors.known(id), Known::Role(_, Some(s)) if political(*s)))).count();
    (names, roles)
}

/// The phrases of a sentence that later ones may go back to, subjects marked.
fn participants(scene: &Scene) -> Vec<(Resolved, Option<usize>, bool)> {
    let tree = scene.tree;
    let nominal = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::X);
    let role = |w: usize| matches!(tree.rel(w), Base::Nsubj | Base::Obj | Base::Obl | Base::Iobj | Base::Nmod | Base::Conj | Base::Root | Base::Appos);
    (0..tree.len())
        .filter(|&w| nominal(w) && role(w) && (scene.is_named(w) || scene.is_role(w) || scene.has_title(w)))
        .map(|w| (scene.resolve(w), scene.name_beside(w), tree.rel(w) == Base::Nsubj))
        .collect()
}

/// The words of contexts in a sentence.
fn topics(engine: &Engine, tree: &Tree, mentions: &Mentions) -> Topics {
    let called = |id: u32| matches!(engine.actors.known(id), Known::Place { .. } | Known::Country { .. } | Known::Person { .. });
    let named = |w: usize| mentions.names.iter().any(|f| f.words.contains(&w) && f.ids.first().is_some_and(|&id| called(id)));
    engine.contexts.topics(tree, &named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_models_and_tables_are_sound() {
        let coder = Coder::new(Options::default()).expect("no user tables");
        for &lang in marsad_text::lang::LANGUAGES {
            let engine = coder.load(lang).expect("embedded models and tables are sound");
            assert!(engine.lexicon.len() > 1000, "{lang}");
            assert!(matches!(engine.actors.known(0), Known::Country { .. }));
        }
    }
}
