//! The sets that train judge and linker, and the four of them that measure.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::gold::{self, GoldDocument};

/// Where a set's documents come from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A gold set with its texts, in the folder of gold sets.
    Gold(&'static str),
    /// Sentences with a label for one type, in the folder of gold sets.
    Labelled(&'static str),
    /// The project's own articles: all files of `gold/news`.
    News,
    /// Labels of the project's own, `gold/treebanks/NAME.jsonl`, for sentences of these treebank files.
    Treebank(&'static str, &'static [&'static str]),
}

#[derive(Clone, Copy, Debug)]
pub struct Set {
    pub name: &'static str,
    pub lang: &'static str,
    pub source: Source,
    /// Weight of its candidates for the judge.
    pub judged: f64,
    /// Weight of its phrases for the linker, and of its pairs for the judge of twins; 0 where it tells of neither.
    pub linked: f64,
    /// Whether it is measured, fold by fold; others only train.
    pub measured: bool,
}

const fn set(name: &'static str, lang: &'static str, source: Source, judged: f64, linked: f64, measured: bool) -> Set {
    Set { name, lang, source, judged, linked, measured }
}

/// All sets: the parallel gold first, in the order of its languages, then the other measured one.
pub const SETS: &[Set] = &[
    set("ntrex en", "en", Source::Gold("ntrex-dev.jsonl"), 1.5, 2.0, true),
    set("ntrex ar", "ar", Source::Gold("ntrex-dev.jsonl"), 1.5, 2.0, true),
    set("ntrex ru", "ru", Source::Gold("ntrex-dev.jsonl"), 1.5, 2.0, true),
    set("arabic-news", "ar", Source::Gold("arabic-news-dev.jsonl"), 1.0, 1.0, true),
    // They tell of one type only.
    set("gsr assault", "ar", Source::Labelled("arabic-gsr-assault-dev.jsonl"), 0.1, 0.0, false),
    set("gsr protest", "ar", Source::Labelled("arabic-gsr-protest-dev.jsonl"), 0.1, 0.0, false),
    set("own en", "en", Source::News, 1.0, 1.0, false),
    set("own ar", "ar", Source::News, 1.0, 1.0, false),
    set("own ru", "ru", Source::News, 1.0, 1.0, false),
    set("ewt", "en", Source::Treebank("ewt", &["UD_English-EWT/en_ewt-ud-train.conllu"]), 1.0, 1.0, false),
    set(
        "gum",
        "en",
        Source::Treebank("gum", &["UD_English-GUM/en_gum-ud-train.conllu", "UD_English-GUM/en_gum-ud-dev.conllu", "UD_English-GUM/en_gum-ud-test.conllu"]),
        1.0,
        1.0,
        false,
    ),
    set("padt", "ar", Source::Treebank("padt", &["UD_Arabic-PADT-derived/ar_padt-segonly-train.conllu"]), 1.0, 1.0, false),
    set("pud ar", "ar", Source::Treebank("pud", &["UD_Arabic-PUD-part/ar_pud-part-train.conllu"]), 1.0, 1.0, false),
    set("pud ru", "ru", Source::Treebank("pud", &["UD_Russian-PUD-part/ru_pud-part-train.conllu"]), 1.0, 1.0, false),
    set(
        "taiga",
        "ru",
        Source::Treebank(
            "taiga",
            &["UD_Russian-Taiga/ru_taiga-ud-train-r2.7.conllu", "UD_Russian-Taiga/ru_taiga-ud-dev.conllu", "UD_Russian-Taiga/ru_taiga-ud-test.conllu"],
        ),
        1.0,
        1.0,
        false,
    ),
];

/// The folders that hold them.
#[derive(Clone, Copy, Debug)]
pub struct Folders<'a> {
    /// Gold sets that are no part of the project.
    pub gold: &'a Path,
    /// The project's own labels and articles.
    pub own: &'a Path,
    /// Treebanks.
    pub ud: &'a Path,
}

/// The documents of a set with their events. Not for labelled sets.
pub fn documents(set: &Set, folders: Folders) -> Result<Vec<GoldDocument>, Error> {
    match set.source {
        Source::Gold(file) | Source::Labelled(file) => gold::read(&folders.gold.join(file), set.lang),
        Source::News => {
            let files = files(&folders.own.join("news"))?;
            Ok(files.iter().map(|f| gold::read(f, set.lang)).collect::<Result<Vec<_>, _>>()?.concat())
        }
        Source::Treebank(name, files) => {
            let mut texts = BTreeMap::new();
            files.iter().try_for_each(|f| add_sentences(&folders.ud.join(f), &mut texts))?;
            gold::read_labels(&folders.own.join("treebanks").join(format!("{name}.jsonl")), set.lang, &texts)
        }
    }
}

/// The files of a folder by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = std::fs::read_dir(folder).map_err(|e| Error::file(folder, e))?;
    let mut files: Vec<PathBuf> = entries.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>().map_err(|e| Error::file(folder, e))?;
    files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    Ok(files)
}

/// The sentences of a treebank file by their ids.
fn add_sentences(path: &Path, out: &mut BTreeMap<String, String>) -> Result<(), Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file(path, e))?;
    let mut id = "";
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("# sent_id = ") {
            id = name.trim();
        } else if let Some(words) = line.strip_prefix("# text = ") {
            out.insert(id.to_owned(), words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    Ok(())
}
