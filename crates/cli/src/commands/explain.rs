use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use clap::Args;
use marsad::{
    model::Document,
    pipeline::{Explanation, Scratch},
    source::documents,
};

use super::{Trouble, options};
use crate::{
    ending::Ending,
    messages::{self, stdout_error},
    view::{Screen, explanation},
};

/// Show why records are what they are.
///
/// For each record: the sentence and its tree, the row of the tables that made it, which words filled the row's frame, what was seen about its
/// factuality, where its date and speaker come from, and what its score is made of.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    /// Text, HTML or JSON lines; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Only this record: its id, or its number in each document
    #[arg(long, value_name = "ID")]
    record: Option<String>,

    /// Print the same as data: one JSON object a record
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    reading: options::Reading,
}

const EXAMPLES: &str = "\
Examples:
  marsad explain article.html
      all records
  marsad explain article.html --record 3
      the third, as `marsad read` numbers them
  marsad explain wire.jsonl --record 'wire-7#e2'
      by its id, as `marsad code` writes it
  marsad explain article.html --json | jq -r .tree
      trees in CoNLL-U";

impl Explain {
    pub fn run(self) -> Result<Ending, Trouble> {
        let coder = self.reading.coder()?;
        let options = self.reading.read_options();
        let (inputs, mut failed) = options::inputs(std::slice::from_ref(&self.file), &[]);
        let screen = Screen::of_stdout();
        let mut out = BufWriter::new(io::stdout());
        let mut scratch = Scratch::default();
        let (mut read, mut shown) = (0, 0);
        for reading in inputs.iter().flat_map(|input| documents(input, &options)) {
            let mut document = match reading {
                Ok(reading) => reading.document,
                Err(error) => {
                    messages::complain(error);
                    failed += 1;
                    continue;
                }
            };
            read += 1;
            document.date = document.date.or(self.reading.date);
            let Some(record) = self.wanted(&document) else { continue };
            for explanation in coder.explain(&document, record.as_deref(), &mut scratch) {
                shown += 1;
                let text = self.shown(&explanation, shown > 1, &screen);
                out.write_all(text.as_bytes()).map_err(stdout_error)?;
            }
            out.flush().map_err(stdout_error)?;
        }
        if read > 0 && shown == 0 {
            return self.nothing(read, failed);
        }
        Ok(Ending::of(read, failed))
    }

    /// The id of the record to explain in a document: the inner `None` for all, the outer where the document has nothing to do with it.
    fn wanted(&self, document: &Document) -> Option<Option<String>> {
        let Some(record) = &self.record else { return Some(None) };
        match record.rsplit_once('#') {
            Some((doc, _)) => (doc == document.id).then(|| Some(record.clone())),
            None => Some(Some(format!("{}#e{}", document.id, record.trim_start_matches('e')))),
        }
    }

    fn shown(&self, explanation: &Explanation, more: bool, screen: &Screen) -> String {
        if self.json {
            let mut line = serde_json::to_string(explanation).unwrap_or_default();
            line.push('\n');
            return line;
        }
        let gap = if more { "\n" } else { "" };
        format!("{gap}{}", explanation::shown(explanation, screen))
    }

    fn nothing(&self, read: u64, failed: u64) -> Result<Ending, Trouble> {
        let file = self.file.display();
        if let Some(record) = &self.record {
            return Err(format!("{file}: no record {record}; `marsad read {file}` lists those there are").into());
        }
        messages::say(format_args!("{file}: no records to explain; --min-score 0 shows also what is improbable"));
        Ok(Ending::of(read, failed))
    }
}
