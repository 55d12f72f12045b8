//! Hand-made records that the formats are tried on.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use super::Format;
use crate::model::{Aux, CiteInfo, Context, DatePrecision, DateSource, Entity, EventType, Place, Record, Sector, Size, TextInfo};

fn entity(code: Option<&str>, sector: Option<Sector>, text: &str, start: usize, name: Option<&str>) -> Entity {
    Entity {
        code: code.map(str::to_owned),
        sector,
        entity_text: text.to_owned(),
        start,
        end: start + text.chars().count(),
        name: name.map(str::to_owned),
        ..Entity::default()
    }
}

fn record(n: usize, event: EventType, text: &str, trigger: &str) -> Record {
    let at = text.find(trigger).unwrap();
    let trigger_start = text[..at].chars().count();
    let info = TextInfo { sequence: n, start: 0, end: text.chars().count(), trigger_start, trigger_end: trigger_start + trigger.chars().count() };
    Record {
        id: format!("wire-7#e{n}"),
        doc: "wire-7".to_owned(),
        date: Some("2022-01-10".to_owned()),
        date_precision: DatePrecision::Day,
        date_source: Some(DateSource::Document),
        event: vec![event],
        mode: Vec::new(),
        aux: None,
        quad_code: event.quad().number(),
        event_scale: -2.5,
        context: vec![Context::Diplomatic, Context::Military],
        size: Size { dead: Some(3), ..Size::default() },
        actor: Vec::new(),
        recipient: Vec::new(),
        speaker: None,
        event_loc: None,
        event_text: vec![trigger.to_owned()],
        text: text.to_owned(),
        mentions: vec![info.clone()],
        text_info: info,
        rule: format!("{}/xx/{trigger}.v", event.folder()),
        score: 0.75,
        cite_info: CiteInfo { title: Some("A day; of talks".to_owned()), language: Some("ar".to_owned()), ..CiteInfo::default() },
        coder: "marsad 0.1.0".to_owned(),
    }
}

/// A visit in Arabic, a denial in Russian over two lines, a withdrawal in English that looks like a formula and has no date.
pub(super) fn records() -> Vec<Record> {
    let visit = Record {
        mode: vec!["visit".to_owned()],
        actor: vec![
            entity(Some("RUS"), Some(Sector::Gov), "وزير الخارجية الروسي", 4, Some("Lavrov; Sergey")),
            entity(Some("USA"), None, "نظيره الأمريكي", 40, None),
        ],
        event_loc: Some(Place {
            extracted_place: "جنيف".to_owned(),
            resolved_place: Some("Geneva".to_owned()),
            country_code: Some("CHE".to_owned()),
            lat: Some(46.20222),
            lon: Some(6.14569),
            geonameid: Some(2_660_646),
            start: 28,
            end: 32,
        }),
        ..record(1, EventType::Consult, "وصل وزير الخارجية الروسي إلى جنيف للقاء نظيره الأمريكي.", "لقاء")
    };
    let denial = Record {
        aux: Some(Aux::Negation),
        speaker: Some(entity(Some("KAZ"), Some(Sector::Gov), "В Астане", 0, None)),
        actor: vec![entity(None, Some(Sector::Cop), "полиция", 24, None)],
        recipient: vec![entity(Some("KAZ"), Some(Sector::Cvl), "митингующих", 43, None)],
        ..record(2, EventType::Assault, "В Астане отрицают, что\nполиция стреляла в митингующих.", "стреляла")
    };
    let withdrawal = Record {
        date: None,
        date_precision: DatePrecision::Unknown,
        date_source: None,
        ..record(3, EventType::Retreat, "=HYPERLINK is what the wire sent before troops left Osh.", "left")
    };
    vec![visit, denial, withdrawal]
}

/// What a format makes of records.
pub(super) fn written(format: &dyn Format, records: &[Record]) -> Vec<u8> {
    let shared = Shared::default();
    let mut writer = format.writer(Box::new(shared.clone()), false).unwrap();
    writer.write(records).unwrap();
    writer.finish().unwrap();
    shared.bytes()
}

/// A place to write to that can be looked at afterwards.
#[derive(Clone, Default)]
pub(super) struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
