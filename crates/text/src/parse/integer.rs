//! Products of rows with trained matrices in bytes, four to six times as fast as in floats and exact on every processor: sums of integers have no rounding and no order.
//!
//! A matrix keeps a scale for each of its columns, its numbers are −127 to 127. A row of activations is laid on 1 to 127 with a scale of its own, 64 standing for
//! zero: unsigned times signed bytes is what processors multiply and add in one instruction (`vpdpbusd`), and seven bits are what `vpmaddubsw` sums without saturating
//! where that instruction is missing. What 64 adds to each column is taken off at the end.
//!
//! Only products are here: normalising before and the recurrences between them stay in floats ([`super::kernels`]).

use super::kernels::{moments, vectorised};

/// Columns that are computed side by side.
const PANEL: usize = 16;
/// Inputs that one instruction multiplies and adds.
const GROUP: usize = 4;
/// The byte that stands for zero in a row.
const ZERO: i32 = 64;

type Sums = [i32; PANEL];

/// A trained matrix: inputs × outputs.
#[derive(Debug, Default)]
pub(crate) struct Matrix {
    groups: usize,
    outputs: usize,
    /// Panel by panel, in it group by group, in it column by column the group's inputs.
    bytes: Vec<[[i8; GROUP]; PANEL]>,
    /// By column, filled up to whole panels.
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// What the rows' 64s add.
    excess: Vec<i32>,
}

impl Matrix {
    /// The matrix of these weights, row-major, with a bias for each output.
    pub fn new(weights: &[f32], bias: &[f32]) -> Matrix {
        let outputs = bias.len();
        let inputs = weights.len() / outputs;
        let (groups, panels) = (inputs.div_ceil(GROUP), outputs.div_ceil(PANEL));
        let mut bytes = vec![[[0; GROUP]; PANEL]; groups * panels];
        let mut scales = vec![0.0; panels * PANEL];
        let mut excess = vec![0; panels * PANEL];
        for j in 0..outputs {
            let column = || (0..inputs).map(|i| weights[i * outputs + j]);
            let largest = column().fold(1e-20f32, |m, x| m.max(x.abs()));
            scales[j] = largest / 127.0;
            for (i, x) in column().enumerate() {
                let byte = (x / scales[j]).round() as i8;
                bytes[(j / PANEL) * groups + i / GROUP][j % PANEL][i % GROUP] = byte;
                excess[j] += ZERO * i32::from(byte);
            }
        }
        let mut padded = bias.to_vec();
        padded.resize(panels * PANEL, 0.0);
        Matrix { groups, outputs, bytes, scales, bias: padded, excess }
    }

    /// The matrix of bytes that were laid out in training: outputs × inputs, with a scale and a bias for each output. `None` where sizes disagree.
    pub fn from_bytes(bytes: &[u8], scales: &[f32], bias: &[f32]) -> Option<Matrix> {
        let outputs = bias.len();
        if outputs == 0 || scales.len() != outputs || bytes.is_empty() || !bytes.len().is_multiple_of(outputs) {
            return None;
        }
        let inputs = bytes.len() / outputs;
        let (groups, panels) = (inputs.div_ceil(GROUP), outputs.div_ceil(PANEL));
        let mut laid = vec![[[0; GROUP]; PANEL]; groups * panels];
        let mut excess = vec![0; panels * PANEL];
        for ((panel, rows), excess) in laid.chunks_exact_mut(groups).zip(bytes.chunks(inputs * PANEL)).zip(excess.chunks_exact_mut(PANEL)) {
            let parts: Vec<_> = rows.chunks_exact(inputs).map(<[u8]>::as_chunks::<GROUP>).collect();
            // Written in order, which is what memory is fast at.
            for (n, group) in panel.iter_mut().enumerate() {
                for (to, (whole, rest)) in group.iter_mut().zip(&parts) {
                    match whole.get(n) {
                        Some(&[a, b, c, d]) => *to = [a as i8, b as i8, c as i8, d as i8],
                        None => to.iter_mut().zip(*rest).for_each(|(to, &byte)| *to = byte as i8),
                    }
                }
            }
            for (excess, row) in excess.iter_mut().zip(rows.chunks_exact(inputs)) {
                *excess = ZERO * row.iter().map(|&b| i32::from(b as i8)).sum::<i32>();
            }
        }
        let padded = |x: &[f32]| x.iter().copied().chain(std::iter::repeat(0.0)).take(panels * PANEL).collect();
        Some(Matrix { groups, outputs, bytes: laid, scales: padded(scales), bias: padded(bias), excess })
    }

    /// Number of inputs, filled up to whole groups.
    pub fn inputs(&self) -> usize {
        self.groups * GROUP
    }

    /// Number of outputs: the length of a row of a product.
    pub fn outputs(&self) -> usize {
        self.outputs
    }
}

/// Rows of activations in bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    groups: usize,
    bytes: Vec<[u8; GROUP]>,
    scales: Vec<f32>,
    row: Vec<f32>,
}

impl Rows {
    /// Lays the layer-normalised rows of `x` on bytes.
    pub fn normalised(&mut self, x: &[f32], gain: &[f32], bias: &[f32]) {
        let width = gain.len();
        self.groups = width.div_ceil(GROUP);
        self.row.resize(width, 0.0);
        self.bytes.resize(x.len() / width * self.groups, [0; GROUP]);
        self.scales.resize(x.len() / width, 0.0);
        let (row, groups) = (&mut self.row[..], self.groups);
        vectorised(
            #[inline(always)]
            || {
                let rows = self.bytes.chunks_exact_mut(groups).zip(&mut self.scales);
                for (x, (bytes, scale)) in x.chunks_exact(width).zip(rows) {
                    let (mean, inverse) = moments(x);
                    for (((row, &x), &g), &b) in row.iter_mut().zip(x).zip(gain).zip(bias) {
                        *row = (x - mean) * inverse * g + b;
                    }
                    *scale = laid_row(bytes.as_flattened_mut(), row);
                }
            },
        );
    }

    /// Lays rows of `width` numbers on bytes as they are.
    pub fn laid(&mut self, x: &[f32], width: usize) {
        self.groups = width.div_ceil(GROUP);
        self.bytes.resize(x.len() / width * self.groups, [0; GROUP]);
        self.scales.resize(x.len() / width, 0.0);
        let groups = self.groups;
        vectorised(
            #[inline(always)]
            || {
                let rows = self.bytes.chunks_exact_mut(groups).zip(&mut self.scales);
                for (x, (bytes, scale)) in x.chunks_exact(width).zip(rows) {
                    *scale = laid_row(bytes.as_flattened_mut(), x);
                }
            },
        );
    }
}

/// Lays one row on bytes; returns its scale.
#[inline(always)]
fn laid_row(bytes: &mut [u8], row: &[f32]) -> f32 {
    let mut largest = [1e-20f32; PANEL];
    let (chunks, rest) = row.as_chunks::<PANEL>();
    for chunk in chunks {
        largest.iter_mut().zip(chunk).for_each(|(l, x)| *l = l.max(x.abs()));
    }
    largest.iter_mut().zip(rest).for_each(|(l, x)| *l = l.max(x.abs()));
    let scale = largest.iter().fold(0.0f32, |m, &x| m.max(x)) / (ZERO - 1) as f32;
    let inverse = 1.0 / scale;
    for (byte, &x) in bytes.iter_mut().zip(row.iter()) {
        // Adding 1.5 · 2²³ rounds to the nearest whole number and leaves it in the lowest bits.
        *byte = (x * inverse + (12_582_912.0 + ZERO as f32)).to_bits() as u8;
    }
    scale
}

/// `out = rows · matrix + bias`, a row of [`Matrix::outputs`] numbers for each row.
///
/// # Panics
/// If sizes disagree.
pub(crate) fn product(out: &mut [f32], rows: &Rows, matrix: &Matrix) {
    assert!(rows.groups == matrix.groups && out.len() == rows.scales.len() * matrix.outputs, "matrix shapes disagree");
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw") {
            // SAFETY: the processor has the features.
            return unsafe { x86::product_vnni(out, rows, matrix) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has the feature.
            return unsafe { x86::product_avx2(out, rows, matrix) };
        }
    }
    product_plain(out, rows, matrix);
}

fn product_plain(out: &mut [f32], rows: &Rows, matrix: &Matrix) {
    for p in 0..matrix.scales.len() / PANEL {
        tiles::<1, 1>(out, (rows, matrix), 0..rows.scales.len(), p, dots_plain);
    }
}

fn dots_plain([a]: [&[[u8; GROUP]]; 1], [b]: [&[[[i8; GROUP]; PANEL]]; 1], sums: &mut [[Sums; 1]; 1]) {
    for (a, b) in a.iter().zip(b) {
        for (sum, b) in sums[0][0].iter_mut().zip(b) {
            *sum += a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum::<i32>();
        }
    }
}

/// The products of `R` rows at a time, over a range whose length is a multiple of `R`, with `P` panels from `first` on. `dots` adds to the sums.
#[inline(always)]
fn tiles<const R: usize, const P: usize>(
    out: &mut [f32],
    (rows, matrix): (&Rows, &Matrix),
    range: std::ops::Range<usize>,
    first: usize,
    dots: impl Fn([&[[u8; GROUP]]; R], [&[[[i8; GROUP]; PANEL]]; P], &mut [[Sums; P]; R]),
) {
    let groups = matrix.groups;
    let panels: [&[_]; P] = std::array::from_fn(|p| &matrix.bytes[(first + p) * groups..(first + p + 1) * groups]);
    for at in range.step_by(R) {
        let bytes: [&[_]; R] = std::array::from_fn(|r| &rows.bytes[(at + r) * groups..(at + r + 1) * groups]);
        let mut sums = [[[0; PANEL]; P]; R];
        dots(bytes, panels, &mut sums);
        for (r, sums) in sums.iter().enumerate() {
            let out = &mut out[(at + r) * matrix.outputs..(at + r + 1) * matrix.outputs];
            for (p, sums) in sums.iter().enumerate() {
                finish(out, sums, rows.scales[at + r], matrix, first + p);
            }
        }
    }
}

/// Sums to numbers: the excess off, scales and bias on.
#[inline(always)]
fn finish(out: &mut [f32], sums: &Sums, scale: f32, matrix: &Matrix, panel: usize) {
    let from = panel * PANEL;
    let part = |x: usize| x..x + PANEL;
    let (scales, bias, excess) = (&matrix.scales[part(from)], &matrix.bias[part(from)], &matrix.excess[part(from)]);
    let mut numbers = [0.0f32; PANEL];
    for i in 0..PANEL {
        numbers[i] = (sums[i] - excess[i]) as f32 * (scale * scales[i]) + bias[i];
    }
    match out.get_mut(part(from)) {
        Some(out) => out.copy_from_slice(&numbers),
        None => {
            let rest = &mut out[from..];
            rest.copy_from_slice(&numbers[..rest.len()]);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
    };

    use super::{GROUP, Matrix, PANEL, Rows, Sums, tiles};

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn product_vnni(out: &mut [f32], rows: &Rows, matrix: &Matrix) {
        let (n, panels) = (rows.scales.len(), matrix.scales.len() / PANEL);
        let (eights, fours) = (n / 8 * 8, n / 4 * 4);
        let data = (rows, matrix);
        for p in (0..panels / 3 * 3).step_by(3) {
            tiles::<8, 3>(out, data, 0..eights, p, |a, b, sums| dots_vnni(a, b, sums));
            tiles::<4, 3>(out, data, eights..fours, p, |a, b, sums| dots_vnni(a, b, sums));
            tiles::<1, 3>(out, data, fours..n, p, |a, b, sums| dots_vnni(a, b, sums));
        }
        for p in panels / 3 * 3..panels {
            tiles::<8, 1>(out, data, 0..eights, p, |a, b, sums| dots_vnni(a, b, sums));
            tiles::<1, 1>(out, data, eights..n, p, |a, b, sums| dots_vnni(a, b, sums));
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn dots_vnni<const R: usize, const P: usize>(a: [&[[u8; GROUP]]; R], b: [&[[[i8; GROUP]; PANEL]]; P], sums: &mut [[Sums; P]; R]) {
        let groups = shared_length(&a, &b);
        let mut lanes = [[_mm512_setzero_si512(); P]; R];
        for g in 0..groups {
            // SAFETY: every slice holds `groups` elements, and a panel's group is as long as a register.
            let b: [__m512i; P] = std::array::from_fn(|p| unsafe { _mm512_loadu_si512(b[p].as_ptr().add(g).cast()) });
            for r in 0..R {
                // SAFETY: as above.
                let a = _mm512_set1_epi32(i32::from_ne_bytes(*unsafe { a[r].get_unchecked(g) }));
                for p in 0..P {
                    lanes[r][p] = _mm512_dpbusd_epi32(lanes[r][p], a, b[p]);
                }
            }
        }
        for (sums, lanes) in sums.as_flattened_mut().iter_mut().zip(lanes.as_flattened()) {
            // SAFETY: sixteen sums are as long as a register.
            unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), *lanes) };
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn product_avx2(out: &mut [f32], rows: &Rows, matrix: &Matrix) {
        let n = rows.scales.len();
        for p in 0..matrix.scales.len() / PANEL {
            tiles::<4, 1>(out, (rows, matrix), 0..n / 4 * 4, p, |a, b, sums| dots_avx2(a, b, sums));
            tiles::<1, 1>(out, (rows, matrix), n / 4 * 4..n, p, |a, b, sums| dots_avx2(a, b, sums));
        }
    }

    #[target_feature(enable = "avx2")]
    fn dots_avx2<const R: usize>(a: [&[[u8; GROUP]]; R], b: [&[[[i8; GROUP]; PANEL]]; 1], sums: &mut [[Sums; 1]; R]) {
        let groups = shared_length(&a, &b);
        let ones = _mm256_set1_epi16(1);
        let mut lanes = [[_mm256_setzero_si256(); 2]; R];
        for g in 0..groups {
            // SAFETY: every slice holds `groups` elements, and a panel's group is as long as two registers.
            let b: [__m256i; 2] = std::array::from_fn(|half| unsafe { _mm256_loadu_si256(b[0].as_ptr().add(g).cast::<__m256i>().add(half)) });
            for r in 0..R {
                // SAFETY: as above.
                let a = _mm256_set1_epi32(i32::from_ne_bytes(*unsafe { a[r].get_unchecked(g) }));
                for half in 0..2 {
                    let pairs = _mm256_madd_epi16(_mm256_maddubs_epi16(a, b[half]), ones);
                    lanes[r][half] = _mm256_add_epi32(lanes[r][half], pairs);
                }
            }
        }
        for (sums, lanes) in sums.iter_mut().zip(lanes) {
            for (half, lane) in lanes.into_iter().enumerate() {
                // SAFETY: sixteen sums are as long as two registers.
                unsafe { _mm256_storeu_si256(sums[0].as_mut_ptr().cast::<__m256i>().add(half), lane) };
            }
        }
    }

    /// The length that all slices share.
    fn shared_length<A, B>(a: &[&[A]], b: &[&[B]]) -> usize {
        let groups = b[0].len();
        assert!(a.iter().all(|a| a.len() == groups) && b.iter().all(|b| b.len() == groups), "rows and panels differ in length");
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(n: usize, inputs: usize, outputs: usize) -> (Rows, Matrix, Vec<f32>) {
        let wave = |i: usize| ((i * 7919 % 1009) as f32 / 504.5 - 1.0) * if i.is_multiple_of(13) { 3.0 } else { 1.0 };
        let weights: Vec<f32> = (0..inputs * outputs).map(wave).collect();
        let bias: Vec<f32> = (0..outputs).map(wave).collect();
        let x: Vec<f32> = (0..n * inputs).map(|i| wave(i * 31 + 5)).collect();
        let mut rows = Rows::default();
        rows.normalised(&x, &vec![1.0; inputs], &vec![0.0; inputs]);
        let mut want = vec![0.0; n * outputs];
        let mut normed = vec![0.0; x.len()];
        super::super::kernels::layer_norm(&mut normed, &x, &vec![1.0; inputs], &vec![0.0; inputs]);
        super::super::kernels::matmul(&mut want, &normed, &weights, [n, inputs, outputs], false);
        super::super::kernels::add_bias(&mut want, &bias);
        (rows, Matrix::new(&weights, &bias), want)
    }

    #[test]
    fn products_are_near_those_of_floats() {
        let (rows, matrix, want) = example(19, 96, 75);
        let mut got = vec![0.0; want.len()];
        product(&mut got, &rows, &matrix);
        let error = got.iter().zip(&want).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
        let size = want.iter().map(|b| b * b).sum::<f32>();
        assert!(error < 0.001 * size, "{error} of {size}");
    }

    #[test]
    fn every_processor_computes_the_same_bits() {
        for (n, inputs, outputs) in [(1, 3, 1), (7, 10, 16), (13, 64, 49), (29, 21, 150)] {
            let (rows, matrix, want) = example(n, inputs, outputs);
            let (mut plain, mut best) = (want.clone(), want.clone());
            product_plain(&mut plain, &rows, &matrix);
            product(&mut best, &rows, &matrix);
            assert_eq!(plain, best);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                let mut older = want;
                // SAFETY: the processor has the feature.
                unsafe { x86::product_avx2(&mut older, &rows, &matrix) };
                assert_eq!(plain, older);
            }
        }
    }
}
