//! The order of the rooms: a document in, records out. The only file that knows it.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use marsad_text::normal::fold;
use marsad_text::{Analysis, Base, Lang, Parser, Spacing, Span, Upos};
use thiserror::Error;

use crate::actors::resolve::{Resolved, Scene};
use crate::actors::{Actors, Known, Memory, Mentions};
use crate::events::when::{When, times};
use crate::events::{
    Contexts, Event, Factuality, Feature, Knowledge, Lexicon, Linker, Reader, Seen, Setting, Sizes, Topics, Verdict, Weighed, code_sentence, intensity,
};
use crate::model::{Aux, CiteInfo, Context, DatePrecision, DateSource, Document, Entity, EventType, Place, Record, Size, TextInfo};
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

/// Why one record is what it is, in a form that a political scientist can act on.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Explanation {
    /// The record.
    pub record: Record,
    /// Table file of the row that made it.
    pub file: String,
    /// Line of the row.
    pub line: usize,
    /// The row's frame as the table writes it.
    pub frame: String,
    /// Which words filled which slots, with what they were resolved to and why.
    pub slots: Vec<String>,
    /// What the factuality layer saw, nearest first; empty where it saw nothing.
    pub factuality: Vec<String>,
    /// Where date and speaker come from.
    pub notes: Vec<String>,
    /// The features that the score was made from, with their weights' contributions.
    pub score: Vec<(String, f32)>,
    /// The sentence's tree in CoNLL-U.
    pub tree: String,
}

/// A candidate with what judge and linker see of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The record that it would be.
    pub record: Record,
    /// The type of its row: an announced meeting is a meeting here.
    pub kind: EventType,
    /// What the judge sees.
    pub features: Vec<Feature>,
    /// What the verdict on its factuality sees.
    pub signs: Vec<Feature>,
    /// Whether all its sides act.
    pub reciprocal: bool,
    /// What the linker sees.
    pub links: Vec<LinkCase>,
    /// Other candidates of its type in the sentence, by number in the document, with what tells the two apart if the other is kept.
    pub rivals: Vec<(usize, Vec<Feature>)>,
}

/// A phrase that may take part in a candidate.
#[derive(Clone, Debug)]
pub struct LinkCase {
    /// First character of its head.
    pub start: usize,
    /// Characters from its first word to its last.
    pub phrase: std::ops::Range<usize>,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// Whether it says where.
    pub scene: bool,
    /// What the linker sees.
    pub features: Vec<Feature>,
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

    /// Loads what a language needs now rather than at its first document.
    pub fn warm_up(&self, lang: Lang) {
        self.engine(lang);
    }

    /// Codes one document.
    #[must_use]
    pub fn code(&self, document: &Document, scratch: &mut Scratch) -> Coded {
        let language = self.language(document);
        let Language::Covered(lang) = language else {
            return Coded { language, sentences: 0, words: 0, records: Vec::new() };
        };
        let engine = self.engine(lang);
        let found = find(engine, document, scratch, Purpose::Records);
        let analysis = &scratch.analysis;
        let min = self.options.min_score.unwrap_or(DEFAULT_MIN_SCORE);
        let found = found.into_iter().filter(|f| f.event.score >= min).collect();
        let records = records(engine, document, analysis, lang, found).into_iter().map(|(r, _)| r).collect();
        Coded { language, sentences: analysis.sentences().len(), words: analysis.words().len(), records }
    }

    /// Explains the records of a document, all or the one of that id.
    #[must_use]
    pub fn explain(&self, document: &Document, record: Option<&str>, scratch: &mut Scratch) -> Vec<Explanation> {
        let Language::Covered(lang) = self.language(document) else { return Vec::new() };
        let engine = self.engine(lang);
        let found = find(engine, document, scratch, Purpose::Explanations);
        let analysis = &scratch.analysis;
        let min = self.options.min_score.unwrap_or(DEFAULT_MIN_SCORE);
        let found = found.into_iter().filter(|f| f.event.score >= min).collect();
        let all = records(engine, document, analysis, lang, found);
        let wanted = all.into_iter().filter(|(r, _)| record.is_none_or(|id| r.id == id));
        wanted.map(|(record, found)| explanation(engine, document, analysis, record, &found)).collect()
    }

    /// Every candidate of a document, whatever its score: for training the judge and the linker.
    #[must_use]
    pub fn candidates(&self, document: &Document, scratch: &mut Scratch) -> Vec<Candidate> {
        let Language::Covered(lang) = self.language(document) else { return Vec::new() };
        let engine = self.engine(lang);
        let found = find(engine, document, scratch, Purpose::Training);
        let mut first = (usize::MAX, 0);
        let candidate = |(n, f): (usize, Found)| {
            if first.0 != f.sentence {
                first = (f.sentence, n);
            }
            let rivals = f.event.rivals.iter().map(|(other, features)| (first.1 + other, features.clone())).collect();
            let record = record(engine, document, &scratch.analysis, lang, &f);
            let kind = engine.lexicon.row(f.event.row).kind.unwrap_or(f.event.kind);
            let tree = Tree::new(&scratch.analysis, f.sentence, lang);
            let link = |l: &crate::events::Link| {
                let (at, phrase) = (tree.word(l.head).span, tree.span(l.resolved.words.clone()));
                let phrase = chars(&document.text, phrase.start)..chars(&document.text, phrase.end);
                LinkCase {
                    start: chars(&document.text, at.start),
                    phrase,
                    code: l.resolved.code.map(|c| c.to_string()),
                    scene: l.scene,
                    features: l.features.clone(),
                }
            };
            Candidate {
                record,
                kind,
                reciprocal: f.event.reciprocal,
                links: f.event.links.iter().map(link).collect(),
                features: f.event.features,
                signs: f.event.signs,
                rivals,
            }
        };
        found.into_iter().enumerate().map(candidate).collect()
    }

    /// What the tables see in a text: names and roles with their meanings, rows with why they do or do not hold, trees. For those who write tables.
    #[must_use]
    pub fn diagnose(&self, text: &str, lang: Lang) -> Vec<String> {
        let engine = self.engine(lang);
        let mut analysis = Analysis::default();
        engine.segment(text, &mut analysis);
        let all = 0..analysis.sentences().len();
        engine.parser.parse_sentences(&mut analysis, all, &mut marsad_text::Scratch::default());
        let mut out = Vec::new();
        for sentence in 0..analysis.sentences().len() {
            let (tree, mentions) = prepared(engine, &analysis, sentence);
            for found in mentions.names.iter().chain(&mentions.roles) {
                let words: Vec<&str> = found.words.clone().map(|w| tree.form(w)).collect();
                let meanings: Vec<String> = found.ids.iter().map(|&id| format!("{:?}", engine.actors.known(id))).collect();
                out.push(format!("{}{}\t{}", words.join(" "), if found.mended { " (mended)" } else { "" }, meanings.join(" | ")));
            }
            let memory = Memory::default();
            let scene = Scene { tree: &tree, mentions: &mentions, actors: &engine.actors, memory: &memory, day: None };
            out.extend(crate::events::diagnose(scene, engine.knowledge()));
            out.push(tree.conllu());
        }
        out
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

/// Segments, parses and codes a document; the analysis stays in `scratch`.
fn find(engine: &Engine, document: &Document, scratch: &mut Scratch, purpose: Purpose) -> Vec<Found> {
    let text = document.text.as_str();
    engine.segment(text, &mut scratch.analysis);
    let all = 0..scratch.analysis.sentences().len();
    engine.parser.parse_sentences(&mut scratch.analysis, all, &mut scratch.parse);
    let analysis = &scratch.analysis;
    let lang = engine.parser.lang();
    let knowledge =
        Knowledge { twins: (purpose != Purpose::Training).then_some(&engine.learned.weighed.twins), keep: purpose != Purpose::Records, ..engine.knowledge() };
    let kept: Vec<usize> = (0..analysis.sentences().len()).filter(|&s| !crate::language::is_boilerplate(text, analysis.sentences()[s].span)).collect();
    let (trees, mentions): (Vec<Tree>, Vec<Mentions>) = kept.iter().map(|&s| prepared(engine, analysis, s)).unzip();
    let mut memory = Memory::of_document(engine.actors.home(document), kept.len() > 1);
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
    let close = trees.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(t, _)| t);
    let mut readings = reader.iter().flat_map(|r| r.read(text, close.clone(), &mut scratch.encode));
    let mut out = Vec::new();
    for (n, proposals) in proposals.into_iter().enumerate() {
        let (sentence, tree) = (kept[n], &trees[n]);
        memory.next_sentence();
        let scene = Scene { tree, mentions: &mentions[n], actors: &engine.actors, memory: &memory, day: document.date };
        if taken[n] {
            let words: Vec<When> = (0..tree.len()).map(|w| When { form: tree.form(w), folded: tree.folded(w) }).collect();
            let times = times(&words, lang, document.date);
            let reading = readings.next();
            let seen = Seen { times: &times, setting: &settings[n], insight: reader.as_ref().zip(reading.as_ref()).map(|(r, reading)| r.insight(reading)) };
            let found = code_sentence(scene, knowledge, proposals, seen).into_iter();
            out.extend(found.map(|event| Found { sentence, event, context: Vec::new(), size: Size::default() }));
        }
        let said = participants(&scene);
        for (resolved, subject) in said {
            memory.remember(tree, &resolved, subject);
        }
    }
    if !out.is_empty() {
        describe(engine, &kept, &trees, &mentions, &mut out);
    }
    out
}

/// A sentence's tree and the names and roles in it.
fn prepared<'a>(engine: &Engine, analysis: &'a Analysis, sentence: usize) -> (Tree<'a>, Mentions) {
    let mut tree = Tree::new(analysis, sentence, engine.parser.lang());
    let mentions = engine.actors.mentions(&tree);
    engine.actors.mend_tree(&mut tree, &mentions);
    (tree, mentions)
}

/// Puts to events what they are about and how many people they concern.
fn describe(engine: &Engine, kept: &[usize], trees: &[Tree], mentions: &[Mentions], found: &mut [Found]) {
    let topics: Vec<_> = trees.iter().zip(mentions).map(|(t, m)| topics(engine, t, m)).collect();
    let tally = engine.contexts.tally(&topics);
    for same in found.chunk_by_mut(|a, b| a.sentence == b.sentence) {
        let Some(at) = kept.iter().position(|&s| s == same[0].sentence) else { continue };
        let context = engine.contexts.of(&topics[at], &tally);
        let counts = engine.sizes.counts(&trees[at]);
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
fn participants(scene: &Scene) -> Vec<(Resolved, bool)> {
    let tree = scene.tree;
    let nominal = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::X);
    let role = |w: usize| matches!(tree.rel(w), Base::Nsubj | Base::Obj | Base::Obl | Base::Iobj | Base::Nmod | Base::Conj | Base::Root | Base::Appos);
    (0..tree.len())
        .filter(|&w| nominal(w) && role(w) && (scene.is_named(w) || scene.is_role(w)))
        .map(|w| (scene.resolve(w), tree.rel(w) == Base::Nsubj))
        .collect()
}

/// Records of the events found, one event told several times being one record; with each its first telling.
fn records(engine: &Engine, document: &Document, analysis: &Analysis, lang: Lang, found: Vec<Found>) -> Vec<(Record, Found)> {
    let mut out: Vec<(Record, Found)> = Vec::new();
    for f in found {
        let new = record(engine, document, analysis, lang, &f);
        match out.iter_mut().find(|(old, _)| same_event(old, &new)) {
            Some((old, _)) => {
                // What one sentence says twice is one telling.
                if old.mentions.iter().all(|m| m.start != new.text_info.start) {
                    old.mentions.push(new.text_info);
                }
                old.score = old.score.max(new.score);
                old.size = old.size.or(new.size);
                old.context.extend(new.context);
                old.context.sort_unstable();
                old.context.dedup();
            }
            None => out.push((new, f)),
        }
    }
    for (n, (record, _)) in out.iter_mut().enumerate() {
        record.id = format!("{}#e{}", document.id, n + 1);
    }
    out
}

/// Whether two records tell of one event: same type, mode, factuality and sides, with at least one side known, and dates that do not contradict each other.
fn same_event(a: &Record, b: &Record) -> bool {
    let codes = |side: &[Entity]| side.iter().map(|e| (e.code.clone(), e.sector)).collect::<Vec<_>>();
    let known = a.actor.iter().chain(&a.recipient).any(|e| e.code.is_some());
    let dates = a.date_source != Some(DateSource::Text) || b.date_source != Some(DateSource::Text) || a.date == b.date;
    known
        && a.event == b.event
        && a.mode == b.mode
        && a.aux == b.aux
        && codes(&a.actor) == codes(&b.actor)
        && codes(&a.recipient) == codes(&b.recipient)
        && dates
}

/// Counts characters up to byte offsets of a text.
fn chars(text: &str, byte: u32) -> usize {
    text[..byte as usize].chars().count()
}

fn record(engine: &Engine, document: &Document, analysis: &Analysis, lang: Lang, found: &Found) -> Record {
    let text = document.text.as_str();
    let tree = Tree::new(analysis, found.sentence, lang);
    let event = &found.event;
    let row = engine.lexicon.row(event.row);
    let sentence = &analysis.sentences()[found.sentence];
    let span = |words: std::ops::Range<usize>| tree.span(words);
    let entity = |r: &Resolved| entity(text, span(r.words.clone()), r);
    let trigger = event
        .words
        .iter()
        .map(|&w| tree.word(w).span)
        .filter(|s| s.start.abs_diff(tree.word(event.words[0]).span.start) < 200)
        .reduce(Span::join)
        .unwrap_or_default();
    let info = TextInfo {
        sequence: found.sentence + 1,
        start: chars(text, sentence.span.start),
        end: chars(text, sentence.span.end),
        trigger_start: chars(text, trigger.start),
        trigger_end: chars(text, trigger.end),
    };
    let (date, date_precision, date_source, historical) = date(document.date, event);
    let mut expression = event.words.clone();
    expression.sort_unstable();
    Record {
        id: String::new(),
        doc: document.id.clone(),
        date,
        date_precision,
        date_source,
        event: vec![event.kind],
        mode: event.mode.clone().into_iter().collect(),
        aux: event.aux.or(historical.then_some(Aux::Historical)),
        quad_code: event.kind.quad().number(),
        event_scale: intensity(event.kind, event.mode.as_deref()),
        context: found.context.clone(),
        size: found.size,
        actor: event.actors.iter().map(entity).collect(),
        recipient: event.recipients.iter().map(entity).collect(),
        speaker: event.speaker.as_ref().map(entity),
        event_loc: event.place.as_ref().map(|(words, name, code)| {
            let s = span(words.clone());
            let geo = engine.actors.geo(name, *code);
            Place {
                extracted_place: text[s.range()].to_owned(),
                resolved_place: Some(name.clone()),
                country_code: code.map(|c| c.to_string()),
                lat: geo.map(|g| g.lat),
                lon: geo.map(|g| g.lon),
                geonameid: geo.and_then(|g| g.id),
                start: chars(text, s.start),
                end: chars(text, s.end),
            }
        }),
        event_text: expression.iter().map(|&w| text[tree.word(w).span.range()].to_owned()).collect(),
        text: text[sentence.span.range()].to_owned(),
        text_info: info.clone(),
        mentions: vec![info],
        rule: row.id.clone(),
        score: (event.score * 1000.0).round() / 1000.0,
        cite_info: CiteInfo {
            title: document.title.clone(),
            corpus: document.outlet.clone(),
            url: document.url.clone(),
            language: Some(lang.code().to_owned()),
            date: document.date.map(|d| d.to_string()),
        },
        coder: concat!("marsad ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

fn entity(text: &str, span: Span, r: &Resolved) -> Entity {
    Entity {
        code: r.code.map(|c| c.to_string()),
        sector: r.sector,
        entity_text: text[span.range()].to_owned(),
        start: chars(text, span.start),
        end: chars(text, span.end),
        name: r.name.clone(),
        office: r.office.clone(),
        identifier_id: r.wikidata.as_ref().map(|_| "wikidata".to_owned()),
        identifier_text: r.wikidata.clone(),
    }
}

/// The event's date: what the sentence says, else the document's; and whether it lies more than about a year back.
fn date(day: Option<Date>, event: &Event) -> (Option<String>, DatePrecision, Option<DateSource>, bool) {
    let told = event.time.as_ref().and_then(|t| t.date);
    let historical = event.time.as_ref().is_some_and(|t| t.historical == Some(true));
    match (told, day) {
        (Some(date), _) => (Some(date.start.to_string()), date.precision, Some(DateSource::Text), historical),
        // What lies in an era that has no date did not happen on the document's day.
        (None, Some(day)) if !historical => (Some(day.to_string()), DatePrecision::Day, Some(DateSource::Document), false),
        (None, _) => (None, DatePrecision::Unknown, None, historical),
    }
}

fn explanation(engine: &Engine, document: &Document, analysis: &Analysis, record: Record, found: &Found) -> Explanation {
    let (tree, mentions) = prepared(engine, analysis, found.sentence);
    let event = &found.event;
    let row = engine.lexicon.row(event.row);
    let side = |r: &Resolved| format!("{} {}", r.code.map_or("-".to_owned(), |c| c.to_string()), r.sector.map_or("-", crate::model::Sector::name));
    let slots = event
        .slots
        .iter()
        .map(|(slot, w)| {
            let meaning =
                event.actors.iter().chain(&event.recipients).find(|r| r.head == *w).map_or_else(String::new, |r| format!(" = {} (by {})", side(r), basis(r)));
            format!("{slot}: {}{meaning}", tree.form(*w))
        })
        .collect();
    let mut notes: Vec<String> = event.retold.iter().map(|&w| format!("told again by «{}»", tree.form(w))).collect();
    if let Some(time) = &event.time {
        notes.push(format!("date from «{}»", &document.text[tree.span(time.words.clone()).range()]));
    }
    if let Some(speaker) = &event.speaker {
        notes.push(format!("said by «{}»", &document.text[tree.span(speaker.words.clone()).range()]));
    }
    notes.extend(context_notes(engine, &tree, &mentions, &record));
    Explanation {
        file: row.file.clone(),
        line: row.line,
        frame: row.frame_text.clone(),
        slots,
        factuality: event.finding.seen.clone(),
        notes,
        score: engine.learned.weighed.judge.contributions(&event.features),
        tree: tree.conllu(),
        record,
    }
}

/// The words of contexts in a sentence.
fn topics(engine: &Engine, tree: &Tree, mentions: &Mentions) -> Topics {
    let called = |id: u32| matches!(engine.actors.known(id), Known::Place { .. } | Known::Country { .. } | Known::Person { .. });
    let named = |w: usize| mentions.names.iter().any(|f| f.words.contains(&w) && f.ids.first().is_some_and(|&id| called(id)));
    engine.contexts.topics(tree, &named)
}

/// Which words tell what an event is about.
fn context_notes(engine: &Engine, tree: &Tree, mentions: &Mentions, record: &Record) -> Vec<String> {
    let topics = topics(engine, tree, mentions);
    let note = |context: &Context| {
        let words: Vec<String> = engine.contexts.words(&topics, *context).iter().map(|&w| format!("«{}»", tree.form(w))).collect();
        let from = if words.is_empty() { "the rest of the document".to_owned() } else { words.join(", ") };
        format!("context {context} from {from}")
    };
    record.context.iter().map(note).collect()
}

fn basis(r: &Resolved) -> &'static str {
    use crate::actors::resolve::Basis as B;
    match r.basis {
        B::Name => "name",
        B::Composed => "role and name",
        B::Context => "role, country from context",
        B::Anaphor => "reference back",
        B::Role => "role",
        B::Attached => "adjective or genitive",
        B::Nothing => "nothing known",
    }
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
