//! Products by the vector instructions of x86 processors.

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32,
    _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
};

use super::{GROUP, Group, Matrix, PANEL, Rows, Sums, tiles};

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
fn dots_vnni<const R: usize, const P: usize>(a: [&[[u8; GROUP]]; R], b: [&[Group]; P], sums: &mut [[Sums; P]; R]) {
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
fn dots_avx2<const R: usize>(a: [&[[u8; GROUP]]; R], b: [&[Group]; 1], sums: &mut [[Sums; 1]; R]) {
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
