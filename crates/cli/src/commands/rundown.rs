use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use marsad::{
    analysis::rundown::{Analyst, Bulletin},
    model::{Document, Entity, EventType, ItemEvent, Programme, Record},
    pipeline::{Coder, Options, Scratch},
    source::{
        Input,
        transcript::{manifest, programme_named, transcript},
    },
};

use super::Trouble;
use crate::{
    ending::Ending,
    messages::{self, stdout_error},
    view::rundown,
};

/// Show what bulletins led with, buried and left out.
///
/// Reads transcripts with times, finds the running order of each bulletin, finds the same story in the others whatever their language, and compares:
/// lead, minute of first mention, airtime, promises, burials, omissions.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Rundown {
    /// Transcripts: SRT, WebVTT, YouTube captions, whisper or Google JSON, TTML, EBU STL, programme summaries, text with times
    #[arg(required_unless_present = "manifest", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// A table of transcripts, CSV or TOML: file, outlet, programme, start, language, duration
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// Print everything as one JSON object
    #[arg(long, conflicts_with = "csv")]
    json: bool,

    /// Print one line an item as CSV
    #[arg(long)]
    csv: bool,

    /// Write a page for the browser, complete in itself
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Write the running orders side by side as a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,

    /// Code political events in every item, which takes longer
    #[arg(long)]
    events: bool,
}

const EXAMPLES: &str = "\
Examples:
  marsad rundown one.srt two.vtt three.srt
  marsad rundown 2024-03-11_2100_Channel-One_ru.srt 2024-03-11_2000_ERT_ar.vtt --html evening.html
  marsad rundown --manifest week.csv --csv > items.csv
  marsad rundown *.srt --json | jq '.stories[] | select(.bulletins[].buried) | .headline'

Outlet, day, time and language are guessed from names such as 2024-03-11_2100_Channel-One_ru.srt; a manifest tells them surely.
docs/RUNDOWN.md says what each measure means and how sure it is.";

impl Rundown {
    pub fn run(self) -> Result<Ending, Trouble> {
        let mut programmes: Vec<Programme> = self.files.iter().map(|file| programme_named(&file.to_string_lossy())).collect();
        if let Some(file) = &self.manifest {
            programmes.extend(manifest(file)?);
        }
        let analyst = Analyst::new()?;
        let (bulletins, failed) = self.bulletins(&analyst, programmes);
        if bulletins.is_empty() {
            return Ok(Ending::Nothing);
        }
        let read = bulletins.len() as u64;
        let mut bulletins = bulletins;
        if self.events {
            analyst.refine(&mut bulletins);
            code_events(&mut bulletins)?;
        }
        let comparison = if self.events { analyst.compare_as_divided(bulletins) } else { analyst.compare(bulletins) };
        if let Some(file) = &self.html {
            write(file, &rundown::page(&comparison))?;
        }
        if let Some(file) = &self.svg {
            write(file, &rundown::tracks(&comparison, true))?;
        }
        let text = if self.json {
            rundown::json(&comparison)
        } else if self.csv {
            rundown::csv(&comparison)
        } else if self.html.is_some() || self.svg.is_some() {
            rundown::findings(&comparison)
        } else {
            rundown::text(&comparison)
        };
        let mut out = BufWriter::new(io::stdout());
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(stdout_error)?;
        Ok(Ending::of(read, failed))
    }

    /// The bulletins that could be read, and how many could not; what was odd is told.
    fn bulletins(&self, analyst: &Analyst, programmes: Vec<Programme>) -> (Vec<Bulletin>, u64) {
        let mut bulletins: Vec<Bulletin> = Vec::new();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut failed = 0;
        for programme in programmes {
            let file = programme.file.clone();
            let read = match transcript(&Input::named(&file)) {
                Ok(read) => read,
                Err(error) => {
                    messages::complain(error);
                    failed += 1;
                    continue;
                }
            };
            let words: String = read.cues.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ");
            if let Some(other) = seen.get(&words) {
                messages::complain(format_args!("{file}: the same words as {other}, one bulletin in two files; read once"));
                failed += 1;
                continue;
            }
            seen.insert(words, file.clone());
            for note in read.notes.iter().take(5) {
                messages::say(format_args!("{file}, {note}"));
            }
            if read.notes.len() > 5 {
                messages::say(format_args!("{file}: and {} more such notes", read.notes.len() - 5));
            }
            let bulletin = analyst.bulletin(&read, programme);
            if !bulletin.rundown.programme.covered {
                messages::say(format_args!("{file}: {} is not covered; items are told by time and speaker only", bulletin.rundown.programme.language));
            }
            bulletins.push(bulletin);
        }
        (bulletins, failed)
    }
}

/// Codes the events of every item; what is denied, feared or foretold is left out.
fn code_events(bulletins: &mut [Bulletin]) -> Result<(), Trouble> {
    let coder = Coder::new(Options::default())?;
    let mut scratch = Scratch::default();
    for bulletin in bulletins {
        for i in 0..bulletin.rundown.items.len() {
            let item = &bulletin.rundown.items[i];
            let document = Document {
                id: format!("{}#{}", bulletin.rundown.programme.file, i + 1),
                text: item.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("\n"),
                lang: Some(bulletin.rundown.programme.language.clone()),
                date: bulletin.rundown.programme.date,
                ..Document::default()
            };
            let coded = coder.code(&document, &mut scratch).records.into_iter().filter(|r| r.aux.is_none());
            bulletin.set_events(i, coded.flat_map(|record| events(&record)).collect());
        }
    }
    Ok(())
}

/// The events of a record, without what an item has no use for.
fn events(record: &Record) -> Vec<ItemEvent> {
    let codes = |side: &[Entity]| {
        let mut codes: Vec<&str> = side.iter().filter_map(|e| e.code.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        (!codes.is_empty()).then(|| codes.join("+"))
    };
    let event =
        |event: &EventType| ItemEvent { event: event.to_string(), actor: codes(&record.actor), recipient: codes(&record.recipient), text: record.text.clone() };
    record.event.iter().map(event).collect()
}

fn write(file: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(file, text).map_err(|error| format!("{}: cannot be written: {error}", file.display()).into())
}
