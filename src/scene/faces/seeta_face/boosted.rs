//! The classifier that looks at every window: boosted tables over locally assembled binary features (Yan, Shan, Chen, Gao
//! 2008, "Locally assembled binary (LAB) feature with feature-centric cascade for fast and accurate face detection").

use super::WINDOW;
use crate::pixels::Plane;

/// Side of the squares whose sums a feature compares, pixels.
const SQUARE: usize = 3;
/// Side of a feature, three squares, pixels.
const FEATURE: usize = 3 * SQUARE;
/// The squares around the middle one, row and column, and the bit that each has in a feature.
const RING: [(usize, usize, u8); 8] =
    [(0, 0, 0x80), (0, 1, 0x40), (0, 2, 0x20), (1, 0, 0x10), (1, 2, 0x08), (2, 0, 0x04), (2, 1, 0x02), (2, 2, 0x01)];
/// After so many tables a window may be dropped.
const GROUP: usize = 10;
/// Standard deviation of a window at least, grey levels: flatter ones are no face.
const LEAST_DEVIATION: f64 = 10.0;

/// A table that gives each value of one feature its weight.
#[derive(Debug)]
pub(super) struct Weak {
    /// Column and row of the feature in the window.
    pub(super) place: [usize; 2],
    pub(super) weights: Box<[f32; 256]>,
    /// What the sum must reach here, if a group ends here.
    pub(super) threshold: f32,
}

/// A boosted classifier.
#[derive(Debug)]
pub(super) struct Boosted(Vec<Weak>);

impl Boosted {
    /// `None` where a feature lies outside the window or the last group is not whole.
    pub(super) fn new(weak: Vec<Weak>) -> Option<Self> {
        let inside = weak.iter().all(|weak| weak.place.iter().all(|&place| place <= WINDOW - FEATURE));
        (inside && weak.len().is_multiple_of(GROUP)).then_some(Self(weak))
    }

    /// The score of the window at column `x`, row `y`, or `None` where it is no face.
    pub(super) fn score(&self, features: &Features, x: usize, y: usize) -> Option<f32> {
        let codes = &features.codes[y * features.width + x..];
        let mut score = 0.0;
        for group in self.0.as_chunks::<GROUP>().0 {
            for Weak { place: [column, row], weights, .. } in group {
                score += weights[usize::from(codes[row * features.width + column])];
            }
            if score < group[GROUP - 1].threshold {
                return None;
            }
        }
        Some(score)
    }
}

/// What the boosted classifiers know of a raster.
#[derive(Debug)]
pub(super) struct Features {
    width: usize,
    /// The feature whose top left is that sample; 0 where none fits.
    codes: Vec<u8>,
    /// Sums of samples and of their squares above and left of a corner between samples, modulo 2^32.
    sums: Vec<[u32; 2]>,
}

impl Features {
    /// The features of `raster`, of which both sides are at least a window's.
    pub(super) fn of(raster: &Plane) -> Self {
        let sums = integral(raster);
        Self { width: raster.width(), codes: codes(raster, &sums), sums }
    }

    /// Whether there is enough contrast for a face in the window at column `x`, row `y`.
    pub(super) fn varies(&self, x: usize, y: usize) -> bool {
        let area = (WINDOW * WINDOW) as f64;
        let [sum, squares] = [0, 1].map(|of| f64::from(rectangle(&self.sums, self.width, [x, y], WINDOW, of)));
        let (mean, mean_square) = (sum / area, squares / area);
        mean_square - mean * mean > LEAST_DEVIATION * LEAST_DEVIATION
    }
}

/// One row and column more than `raster` has.
fn integral(raster: &Plane) -> Vec<[u32; 2]> {
    let stride = raster.width() + 1;
    let mut sums = vec![[0_u32; 2]; stride * (raster.height() + 1)];
    for (y, row) in raster.rows().enumerate() {
        let (above, below) = sums.split_at_mut((y + 1) * stride);
        let (above, below) = (&above[y * stride + 1..], &mut below[1..stride]);
        let (mut sum, mut squares) = (0_u32, 0_u32);
        for ((into, above), &sample) in below.iter_mut().zip(above).zip(row) {
            let sample = u32::from(sample);
            sum = sum.wrapping_add(sample);
            squares = squares.wrapping_add(sample * sample);
            *into = [above[0].wrapping_add(sum), above[1].wrapping_add(squares)];
        }
    }
    sums
}

/// The sum over the square of `side` whose top left is at `[x, y]`.
fn rectangle(sums: &[[u32; 2]], width: usize, [x, y]: [usize; 2], side: usize, of: usize) -> u32 {
    let corner = |x: usize, y: usize| sums[y * (width + 1) + x][of];
    let (right, bottom) = (x + side, y + side);
    corner(right, bottom).wrapping_sub(corner(x, bottom)).wrapping_add(corner(x, y)).wrapping_sub(corner(right, y))
}

fn codes(raster: &Plane, sums: &[[u32; 2]]) -> Vec<u8> {
    let (width, height) = (raster.width(), raster.height());
    let squares = squares(sums, width, height);
    let mut codes = vec![0; width * height];
    for (y, codes) in codes.chunks_exact_mut(width).take(height + 1 - FEATURE).enumerate() {
        let row = |down: usize| &squares[(y + down * SQUARE) * width..][..width];
        compare([row(0), row(1), row(2)], &mut codes[..=width - FEATURE]);
    }
    codes
}

/// A bit for each of the eight squares around the middle one, set where that is not darker, row after row from the top left.
fn compare(rows: [&[u16]; 3], codes: &mut [u8]) {
    let length = codes.len();
    let square = |row: usize, column: usize| &rows[row][column * SQUARE..][..length];
    for (row, column, bit) in RING {
        for ((code, middle), other) in codes.iter_mut().zip(square(1, 1)).zip(square(row, column)) {
            *code |= if middle >= other { bit } else { 0 };
        }
    }
}

/// The sum of the square whose top left is that sample; 0 where none fits.
fn squares(sums: &[[u32; 2]], width: usize, height: usize) -> Vec<u16> {
    let mut squares = vec![0; width * height];
    for (y, row) in squares.chunks_exact_mut(width).take(height + 1 - SQUARE).enumerate() {
        let above = &sums[y * (width + 1)..][..=width];
        let below = &sums[(y + SQUARE) * (width + 1)..][..=width];
        for ((square, above), below) in row.iter_mut().zip(above.windows(SQUARE + 1)).zip(below.windows(SQUARE + 1)) {
            let [above, below] = [above, below].map(|span| span[SQUARE][0].wrapping_sub(span[0][0]));
            *square = below.wrapping_sub(above) as u16;
        }
    }
    squares
}
