use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use marsad::{
    import::{
        is_dump,
        petrarch::{self, Dictionary},
        wikidata::{self, Classes, Wanted},
    },
    source::Input,
};

use super::{
    Trouble,
    import::{folder, watched},
};
use crate::ending::Ending;

/// Actors of your own: import people, organisations and places.
#[derive(Debug, Args)]
pub struct Actors {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(Import),
}

impl Actors {
    pub fn run(self) -> Result<Ending, Trouble> {
        let Command::Import(import) = self.command;
        import.run()
    }
}

/// Read a Wikidata JSON dump, or PETRARCH or Phoenix actors and agents, into tables for --lexicon.
///
/// The dump may have any size and is read once, an entity at a time: plain, .gz or .zst, one array with an entity a line as the dumps are, or JSON lines.
/// People come with names and aliases in English, Russian and Arabic, citizenship, and their positions with the terms; organisations with home and sector;
/// places with coordinates and GeoNames id. What cannot be carried over is listed line by line in left-out.txt. Tables that are there are added to.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Import {
    /// The dump or dictionary; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The folder of tables to write or add to
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

    /// What the file is, instead of telling it from its content; a stream that is not told is a dump
    #[arg(long, value_name = "KIND")]
    from: Option<From>,

    /// Wikidata: only these countries, ISO codes separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = Wanted::country)]
    country: Vec<String>,

    /// Wikidata: only these kinds, separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = ["person", "organisation", "place"])]
    kind: Vec<String>,

    /// Wikidata: only what at least so many Wikipedias and other wikis have a page on
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_sitelinks: u64,

    /// Wikidata: a table of classes that adds to ours (columns wikidata, kind, sector, code, about)
    #[arg(long, value_name = "FILE")]
    classes: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    Wikidata,
    PetrarchActors,
    PetrarchAgents,
}

const EXAMPLES: &str = "\
Examples:
  marsad actors import latest-all.json.gz -o my-tables --country EGY,SDN --min-sitelinks 5
      people, organisations and places of two countries that several wikis know
  bzcat latest-all.json.bz2 | marsad actors import - -o my-tables --kind person
      people only, from standard input
  marsad actors import Phoenix.Countries.actors.txt -o my-tables
  marsad actors import Phoenix.agents.txt -o my-tables
      the dictionaries of PETRARCH: [AFGGOV 011222-140929] becomes an office with dates
  marsad lint-lexicon my-tables && marsad code news/ --lexicon my-tables -o events.jsonl
      use them

Exit status: 0 all was read, 1 the source breaks off (what was read is kept), 2 nothing was done: it is no dump or dictionary, or cannot be opened.";

impl Import {
    fn run(self) -> Result<Ending, Trouble> {
        let input = Input::named(&self.file);
        let folder = folder(&self.output, &input);
        let dictionary = match self.from {
            Some(From::PetrarchActors) => Some(Dictionary::Actors),
            Some(From::PetrarchAgents) => Some(Dictionary::Agents),
            Some(From::Wikidata) => None,
            None if is_dump(&input) => None,
            None => return watched("actors", |watch| petrarch::import(&input, None, folder, watch)),
        };
        if dictionary.is_some() {
            return watched("actors", |watch| petrarch::import(&input, dictionary, folder, watch));
        }
        let mut classes = Classes::embedded();
        if let Some(file) = &self.classes {
            classes.add_file(&Input::named(file))?;
        }
        let wanted = Wanted { countries: self.country, kinds: self.kind, sitelinks: self.min_sitelinks };
        watched("entities", |watch| wikidata::import(&input, &classes, &wanted, folder, watch))
    }
}
