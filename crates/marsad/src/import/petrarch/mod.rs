//! The dictionaries of PETRARCH, Phoenix and TABARI: actors, agents, verbs.
//!
//! They are written for English in capitals, with `_` between words that stand together and at the end of words that may not go on. Their CAMEO codes become
//! PLOVER types and modes by `cameo.tsv`, their actor codes countries and sectors by `roles.tsv`. What has no counterpart goes into the report.

mod actors;
mod agents;
mod cameo;
mod codes;
mod known;
mod lines;
mod patterns;
mod verbs;

use std::fmt;

use super::{Folder, ImportError, Outcome, Progress};
use crate::source::{Input, Problem, Source, SourceError};

/// What is told of a file that is none, and of one that might have been a dump too.
const DICTIONARY: &str = "a dictionary of actors, agents or verbs with codes in square brackets, in UTF-8";
const DUMP_OR_DICTIONARY: &str = "a Wikidata JSON dump, or a dictionary of actors, agents or verbs with codes in square brackets, in UTF-8";

/// What a dictionary holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dictionary {
    /// Names with codes and dates: `HAMID_KARZAI_`, a tab, `[AFGGOV >011222]`.
    Actors,
    /// Roles: `FOREIGN_MINISTER [~GOV]`.
    Agents,
    /// Verbs and their patterns: `- * &WEAPON [194]`.
    Verbs,
}

impl fmt::Display for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dictionary::Actors => "PETRARCH actors",
            Dictionary::Agents => "PETRARCH agents",
            Dictionary::Verbs => "PETRARCH verbs",
        })
    }
}

/// What a dictionary holds, told from its first lines.
#[must_use]
pub fn tell(text: &str) -> Option<Dictionary> {
    let lines = || text.lines().map(lines::without_comment).filter(|l| !l.trim().is_empty());
    let coded = |l: &&str| l.contains('[');
    if lines().any(|l| l.trim_start().starts_with("- ") && l.contains('*')) || text.lines().any(|l| l.starts_with("---")) || lines().any(|l| l.starts_with('&'))
    {
        Some(Dictionary::Verbs)
    } else if lines().filter(coded).any(|l| l.contains("[~") || l.contains("~]")) {
        Some(Dictionary::Agents)
    } else {
        lines().any(|l| coded(&l)).then_some(Dictionary::Actors)
    }
}

/// Reads a dictionary into a folder's tables; `None` tells what it is from its first lines. `watch` stops the import by returning `false`.
///
/// # Errors
/// If the dictionary cannot be opened or is none, or the folder cannot be written.
pub fn import(input: &Input, what: Option<Dictionary>, mut folder: Folder, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Outcome, ImportError> {
    let source = input.open_table("a PETRARCH dictionary")?;
    let start = String::from_utf8_lossy(source.start()).into_owned();
    let expected = if what.is_some() { DICTIONARY } else { DUMP_OR_DICTIONARY };
    let refused = |found: &str| SourceError::line(&input.name(), 1, Problem::Value { expected, found: found.to_owned() });
    if let Some(found) = other(&source) {
        return Err(refused(found).into());
    }
    let what = what.or_else(|| tell(&start)).ok_or_else(|| refused("none"))?;
    let mut lines = lines::Lines::new(Box::new(source.reader()), input.name());
    match what {
        Dictionary::Actors => actors::import(&mut lines, &mut folder, watch)?,
        Dictionary::Agents => agents::import(&mut lines, &mut folder, watch)?,
        Dictionary::Verbs => verbs::import(&mut lines, &mut folder, watch)?,
    }
    let broken = lines.broken();
    folder.end_entry();
    if broken.is_none() && folder.is_untouched() {
        return Err(refused("none").into());
    }
    Ok(Outcome { imported: folder.finish(&|_| None)?, broken })
}

/// What an input is that is no dictionary, if that shows at once.
fn other(source: &Source) -> Option<&'static str> {
    let start = source.start().trim_ascii_start().to_ascii_lowercase();
    if source.is_utf16() {
        return Some("text in UTF-16");
    }
    if super::begins_as_json(&start) {
        return Some("JSON");
    }
    (start.starts_with(b"<!doctype") || start.starts_with(b"<html")).then_some("a page")
}
