//! Options that several commands share.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, builder::PossibleValuesParser};
use jiff::civil::Date;
use marsad::{
    pipeline::{Coder, CoderError, Options},
    source::{self, Encoding, Input, ReadOptions},
    text::{Lang, lang::LANGUAGES},
};

use crate::messages;

/// The largest text that is taken for a document, in bytes. It is coded as a whole, in memory of some twenty times its size; the longest novels have a
/// quarter of it.
const LARGEST_TEXT: u64 = 16 << 20;

/// The largest page, in bytes; its tree takes some twenty-five times its size.
const LARGEST_PAGE: u64 = 8 << 20;

/// How to read and code.
#[derive(Debug, Args)]
pub struct Reading {
    /// Take every input for this format instead of telling it from content and name
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,

    /// Take every input for this encoding (utf-8, windows-1256, koi8-r, ...) instead of telling it from the bytes
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,

    /// Take every document for this language instead of telling it from the text: ar, en, ru
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<Lang>,

    /// Day of publication of documents that tell none; "yesterday" is counted from it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,

    /// Leave out records that are less probable than this, 0 to 1
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<f32>,

    /// Read without the encoder that looks at words in their context: three times as fast, and somewhat less often right
    #[arg(long)]
    fast: bool,

    /// A folder of tables that add to the built-in ones or override their rows
    #[arg(long, value_name = "FOLDER")]
    lexicon: Option<PathBuf>,

    /// A table of GeoNames (cities15000.txt, allCountries.txt, plain or compressed): more places, with coordinates
    #[arg(long, value_name = "FILE")]
    geonames: Option<PathBuf>,
}

impl Reading {
    pub fn read_options(&self) -> ReadOptions {
        let format = self.format.as_deref().and_then(source::format_named);
        ReadOptions { format, encoding: self.encoding, max_text: LARGEST_TEXT, max_line: LARGEST_TEXT, max_page: LARGEST_PAGE }
    }

    pub fn coder(&self) -> Result<Arc<Coder>, CoderError> {
        let coder = Arc::new(Coder::new(self.options())?);
        // It lives as long as the process: to take its tables apart at the end would cost a tenth of a second.
        std::mem::forget(Arc::clone(&coder));
        Ok(coder)
    }

    /// Everything here that decides which records there are, but for how inputs are read.
    pub fn settings(&self) -> String {
        format!("{:?} {:?}", self.options(), self.date)
    }

    fn options(&self) -> Options {
        Options {
            min_score: self.min_score,
            lexicon: self.lexicon.clone(),
            geonames: self.geonames.clone(),
            lang: self.lang,
            fast: self.fast,
            ..Options::default()
        }
    }
}

/// The inputs that the arguments name, directories taken apart, and how many of the arguments name nothing to read; those are told. What the
/// program itself writes, `own`, is no input just because it lies in a directory.
pub fn inputs(arguments: &[PathBuf], own: &[PathBuf]) -> (Vec<Input>, u64) {
    let mut inputs = Vec::new();
    let mut failed = 0;
    for argument in arguments {
        match source::paths(std::slice::from_ref(argument)) {
            Ok(paths) => {
                let foreign = paths.into_iter().filter(|path| path == argument || !own.iter().any(|own| is_same(path, own)));
                inputs.extend(foreign.map(Input::named));
            }
            Err(error) => {
                messages::complain(error);
                failed += 1;
            }
        }
    }
    (inputs, failed)
}

fn is_same(path: &Path, other: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    path.file_name() == other.file_name() && whole(path).is_some_and(|path| Some(path) == whole(other))
}

fn formats() -> PossibleValuesParser {
    source::FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>().into()
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| "no such encoding; expected a name such as utf-8, utf-16le, windows-1256, windows-1251, koi8-r".to_owned())
}

fn language(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| {
        let covered: Vec<String> = LANGUAGES.iter().map(|lang| format!("{} ({})", lang.code(), lang.name())).collect();
        format!("not covered; expected one of {}", covered.join(", "))
    })
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a day such as 2022-01-31".to_owned())
}

fn score(text: &str) -> Result<f32, String> {
    let score = text.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| "expected a number from 0 to 1".to_owned())
}
