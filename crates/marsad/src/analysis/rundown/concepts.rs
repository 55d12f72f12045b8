//! What news is about, in words of any language: a table of things (`concepts.tsv`), so that an item about a flood meets another about سيول or паводок.
//!
//! It is a thesaurus, not a dictionary: words that are near enough for the news share a line, and nothing is translated with it. Words are compared by
//! their stems; an Arabic word also without what is written on to it. Short Arabic words stem to what others stem to and must stand as they are listed.

use marsad_text::Lang;
use marsad_text::normal::fold;
use rustc_hash::FxHashMap;

use super::stems::Stems;
use crate::tables::{TableError, Tables};

const COLUMNS: &[&str] = &["en", "ar", "ru"];
/// Arabic words of so many letters or fewer are not stemmed.
const SHORT: usize = 3;

/// The things that a language's words name.
#[derive(Clone, Debug, Default)]
pub struct Concepts(FxHashMap<String, Vec<u32>>);

impl Concepts {
    /// Loads the words of a language.
    ///
    /// # Errors
    /// The first row that is wrong.
    pub fn load(tables: &Tables, lang: Lang, stems: &Stems) -> Result<Concepts, TableError> {
        let column = COLUMNS.iter().position(|code| *code == lang.code()).unwrap_or(0);
        let mut out: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (number, row) in tables.rows("analysis/rundown/concepts.tsv", COLUMNS)?.into_iter().enumerate() {
            for word in row.required(column, COLUMNS[column])?.split(',') {
                if word.is_empty() || word.contains(char::is_whitespace) {
                    return Err(row.error(format!("{word:?} is not one word")));
                }
                let list = out.entry(sought(&fold(word), lang, stems)).or_default();
                if list.last() != Some(&(number as u32)) {
                    list.push(number as u32);
                }
            }
        }
        Ok(Concepts(out))
    }

    /// The things that a folded word may name.
    #[must_use]
    pub fn named(&self, word: &str, lang: Lang, stems: &Stems) -> &[u32] {
        self.0.get(&sought(word, lang, stems)).map_or(&[], Vec::as_slice)
    }
}

fn sought(word: &str, lang: Lang, stems: &Stems) -> String {
    if lang == Lang::Ar && word.chars().count() <= SHORT { word.to_owned() } else { stems.stem(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: Lang, word: &str, thing: &str) {
        let tables = Tables::embedded();
        let number = |lang: Lang, word: &str| {
            let stems = Stems::of(Some(lang));
            Concepts::load(&tables, lang, &stems).unwrap().named(word, lang, &stems).to_vec()
        };
        let wanted = number(Lang::En, thing);
        assert!(number(lang, word).iter().any(|n| wanted.contains(n)), "{word} is not {thing}");
    }

    #[test]
    fn words_of_three_languages_name_one_thing() {
        check(Lang::Ru, "пожары", "blaze");
        check(Lang::Ar, "حرائق", "fires");
        check(Lang::Ru, "больницах", "hospital");
        check(Lang::Ar, "المستشفي", "hospital");
        check(Lang::Ru, "забастовке", "strikes");
    }
}
