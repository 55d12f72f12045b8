//! Logistic regression over named features.

use std::collections::BTreeMap;
use std::fmt::Write;

use marsad::events::Feature;

pub type Weights = BTreeMap<String, f64>;

/// A table of several models over the same features: a head, then a line for each feature with a weight of at least `least`. What is next to nothing gets a short
/// cell: most features count for one of the models.
pub fn text_of<const N: usize>(head: &str, table: &BTreeMap<String, [f64; N]>, least: f64) -> String {
    let mut text = head.to_owned();
    for (name, weights) in table.iter().filter(|(_, weights)| weights.iter().any(|w| w.abs() >= least)) {
        text += name;
        for w in weights {
            let _ = if w.abs() < 0.005 { write!(text, "\t0") } else { write!(text, "\t{w:.2}") };
        }
        text.push('\n');
    }
    text
}

pub fn probability(weights: &Weights, features: &[Feature]) -> f64 {
    let sum: f64 = features.iter().map(|(n, v)| weights.get(n).copied().unwrap_or(0.0) * f64::from(*v)).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Feature numbers with values, what is right, and the weight.
type Numbered = (Vec<(usize, f64)>, f64, f64);

/// Features that fewer cases have are left out.
const FEWEST: usize = 3;

/// Logistic regression with a quadratic penalty.
pub fn regress<'a>(cases: impl Iterator<Item = (&'a [Feature], bool, f64)>, penalty_of: &dyn Fn(&str) -> f64) -> Weights {
    let cases: Vec<_> = cases.collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    cases.iter().flat_map(|c| c.0).for_each(|(name, _)| *counts.entry(name.as_str()).or_default() += 1);
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Numbered> = Vec::new();
    for (features, right, importance) in cases {
        let mut row = Vec::with_capacity(features.len());
        for (name, value) in features.iter().filter(|(name, _)| counts[name.as_str()] >= FEWEST) {
            let next = names.len();
            row.push((*names.entry(name.as_str()).or_insert(next), f64::from(*value)));
        }
        rows.push((row, f64::from(u8::from(right)), importance));
    }
    let n = names.len();
    let mut penalty = vec![0.0; n];
    names.iter().for_each(|(name, &i)| penalty[i] = penalty_of(name));
    let w = minimise(n, &|w, g| loss(&rows, &penalty, w, g));
    names.into_iter().map(|(name, i)| (name.to_owned(), w[i])).collect()
}

/// The penalised loss of some weights; its gradient into `g`.
fn loss(rows: &[Numbered], penalty: &[f64], w: &[f64], g: &mut [f64]) -> f64 {
    let mut sum = 0.0;
    for ((g, w), p) in g.iter_mut().zip(w).zip(penalty) {
        *g = w * p;
        sum += 0.5 * p * w * w;
    }
    for (row, y, importance) in rows {
        let z: f64 = row.iter().map(|(i, v)| w[*i] * v).sum();
        // ln(1 + e^z) - yz, without overflow.
        sum += importance * (z.max(0.0) + (-z.abs()).exp().ln_1p() - y * z);
        let e = importance * (1.0 / (1.0 + (-z).exp()) - y);
        row.iter().for_each(|(i, v)| g[*i] += e * v);
    }
    sum
}

/// Steps that the curvature is estimated from.
const REMEMBERED: usize = 8;
const ROUNDS: usize = 120;

/// The least point of a smooth convex function, which returns its value and puts its gradient into its second argument: limited-memory BFGS (Nocedal 1980) with
/// steps halved until they lead down.
fn minimise(n: usize, f: &dyn Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (mut w, mut g) = (vec![0.0; n], vec![0.0; n]);
    let mut value = f(&w, &mut g);
    let mut past: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    let (mut next, mut next_g) = (vec![0.0; n], vec![0.0; n]);
    for _ in 0..ROUNDS {
        let mut d: Vec<f64> = g.iter().map(|g| -g).collect();
        let mut scales = Vec::new();
        for (s, y, rho) in past.iter().rev() {
            let a = rho * dot(s, &d);
            d.iter_mut().zip(y).for_each(|(d, y)| *d -= a * y);
            scales.push(a);
        }
        // Before anything is known of the curvature the first step is short.
        let size = past.last().map_or(1.0 / dot(&g, &g).sqrt().max(1.0), |(_, y, rho)| 1.0 / (rho * dot(y, y)));
        d.iter_mut().for_each(|d| *d *= size);
        for ((s, y, rho), a) in past.iter().zip(scales.into_iter().rev()) {
            let b = rho * dot(y, &d);
            d.iter_mut().zip(s).for_each(|(d, s)| *d += s * (a - b));
        }
        let slope = dot(&g, &d);
        let mut step = 1.0;
        let found = loop {
            next.iter_mut().zip(&w).zip(&d).for_each(|((next, w), d)| *next = w + step * d);
            let new = f(&next, &mut next_g);
            if new <= value + 1e-4 * step * slope {
                break Some(new);
            }
            step *= 0.5;
            if step < 1e-8 {
                break None;
            }
        };
        let Some(new) = found else { break };
        let s: Vec<f64> = next.iter().zip(&w).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = next_g.iter().zip(&g).map(|(a, b)| a - b).collect();
        let curvature = dot(&s, &y);
        let done = value - new <= 1e-6 * new.abs();
        std::mem::swap(&mut w, &mut next);
        std::mem::swap(&mut g, &mut next_g);
        value = new;
        if curvature > 0.0 {
            past.push((s, y, 1.0 / curvature));
            if past.len() > REMEMBERED {
                past.remove(0);
            }
        }
        if done {
            break;
        }
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_that_decides_gets_its_weight_and_the_share_of_the_rest_is_met() {
        let cases: Vec<(Vec<Feature>, bool)> = (0..300)
            .map(|n| {
                let mut features = vec![("bias".to_owned(), 1.0)];
                if n % 3 == 0 {
                    features.push(("sign".to_owned(), 1.0));
                }
                (features, n % 3 == 0 || n % 10 == 1)
            })
            .collect();
        let weights = regress(cases.iter().map(|(f, right)| (f.as_slice(), *right, 1.0)), &|_| 0.01);
        let share = cases.iter().filter(|(f, right)| f.len() == 1 && *right).count() as f64 / 200.0;
        assert!((probability(&weights, &cases[1].0) - share).abs() < 0.02, "{weights:?}");
        assert!(probability(&weights, &cases[0].0) > 0.95, "{weights:?}");
    }
}
