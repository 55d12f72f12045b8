//! A parsed sentence as the coder sees it: words by number, their folded forms, who hangs on whom. What is left of a language ends here.

use std::ops::Range;

use marsad_text::normal::{bare, fold_into};
use marsad_text::{Analysis, Base, Lang, Rel, Span, Upos, Word};

/// One sentence with its tree. Words are numbered from 0 within it.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The language.
    pub lang: Lang,
    analysis: &'a Analysis,
    text: &'a str,
    words: &'a [Word],
    heads: Vec<Option<usize>>,
    rels: Vec<Rel>,
    children: Vec<Vec<usize>>,
    folded: Strings,
    lemmas: Strings,
}

/// Many short strings in one.
#[derive(Debug)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// The strings, folded.
    fn folded<'s>(strings: impl ExactSizeIterator<Item = &'s str>) -> Strings {
        let mut out = Strings { text: String::with_capacity(strings.len() * 10), ends: Vec::with_capacity(strings.len()) };
        for s in strings {
            fold_into(s, &mut out.text);
            out.ends.push(out.text.len());
        }
        out
    }

    fn get(&self, i: usize) -> &str {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[i]]
    }
}

impl<'a> Tree<'a> {
    /// The tree of a sentence of a text that has been parsed.
    #[must_use]
    pub fn new(analysis: &'a Analysis, text: &'a str, sentence: usize, lang: Lang) -> Tree<'a> {
        let range = analysis.sentences()[sentence].words.clone();
        let words = &analysis.words()[range.clone()];
        let heads: Vec<Option<usize>> = words.iter().map(|w| w.head.map(|h| h as usize - range.start)).collect();
        let mut children = vec![Vec::new(); words.len()];
        for (i, head) in heads.iter().enumerate() {
            if let Some(h) = *head {
                children[h].push(i);
            }
        }
        let folded = Strings::folded(words.iter().map(|w| analysis.form(w)));
        let lemmas = Strings::folded(words.iter().map(|w| analysis.lemma(w)));
        let rels = words.iter().map(|w| w.rel).collect();
        Tree { lang, analysis, text, words, heads, rels, children, folded, lemmas }
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word of that number.
    #[must_use]
    pub fn word(&self, i: usize) -> &Word {
        &self.words[i]
    }

    /// Whether white space is missing between a word and the one before it: they are of two tokens that touch, letter by letter.
    #[must_use]
    pub fn is_written_together(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let (one, two) = (&self.words[before], &self.words[i]);
        let touch = one.token != two.token && one.span.end == two.span.start;
        touch && self.form(before).ends_with(char::is_alphabetic) && self.form(i).starts_with(char::is_alphabetic)
    }

    /// The word's bytes in the text: a form that was cut from a token has lost its vowel marks, and may be spelt better.
    #[must_use]
    pub fn written(&self, i: usize) -> &str {
        self.text.get(self.words[i].span.range()).unwrap_or_default()
    }

    /// The form, without what hangs on it in writing.
    #[must_use]
    pub fn form(&self, i: usize) -> &str {
        self.analysis.form(&self.words[i])
    }

    /// The folded form.
    #[must_use]
    pub fn folded(&self, i: usize) -> &str {
        self.folded.get(i)
    }

    /// The folded form without the Arabic article.
    #[must_use]
    pub fn bare(&self, i: usize) -> &str {
        if self.lang == Lang::Ar { bare(self.folded.get(i)) } else { self.folded.get(i) }
    }

    /// Whether a word has the Arabic article; «ألوف» has none.
    #[must_use]
    pub fn has_article(&self, i: usize) -> bool {
        self.bare(i) != self.folded(i) && !self.form(i).starts_with(['أ', 'إ'])
    }

    /// The lemma that the model gave, with its vowel marks.
    #[must_use]
    pub fn vowelled_lemma(&self, i: usize) -> &str {
        self.analysis.lemma(&self.words[i])
    }

    /// The folded lemma that the model gave.
    #[must_use]
    pub fn lemma(&self, i: usize) -> &str {
        self.lemmas.get(i)
    }

    /// Whether the word's lemma or form is this folded dictionary form.
    #[must_use]
    pub fn is_word(&self, i: usize, dictionary: &str) -> bool {
        self.lemmas.get(i) == dictionary
            || self.folded.get(i) == dictionary
            || (self.lang == Lang::Ar && (self.bare(i) == dictionary || self.bare(i).trim_end_matches('ة') == dictionary))
    }

    /// Number of the head; `None` for the root.
    #[must_use]
    pub fn head(&self, i: usize) -> Option<usize> {
        self.heads[i]
    }

    /// Relation to the head, without subtype.
    #[must_use]
    pub fn rel(&self, i: usize) -> Base {
        self.rels[i].base
    }

    /// Relation subtype, empty where there is none.
    #[must_use]
    pub fn sub(&self, i: usize) -> &'static str {
        self.rels[i].subtype()
    }

    /// Part of speech.
    #[must_use]
    pub fn upos(&self, i: usize) -> Upos {
        self.words[i].upos
    }

    /// Whether a feature has a value.
    #[must_use]
    pub fn feat(&self, i: usize, name: &str, value: &str) -> bool {
        self.words[i].feats.is(name, value)
    }

    /// Hangs a word and what is below it on another head that is not below it.
    pub fn hang(&mut self, word: usize, head: usize, rel: Base) {
        debug_assert!(!self.is_under(head, word), "a tree has no circle");
        if let Some(before) = self.heads[word] {
            self.children[before].retain(|&c| c != word);
        }
        let at = self.children[head].partition_point(|&c| c < word);
        self.children[head].insert(at, word);
        self.heads[word] = Some(head);
        self.rels[word] = Rel::of(rel);
    }

    /// Dependents in text order.
    #[must_use]
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Dependents with one of these relations.
    pub fn children_by(&self, i: usize, rels: &'static [Base]) -> impl Iterator<Item = usize> + '_ {
        self.children[i].iter().copied().filter(move |&c| rels.contains(&self.rel(c)))
    }

    /// The word's ancestors, nearest first.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.heads[i], |&h| self.heads[h]).take(self.words.len())
    }

    /// The first of some words that hangs on none of them: the head of a name or role.
    #[must_use]
    pub fn head_of(&self, words: &Range<usize>) -> Option<usize> {
        words.clone().find(|&w| self.head(w).is_none_or(|h| !words.contains(&h)))
    }

    /// Whether a quotation is open where a word stands.
    #[must_use]
    pub fn is_quoted(&self, word: usize) -> bool {
        let marks = (0..word).filter(|&w| matches!(self.form(w), "\"" | "«" | "»" | "“" | "”" | "``" | "''")).count();
        marks % 2 == 1
    }

    /// Whether the sentence ends as a question.
    #[must_use]
    pub fn is_question(&self) -> bool {
        (0..self.len()).rev().take(3).any(|w| matches!(self.form(w), "?" | "؟"))
    }

    /// Whether `i` is `top` or hangs below it.
    #[must_use]
    pub fn is_under(&self, i: usize, top: usize) -> bool {
        i == top || self.ancestors(i).any(|a| a == top)
    }

    /// How many steps `i` lies below `top`; `None` where it does not, or deeper than `most`.
    #[must_use]
    pub fn depth_below(&self, i: usize, top: usize, most: usize) -> Option<usize> {
        if i == top {
            return Some(0);
        }
        self.ancestors(i).take(most).position(|a| a == top).map(|n| n + 1)
    }

    /// The word and everything below it, in text order.
    #[must_use]
    pub fn subtree(&self, top: usize) -> Vec<usize> {
        let mut out = vec![top];
        let mut at = 0;
        while at < out.len() {
            out.extend(self.children[out[at]].iter().copied());
            at += 1;
        }
        out.sort_unstable();
        out
    }

    /// The word and those coordinated with it. Chains in which each member hangs on the one before are followed too.
    #[must_use]
    pub fn coordinated(&self, first: usize) -> Vec<usize> {
        let mut out = vec![first];
        let mut at = 0;
        while at < out.len() {
            let more: Vec<usize> = self.children_by(out[at], &[Base::Conj]).filter(|c| !out.contains(c)).collect();
            out.extend(more);
            at += 1;
        }
        out
    }

    /// The span in the text from the first to the last of some words.
    #[must_use]
    pub fn span(&self, words: Range<usize>) -> Span {
        self.words[words].iter().map(|w| w.span).reduce(Span::join).unwrap_or_default()
    }

    /// The adposition of a phrase as one string: the case word, what is fixed to it, further case words, joined by `_`; `None` where there is none.
    #[must_use]
    pub fn preposition(&self, i: usize) -> Option<String> {
        let mut parts = Vec::new();
        for c in self.children_by(i, &[Base::Case]) {
            // In English the possessive clitic is a case word too; it is the business of the possessive slot.
            if self.folded.get(c) == "'s" || self.folded.get(c) == "'" {
                continue;
            }
            parts.push(c);
            parts.extend(self.children_by(c, &[Base::Fixed]));
        }
        if parts.is_empty() {
            return None;
        }
        parts.sort_unstable();
        Some(parts.iter().map(|&p| adposition(self.lang, self.folded.get(p))).collect::<Vec<_>>().join("_"))
    }

    /// Whether a phrase may have a preposition that is these words or their beginning, by its first case word: told before any string is made.
    #[must_use]
    pub fn may_have_preposition(&self, i: usize, words: &str) -> bool {
        let mut cases = self.children_by(i, &[Base::Case]);
        let Some(first) = cases.next() else { return false };
        let other = cases.next().is_some() || self.children_by(first, &[Base::Fixed]).any(|c| c < first);
        other || words.starts_with(adposition(self.lang, self.folded(first)))
    }

    /// Whether a possessive clitic marks the word.
    #[must_use]
    pub fn is_possessive(&self, i: usize) -> bool {
        self.children_by(i, &[Base::Case]).any(|c| self.folded.get(c) == "'s" || self.folded.get(c) == "'")
    }

    /// The tree in CoNLL-U, without sentence comments.
    #[must_use]
    pub fn conllu(&self) -> String {
        (0..self.len())
            .map(|i| {
                let w = self.word(i);
                let head = self.head(i).map_or(0, |h| h + 1);
                let lemma = Some(self.analysis.lemma(w)).filter(|l| !l.is_empty()).unwrap_or("_");
                format!("{}\t{}\t{lemma}\t{}\t_\t{}\t{head}\t{}\t_\t_\n", i + 1, self.form(i), w.upos, w.feats, self.rels[i])
            })
            .collect()
    }

    /// Whether no word of the sentence begins with a capital though the script has them: speech recognition, captions.
    #[must_use]
    pub fn is_uncased(&self) -> bool {
        self.lang != Lang::Ar && self.words.len() >= 4 && !self.words.iter().any(|w| self.analysis.form(w).chars().next().is_some_and(char::is_uppercase))
    }
}

/// The base form of an adposition: Russian со, во, об… as с, в, о.
fn adposition(lang: Lang, folded: &str) -> &str {
    match (lang, folded) {
        (Lang::Ru, "со") => "с",
        (Lang::Ru, "во") => "в",
        (Lang::Ru, "об" | "обо") => "о",
        (Lang::Ru, "ко") => "к",
        (Lang::Ru, "ото") => "от",
        (Lang::Ru, "изо") => "из",
        (Lang::Ru, "надо") => "над",
        (Lang::Ru, "подо") => "под",
        (Lang::Ru, "передо") => "перед",
        _ => folded,
    }
}
