use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use marsad::tables::check_folder;

use super::Trouble;
use crate::{ending::Ending, messages, view::number::counted};

/// Check a folder of your own tables: every mistake with file and line.
///
/// Tells unknown paths, wrong columns, unknown types, modes, sectors and codes, frames that cannot be read, dates that end before they begin, rows that
/// stand twice or take nothing away, and words that no text can have so; with what was expected and what was most likely meant. Commands that take --lexicon make the same checks
/// and do not start with a folder that has mistakes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct LintLexicon {
    /// The folder, as it is given to --lexicon
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  marsad lint-lexicon my-tables
      my-tables/events/types/assault/en.tsv:3: mode of ASSAULT is arial, expected abduct, ..., aerial, ...; did you mean aerial?

  mkdir -p my-tables/actors
  printf 'iso3\\tsector\\ten\\tru\\tar\\nEGY\\tGOV\\tAbdeen Palace\\tдворец Абдин\\tقصر عابدين\\n' > my-tables/actors/metonyms.tsv
  marsad lint-lexicon my-tables && marsad code news/ --lexicon my-tables -o events.jsonl
      a row of one's own, checked, then used

docs/LEXICON.md has the layout of the folder and the columns of every table.
Mistakes go to standard output, a line each.
Exit status: 0 sound, 1 there are mistakes, 2 wrong usage or no such folder.";

impl LintLexicon {
    pub fn run(self) -> Result<Ending, Trouble> {
        if !self.folder.is_dir() {
            messages::complain(format_args!("{}: is no folder, expected a folder of tables", self.folder.display()));
            return Ok(Ending::Nothing);
        }
        match check_folder(&self.folder) {
            Ok(sound) => {
                messages::say(format_args!(
                    "{}: {} with {}, no mistakes",
                    self.folder.display(),
                    counted(sound.tables as u64, "table"),
                    counted(sound.rows as u64, "row")
                ));
                Ok(Ending::AllRead)
            }
            Err(errors) => {
                writeln!(io::stdout(), "{errors}").map_err(messages::stdout_error)?;
                messages::say(counted(errors.0.len() as u64, "mistake"));
                Ok(Ending::SomeUnread)
            }
        }
    }
}
