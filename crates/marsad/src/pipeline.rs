//! The order of the rooms: a document in, records out. The only file that knows it.

use std::path::PathBuf;

use marsad_text::Lang;
use thiserror::Error;

use crate::model::{Document, Record};

/// What a coder is to do.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Records below this score are left out; `None` for the default threshold, chosen on development data.
    pub min_score: Option<f32>,
    /// A user's folder of tables that adds to the built-in ones or overrides their rows.
    pub lexicon: Option<PathBuf>,
    /// Take every document for this language instead of telling it from the text.
    pub lang: Option<Lang>,
}

/// Why a coder could not be made.
#[derive(Debug, Error)]
pub enum CoderError {
    /// A table row is wrong.
    #[error("{0}")]
    Table(String),
    /// An embedded model is unsound.
    #[error("model {0}: {1}")]
    Model(Lang, marsad_text::ModelError),
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
    /// Table file and line of the row that made it.
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

/// Memory that coding uses again and again; one a thread.
#[derive(Debug, Default)]
pub struct Scratch {
    _parse: marsad_text::Scratch,
}

/// Models and tables of all languages, loaded when first needed; share it between threads.
#[derive(Debug)]
pub struct Coder {
    options: Options,
}

impl Coder {
    /// A coder with the built-in models and tables.
    ///
    /// # Errors
    /// If the user's tables are wrong.
    pub fn new(options: Options) -> Result<Coder, CoderError> {
        Ok(Coder { options })
    }

    /// Codes one document.
    #[must_use]
    pub fn code(&self, document: &Document, _scratch: &mut Scratch) -> Coded {
        let language = self.options.lang.map_or_else(|| Language::NotCovered("unknown".to_owned()), Language::Covered);
        let _ = document;
        Coded { language, sentences: 0, words: 0, records: Vec::new() }
    }

    /// Explains the records of a document, all or the one of that id.
    #[must_use]
    pub fn explain(&self, document: &Document, record: Option<&str>, _scratch: &mut Scratch) -> Vec<Explanation> {
        let _ = (document, record);
        Vec::new()
    }
}
