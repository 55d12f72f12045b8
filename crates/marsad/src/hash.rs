//! A hash of words that is the same on all machines, so that tables of hashes can be made where the program is built (`build.rs` reads this file too).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are hashes already.
pub type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Itself>>;

/// Hashes to what is already a hash.
#[derive(Clone, Copy, Debug, Default)]
pub struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only hashes are put in");
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// An odd number without pattern: the digits of the golden ratio.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a word: eight bytes at a time, each product of 128 bits folded to 64.
#[inline]
#[must_use]
pub fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let eights = bytes.chunks_exact(8);
    let mut last = [0; 8];
    last[..eights.remainder().len()].copy_from_slice(eights.remainder());
    let whole = eights.map(|eight| eight.try_into().map_or(0, u64::from_le_bytes));
    let mixed = whole.chain([u64::from_le_bytes(last)]).fold(MIX, |hash, eight| folded(hash ^ eight));
    folded(mixed ^ bytes.len() as u64)
}

#[inline]
fn folded(n: u64) -> u64 {
    let product = u128::from(n) * u128::from(MIX);
    product as u64 ^ (product >> 64) as u64
}
