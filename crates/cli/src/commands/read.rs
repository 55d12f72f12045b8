use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use clap::Args;
use marsad::{
    pipeline::{Coded, Language, Scratch},
    source::{Reading, documents},
};

use super::{Trouble, options};
use crate::{
    ending::Ending,
    messages::{self, stdout_error},
    view::{Screen, data, document, number},
};

/// Show what is in documents: events with their evidence, actors and times.
///
/// For each document a header and a table of its events in time order, each with the sentence that proves it, the decisive words marked.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Read {
    /// Text, HTML or JSON lines, plain or compressed; folders; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Print the same as data: one JSON object a document
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    reading: options::Reading,
}

const EXAMPLES: &str = "\
Examples:
  marsad read article.html
  curl -s https://example.org/news | marsad read -
  marsad read --json wire.jsonl | jq '.records[] | [.date, .event[0], .text]'
  marsad read --lang ar --date 2022-01-12 statement.txt

In the table:
  Date         (in brackets) the document's own date, where the text gives none
  Who → whom   country or organisation code, sector, the words of the text, (the name in full)
  Factuality   fact, or what keeps it from being one: negation, future, hypothetical; historical for what is long past
  #            the record's number, for `marsad explain FILE --record NUMBER`";

impl Read {
    pub fn run(self) -> Result<Ending, Trouble> {
        let coder = self.reading.coder()?;
        let options = self.reading.read_options();
        let (inputs, mut failed) = options::inputs(&self.files, &[]);
        let screen = Screen::of_stdout();
        let mut out = BufWriter::new(io::stdout());
        let mut scratch = Scratch::default();
        let mut seen = Seen::default();
        for reading in inputs.iter().flat_map(|input| documents(input, &options)) {
            match reading {
                Ok(mut reading) => {
                    reading.document.date = reading.document.date.or(self.reading.date);
                    let coded = coder.code(&reading.document, &mut scratch);
                    let text = self.shown(&reading, &coded, seen.documents > 0, &screen);
                    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(stdout_error)?;
                    seen.count(&coded);
                }
                Err(error) => {
                    messages::complain(error);
                    failed += 1;
                }
            }
        }
        if seen.documents > 1 && !self.json {
            messages::say(seen.summary(failed));
        }
        Ok(Ending::of(seen.documents, failed))
    }

    fn shown(&self, reading: &Reading, coded: &Coded, more: bool, screen: &Screen) -> String {
        if self.json {
            return data::line(reading, coded);
        }
        let gap = if more { "\n" } else { "" };
        format!("{gap}{}", document::shown(reading, coded, screen))
    }
}

/// What has been shown so far.
#[derive(Default)]
struct Seen {
    documents: u64,
    not_covered: u64,
    events: u64,
}

impl Seen {
    fn count(&mut self, coded: &Coded) {
        self.documents += 1;
        self.not_covered += u64::from(matches!(coded.language, Language::NotCovered(_)));
        self.events += coded.records.len() as u64;
    }

    fn summary(&self, failed: u64) -> String {
        let mut text = format!("\n{}, {}", number::counted(self.documents, "document"), number::counted(self.events, "event"));
        if self.not_covered > 0 {
            text += &format!("; {} in a language that is not covered", number::grouped(self.not_covered));
        }
        if failed > 0 {
            text += &format!("; {} could not be read", number::grouped(failed));
        }
        text
    }
}
