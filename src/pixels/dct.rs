use super::sample::TILE;
use super::sample::Tile;

/// The 4 x 4 lowest frequencies of an 8 x 8 block's DCT, row-major: index `4 * v + u`, `u` across and `v` down.
pub type LowDct = [f32; 16];

/// The lowest frequencies of the DCT, as JPEG scales it, of each of the 64 blocks of `tile`, whose first block starts
/// at its first sample.
///
/// JPEG's DCT is the orthonormal one: a flat block of value 128 + c has 8 c at frequency (0, 0) and nothing elsewhere.
#[must_use]
pub fn low_dct(tile: &Tile) -> Vec<LowDct> {
    let mut blocks = Vec::with_capacity(64);
    for stripe in tile.chunks_exact(8 * TILE) {
        let vertical = fold_rows(stripe);
        blocks.extend((0..8).map(|block| fold_columns(&vertical, 8 * block)));
    }
    blocks
}

/// cos((2 n + 1) k pi / 16) / 2, with the row k = 0 divided by the square root of 2.
const BASIS: [[f32; 8]; 4] = [
    [0.353_553_4; 8],
    [0.490_392_6, 0.415_734_8, 0.277_785_1, 0.097_545_2, -0.097_545_2, -0.277_785_1, -0.415_734_8, -0.490_392_6],
    [0.461_939_8, 0.191_341_7, -0.191_341_7, -0.461_939_8, -0.461_939_8, -0.191_341_7, 0.191_341_7, 0.461_939_8],
    [0.415_734_8, -0.097_545_2, -0.490_392_6, -0.277_785_1, 0.277_785_1, 0.490_392_6, 0.097_545_2, -0.415_734_8],
];

fn fold_rows(stripe: &[u8]) -> [[f32; TILE]; 4] {
    let mut folded = [[0.0; TILE]; 4];
    for (y, row) in stripe.chunks_exact(TILE).enumerate() {
        for (basis, target) in BASIS.iter().zip(&mut folded) {
            for (sum, &sample) in target.iter_mut().zip(row) {
                *sum += basis[y] * (f32::from(sample) - 128.0);
            }
        }
    }
    folded
}

fn fold_columns(vertical: &[[f32; TILE]; 4], x: usize) -> LowDct {
    let mut block = [0.0; 16];
    for (line, row) in block.chunks_exact_mut(4).zip(vertical) {
        for (sum, basis) in line.iter_mut().zip(&BASIS) {
            *sum = basis.iter().zip(&row[x..x + 8]).map(|(a, b)| a * b).sum();
        }
    }
    block
}

#[cfg(test)]
mod tests {
    use super::BASIS;
    use super::low_dct;
    use crate::pixels::sample::TILE;

    #[test]
    fn a_flat_block_has_nothing_but_its_mean() {
        let blocks = low_dct(&[138; TILE * TILE]);
        assert_eq!(blocks.len(), 64);
        assert!((blocks[63][0] - 80.0).abs() < 1e-3);
        assert!(blocks[63][1..].iter().all(|c| c.abs() < 1e-3));
    }

    #[test]
    fn a_cosine_across_stands_at_its_own_frequency() {
        let mut tile = [128; TILE * TILE];
        for (index, sample) in tile.iter_mut().enumerate() {
            *sample = (128.0 + 200.0 * BASIS[2][index % 8]).round() as u8;
        }
        let block = low_dct(&tile)[9];
        assert!((block[2] - 400.0 * 2f32.sqrt()).abs() < 4.0, "{block:?}");
        assert!(block.iter().enumerate().all(|(index, c)| index == 2 || c.abs() < 1.0), "{block:?}");
    }
}
