use super::Plane;

/// A square cut of 64 x 64 samples, row-major.
pub type Tile = [u8; 64 * 64];

/// Columns and rows of a [`Tile`].
pub const TILE: usize = 64;

/// Where up to `count` tiles start on one axis of `length` samples: spread evenly from end to end and, but for the
/// middle one, symmetric, so that turning a plane by 90 degrees keeps the places. Empty where no tile fits.
#[must_use]
pub fn tile_starts(length: usize, count: usize) -> Vec<usize> {
    let Some(span) = length.checked_sub(TILE) else { return Vec::new() };
    let count = count.min(length / TILE).max(1);
    if count == 1 {
        return vec![span / 2];
    }
    let place = |index: usize| index * span / (count - 1);
    (0..count).map(|index| if 2 * index < count { place(index) } else { span - place(count - 1 - index) }).collect()
}

/// The tile of `plane` whose first sample is at column `x`, row `y`.
///
/// # Panics
/// When the tile leaves the plane.
#[must_use]
pub fn tile_at(plane: &Plane, x: usize, y: usize) -> Box<Tile> {
    let mut tile = Box::new([0; TILE * TILE]);
    for (row, target) in tile.chunks_exact_mut(TILE).enumerate() {
        target.copy_from_slice(&plane.row(y + row)[x..x + TILE]);
    }
    tile
}

#[cfg(test)]
mod tests {
    use super::TILE;
    use super::tile_at;
    use super::tile_starts;
    use crate::pixels::Plane;

    #[test]
    fn starts_are_spread_from_end_to_end() {
        assert_eq!(tile_starts(63, 4), Vec::<usize>::new());
        assert_eq!(tile_starts(66, 4), [1]);
        assert_eq!(tile_starts(264, 3), [0, 100, 200]);
        assert_eq!(tile_starts(365, 4), [0, 100, 201, 301]);
    }

    #[test]
    fn a_tile_holds_the_samples_from_its_corner_on() {
        let samples = (0..100 * 70).map(|index| (index % 251) as u8).collect();
        let plane = Plane::new(100, 70, samples);
        let tile = tile_at(&plane, 36, 6);
        assert_eq!(tile[0], plane.row(6)[36]);
        assert_eq!(tile[TILE * TILE - 1], plane.row(69)[99]);
    }
}
