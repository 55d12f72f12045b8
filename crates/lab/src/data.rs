//! The treebanks: which files train a language, in which annotation style, and what is held out.

use std::fs;
use std::path::Path;

use marsad_text::conllu::{self, GoldSentence, GoldWord};
use marsad_text::normal::fold;
use marsad_text::{Feats, Lang, Upos};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Error;

/// A set of sentences that share a style.
#[derive(Debug)]
pub struct Part {
    pub style: usize,
    pub sentences: Vec<GoldSentence>,
    /// Whether it has trees.
    pub trees: bool,
}

/// Everything a language is trained on.
#[derive(Debug)]
pub struct Corpus {
    pub lang: Lang,
    /// Style names; the first is that of the news, which the program uses.
    pub styles: &'static [&'static str],
    pub train: Vec<Part>,
    /// Held out, to choose by.
    pub dev: Vec<Part>,
    /// Possible parts of speech of a folded form, where a lexicon tells.
    pub tags: FxHashMap<String, u32>,
    /// Lemmas of the lexicon.
    pub lemmas: Vec<(String, Upos, String)>,
    pub origin: String,
}

pub const EN_STYLES: &[&str] = &["gum", "ewt"];
pub const RU_STYLES: &[&str] = &["pud", "gsd", "taiga"];
pub const AR_STYLES: &[&str] = &["pud", "padt"];

/// Reads what trains `lang` from the folder of treebanks.
pub fn corpus(lang: Lang, ud: &Path) -> Result<Corpus, Error> {
    match lang {
        Lang::En => english(ud),
        Lang::Ru => russian(ud),
        Lang::Ar => arabic(ud),
    }
}

pub fn read(path: &Path) -> Result<Vec<GoldSentence>, Error> {
    let text = fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
    conllu::read(&text).map_err(|e| Error::file(path, e))
}

fn english(ud: &Path) -> Result<Corpus, Error> {
    let gum = read(&ud.join("UD_English-GUM/en_gum-ud-train.conllu"))?;
    let gum = free_documents(gum);
    let mut dev = vec![Part { style: 1, sentences: read(&ud.join("UD_English-EWT/en_ewt-ud-dev.conllu"))?, trees: true }];
    let gum_dev = free_documents(read(&ud.join("UD_English-GUM/en_gum-ud-dev.conllu"))?);
    dev.push(Part { style: 0, sentences: gum_dev, trees: true });
    Ok(Corpus {
        lang: Lang::En,
        styles: EN_STYLES,
        train: vec![
            Part { style: 1, sentences: read(&ud.join("UD_English-EWT/en_ewt-ud-train.conllu"))?, trees: true },
            Part { style: 0, sentences: gum, trees: true },
        ],
        dev,
        tags: FxHashMap::default(),
        lemmas: Vec::new(),
        origin: "UD_English-EWT 2.16 train (CC BY-SA 4.0); UD_English-GUM 2.16 train without its NonCommercial documents (CC BY 4.0)".to_owned(),
    })
}

/// GUM's documents that are not under a NonCommercial licence: all genres but fiction, how-to guides and Reddit.
fn free_documents(sentences: Vec<GoldSentence>) -> Vec<GoldSentence> {
    let mut free = false;
    let keep = |s: &GoldSentence| {
        if let Some(name) = &s.document {
            free = !["GUM_fiction", "GUM_whow", "GUM_reddit"].iter().any(|nc| name.starts_with(nc));
        }
        free
    };
    let mut keep = keep;
    sentences.into_iter().filter(|s| keep(s)).collect()
}

fn russian(ud: &Path) -> Result<Corpus, Error> {
    let taiga = ["UD_Russian-Taiga/ru_taiga-ud-train-r2.7.conllu", "UD_Russian-Taiga/ru_taiga-ud-dev.conllu", "UD_Russian-Taiga/ru_taiga-ud-test.conllu"];
    let poetry = ["UD_Russian-Poetry/ru_poetry-ud-dev.conllu", "UD_Russian-Poetry/ru_poetry-ud-test.conllu"];
    let mut social = Vec::new();
    for file in taiga.iter().chain(&poetry) {
        social.extend(read(&ud.join(file))?);
    }
    let social = without_twins(social);
    let (pud, pud_dev) = hold_out(read(&ud.join("UD_Russian-PUD-part/ru_pud-part-train.conllu"))?, 10);
    // Four fifths of GSD's development file train: no other text has the annotation that its test file is measured by.
    let (gsd, gsd_dev) = hold_out(read(&ud.join("UD_Russian-GSD/ru_gsd-ud-dev.conllu"))?, 5);
    Ok(Corpus {
        lang: Lang::Ru,
        styles: RU_STYLES,
        train: vec![
            Part { style: 2, sentences: social, trees: true },
            Part { style: 0, sentences: pud, trees: true },
            Part { style: 1, sentences: gsd, trees: true },
        ],
        dev: vec![Part { style: 1, sentences: gsd_dev, trees: true }, Part { style: 0, sentences: pud_dev, trees: true }],
        tags: FxHashMap::default(),
        lemmas: Vec::new(),
        origin: "UD_Russian-Taiga (r2.7 train, 2.16 dev and test), UD_Russian-Poetry 2.16 (dev, test), UD_Russian-GSD 2.16 (four fifths of dev) (CC BY-SA 4.0); UD_Russian-PUD, two thirds (CC BY-SA 3.0)".to_owned(),
    })
}

fn arabic(ud: &Path) -> Result<Corpus, Error> {
    let padt = ud.join("UD_Arabic-PADT-derived");
    let (pud, pud_dev) = hold_out(read(&ud.join("UD_Arabic-PUD-part/ar_pud-part-train.conllu"))?, 10);
    let lexicon = padt.join("ar_padt-lexicon.tsv");
    let lexicon = fs::read_to_string(&lexicon).map_err(|e| Error::file(&lexicon, e))?;
    let mut tags: FxHashMap<String, u32> = FxHashMap::default();
    let mut lemmas = Vec::new();
    for line in lexicon.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [form, lemma, upos, ..] = fields[..] else { continue };
        let Some(upos) = Upos::from_name(upos) else { continue };
        *tags.entry(fold(form)).or_default() |= 1 << upos as u32;
        lemmas.push((fold(form), upos, lemma.to_owned()));
    }
    let mut partial = read(&padt.join("ar_padt-segonly-train.conllu"))?;
    // Where the partial annotation gives no features it does not know them, unlike a treebank.
    partial.iter_mut().flat_map(|s| &mut s.words).for_each(forget_empty_features);
    Ok(Corpus {
        lang: Lang::Ar,
        styles: AR_STYLES,
        train: vec![
            Part { style: 1, sentences: read(&padt.join("ar_padtlite-train.conllu"))?, trees: true },
            Part { style: 0, sentences: pud, trees: true },
            Part { style: 1, sentences: partial, trees: false },
        ],
        dev: vec![Part { style: 1, sentences: read(&padt.join("ar_padtlite-dev.conllu"))?, trees: true }, Part { style: 0, sentences: pud_dev, trees: true }],
        tags,
        lemmas,
        origin: "UD_Arabic-PADT, derived (CC BY-NC-SA 3.0); UD_Arabic-PUD, two thirds (CC BY-SA 3.0). The model is therefore for NonCommercial use (CC BY-NC-SA 3.0)".to_owned(),
    })
}

/// Where annotation with gaps gives no features it does not know them.
pub fn forget_empty_features(word: &mut GoldWord) {
    if word.feats == Some(Feats::default()) && word.upos != Some(Upos::Punct) {
        word.feats = None;
    }
}

/// Every `n`-th sentence apart.
fn hold_out(sentences: Vec<GoldSentence>, n: usize) -> (Vec<GoldSentence>, Vec<GoldSentence>) {
    let (held, kept): (Vec<_>, Vec<_>) = sentences.into_iter().enumerate().partition(|(i, _)| i % n == n - 1);
    let plain = |v: Vec<(usize, GoldSentence)>| v.into_iter().map(|(_, s)| s).collect();
    (plain(kept), plain(held))
}

/// The sentences without those whose words came before.
fn without_twins(sentences: Vec<GoldSentence>) -> Vec<GoldSentence> {
    let mut seen = FxHashSet::default();
    sentences.into_iter().filter(|s| seen.insert(s.words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" "))).collect()
}
