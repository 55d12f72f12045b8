//! A second look at where stories begin, with what the other bulletins tell.
//!
//! Two stories that follow each other without a silence look like one; but if other bulletins tell them apart, they are two. Once the items have been
//! matched, each unit is weighed against the stories of the other bulletins by the keys it shares with them, and the bulletin is divided again by the
//! best path (Viterbi) through units and stories: going on with a story is free, changing to another costs what the boundary's own log odds say.

use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::{Class, Key};
use super::matching::{self, Rarity, Weights};
use super::{Bulletin, candidates};

/// Stories of bulletins farther away than this many days say nothing.
const DAYS: i64 = 2;
/// Sets of more bulletins than this are taken day by day only.
const MANY: usize = 40;

/// For each bulletin the units at which its stories begin; `None` where the others say nothing.
pub(super) fn starts(bulletins: &[Bulletin], weights: &Weights) -> Vec<Option<Vec<usize>>> {
    let found = candidates(bulletins);
    let items: Vec<_> = found.iter().map(|c| c.0.clone()).collect();
    let stories = matching::stories(&items, weights);
    let rarity = Rarity::of(&items);
    let day_of = |b: usize| items.iter().find(|i| i.bulletin == b).map(|i| i.day);
    let most = if bulletins.len() > MANY { 0 } else { DAYS };
    bulletins
        .iter()
        .enumerate()
        .map(|(b, bulletin)| {
            let day = day_of(b)?;
            let mut tellings: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
            for (i, item) in items.iter().enumerate().filter(|(_, item)| item.bulletin != b && (item.day - day).abs() <= most) {
                let _ = item;
                tellings.entry(stories[i]).or_default().push(i);
            }
            if tellings.is_empty() || !bulletin.rundown.programme.covered {
                return None;
            }
            let mut tellings: Vec<(usize, Vec<usize>)> = tellings.into_iter().collect();
            tellings.sort_unstable_by_key(|(story, _)| *story);
            let language = bulletin.rundown.programme.language.as_str();
            let affinities = affinities(bulletin, language, &tellings, &items, &rarity, weights);
            Some(path(bulletin, &affinities))
        })
        .collect()
}

/// For each unit of the news, its affinity to each story that others tell.
fn affinities(
    bulletin: &Bulletin,
    language: &str,
    tellings: &[(usize, Vec<usize>)],
    items: &[matching::Candidate],
    rarity: &Rarity,
    weights: &Weights,
) -> Vec<Vec<f64>> {
    let frame = &bulletin.frame;
    let mut spread: FxHashMap<Key, u32> = FxHashMap::default();
    for key in bulletin.unit_keys[frame.first..frame.after].iter().flatten() {
        *spread.entry(*key).or_insert(0) += 1;
    }
    // The greatest evidence that any telling of a story gives to a key.
    let worth: Vec<FxHashMap<Key, f64>> = tellings
        .iter()
        .map(|(_, tellings)| {
            let mut out: FxHashMap<Key, f64> = FxHashMap::default();
            for &i in tellings {
                let known: FxHashSet<&Key> = items[i].keys.keys.iter().filter(|k| spread.contains_key(*k)).collect();
                for key in known {
                    let evidence = rarity.evidence(key, language, items[i].language, weights);
                    let slot = out.entry(*key).or_insert(0.0);
                    *slot = slot.max(evidence);
                }
            }
            out
        })
        .collect();
    (frame.first..frame.after)
        .map(|u| {
            let words = bulletin.units[u].words.len() as f64;
            worth
                .iter()
                .map(|worth| {
                    let value = |key: &Key| worth.get(key).map_or(0.0, |w| w / f64::from(spread[key]).sqrt());
                    let evidence: f64 = bulletin.unit_keys[u].iter().filter(|k| k.class != Class::Skeleton3).map(value).sum();
                    weights.affinity * (evidence - weights.chance * words)
                })
                .collect()
        })
        .collect()
}

/// The units at which the best path begins a story. Label 0 is a story that nobody else tells.
fn path(bulletin: &Bulletin, affinities: &[Vec<f64>]) -> Vec<usize> {
    let frame = &bulletin.frame;
    let n = affinities.len();
    let Some(labels) = affinities.first().map(|a| a.len() + 1) else { return Vec::new() };
    let affinity = |u: usize, label: usize| if label == 0 { 0.0 } else { affinities[u][label - 1] };
    let mut value: Vec<f64> = (0..labels).map(|l| affinity(0, l)).collect();
    // For each unit and label: the label before, and whether a story begins.
    let mut back: Vec<Vec<(usize, bool)>> = Vec::with_capacity(n);
    back.push(vec![(0, true); labels]);
    for u in 1..n {
        let mut order: Vec<usize> = (0..labels).collect();
        order.sort_by(|a, b| value[*b].total_cmp(&value[*a]).then(a.cmp(b)));
        let mut next = Vec::with_capacity(labels);
        let mut from = Vec::with_capacity(labels);
        for label in 0..labels {
            // Within a story of one's own there may be boundaries too; a story that others tell does not follow itself.
            let other = order.iter().copied().find(|l| *l != label || label == 0).unwrap_or(label);
            let (go_on, change) = (value[label], value[other] + frame.odds[u]);
            let must = frame.odds[u] >= 25.0;
            let begins = must || change > go_on;
            let origin = if must { order[0] } else { other };
            let total = if must { value[origin] + frame.odds[u] } else { go_on.max(change) };
            from.push((if begins { origin } else { label }, begins));
            next.push(total + affinity(u, label));
        }
        value = next;
        back.push(from);
    }
    let mut label = (0..labels).max_by(|a, b| value[*a].total_cmp(&value[*b]).then(b.cmp(a))).unwrap_or(0);
    let mut starts = Vec::new();
    for u in (0..n).rev() {
        let (before, begins) = back[u][label];
        if begins {
            starts.push(frame.first + u);
        }
        label = before;
    }
    starts.reverse();
    starts
}
