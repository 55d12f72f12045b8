//! Wikidata's JSON dumps: people with their offices, organisations, places.
//!
//! The dump is one array with an entity a line, or JSON lines, or any array; it is read once, an entity at a time. What an entity is stands in
//! `classes.tsv` (by instance of, P31), which a user's table of the same columns adds to: a dump has no order in which the tree of classes could be followed.
//! People count if they hold a position (P39, with its start P580 and end P582) or have an occupation (P106) of `occupations.tsv`. The titles of positions
//! stand in other entities of the dump, perhaps later ones: they are gathered on the way and put in at the end. A title's sector comes from its words
//! (`titles.tsv`).

mod classes;
mod entity;
mod names;
mod offices;
mod people;
mod things;

pub use classes::Classes;

use std::io::Read;

use rustc_hash::FxHashMap;

use self::classes::Kind;
use self::entity::{Entities, Entity};
use super::{DUMP, Folder, ImportError, Outcome, Progress};
use crate::actors::codes;
use crate::source::{Input, Layout, Pieces, Problem, Source, SourceError};

/// What of a dump is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Codes of the countries whose people, organisations and places are wanted; empty for all.
    pub countries: Vec<String>,
    /// `person`, `organisation`, `place`; empty for all.
    pub kinds: Vec<String>,
    /// Least number of Wikipedias and other wikis that have a page on it.
    pub sitelinks: u64,
}

impl Wanted {
    /// The code of a country as a user gives it.
    ///
    /// # Errors
    /// What was expected, and what was most likely meant.
    ///
    /// ```
    /// use marsad::import::wikidata::Wanted;
    ///
    /// assert_eq!(Wanted::country("egy"), Ok("EGY".to_owned()));
    /// assert!(Wanted::country("EGP").unwrap_err().ends_with("did you mean EGY?"));
    /// ```
    pub fn country(text: &str) -> Result<String, String> {
        let code = text.trim().to_uppercase();
        if codes::is_known(&code) {
            return Ok(code);
        }
        let guess = codes::nearest(&code).map(|g| format!("; did you mean {g}?")).unwrap_or_default();
        Err(format!("expected an ISO 3166-1 alpha-3 code{guess}"))
    }
}

/// The longest entity that is read, in bytes.
const LONGEST: u64 = 64 << 20;

/// How often progress is told, in entities.
const STEP: u64 = 1000;

/// What an entity is and stands for so far.
struct Reader<'a> {
    classes: &'a Classes,
    wanted: &'a Wanted,
    folder: Folder,
    positions: FxHashMap<u64, offices::Position>,
    file: String,
    /// Whether the array's bracket stands open; `None` where none was seen.
    bracket: Option<bool>,
    entities: u64,
    /// The line of an entity that ends before it is whole, if it is the last.
    cut: Option<u64>,
}

/// Reads a dump into a folder's tables. `watch` is told how far it came, and stops the import by returning `false`: what was read is kept.
///
/// # Errors
/// If the dump cannot be opened or the folder not be written. A dump that breaks off is no error but an [`Outcome`] that says where.
pub fn import(input: &Input, classes: &Classes, wanted: &Wanted, folder: Folder, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Outcome, ImportError> {
    let source = input.open_table(DUMP)?;
    let layout = layout(source.start());
    let file = input.name();
    let mut reader = Reader { classes, wanted, folder, positions: FxHashMap::default(), file: file.clone(), bracket: None, entities: 0, cut: None };
    let (mut read, mut last, mut broken) = (0, 0, None);
    for piece in Pieces::new(Box::new(source.reader()), layout, LONGEST) {
        match piece {
            Ok(piece) => {
                read += 1;
                last = piece.line;
                reader.take(piece.line, &piece.bytes)?;
                reader.folder.end_entry();
            }
            Err((line, problem)) => {
                let error = SourceError::line(&file, line, told(problem));
                if matches!(error.problem, Problem::Read(_)) || layout != Layout::Lines {
                    broken = Some(error);
                    break;
                }
                reader.folder.leave(&format!("{file}:{line}"), "", &error.problem.to_string())?;
            }
        }
        if read % STEP == 0 && !watch(Progress { read, rows: reader.folder.rows() }) {
            break;
        }
    }
    watch(Progress { read, rows: reader.folder.rows() });
    let broken = broken.or_else(|| reader.cut_at(last).map(|(line, found)| SourceError::line(&file, line, cut(found))));
    if broken.is_none() && reader.entities == 0 {
        return Err(SourceError::line(&file, 1, Problem::Value { expected: DUMP, found: "no entity".to_owned() }).into());
    }
    let positions = reader.positions;
    let imported = reader.folder.finish(&|line| offices::mend(line, &positions))?;
    Ok(Outcome { imported, broken })
}

/// What is wrong, in words of a dump rather than of documents.
fn told(problem: Problem) -> Problem {
    match problem {
        Problem::Json { message } => cut(&message),
        other => other,
    }
}

fn cut(found: &str) -> Problem {
    Problem::Value { expected: "a whole dump", found: found.to_owned() }
}

impl Reader<'_> {
    /// Takes one entity, or an object of entities as the web interface gives them.
    fn take(&mut self, line: u64, bytes: &[u8]) -> Result<(), ImportError> {
        let bytes = bytes.strip_suffix(b",").unwrap_or(bytes);
        self.cut = None;
        if matches!(bytes, b"[" | b"]" | b"") {
            self.bracket = Some(bytes == b"[").filter(|_| !bytes.is_empty()).or(self.bracket);
            return Ok(());
        }
        match serde_json::from_slice::<Entity>(bytes) {
            Ok(entity) if entity.id.is_empty() => match serde_json::from_slice::<Entities>(bytes) {
                Ok(several) if !several.entities.is_empty() => several.entities.values().try_for_each(|e| self.entity(line, e)),
                _ => self.unread(line, "no Wikidata entity: expected an object with id, labels and claims"),
            },
            Ok(entity) => self.entity(line, &entity),
            Err(error) => {
                self.cut = error.is_eof().then_some(line);
                let cut = if error.is_eof() { "the line ends inside the entity" } else { "not valid JSON of an entity" };
                self.unread(line, &format!("{cut}: column {}", error.column()))
            }
        }
    }

    /// Where a dump whose lines were read is cut, and how that shows.
    fn cut_at(&self, last: u64) -> Option<(u64, &'static str)> {
        let inside = self.cut.map(|line| (line, "an end inside an entity"));
        inside.or((self.bracket == Some(true)).then_some((last, "an end before the bracket that closes the array")))
    }

    fn unread(&mut self, line: u64, reason: &str) -> Result<(), ImportError> {
        // The column tells nothing in a count of reasons.
        let (reason, detail) = reason.split_once(": column").map_or((reason, String::new()), |(r, c)| (r, format!("column{c}")));
        self.folder.leave(&format!("{}:{line}", self.file), &detail, reason)
    }

    fn entity(&mut self, line: u64, entity: &Entity) -> Result<(), ImportError> {
        self.folder.end_entry();
        self.entities += 1;
        if let Some(position) = offices::position(entity) {
            self.positions.insert(position.0, position.1);
        }
        let Some(class) = self.classes.of(entity) else { return Ok(()) };
        let kind = class.kind.group();
        if !self.wanted.kinds.is_empty() && !self.wanted.kinds.iter().any(|k| k == kind) {
            return Ok(());
        }
        if entity.sitelinks.0 < self.wanted.sitelinks {
            self.folder.count_left("fewer pages on it than asked for");
            return Ok(());
        }
        let place = format!("{}:{line}", self.file);
        match class.kind {
            Kind::Person => people::add(&mut self.folder, entity, self.wanted, &place),
            Kind::Organisation => things::organisation(&mut self.folder, entity, class, self.wanted, &place),
            Kind::Place(_) => things::place(&mut self.folder, entity, class, self.wanted, &place),
        }
    }
}

/// How a dump is laid out: told from its first bytes.
fn layout(start: &[u8]) -> Layout {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let (array, rest) = start.strip_prefix(b"[").map_or((false, start), |rest| (true, rest));
    let own_line = !array || rest.iter().take_while(|b| b.is_ascii_whitespace()).any(|b| *b == b'\n');
    let first = rest.trim_ascii_start();
    let line = first.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
    let whole = line.ends_with(b"}") || line.ends_with(b"},") || line.len() == first.len();
    match (array, own_line && whole) {
        (_, true) => Layout::Lines,
        (true, false) => Layout::Array,
        (false, false) => Layout::Objects,
    }
}

/// The bytes of a small table of a user's, such as `--classes`.
pub(super) fn small(input: &Input) -> Result<String, SourceError> {
    let mut text = String::new();
    let source: Source = input.open_table("a table of classes")?;
    source.reader().take(LONGEST).read_to_string(&mut text).map_err(|e| SourceError::line(&input.name(), 1, Problem::Read(e)))?;
    Ok(text)
}
