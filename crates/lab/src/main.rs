//! `marsad-lab`: trains marsad's models from treebanks and scores marsad against gold. Never published; its defaults expect the data in `../shared`.

mod data;
mod eval;
#[cfg(test)]
mod floors;
mod gold;
mod judge;
mod lexicons;
mod peers;
mod rundown;
mod silver;
mod spacing;
mod train;

use std::path::{Path, PathBuf};

use clap::{Parser as Arguments, Subcommand};
use marsad_text::{Lang, Parser, Scratch};
use thiserror::Error;

/// What can go wrong, with the place.
#[derive(Debug, Error)]
pub enum Error {
    /// A file, and what is wrong with it.
    #[error("{0}: {1}")]
    File(String, String),
    /// An argument, and what was expected.
    #[error("{0}")]
    Argument(String),
}

impl Error {
    fn file(path: &Path, cause: impl std::fmt::Display) -> Error {
        Error::File(path.display().to_string(), cause.to_string())
    }
}

#[derive(Arguments)]
#[command(name = "marsad-lab", about = "Trains marsad's models and scores marsad against gold")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train a language's model from the treebanks: marsad-lab train ru
    Train {
        /// ar, en or ru
        lang: String,
        /// Folder with the treebanks
        #[arg(long, default_value = "../shared/ud")]
        ud: PathBuf,
        /// Where to write the model [default: models/LANG.marsad]
        #[arg(long)]
        out: Option<PathBuf>,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 30)]
        epochs: usize,
        #[arg(long, default_value_t = 192)]
        width: usize,
        #[arg(long, default_value_t = 96)]
        embed: usize,
        #[arg(long, default_value_t = 3)]
        layers: usize,
        /// Largest step of the optimiser
        #[arg(long, default_value_t = 0.003)]
        rate: f32,
        /// Keep the network of this model, train segmentation and lemmas only
        #[arg(long)]
        keep_network: Option<PathBuf>,
        /// Word vectors from other text, in the text form of word2vec and GloVe, as long as --embed says
        #[arg(long)]
        vectors: Option<PathBuf>,
        /// How many of them to take, from the file's start
        #[arg(long, default_value_t = 30_000)]
        most_vectors: usize,
        /// Silver data that `marsad-lab silver` wrote, with its style: --silver padt=FILE
        #[arg(long, value_parser = style_and_file)]
        silver: Vec<(String, PathBuf)>,
        /// Train on the development files too, for the last run: once everything is chosen by them they may teach as well
        #[arg(long)]
        with_dev: bool,
        /// Start anew even where an unfinished run left its state beside the model
        #[arg(long)]
        fresh: bool,
    },
    /// Score a model with the CoNLL 2018 measures: marsad-lab eval models/en.marsad FILE.conllu --style ewt
    Eval {
        /// Model file
        model: PathBuf,
        /// Treebank file
        gold: PathBuf,
        /// Annotation style to imitate
        #[arg(long)]
        style: Option<String>,
        /// Also show how far the confidences hold
        #[arg(long)]
        calibration: bool,
    },
    /// Parse text with several models and keep what they agree on, to train another
    Silver {
        /// Models, the better the larger and the more different
        #[arg(long, num_args = 1.., required = true)]
        teachers: Vec<PathBuf>,
        /// Annotation style to imitate [default: that of the news]
        #[arg(long)]
        style: Option<String>,
        /// Leave out the parts of speech that the file has, which follow another style
        #[arg(long)]
        own_tags: bool,
        /// Plain text, or a .conllu file whose words are kept
        #[arg(long)]
        from: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Write the plain text of a treebank file, as it is scored from
    Plain {
        /// Treebank file
        gold: PathBuf,
        /// Where to write the text
        #[arg(long)]
        out: PathBuf,
    },
    /// Measure a model on a text, one thread: words a second, load time, sizes, as JSON
    Speed {
        /// Model file
        model: PathBuf,
        /// Text file
        text: PathBuf,
        /// The best of how many
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// Score another parser's CoNLL-U with the CoNLL 2018 measures
    ScoreConllu {
        /// Treebank file
        gold: PathBuf,
        /// What the other parser made of its text
        system: PathBuf,
    },
    /// Code documents (JSON lines with id, text, lang, date) into records (JSON lines) on standard output
    Code {
        /// JSON lines
        docs: PathBuf,
        /// Leave out what scores less
        #[arg(long)]
        min_score: Option<f32>,
    },
    /// Train the judge of candidates on gold and measure it on documents held out
    Judge {
        /// Folder with the gold sets
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// Folder with the project's own labels and articles
        #[arg(long, default_value = "gold")]
        own: PathBuf,
        /// Folder with the treebanks, whose sentences some labels are for
        #[arg(long, default_value = "../shared/ud")]
        ud: PathBuf,
        /// Folder of the encoders that have not seen a fold, `0.marsad` to `4.marsad`, as crates/lab/encoder.py writes them
        #[arg(long)]
        readers: Option<PathBuf>,
        /// Learn to do without the encoder
        #[arg(long)]
        fast: bool,
        /// Where to write the judge's weights; those of linker and twins go beside it, those of glance and verdict above
        #[arg(long, default_value_os_t = judge::table())]
        out: PathBuf,
        /// Also write what came out on documents held out, beside what gold has, as JSON lines: for error analysis
        #[arg(long)]
        held_out: Option<PathBuf>,
    },
    /// Train the verdict on factuality alone, which needs no encoder, and measure it on documents held out
    Verdict {
        /// Folder with the gold sets
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// Folder with the project's own labels and articles
        #[arg(long, default_value = "gold")]
        own: PathBuf,
        /// Folder with the treebanks, whose sentences some labels are for
        #[arg(long, default_value = "../shared/ud")]
        ud: PathBuf,
        /// Where to write its weights
        #[arg(long, default_value_os_t = judge::verdict_table())]
        out: PathBuf,
    },
    /// Code a gold set and score it: marsad-lab score ../shared/gold/ntrex-dev.jsonl ru
    Score {
        /// Gold set
        gold: PathBuf,
        /// ar, en or ru
        lang: String,
        #[arg(long)]
        min_score: Option<f32>,
    },
    /// Show what the tables see in a text: marsad-lab diagnose ru "Путин в Минске"
    Diagnose {
        /// ar, en or ru
        lang: String,
        /// The text
        text: String,
    },
    /// Measure how well missing white space is found in Arabic, on the test file, some of whose words are run together
    Spacing {
        /// Folder with the treebanks
        #[arg(long, default_value = "../shared/ud")]
        ud: PathBuf,
    },
    /// Measure how long a language's tables take to load, and what memory they hold: marsad-lab lexicons ru
    Lexicons {
        /// ar, en or ru
        lang: String,
        /// One, or two as the program does it
        #[arg(long, default_value_t = 2)]
        threads: usize,
        /// How often they are loaded after the first time
        #[arg(long, default_value_t = 9)]
        rounds: usize,
    },
    /// Train what divides bulletins and matches their items; write the running orders of days held out
    Rundown {
        /// Folder with gold.json, clean/ and asr/
        #[arg(long, default_value = "../shared/bulletins-dev")]
        data: PathBuf,
        /// Folder for the running orders of days held out, for score.py
        #[arg(long)]
        held_out: Option<PathBuf>,
        /// Folder for the tables
        #[arg(long, default_value = "crates/marsad/src/analysis/rundown")]
        out: PathBuf,
    },
    /// Parse plain text from a file into CoNLL-U
    Parse {
        /// Model file
        model: PathBuf,
        /// Text file
        text: PathBuf,
    },
}

fn main() {
    if let Err(error) = run(Cli::parse()) {
        eprintln!("marsad-lab: {error}");
        std::process::exit(2);
    }
}

fn run(cli: Cli) -> Result<(), Error> {
    match cli.command {
        Command::Train { lang, ud, out, seed, epochs, width, embed, layers, rate, keep_network, vectors, most_vectors, silver, with_dev, fresh } => {
            let lang = language(&lang)?;
            let out = out.unwrap_or_else(|| PathBuf::from(format!("models/{lang}.marsad")));
            train::train(
                lang,
                &ud,
                &out,
                &train::Options { seed, epochs, width, embed, layers, rate, keep_network, vectors, most_vectors, silver, with_dev, fresh },
            )
        }
        Command::Silver { teachers, style, own_tags, from, out } => silver::run(&teachers, style.as_deref(), own_tags, &from, &out),
        Command::Plain { gold, out } => peers::plain(&gold, &out),
        Command::Speed { model, text, rounds } => peers::speed(&model, &text, rounds),
        Command::ScoreConllu { gold, system } => peers::score_conllu(&gold, &system),
        Command::Eval { model, gold, style, calibration } => evaluate(&load(&model)?, &gold, style.as_deref(), calibration),
        Command::Diagnose { lang, text } => {
            let lang = language(&lang)?;
            let coder = marsad::pipeline::Coder::new(marsad::pipeline::Options::default()).map_err(|e| Error::Argument(e.to_string()))?;
            coder.diagnose(&text, lang).iter().for_each(|line| println!("{line}"));
            Ok(())
        }
        Command::Lexicons { lang, threads, rounds } => lexicons::run(language(&lang)?, threads, rounds),
        Command::Verdict { gold, own, ud, out } => judge::train_verdict(judge::Folders { gold: &gold, own: &own, ud: &ud }, &out),
        Command::Judge { gold, own, ud, fast, readers, out, held_out } => {
            let reading = judge::Reading { fast, readers: readers.as_deref() };
            judge::run(judge::Folders { gold: &gold, own: &own, ud: &ud }, reading, &out, held_out.as_deref())
        }
        Command::Rundown { data, held_out, out } => rundown::run(&rundown::Settings { data, held_out, out }),
        Command::Spacing { ud } => {
            let spacing::Found { taken, right, wrong, words, parted } = spacing::measure(&ud)?;
            let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
            println!("places {taken}, found {:.3}, of those found right {:.3}", share(right, taken), share(right, right + wrong));
            println!("words as they stand {words}, come apart {parted} ({:.5})", share(parted, words));
            Ok(())
        }
        Command::Score { gold, lang, min_score } => score(&gold, &lang, min_score),
        Command::Code { docs, min_score } => code(&docs, min_score),
        Command::Parse { model, text } => {
            let parser = load(&model)?;
            let text = std::fs::read_to_string(&text).map_err(|e| Error::file(&text, e))?;
            print!("{}", marsad_text::conllu::write(&text, &parser.parse(&text, &mut Scratch::default())));
            Ok(())
        }
    }
}

fn language(code: &str) -> Result<Lang, Error> {
    Lang::from_code(code).ok_or_else(|| Error::Argument(format!("language {code} is not covered: use ar, en or ru")))
}

fn load(path: &Path) -> Result<Parser, Error> {
    let bytes = std::fs::read(path).map_err(|e| Error::file(path, e))?;
    Parser::from_bytes(&bytes).map_err(|e| Error::file(path, e))
}

/// Number of an annotation style; the first, that of the news, where none is named.
fn style_of(parser: &Parser, name: Option<&str>) -> Result<usize, Error> {
    let Some(name) = name else { return Ok(0) };
    let unknown = || Error::Argument(format!("style {name} is not one of {}", parser.styles().join(", ")));
    parser.styles().iter().position(|s| s == name).ok_or_else(unknown)
}

fn style_and_file(text: &str) -> Result<(String, PathBuf), String> {
    let (style, file) = text.split_once('=').ok_or("expected STYLE=FILE, as in padt=silver.conllu")?;
    Ok((style.to_owned(), PathBuf::from(file)))
}

fn evaluate(parser: &Parser, gold: &Path, style: Option<&str>, calibration: bool) -> Result<(), Error> {
    let sentences = data::read(gold)?;
    let style = style_of(parser, style)?;
    let mut scratch = Scratch::default();
    println!("{}", eval::HEADER);
    println!("raw text   {}", eval::raw_text(parser, &sentences, style, &mut scratch));
    println!("gold words {}", eval::gold_tokens(parser, &sentences, style, &mut scratch));
    if calibration {
        let [tags, heads] = eval::calibration(parser, &sentences, style, &mut scratch);
        println!("confidence: words said was (parts of speech), words said was (heads)");
        for (t, h) in tags.iter().zip(&heads) {
            println!("{:6} {:.2} {:.2}   {:6} {:.2} {:.2}", t.0, t.1, t.2, h.0, h.1, h.2);
        }
    }
    Ok(())
}

fn code(docs: &Path, min_score: Option<f32>) -> Result<(), Error> {
    let text = std::fs::read_to_string(docs).map_err(|e| Error::file(docs, e))?;
    let coder = marsad::pipeline::Coder::new(marsad::pipeline::Options { min_score, ..Default::default() }).map_err(|e| Error::Argument(e.to_string()))?;
    let mut scratch = marsad::pipeline::Scratch::default();
    for line in text.lines() {
        let document: marsad::model::Document = serde_json::from_str(line).map_err(|e| Error::file(docs, e))?;
        for record in coder.code(&document, &mut scratch).records {
            println!("{}", serde_json::to_string(&record).map_err(|e| Error::file(docs, e))?);
        }
    }
    Ok(())
}

fn score(path: &Path, lang: &str, min_score: Option<f32>) -> Result<(), Error> {
    let coder = marsad::pipeline::Coder::new(marsad::pipeline::Options { min_score, ..Default::default() }).map_err(|e| Error::Argument(e.to_string()))?;
    let mut scratch = marsad::pipeline::Scratch::default();
    let mut tally = gold::Tally::default();
    for doc in gold::read(path, lang)? {
        let events: Vec<_> = coder.code(&doc.document, &mut scratch).records.iter().flat_map(gold::coded).collect();
        tally.add_document(&doc, &events);
    }
    tally.print(lang);
    Ok(())
}
