//! Records from events: the words of the text, what they were resolved to, and where they stand.

use jiff::civil::Date;
use marsad_text::{Analysis, Span};

use super::offsets::Offsets;
use super::{Engine, Found};
use crate::actors::resolve::Resolved;
use crate::events::{Event, intensity};
use crate::model::{Aux, CiteInfo, Code, DatePrecision, DateSource, Document, Entity, Place, Record, TextInfo};
use crate::tree::Tree;

/// A document that was parsed, and by what: all that its records are made from beside the events.
pub(super) struct Parsed<'a> {
    pub(super) engine: &'a Engine,
    pub(super) document: &'a Document,
    pub(super) analysis: &'a Analysis,
    pub(super) offsets: Offsets<'a>,
}

impl<'a> Parsed<'a> {
    pub(super) fn new(engine: &'a Engine, document: &'a Document, analysis: &'a Analysis) -> Parsed<'a> {
        Parsed { engine, document, analysis, offsets: Offsets::of(&document.text) }
    }

    /// A sentence's tree as it was parsed.
    pub(super) fn tree(&self, sentence: usize) -> Tree<'a> {
        Tree::new(self.analysis, &self.document.text, sentence, self.engine.parser.lang())
    }

    /// The record of one telling of an event. Its id is empty: it depends on the records before it.
    pub(super) fn record(&self, found: &Found) -> Record {
        let text = self.document.text.as_str();
        let tree = self.tree(found.sentence);
        let event = &found.event;
        let entity = |r: &Resolved| self.entity(tree.span(r.words.clone()), r);
        let sentence = self.analysis.sentences()[found.sentence].span;
        let info = self.text_info(&tree, found);
        let (date, date_precision, date_source, historical) = date(self.document.date, event);
        let mut expression = event.words.clone();
        expression.sort_unstable();
        Record {
            id: String::new(),
            doc: self.document.id.clone(),
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
            event_loc: event.place.as_ref().map(|(words, name, code)| self.place(tree.span(words.clone()), name, *code)),
            event_text: expression.iter().map(|&w| text[tree.word(w).span.range()].to_owned()).collect(),
            text: text[sentence.range()].to_owned(),
            text_info: info.clone(),
            mentions: vec![info],
            rule: self.engine.lexicon.row(event.row).id.clone(),
            score: (event.score * 1000.0).round() / 1000.0,
            cite_info: self.cite_info(),
            coder: concat!("marsad ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// Where the evidence of an event stands.
    fn text_info(&self, tree: &Tree, found: &Found) -> TextInfo {
        let words = &found.event.words;
        let span = |&w: &usize| tree.word(w).span;
        let first = words.first().map(span).unwrap_or_default();
        let near = words.iter().map(span).filter(|s| s.start.abs_diff(first.start) < 200);
        let trigger = self.offsets.range(near.reduce(Span::join).unwrap_or_default());
        let sentence = self.offsets.range(self.analysis.sentences()[found.sentence].span);
        TextInfo { sequence: found.sentence + 1, start: sentence.start, end: sentence.end, trigger_start: trigger.start, trigger_end: trigger.end }
    }

    fn entity(&self, span: Span, r: &Resolved) -> Entity {
        let characters = self.offsets.range(span);
        Entity {
            code: r.code.map(|c| c.to_string()),
            sector: r.sector,
            entity_text: self.document.text[span.range()].to_owned(),
            start: characters.start,
            end: characters.end,
            name: r.name.clone(),
            office: r.office.clone(),
            identifier_id: r.wikidata.as_ref().map(|_| "wikidata".to_owned()),
            identifier_text: r.wikidata.clone(),
        }
    }

    fn place(&self, span: Span, name: &str, code: Option<Code>) -> Place {
        let geo = self.engine.actors.geo(name, code);
        let characters = self.offsets.range(span);
        Place {
            extracted_place: self.document.text[span.range()].to_owned(),
            resolved_place: Some(name.to_owned()),
            country_code: code.map(|c| c.to_string()),
            lat: geo.map(|g| g.lat),
            lon: geo.map(|g| g.lon),
            geonameid: geo.and_then(|g| g.id),
            start: characters.start,
            end: characters.end,
        }
    }

    fn cite_info(&self) -> CiteInfo {
        let document = self.document;
        CiteInfo {
            title: document.title.clone(),
            corpus: document.outlet.clone(),
            url: document.url.clone(),
            language: Some(self.engine.parser.lang().code().to_owned()),
            date: document.date.map(|d| d.to_string()),
        }
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
