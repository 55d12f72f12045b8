//! Gold sets of coded sentences, and the measures by which records are scored against them.
//!
//! Levels: `type`, the type is right in the right sentence; `pair`, also the set of all countries; `who`, also which acted and which was acted upon. Events that
//! the annotators were not certain of are neither missed nor wrong. `fact` is the share of matched events whose factuality is right; `unreal` the share of events
//! coded as facts where the gold has the type only as denied, planned or supposed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use marsad::model::{Aux, Document, Record};
use serde::Deserialize;

use crate::Error;

#[derive(Deserialize)]
struct Entity {
    country: Option<String>,
    /// A string, or one a language.
    #[serde(default)]
    text: serde_json::Value,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    aux: Option<String>,
    #[serde(default = "yes")]
    certain: bool,
    #[serde(default)]
    actor: Vec<Entity>,
    #[serde(default)]
    recipient: Vec<Entity>,
    #[serde(rename = "in")]
    languages: Option<Vec<String>>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct Line {
    id: String,
    doc: Option<String>,
    date: Option<String>,
    en: Option<String>,
    ar: Option<String>,
    ru: Option<String>,
    #[serde(default)]
    events: Vec<Event>,
}

impl Line {
    fn text(&mut self, lang: &str) -> &mut Option<String> {
        match lang {
            "en" => &mut self.en,
            "ar" => &mut self.ar,
            _ => &mut self.ru,
        }
    }
}

/// An event of the gold set.
#[derive(Clone, Debug)]
pub struct GoldEvent {
    pub kind: String,
    pub aux: Option<&'static str>,
    pub certain: bool,
    pub actors: BTreeSet<String>,
    pub recipients: BTreeSet<String>,
    /// Every participant: whether it acts, its words in the language, its code.
    pub participants: Vec<(bool, Option<String>, Option<String>)>,
}

/// A document of a gold set, sentence k being line k of its text.
#[derive(Clone, Debug)]
pub struct GoldDocument {
    pub document: Document,
    /// First character of each sentence, and its events.
    pub sentences: Vec<(usize, Vec<GoldEvent>)>,
}

/// Reads a gold set in one language.
pub fn read(path: &Path, lang: &str) -> Result<Vec<GoldDocument>, Error> {
    Ok(documents(lines(path)?, lang))
}

/// Reads a gold set that has labels only: `texts` has the sentences by their ids. Labels without a sentence are an error.
pub fn read_labels(path: &Path, lang: &str, texts: &BTreeMap<String, String>) -> Result<Vec<GoldDocument>, Error> {
    let mut lines = lines(path)?;
    for line in &mut lines {
        let text = texts.get(&line.id).ok_or_else(|| Error::file(path, format!("no sentence {} in the treebanks", line.id)))?;
        *line.text(lang) = Some(text.clone());
    }
    Ok(documents(lines, lang))
}

fn lines(path: &Path) -> Result<Vec<Line>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(n, l)| serde_json::from_str(l).map_err(|e| Error::file(path, format!("line {}: {e}", n + 1)))).collect()
}

fn documents(lines: Vec<Line>, lang: &str) -> Vec<GoldDocument> {
    let mut docs: Vec<GoldDocument> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for mut line in lines {
        let Some(sentence) = line.text(lang).take().filter(|s| !s.is_empty()) else { continue };
        let flat = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = line.doc.clone().unwrap_or_else(|| line.id.clone());
        let at = *index.entry(name.clone()).or_insert_with(|| {
            let date = line.date.as_deref().unwrap_or("2018-10-01").parse().ok();
            docs.push(GoldDocument { document: Document { id: name, lang: Some(lang.to_owned()), date, ..Document::default() }, sentences: Vec::new() });
            docs.len() - 1
        });
        let doc = &mut docs[at];
        if !doc.sentences.is_empty() {
            doc.document.text.push('\n');
        }
        let events = line.events.iter().filter(|e| e.languages.as_ref().is_none_or(|l| l.iter().any(|x| x == lang))).map(|e| gold_event(e, lang)).collect();
        doc.sentences.push((doc.document.text.chars().count(), events));
        doc.document.text.push_str(&flat);
    }
    docs
}

fn gold_event(e: &Event, lang: &str) -> GoldEvent {
    let text = |x: &Entity| match &x.text {
        serde_json::Value::String(t) => Some(t.clone()),
        serde_json::Value::Object(by) => by.get(lang).and_then(|t| t.as_str()).map(str::to_owned),
        _ => None,
    };
    let side = |acts: bool, side: &[Entity]| side.iter().map(|x| (acts, text(x), x.country.clone())).collect::<Vec<_>>();
    let participants = [side(true, &e.actor), side(false, &e.recipient)].concat();
    let codes = |side: &[Entity]| side.iter().filter_map(|x| x.country.clone()).collect();
    GoldEvent { kind: e.kind.clone(), aux: real(e.aux.as_deref()), certain: e.certain, actors: codes(&e.actor), recipients: codes(&e.recipient), participants }
}

fn real(aux: Option<&str>) -> Option<&'static str> {
    ["negation", "future", "hypothetical"].into_iter().find(|a| aux == Some(a))
}

/// A record as the measures see it.
#[derive(Clone, Debug)]
pub struct CodedEvent {
    pub kind: String,
    pub aux: Option<&'static str>,
    pub actors: BTreeSet<String>,
    pub recipients: BTreeSet<String>,
}

/// One telling of a record, as the measures see it, with its character offset.
pub fn coded(record: &Record) -> Vec<(usize, CodedEvent)> {
    let codes = |side: &[marsad::model::Entity]| side.iter().filter_map(|x| x.code.clone()).collect();
    let event = CodedEvent {
        kind: record.event.first().map_or_else(String::new, |t| t.name().to_owned()),
        aux: real(record.aux.map(Aux::name)),
        actors: codes(&record.actor),
        recipients: codes(&record.recipient),
    };
    record.mentions.iter().map(|m| (m.start, event.clone())).collect()
}

/// Counts of one level.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub found: usize,
    pub missed: usize,
    pub wrong: usize,
}

impl Count {
    pub fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.wrong).max(1) as f64
    }

    pub fn recall(&self) -> f64 {
        self.found as f64 / (self.found + self.missed).max(1) as f64
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        2.0 * p * r / (p + r).max(1e-9)
    }
}

/// Counts of all levels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// `type`, `pair`, `who`.
    pub levels: [Count; 3],
    pub right_fact: usize,
    pub matched: usize,
    pub unreal: usize,
    pub coded: usize,
}

pub const LEVELS: [&str; 3] = ["type", "pair", "who"];

fn same(level: usize, g: &GoldEvent, c: &CodedEvent) -> bool {
    let all = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.union(b).cloned().collect::<BTreeSet<_>>();
    g.kind == c.kind
        && match level {
            0 => true,
            1 => all(&g.actors, &g.recipients) == all(&c.actors, &c.recipients),
            _ => g.actors == c.actors && g.recipients == c.recipients,
        }
}

/// Greedy one-to-one matching, certain gold first: pairs of gold and coded numbers.
pub fn matches(gold: &[GoldEvent], coded: &[CodedEvent], level: usize) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..gold.len()).collect();
    order.sort_by_key(|&g| !gold[g].certain);
    let mut free: Vec<usize> = (0..coded.len()).collect();
    let mut pairs = Vec::new();
    for g in order {
        let (want, unlike) = (&gold[g], |c: &usize| {
            let c = &coded[*c];
            usize::from(c.actors != gold[g].actors) + usize::from(c.recipients != gold[g].recipients) + usize::from(c.aux != gold[g].aux)
        });
        if let Some(&c) = free.iter().filter(|&&c| same(level, want, &coded[c])).min_by_key(|c| unlike(c)) {
            free.retain(|&f| f != c);
            pairs.push((g, c));
        }
    }
    pairs
}

impl Tally {
    /// Adds a sentence.
    pub fn add(&mut self, gold: &[GoldEvent], coded: &[CodedEvent]) {
        self.coded += coded.len();
        for level in 0..3 {
            let pairs = matches(gold, coded, level);
            let count = &mut self.levels[level];
            let hit = |g: usize| pairs.iter().any(|p| p.0 == g);
            count.found += pairs.iter().filter(|p| gold[p.0].certain).count();
            count.missed += (0..gold.len()).filter(|&g| gold[g].certain && !hit(g)).count();
            let mut optional: Vec<usize> = (0..gold.len()).filter(|&g| !gold[g].certain && !hit(g)).collect();
            for c in (0..coded.len()).filter(|c| pairs.iter().all(|p| p.1 != *c)) {
                match optional.iter().position(|&g| gold[g].kind == coded[c].kind) {
                    Some(near) => {
                        optional.remove(near);
                    }
                    None => count.wrong += 1,
                }
            }
            if level == 0 {
                self.matched += pairs.len();
                self.right_fact += pairs.iter().filter(|p| gold[p.0].aux == coded[p.1].aux).count();
            }
        }
        for c in coded.iter().filter(|c| c.aux.is_none()) {
            let mut of_type = gold.iter().filter(|g| g.kind == c.kind).peekable();
            self.unreal += usize::from(of_type.peek().is_some() && of_type.all(|g| g.aux.is_some()));
        }
    }

    /// Adds a document with what was coded in it.
    pub fn add_document(&mut self, doc: &GoldDocument, events: &[(usize, CodedEvent)]) {
        for (i, (start, gold)) in doc.sentences.iter().enumerate() {
            let end = doc.sentences.get(i + 1).map_or(usize::MAX, |s| s.0);
            let here: Vec<CodedEvent> = events.iter().filter(|(at, _)| (*start..end).contains(at)).map(|(_, e)| e.clone()).collect();
            self.add(gold, &here);
        }
    }

    pub fn print(&self, name: &str) {
        for (level, c) in LEVELS.iter().zip(&self.levels) {
            println!(
                "{name} {level:5} P {:.3}  R {:.3}  F1 {:.3}   found {} missed {} wrong {}",
                c.precision(),
                c.recall(),
                c.f1(),
                c.found,
                c.missed,
                c.wrong
            );
        }
        println!(
            "{name} fact  {:.3} of {} matched; unreal {:.3} of {} coded",
            self.right_fact as f64 / self.matched.max(1) as f64,
            self.matched,
            self.unreal as f64 / self.coded.max(1) as f64,
            self.coded
        );
    }
}
