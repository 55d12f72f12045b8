//! Phrases by which a bulletin marks its parts.

use marsad_text::Lang;

use super::units::words;
use crate::tables::{TableError, Tables};

/// What a phrase tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// The programme begins.
    Greeting,
    /// Headlines follow.
    Headlines,
    /// A new item begins.
    Transition,
    /// A correspondent's report ends.
    ReportEnds,
    /// The weather follows.
    Weather,
    /// Sports news follow.
    Sport,
    /// Advertisements.
    Advertisement,
    /// The programme ends.
    SignOff,
}

const COLUMNS: &[&str] = &["cue", "phrase"];

/// The phrases of one language, longest first.
#[derive(Clone, Debug, Default)]
pub struct Phrases(Vec<(Cue, Vec<String>)>);

impl Phrases {
    /// Loads the phrases of a language.
    ///
    /// # Errors
    /// The first row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Phrases, TableError> {
        let mut out = Vec::new();
        for row in tables.rows(&format!("analysis/rundown/phrases/{lang}.tsv"), COLUMNS)? {
            let cue = match row.required(0, "cue")? {
                "greeting" => Cue::Greeting,
                "headlines" => Cue::Headlines,
                "transition" => Cue::Transition,
                "report-ends" => Cue::ReportEnds,
                "weather" => Cue::Weather,
                "sport" => Cue::Sport,
                "advertisement" => Cue::Advertisement,
                "sign-off" => Cue::SignOff,
                other => {
                    return Err(
                        row.error(format!("cue is {other}, expected greeting, headlines, transition, report-ends, weather, sport, advertisement or sign-off"))
                    );
                }
            };
            let phrase = words(row.required(1, "phrase")?);
            if phrase.is_empty() {
                return Err(row.error("phrase has no words"));
            }
            out.push((cue, phrase));
        }
        out.sort_by_key(|(_, phrase)| std::cmp::Reverse(phrase.len()));
        Ok(Phrases(out))
    }

    /// Whether one of the phrases that tell `cue` is among the words.
    #[must_use]
    pub fn tell(&self, cue: Cue, words: &[String]) -> bool {
        self.0.iter().any(|(c, phrase)| *c == cue && words.windows(phrase.len()).any(|w| w == phrase.as_slice()))
    }

    /// Whether the words begin with a phrase that tells `cue`.
    #[must_use]
    pub fn open(&self, cue: Cue, words: &[String]) -> bool {
        self.0.iter().any(|(c, phrase)| *c == cue && words.starts_with(phrase))
    }
}
