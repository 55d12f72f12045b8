//! Logistic regression over named features.

use std::collections::BTreeMap;

use marsad::events::Feature;

pub type Weights = BTreeMap<String, f64>;

pub fn probability(weights: &Weights, features: &[Feature]) -> f64 {
    let sum: f64 = features.iter().map(|(n, v)| weights.get(n).copied().unwrap_or(0.0) * f64::from(*v)).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Feature numbers with values, what is right, and the weight.
type Numbered = (Vec<(usize, f64)>, f64, f64);

/// Logistic regression with a quadratic penalty, by full gradient steps scaled a feature at a time.
pub fn regress<'a>(cases: impl Iterator<Item = (&'a [Feature], bool, f64)>, penalty_of: &dyn Fn(&str) -> f64) -> Weights {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Numbered> = Vec::new();
    for (features, right, importance) in cases {
        let mut row = Vec::with_capacity(features.len());
        for (name, value) in features {
            let next = names.len();
            row.push((*names.entry(name.as_str()).or_insert(next), f64::from(*value)));
        }
        rows.push((row, f64::from(u8::from(right)), importance));
    }
    let n = names.len();
    let mut penalty = vec![0.0; n];
    names.iter().for_each(|(name, &i)| penalty[i] = penalty_of(name));
    let (mut w, mut squares) = (vec![0.0f64; n], vec![1e-8f64; n]);
    for round in 0..300 {
        let mut g: Vec<f64> = w.iter().zip(&penalty).map(|(w, p)| w * p).collect();
        for (row, y, importance) in &rows {
            let z: f64 = row.iter().map(|(i, v)| w[*i] * v).sum();
            let e = importance * (1.0 / (1.0 + (-z).exp()) - y);
            row.iter().for_each(|(i, v)| g[*i] += e * v);
        }
        let rate = 0.3 / (1.0 + f64::from(round) / 60.0);
        for i in 0..n {
            squares[i] = 0.9 * squares[i] + 0.1 * g[i] * g[i];
            w[i] -= rate * g[i] / (squares[i].sqrt() + 1.0);
        }
    }
    names.into_iter().map(|(name, i)| (name.to_owned(), w[i])).collect()
}
