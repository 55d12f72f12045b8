//! Silver data: what several larger parsers agree on in text without trees trains the small one.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use marsad_text::conllu::{self, GoldSentence, GoldToken, GoldWord};
use marsad_text::{Analysis, Parser, Scratch};

use crate::{Error, data};

/// Share of the words of a sentence on whose head and label all must agree, for the sentence to be kept.
const AGREED: f64 = 0.75;
/// Longer sentences are left out: nobody parses them well.
const LONGEST: usize = 80;

/// Parses `from` (a treebank file, whose words are kept, or plain text) with all teachers and writes what they agree on to `out` as CoNLL-U with gaps.
/// `own_tags` leaves out the parts of speech that `from` has: those of another style.
pub fn run(teachers: &[PathBuf], style: Option<&str>, own_tags: bool, from: &Path, out: &Path) -> Result<(), Error> {
    let parsers = teachers.iter().map(|path| crate::load(path)).collect::<Result<Vec<_>, _>>()?;
    let first = parsers.first().ok_or_else(|| Error::Argument("--teachers: none given".to_owned()))?;
    let style = crate::style_of(first, style)?;
    let sentences = if from.extension().is_some_and(|e| e == "conllu") { data::read(from)? } else { segment(first, from)? };
    let mut sentences: Vec<GoldSentence> = sentences.into_iter().filter(|s| (3..=LONGEST).contains(&s.words.len())).collect();
    if own_tags {
        sentences.iter_mut().flat_map(|s| &mut s.words).for_each(|w| w.upos = None);
    }
    let forms: Vec<Vec<&str>> = sentences.iter().map(|s| s.words.iter().map(|w| w.form.as_str()).collect()).collect();
    let mut scratch = Scratch::default();
    let readings: Vec<Analysis> = parsers.iter().map(|p| p.parse_words(&forms, style, &mut scratch)).collect();
    let mut text = String::new();
    let (mut kept, mut words, mut arcs) = (0, 0, 0);
    let mut at = 0;
    for sentence in &sentences {
        let range = at..at + sentence.words.len();
        at = range.end;
        let agreed = range.clone().filter(|&w| agree(&readings, w)).count();
        if agreed as f64 >= AGREED * range.len() as f64 {
            kept += 1;
            words += range.len();
            arcs += agreed;
            write_sentence(&mut text, sentence, &readings, range.start);
        }
    }
    eprintln!("{kept} of {} sentences kept: {words} words, {arcs} arcs", sentences.len());
    std::fs::write(out, text).map_err(|e| Error::file(out, e))
}

/// Sentences and words of a plain text.
fn segment(parser: &Parser, path: &Path) -> Result<Vec<GoldSentence>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
    let analysis = parser.segment(&text);
    let word = |w: &marsad_text::Word| GoldWord { form: analysis.form(w).to_owned(), lemma: String::new(), upos: None, feats: None, head: None, rel: None };
    let sentence = |s: &marsad_text::Sentence| {
        let words: Vec<GoldWord> = analysis.words_of(s).iter().map(word).collect();
        let tokens = words.iter().enumerate().map(|(i, w)| GoldToken { text: w.form.clone(), words: i..i + 1, space_after: true }).collect();
        GoldSentence { tokens, words, paragraph: false, document: None }
    };
    Ok(analysis.sentences().iter().map(sentence).collect())
}

fn agree(readings: &[Analysis], word: usize) -> bool {
    let arc = |a: &Analysis| (a.words()[word].head, a.words()[word].rel.base);
    readings.iter().all(|a| arc(a) == arc(&readings[0]))
}

fn write_sentence(out: &mut String, sentence: &GoldSentence, readings: &[Analysis], first: usize) {
    for (i, gold) in sentence.words.iter().enumerate() {
        let word = &readings[0].words()[first + i];
        let same = |f: &dyn Fn(&marsad_text::Word) -> bool| readings.iter().all(|a| f(&a.words()[first + i]));
        let upos = gold.upos.map_or_else(|| if same(&|w| w.upos == word.upos) { word.upos.to_string() } else { "_".to_owned() }, |u| u.to_string());
        let feats = if same(&|w| w.feats == word.feats) { word.feats.to_string() } else { "_".to_owned() };
        let (head, rel) = match (agree(readings, first + i), word.head) {
            (false, _) => ("_".to_owned(), "_".to_owned()),
            (true, None) => ("0".to_owned(), "root".to_owned()),
            (true, Some(head)) => ((head as usize - first + 1).to_string(), word.rel.to_string()),
        };
        let _ = writeln!(out, "{}\t{}\t_\t{upos}\t_\t{feats}\t{head}\t{rel}\t_\t_", i + 1, gold.form);
    }
    out.push('\n');
}

/// Reads silver sentences; features that are not told are not known.
pub fn read(path: &Path) -> Result<Vec<GoldSentence>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
    let mut sentences = conllu::read(&text).map_err(|e| Error::file(path, e))?;
    sentences.iter_mut().flat_map(|s| &mut s.words).for_each(data::forget_empty_features);
    Ok(sentences)
}
