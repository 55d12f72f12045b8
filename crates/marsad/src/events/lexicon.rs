//! The event rows of a language in matching form: an index from surface forms to the rows whose head word they may be.

use marsad_text::normal::{fold, fold_into};
use marsad_text::{Inflect, Lang, inflect::inflect};
use rustc_hash::{FxHashMap, FxHashSet};

use super::frame::{Frame, Slot, parse};
use crate::forms::Forms;
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

/// All event rows of a language.
#[derive(Debug)]
pub struct Lexicon {
    rows: Vec<EventRow>,
    /// Rows by head form.
    heads: Forms,
    /// Numbers of parts by form.
    parts: Forms,
}

pub(super) const SHAPE: Shape =
    Shape { columns: &["lemma", "pos", "frame", "mode", "sense", "example"], optional: &["share"], key: Key::All(&[0, 1, 4]), gone: Key::All(&[0, 1]) };

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
        let mut problems = Problems::default();
        let mut loader = Loader {
            lang,
            lexicon: Lexicon { rows: Vec::new(), heads: Forms::default(), parts: Forms::default() },
            part_numbers: FxHashMap::default(),
            head_rows: Vec::new(),
            ids: FxHashSet::default(),
        };
        for kind in EventType::ALL.iter().copied().map(Some).chain([None]) {
            let folder = kind.map_or_else(|| "none".to_owned(), EventType::folder);
            for row in tables.collect(&format!("events/types/{folder}/{lang}.tsv"), &SHAPE, &mut problems) {
                loader.add(kind, &folder, &row, &mut problems);
            }
        }
        loader.index();
        problems.done(loader.lexicon)
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
    #[must_use]
    pub fn row(&self, n: u32) -> &EventRow {
        &self.rows[n as usize]
    }

    /// The row of an id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&EventRow> {
        self.rows.iter().find(|r| r.id == id)
    }

    /// Rows whose head word may have this folded form; in Arabic, try the form with and without the article.
    #[must_use]
    pub fn rows_of(&self, form: &str) -> &[u32] {
        self.heads.of(form)
    }

    /// Numbers of the parts of expressions that a folded form may be.
    #[must_use]
    pub fn parts_of(&self, form: &str) -> &[u32] {
        self.parts.of(form)
    }
}

struct Loader {
    lang: Lang,
    lexicon: Lexicon,
    part_numbers: FxHashMap<String, u32>,
    /// Head lemma, part of speech and row.
    head_rows: Vec<(String, Pos, u32)>,
    ids: FxHashSet<String>,
}

impl Loader {
    fn add(&mut self, kind: Option<EventType>, folder: &str, row: &Row, problems: &mut Problems) {
        let lemma = problems.note(row.required(0, "lemma"));
        let pos = problems.note(pos(row));
        let frame_text = row.get(2).unwrap_or_default().to_owned();
        let frames = match (kind, frame_text.as_str()) {
            (None, _) | (_, "") => Some(Vec::new()),
            (Some(_), text) => problems.note(frames(row, self.lang, text)),
        };
        let mode = problems.note(mode(row, kind));
        let free = matches!(kind, None | Some(EventType::Assault | EventType::Protest));
        let sense = problems.note(sense(row, if free { Needs::Free } else { Needs::Either }));
        let words = lemma.and_then(|l| problems.note(split_lemma(l, row)));
        let share = problems.note(share(row));
        let (Some(lemma), Some(pos), Some(frames), Some(mode), Some((sense, needs)), Some((head, others)), Some(share)) =
            (lemma, pos, frames, mode, sense, words, share)
        else {
            return;
        };
        let n = self.lexicon.rows.len() as u32;
        let id = self.id(folder, lemma, row.get(1).unwrap_or_default(), mode.as_deref());
        let parts = others.iter().map(|o| self.part(o)).collect();
        self.head_rows.push((head, pos, n));
        self.lexicon.rows.push(EventRow { id, kind, mode, pos, parts, frames, frame_text, needs, sense, share, file: row.file.to_owned(), line: row.line });
    }

    /// `<type>/<lang>/<lemma>.<pos>`, made unique by the mode and then a number.
    fn id(&mut self, folder: &str, lemma: &str, pos: &str, mode: Option<&str>) -> String {
        let base = format!("{folder}/{}/{}.{pos}", self.lang, lemma.replace('*', "").replace(' ', "_"));
        let with_mode = mode.map(|m| format!("{base}.{m}"));
        let numbered = (2..).map(|n| format!("{}.{n}", with_mode.as_deref().unwrap_or(&base)));
        let mut tries = [base.clone()].into_iter().chain(with_mode.clone()).chain(numbered);
        let id = tries.find(|id| !self.ids.contains(id)).expect("the numbers do not end");
        self.ids.insert(id.clone());
        id
    }

    fn part(&mut self, word: &str) -> u32 {
        let n = self.part_numbers.len() as u32;
        *self.part_numbers.entry(fold(word)).or_insert(n)
    }

    /// Makes the indices: each distinct head and part is inflected once.
    fn index(&mut self) {
        let mut seen: FxHashMap<(String, u8), Vec<u32>> = FxHashMap::default();
        for (lemma, pos, row) in std::mem::take(&mut self.head_rows) {
            seen.entry((lemma, pos as u8)).or_default().push(row);
        }
        let mut heads: Vec<((String, u8), Vec<u32>)> = seen.into_iter().collect();
        heads.sort();
        self.lexicon.heads.reserve(heads.len() * forms_of_a_word(self.lang));
        for ((lemma, pos), rows) in heads {
            let pos = [Inflect::Verb, Inflect::Noun, Inflect::Adjective][pos as usize];
            each_form(self.lang, &lemma, &[pos], |form| rows.iter().for_each(|&row| self.lexicon.heads.add(form, row)));
        }
        self.lexicon.heads.sort();
        let mut parts: Vec<(String, u32)> = self.part_numbers.drain().collect();
        parts.sort();
        self.lexicon.parts.reserve(parts.len() * forms_of_a_word(self.lang));
        for (word, n) in parts {
            each_form(self.lang, &word, part_paradigms(self.lang, &word), |form| self.lexicon.parts.add(form, n));
        }
    }
}

/// About how many forms a word has: tables grow to their size at once.
fn forms_of_a_word(lang: Lang) -> usize {
    match lang {
        Lang::En => 4,
        Lang::Ru => 24,
        Lang::Ar => 16,
    }
}

/// How a further word of an expression may vary: its part of speech is not told.
fn part_paradigms(lang: Lang, word: &str) -> &'static [Inflect] {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    if word.chars().count() < 3 {
        return &[Inflect::Particle];
    }
    match lang {
        Lang::En => &[Inflect::Noun, Inflect::Verb],
        Lang::Ru if ends(&["ть", "ться", "ти", "чь"]) => &[Inflect::Verb],
        Lang::Ru if ends(&["ый", "ий", "ой"]) => &[Inflect::Adjective],
        Lang::Ru => &[Inflect::Noun],
        Lang::Ar => &[Inflect::Noun, Inflect::Adjective],
    }
}

/// Gives each form of a word, folded; some come more than once.
fn each_form(lang: Lang, lemma: &str, paradigms: &[Inflect], mut give: impl FnMut(&str)) {
    let mut folded = String::new();
    for form in paradigms.iter().flat_map(|&p| inflect(lang, lemma, p)) {
        folded.clear();
        fold_into(&form, &mut folded);
        give(&folded);
    }
}

fn pos(row: &Row) -> Result<Pos, TableError> {
    match row.required(1, "pos")? {
        "v" => Ok(Pos::Verb),
        "n" => Ok(Pos::Noun),
        "a" => Ok(Pos::Adjective),
        other => Err(row.wrong("pos", other, &["v", "n", "a"])),
    }
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
fn frames(row: &Row, lang: Lang, text: &str) -> Result<Vec<Frame>, TableError> {
    let frames = parse(text).map_err(|e| row.error(e))?;
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

const SLOTS: &[&str] = &["subj", "obj", "iobj", "gen", "poss", "of", "ins", "agt", "adj", "clause"];

/// Head and other words of a lemma cell; the head is starred or first.
fn split_lemma(lemma: &str, row: &Row) -> Result<(String, Vec<String>), TableError> {
    let words: Vec<&str> = lemma.split_whitespace().collect();
    let starred: Vec<usize> = (0..words.len()).filter(|&i| words[i].ends_with('*')).collect();
    let head = match starred[..] {
        [] => 0,
        [i] => i,
        _ => return Err(row.error("more than one word of the lemma is starred")),
    };
    let others = words.iter().enumerate().filter(|(i, _)| *i != head).map(|(_, w)| (*w).to_owned()).collect();
    Ok((words[head].trim_end_matches('*').to_owned(), others))
}

fn share(row: &Row) -> Result<Option<u8>, TableError> {
    match row.get(6) {
        None => Ok(None),
        Some(text) => text.parse().ok().filter(|n| (1..=5).contains(n)).map(Some).ok_or_else(|| row.wrong("share", text, &["1", "2", "3", "4", "5"])),
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
            "obj" => sense.object = Some(true),
            "noobj" => sense.object = Some(false),
            "clause" => sense.clause = Some(true),
            "noclause" => sense.clause = Some(false),
            "pl" => sense.plural = true,
            _ => match condition.split_once(':') {
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
