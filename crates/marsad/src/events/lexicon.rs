//! The event rows of a language in matching form: an index from surface forms to the rows whose head word they may be.

use std::sync::OnceLock;

use marsad_text::Lang;
use marsad_text::normal::fold;
use rustc_hash::FxHashMap;

use super::frame::{Frame, Slot, parse};
use crate::forms::{Inflected, Inflecting, Vary};
use crate::hash::{ByHash, hash};
use crate::model::EventType;
use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, Tables};

/// Part of speech of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pos {
    /// Verb.
    Verb,
    /// Noun.
    Noun,
    /// Adjective.
    Adjective,
}

impl Pos {
    /// The part of speech in one letter, as tables have it.
    pub(super) fn letter(self) -> &'static str {
        match self {
            Pos::Verb => "v",
            Pos::Noun => "n",
            Pos::Adjective => "a",
        }
    }

    /// The part of speech of a letter.
    fn of_letter(letter: &str) -> Option<Pos> {
        [Pos::Verb, Pos::Noun, Pos::Adjective].into_iter().find(|pos| pos.letter() == letter)
    }

    /// How its words vary.
    fn vary(self) -> Vary {
        match self {
            Pos::Verb => Vary::Verb,
            Pos::Noun => Vary::Noun,
            Pos::Adjective => Vary::Adjective,
        }
    }

    /// The part of speech in one word.
    pub(super) fn name(self) -> &'static str {
        match self {
            Pos::Verb => "verb",
            Pos::Noun => "noun",
            Pos::Adjective => "adjective",
        }
    }
}

/// Which side must be a political entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Neither.
    Free,
    /// The actor.
    Actor,
    /// The recipient.
    Recipient,
    /// Both, or two sides of a reciprocal event.
    Both,
    /// One of them.
    Either,
}

/// Conditions of a row beyond its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sense {
    /// The verb has (or has not) an object.
    pub object: Option<bool>,
    /// There is (or is not) a content clause.
    pub clause: Option<bool>,
    /// The word must be in the plural.
    pub plural: bool,
    /// One of these is among the dependents.
    pub with: Vec<Vec<String>>,
    /// None of these is.
    pub without: Vec<Vec<String>>,
    /// The governor is one of these.
    pub under: Vec<String>,
    /// The governor is none of these.
    pub not_under: Vec<String>,
}

/// An event word in one sense.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Stable id.
    pub id: String,
    /// Type; `None` for expressions that are no event.
    pub kind: Option<EventType>,
    /// Mode.
    pub mode: Option<String>,
    /// Part of speech of the head word.
    pub pos: Pos,
    /// Numbers of the other words of a multiword expression.
    pub parts: Vec<u32>,
    /// Frames in order.
    pub frames: Vec<Frame>,
    /// The frame cell as written.
    pub frame_text: String,
    /// Who must be known.
    pub needs: Needs,
    /// Conditions.
    pub sense: Sense,
    /// How large a share of its occurrences in the news is the event, from 1, under an eighth, to 5, four fifths or more; `None` where the table does not say.
    pub share: Option<u8>,
    /// Table file.
    pub file: String,
    /// Line.
    pub line: usize,
}

/// All event rows of a language. Built-in rows are read when they are first asked for: a text has words of few.
#[derive(Debug)]
pub struct Lexicon {
    lang: Lang,
    rows: Vec<Place>,
    /// Rows by head form.
    heads: Inflected,
    /// Numbers of parts by form.
    parts: Inflected,
    /// Numbers of parts by folded word.
    part_numbers: FxHashMap<Box<str>, u32>,
}

/// Where a row stands.
#[derive(Debug)]
struct Place {
    kind: Option<EventType>,
    line: u32,
    /// The line of a built-in table; blank where the row was read at once.
    text: &'static str,
    /// The row before it with the same lemma, part of speech and type.
    before: Option<u32>,
    row: OnceLock<Box<EventRow>>,
}

pub(super) const SHAPE: Shape = Shape {
    columns: &["lemma", "pos", "frame", "mode", "sense", "example"],
    optional: &["share"],
    key: Key::All(&[0, 1, 4]),
    gone: Key::All(&[0, 1]),
    apart: None,
};

/// Modes of a type (PLOVER 2.0).
fn modes(kind: EventType) -> &'static [&'static str] {
    use EventType as T;
    match kind {
        T::Consult => &["visit", "third-party", "multilateral", "phone"],
        T::Retreat => &["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
        T::Request | T::Reject => &["assist", "change", "yield", "meet"],
        T::Accuse => &["disapprove", "investigate", "allege"],
        T::Threaten => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
        T::Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
        T::Sanction => &["convict", "expel", "withdraw", "discontinue"],
        T::Mobilize => &["troops", "weapons", "police", "militia"],
        T::Coerce => &["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"],
        T::Assault => &[
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ],
        T::Agree | T::Support | T::Concede | T::Cooperate | T::Aid => &[],
    }
}

impl Lexicon {
    /// Loads the rows of a language.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Lexicon, TableErrors> {
        Lexicon::read(tables, lang, |path| tables.built_in(path))
    }

    /// Loads the rows; those of the tables whose text `late` gives are read when they are first asked for.
    fn read(tables: &Tables, lang: Lang, late: impl Fn(&str) -> Option<&'static str>) -> Result<Lexicon, TableErrors> {
        let mut problems = Problems::default();
        let mut loader = Loader {
            lang,
            rows: Vec::new(),
            heads: Inflecting::new(lang),
            parts: Inflecting::new(lang),
            part_numbers: FxHashMap::default(),
            last: ByHash::default(),
        };
        for kind in EventType::ALL.iter().copied().map(Some).chain([None]) {
            let path = path(kind, lang);
            match late(&path) {
                Some(text) => loader.add_built_in(kind, text),
                None => tables.collect(&path, &SHAPE, &mut problems).iter().for_each(|row| loader.add(kind, row, &mut problems)),
            }
        }
        problems.done(loader.done())
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row by number.
    ///
    /// # Panics
    /// If there is none of that number; if a built-in table is broken, which a test rules out.
    #[must_use]
    pub fn row(&self, n: u32) -> &EventRow {
        let place = &self.rows[n as usize];
        place.row.get_or_init(|| {
            let path = path(place.kind, self.lang);
            let row = Row::built_in(&path, place.line as usize, place.text);
            let mut problems = Problems::default();
            let mut part = |word: &str| self.part_numbers.get(word).copied();
            let Some(mut row) = read(place.kind, self.lang, &row, &mut part, &mut problems) else {
                panic!("a test reads every built-in row: {:?}", problems.done(()));
            };
            row.id = id(row.id, row.mode.as_deref(), |id| std::iter::successors(place.before, |&n| self.rows[n as usize].before).any(|n| self.row(n).id == id));
            Box::new(row)
        })
    }

    /// Rows whose head word may have this folded form; in Arabic, try the form with and without the article.
    #[must_use]
    pub fn rows_of(&self, form: &str) -> &[u32] {
        self.heads.of(form)
    }

    /// The number of the part of expressions that the tables write as this folded word.
    #[must_use]
    pub fn part_of_form(&self, word: &str) -> Option<u32> {
        self.part_numbers.get(word).copied()
    }

    /// Numbers of the parts of expressions that a folded form may be.
    #[must_use]
    pub fn parts_of(&self, form: &str) -> &[u32] {
        self.parts.of(form)
    }
}

/// Where the table of a type lies.
pub(super) fn path(kind: Option<EventType>, lang: Lang) -> String {
    format!("events/types/{}/{lang}.tsv", kind.map_or_else(|| "none".to_owned(), EventType::folder))
}

/// `<type>/<lang>/<lemma>.<pos>`, made unique by the mode and then a number.
fn id(base: String, mode: Option<&str>, is_taken: impl Fn(&str) -> bool) -> String {
    let with_mode = mode.map(|m| format!("{base}.{m}"));
    let longest = with_mode.clone().unwrap_or_else(|| base.clone());
    let numbered = (2..).map(|n| format!("{longest}.{n}"));
    [base].into_iter().chain(with_mode).chain(numbered).find(|id| !is_taken(id)).expect("the numbers do not end")
}

/// The row that a table's row is, under the first of its possible ids; what is wrong is noted. `part` gives the number of a further word of the lemma.
fn read(kind: Option<EventType>, lang: Lang, row: &Row, part: &mut dyn FnMut(&str) -> Option<u32>, problems: &mut Problems) -> Option<EventRow> {
    let lemma = problems.note(row.required(0, "lemma"));
    let pos = problems.note(pos(row));
    let frame_text = row.get(2).unwrap_or_default().to_owned();
    let frames = problems.note(frames(row, lang, kind, &frame_text));
    let mode = problems.note(mode(row, kind));
    let free = matches!(kind, None | Some(EventType::Assault | EventType::Protest));
    let sense = problems.note(sense(row, if free { Needs::Free } else { Needs::Either }));
    let others = lemma.and_then(|l| problems.note(other_words(l, row)));
    let share = problems.note(share(row));
    let (lemma, pos, frames, mode, (sense, needs), others, share) = (lemma?, pos?, frames?, mode?, sense?, others?, share?);
    let folder = kind.map_or_else(|| "none".to_owned(), EventType::folder);
    let id = format!("{folder}/{lang}/{}.{}", lemma.replace('*', "").replace(' ', "_"), pos.letter());
    let parts = others.iter().filter_map(|o| part(&fold(o))).collect();
    Some(EventRow { id, kind, mode, pos, parts, frames, frame_text, needs, sense, share, file: row.file.to_owned(), line: row.line })
}

struct Loader {
    lang: Lang,
    rows: Vec<Place>,
    heads: Inflecting,
    parts: Inflecting,
    part_numbers: FxHashMap<Box<str>, u32>,
    /// The last row of a lemma, part of speech and type, by their hash.
    last: ByHash<u32>,
}

impl Loader {
    fn done(self) -> Lexicon {
        let Loader { lang, rows, heads, parts, part_numbers, .. } = self;
        Lexicon { lang, rows, heads: heads.done(), parts: parts.done(), part_numbers }
    }

    /// Adds the rows of a built-in table, of which only lemma and part of speech are read.
    fn add_built_in(&mut self, kind: Option<EventType>, text: &'static str) {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        for (n, line) in lines.skip(1) {
            let mut cells = line.split('\t').map(str::trim);
            let (Some(lemma), Some(pos)) = (cells.next(), cells.next().and_then(Pos::of_letter)) else { panic!("a test reads every built-in row: {line}") };
            self.place(kind, lemma, pos, Place { kind, line: n as u32 + 1, text: line, before: None, row: OnceLock::new() });
        }
    }

    /// Adds a row.
    fn add(&mut self, kind: Option<EventType>, row: &Row, problems: &mut Problems) {
        let lang = self.lang;
        let Some(mut read) = read(kind, lang, row, &mut |word| Some(self.part(word)), problems) else { return };
        let (lemma, pos) = (row.get(0).unwrap_or_default(), read.pos);
        let before = self.last.get(&self.key(kind, lemma, pos)).copied();
        let earlier = |n: u32| self.rows[n as usize].before;
        read.id = id(read.id, read.mode.as_deref(), |id| {
            std::iter::successors(before, |&n| earlier(n)).any(|n| self.rows[n as usize].row.get().is_some_and(|row| row.id == id))
        });
        self.place(kind, lemma, pos, Place { kind, line: row.line as u32, text: "", before, row: OnceLock::from(Box::new(read)) });
    }

    /// Puts a row behind the others.
    fn place(&mut self, kind: Option<EventType>, lemma: &str, pos: Pos, mut place: Place) {
        let n = self.rows.len() as u32;
        place.before = self.last.insert(self.key(kind, lemma, pos), n);
        self.rows.push(place);
        if !lemma.contains(char::is_whitespace) {
            return self.heads.add(pos.vary(), lemma.trim_end_matches('*'), n);
        }
        let head = head(lemma);
        for (at, word) in lemma.split_whitespace().enumerate() {
            if at == head {
                self.heads.add(pos.vary(), word.trim_end_matches('*'), n);
            } else {
                self.part(&fold(word));
            }
        }
    }

    /// What a lemma without its star, a part of speech and a type are known by.
    fn key(&self, kind: Option<EventType>, lemma: &str, pos: Pos) -> u64 {
        let lemma = if lemma.contains('*') { hash(&lemma.replace('*', "")) } else { hash(lemma) };
        lemma.wrapping_add(kind.map_or(0, |k| k as u64 + 1) << 2 | pos as u64)
    }

    /// The number of a further word of an expression.
    fn part(&mut self, word: &str) -> u32 {
        if let Some(&n) = self.part_numbers.get(word) {
            return n;
        }
        let n = self.part_numbers.len() as u32;
        self.part_numbers.insert(word.into(), n);
        self.parts.add(Vary::Part, word, n);
        n
    }
}

/// Which word of a lemma is its head: the starred one, or the first.
fn head(lemma: &str) -> usize {
    lemma.split_whitespace().position(|w| w.ends_with('*')).unwrap_or(0)
}

fn pos(row: &Row) -> Result<Pos, TableError> {
    let letter = row.required(1, "pos")?;
    Pos::of_letter(letter).ok_or_else(|| row.wrong("pos", letter, &["v", "n", "a"]))
}

fn mode(row: &Row, kind: Option<EventType>) -> Result<Option<String>, TableError> {
    let (Some(kind), Some(mode)) = (kind, row.get(3)) else { return Ok(row.get(3).map(str::to_owned)) };
    match modes(kind) {
        [] => Err(row.error(format!("mode is {mode}, expected -: {kind} has no modes"))),
        all if !all.contains(&mode) => Err(row.wrong(&format!("mode of {kind}"), mode, all)),
        _ => Ok(Some(mode.to_owned())),
    }
}

/// The frames of a cell. A user's slot that is no preposition is most likely a misspelt slot.
fn frames(row: &Row, lang: Lang, kind: Option<EventType>, text: &str) -> Result<Vec<Frame>, TableError> {
    if kind.is_none() {
        let rest = [row.get(2).map(|frame| ("frame", frame)), row.get(3).map(|mode| ("mode", mode))];
        let told = rest.into_iter().flatten().next().map(|(column, cell)| row.error(format!("{column} is {cell}, expected -: the row is no event")));
        return told.map_or(Ok(Vec::new()), Err);
    }
    if text.is_empty() {
        return Err(row.error("column frame is empty, expected ACTOR>RECIPIENT or ACTOR+OTHER"));
    }
    let frames = parse(text).map_err(|e| row.error(e))?;
    if let Some(slot) = frames.iter().flat_map(|f| f.actor.iter().chain(&f.recipient)).find(|slot| is_elsewhere(slot, lang)) {
        return Err(row.error(format!("slot of frame «{text}» is {slot}, expected a slot that {lang} has")));
    }
    let foreign = |slot: &&Slot| matches!(slot, Slot::With(word) if lang != Lang::En && word.is_ascii());
    match frames.iter().flat_map(|f| f.actor.iter().chain(&f.recipient)).find(foreign) {
        Some(slot) if row.own => {
            let slot = slot.to_string();
            let guess = crate::tables::nearest(&slot, SLOTS).map(|g| format!("; did you mean {g}?")).unwrap_or_default();
            Err(row.error(format!("slot of frame «{text}» is {slot}, expected {} or a preposition of the language{guess}", SLOTS.join(", "))))
        }
        _ => Ok(frames),
    }
}

/// Whether a slot is one of another language.
fn is_elsewhere(slot: &Slot, lang: Lang) -> bool {
    match slot {
        Slot::Poss | Slot::Of => lang != Lang::En,
        Slot::Ins => lang != Lang::Ru,
        _ => false,
    }
}

const SLOTS: &[&str] = &["subj", "obj", "iobj", "gen", "poss", "of", "ins", "agt", "adj", "clause"];

/// The words of a lemma beside its head.
fn other_words<'t>(lemma: &'t str, row: &Row) -> Result<Vec<&'t str>, TableError> {
    if lemma.split_whitespace().filter(|w| w.ends_with('*')).count() > 1 {
        return Err(row.error("more than one word of the lemma is starred"));
    }
    let head = head(lemma);
    Ok(lemma.split_whitespace().enumerate().filter(|(n, _)| *n != head).map(|(_, word)| word).collect())
}

fn share(row: &Row) -> Result<Option<u8>, TableError> {
    match row.get(6) {
        None => Ok(None),
        Some(text) => text.parse().ok().filter(|n| (1..=5).contains(n)).map(Some).ok_or_else(|| row.wrong("share", text, &["1", "2", "3", "4", "5"])),
    }
}

/// Sets a condition that its opposite has not set already.
fn set(condition: &mut Option<bool>, to: bool, row: &Row, both: &str) -> Result<(), TableError> {
    match condition.replace(to) {
        Some(before) if before != to => Err(row.error(format!("conditions are {both}, expected one of the two"))),
        _ => Ok(()),
    }
}

fn sense(row: &Row, default: Needs) -> Result<(Sense, Needs), TableError> {
    let mut sense = Sense::default();
    let mut needs = default;
    for condition in row.get(4).unwrap_or_default().split_whitespace() {
        let words = |list: &str| list.split(',').filter(|w| !w.is_empty()).map(|w| w.split('_').map(fold).collect()).collect::<Vec<Vec<String>>>();
        let singles = |list: &str| list.split(',').filter(|w| !w.is_empty()).map(fold).collect::<Vec<String>>();
        match condition {
            "free" => needs = Needs::Free,
            "A" => needs = Needs::Actor,
            "R" => needs = Needs::Recipient,
            "A&R" => needs = Needs::Both,
            "A/R" => needs = Needs::Either,
            "obj" | "noobj" => set(&mut sense.object, condition == "obj", row, "obj and noobj")?,
            "clause" | "noclause" => set(&mut sense.clause, condition == "clause", row, "clause and noclause")?,
            "pl" => sense.plural = true,
            _ => match condition.split_once(':') {
                Some(("+w" | "-w" | "+up" | "-up", list)) if list.split(',').all(str::is_empty) => {
                    return Err(row.error(format!("condition is {condition}, expected words behind it")));
                }
                Some(("+w", list)) => sense.with.extend(words(list)),
                Some(("-w", list)) => sense.without.extend(words(list)),
                Some(("+up", list)) => sense.under.extend(singles(list)),
                Some(("-up", list)) => sense.not_under.extend(singles(list)),
                _ => {
                    return Err(row.wrong(
                        "condition",
                        condition,
                        &["A", "R", "A&R", "A/R", "free", "obj", "noobj", "clause", "noclause", "pl", "+w:", "-w:", "+up:", "-up:"],
                    ));
                }
            },
        }
    }
    Ok((sense, needs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_read_late_is_the_row_read_at_once() {
        let tables = Tables::embedded();
        for &lang in marsad_text::LANGUAGES {
            let (late, at_once) = (Lexicon::load(&tables, lang).expect("sound"), Lexicon::read(&tables, lang, |_| None).expect("sound"));
            assert!(late.heads.is_made() && late.parts.is_made(), "{lang}: build/forms.rs has missed a word");
            assert_eq!(late.len(), at_once.len());
            let mut ids = rustc_hash::FxHashSet::default();
            // From the last to the first, so that ids do not depend on what was asked for before.
            for n in (0..late.len() as u32).rev() {
                assert_eq!(format!("{:?}", late.row(n)), format!("{:?}", at_once.row(n)));
                assert!(ids.insert(late.row(n).id.clone()), "{}", late.row(n).id);
            }
        }
    }
}
