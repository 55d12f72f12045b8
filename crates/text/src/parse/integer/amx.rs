//! Products by the tiles of newer Xeons (Intel AMX): one instruction multiplies sixteen rows with a panel, sixteen groups of inputs at once, and adds in the same
//! whole numbers as every other way, so that the bits are the same. The standard library does not have these instructions yet, so they are spelt out.

use std::arch::asm;
use std::arch::x86_64::{__cpuid, __cpuid_count};
use std::sync::OnceLock;

use super::{GROUP, Matrix, PANEL, ROOM, Rows, Sums, finish};

/// Groups of inputs that one instruction takes: a row of a tile has 64 bytes.
const STEP: usize = 16;
/// Rows that a tile has at most.
const TILE_ROWS: usize = ROOM / 2;
/// Fewer rows than these do not fill the tiles.
const FEWEST_ROWS: usize = 16;

/// Whether processor and system let tiles be used; asks the system for it the first time.
fn are_there() -> bool {
    static THERE: OnceLock<bool> = OnceLock::new();
    *THERE.get_or_init(|| {
        /// Asks that the data of tiles be kept for this process (`ARCH_REQ_XCOMP_PERM`, `XFEATURE_XTILEDATA`).
        const ASK: libc::c_long = 0x1023;
        const TILE_DATA: libc::c_long = 18;
        /// `AMX-TILE` and `AMX-INT8`.
        const BITS: u32 = 1 << 24 | 1 << 25;
        let known = __cpuid(0).eax >= 7 && __cpuid_count(7, 0).edx & BITS == BITS;
        let vectors = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
        // SAFETY: the call reads nothing of ours and changes only how much of a thread's registers the system keeps; where it is unknown it fails.
        known && vectors && unsafe { libc::syscall(libc::SYS_arch_prctl, ASK, TILE_DATA) } == 0
    })
}

/// The product in `out`; `false`, and nothing done, where tiles are not to be had or the shapes do not fill them.
pub(super) fn product(out: &mut [f32], rows: &Rows, matrix: &Matrix) -> bool {
    let fits = rows.scales.len() >= FEWEST_ROWS && matrix.groups >= STEP && matrix.groups.is_multiple_of(STEP) && matrix.scales.len() >= 2 * PANEL;
    if !fits || !are_there() {
        return false;
    }
    // SAFETY: the processor has the features, and the system keeps the tiles.
    unsafe { product_in_tiles(out, rows, matrix) };
    true
}

/// How many rows and bytes of a row each tile has, as `ldtilecfg` reads it.
#[repr(C, align(64))]
struct Shape {
    palette: u8,
    start: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

impl Shape {
    /// Tiles 0 to 3 hold sums, 4 and 5 rows, 6 and 7 panels: each of the two by each of the two.
    fn of(size: usize) -> Shape {
        let mut shape = Shape { palette: 1, start: 0, reserved: [0; 14], row_bytes: [0; 16], rows: [0; 16] };
        shape.row_bytes[..8].fill((STEP * GROUP) as u16);
        shape.rows[..6].fill(size as u8);
        shape.rows[6..8].fill(STEP as u8);
        shape
    }
}

/// What tiles 0 to 3 hold, row by row.
#[repr(C, align(64))]
struct Block([[Sums; TILE_ROWS]; 4]);

#[target_feature(enable = "avx512f,avx512bw")]
fn product_in_tiles(out: &mut [f32], rows: &Rows, matrix: &Matrix) {
    let (n, panels, groups) = (rows.scales.len(), matrix.scales.len() / PANEL, matrix.groups);
    // Tiles of one size, since a change of it costs as much as a tile; the last ones may reach beyond the rows, where there is room.
    let tiles = n.div_ceil(ROOM) * 2;
    let size = n.div_ceil(tiles);
    let laid = &rows.room[rows.first..][..tiles * size * groups];
    let shape = Shape::of(size);
    // SAFETY: the shape is as long as what is read, and its tiles are within what the palette allows: 1 to 16 rows of 64 bytes.
    unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const shape, options(nostack, preserves_flags, readonly)) };
    let mut block = Block([[[0; PANEL]; TILE_ROWS]; 4]);
    // The last panel of an odd number is computed beside the one before it, which gives that the same once more.
    for panel in (0..panels).step_by(2).map(|p| p.min(panels - 2)) {
        let b = [panel, panel + 1].map(|p| matrix.bytes[p * groups..(p + 1) * groups].as_ptr());
        for (pair, lines) in laid.chunks_exact(2 * size * groups).enumerate() {
            let a = [lines.as_ptr(), lines[size * groups..].as_ptr()];
            // SAFETY: rows and panels hold `groups` groups each, of which there are whole steps, and there are as many rows as the shape says.
            unsafe { four_tiles(&mut block, a.map(<*const _>::cast), b.map(<*const _>::cast), groups) };
            for (c, tile) in block.0.iter().enumerate() {
                let first = (2 * pair + c / 2) * size;
                if first < n {
                    finish(out, tile[..size.min(n - first)].iter(), first, (rows, matrix), panel + c % 2);
                }
            }
        }
    }
    // SAFETY: nothing of the tiles is needed any more.
    unsafe { asm!("tilerelease", options(nostack, preserves_flags, nomem)) };
}

/// Sums of the products of two tiles of rows with two panels.
///
/// # Safety
/// The tiles are shaped by [`Shape::of`]; `a` point to as many rows of `groups` groups as that says, `b` to `groups` groups of a panel, and these are whole steps.
#[inline]
unsafe fn four_tiles(block: &mut Block, a: [*const u8; 2], b: [*const u8; 2], groups: usize) {
    // SAFETY: as the caller says; the sums are as large as four tiles.
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "2:",
            "tileloadd tmm4, [{a0} + {row}]",
            "tileloadd tmm6, [{b0} + {line}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{b1} + {line}]",
            "tdpbusd tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{a1} + {row}]",
            "tdpbusd tmm2, tmm5, tmm6",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {a0}, 64",
            "add {a1}, 64",
            "add {b0}, 1024",
            "add {b1}, 1024",
            "dec {steps}",
            "jnz 2b",
            "tilestored [{out} + {line}], tmm0",
            "tilestored [{out} + {line} + 1024], tmm1",
            "tilestored [{out} + {line} + 2048], tmm2",
            "tilestored [{out} + {line} + 3072], tmm3",
            a0 = inout(reg) a[0] => _,
            a1 = inout(reg) a[1] => _,
            b0 = inout(reg) b[0] => _,
            b1 = inout(reg) b[1] => _,
            steps = inout(reg) groups / STEP => _,
            row = in(reg) groups * GROUP,
            line = in(reg) PANEL * GROUP,
            out = in(reg) block.0.as_mut_ptr(),
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _, out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack),
        );
    }
}
