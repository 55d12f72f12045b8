//! The tests and intervals that rates over many days need.
//!
//! Wilson 1927 for intervals of rates, Fisher's exact test for two rates, Fisher's method for probabilities put together, Benjamini and Hochberg 1995
//! for many tests at once.

/// The normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's interval of 95 % for a rate; `of` is at least 1.
///
/// ```
/// use marsad::analysis::rundown::statistics::wilson;
///
/// let (low, high) = wilson(0, 10);
/// assert!(low == 0.0 && (high - 0.2775).abs() < 1e-3);
/// ```
#[must_use]
pub fn wilson(count: u32, of: u32) -> (f64, f64) {
    let (n, p) = (f64::from(of.max(1)), f64::from(count) / f64::from(of.max(1)));
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // Rounding must not leave a trace where the interval ends at 0 or 1.
    let low = if count == 0 { 0.0 } else { (middle - reach) / scale };
    let high = if count >= of { 1.0 } else { (middle + reach) / scale };
    (low, high)
}

/// Fisher's exact test, two-sided: the probability, with all margins as they are, of a table no likelier than `a` of `b` against `c` of `d`.
///
/// ```
/// use marsad::analysis::rundown::statistics::fisher;
///
/// assert!((fisher((1, 10), (9, 10)) - 0.001_09).abs() < 1e-4);
/// assert!((fisher((3, 10), (3, 10)) - 1.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn fisher((a, b): (u32, u32), (c, d): (u32, u32)) -> f64 {
    let (yes, all) = (a + c, b + d);
    let mut ln_factorials = vec![0.0];
    for n in 1..=all {
        ln_factorials.push(ln_factorials[n as usize - 1] + f64::from(n).ln());
    }
    let choose = |n: u32, k: u32| ln_factorials[n as usize] - ln_factorials[k as usize] - ln_factorials[(n - k) as usize];
    let chance = |here: u32| (choose(b, here) + choose(d, yes - here) - choose(all, yes)).exp();
    let seen = chance(a) * (1.0 + 1e-9);
    (yes.saturating_sub(d)..=yes.min(b)).map(chance).filter(|p| *p <= seen).sum::<f64>().min(1.0)
}

/// Fisher's method: the probability of such small probabilities together, if each were chance. For steps as coarse as ranks it errs to the safe side.
///
/// ```
/// use marsad::analysis::rundown::statistics::together;
///
/// assert!((together(&[0.3]) - 0.3).abs() < 1e-12);
/// assert!(together(&[0.1, 0.1, 0.1]) < 0.05);
/// ```
#[must_use]
pub fn together(probabilities: &[f64]) -> f64 {
    let half = -probabilities.iter().map(|p| p.max(1e-300).ln()).sum::<f64>();
    let (mut term, mut sum) = (1.0, 0.0);
    for i in 0..probabilities.len() {
        sum += term;
        term *= half / (i + 1) as f64;
    }
    ((-half).exp() * sum).min(1.0)
}

/// The q-value of each test: the least rate of false discoveries at which it counts.
///
/// ```
/// use marsad::analysis::rundown::statistics::false_discovery;
///
/// assert_eq!(false_discovery(&[0.01, 0.04, 0.03]), [0.03, 0.04, 0.04]);
/// ```
#[must_use]
pub fn false_discovery(probabilities: &[f64]) -> Vec<f64> {
    let n = probabilities.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]).then(a.cmp(b)));
    let mut out = vec![1.0; n];
    let mut least: f64 = 1.0;
    for (i, test) in order.into_iter().enumerate() {
        least = least.min(probabilities[test] * n as f64 / (n - i) as f64);
        out[test] = least;
    }
    out
}

/// Numbers that look random and are the same every time (`SplitMix64`, Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub(super) struct Dice(pub u64);

impl Dice {
    /// A number below `n`, which is not 0. The bias of the remainder is below 2^-40 for any number of days.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}
