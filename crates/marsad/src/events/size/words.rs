//! The words beside numbers (`<lang>.tsv`) in all their forms.

use marsad_text::Lang;
use marsad_text::normal::bare;

use crate::forms::{Inflected, Inflecting, Vary};
use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, Tables};
use crate::tree::Tree;

pub const SHAPE: Shape = Shape { columns: &["lemma", "pos", "kind", "value"], optional: &[], key: Key::All(&[0, 1]), gone: Key::All(&[0, 1]), apart: None };

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Dead,
    Injured,
    Arrested,
    Protesters,
}

/// What a word says of a number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Who undergoes the verb, or who does where it has no object, is counted so.
    Verb(Kind),
    /// Those are counted so.
    Noun(Kind),
    /// They are people, whatever befalls them.
    Person,
    /// No people are counted.
    Unit,
    /// Two of what the word names: an Arabic dual that the tagger may take for a plural.
    Dual,
    /// A number.
    Number(u32),
}

/// The words of a language.
#[derive(Debug)]
pub struct Words {
    words: Vec<Word>,
    /// Places in `words` by form.
    forms: Inflected,
}

const KINDS: &[&str] = &["dead", "injured", "arrested", "protesters", "person", "unit", "dual", "number"];

impl Words {
    pub fn load(tables: &Tables, lang: Lang) -> Result<Words, TableErrors> {
        let (mut words, mut forms) = (Vec::new(), Inflecting::new(lang));
        let mut problems = Problems::default();
        for row in tables.collect(&format!("events/size/{lang}.tsv"), &SHAPE, &mut problems) {
            add(&row, lang, &mut words, &mut forms, &mut problems);
        }
        problems.done(Words { words, forms: forms.done() })
    }

    /// What a form may be; the other form where nothing is known of it.
    fn either(&self, form: &str, other: &str) -> impl Iterator<Item = Word> {
        let numbers = Some(self.forms.of(form)).filter(|numbers| !numbers.is_empty()).unwrap_or_else(|| self.forms.of(other));
        numbers.iter().map(|&n| self.words[n as usize])
    }

    /// What a word of a sentence may be.
    pub fn of(&self, tree: &Tree, word: usize) -> impl Iterator<Item = Word> {
        self.either(tree.folded(word), tree.bare(word))
    }

    /// The number that a word is, «و» and a unit written together too.
    pub fn number(&self, folded: &str) -> Option<u32> {
        let of = |form: &str| self.forms.of(form).iter().find_map(|&n| if let Word::Number(n) = self.words[n as usize] { Some(n) } else { None });
        of(folded).or_else(|| of(bare(folded)))
    }
}

/// Adds the word of a row.
fn add(row: &Row, lang: Lang, words: &mut Vec<Word>, forms: &mut Inflecting, problems: &mut Problems) {
    let cells = (problems.note(lemma(row)), problems.note(vary(row)));
    let word = problems.note(word(row, cells.1));
    let ((Some(lemma), Some(vary)), Some(word)) = (cells, word) else { return };
    forms.add(vary, lemma, words.len() as u32);
    // Russian nouns such as «погибший» are declined as adjectives.
    if lang == Lang::Ru && vary == Vary::Noun && (lemma.ends_with("ий") || lemma.ends_with("ый")) {
        forms.add(Vary::Adjective, lemma, words.len() as u32);
    }
    words.push(word);
}

/// A user's expression of several words would be found nowhere.
fn lemma<'t>(row: &Row<'t>) -> Result<&'t str, TableError> {
    let lemma = row.required(0, "lemma")?;
    if row.own && lemma.contains(' ') {
        return Err(row.error(format!("lemma is {lemma}, expected one word")));
    }
    Ok(lemma)
}

fn vary(row: &Row) -> Result<Vary, TableError> {
    let pos = row.required(1, "pos")?;
    Vary::of_letter(pos).ok_or_else(|| row.wrong("pos", pos, &["v", "n", "a", "p"]))
}

fn word(row: &Row, vary: Option<Vary>) -> Result<Word, TableError> {
    let counted = |kind| if vary == Some(Vary::Verb) { Word::Verb(kind) } else { Word::Noun(kind) };
    let kind = row.required(2, "kind")?;
    if let Some(value) = row.get(3).filter(|_| kind != "number" && KINDS.contains(&kind)) {
        return Err(row.error(format!("value is {value}, expected -: only a number has one")));
    }
    Ok(match kind {
        "dead" => counted(Kind::Dead),
        "injured" => counted(Kind::Injured),
        "arrested" => counted(Kind::Arrested),
        "protesters" => counted(Kind::Protesters),
        "person" => Word::Person,
        "unit" => Word::Unit,
        "dual" => Word::Dual,
        "number" => {
            let value = row.required(3, "value")?;
            Word::Number(value.parse().map_err(|_| row.error(format!("value is {value}, expected a whole number")))?)
        }
        other => return Err(row.wrong("kind", other, KINDS)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_has_made_all_forms() {
        for &lang in marsad_text::LANGUAGES {
            let words = Words::load(&Tables::embedded(), lang).expect("sound");
            assert!(words.forms.is_made(), "{lang}: build/forms.rs has missed a word");
        }
    }
}
