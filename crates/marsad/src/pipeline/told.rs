//! Events that a document tells several times: one record each, with all its tellings.

use rustc_hash::FxHashMap;

use super::Found;
use super::records::Parsed;
use crate::model::{Aux, DateSource, Entity, EventType, Record, Sector};

/// A record with the event that it was first made from.
pub(super) struct Told {
    pub(super) record: Record,
    pub(super) found: Found,
    /// The telling that it has its date from, where that is a later one.
    pub(super) dated: Option<Found>,
}

/// Records of the events found, in text order, one event told several times being one record.
pub(super) fn distinct(parsed: &Parsed, found: Vec<Found>) -> Vec<Told> {
    let mut out: Vec<Told> = Vec::new();
    let mut alike: FxHashMap<Key, Alike> = FxHashMap::default();
    for f in found {
        let new = parsed.record(&f);
        let next = out.len();
        let at = Key::of(&new).map_or(next, |key| alike.entry(key).or_default().record_of(text_date(&new), next));
        match out.get_mut(at) {
            Some(old) => old.join(new, f),
            None => out.push(Told { record: new, found: f, dated: None }),
        }
    }
    for (n, told) in out.iter_mut().enumerate() {
        told.record.id = format!("{}#e{}", parsed.document.id, n + 1);
    }
    out
}

impl Told {
    /// Adds a later telling. One whose sentence tells the date gives it to a record that had only the document's.
    fn join(&mut self, new: Record, found: Found) {
        let old = &mut self.record;
        if text_date(old).is_none() && text_date(&new).is_some() {
            old.date = new.date;
            old.date_precision = new.date_precision;
            old.date_source = new.date_source;
            self.dated = Some(found);
        }
        // What one sentence says twice is one telling; they come in text order.
        if old.mentions.last().is_none_or(|m| m.start != new.text_info.start) {
            old.mentions.push(new.text_info);
        }
        old.score = old.score.max(new.score);
        old.size = old.size.or(new.size);
        old.context.extend(new.context);
        old.context.sort_unstable();
        old.context.dedup();
    }
}

/// The date of a record if it is the text that tells it.
fn text_date(record: &Record) -> Option<&str> {
    record.date.as_deref().filter(|_| record.date_source == Some(DateSource::Text))
}

/// What two records that tell of one event have in common beside the date: type, mode, factuality and sides. Whether it is historical is part of the
/// factuality, so that no telling changes it.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    event: Vec<EventType>,
    mode: Vec<String>,
    aux: Option<Aux>,
    actor: Vec<Side>,
    recipient: Vec<Side>,
}

/// Code and sector of somebody who takes part.
type Side = (Option<String>, Option<Sector>);

impl Key {
    /// `None` where no side is known: of such events nobody can say that they are one.
    fn of(record: &Record) -> Option<Key> {
        let sides = |side: &[Entity]| side.iter().map(|e| (e.code.clone(), e.sector)).collect();
        let known = record.actor.iter().chain(&record.recipient).any(|e| e.code.is_some());
        known.then(|| Key {
            event: record.event.clone(),
            mode: record.mode.clone(),
            aux: record.aux,
            actor: sides(&record.actor),
            recipient: sides(&record.recipient),
        })
    }
}

/// The records, by number, that differ in nothing but the date.
#[derive(Default)]
struct Alike {
    /// The first of them, which every telling without a date of its own joins.
    first: Option<usize>,
    /// By the date that the text tells: the first, once it has one, and all others.
    dated: FxHashMap<String, usize>,
}

impl Alike {
    /// The number of the record that a telling with this date belongs to: the first whose date does not contradict it, else the `next`, which it begins.
    fn record_of(&mut self, date: Option<&str>, next: usize) -> usize {
        let first = *self.first.get_or_insert(next);
        let Some(date) = date else { return first };
        if let Some(&known) = self.dated.get(date) {
            return known;
        }
        // The first takes the date over if it has none yet.
        let at = if self.dated.is_empty() { first } else { next };
        self.dated.insert(date.to_owned(), at);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records that tellings with these dates go to, each new one having the number of the telling.
    fn check(dates: &[Option<&str>], expected: &[usize]) {
        let mut alike = Alike::default();
        let records: Vec<usize> = dates.iter().enumerate().map(|(n, date)| alike.record_of(*date, n)).collect();
        assert_eq!(records, expected, "{dates:?}");
    }

    #[test]
    fn tellings_with_dates_that_contradict_each_other_are_events_of_their_own() {
        check(&[None, Some("2020-03-03"), Some("2020-04-05"), Some("2020-05-09")], &[0, 0, 2, 3]);
        check(&[Some("2020-03-03"), Some("2020-04-05"), None, Some("2020-04-05")], &[0, 1, 0, 1]);
        check(&[None, None, Some("2020-03-03"), None, Some("2020-03-03"), Some("2020-04-05")], &[0, 0, 0, 0, 0, 5]);
    }
}
