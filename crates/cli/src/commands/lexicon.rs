use std::path::PathBuf;

use clap::{Args, Subcommand};
use marsad::{
    import::petrarch::{self, Dictionary},
    source::Input,
};

use super::{
    Trouble,
    import::{folder, watched},
};
use crate::ending::Ending;

/// Event words of your own: import verb dictionaries of PETRARCH.
#[derive(Debug, Args)]
pub struct Lexicon {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(Import),
}

impl Lexicon {
    pub fn run(self) -> Result<Ending, Trouble> {
        let Command::Import(import) = self.command;
        import.run()
    }
}

/// Read a PETRARCH or TABARI verb dictionary into event rows for --lexicon.
///
/// Verbs become rows of the PLOVER type of their CAMEO code, patterns rows with conditions: the words and synonym sets (&WEAPON) that must stand by the
/// verb, `+` and `%` the frame; code [---] keeps words from being an event. Words before the verb that govern it ("vow to *"), CAMEO 01 and 02, undefined
/// sets and choices cannot be carried over: they are listed line by line in left-out.txt and counted by reason. A pattern whose comment names verbs of its
/// block holds for these, else for all of the block.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Import {
    /// The dictionary; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The folder of tables to write or add to
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  marsad lexicon import CAMEO.2.0.txt -o my-tables
      - * &WEAPON [194]  becomes  subj>obj|against|on, heavy-weapons, +w:gun,rocket,...
  less my-tables/left-out.txt
      what could not be carried over: place, pattern, reason
  marsad lint-lexicon my-tables && marsad code news/ --lexicon my-tables -o events.jsonl
      check the rows, then use them

docs/LEXICON.md tells how CAMEO codes become PLOVER types and modes.";

impl Import {
    fn run(self) -> Result<Ending, Trouble> {
        let input = Input::named(&self.file);
        let folder = folder(&self.output, &input);
        watched("lines", |watch| petrarch::import(&input, Some(Dictionary::Verbs), folder, watch))
    }
}
