use super::Plane;

/// Samples on a side of the tiles that are transposed in registers.
const TILE: usize = 8;
/// Rows that are transposed together, so that whole cache lines are written.
const BAND: usize = 64;

/// Mirrors left to right.
#[must_use]
pub fn mirror(plane: Plane) -> Plane {
    let (width, height) = (plane.width(), plane.height());
    let mut samples = plane.into_samples();
    samples.chunks_exact_mut(width.max(1)).for_each(<[u8]>::reverse);
    Plane::new(width, height, samples)
}

/// Mirrors top to bottom.
#[must_use]
pub fn flip(plane: Plane) -> Plane {
    let (width, height) = (plane.width(), plane.height());
    let mut samples = plane.into_samples();
    let (upper, lower) = samples.split_at_mut(height / 2 * width);
    let rows = upper.chunks_exact_mut(width.max(1)).zip(lower.chunks_exact_mut(width.max(1)).rev());
    rows.for_each(|(above, below)| above.swap_with_slice(below));
    Plane::new(width, height, samples)
}

/// Turns by 180 degrees.
#[must_use]
pub fn turn_half(plane: Plane) -> Plane {
    let (width, height) = (plane.width(), plane.height());
    let mut samples = plane.into_samples();
    samples.reverse();
    Plane::new(width, height, samples)
}

/// Mirrors at the main diagonal: column `x` becomes row `x`.
///
/// ```
/// use kyclint::pixels::{Plane, transpose};
///
/// let plane = Plane::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
/// assert_eq!(transpose(&plane), Plane::new(2, 3, vec![1, 4, 2, 5, 3, 6]));
/// ```
#[must_use]
pub fn transpose(plane: &Plane) -> Plane {
    swap_axes::<false, false>(plane)
}

/// Mirrors at the other diagonal: the last column, read upwards, becomes the first row.
///
/// ```
/// use kyclint::pixels::{Plane, transverse};
///
/// let plane = Plane::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
/// assert_eq!(transverse(&plane), Plane::new(2, 3, vec![6, 3, 5, 2, 4, 1]));
/// ```
#[must_use]
pub fn transverse(plane: &Plane) -> Plane {
    swap_axes::<true, true>(plane)
}

/// Turns clockwise by 90 degrees: the first column, read upwards, becomes the first row.
///
/// ```
/// use kyclint::pixels::{Plane, turn_right};
///
/// let plane = Plane::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
/// assert_eq!(turn_right(&plane), Plane::new(2, 3, vec![4, 1, 5, 2, 6, 3]));
/// ```
#[must_use]
pub fn turn_right(plane: &Plane) -> Plane {
    swap_axes::<true, false>(plane)
}

/// Turns counter-clockwise by 90 degrees: the last column becomes the first row.
///
/// ```
/// use kyclint::pixels::{Plane, turn_left};
///
/// let plane = Plane::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
/// assert_eq!(turn_left(&plane), Plane::new(2, 3, vec![3, 6, 2, 5, 1, 4]));
/// ```
#[must_use]
pub fn turn_left(plane: &Plane) -> Plane {
    swap_axes::<false, true>(plane)
}

/// Makes columns rows: read upwards where `UPWARDS`, written from the last row on where `FROM_END`.
fn swap_axes<const UPWARDS: bool, const FROM_END: bool>(plane: &Plane) -> Plane {
    let (width, height) = (plane.width(), plane.height());
    let mut turned = vec![0; width * height];
    let (whole_columns, whole_rows) = (width / TILE * TILE, height / TILE * TILE);
    for band in (0..whole_rows).step_by(BAND) {
        for x in (0..whole_columns).step_by(TILE) {
            for y in (band..whole_rows.min(band + BAND)).step_by(TILE) {
                swap_tile::<UPWARDS, FROM_END>(plane, x, y, &mut turned);
            }
        }
    }
    for x in 0..width {
        let row = if FROM_END { width - 1 - x } else { x };
        let from = if x < whole_columns { whole_rows } else { 0 };
        for y in from..height {
            let column = if UPWARDS { height - 1 - y } else { y };
            turned[row * height + column] = plane.samples()[y * width + x];
        }
    }
    Plane::new(height, width, turned)
}

/// Swaps the axes of the tile at column `x`, row `y`: a row is one word, and words swap bytes, pairs and quads pairwise.
fn swap_tile<const UPWARDS: bool, const FROM_END: bool>(plane: &Plane, x: usize, y: usize, turned: &mut [u8]) {
    let (width, height) = (plane.width(), plane.height());
    let mut words = [0_u64; TILE];
    for (index, word) in words.iter_mut().enumerate() {
        let row = if UPWARDS { y + TILE - 1 - index } else { y + index };
        let mut bytes = [0; TILE];
        bytes.copy_from_slice(&plane.samples()[row * width + x..][..TILE]);
        *word = u64::from_le_bytes(bytes);
    }
    for (distance, mask) in [(1, 0x00FF_00FF_00FF_00FF_u64), (2, 0x0000_FFFF_0000_FFFF), (4, 0x0000_0000_FFFF_FFFF)] {
        let shift = 8 * distance;
        for low in (0..TILE).filter(|index| index & distance == 0) {
            let swapped = (words[low] >> shift ^ words[low + distance]) & mask;
            words[low] ^= swapped << shift;
            words[low + distance] ^= swapped;
        }
    }
    let column = if UPWARDS { height - TILE - y } else { y };
    for (index, word) in words.iter().enumerate() {
        let row = if FROM_END { width - 1 - x - index } else { x + index };
        turned[row * height + column..][..TILE].copy_from_slice(&word.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::Plane;
    use super::flip;
    use super::mirror;
    use super::transpose;
    use super::transverse;
    use super::turn_half;
    use super::turn_left;
    use super::turn_right;

    fn numbered(width: usize, height: usize) -> Plane {
        Plane::new(width, height, (0..width * height).map(|index| (index * 7 % 251) as u8).collect())
    }

    #[test]
    fn every_sample_lands_on_its_mirror_image_at_the_diagonal() {
        for (width, height) in [(0, 0), (1, 9), (8, 8), (17, 13), (70, 131)] {
            let (plane, turned) = (numbered(width, height), transpose(&numbered(width, height)));
            assert_eq!((turned.width(), turned.height()), (height, width));
            for (y, row) in plane.rows().enumerate() {
                for (x, sample) in row.iter().enumerate() {
                    assert_eq!(turned.row(x)[y], *sample, "{width} x {height} at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn a_turn_in_one_pass_is_a_transposition_and_a_mirroring() {
        for (width, height) in [(0, 0), (1, 9), (8, 8), (17, 13), (70, 131)] {
            let plane = numbered(width, height);
            assert_eq!(turn_right(&plane), mirror(transpose(&plane)), "{width} x {height}");
            assert_eq!(turn_left(&plane), flip(transpose(&plane)), "{width} x {height}");
            assert_eq!(transverse(&plane), turn_half(transpose(&plane)), "{width} x {height}");
        }
    }

    #[test]
    fn turning_twice_restores_the_plane() {
        let plane = numbered(5, 3);
        for turn in [mirror, flip, turn_half, |plane| transpose(&plane), |plane| transverse(&plane)] {
            assert_eq!(turn(turn(plane.clone())), plane);
        }
    }
}
