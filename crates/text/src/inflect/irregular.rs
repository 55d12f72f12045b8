//! The tables of irregular forms, `lang/<lang>/irregular.tsv`, read once.
//!
//! Columns: `lemma pos forms how`. `pos` is `v`, `n` (names too) or `a`; forms are separated by spaces. `how`:
//!
//! | | |
//! |---|---|
//! | `=` | these are all the forms: no rule is asked |
//! | `+` | these forms come on top of what the rules make |
//! | `-` | the rules make these, but they are not forms of this lemma or far commoner as another word; lemma `*` stands for every lemma, of verbs for every participle |
//! | `*` | principal parts, from which the language's rules build the paradigm (see its `inflect.rs`) |

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use super::Inflect;
use crate::Lang;

/// What the forms of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// All forms.
    Whole,
    /// Forms beside the regular ones.
    More,
    /// Forms that must not be made.
    Never,
    /// Principal parts.
    Parts,
}

/// The irregular words of one language.
pub(crate) struct Irregular {
    rows: FxHashMap<&'static str, Vec<Row>>,
    never: FxHashSet<(char, &'static str)>,
}

struct Row {
    pos: char,
    how: How,
    forms: Vec<&'static str>,
}

static AR: LazyLock<Irregular> = LazyLock::new(|| parse(include_str!("../lang/ar/irregular.tsv")));
static EN: LazyLock<Irregular> = LazyLock::new(|| parse(include_str!("../lang/en/irregular.tsv")));
static RU: LazyLock<Irregular> = LazyLock::new(|| parse(include_str!("../lang/ru/irregular.tsv")));

/// The table of a language.
pub(crate) fn irregular(lang: Lang) -> &'static Irregular {
    match lang {
        Lang::Ar => &AR,
        Lang::En => &EN,
        Lang::Ru => &RU,
    }
}

impl Irregular {
    /// The forms of the row with this lemma, part of speech and kind; empty where there is none. Capitals in `lemma` and ё do not matter.
    pub(crate) fn forms(&self, lemma: &str, pos: Inflect, how: How) -> &[&'static str] {
        let Some(tag) = tag(pos) else { return &[] };
        let otherwise_written = || lemma.chars().any(|c| c == 'ё' || c.is_uppercase());
        let rewritten = || otherwise_written().then(|| self.rows.get(lemma.to_lowercase().replace('ё', "е").as_str())).flatten();
        let rows = self.rows.get(lemma).or_else(rewritten);
        let row = rows.and_then(|rows| rows.iter().find(|row| row.pos == tag && row.how == how));
        row.map_or(&[], |row| &row.forms)
    }

    /// Whether the rules' `form` is none of any lemma of that part of speech.
    pub(crate) fn forbids(&self, pos: Inflect, form: &str) -> bool {
        pos != Inflect::Verb && tag(pos).is_some_and(|tag| self.never.contains(&(tag, form)))
    }

    /// Whether `form` is taken for no verb's participle; as a finite form of another verb it may stand (طالب, طالبت).
    pub(crate) fn forbids_participle(&self, form: &str) -> bool {
        self.never.contains(&('v', form))
    }
}

/// The letter of a part of speech in the tables; surnames and particles have no irregular forms.
fn tag(pos: Inflect) -> Option<char> {
    match pos {
        Inflect::Verb => Some('v'),
        Inflect::Noun | Inflect::Name => Some('n'),
        Inflect::Adjective => Some('a'),
        Inflect::Surname | Inflect::Particle => None,
    }
}

/// Reads a table that is part of the program; the test below holds every row to the format.
fn parse(text: &'static str) -> Irregular {
    let mut table = Irregular { rows: FxHashMap::default(), never: FxHashSet::default() };
    for (lemma, row) in text.lines().filter_map(|line| parse_row(line).ok().flatten()) {
        if lemma == "*" {
            table.never.extend(row.forms.iter().map(|form| (row.pos, *form)));
        } else {
            table.rows.entry(lemma).or_default().push(row);
        }
    }
    table
}

/// One line: `Ok(None)` for comments and the line of column names.
fn parse_row(line: &'static str) -> Result<Option<(&'static str, Row)>, String> {
    if line.is_empty() || line.starts_with('#') || line.starts_with("lemma\t") {
        return Ok(None);
    }
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [lemma, pos, forms, how] = cells[..] else { return Err(format!("{line}: expected four columns")) };
    let how = match how {
        "=" => How::Whole,
        "+" => How::More,
        "-" => How::Never,
        "*" => How::Parts,
        _ => return Err(format!("{line}: how is = + - or *")),
    };
    let pos = match pos {
        "v" => 'v',
        "n" => 'n',
        "a" => 'a',
        _ => return Err(format!("{line}: pos is v n or a")),
    };
    Ok(Some((lemma, Row { pos, how, forms: forms.split(' ').collect() })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_well_formed() {
        for text in [include_str!("../lang/ar/irregular.tsv"), include_str!("../lang/en/irregular.tsv"), include_str!("../lang/ru/irregular.tsv")] {
            let mut seen = FxHashSet::default();
            for line in text.lines() {
                let Some((lemma, row)) = parse_row(line).expect(line) else { continue };
                assert!(row.forms.iter().all(|form| !form.is_empty()), "{line}: two spaces");
                assert!(seen.insert((lemma, row.pos, row.how as u8)), "{line}: lemma, pos and how are there already");
            }
        }
    }
}
