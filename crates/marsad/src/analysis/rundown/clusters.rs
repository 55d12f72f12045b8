//! Items put together to stories: average-link clustering (Sokal and Michener 1958) in which no cluster has two items of one bulletin.

use rustc_hash::FxHashMap;

use super::matching::{Candidate, Weights};

/// Pairs that score so much less than the threshold are not kept; in averages they count as this.
pub(super) const SLACK: f64 = 4.0;

/// Log odds that know of each other: an item tells at most one story of another bulletin, so what speaks for one pair speaks against its rivals. With
/// each pair's odds taken by themselves, the odds that the pair and none of its rivals is right are `e^z / (1 + sum of the rivals' e^z)`; the mean over
/// both items' rivals is taken.
fn contested(candidates: &[Candidate], odds: FxHashMap<(u32, u32), f64>) -> Vec<((u32, u32), f64)> {
    let mut ordered: Vec<((u32, u32), f64)> = odds.into_iter().collect();
    ordered.sort_unstable_by_key(|(pair, _)| *pair);
    let bulletin = |i: u32| candidates[i as usize].bulletin;
    let mut sums: FxHashMap<(u32, usize), f64> = FxHashMap::default();
    for &((i, j), value) in &ordered {
        *sums.entry((i, bulletin(j))).or_insert(0.0) += value.exp();
        *sums.entry((j, bulletin(i))).or_insert(0.0) += value.exp();
    }
    for ((i, j), value) in &mut ordered {
        let rivals = |item: u32, other: u32| (sums[&(item, bulletin(other))] - value.exp()).max(0.0).ln_1p();
        *value -= (rivals(*i, *j) + rivals(*j, *i)) / 2.0;
    }
    ordered
}

/// Average-link clustering in which no cluster has two items of one bulletin; a number for each item, in the order in which they first appear.
pub(super) fn clusters(candidates: &[Candidate], odds: FxHashMap<(u32, u32), f64>, weights: &Weights) -> Vec<usize> {
    let n = candidates.len();
    let floor = weights.threshold - SLACK;
    let mut members: Vec<Vec<u32>> = (0..n as u32).map(|i| vec![i]).collect();
    // Sums of log odds between clusters, less the floor that all other pairs count as.
    let mut links: Vec<FxHashMap<u32, f64>> = vec![FxHashMap::default(); n];
    let mut queue = std::collections::BinaryHeap::new();
    for ((i, j), value) in contested(candidates, odds).into_iter().filter(|(_, value)| *value >= floor) {
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
    join_left_over(candidates, &mut members, &links, weights);
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

/// By how much it must be likelier than any other.
const MARGIN: f64 = 0.5;

/// Joins items that stand alone to stories that lack their bulletin, where each is the other's likeliest by far: short items share little, but a
/// story that the others tell is more likely told than not.
fn join_left_over(candidates: &[Candidate], members: &mut [Vec<u32>], links: &[FxHashMap<u32, f64>], weights: &Weights) {
    let least = weights.threshold - weights.left_over;
    let bulletin = |i: u32| candidates[i as usize].bulletin;
    let mut offers: Vec<(f64, usize, usize)> = Vec::new();
    for (single, list) in members.iter().enumerate().filter(|(_, m)| m.len() == 1) {
        let own = bulletin(list[0]);
        for (&other, sum) in &links[single] {
            let story = &members[other as usize];
            if story.len() >= 2 && story.iter().all(|i| bulletin(*i) != own) {
                let value = sum / story.len() as f64 + weights.threshold - SLACK;
                if value >= least {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rundown::keys::Keys;

    #[test]
    fn rivals_weaken_each_other_and_a_clear_pair_stays() {
        let keys = Keys::default();
        let candidates: Vec<Candidate> = [0, 1, 1, 2].into_iter().map(|bulletin| Candidate { keys: &keys, language: "en", bulletin, day: 0 }).collect();
        let odds = FxHashMap::from_iter([((0, 1), 2.0), ((0, 2), 1.0), ((0, 3), 1.0)]);
        let got = contested(&candidates, odds);
        let wanted = [2.0 - 1f64.exp().ln_1p() / 2.0, 1.0 - 2f64.exp().ln_1p() / 2.0, 1.0];
        for ((pair, value), wanted) in got.iter().zip(wanted) {
            assert!((value - wanted).abs() < 1e-9, "{pair:?}: {value}, expected {wanted}");
        }
    }
}
