//! How likely a bulletin is to divide between two units, by its words alone.
//!
//! The generative model of Utiyama and Isahara (2001, "A statistical model for domain-independent text segmentation"): the words of a segment are drawn
//! from a distribution of its own, so that a segment that repeats its words is cheap. Where they take the one cheapest segmentation, the
//! probability of a boundary over all segmentations is computed here (forward and backward sums), because it is one witness among others.

use super::stems::Content;

/// A segment has at most so many units.
const LONGEST: usize = 90;
/// How many words' worth a segment believes in before it has seen any.
const PRIOR_WORDS: f64 = 50.0;
/// Log-probability of ending a segment.
const END: f64 = -3.0;

/// For each unit after the first, the log odds that a segment begins there, -8 to 8.
#[must_use]
pub fn log_odds(content: &Content) -> Vec<f64> {
    let n = content.units.len();
    if n < 2 {
        return Vec::new();
    }
    let costs = segment_costs(content);
    let mut forward = vec![f64::NEG_INFINITY; n + 1];
    forward[0] = 0.0;
    for end in 1..=n {
        let from = end.saturating_sub(LONGEST);
        forward[end] = log_sum((from..end).map(|start| forward[start] + costs[start][end - start - 1] + END));
    }
    let mut backward = vec![f64::NEG_INFINITY; n + 1];
    backward[n] = 0.0;
    for start in (0..n).rev() {
        backward[start] = log_sum(costs[start].iter().enumerate().map(|(i, cost)| backward[start + i + 1] + cost + END));
    }
    (1..n)
        .map(|i| {
            let p = (forward[i] + backward[i] - forward[n]).min(-1e-9);
            (p - (-p.exp_m1()).max(1e-12).ln()).clamp(-8.0, 8.0)
        })
        .collect()
}

/// Log-probability of the words of every segment, by its first unit and its length.
fn segment_costs(content: &Content) -> Vec<Vec<f64>> {
    let n = content.units.len();
    let prior = PRIOR_WORDS / content.spread.len().max(1) as f64;
    let mut counts = vec![0u32; content.spread.len()];
    (0..n)
        .map(|start| {
            let last = (start + LONGEST).min(n);
            let (mut seen, mut cost) = (0u32, 0.0);
            let costs = (start..last)
                .map(|unit| {
                    for &word in &content.units[unit] {
                        cost += ((f64::from(counts[word as usize]) + prior) / (f64::from(seen) + PRIOR_WORDS)).ln();
                        counts[word as usize] += 1;
                        seen += 1;
                    }
                    cost
                })
                .collect();
            for &word in content.units[start..last].iter().flatten() {
                counts[word as usize] = 0;
            }
            costs
        })
        .collect()
}

fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + values.map(|v| (v - most).exp()).sum::<f64>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_words_is_a_likely_boundary() {
        let units: Vec<Vec<u32>> = (0..20).map(|u| if u < 10 { vec![0, 1, 2, 3] } else { vec![4, 5, 6, 7] }).collect();
        let odds = log_odds(&Content { units, spread: vec![10; 8] });
        let best = odds.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        assert_eq!(best + 1, 10);
    }

    #[test]
    fn nothing_to_divide() {
        assert!(log_odds(&Content::default()).is_empty());
        assert_eq!(log_odds(&Content { units: vec![vec![], vec![], vec![]], spread: vec![] }).len(), 2);
    }
}
