//! Why records are what they are, and what the tables see in a text: for who checks records and who writes tables.

use marsad_text::{Analysis, Lang};

use super::records::Parsed;
use super::told::{Told, distinct};
use super::{Coder, Engine, Found, Language, Purpose, Scratch, find, prepared, topics};
use crate::actors::resolve::{Resolved, Scene};
use crate::actors::{Memory, Mentions};
use crate::events::Event;
use crate::model::{Context, Document, Record, Sector};
use crate::tree::Tree;

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

impl Coder {
    /// Explains the records of a document, all or the one of that id.
    #[must_use]
    pub fn explain(&self, document: &Document, record: Option<&str>, scratch: &mut Scratch) -> Vec<Explanation> {
        let Language::Covered(lang) = self.language(document) else { return Vec::new() };
        let engine = self.engine(lang);
        let found = self.kept(find(engine, document, scratch, Purpose::Explanations));
        let parsed = Parsed::new(engine, document, &scratch.analysis);
        let wanted = distinct(&parsed, found).into_iter().filter(|told| record.is_none_or(|id| told.record.id == id));
        wanted.map(|told| explanation(&parsed, told)).collect()
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
            let (tree, mentions) = prepared(engine, &analysis, text, sentence);
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
}

fn explanation(parsed: &Parsed, told: Told) -> Explanation {
    let Told { record, found, dated } = told;
    let engine = parsed.engine;
    let (tree, mentions) = prepared(engine, parsed.analysis, &parsed.document.text, found.sentence);
    let event = &found.event;
    let row = engine.lexicon.row(event.row);
    let mut notes = notes(parsed, &tree, &found, dated.as_ref().unwrap_or(&found));
    notes.extend(context_notes(engine, &tree, &mentions, &record));
    Explanation {
        file: row.file.clone(),
        line: row.line,
        frame: row.frame_text.clone(),
        slots: event.slots.iter().map(|(slot, w)| format!("{slot}: {}{}", tree.form(*w), meaning(event, *w))).collect(),
        factuality: event.finding.seen.clone(),
        notes,
        score: engine.learned.weighed.judge.contributions(&event.features),
        tree: tree.conllu(),
        record,
    }
}

/// Whom the word of a slot means, if it takes part, and by what that is known.
fn meaning(event: &Event, word: usize) -> String {
    let side = |r: &Resolved| format!("{} {}", r.code.map_or("-".to_owned(), |c| c.to_string()), r.sector.map_or("-", Sector::name));
    let resolved = event.actors.iter().chain(&event.recipients).find(|r| r.head == word);
    resolved.map_or_else(String::new, |r| format!(" = {} (by {})", side(r), basis(r)))
}

/// Which words tell of the event again, when it took place, perhaps in another sentence, and whose claim it is.
fn notes(parsed: &Parsed, tree: &Tree, found: &Found, dated: &Found) -> Vec<String> {
    let text = parsed.document.text.as_str();
    let mut out: Vec<String> = found.event.retold.iter().map(|&w| format!("told again by «{}»", tree.form(w))).collect();
    if let Some(time) = &dated.event.time {
        let words = parsed.tree(dated.sentence).span(time.words.clone());
        out.push(format!("date from «{}»", &text[words.range()]));
    }
    if let Some(speaker) = &found.event.speaker {
        out.push(format!("said by «{}»", &text[tree.span(speaker.words.clone()).range()]));
    }
    out
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
