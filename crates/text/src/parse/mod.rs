//! Words in, tree out: one network a language tags, lemmatises and parses.
//!
//! Embeddings of spelling features, summed; layers of bidirectional simple recurrent units (Lei et al. 2018); linear heads for parts of speech (a
//! first distribution is fed to the last layer, a second comes out of it) and features; arcs scored by products of low-rank projections (after Dozat & Manning 2017) with a learned
//! preference for distances; the label chosen for the best arc only. Parameters are bytes (embeddings) and bfloat16.
//!
//! Costs grow with the number of words: sentences are at most [`crate::segment::MAX_SENTENCE_WORDS`] long. All memory that grows with the text is in the
//! caller's [`Scratch`] and is used again.

pub mod decode;
pub mod features;
pub(crate) mod integer;
pub mod kernels;
pub mod lemma;
pub mod model;
mod network;

pub use model::ModelError;
pub use network::Scratch;

use crate::{Analysis, Lang};
use model::{Model, Stored};

/// A loaded model; share it between threads.
#[derive(Debug)]
pub struct Parser {
    model: Model,
}

/// Words that are taken through the network at once: enough to fill its matrix products, few enough for the second-level cache.
const BATCH_WORDS: usize = 192;

impl Parser {
    /// Loads a model file.
    ///
    /// # Errors
    /// [`ModelError`] where the file is not a sound model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Parser, ModelError> {
        Ok(Parser { model: Model::from_stored(Stored::from_bytes(bytes)?)? })
    }

    /// The language that the model reads.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.model.lang
    }

    /// What the model was trained from and its licence.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.model.origin
    }

    /// Names of the annotation styles that the model can imitate; the first is its own choice for the news.
    #[must_use]
    pub fn styles(&self) -> &[String] {
        &self.model.styles
    }

    /// Sentences and words, without tags and trees.
    #[must_use]
    pub fn segment(&self, text: &str) -> Analysis {
        let mut analysis = Analysis::default();
        self.segment_into(text, &mut analysis);
        analysis
    }

    /// [`Parser::segment`] into an analysis that is used again.
    pub fn segment_into(&self, text: &str, analysis: &mut Analysis) {
        self.segment_apart(text, &[], analysis);
    }

    /// [`Parser::segment_into`] of a text that lacks white space before the bytes `breaks`, in order, as [`crate::Spacing`] finds them.
    pub fn segment_apart(&self, text: &str, breaks: &[usize], analysis: &mut Analysis) {
        self.model.segmenter.segment(text, breaks, self.model.lang, analysis);
    }

    /// Everything at once: sentences, words, tags, lemmas and trees.
    #[must_use]
    pub fn parse(&self, text: &str, scratch: &mut Scratch) -> Analysis {
        let mut analysis = self.segment(text);
        let all = 0..analysis.sentences().len();
        self.parse_sentences(&mut analysis, all, scratch);
        analysis
    }

    /// Fills in tags, lemmas and trees of some sentences.
    pub fn parse_sentences(&self, analysis: &mut Analysis, sentences: impl IntoIterator<Item = usize>, scratch: &mut Scratch) {
        self.parse_sentences_in_style(analysis, sentences, 0, scratch);
    }

    /// [`Parser::parse_sentences`] in the annotation style of that number, for comparing with a treebank; numbers out of range mean the first style.
    pub fn parse_sentences_in_style(&self, analysis: &mut Analysis, sentences: impl IntoIterator<Item = usize>, style: usize, scratch: &mut Scratch) {
        let style = if style < self.model.styles.len() { style } else { 0 };
        scratch.batch.clear();
        let mut words = 0;
        for s in sentences {
            let n = analysis.sentences()[s].words.len();
            if words + n > BATCH_WORDS && words > 0 {
                network::run(&self.model, analysis, style, scratch);
                scratch.batch.clear();
                words = 0;
            }
            scratch.batch.push(s);
            words += n;
        }
        network::run(&self.model, analysis, style, scratch);
    }

    /// An analysis of words that are given: each inner slice is a sentence. Spans count in the words joined by single spaces.
    #[must_use]
    pub fn parse_words(&self, sentences: &[Vec<&str>], style: usize, scratch: &mut Scratch) -> Analysis {
        let mut analysis = Analysis::default();
        let mut at = 0;
        let mut token = 0;
        for sentence in sentences {
            let first = analysis.words().len();
            for word in sentence {
                analysis.push_word(crate::Span::new(at, at + word.len()), token, word);
                at += word.len() + 1;
                token += 1;
            }
            analysis.push_sentence(first..analysis.words().len());
        }
        self.parse_sentences_in_style(&mut analysis, 0..sentences.len(), style, scratch);
        analysis
    }
}
