//! Words to stems (Porter 1980 and its Snowball kin), and stems to numbers.

use marsad_text::Lang;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::units::Unit;

/// The stemmer of a language; one that leaves words as they are for languages that are not covered.
pub struct Stems(Option<Stemmer>);

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stems")
    }
}

impl Stems {
    /// For a language, or for none.
    #[must_use]
    pub fn of(lang: Option<Lang>) -> Stems {
        Stems(lang.map(|lang| {
            Stemmer::create(match lang {
                Lang::Ar => Algorithm::Arabic,
                Lang::En => Algorithm::English,
                Lang::Ru => Algorithm::Russian,
            })
        }))
    }

    /// The stem of a folded word.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        match &self.0 {
            Some(stemmer) => stemmer.stem(word).into_owned(),
            None => word.to_owned(),
        }
    }
}

/// The content words of a bulletin as numbers, a list a unit.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// For each unit, the numbers of its content words, in order.
    pub units: Vec<Vec<u32>>,
    /// For each number, in how many units the word stands.
    pub spread: Vec<u32>,
}

impl Content {
    /// Numbers the stems of units. Words that stand in more than six in a hundred units hold texts together whatever they are about and are left out.
    #[must_use]
    pub fn of(units: &[Unit], stems: &Stems) -> Content {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut stem_numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut all: Vec<Vec<u32>> = Vec::with_capacity(units.len());
        let mut spread: Vec<u32> = Vec::new();
        let mut last: Vec<usize> = Vec::new();
        for (u, unit) in units.iter().enumerate() {
            let mut list = Vec::with_capacity(unit.words.len());
            for word in unit.words.iter().filter(|w| w.chars().nth(1).is_some()) {
                let number = *numbers.entry(word).or_insert_with(|| {
                    let next = stem_numbers.len() as u32;
                    *stem_numbers.entry(stems.stem(word)).or_insert(next)
                });
                if number as usize == spread.len() {
                    spread.push(0);
                    last.push(usize::MAX);
                }
                if last[number as usize] != u {
                    last[number as usize] = u;
                    spread[number as usize] += 1;
                }
                list.push(number);
            }
            all.push(list);
        }
        let most = (units.len() as f64 * 0.06).max(3.0);
        for list in &mut all {
            list.retain(|n| f64::from(spread[*n as usize]) <= most);
        }
        Content { units: all, spread }
    }
}
