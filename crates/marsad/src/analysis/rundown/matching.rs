//! Which items of several bulletins tell the same story.
//!
//! Two items share keys ([`super::keys`]); what they share is worth more the rarer it is in the set. A logistic regression (`matching.tsv`, trained by
//! `marsad-lab rundown`) turns the worth of each class of keys into log odds that the items tell one story, and items are put together greedily by
//! average log odds, never two of one bulletin. No translation is made anywhere.

use rustc_hash::FxHashMap;

use super::clusters;
use super::keys::{CLASSES, Class, Key, Keys};
use crate::tables::{TableError, Tables};

/// What is seen of a pair: the shared worth of each class, the same-language cosine, what two items of their lengths would share by chance, the shorter
/// one's length, and one for the bias. Where the items stand in their bulletins is no witness: a buried story is one that stands elsewhere.
pub const FEATURES: [&str; CLASSES + 4] = [
    "country",
    "place",
    "organisation",
    "person",
    "number-2",
    "number-3",
    "number-4",
    "skeleton-3",
    "skeleton-4",
    "skeleton-5",
    "skeleton-6",
    "concept",
    "cosine",
    "chance-names",
    "chance-concepts",
    "length",
    "bias",
];

/// Values of [`FEATURES`].
pub type Seen = [f64; FEATURES.len()];

/// Weights of [`FEATURES`] for two languages and for one, and the log odds from which items are put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// For items in different languages.
    pub across: Seen,
    /// For items in one language.
    pub within: Seen,
    /// Least average log odds of a cluster.
    pub threshold: f64,
    /// How far below the threshold an item of its own may lie that is the likeliest telling, in its bulletin, of a story that two others tell.
    pub left_over: f64,
    /// How much shared keys count beside silences and cohesion when bulletins are divided anew.
    pub affinity: f64,
    /// What every word costs under a story of another bulletin: what unrelated stories share by chance.
    pub chance: f64,
}

const COLUMNS: &[&str] = &["feature", "across", "within"];

impl Weights {
    /// Loads the table.
    ///
    /// # Errors
    /// The first row that is wrong.
    pub fn load(tables: &Tables) -> Result<Weights, TableError> {
        let mut weights = Weights::default();
        for row in tables.rows("analysis/rundown/matching.tsv", COLUMNS)? {
            let name = row.required(0, "feature")?;
            let number = |column: usize| {
                let cell = row.required(column, COLUMNS[column])?;
                cell.parse::<f64>().map_err(|_| row.error(format!("{cell} is no number")))
            };
            let setting = match name {
                "threshold" => Some(&mut weights.threshold),
                "left-over" => Some(&mut weights.left_over),
                "affinity" => Some(&mut weights.affinity),
                "chance" => Some(&mut weights.chance),
                _ => None,
            };
            if let Some(setting) = setting {
                *setting = number(1)?;
                continue;
            }
            let feature = FEATURES.iter().position(|f| *f == name).ok_or_else(|| row.error(format!("no feature is called {name}")))?;
            (weights.across[feature], weights.within[feature]) = (number(1)?, number(2)?);
        }
        Ok(weights)
    }
}

/// An item to be matched.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// What it is known by.
    pub keys: &'a Keys,
    /// Language, as the bulletins name it.
    pub language: &'a str,
    /// Number of its bulletin.
    pub bulletin: usize,
    /// Day of the broadcast in days since some day.
    pub day: i64,
}

/// What a shared stem says within one language, in log odds for each natural unit of rarity.
const WITHIN: f64 = 0.4;

/// How rare keys are among the items of each language.
#[derive(Debug)]
pub struct Rarity<'a> {
    languages: Vec<&'a str>,
    counts: Vec<FxHashMap<Key, u32>>,
    totals: Vec<f64>,
    /// Mean number of words of the items of each language.
    words: Vec<f64>,
    /// For each item and language, what it would share by chance with an item of mean length: names, and things.
    expected: Vec<Vec<[f64; 2]>>,
}

impl<'a> Rarity<'a> {
    /// Counts the keys of items.
    #[must_use]
    pub fn of(candidates: &[Candidate<'a>]) -> Rarity<'a> {
        let mut languages: Vec<&str> = candidates.iter().map(|c| c.language).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut counts = vec![FxHashMap::default(); languages.len()];
        let mut totals = vec![0.0; languages.len()];
        let mut words = vec![0.0; languages.len()];
        for candidate in candidates {
            let l = languages.iter().position(|l| *l == candidate.language).unwrap_or(0);
            totals[l] += 1.0;
            words[l] += candidate.keys.words as f64;
            for key in &candidate.keys.keys {
                *counts[l].entry(*key).or_insert(0) += 1;
            }
        }
        words.iter_mut().zip(&totals).for_each(|(words, total)| *words /= f64::max(*total, 1.0));
        let mut rarity = Rarity { languages, counts, totals, words, expected: Vec::new() };
        rarity.expected = candidates.iter().map(|c| (0..rarity.languages.len()).map(|l| rarity.by_chance(c, l)).collect()).collect();
        rarity
    }

    /// What an item would share by chance with one of mean length in a language: names, and things.
    fn by_chance(&self, candidate: &Candidate, language: usize) -> [f64; 2] {
        let own = self.index(candidate.language);
        let mut out = [0.0; 2];
        for key in candidate.keys.keys.iter().filter(|k| k.class >= Class::Skeleton3 && k.class != Class::Stem) {
            let count = self.counts[language].get(key).map_or(0.0, |c| f64::from(*c));
            let worth = (self.worth(own, key) + self.worth(language, key)) / 2.0;
            out[usize::from(key.class == Class::Concept)] += worth * count / self.totals[language];
        }
        out
    }

    /// What a pair would share by chance, given how long both are: names, and things.
    fn chance(&self, (i, a): (usize, &Candidate), (j, b): (usize, &Candidate)) -> [f64; 2] {
        let (la, lb) = (self.index(a.language), self.index(b.language));
        let part = |c: &Candidate, l: usize| c.keys.words as f64 / self.words[l].max(1.0);
        [0, 1].map(|n| (self.expected[i][lb][n] * part(b, lb) + self.expected[j][la][n] * part(a, la)) / 2.0)
    }

    /// What a key that two items share says for their telling one story, before lengths and ranks count.
    #[must_use]
    pub fn evidence(&self, key: &Key, language: &str, other: &str, weights: &Weights) -> f64 {
        let (l, o) = (self.index(language), self.index(other));
        let worth = (self.worth(l, key) + self.worth(o, key)) / 2.0;
        match (l == o, key.class) {
            (true, Class::Stem) => WITHIN * worth,
            (false, Class::Stem) | (true, _) => 0.0,
            (false, class) => weights.across[class as usize] * worth,
        }
    }

    /// What it is worth that an item of this language has a key, in natural units of information; 0 or more.
    fn worth(&self, language: usize, key: &Key) -> f64 {
        let count = f64::from(self.counts[language].get(key).copied().unwrap_or(0));
        ((self.totals[language] + 1.0) / (count + 0.5)).ln().max(0.0)
    }

    fn index(&self, language: &str) -> usize {
        self.languages.iter().position(|l| *l == language).unwrap_or(0)
    }
}

/// What is seen of two items, by their numbers among all.
#[must_use]
pub fn look(candidates: &[Candidate], i: usize, j: usize, rarity: &Rarity) -> Seen {
    let (a, b) = (&candidates[i], &candidates[j]);
    let (la, lb) = (rarity.index(a.language), rarity.index(b.language));
    let mut seen = [0.0; FEATURES.len()];
    for key in shared(&a.keys.keys, &b.keys.keys).filter(|k| k.class != Class::Stem) {
        seen[key.class as usize] += (rarity.worth(la, key) + rarity.worth(lb, key)) / 2.0;
    }
    if la == lb {
        seen[Class::Stem as usize] = cosine(a, b, rarity, la);
    }
    [seen[CLASSES], seen[CLASSES + 1]] = rarity.chance((i, a), (j, b));
    seen[CLASSES + 2] = ((a.keys.words.min(b.keys.words) + 2) as f64).ln();
    seen[CLASSES + 3] = 1.0;
    seen
}

fn shared<'k>(a: &'k [Key], b: &'k [Key]) -> impl Iterator<Item = &'k Key> {
    let mut other = b.iter().peekable();
    a.iter().filter(move |key| {
        while other.next_if(|o| o < key).is_some() {}
        other.peek() == Some(key)
    })
}

/// Cosine of the stems' worth.
fn cosine(a: &Candidate, b: &Candidate, rarity: &Rarity, language: usize) -> f64 {
    let square = |key: &Key| rarity.worth(language, key).powi(2);
    let size = |c: &Candidate| c.keys.keys.iter().filter(|k| k.class == Class::Stem).map(square).sum::<f64>();
    let both: f64 = shared(&a.keys.keys, &b.keys.keys).filter(|k| k.class == Class::Stem).map(square).sum();
    both / ((size(a) * size(b)).sqrt() + 1e-9)
}

/// Log odds that a pair tells one story.
#[must_use]
pub fn log_odds(seen: &Seen, same_language: bool, weights: &Weights) -> f64 {
    let set = if same_language { &weights.within } else { &weights.across };
    seen.iter().zip(set).map(|(s, w)| s * w).sum()
}

/// The story of each item, numbered in the order in which stories first appear.
#[must_use]
pub fn stories(candidates: &[Candidate], weights: &Weights) -> Vec<usize> {
    let rarity = Rarity::of(candidates);
    let mut odds: FxHashMap<(u32, u32), f64> = FxHashMap::default();
    for (i, j) in pairs(candidates, &rarity) {
        let (a, b) = (&candidates[i as usize], &candidates[j as usize]);
        let value = log_odds(&look(candidates, i as usize, j as usize, &rarity), a.language == b.language, weights);
        if value >= weights.threshold - clusters::SLACK {
            odds.insert((i, j), value);
        }
    }
    clusters::clusters(candidates, odds, weights)
}

/// Sets of no more items than this are compared each with each.
const SMALL: usize = 400;
/// Otherwise keys that more items have than this make no pair by themselves.
const COMMON: usize = 60;

/// The pairs worth looking at.
fn pairs(candidates: &[Candidate], rarity: &Rarity) -> Vec<(u32, u32)> {
    let n = candidates.len();
    let different = |i: usize, j: usize| candidates[i].bulletin != candidates[j].bulletin;
    if n <= SMALL {
        return (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).filter(|(i, j)| different(*i, *j)).map(|(i, j)| (i as u32, j as u32)).collect();
    }
    // A pair must share two keys that are rare in the set, which an index finds without comparing each with each.
    let mut index: FxHashMap<Key, Vec<u32>> = FxHashMap::default();
    for (i, candidate) in candidates.iter().enumerate() {
        for key in candidate.keys.keys.iter().filter(|k| !matches!(k.class, Class::Skeleton3 | Class::Number2)) {
            index.entry(*key).or_default().push(i as u32);
        }
    }
    let _ = rarity;
    let mut meetings: FxHashMap<(u32, u32), u8> = FxHashMap::default();
    for list in index.values().filter(|l| l.len() <= COMMON) {
        for (x, &i) in list.iter().enumerate() {
            for &j in &list[x + 1..] {
                if different(i as usize, j as usize) {
                    let meeting = meetings.entry((i, j)).or_insert(0);
                    *meeting = meeting.saturating_add(1);
                }
            }
        }
    }
    let mut out: Vec<(u32, u32)> = meetings.into_iter().filter(|(_, times)| *times >= 2).map(|(pair, _)| pair).collect();
    out.sort_unstable();
    out
}
