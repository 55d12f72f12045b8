mod progress;
pub(super) mod stop;
mod summary;

use std::{
    io::{self, IsTerminal},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use clap::{Args, builder::PossibleValuesParser};
use marsad::{
    bulk::{Ended, Job, Resume, RunError, Target, code_into, unfinished},
    store::{self, FORMATS, Format},
};

use self::progress::Progress;
use super::{Trouble, options};
use crate::{ending::Ending, messages};

/// Code many documents: PLOVER records as JSON lines, CSV or Parquet.
///
/// Uses all cores and little memory whatever the size of the inputs. The records come in the order of the documents, the same to the byte with
/// any number of threads. A file appears under its final name only when it is complete.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Code {
    /// Text, HTML or JSON lines, plain or compressed; folders; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// The file to write; without it, or with `-`, standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Output format; otherwise told from the ending of OUT (.jsonl, .csv, .parquet), jsonl for standard output
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    to: Option<String>,

    /// How many documents to code at once; all cores by default
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Go on where an interrupted run with the same inputs, options and output stopped (JSON lines and CSV)
    #[arg(long, conflicts_with = "restart")]
    resume: bool,

    /// Throw away what an interrupted run left and begin anew
    #[arg(long)]
    restart: bool,

    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    reading: options::Reading,
}

const EXAMPLES: &str = "\
Examples:
  marsad code news/ -o events.jsonl
      every file in a folder and below it
  marsad code 2024-*.jsonl.gz -o events.parquet
      columns for DuckDB, R arrow, pandas, Polars, Spark
  marsad code news/ -o events.csv --to excel
      a table that Excel opens by a double click
  zcat wire.jsonl.gz | marsad code - | jq .event
      from standard input to standard output
  marsad code archive/ -o events.jsonl --resume
      go on after Ctrl-C or a full disk; begin if there is nothing yet
  marsad code news/ -o events.jsonl --lexicon my-tables --geonames cities15000.txt
      with words, actors and places of your own

Formats:
  jsonl     one JSON object a line, everything that marsad knows
  csv       a flat table, one line a record; lists joined with `;`
  excel     the same with the mark that Excel needs to show Arabic and Russian
  parquet   columns, compressed with zstd; lists and structs as in jsonl

An interrupted run leaves OUT.part and OUT.part.state; with --resume it is \
continued to the same bytes. Parquet cannot be continued and leaves nothing. \
Documents in languages other than Arabic, Russian and English are counted \
and not coded.";

impl Code {
    pub fn run(self) -> Result<Ending, Trouble> {
        let job_parts = (self.target(), self.out_format()?);
        if let Some(input) = self.overwritten() {
            return Err(format!("{}: the output would take its place: expected -o another file", input.display()).into());
        }
        let coder = self.reading.coder()?;
        let (inputs, unlisted) = options::inputs(&self.inputs, &self.own_files());
        if inputs.is_empty() {
            return Ok(Ending::Nothing);
        }
        let (target, format) = job_parts;
        if self.resume && !format.resumable() {
            messages::say(format_args!("{} cannot be continued: the run begins anew", format.name()));
        }
        let began = Instant::now();
        let mut watch = Progress::new(&inputs, self.bar(&target), stop::requested()?);
        let job = Job {
            inputs,
            read: self.reading.read_options(),
            date: self.reading.date,
            threads: self.threads.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)),
            target,
            format,
            resume: self.resume(),
            settings: self.reading.settings(),
        };
        let ended = code_into(&coder, job, &mut watch);
        let (before, unshown) = watch.end();
        if unshown > 0 {
            messages::complain(format_args!("... and {unshown} more that could not be read"));
        }
        self.report(ended, unlisted, &summary::Pace { before, took: began.elapsed() })
    }

    fn report(&self, ended: Result<Ended, RunError>, unlisted: u64, pace: &summary::Pace) -> Result<Ending, Trouble> {
        let (mut tally, ending) = match ended {
            Ok(Ended::Complete(tally)) => {
                let ending = Ending::of(tally.documents, tally.failed + unlisted);
                (tally, ending)
            }
            Ok(Ended::Nothing(_)) => {
                messages::complain("nothing could be read: no output");
                return Ok(Ending::Nothing);
            }
            Ok(Ended::Interrupted { tally, resumable }) => {
                let how = if resumable { "; the same command with --resume goes on" } else { "; no output" };
                messages::complain(format_args!("interrupted{how}"));
                (tally, Ending::Interrupted)
            }
            Err(error) => return Err(self.advised(error)),
        };
        tally.failed += unlisted;
        if !self.quiet {
            let target = self.file().map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
            messages::say(summary::text(&tally, pace, (ending != Ending::Interrupted).then_some(&target)));
        }
        Ok(ending)
    }

    /// The error with what the user can do about it.
    fn advised(&self, error: RunError) -> Trouble {
        let part_stays = self.file().is_some_and(|path| store::Output::part_of(path).exists());
        match error {
            RunError::Unfinished { .. } => format!("{error}: add --resume to go on with it or --restart to throw it away").into(),
            RunError::OtherRun { .. } => format!("{error}: it cannot be continued; --restart throws it away").into(),
            RunError::Store(error) if error.is_closed_pipe() => error.into(),
            RunError::Store(error) if part_stays => format!("{error}; the same command with --resume goes on").into(),
            RunError::Store(error) => error.into(),
            other => other.into(),
        }
    }

    /// The file to write; `None` for standard output.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// An input file that is the output too, by this or another path.
    fn overwritten(&self) -> Option<&Path> {
        let output = self.file()?.canonicalize().ok()?;
        let same = |input: &&Path| input.is_file() && input.canonicalize().is_ok_and(|path| path == output);
        self.inputs.iter().map(PathBuf::as_path).find(same)
    }

    /// What this run, or an interrupted one before it, writes.
    fn own_files(&self) -> Vec<PathBuf> {
        self.file().map(|path| [vec![path.to_owned()], unfinished(path).to_vec()].concat()).unwrap_or_default()
    }

    fn target(&self) -> Target {
        self.file().map_or(Target::Stdout, |path| Target::File(path.to_owned()))
    }

    fn out_format(&self) -> Result<&'static dyn Format, Trouble> {
        if let Some(format) = self.to.as_deref().and_then(store::format_named) {
            let binary = format.name() == "parquet";
            if binary && self.file().is_none() && io::stdout().is_terminal() {
                return Err("Parquet is not for the screen: expected -o FILE".into());
            }
            return Ok(format);
        }
        match self.file() {
            Some(path) if path.extension().is_some() => store::format_for(path).ok_or_else(|| {
                let endings: Vec<String> = FORMATS.iter().filter_map(|f| f.extensions().first()).map(|e| format!(".{e}")).collect();
                format!("{}: no format ends so: expected {}, or --to FORMAT", path.display(), endings.join(", ")).into()
            }),
            _ => Ok(FORMATS[0]),
        }
    }

    fn resume(&self) -> Resume {
        match (self.resume, self.restart) {
            (true, _) => Resume::Continue,
            (_, true) => Resume::Restart,
            _ => Resume::Refuse,
        }
    }

    /// A bar is for a person who looks, and not between the records on the same screen.
    fn bar(&self, target: &Target) -> bool {
        let records_on_screen = *target == Target::Stdout && io::stdout().is_terminal();
        !self.quiet && !records_on_screen && io::stderr().is_terminal()
    }
}

fn formats() -> PossibleValuesParser {
    FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>().into()
}
