//! Products of rows with trained matrices in bytes, four to six times as fast as in floats and exact on every processor: sums of integers have no rounding and no order.
//!
//! A matrix keeps a scale for each of its columns, its numbers are −127 to 127. A row of activations is laid on 1 to 127 with a scale of its own, 64 standing for
//! zero: unsigned times signed bytes is what processors multiply and add in one instruction (`vpdpbusd`), and seven bits are what `vpmaddubsw` sums without saturating
//! where that instruction is missing. What 64 adds to each column is taken off at the end.
//!
//! Only products are here: normalising before and the recurrences between them stay in floats ([`super::kernels`]).

use super::kernels::{moments, vectorised};

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod amx;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Columns that are computed side by side.
const PANEL: usize = 16;
/// Inputs that one instruction multiplies and adds.
const GROUP: usize = 4;
/// Room for rows is made in whole multiples of these, so that whoever takes many at once may read beyond the last.
const ROOM: usize = 32;
/// Bytes of a line of the cache: a load that spans two takes twice the time.
const LINE: usize = 64;
/// The byte that stands for zero in a row.
const ZERO: i32 = 64;

type Sums = [i32; PANEL];

/// What a group of inputs has in the columns of a panel, column by column: a register, or a row of a tile, and a line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Group([[i8; GROUP]; PANEL]);

/// A trained matrix: inputs × outputs.
#[derive(Debug, Default)]
pub(crate) struct Matrix {
    groups: usize,
    outputs: usize,
    /// Panel by panel, in it group by group, in it column by column the group's inputs.
    bytes: Vec<Group>,
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
        let mut bytes = vec![Group([[0; GROUP]; PANEL]); groups * panels];
        let mut scales = vec![0.0; panels * PANEL];
        let mut excess = vec![0; panels * PANEL];
        for j in 0..outputs {
            let column = || (0..inputs).map(|i| weights[i * outputs + j]);
            let largest = column().fold(1e-20f32, |m, x| m.max(x.abs()));
            scales[j] = largest / 127.0;
            for (i, x) in column().enumerate() {
                let byte = (x / scales[j]).round() as i8;
                bytes[(j / PANEL) * groups + i / GROUP].0[j % PANEL][i % GROUP] = byte;
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
        let mut laid = vec![Group([[0; GROUP]; PANEL]); groups * panels];
        let mut excess = vec![0; panels * PANEL];
        for ((panel, rows), excess) in laid.chunks_exact_mut(groups).zip(bytes.chunks(inputs * PANEL)).zip(excess.chunks_exact_mut(PANEL)) {
            let parts: Vec<_> = rows.chunks_exact(inputs).map(<[u8]>::as_chunks::<GROUP>).collect();
            // Written in order, which is what memory is fast at.
            for (n, group) in panel.iter_mut().enumerate() {
                for (to, (whole, rest)) in group.0.iter_mut().zip(&parts) {
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
    /// The rows, from the first group on that begins a line of the cache.
    room: Vec<[u8; GROUP]>,
    first: usize,
    scales: Vec<f32>,
    row: Vec<f32>,
}

impl Rows {
    fn make_room(&mut self, rows: usize, width: usize) {
        self.groups = width.div_ceil(GROUP);
        self.scales.resize(rows, 0.0);
        self.room.resize(rows.next_multiple_of(ROOM) * self.groups + LINE / GROUP - 1, [0; GROUP]);
        self.first = self.room.as_ptr().align_offset(LINE).min(LINE / GROUP - 1);
    }

    /// Row by row, the groups of inputs.
    fn groups(&self) -> &[[u8; GROUP]] {
        &self.room[self.first..][..self.scales.len() * self.groups]
    }

    /// Lays the layer-normalised rows of `x` on bytes.
    pub fn normalised(&mut self, x: &[f32], gain: &[f32], bias: &[f32]) {
        let width = gain.len();
        let mut row = std::mem::take(&mut self.row);
        row.resize(width, 0.0);
        self.each(
            x.chunks_exact(width),
            width,
            #[inline(always)]
            |bytes, x| {
                let (mean, inverse) = moments(x);
                for (((row, &x), &g), &b) in row.iter_mut().zip(x).zip(gain).zip(bias) {
                    *row = (x - mean) * inverse * g + b;
                }
                laid_row(bytes, &row)
            },
        );
        self.row = row;
    }

    /// Lays rows of `width` numbers on bytes as they are.
    pub fn laid(&mut self, x: &[f32], width: usize) {
        self.each(x.chunks_exact(width), width, laid_row);
    }

    /// Changes each number of rows of `width` and lays the rows on bytes, while they are at hand. The function must be marked `#[inline(always)]`.
    pub fn laid_by(&mut self, x: &mut [f32], width: usize, change: impl Fn(f32) -> f32) {
        self.each(
            x.chunks_exact_mut(width),
            width,
            #[inline(always)]
            |bytes, x| {
                x.iter_mut().for_each(|x| *x = change(*x));
                laid_row(bytes, x)
            },
        );
    }

    /// Makes room for rows and lays each by a function that returns its scale, marked `#[inline(always)]`.
    fn each<X>(&mut self, mut x: impl ExactSizeIterator<Item = X>, width: usize, mut lay: impl FnMut(&mut [u8], X) -> f32) {
        self.make_room(x.len(), width);
        let groups = self.groups;
        vectorised(
            #[inline(always)]
            || {
                let rows = self.room[self.first..].chunks_exact_mut(groups).zip(&mut self.scales);
                for ((bytes, scale), x) in rows.zip(x.by_ref()) {
                    *scale = lay(bytes.as_flattened_mut(), x);
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
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    if amx::product(out, rows, matrix) {
        return;
    }
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

fn dots_plain([a]: [&[[u8; GROUP]]; 1], [b]: [&[Group]; 1], sums: &mut [[Sums; 1]; 1]) {
    for (a, b) in a.iter().zip(b) {
        for (sum, b) in sums[0][0].iter_mut().zip(&b.0) {
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
    dots: impl Fn([&[[u8; GROUP]]; R], [&[Group]; P], &mut [[Sums; P]; R]),
) {
    let groups = matrix.groups;
    let panels: [&[_]; P] = std::array::from_fn(|p| &matrix.bytes[(first + p) * groups..(first + p + 1) * groups]);
    for at in range.step_by(R) {
        let bytes: [&[_]; R] = std::array::from_fn(|r| &rows.groups()[(at + r) * groups..(at + r + 1) * groups]);
        let mut sums = [[[0; PANEL]; P]; R];
        dots(bytes, panels, &mut sums);
        for p in 0..P {
            finish(out, sums.iter().map(|sums| &sums[p]), at, (rows, matrix), first + p);
        }
    }
}

/// Sums of the rows from `row` on with a panel to numbers: the excess off, scales and bias on.
#[inline(always)]
fn finish<'s>(out: &mut [f32], sums: impl ExactSizeIterator<Item = &'s Sums>, row: usize, (rows, matrix): (&Rows, &Matrix), panel: usize) {
    // Arrays, not slices, and known before the loop, so that they stay in registers.
    let (scales, bias): ([f32; PANEL], [f32; PANEL]) = (matrix.scales.as_chunks().0[panel], matrix.bias.as_chunks().0[panel]);
    let excess: Sums = matrix.excess.as_chunks().0[panel];
    let number = |i: usize, sums: &Sums, scale: f32| (sums[i] - excess[i]) as f32 * (scale * scales[i]) + bias[i];
    let lines = out[row * matrix.outputs..].chunks_mut(matrix.outputs).zip(&rows.scales[row..]);
    for (sums, (line, &scale)) in sums.zip(lines) {
        let numbers: [f32; PANEL] = std::array::from_fn(|i| number(i, sums, scale));
        let out = &mut line[panel * PANEL..];
        match out.first_chunk_mut() {
            Some(out) => *out = numbers,
            None => out.iter_mut().zip(numbers).for_each(|(out, x)| *out = x),
        }
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
        // The last four fill tiles, with and without a rest of rows and panels.
        for (n, inputs, outputs) in [(1, 3, 1), (7, 10, 16), (13, 64, 49), (29, 21, 150), (16, 64, 32), (17, 128, 33), (33, 192, 48), (96, 64, 130)] {
            let (rows, matrix, want) = example(n, inputs, outputs);
            let mut plain = want.clone();
            product_plain(&mut plain, &rows, &matrix);
            let mut best = want.clone();
            product(&mut best, &rows, &matrix);
            assert_eq!(plain, best, "{n} rows of {inputs} times {outputs}");
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                let mut older = want.clone();
                // SAFETY: the processor has the feature.
                unsafe { x86::product_avx2(&mut older, &rows, &matrix) };
                assert_eq!(plain, older);
            }
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw") {
                let mut vectors = want;
                // SAFETY: the processor has the features.
                unsafe { x86::product_vnni(&mut vectors, &rows, &matrix) };
                assert_eq!(plain, vectors);
            }
        }
    }
}
