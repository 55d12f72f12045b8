//! Divisions taken back that rest on one story having been taken for two.
//!
//! A short telling and a long one of the same story may share too little to be put together. Bulletins that tell the story at length are then divided
//! between the two ([`super::refine`]): the opening falls to the short telling and the rest to the long. Such a division shows by this: neither
//! bulletin's own silences and words speak for it, and nobody tells the two as two stories.

use rustc_hash::FxHashMap;

use super::matching::{self, Rarity, Weights};
use super::{Bulletin, candidates};

/// So far below the threshold two stories' tellings elsewhere may lie on average to pass for one story. Set by hand.
const NEAR: f64 = 2.0;

/// Where two stories follow each other in a bulletin.
struct Seam {
    bulletin: usize,
    /// The unit at which the second begins.
    unit: usize,
    /// Whether only the other bulletins speak for it.
    weak: bool,
}

/// For each bulletin the units at which its stories begin, without the divisions that are taken back; `None` where all stay.
pub(super) fn starts(bulletins: &[Bulletin], weights: &Weights) -> Vec<Option<Vec<usize>>> {
    let found = candidates(bulletins);
    let items: Vec<matching::Candidate> = found.iter().map(|c| c.0.clone()).collect();
    let places: Vec<(usize, usize)> = found.iter().map(|c| c.1).collect();
    let stories = matching::stories(&items, weights);
    let rarity = Rarity::of(&items);
    let mut tellings: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (i, story) in stories.iter().enumerate() {
        tellings.entry(*story).or_default().push(i);
    }
    let mut dropped: Vec<Vec<usize>> = vec![Vec::new(); bulletins.len()];
    for (pair, seams) in seams(bulletins, &places, &stories) {
        let (first, second) = (&tellings[&pair.0], &tellings[&pair.1]);
        let tell_both = first.iter().filter(|i| second.iter().any(|j| places[*j].0 == places[**i].0)).count();
        if seams.iter().all(|s| s.weak) && tell_both == seams.len() && (seams.len() >= 2 || alike(&items, first, second, seams[0].bulletin, &rarity, weights)) {
            for seam in seams {
                dropped[seam.bulletin].push(seam.unit);
            }
        }
    }
    let kept = |(bulletin, dropped): (&Bulletin, Vec<usize>)| {
        (!dropped.is_empty()).then(|| bulletin.starts.iter().copied().filter(|u| !dropped.contains(u)).collect())
    };
    bulletins.iter().zip(dropped).map(kept).collect()
}

/// Every two stories that follow each other somewhere, with all places where they do.
fn seams(bulletins: &[Bulletin], places: &[(usize, usize)], stories: &[usize]) -> Vec<((usize, usize), Vec<Seam>)> {
    let mut out: std::collections::BTreeMap<(usize, usize), Vec<Seam>> = std::collections::BTreeMap::new();
    for (n, pair) in places.windows(2).enumerate().filter(|(_, p)| p[0].0 == p[1].0 && p[0].1 + 1 == p[1].1) {
        let bulletin = &bulletins[pair[1].0];
        let begins = bulletin.rundown.items[pair[1].1].start;
        let Some(unit) = bulletin.starts.iter().copied().find(|u| bulletin.units[*u].start == begins) else { continue };
        let weak = !bulletin.own_starts.contains(&unit);
        out.entry((stories[n], stories[n + 1])).or_default().push(Seam { bulletin: pair[1].0, unit, weak });
    }
    out.into_iter().collect()
}

/// Whether the tellings of two stories in other bulletins are near to being of one.
fn alike(items: &[matching::Candidate], first: &[usize], second: &[usize], here: usize, rarity: &Rarity, weights: &Weights) -> bool {
    let elsewhere = |list: &[usize]| list.iter().copied().filter(|i| items[*i].bulletin != here).collect::<Vec<usize>>();
    let (first, second) = (elsewhere(first), elsewhere(second));
    let pairs = first.iter().flat_map(|i| second.iter().map(move |j| (*i, *j)));
    let odds: Vec<f64> =
        pairs.map(|(i, j)| matching::log_odds(&matching::look(items, i, j, rarity), items[i].language == items[j].language, weights)).collect();
    !odds.is_empty() && odds.iter().sum::<f64>() / odds.len() as f64 >= weights.threshold - NEAR
}
