//! The few numeric kernels that the network needs, vectorised for the processor at hand: matrix products by `gemm`, the elementwise loops dispatched by `pulp`.
//! Matrices are row-major slices; a row is a word.

use pulp::{Arch, NullaryFnOnce};

/// Runs a loop compiled for the processor at hand. The body must be marked `#[inline(always)]`, as everything that it calls.
#[inline(always)]
pub fn vectorised<R>(body: impl FnMut() -> R) -> R {
    // A closure given to `Arch::dispatch` itself goes through a shim that may be compiled apart and then knows nothing of the processor.
    struct Body<F>(F);
    impl<R, F: FnMut() -> R> NullaryFnOnce for Body<F> {
        type Output = R;
        #[inline(always)]
        fn call(mut self) -> R {
            (self.0)()
        }
    }
    Arch::new().dispatch(Body(body))
}

/// `out = a · b`, or `out += a · b` where `add` is set: `a` is m × k, `b` is k × n.
///
/// # Panics
/// If a slice is too short for its shape.
pub fn matmul(out: &mut [f32], a: &[f32], b: &[f32], [m, k, n]: [usize; 3], add: bool) {
    product(out, (a, k, 1), (b, n, 1), [m, k, n], add);
}

/// `out = a · bᵀ` (or `+=`): `a` is m × k, `b` is n × k.
///
/// # Panics
/// If a slice is too short for its shape.
pub fn matmul_transposed(out: &mut [f32], a: &[f32], b: &[f32], [m, k, n]: [usize; 3], add: bool) {
    product(out, (a, k, 1), (b, 1, k), [m, k, n], add);
}

/// `out = aᵀ · b` (or `+=`): `a` is k × m, `b` is k × n.
///
/// # Panics
/// If a slice is too short for its shape.
pub fn matmul_left_transposed(out: &mut [f32], a: &[f32], b: &[f32], [m, k, n]: [usize; 3], add: bool) {
    product(out, (a, 1, m), (b, n, 1), [m, k, n], add);
}

/// A matrix as its numbers, row stride and column stride.
type Strided<'a> = (&'a [f32], usize, usize);

fn product(out: &mut [f32], a: Strided, b: Strided, [m, k, n]: [usize; 3], add: bool) {
    assert!(out.len() >= m * n && a.0.len() >= m * k && b.0.len() >= k * n, "matrix shapes disagree");
    if m * n * k == 0 {
        if !add {
            out[..m * n].fill(0.0);
        }
        return;
    }
    // SAFETY: the assertion above holds every element that the strides reach, and `out` is not aliased by the borrowed inputs.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            out.as_mut_ptr(),
            1,
            n as isize,
            add,
            a.0.as_ptr(),
            a.2 as isize,
            a.1 as isize,
            b.0.as_ptr(),
            b.2 as isize,
            b.1 as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

/// e^x to about 2e-7 relative: range reduction to a power of two and a polynomial of degree 6.
#[inline(always)]
#[must_use]
pub fn exp(x: f32) -> f32 {
    // Adding 1.5 · 2²³ rounds to the nearest whole number and leaves it in the lowest bits: no conversion, no call.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = x - k * 0.693_359_4 + k * 2.121_944_4e-4;
    let p = 1.0 + r * (1.0 + r * (0.5 + r * (0.166_666_67 + r * (0.041_666_57 + r * (0.008_333_69 + r * 0.001_388_9)))));
    p * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

/// The logistic function.
#[inline(always)]
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Softmax of a row, in place; returns the logarithm of the sum of exponentials before normalising.
pub fn softmax(row: &mut [f32]) -> f32 {
    vectorised(
        #[inline(always)]
        || {
            let max = largest(row);
            row.iter_mut().for_each(|x| *x = exp(*x - max));
            let sum = lanes_sum(row, |x| x);
            let inverse = 1.0 / sum;
            row.iter_mut().for_each(|x| *x *= inverse);
            max + sum.ln()
        },
    )
}

/// The probability that a softmax over the row gives one of its places.
#[must_use]
pub fn probability(row: &[f32], place: usize) -> f32 {
    vectorised(
        #[inline(always)]
        || {
            let max = largest(row);
            exp(row[place] - max) / lanes_sum(row, |x| exp(x - max))
        },
    )
}

/// The largest number of a row.
#[inline(always)]
pub fn largest(x: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; 16];
    let (chunks, rest) = x.as_chunks::<16>();
    for chunk in chunks.iter().map(|c| &c[..]).chain([rest]) {
        lanes.iter_mut().zip(chunk).for_each(|(l, &x)| *l = l.max(x));
    }
    lanes.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

/// Position of the largest number; the first of equals.
#[must_use]
pub fn argmax(row: &[f32]) -> usize {
    vectorised(
        #[inline(always)]
        || {
            let max = largest(row);
            row.iter().position(|&x| x == max).unwrap_or(0)
        },
    )
}

/// Added to a variance before its root is taken.
pub const EPSILON: f32 = 1e-5;

/// Layer normalisation of each row of `x` into `out`.
pub fn layer_norm(out: &mut [f32], x: &[f32], gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    vectorised(
        #[inline(always)]
        || {
            for (out, x) in out.chunks_exact_mut(width).zip(x.chunks_exact(width)) {
                let (mean, inverse) = moments(x);
                for ((o, &v), (&g, &b)) in out.iter_mut().zip(x).zip(gain.iter().zip(bias)) {
                    *o = (v - mean) * inverse * g + b;
                }
            }
        },
    );
}

/// Mean and inverse standard deviation of a row.
#[inline(always)]
#[must_use]
pub fn moments(x: &[f32]) -> (f32, f32) {
    let n = x.len() as f32;
    let mean = lanes_sum(x, |v| v) / n;
    let variance = lanes_sum(x, |v| (v - mean) * (v - mean)) / n;
    (mean, 1.0 / (variance + EPSILON).sqrt())
}

/// Sum of `f` over a row in sixteen lanes, so that it vectorises and always adds in the same order.
#[inline(always)]
pub fn lanes_sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (chunks, rest) = x.as_chunks::<16>();
    for chunk in chunks {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane += f(v);
        }
    }
    for (lane, &v) in lanes.iter_mut().zip(rest) {
        *lane += f(v);
    }
    lanes.iter().sum()
}

/// Adds `bias` to each row and lets negative values through at a tenth.
pub fn bias_leaky(x: &mut [f32], bias: &[f32]) {
    vectorised(
        #[inline(always)]
        || {
            for row in x.chunks_exact_mut(bias.len()) {
                for (v, &b) in row.iter_mut().zip(bias) {
                    let y = *v + b;
                    *v = y.max(0.1 * y);
                }
            }
        },
    );
}

/// Adds `bias` to each row.
pub fn add_bias(x: &mut [f32], bias: &[f32]) {
    vectorised(
        #[inline(always)]
        || {
            for row in x.chunks_exact_mut(bias.len()) {
                row.iter_mut().zip(bias).for_each(|(v, &b)| *v += b);
            }
        },
    );
}

/// Scales `x` and adds `y`.
pub fn scale_add(x: &mut [f32], scale: f32, y: &[f32]) {
    vectorised(
        #[inline(always)]
        || x.iter_mut().zip(y).for_each(|(x, &y)| *x = *x * scale + y),
    );
}

/// Lets negative numbers through at a tenth.
pub fn leaky(x: &mut [f32]) {
    vectorised(
        #[inline(always)]
        || {
            for v in x.iter_mut() {
                *v = v.max(0.1 * *v);
            }
        },
    );
}

/// Adds rows of bytes, each scaled, to `out`.
pub fn gather_rows(out: &mut [f32], table: &[i8], scales: &[f32], rows: &[u32]) {
    let width = out.len();
    vectorised(
        #[inline(always)]
        || {
            for &row in rows {
                let at = row as usize * width;
                let scale = scales[row as usize];
                for (o, &q) in out.iter_mut().zip(&table[at..at + width]) {
                    *o += f32::from(q) * scale;
                }
            }
        },
    );
}

/// Parameters of a recurrent layer that act on single elements; each has the layer's width.
#[derive(Clone, Copy)]
pub struct Gates<'a> {
    /// How much of the state enters the forget gate.
    pub forget_state: &'a [f32],
    /// Bias of the forget gate.
    pub forget_bias: &'a [f32],
    /// How much of the state enters the output gate.
    pub output_state: &'a [f32],
    /// Bias of the output gate.
    pub output_bias: &'a [f32],
}

/// The bidirectional simple recurrent unit over one sentence (Lei et al. 2018, with the first half of the width running forward, the second backward,
/// and the layer's input as the highway):
///
/// f = σ(u_f + v_f c + b_f), c' = f c + (1 − f) u, r = σ(u_r + v_r c + b_r), out = r c' + (1 − r) x.
///
/// `u` has three blocks of the width a row (candidate, forget, output); `x` and `out` one.
pub fn scan(out: &mut [f32], u: &[f32], x: &[f32], gates: Gates, state: &mut [f32]) {
    let width = gates.forget_bias.len();
    let half = width / 2;
    let n = x.len() / width;
    state[..width].fill(0.0);
    vectorised(
        #[inline(always)]
        || {
            for step in 0..n {
                for (t, from) in [(step, 0), (n - 1 - step, half)] {
                    let to = from + half;
                    let row = &u[t * 3 * width..(t + 1) * 3 * width];
                    scan_step(
                        &mut out[t * width + from..t * width + to],
                        [&row[from..to], &row[width + from..width + to], &row[2 * width + from..2 * width + to]],
                        &x[t * width + from..t * width + to],
                        gates.half(from, to),
                        &mut state[from..to],
                    );
                }
            }
        },
    );
}

impl<'a> Gates<'a> {
    /// The gates of some of the layer's columns.
    #[inline(always)]
    #[must_use]
    pub fn half(self, from: usize, to: usize) -> Gates<'a> {
        Gates {
            forget_state: &self.forget_state[from..to],
            forget_bias: &self.forget_bias[from..to],
            output_state: &self.output_state[from..to],
            output_bias: &self.output_bias[from..to],
        }
    }
}

#[inline(always)]
fn scan_step(out: &mut [f32], [candidate, forget, output]: [&[f32]; 3], x: &[f32], gates: Gates, state: &mut [f32]) {
    let n = out.len();
    let (candidate, forget, output, x, state) = (&candidate[..n], &forget[..n], &output[..n], &x[..n], &mut state[..n]);
    let (fs, fb, os, ob) = (&gates.forget_state[..n], &gates.forget_bias[..n], &gates.output_state[..n], &gates.output_bias[..n]);
    for i in 0..n {
        let c = state[i];
        let f = sigmoid(forget[i] + fs[i] * c + fb[i]);
        let r = sigmoid(output[i] + os[i] * c + ob[i]);
        let next = f * c + (1.0 - f) * candidate[i];
        state[i] = next;
        out[i] = r * next + (1.0 - r) * x[i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_close() {
        for i in -800..800 {
            let x = i as f32 / 10.0;
            assert!((exp(x) - x.exp()).abs() <= 1e-6 * x.exp(), "{x}");
        }
    }

    #[test]
    fn products_agree_with_the_definition() {
        let a: Vec<f32> = (0..6).map(|x| x as f32).collect();
        let b: Vec<f32> = (0..12).map(|x| (x % 5) as f32).collect();
        let naive = |i: usize, j: usize| (0..3).map(|k| a[i * 3 + k] * b[k * 4 + j]).sum::<f32>();
        let mut out = vec![1.0; 8];
        matmul(&mut out, &a, &b, [2, 3, 4], true);
        for i in 0..2 {
            for j in 0..4 {
                assert_eq!(out[i * 4 + j], naive(i, j) + 1.0);
            }
        }
    }
}
