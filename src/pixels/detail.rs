use super::Plane;
use super::sample::TILE;
use super::sample::Tile;
use super::sample::tile_at;
use super::sample::tile_starts;

/// The `count` tiles with the largest mean difference between neighbouring samples, most detailed first, each with that
/// difference, out of a lattice of up to 16 x 16 over `plane`.
#[must_use]
pub fn detailed_tiles(plane: &Plane, count: usize) -> Vec<(f64, Box<Tile>)> {
    let columns = tile_starts(plane.width(), 16);
    let places = tile_starts(plane.height(), 16).into_iter().flat_map(|y| columns.iter().map(move |&x| (x, y)));
    let mut ranked: Vec<_> = places.map(|(x, y)| (activity(plane, x, y), x, y)).collect();
    ranked.sort_by_key(|&(sum, ..)| std::cmp::Reverse(sum));
    let pairs = 2.0 * (TILE * (TILE - 1)) as f64;
    ranked.iter().take(count).map(|&(sum, x, y)| (f64::from(sum) / pairs, tile_at(plane, x, y))).collect()
}

/// Sum of absolute differences between neighbours, across and down.
fn activity(plane: &Plane, x: usize, y: usize) -> u32 {
    let row = |n: usize| &plane.row(y + n)[x..x + TILE];
    let across: u32 = (0..TILE).map(|n| difference(&row(n)[1..], &row(n)[..TILE - 1])).sum();
    let down: u32 = (1..TILE).map(|n| difference(row(n), row(n - 1))).sum();
    across + down
}

fn difference(a: &[u8], b: &[u8]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
}

#[cfg(test)]
mod tests {
    use super::detailed_tiles;
    use crate::pixels::Plane;

    #[test]
    fn the_striped_corner_comes_first() {
        let samples = (0..192 * 128).map(|n| if n % 192 >= 128 && n / 192 < 64 { (n % 2 * 10) as u8 } else { 7 });
        let tiles = detailed_tiles(&Plane::new(192, 128, samples.collect()), 2);
        assert_eq!(tiles.len(), 2);
        assert!((tiles[0].0 - 5.0).abs() < 1e-9, "{}", tiles[0].0);
        assert!(tiles[1].0.abs() < 1e-9);
    }

    #[test]
    fn a_plane_smaller_than_a_tile_has_none() {
        assert!(detailed_tiles(&Plane::new(63, 500, vec![0; 63 * 500]), 4).is_empty());
    }
}
