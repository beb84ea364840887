use super::fourier::Lane;
use super::fourier::LineTransform;
use super::fourier::Lines;
use super::fourier::hann;
use super::fourier::reversed;
use super::sample::TILE;
use super::sample::Tile;

/// Power of a tile by frequency: the first index counts cycles a tile across, 0–32, the second cycles down modulo 64. The
/// other half of the plane mirrors this one.
pub type TileSpectrum = [Lane; TILE / 2 + 1];

/// Measures the power spectra of tiles, two of them in one complex FFT.
#[derive(Debug)]
pub struct TileSpectra {
    window: Lane,
    transform: LineTransform,
}

impl Default for TileSpectra {
    fn default() -> Self {
        Self { window: hann(), transform: LineTransform::default() }
    }
}

impl TileSpectra {
    /// The spectra of `tiles`, each less its mean and under a Hann window.
    #[must_use]
    pub fn measure(&self, tiles: [&Tile; 2]) -> [Box<TileSpectrum>; 2] {
        let [mut re, mut im] = tiles.map(|tile| self.windowed(tile));
        for _axis in 0..2 {
            self.transform.apply(&mut re, &mut im);
            transpose(&mut re);
            transpose(&mut im);
        }
        let [mut first, mut second] = [(); 2].map(|()| Box::new([[0.0; TILE]; TILE / 2 + 1]));
        for (k, lines) in first.iter_mut().zip(second.iter_mut()).enumerate() {
            let (q, m) = (reversed(k), reversed((TILE - k) % TILE));
            for (l, (first, second)) in lines.0.iter_mut().zip(lines.1).enumerate() {
                let (p, n) = (reversed(l), reversed((TILE - l) % TILE));
                let (even_re, odd_re) = (re[p][q] + re[n][m], re[p][q] - re[n][m]);
                let (even_im, odd_im) = (im[p][q] + im[n][m], im[p][q] - im[n][m]);
                *first = 0.25 * (even_re * even_re + odd_im * odd_im);
                *second = 0.25 * (odd_re * odd_re + even_im * even_im);
            }
        }
        [first, second]
    }

    fn windowed(&self, tile: &Tile) -> Box<Lines> {
        let sum: u32 = tile.iter().map(|&sample| u32::from(sample)).sum();
        let mean = sum as f32 / (TILE * TILE) as f32;
        let mut lines = Box::new([[0.0; TILE]; TILE]);
        for ((line, row), down) in lines.iter_mut().zip(tile.chunks_exact(TILE)).zip(&self.window) {
            for ((target, &sample), across) in line.iter_mut().zip(row).zip(&self.window) {
                *target = (f32::from(sample) - mean) * (down * across);
            }
        }
        lines
    }
}

fn transpose(lines: &mut Lines) {
    for y in 1..TILE {
        let (above, rest) = lines.split_at_mut(y);
        for (x, line) in above.iter_mut().enumerate() {
            std::mem::swap(&mut line[y], &mut rest[0][x]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TileSpectra;
    use crate::pixels::sample::TILE;
    use crate::pixels::sample::Tile;
    use std::f64::consts::TAU;

    fn grain(seed: u32) -> Box<Tile> {
        let mut state = seed;
        Box::new(std::array::from_fn(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        }))
    }

    /// By definition: the sum over all samples.
    fn power(tile: &Tile, k: usize, l: usize) -> f64 {
        let mean = tile.iter().map(|&sample| f64::from(sample)).sum::<f64>() / tile.len() as f64;
        let hann = |n: usize| 0.5 - 0.5 * (TAU * (n as f64 + 0.5) / 64.0).cos();
        let (mut re, mut im) = (0.0, 0.0);
        for (at, &sample) in tile.iter().enumerate() {
            let (x, y) = (at % TILE, at / TILE);
            let value = (f64::from(sample) - mean) * hann(x) * hann(y);
            let (sin, cos) = (-TAU * (x * k + y * l) as f64 / 64.0).sin_cos();
            re += value * cos;
            im += value * sin;
        }
        re * re + im * im
    }

    #[test]
    fn the_power_is_that_of_the_sum_over_all_samples() {
        let tiles = [grain(1), grain(2)];
        let spectra = TileSpectra::default().measure([&tiles[0], &tiles[1]]);
        for (k, l) in [(0, 1), (1, 0), (7, 13), (12, 51), (32, 32), (32, 5), (0, 63)] {
            for (tile, spectrum) in tiles.iter().zip(&spectra) {
                let expected = power(tile, k, l);
                let found = f64::from(spectrum[k][l]);
                assert!((found - expected).abs() < 1e-3 * expected + 1.0, "{k}, {l}: {found} for {expected}");
            }
        }
    }

    #[test]
    fn a_flat_tile_beside_a_striped_one_has_no_power() {
        let stripes = Box::new(std::array::from_fn(|at| if at % 8 < 4 { 0 } else { 200 }));
        let [striped, flat] = TileSpectra::default().measure([&stripes, &[90; TILE * TILE]]);
        assert!(striped[8][0] > 1e8);
        assert!(flat.as_flattened().iter().all(|&power| power < 1.0));
    }
}
