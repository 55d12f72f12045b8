//! What holds for the analysis of any text; shared by the tests and the fuzz target.

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

use marsad_text::{Analysis, LANGUAGES, Lang, Parser, Sentence};

/// The models that the program embeds.
pub static PARSERS: LazyLock<HashMap<Lang, Parser>> = LazyLock::new(|| {
    let load = |&lang: &Lang| (lang, Parser::from_bytes(&model(lang)).expect("the models are sound"));
    LANGUAGES.iter().map(load).collect()
});

/// A language's model file.
pub fn model(lang: Lang) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|dir| dir.join("models").join(format!("{lang}.marsad"))).find(|path| path.exists());
    std::fs::read(path.expect("there is a folder of models")).expect("a model can be read")
}

/// Panics where the analysis of a text breaks a promise.
pub fn check(text: &str, analysis: &Analysis) {
    check_spans(text, analysis);
    let mut next = 0;
    for sentence in analysis.sentences() {
        assert_eq!(sentence.words.start, next, "sentences hold the words in order");
        assert!(!sentence.words.is_empty(), "a sentence has words");
        assert!(sentence.words.len() <= marsad_text::segment::MAX_SENTENCE_WORDS, "sentences are cut");
        next = sentence.words.end;
        if sentence.parsed {
            check_tree(analysis, sentence);
        }
    }
    assert_eq!(next, analysis.words().len(), "sentences hold all words");
}

/// Words lie in the text on character boundaries, in order, and leave out nothing but white space and controls.
fn check_spans(text: &str, analysis: &Analysis) {
    let mut end = 0;
    for word in analysis.words() {
        let (from, to) = (word.span.start as usize, word.span.end as usize);
        let surface = text.get(from..to).expect("a span lies in the text on character boundaries");
        assert!(!surface.is_empty() && !analysis.form(word).is_empty(), "a word has letters");
        if from > end {
            let between = &text[end..from];
            assert!(between.chars().all(is_space), "«{between}» is in no word");
        }
        end = end.max(to);
    }
    assert!(text[end..].chars().all(is_space), "the end is in no word");
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{FEFF}'
}

/// One root, no circle, heads in the sentence, confidences that are probabilities.
fn check_tree(analysis: &Analysis, sentence: &Sentence) {
    let words = analysis.words_of(sentence);
    assert_eq!(words.iter().filter(|w| w.head.is_none()).count(), 1, "a tree has one root");
    for word in words {
        let mut at = word;
        let mut steps = 0;
        while let Some(head) = at.head {
            assert!(sentence.words.contains(&(head as usize)), "a head is in the sentence");
            at = &analysis.words()[head as usize];
            steps += 1;
            assert!(steps <= words.len(), "heads lead in a circle");
        }
        for confidence in [word.tag_confidence, word.head_confidence] {
            assert!((0.0..=1.0).contains(&confidence), "{confidence} is no probability");
        }
        assert!(!analysis.lemma(word).is_empty(), "a parsed word has a lemma");
    }
}
