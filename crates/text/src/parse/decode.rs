//! From scores of heads to a tree. Each word takes its best head; where that is not one tree, words outside it are joined to it one by one by the change that
//! loses least. This is cheaper than the maximum arborescence of Chu and Liu (1965) and differs from it only where cycles touch.

use super::kernels::argmax;

/// Scores of the heads of a sentence's words.
#[derive(Clone, Copy)]
struct Scores<'a> {
    numbers: &'a [f32],
    n: usize,
}

impl<'a> Scores<'a> {
    fn row(self, d: usize) -> &'a [f32] {
        &self.numbers[d * (self.n + 1)..(d + 1) * (self.n + 1)]
    }
}

/// A tree of high score under `scores`: row d holds the scores of the heads of word d, column 0 the root, column h + 1 word h. Appends to `heads` for each word its
/// head's column. Exactly one word hangs on the root. Scores must be finite or −∞, a word's score for itself −∞; with n words the common case costs n², the
/// worst n³. `reach` is scratch memory.
pub fn best_tree(scores: &[f32], n: usize, heads: &mut Vec<u32>, reach: &mut Vec<Reach>) {
    let scores = Scores { numbers: scores, n };
    let from = heads.len();
    heads.extend((0..n).map(|d| argmax(scores.row(d)) as u32));
    let heads = &mut heads[from..];
    let roots = heads.iter().filter(|&&h| h == 0).count();
    if roots != 1 || !all_reach_root(heads, reach) {
        repair(scores, best_root(scores, heads), heads, reach);
    }
}

/// The word that should hang on the root: the one that loses least by it.
fn best_root(scores: Scores, heads: &[u32]) -> usize {
    let loss = |d: usize| {
        let row = scores.row(d);
        if heads[d] == 0 {
            // Its second choice tells how sure it is of the root.
            let second = (1..=scores.n).filter(|&h| h != d + 1).map(|h| row[h]).fold(f32::NEG_INFINITY, f32::max);
            second - row[0]
        } else {
            row[heads[d] as usize] - row[0]
        }
    };
    (0..scores.n).min_by(|&a, &b| loss(a).total_cmp(&loss(b))).unwrap_or(0)
}

/// Makes one tree with this root of the words' best heads.
fn repair(scores: Scores, root: usize, heads: &mut [u32], reach: &mut Vec<Reach>) {
    for (d, head) in heads.iter_mut().enumerate() {
        *head = if d == root { 0 } else { 1 + argmax(&scores.row(d)[1..]) as u32 };
    }
    // Each round opens one cycle from the tree, so the number of words that reach the root grows and at most n rounds are needed.
    while !all_reach_root(heads, reach) {
        let Some((d, h)) = cheapest_entry(scores, heads, reach) else { break };
        heads[d] = h;
    }
    for (head, reach) in heads.iter_mut().zip(reach) {
        if *reach == Reach::No {
            *head = root as u32 + 1;
        }
    }
}

/// Whether the way from a word over its head leads to the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not yet known.
    Unknown,
    /// Being followed.
    Path,
    /// It does.
    Yes,
    /// It leads in a circle.
    No,
}

/// Whether every word leads to the root; `reach` tells which do.
fn all_reach_root(heads: &[u32], reach: &mut Vec<Reach>) -> bool {
    reach.clear();
    reach.resize(heads.len(), Reach::Unknown);
    let next = |at: usize| (heads[at] as usize).checked_sub(1);
    for start in 0..heads.len() {
        let mut at = Some(start);
        while let Some(a) = at.filter(|&a| reach[a] == Reach::Unknown) {
            reach[a] = Reach::Path;
            at = next(a);
        }
        let verdict = match at.map(|a| reach[a]) {
            None | Some(Reach::Yes) => Reach::Yes,
            Some(_) => Reach::No,
        };
        let mut at = Some(start);
        while let Some(a) = at.filter(|&a| reach[a] == Reach::Path) {
            reach[a] = verdict;
            at = next(a);
        }
    }
    reach.iter().all(|&r| r == Reach::Yes)
}

/// The change of head that loses least and joins a word outside the tree to the tree.
fn cheapest_entry(scores: Scores, heads: &[u32], reach: &[Reach]) -> Option<(usize, u32)> {
    let mut best: Option<(f32, usize, u32)> = None;
    for d in (0..scores.n).filter(|&d| reach[d] == Reach::No) {
        let row = scores.row(d);
        let now = row[heads[d] as usize];
        for h in (0..scores.n).filter(|&h| reach[h] == Reach::Yes) {
            let gain = row[h + 1] - now;
            if best.is_none_or(|b| gain > b.0) {
                best = Some((gain, d, h as u32 + 1));
            }
        }
    }
    best.map(|(_, d, h)| (d, h))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree(scores: &[f32], n: usize) -> Vec<u32> {
        let mut heads = Vec::new();
        best_tree(scores, n, &mut heads, &mut Vec::new());
        heads
    }

    #[test]
    fn a_cycle_is_opened_where_it_costs_least() {
        // Words 0 and 1 want each other; entering through 1 costs 1, through 0 costs 5.
        let scores = [0.0, f32::NEG_INFINITY, 9.0, 5.0, 10.0, f32::NEG_INFINITY];
        assert_eq!(tree(&scores, 2), [2, 0]);
    }

    proptest! {
        #[test]
        fn any_scores_give_one_tree(n in 1usize..24, seed in any::<u64>()) {
            let mut x = seed | 1;
            let mut scores: Vec<f32> = (0..n * (n + 1)).map(|_| { x ^= x << 13; x ^= x >> 7; x ^= x << 17; (x % 1000) as f32 }).collect();
            (0..n).for_each(|d| scores[d * (n + 1) + d + 1] = f32::NEG_INFINITY);
            let heads = tree(&scores, n);
            prop_assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1);
            prop_assert!(all_reach_root(&heads, &mut Vec::new()));
        }
    }
}
