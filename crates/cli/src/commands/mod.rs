//! One file a command.

mod actors;
mod code;
mod explain;
mod import;
mod lexicon;
mod lint_lexicon;
mod options;
mod read;
mod rundown;

use clap::{Parser, Subcommand};
use marsad::store::StoreError;

use crate::{ending::Ending, messages};

/// Reads the news: who did what to whom, when and where, with the words that prove it.
///
/// marsad reads articles in Arabic, Russian and English and records political events as PLOVER has them. It keeps apart what happened
/// from what is denied, planned, demanded or only feared, and names the sentence and the words behind every record.
#[derive(Debug, Parser)]
#[command(name = "marsad", version, after_help = EXAMPLES, after_long_help = MORE, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  marsad read article.html                 what is in an article
  marsad code news/ -o events.csv          a folder of articles as a table
  marsad explain article.html --record 3   why its third record is there
  marsad rundown one.srt two.vtt           what bulletins led with, buried, left out
  marsad lint-lexicon my-tables            what is wrong with tables of your own
  marsad actors import dump.json.gz -o my-tables
                                           people and places from Wikidata

`marsad help COMMAND` tells more and has more examples.";

const MORE: &str = "\
Examples:
  marsad read article.html                 what is in an article
  marsad code news/ -o events.csv          a folder of articles as a table
  marsad explain article.html --record 3   why its third record is there
  marsad rundown one.srt two.vtt           what bulletins led with, buried, left out

Input:
  text    plain text in any usual encoding
  html    a page; its article, title, date and outlet are taken out
  jsonl   JSON lines with id, text, and where known lang, date, title,
          author, outlet, url
  All of them may be compressed with gzip or zstd. Format, encoding and
  language are told from the content. `-` is standard input. A document
  may have 16 MiB, a file of JSON lines any size.

Exit status:
  0    everything was read
  1    some documents could not be read; standard error names them
  2    wrong usage, or nothing could be done
  130  interrupted

Everything is inside the program: no network, no downloads, no configuration.
`marsad help COMMAND` tells more and has more examples.";

#[derive(Debug, Subcommand)]
pub enum Command {
    Read(read::Read),
    Code(code::Code),
    Explain(explain::Explain),
    Rundown(rundown::Rundown),
    LintLexicon(lint_lexicon::LintLexicon),
    Actors(actors::Actors),
    Lexicon(lexicon::Lexicon),
}

/// What ends a command early: lines for the user.
type Trouble = Box<dyn std::error::Error>;

impl Command {
    /// Runs the command to its end, whatever that is.
    pub fn run(self) -> Ending {
        let ending = match self {
            Command::Read(read) => read.run(),
            Command::Code(code) => code.run(),
            Command::Explain(explain) => explain.run(),
            Command::Rundown(rundown) => rundown.run(),
            Command::LintLexicon(lint) => lint.run(),
            Command::Actors(actors) => actors.run(),
            Command::Lexicon(lexicon) => lexicon.run(),
        };
        ending.unwrap_or_else(|trouble| {
            if trouble.downcast_ref::<StoreError>().is_some_and(StoreError::is_closed_pipe) {
                // `marsad … | head` has seen what it wanted.
                return Ending::AllRead;
            }
            // A broken folder of tables has many problems, a line each.
            trouble.to_string().lines().for_each(messages::complain);
            Ending::Nothing
        })
    }
}
