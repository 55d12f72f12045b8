//! The words beside numbers (`<lang>.tsv`) in all their forms.

use marsad_text::normal::{bare, fold};
use marsad_text::{Inflect, Lang, inflect::inflect};
use rustc_hash::FxHashMap;

use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, Tables};
use crate::tree::Tree;

pub const SHAPE: Shape = Shape { columns: &["lemma", "pos", "kind", "value"], optional: &[], key: Key::All(&[0, 1]), gone: Key::All(&[0, 1]) };

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
    /// No people are counted.
    Unit,
    /// Two of what the word names: an Arabic dual that the tagger may take for a plural.
    Dual,
    /// A number.
    Number(u32),
}

/// The words of a language.
#[derive(Debug)]
pub struct Words(FxHashMap<Box<str>, Vec<Word>>);

const KINDS: &[&str] = &["dead", "injured", "arrested", "protesters", "unit", "dual", "number"];

impl Words {
    pub fn load(tables: &Tables, lang: Lang) -> Result<Words, TableErrors> {
        let mut words = Words(FxHashMap::default());
        let mut problems = Problems::default();
        for row in tables.collect(&format!("events/size/{lang}.tsv"), &SHAPE, &mut problems) {
            problems.note(words.add(&row, lang));
        }
        problems.done(words)
    }

    fn add(&mut self, row: &Row, lang: Lang) -> Result<(), TableError> {
        let lemma = row.required(0, "lemma")?;
        let paradigm = match row.required(1, "pos")? {
            "v" => Inflect::Verb,
            "n" => Inflect::Noun,
            "a" => Inflect::Adjective,
            "p" => Inflect::Particle,
            other => return Err(row.wrong("pos", other, &["v", "n", "a", "p"])),
        };
        let counted = |kind| if paradigm == Inflect::Verb { Word::Verb(kind) } else { Word::Noun(kind) };
        let word = match row.required(2, "kind")? {
            "dead" => counted(Kind::Dead),
            "injured" => counted(Kind::Injured),
            "arrested" => counted(Kind::Arrested),
            "protesters" => counted(Kind::Protesters),
            "unit" => Word::Unit,
            "dual" => Word::Dual,
            "number" => {
                let value = row.required(3, "value")?;
                Word::Number(value.parse().map_err(|_| row.error(format!("value is {value}, expected a whole number")))?)
            }
            other => return Err(row.wrong("kind", other, KINDS)),
        };
        let mut forms = inflect(lang, lemma, paradigm);
        // Russian nouns such as «погибший» are declined as adjectives.
        if lang == Lang::Ru && paradigm == Inflect::Noun && (lemma.ends_with("ий") || lemma.ends_with("ый")) {
            forms.extend(inflect(lang, lemma, Inflect::Adjective));
        }
        for form in forms {
            let list = self.0.entry(fold(&form).into_boxed_str()).or_default();
            if !list.contains(&word) {
                list.push(word);
            }
        }
        Ok(())
    }

    /// What a word of a sentence may be.
    pub fn of(&self, tree: &Tree, word: usize) -> impl Iterator<Item = Word> {
        let (folded, bare) = (tree.folded(word), tree.bare(word));
        let list = self.0.get(folded).or_else(|| self.0.get(bare));
        list.into_iter().flatten().copied()
    }

    /// The number that a word is, «و» and a unit written together too.
    pub fn number(&self, folded: &str) -> Option<u32> {
        let of = |w: &str| self.0.get(w)?.iter().find_map(|w| if let Word::Number(n) = w { Some(*n) } else { None });
        of(folded).or_else(|| of(bare(folded)))
    }
}
