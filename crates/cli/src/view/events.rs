//! The events of a document as a table in time order, each with its evidence.

use anstyle::Style;
use marsad::model::{Aux, DatePrecision, DateSource, Entity, Place, Record};

use super::{
    Screen,
    bidi::TO_WHOM,
    evidence, styles,
    table::{Cell, Table},
    text,
};

/// Headings, and how much of a narrow screen their columns may claim of one another.
const COLUMNS: &[(&str, usize)] = &[("#", 1), ("Date", 1), ("Event", 1), ("Who → whom", 3), ("Factuality", 1), ("Where", 1), ("Said by", 2)];

/// How far evidence is set in.
const INDENT: usize = 4;

/// The table, or nothing where there are no events.
pub fn shown(records: &[Record], screen: &Screen) -> String {
    if records.is_empty() {
        return String::new();
    }
    let ordered = in_time_order(records);
    let rows: Vec<Vec<Cell>> = ordered.iter().map(|record| row(record)).collect();
    let table = Table::new(COLUMNS, &rows, screen);
    let mut shown = table.heading(screen);
    for (n, (record, row)) in ordered.iter().zip(&rows).enumerate() {
        if n > 0 {
            shown.push('\n');
        }
        shown += &table.row(row, screen);
        shown += &evidence::shown(record, INDENT, screen);
    }
    shown
}

/// By date, then as the text has them; what has no date comes last.
fn in_time_order(records: &[Record]) -> Vec<&Record> {
    let mut ordered: Vec<&Record> = records.iter().collect();
    ordered.sort_by_key(|record| (record.date.is_none(), record.date.as_deref()));
    ordered
}

fn row(record: &Record) -> Vec<Cell> {
    let (factuality, style) = factuality(record.aux);
    vec![
        Cell::of(number(&record.id)).styled(styles::FAINT),
        Cell::of(date(record)),
        Cell { paragraphs: event(record), style: styles::STRONG },
        Cell { paragraphs: participants(record), style: styles::PLAIN },
        Cell::of(factuality).styled(style),
        Cell::of(record.event_loc.as_ref().map(place).unwrap_or_default()),
        Cell::of(record.speaker.as_ref().map(participant).unwrap_or_default()),
    ]
}

/// The record's number in its document: `3` of `wire-7#e3`.
fn number(id: &str) -> &str {
    id.rsplit_once("#e").map_or(id, |(_, number)| number)
}

/// As much of the date as is known; in brackets where it is only the document's.
fn date(record: &Record) -> String {
    let Some(date) = &record.date else { return "undated".to_owned() };
    let part = |length| date.get(..length).unwrap_or(date);
    let known = match record.date_precision {
        DatePrecision::Day => date.clone(),
        DatePrecision::Week => format!("week {date}"),
        DatePrecision::Month => part(7).to_owned(),
        DatePrecision::Quarter => format!("quarter {}", part(7)),
        DatePrecision::Year => part(4).to_owned(),
        DatePrecision::Decade => format!("{}s", part(4)),
        DatePrecision::Unknown => "undated".to_owned(),
    };
    match record.date_source {
        Some(DateSource::Document) => format!("({known})"),
        _ => known,
    }
}

/// Type and mode: `CONSULT`, `visit`.
pub fn event(record: &Record) -> Vec<String> {
    let types = record.event.iter().map(|event| event.name().to_owned());
    types.chain(record.mode.iter().cloned()).collect()
}

fn factuality(aux: Option<Aux>) -> (&'static str, Style) {
    match aux {
        None => ("fact", styles::PLAIN),
        Some(aux @ Aux::Negation) => (aux.name(), styles::DENIED),
        Some(aux @ (Aux::Future | Aux::Hypothetical)) => (aux.name(), styles::UNREAL),
        Some(aux @ Aux::Historical) => (aux.name(), styles::PAST),
    }
}

/// Actors, then recipients after an arrow, one a line.
fn participants(record: &Record) -> Vec<String> {
    let actors = record.actor.iter().map(participant);
    let recipients = record.recipient.iter().map(|entity| format!("{TO_WHOM}{}", participant(entity)));
    actors.chain(recipients).collect()
}

/// `RUS GOV Vladimir Putin`, by name where marsad knows it and else by the words of the text; what is unknown is left out.
fn participant(entity: &Entity) -> String {
    let sector = entity.sector.map(|sector| sector.name());
    let name = text::clean(entity.name.as_ref().unwrap_or(&entity.entity_text));
    let parts = [entity.code.as_deref(), sector, Some(name.trim())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `Geneva CHE`.
fn place(place: &Place) -> String {
    let name = text::clean(place.resolved_place.as_ref().unwrap_or(&place.extracted_place));
    match &place.country_code {
        Some(code) => format!("{name} {code}"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::view::{
        Screen,
        samples::{arabic, english, russian},
        text,
    };

    #[test]
    fn events_stand_in_time_order_with_their_evidence() {
        let screen = Screen { width: 110, styled: false };
        let expected = "\
#  Date          Event    Who → whom                    Factuality  Where       Said by
2  2022-01       ASSAULT  KAZ COP полиция               negation                KAZ GOV Астане
                          → KAZ CVL митингующих
    В Астане отрицают, что полиция »стреляла« в митингующих.

1  (2022-01-10)  CONSULT  RUS GOV وزير الخارجية الروسي  fact        Geneva CHE
                 visit    USA GOV نظيره الأمريكي
                                                          »التقى« وزير الخارجية الروسي نظيره الأمريكي في جنيف.

3  undated       PROTEST  LAB Dockers' Union            fact
                 strike
    Dock workers »walked out« on Monday after talks with the port failed.
";
        let all = shown(&[arabic(), russian(), english()], &screen).replace(['\u{2067}', '\u{2068}', '\u{2069}'], "");
        assert_eq!(all, expected, "\n{all}");
    }

    #[test]
    fn every_line_fits_the_screen() {
        for width in [70, 80, 100, 160] {
            let screen = Screen { width, styled: false };
            for line in shown(&[arabic(), russian(), english()], &screen).lines() {
                assert!(text::width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn no_events_no_table() {
        assert_eq!(shown(&[], &Screen { width: 80, styled: false }), "");
    }
}
