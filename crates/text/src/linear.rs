//! A binary linear classifier over hashed features: small, fast, good enough for boundaries.
//!
//! Weights are bytes; training (in `marsad-lab`) scales them so that the sum's sign decides.

use serde::{Deserialize, Serialize};

/// A trained classifier. Feature hashes index a table whose size is a power of two.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Linear {
    bias: i32,
    weights: Vec<i8>,
}

impl Linear {
    /// A classifier from its weights.
    ///
    /// # Panics
    /// If the number of weights is not a power of two.
    #[must_use]
    pub fn new(bias: i32, weights: Vec<i8>) -> Linear {
        assert!(weights.len().is_power_of_two(), "the number of weights is a power of two");
        Linear { bias, weights }
    }

    /// The decision value: positive for yes. An empty classifier says no to everything.
    #[must_use]
    pub fn score(&self, features: &[u32]) -> i32 {
        if self.weights.is_empty() {
            return -1;
        }
        let mask = self.weights.len() - 1;
        self.bias + features.iter().map(|&f| i32::from(self.weights[f as usize & mask])).sum::<i32>()
    }

    /// Whether the table has a size that [`Linear::score`] can index.
    #[must_use]
    pub(crate) fn is_sound(&self) -> bool {
        self.weights.is_empty() || self.weights.len().is_power_of_two()
    }
}

/// Hash of a feature: its template's number and its value. FNV-1a with a final mix, so that low bits are good.
#[must_use]
pub fn feature(template: u32, value: impl IntoIterator<Item = u32>) -> u32 {
    let start = 0x811c_9dc5_u32 ^ template.wrapping_mul(0x9e37_79b9);
    let h = value.into_iter().fold(start, |h, v| (h ^ v).wrapping_mul(0x0100_0193).rotate_left(5));
    let h = (h ^ (h >> 16)).wrapping_mul(0x7feb_352d);
    h ^ (h >> 15)
}

/// [`feature`] of a string's characters.
#[must_use]
pub fn text_feature(template: u32, value: &str) -> u32 {
    feature(template, value.chars().map(|c| c as u32))
}
