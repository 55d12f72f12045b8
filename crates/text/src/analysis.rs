use std::ops::Range;

use crate::{Feats, Rel, Span, Upos};

/// A syntactic word: a token, or one of the parts that a token with clitics or contractions is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// Where its letters stand in the text. A part that has no letters of its own (the article in «للمركز») shares them with its neighbour.
    pub span: Span,
    /// Number of the surface token in the text; parts of one token share it.
    pub token: u32,
    form: Span,
    lemma: Span,
    /// Part of speech; [`Upos::X`] before parsing.
    pub upos: Upos,
    /// Morphological features; none before parsing.
    pub feats: Feats,
    /// Index in [`Analysis::words`] of the word it depends on; `None` for a root and before parsing.
    pub head: Option<u32>,
    /// Relation to the head.
    pub rel: Rel,
    /// Probability that the model gives the part of speech, 0 to 1; not calibrated.
    pub tag_confidence: f32,
    /// Probability that the model gives the head, 0 to 1; not calibrated.
    pub head_confidence: f32,
}

/// A sentence: where it stands and which words are its.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last word.
    pub span: Span,
    /// Indices into [`Analysis::words`].
    pub words: Range<usize>,
    /// Whether tags and tree have been filled in.
    pub parsed: bool,
}

/// What the engine found in one text: sentences, words and, where asked for, tags, lemmas and trees.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    words: Vec<Word>,
    sentences: Vec<Sentence>,
    strings: String,
}

impl Analysis {
    /// All words in text order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// All sentences in text order; together they hold every word once.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The words of a sentence.
    #[must_use]
    pub fn words_of(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.words.clone()]
    }

    /// The word as it is written, a clitic's host restored (مدرسة in «مدرسته»).
    #[must_use]
    pub fn form(&self, word: &Word) -> &str {
        &self.strings[word.form.range()]
    }

    /// The word's dictionary form; empty before parsing.
    #[must_use]
    pub fn lemma(&self, word: &Word) -> &str {
        &self.strings[word.lemma.range()]
    }

    pub(crate) fn push_word(&mut self, span: Span, token: u32, form: &str) {
        let form = self.intern(form);
        self.words.push(Word {
            span,
            token,
            form,
            lemma: Span::default(),
            upos: Upos::X,
            feats: Feats::default(),
            head: None,
            rel: Rel::of(crate::Base::Dep),
            tag_confidence: 0.0,
            head_confidence: 0.0,
        });
    }

    pub(crate) fn push_sentence(&mut self, words: Range<usize>) {
        let span = self.words[words.clone()].iter().map(|w| w.span).reduce(Span::join).unwrap_or_default();
        self.sentences.push(Sentence { span, words, parsed: false });
    }

    pub(crate) fn set_lemma(&mut self, word: usize, lemma: &str) {
        self.words[word].lemma = self.intern(lemma);
    }

    pub(crate) fn words_mut(&mut self) -> &mut [Word] {
        &mut self.words
    }

    pub(crate) fn mark_parsed(&mut self, sentence: usize) {
        self.sentences[sentence].parsed = true;
    }

    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.sentences.clear();
        self.strings.clear();
    }

    fn intern(&mut self, text: &str) -> Span {
        let start = self.strings.len();
        self.strings.push_str(text);
        Span::new(start, self.strings.len())
    }
}
