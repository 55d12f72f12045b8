//! Hand-made records that the views are tried on.

use marsad::model::{Aux, CiteInfo, DatePrecision, DateSource, Entity, EventType, Place, Record, Sector, Size, TextInfo};

fn entity(code: Option<&str>, sector: Option<Sector>, text: &str, name: Option<&str>) -> Entity {
    let own = |text: &str| text.to_owned();
    Entity { code: code.map(own), sector, entity_text: own(text), name: name.map(own), ..Entity::default() }
}

fn record(n: usize, event: EventType, text: &str, trigger: &str) -> Record {
    let before = text[..text.find(trigger).unwrap()].chars().count();
    let trigger_end = 1000 + before + trigger.chars().count();
    let info = TextInfo { sequence: n, start: 1000, end: 1000 + text.chars().count(), trigger_start: 1000 + before, trigger_end };
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
        event_scale: 2.5,
        context: Vec::new(),
        size: Size::default(),
        actor: Vec::new(),
        recipient: Vec::new(),
        speaker: None,
        event_loc: None,
        event_text: vec![trigger.to_owned()],
        text: text.to_owned(),
        mentions: vec![info.clone()],
        text_info: info,
        rule: format!("{}/xx/word.v", event.folder()),
        score: 0.75,
        cite_info: CiteInfo::default(),
        coder: "marsad 0.1.0".to_owned(),
    }
}

/// A meeting of two with a place.
pub fn arabic() -> Record {
    let place =
        Place { extracted_place: "جنيف".to_owned(), resolved_place: Some("Geneva".to_owned()), country_code: Some("CHE".to_owned()), ..Place::default() };
    Record {
        mode: vec!["visit".to_owned()],
        actor: vec![entity(Some("RUS"), Some(Sector::Gov), "وزير الخارجية الروسي", None), entity(Some("USA"), Some(Sector::Gov), "نظيره الأمريكي", None)],
        event_loc: Some(place),
        ..record(1, EventType::Consult, "التقى وزير الخارجية الروسي نظيره الأمريكي في جنيف.", "التقى")
    }
}

/// A denied assault with a speaker.
pub fn russian() -> Record {
    Record {
        date: Some("2022-01-01".to_owned()),
        date_precision: DatePrecision::Month,
        date_source: Some(DateSource::Text),
        aux: Some(Aux::Negation),
        speaker: Some(entity(Some("KAZ"), Some(Sector::Gov), "Астане", None)),
        actor: vec![entity(Some("KAZ"), Some(Sector::Cop), "полиция", None)],
        recipient: vec![entity(Some("KAZ"), Some(Sector::Cvl), "митингующих", None)],
        ..record(2, EventType::Assault, "В Астане отрицают, что\nполиция стреляла в митингующих.", "стреляла")
    }
}

/// A strike without a date, a recipient or a country.
pub fn english() -> Record {
    Record {
        date: None,
        date_precision: DatePrecision::Unknown,
        date_source: None,
        mode: vec!["strike".to_owned()],
        actor: vec![entity(None, Some(Sector::Lab), "Dock workers", Some("Dockers' Union"))],
        ..record(3, EventType::Protest, "Dock workers walked out on Monday after talks with the port failed.", "walked out")
    }
}
