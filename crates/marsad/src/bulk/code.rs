use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;

use super::chunks::Work;
use crate::{
    model::Document,
    pipeline::Coded,
    source::{Note, ReadOptions, Reading, SourceError, documents},
};

/// A document that was read, and coded if its language is covered.
#[derive(Debug)]
pub struct Done {
    /// Its id.
    pub document: String,
    /// What the reader had to say.
    pub notes: Vec<Note>,
    /// What was found in it.
    pub coded: Coded,
}

/// A document that was not coded. It prints as one line with its address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// It could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// marsad broke off over it: a fault of marsad's, kept from ending the run.
    #[error("{document}: an internal error of marsad; the document was left out")]
    Internal {
        /// Its id.
        document: String,
    },
}

/// What one document came to.
pub(super) type Item = Result<Done, Failure>;

/// How documents are read.
pub(super) struct Reader {
    pub(super) options: ReadOptions,
    /// Day of publication of documents that tell none.
    pub(super) date: Option<Date>,
}

/// Reads and codes a piece of work.
pub(super) fn code_work<S: Default>(work: Work, reader: &Reader, code: &impl Fn(&Document, &mut S) -> Coded, scratch: &mut S) -> Vec<Item> {
    match work {
        Work::Readings(readings) => readings.into_iter().map(|reading| code_reading(reading?, reader.date, code, scratch)).collect(),
        Work::Whole(input, done) => {
            let name = input.name();
            let whole = catch_unwind(AssertUnwindSafe(|| {
                documents(&input, &reader.options).skip(done).map(|reading| code_reading(reading?, reader.date, code, scratch)).collect()
            }));
            whole.unwrap_or_else(|_| vec![Err(Failure::Internal { document: name })])
        }
    }
}

fn code_reading<S: Default>(reading: Reading, date: Option<Date>, code: &impl Fn(&Document, &mut S) -> Coded, scratch: &mut S) -> Item {
    let Reading { mut document, notes } = reading;
    document.date = document.date.or(date);
    match catch_unwind(AssertUnwindSafe(|| code(&document, scratch))) {
        Ok(coded) => Ok(Done { document: document.id, notes, coded }),
        Err(_) => {
            // Nobody knows in what state it was left.
            *scratch = S::default();
            Err(Failure::Internal { document: document.id })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Reader, code_work};
    use crate::{
        bulk::chunks::Work,
        model::Document,
        pipeline::{Coded, Language},
        source::{Input, ReadOptions},
        text::Lang,
    };

    #[test]
    fn a_panic_costs_one_document() {
        let lines = "{\"id\": \"a\", \"text\": \"Calm.\"}\n{\"id\": \"b\", \"text\": \"panic\"}\n{\"id\": \"c\", \"text\": \"Calm.\"}\n{\"id\": 4}\n";
        let work = Work::Whole(Input::bytes("x.jsonl", lines.as_bytes()), 0);
        let code = |document: &Document, words: &mut usize| {
            *words += 1;
            assert_ne!(document.text, "panic");
            Coded { language: Language::Covered(Lang::En), sentences: 1, words: *words, records: Vec::new() }
        };
        let items = code_work(work, &Reader { options: ReadOptions::default(), date: None }, &code, &mut 0);
        let seen: Vec<_> = items.iter().map(|item| item.as_ref().map(|done| (done.document.as_str(), done.coded.words)).ok()).collect();
        assert_eq!(seen, [Some(("a", 1)), None, Some(("c", 1)), None]);
        assert!(matches!(items[1], Err(Failure::Internal { .. })));
        assert!(matches!(items[3], Err(Failure::Source(_))));
    }
}
