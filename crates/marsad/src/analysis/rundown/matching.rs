//! Which items of several bulletins tell the same story.
//!
//! Two items share keys ([`super::keys`]); what they share is worth more the rarer it is in the set. A logistic regression (`matching.tsv`, trained by
//! `marsad-lab rundown`) turns the worth of each class of keys into log odds that the items tell one story, and items are put together greedily by
//! average log odds, never two of one bulletin. No translation is made anywhere.

use rustc_hash::FxHashMap;

use super::keys::{CLASSES, Class, Key, Keys};
use crate::tables::{TableError, Tables};

/// What is seen of a pair: the shared worth of each class, the same-language cosine, the distance of their ranks, and one for the bias.
pub const FEATURES: [&str; CLASSES + 3] = [
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
    "cosine",
    "rank",
    "length",
    "bias",
];

/// Values of [`FEATURES`].
pub type Seen = [f64; FEATURES.len()];

/// Ranks farther apart than this count as this.
const FARTHEST: f64 = 4.0;

/// Weights of [`FEATURES`] for two languages and for one, and the log odds from which items are put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// For items in different languages.
    pub across: Seen,
    /// For items in one language.
    pub within: Seen,
    /// Least average log odds of a cluster.
    pub threshold: f64,
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
    /// Its rank there, from 1.
    pub rank: usize,
    /// Day of the broadcast in days since some day; ranks are compared within one day only.
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
        for candidate in candidates {
            let l = languages.iter().position(|l| *l == candidate.language).unwrap_or(0);
            totals[l] += 1.0;
            for key in &candidate.keys.keys {
                *counts[l].entry(*key).or_insert(0) += 1;
            }
        }
        Rarity { languages, counts, totals }
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

/// What is seen of a pair.
#[must_use]
pub fn look(a: &Candidate, b: &Candidate, rarity: &Rarity) -> Seen {
    let (la, lb) = (rarity.index(a.language), rarity.index(b.language));
    let mut seen = [0.0; FEATURES.len()];
    let same = la == lb;
    for key in shared(&a.keys.keys, &b.keys.keys) {
        if key.class == Class::Stem {
            continue;
        }
        seen[key.class as usize] += (rarity.worth(la, key) + rarity.worth(lb, key)) / 2.0;
    }
    if same {
        seen[Class::Stem as usize] = cosine(a, b, rarity, la);
    }
    let apart = a.rank.abs_diff(b.rank) as f64;
    seen[CLASSES] = if a.day == b.day { apart.min(FARTHEST) } else { FARTHEST / 3.0 };
    seen[CLASSES + 1] = ((a.keys.words.min(b.keys.words) + 2) as f64).ln();
    seen[CLASSES + 2] = 1.0;
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
        let value = log_odds(&look(a, b, &rarity), a.language == b.language, weights);
        if value >= weights.threshold - SLACK {
            odds.insert((i, j), value);
        }
    }
    clusters(candidates, odds, weights)
}

/// Pairs that score so much less than the threshold are not kept; in averages they count as this.
const SLACK: f64 = 4.0;

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

/// Average-link clustering in which no cluster has two items of one bulletin.
fn clusters(candidates: &[Candidate], odds: FxHashMap<(u32, u32), f64>, weights: &Weights) -> Vec<usize> {
    let n = candidates.len();
    let floor = weights.threshold - SLACK;
    let mut members: Vec<Vec<u32>> = (0..n as u32).map(|i| vec![i]).collect();
    // Sums of log odds between clusters, less the floor that all other pairs count as.
    let mut links: Vec<FxHashMap<u32, f64>> = vec![FxHashMap::default(); n];
    let mut queue = std::collections::BinaryHeap::new();
    let mut ordered: Vec<_> = odds.into_iter().collect();
    ordered.sort_unstable_by_key(|(pair, _)| *pair);
    for ((i, j), value) in ordered {
        links[i as usize].insert(j, value - floor);
        links[j as usize].insert(i, value - floor);
        queue.push(Link { value, a: i, b: j, sizes: (1, 1) });
    }
    while let Some(link) = queue.pop() {
        if link.value < weights.threshold {
            break;
        }
        let (a, b) = (link.a as usize, link.b as usize);
        let current = (members[a].len(), members[b].len()) == link.sizes;
        if !current || members[a].iter().any(|i| members[b].iter().any(|j| candidates[*i as usize].bulletin == candidates[*j as usize].bulletin)) {
            continue;
        }
        let moved = std::mem::take(&mut members[b]);
        members[a].extend(moved);
        let mut others: Vec<(u32, f64)> = std::mem::take(&mut links[b]).into_iter().collect();
        others.sort_unstable_by_key(|(other, _)| *other);
        for (other, sum) in others {
            links[other as usize].remove(&(b as u32));
            if other as usize != a {
                *links[a].entry(other).or_insert(0.0) += sum;
                *links[other as usize].entry(a as u32).or_insert(0.0) += sum;
            }
        }
        let mut around: Vec<(u32, f64)> = links[a].iter().map(|(o, s)| (*o, *s)).collect();
        around.sort_unstable_by_key(|(other, _)| *other);
        for (other, sum) in around {
            let sizes = (members[a].len(), members[other as usize].len());
            let value = sum / (sizes.0 * sizes.1) as f64 + floor;
            if value >= weights.threshold {
                queue.push(Link { value, a: a as u32, b: other, sizes });
            }
        }
    }
    let links: Vec<FxHashMap<u32, f64>> = links;
    join_left_over(candidates, &mut members, &links, floor, weights.threshold);
    let mut cluster_of = vec![0; n];
    for (c, list) in members.iter().enumerate() {
        for &i in list {
            cluster_of[i as usize] = c;
        }
    }
    let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
    cluster_of
        .into_iter()
        .map(|c| {
            let next = numbers.len();
            *numbers.entry(c).or_insert(next)
        })
        .collect()
}

/// How far below the threshold an item of its own may lie that is the likeliest telling, in its bulletin, of a story that two others tell.
const LEFT_OVER: f64 = 2.5;
/// By how much it must be likelier than any other.
const MARGIN: f64 = 0.5;

/// Joins items that stand alone to stories that lack their bulletin, where each is the other's likeliest by far: short items share little, but a
/// story that the others tell is more likely told than not.
fn join_left_over(candidates: &[Candidate], members: &mut [Vec<u32>], links: &[FxHashMap<u32, f64>], floor: f64, threshold: f64) {
    let bulletin = |i: u32| candidates[i as usize].bulletin;
    let mut offers: Vec<(f64, usize, usize)> = Vec::new();
    for (single, list) in members.iter().enumerate().filter(|(_, m)| m.len() == 1) {
        let own = bulletin(list[0]);
        for (&other, sum) in &links[single] {
            let story = &members[other as usize];
            if story.len() >= 2 && story.iter().all(|i| bulletin(*i) != own) {
                let value = sum / story.len() as f64 + floor;
                if value >= threshold - LEFT_OVER {
                    offers.push((value, single, other as usize));
                }
            }
        }
    }
    offers.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (value, single, story) in offers.clone() {
        if members[single].len() != 1 || members[story].is_empty() {
            continue;
        }
        let own = bulletin(members[single][0]);
        let near = |offer: &(f64, usize, usize)| offer.0 > value - MARGIN && (offer.1, offer.2) != (single, story);
        let rivals = offers.iter().filter(|o| near(o)).any(|o| {
            let same_item = o.1 == single;
            let same_place = o.2 == story && members[o.1].len() == 1 && bulletin(members[o.1][0]) == own;
            same_item || same_place
        });
        if !rivals && members[story].iter().all(|i| bulletin(*i) != own) {
            let moved = std::mem::take(&mut members[single]);
            members[story].extend(moved);
        }
    }
}

/// Two clusters that may be put together.
#[derive(Debug, PartialEq)]
struct Link {
    value: f64,
    a: u32,
    b: u32,
    sizes: (usize, usize),
}

impl Eq for Link {}

impl Ord for Link {
    fn cmp(&self, other: &Link) -> std::cmp::Ordering {
        self.value.total_cmp(&other.value).then_with(|| (other.a, other.b).cmp(&(self.a, self.b))).then_with(|| self.sizes.cmp(&other.sizes))
    }
}

impl PartialOrd for Link {
    fn partial_cmp(&self, other: &Link) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
