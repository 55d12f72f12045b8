//! Features: named facts of a case with their values, which logistic models weigh.
//!
//! Coding weighs each feature as it is told and keeps none; training and explaining keep them by name. So whoever tells features tells them to a [`Sink`].

use std::fmt::{Arguments, Write};

use crate::hash::{ByHash, hash};

/// A feature with its value.
pub type Feature = (String, f32);

/// Who is told features.
pub trait Sink {
    /// A feature with its value.
    fn tell(&mut self, name: Arguments, value: f32);

    /// A feature that holds.
    fn flag(&mut self, name: Arguments) {
        self.tell(name, 1.0);
    }
}

impl Sink for Vec<Feature> {
    fn tell(&mut self, name: Arguments, value: f32) {
        self.push((name.to_string(), value));
    }
}

/// Weights of `N` logistic models over the same features, by the hashes of the features' names: names would be read from all over memory. That some other
/// name has the hash of one of ten thousands in the table has a chance of about one in 10^14.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Weights<const N: usize> {
    by_hash: ByHash<[f32; N]>,
}

impl<const N: usize> Weights<N> {
    /// Reads a table with a header line, each other line a feature's name and its weights; `None` where a line is not that,
    /// or a feature comes twice.
    pub fn parse(text: &str) -> Option<Weights<N>> {
        let lines = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
        let read = |line: &str| {
            let (name, rest) = line.split_once('\t')?;
            let mut cells = rest.split('\t').map(|c| c.trim().parse::<f32>());
            let mut weights = [0.0; N];
            for w in &mut weights {
                *w = cells.next()?.ok()?;
            }
            Some((hash(name), weights))
        };
        let mut by_hash = ByHash::default();
        for line in lines {
            let (hash, weights) = read(line)?;
            // A second feature of that hash, or one told twice.
            if by_hash.insert(hash, weights).is_some() {
                return None;
            }
        }
        Some(Weights { by_hash })
    }

    /// Reads what `build.rs` makes of such a table; `None` where that is no whole number of rows or a feature comes twice.
    pub fn from_bytes(bytes: &[u8]) -> Option<Weights<N>> {
        let size = size_of::<u64>() + N * size_of::<f32>();
        let mut by_hash = ByHash::default();
        by_hash.reserve(bytes.len() / size);
        let rows = bytes.chunks_exact(size);
        if !rows.remainder().is_empty() {
            return None;
        }
        for row in rows {
            let (hash, cells) = row.split_first_chunk()?;
            let mut weights = [0.0; N];
            for (weight, cell) in weights.iter_mut().zip(cells.chunks_exact(size_of::<f32>())) {
                *weight = f32::from_le_bytes(cell.try_into().ok()?);
            }
            if by_hash.insert(u64::from_le_bytes(*hash), weights).is_some() {
                return None;
            }
        }
        Some(Weights { by_hash })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_hash.is_empty()
    }

    /// A feature's weights.
    pub fn get(&self, name: &str) -> Option<[f32; N]> {
        self.by_hash.get(&hash(name)).copied()
    }

    /// A sink that adds up the weights of what it is told.
    pub fn sum(&self) -> Sum<'_, N> {
        Sum { weights: self, sums: [0.0; N], name: String::with_capacity(64) }
    }
}

/// Adds up the weights of the features that it is told.
#[derive(Debug)]
pub(super) struct Sum<'a, const N: usize> {
    weights: &'a Weights<N>,
    sums: [f32; N],
    /// Names are written here, one after the other, to be looked up.
    name: String,
}

impl<const N: usize> Sum<'_, N> {
    /// Adds a kept feature.
    pub fn add(&mut self, name: &str, value: f32) {
        if let Some(weights) = self.weights.by_hash.get(&hash(name)) {
            self.sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum += w * value);
        }
    }

    /// The log odds.
    pub fn log_odds(&self) -> [f32; N] {
        self.sums
    }

    /// The probabilities, 0 to 1.
    pub fn probabilities(&self) -> [f32; N] {
        self.sums.map(|s| 1.0 / (1.0 + (-s).exp()))
    }
}

impl<const N: usize> Sink for Sum<'_, N> {
    fn tell(&mut self, name: Arguments, value: f32) {
        if let Some(fixed) = name.as_str() {
            return self.add(fixed, value);
        }
        let mut buffer = std::mem::take(&mut self.name);
        buffer.clear();
        let written = buffer.write_fmt(name);
        debug_assert!(written.is_ok(), "a string takes everything");
        self.add(&buffer, value);
        self.name = buffer;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_features_weigh_as_kept_ones() {
        let weights = Weights::<2>::parse("feature\ta\tb\nbias\t-1\t0.5\nway ^obj\t2\t-0.25\n").expect("a sound table");
        let mut kept: Vec<Feature> = Vec::new();
        let mut sum = weights.sum();
        let tell = |sink: &mut dyn Sink| {
            sink.flag(format_args!("bias"));
            sink.tell(format_args!("way ^{}", "obj"), 0.5);
            sink.flag(format_args!("unheard of"));
        };
        tell(&mut kept);
        tell(&mut sum);
        assert_eq!(kept.len(), 3);
        let mut again = weights.sum();
        kept.iter().for_each(|(name, value)| again.add(name, *value));
        assert_eq!(again.probabilities(), sum.probabilities());
        assert_eq!(sum.probabilities(), [0.5, 1.0 / (1.0 + (-0.375f32).exp())]);
    }

    #[test]
    fn a_line_that_is_no_weight_is_refused() {
        assert!(Weights::<1>::parse("feature\tweight\nbias\tx\n").is_none());
        assert!(Weights::<2>::parse("feature\ta\tb\nbias\t1\n").is_none());
    }
}
