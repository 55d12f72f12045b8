use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::code::Item;
use crate::{model::EventType, pipeline::Language};

/// What a run has done so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Documents read.
    pub documents: u64,
    /// Documents read and coded, in a language that is covered.
    pub coded: u64,
    /// Documents read and left uncoded, by what their language seems to be.
    pub not_covered: BTreeMap<String, u64>,
    /// Documents, or whole inputs, that could not be read.
    pub failed: u64,
    /// Documents about whose reading there is something to note: guessed encodings, characters that mean nothing.
    pub noted: u64,
    /// Words of all documents.
    pub words: u64,
    /// Sentences of all documents.
    pub sentences: u64,
    /// Records.
    pub records: u64,
    /// Records by type; types without any are not there.
    pub by_type: BTreeMap<EventType, u64>,
}

impl Tally {
    /// Counts one document.
    pub(super) fn count(&mut self, item: &Item) {
        let Ok(done) = item else {
            self.failed += 1;
            return;
        };
        self.documents += 1;
        self.noted += u64::from(!done.notes.is_empty());
        self.words += done.coded.words as u64;
        self.sentences += done.coded.sentences as u64;
        self.records += done.coded.records.len() as u64;
        match &done.coded.language {
            Language::Covered(_) => self.coded += 1,
            Language::NotCovered(name) => *self.not_covered.entry(name.clone()).or_default() += 1,
        }
        for event in done.coded.records.iter().flat_map(|record| &record.event) {
            *self.by_type.entry(*event).or_default() += 1;
        }
    }
}
