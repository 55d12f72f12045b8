//! From scores of heads to a tree. Each word takes its best head; where that is not one tree, words outside it are joined to it one by one by the change that
//! loses least. This is cheaper than the maximum arborescence of Chu and Liu (1965) and differs from it only where cycles touch.

/// A tree of high score under `scores`: row d holds the scores of the heads of word d, column 0 the root, column h + 1 word h. Returns for each word its head's
/// column. Exactly one word hangs on the root. Scores must be finite or −∞; with n words the common case costs n², the worst n³.
#[must_use]
pub fn best_tree(scores: &[f32], n: usize) -> Vec<u32> {
    let width = n + 1;
    let row = |d: usize| &scores[d * width..(d + 1) * width];
    let mut heads: Vec<u32> = (0..n).map(|d| argmax(row(d), d + 1) as u32).collect();
    if n == 0 || is_tree(&heads) {
        return heads;
    }
    let root = best_root(scores, n, &heads);
    let mut rows: Vec<Vec<f32>> = (0..n).map(|d| row(d).to_vec()).collect();
    for (d, row) in rows.iter_mut().enumerate() {
        if d != root {
            row[0] = f32::NEG_INFINITY;
        }
    }
    repair(&rows, root, &mut heads);
    heads
}

fn argmax(row: &[f32], except: usize) -> usize {
    let mut best = usize::from(except == 0);
    for (i, &x) in row.iter().enumerate() {
        if i != except && x > row[best] {
            best = i;
        }
    }
    best
}

/// The word that should hang on the root: the one that loses least by it.
fn best_root(scores: &[f32], n: usize, heads: &[u32]) -> usize {
    let loss = |d: usize| {
        let row = &scores[d * (n + 1)..(d + 1) * (n + 1)];
        if heads[d] == 0 {
            // Its second choice tells how sure it is of the root.
            let second = (1..=n).filter(|&h| h != d + 1).map(|h| row[h]).fold(f32::NEG_INFINITY, f32::max);
            second - row[0]
        } else {
            row[heads[d] as usize] - row[0]
        }
    };
    (0..n).min_by(|&a, &b| loss(a).total_cmp(&loss(b))).unwrap_or(0)
}

fn is_tree(heads: &[u32]) -> bool {
    heads.iter().filter(|&&h| h == 0).count() == 1 && find_cycle(heads).is_none()
}

/// Some cycle among the words, if there is one, as word numbers.
fn find_cycle(heads: &[u32]) -> Option<Vec<usize>> {
    let mut color = vec![0usize; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while color[at] == 0 {
            color[at] = start + 1;
            match heads[at] {
                0 => break,
                h => at = h as usize - 1,
            }
            if color[at] == start + 1 {
                let mut cycle = vec![at];
                let mut next = heads[at] as usize - 1;
                while next != at {
                    cycle.push(next);
                    next = heads[next] as usize - 1;
                }
                return Some(cycle);
            }
        }
    }
    None
}

/// Makes one tree with this root of the words' best heads.
fn repair(rows: &[Vec<f32>], root: usize, heads: &mut [u32]) {
    let n = rows.len();
    for (d, row) in rows.iter().enumerate() {
        heads[d] = if d == root { 0 } else { argmax(row, d + 1) as u32 };
    }
    // Each round opens one cycle from the tree, so the number of words that reach the root grows and at most n rounds are needed.
    for _ in 0..n {
        if find_cycle(heads).is_none() {
            return;
        }
        let reached = reaching_root(heads);
        let Some((d, h)) = cheapest_entry(rows, heads, &reached) else { break };
        heads[d] = h;
    }
    for d in 0..n {
        if !reaching_root(heads)[d] {
            heads[d] = if d == root { 0 } else { root as u32 + 1 };
        }
    }
}

fn reaching_root(heads: &[u32]) -> Vec<bool> {
    let n = heads.len();
    // 0 unknown, 1 on the current path, 2 reaches, 3 does not.
    let mut state = vec![0u8; n];
    for start in 0..n {
        let mut path = Vec::new();
        let mut at = start;
        let verdict = loop {
            match state[at] {
                2 => break 2,
                1 | 3 => break 3,
                _ => {}
            }
            state[at] = 1;
            path.push(at);
            match heads[at] {
                0 => break 2,
                h => at = h as usize - 1,
            }
        };
        for p in path {
            state[p] = verdict;
        }
    }
    state.into_iter().map(|s| s == 2).collect()
}

/// The change of head that loses least and joins a word outside the tree to the tree.
fn cheapest_entry(rows: &[Vec<f32>], heads: &[u32], reached: &[bool]) -> Option<(usize, u32)> {
    let mut best: Option<(f32, usize, u32)> = None;
    for (d, row) in rows.iter().enumerate().filter(|(d, _)| !reached[*d]) {
        let now = row[heads[d] as usize];
        for h in (0..reached.len()).filter(|&h| reached[h]) {
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

    #[test]
    fn a_cycle_is_opened_where_it_costs_least() {
        // Words 0 and 1 want each other; entering through 1 costs 1, through 0 costs 5.
        let scores = [0.0, f32::NEG_INFINITY, 9.0, 5.0, 10.0, f32::NEG_INFINITY];
        let heads = best_tree(&scores, 2);
        assert_eq!(heads, [2, 0]);
    }

    proptest! {
        #[test]
        fn any_scores_give_one_tree(n in 1usize..24, seed in any::<u64>()) {
            let mut x = seed | 1;
            let scores: Vec<f32> = (0..n * (n + 1)).map(|_| { x ^= x << 13; x ^= x >> 7; x ^= x << 17; (x % 1000) as f32 }).collect();
            let heads = best_tree(&scores, n);
            prop_assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1);
            prop_assert!(reaching_root(&heads).iter().all(|&r| r));
        }
    }
}
