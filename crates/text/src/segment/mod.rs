//! Text to sentences and words.
//!
//! White space and character classes propose boundaries; two small trained classifiers decide which hold ([`tokens`], [`sentences`]). Then tokens that hold
//! several words come apart: Arabic clitics, English contractions. Where a text is laid out in lines, a line's end is a sentence's end, unless the
//! text is hard-wrapped.

pub mod address;
pub mod sentences;
pub mod tokens;

use serde::{Deserialize, Serialize};

use crate::lang::ar::{Buffers, Clitics};
use crate::lang::en;
use crate::{Analysis, Lang, Linear, Span};

/// Everything that segmentation has learned for one language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Segmenter {
    /// Decides whether two neighbours within a chunk are two tokens.
    pub split: Linear,
    /// Decides whether a sentence ends after a token.
    pub end: Linear,
    /// Arabic clitics; `None` for other languages.
    pub clitics: Option<Clitics>,
}

/// A sentence may hold this many words; longer ones are cut at their best joint, so that parsing stays linear in the text.
pub const MAX_SENTENCE_WORDS: usize = 160;

impl Segmenter {
    /// Splits `text` into sentences and words, into `analysis`. `breaks` are bytes where white space is missing, in order.
    pub(crate) fn segment(&self, text: &str, breaks: &[usize], lang: Lang, analysis: &mut Analysis) {
        analysis.clear();
        let tokens = tokens::tokens(text, breaks, &self.split);
        let ends = sentences::ends(text, &tokens, &self.end, lang == Lang::Ar);
        let mut buffers = Buffers::default();
        let mut from = 0;
        let mut first_word = 0;
        for end in ends {
            for t in from..end {
                self.push_words(text, &tokens, t, lang, &mut buffers, analysis);
            }
            push_pieces(analysis, first_word);
            first_word = analysis.words().len();
            from = end;
        }
    }

    fn push_words(&self, text: &str, tokens: &[Span], t: usize, lang: Lang, buffers: &mut Buffers, analysis: &mut Analysis) {
        let token = tokens[t];
        let surface = &text[token.range()];
        let number = t as u32;
        let near = |i: Option<usize>| i.and_then(|i| tokens.get(i)).map_or("", |s| &text[s.range()]);
        match (lang, &self.clitics) {
            (Lang::Ar, Some(clitics)) => {
                clitics.split(surface, near(t.checked_sub(1)), near(Some(t + 1)), buffers, |range, form| {
                    let at = token.start as usize;
                    analysis.push_word(Span::new(at + range.start, at + range.end), number, form);
                });
            }
            (Lang::En, _) => {
                let mut at = token.start as usize;
                for part in en::contraction_parts(surface, near(t.checked_sub(1)), near(Some(t + 1))) {
                    analysis.push_word(Span::new(at, at + part.len()), number, part);
                    at += part.len();
                }
            }
            _ => analysis.push_word(token, number, surface),
        }
    }
}

/// Pushes the words from `first` on as one sentence, or as several where there are too many.
fn push_pieces(analysis: &mut Analysis, first: usize) {
    let mut from = first;
    let end = analysis.words().len();
    while end - from > MAX_SENTENCE_WORDS {
        let cut = from + best_joint(analysis, from, from + MAX_SENTENCE_WORDS);
        analysis.push_sentence(from..cut);
        from = cut;
    }
    if from < end {
        analysis.push_sentence(from..end);
    }
}

/// How many of the words `from..to` the first piece takes: up to the last strong punctuation in the second half, else the last comma, else the last
/// conjunction, else all.
fn best_joint(analysis: &Analysis, from: usize, to: usize) -> usize {
    let forms: Vec<&str> = analysis.words()[from..to].iter().map(|w| analysis.form(w)).collect();
    let half = forms.len() / 2;
    let last = |is: fn(&str) -> bool| forms.iter().rposition(|f| is(f)).filter(|&i| i >= half);
    last(|f| matches!(f, "." | ";" | "؛" | ":" | "!" | "?" | "؟" | "…" | "—"))
        .or_else(|| last(|f| matches!(f, "," | "،" | "-" | "–")))
        .map(|i| i + 1)
        .or_else(|| last(|f| matches!(f, "و" | "and" | "и" | "but" | "а" | "но")))
        .unwrap_or(forms.len())
}

impl Segmenter {
    pub(crate) fn is_sound(&self) -> bool {
        self.split.is_sound() && self.end.is_sound() && self.clitics.as_ref().is_none_or(Clitics::is_sound)
    }
}
