//! CoNLL-U in and out: treebanks to train and test on, and analyses for other tools.

use std::fmt::Write;

use crate::{Analysis, Feats, Rel, Upos};

/// A word of a treebank.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldWord {
    /// FORM.
    pub form: String,
    /// LEMMA; empty where it is `_` and the form is not.
    pub lemma: String,
    /// UPOS; `None` where not annotated.
    pub upos: Option<Upos>,
    /// FEATS; `None` where neither they nor the part of speech are annotated.
    pub feats: Option<Feats>,
    /// HEAD as an index into the sentence's words; `None` for the root and where not annotated.
    pub head: Option<usize>,
    /// DEPREL; `None` where not annotated.
    pub rel: Option<Rel>,
}

/// A surface token: its text, its words, and whether a space follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldToken {
    /// The token as it stands in the text.
    pub text: String,
    /// Indices into the sentence's words.
    pub words: std::ops::Range<usize>,
    /// Whether white space follows.
    pub space_after: bool,
}

/// A sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldSentence {
    /// Surface tokens.
    pub tokens: Vec<GoldToken>,
    /// Syntactic words.
    pub words: Vec<GoldWord>,
    /// Whether a paragraph or document begins here.
    pub paragraph: bool,
    /// Name of the document, where `# newdoc` gave one here.
    pub document: Option<String>,
}

/// Reads a CoNLL-U file. Empty nodes and enhanced dependencies are skipped.
///
/// # Errors
/// The number of the first line that is not CoNLL-U, and what was expected there.
pub fn read(text: &str) -> Result<Vec<GoldSentence>, String> {
    let mut sentences = Vec::new();
    let mut current = GoldSentence::default();
    let mut covered = 0;
    for (n, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !current.words.is_empty() {
                sentences.push(std::mem::take(&mut current));
            }
            covered = 0;
        } else if let Some(comment) = line.strip_prefix('#') {
            read_comment(comment.trim(), &mut current);
        } else {
            read_line(line, &mut current, &mut covered).map_err(|e| format!("line {}: {e}", n + 1))?;
        }
    }
    if !current.words.is_empty() {
        sentences.push(current);
    }
    Ok(sentences)
}

fn read_comment(comment: &str, sentence: &mut GoldSentence) {
    if comment.starts_with("newpar") {
        sentence.paragraph = true;
    } else if let Some(rest) = comment.strip_prefix("newdoc") {
        sentence.paragraph = true;
        sentence.document = rest.split_once('=').map(|(_, name)| name.trim().to_owned());
    }
}

fn read_line(line: &str, sentence: &mut GoldSentence, covered: &mut usize) -> Result<(), String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, _, feats, head, rel, _, misc] = fields[..] else {
        return Err(format!("{} columns, expected 10", fields.len()));
    };
    let space_after = !misc.split('|').any(|m| m == "SpaceAfter=No");
    if let Some((first, last)) = id.split_once('-') {
        let number = |s: &str| s.parse::<usize>().map_err(|_| format!("bad token range {id}"));
        let (first, last) = (number(first)?, number(last)?);
        sentence.tokens.push(GoldToken { text: form.to_owned(), words: first - 1..last, space_after });
        *covered = last;
        return Ok(());
    }
    if id.contains('.') {
        return Ok(());
    }
    let number: usize = id.parse().map_err(|_| format!("bad word number {id}"))?;
    if number != sentence.words.len() + 1 {
        return Err(format!("word number {number}, expected {}", sentence.words.len() + 1));
    }
    let annotated = upos != "_";
    sentence.words.push(GoldWord {
        form: form.to_owned(),
        lemma: if lemma == "_" && form != "_" { String::new() } else { lemma.to_owned() },
        upos: Upos::from_name(upos),
        feats: annotated.then(|| Feats::from_conllu(feats)),
        head: head.parse::<usize>().ok().and_then(|h| h.checked_sub(1)),
        rel: Rel::from_name(rel),
    });
    if number > *covered {
        sentence.tokens.push(GoldToken { text: form.to_owned(), words: number - 1..number, space_after });
    }
    Ok(())
}

/// The plain text that the sentences were made from: tokens with their spaces, paragraphs as blank lines (as UD's `conllu_to_text` writes them).
#[must_use]
pub fn plain_text(sentences: &[GoldSentence]) -> String {
    let mut out = String::new();
    for (i, sentence) in sentences.iter().enumerate() {
        if sentence.paragraph && i > 0 {
            out.truncate(out.trim_end().len());
            out.push_str("\n\n");
        }
        for token in &sentence.tokens {
            out.push_str(&token.text);
            if token.space_after {
                out.push(' ');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Writes an analysis of `text` as CoNLL-U.
#[must_use]
pub fn write(text: &str, analysis: &Analysis) -> String {
    let mut out = String::new();
    for (n, sentence) in analysis.sentences().iter().enumerate() {
        let words = analysis.words_of(sentence);
        let _ = writeln!(out, "# sent_id = {}\n# text = {}", n + 1, text[sentence.span.range()].split_whitespace().collect::<Vec<_>>().join(" "));
        let first = sentence.words.start;
        for (i, word) in words.iter().enumerate() {
            let parts = words[i..].iter().take_while(|w| w.token == word.token).count();
            let opens = i == 0 || words[i - 1].token != word.token;
            if opens && parts > 1 {
                let surface = surface(text, &words[i..i + parts]);
                let _ = writeln!(out, "{}-{}\t{surface}\t_\t_\t_\t_\t_\t_\t_\t{}", i + 1, i + parts, misc(text, words, i + parts - 1));
            }
            let alone = opens && parts == 1;
            let head = word.head.map_or(0, |h| h as usize - first + 1);
            let rel = if word.head.is_none() { "root".to_owned() } else { word.rel.to_string() };
            let lemma = Some(analysis.lemma(word)).filter(|l| !l.is_empty()).unwrap_or("_");
            let misc = if alone { misc(text, words, i) } else { "_" };
            let _ = writeln!(out, "{}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{}", i + 1, analysis.form(word), lemma, word.upos, word.feats, head, rel, misc);
        }
        out.push('\n');
    }
    out
}

fn surface<'t>(text: &'t str, parts: &[crate::Word]) -> &'t str {
    let span = parts.iter().map(|w| w.span).reduce(crate::Span::join).unwrap_or_default();
    &text[span.range()]
}

fn misc(text: &str, words: &[crate::Word], last: usize) -> &'static str {
    let end = words[last].span.end as usize;
    if text[end..].starts_with(|c: char| !c.is_whitespace()) { "SpaceAfter=No" } else { "_" }
}
