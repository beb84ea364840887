use super::sample::TILE;
use super::tile_spectrum::TileSpectrum;

/// Columns of a spectrum.
const HALF: usize = TILE / 2 + 1;
/// Frequencies to either side that a frequency is compared with.
const REACH: usize = 4;
/// Width of what a frequency is compared with.
const SPAN: f32 = (2 * REACH + 1) as f32;
/// Power of what rounding to whole grey levels leaves under a Hann window, twice: less than that is no pattern.
const ROUNDING: f32 = 100.0;

/// How far the power of each frequency of some tiles stands out of the frequencies around it, summed over the tiles.
#[derive(Clone, Debug)]
pub struct Prominence {
    sums: Box<TileSpectrum>,
    tiles: usize,
}

impl Default for Prominence {
    fn default() -> Self {
        Self { sums: Box::new([[0.0; TILE]; HALF]), tiles: 0 }
    }
}

impl Prominence {
    /// Adds a tile of which that is the spectrum.
    ///
    /// The natural logarithm of each power less its mean over the 9 x 9 frequencies around it; of each 3 x 3 the largest,
    /// so that a pattern whose frequency changes a little from tile to tile stays one.
    pub fn add(&mut self, spectrum: &TileSpectrum) {
        let mut logarithms = Box::new(*spectrum);
        for line in logarithms.iter_mut() {
            for power in line {
                *power = logarithm(*power + ROUNDING);
            }
        }
        let mut above = Box::new([[0.0; TILE]; HALF]);
        let rows = surrounded(&logarithms, REACH);
        for (k, target) in above.iter_mut().enumerate() {
            let around = over_lanes::<REACH>(&over_rows(&rows[k..=k + 2 * REACH], |a, b| a + b), |a, b| a + b);
            for ((target, own), around) in target.iter_mut().zip(&logarithms[k]).zip(&around) {
                *target = own - around / (SPAN * SPAN);
            }
        }
        let rows = surrounded(&above, 1);
        for (k, sum) in self.sums.iter_mut().enumerate() {
            let largest = over_lanes::<1>(&over_rows(&rows[k..k + 3], f32::max), f32::max);
            for (sum, largest) in sum.iter_mut().zip(&largest) {
                *sum += largest;
            }
        }
        self.tiles += 1;
    }

    /// Number of tiles.
    #[must_use]
    pub fn tiles(&self) -> usize {
        self.tiles
    }

    /// The mean over the tiles at `across` (0–32) and `down` (0–63) cycles a tile.
    #[must_use]
    pub fn mean(&self, across: usize, down: usize) -> f32 {
        self.sums[across][down] / self.tiles.max(1) as f32
    }
}

/// The spectrum with `margin` more columns of the mirrored half on either side.
fn surrounded(half: &TileSpectrum, margin: usize) -> Vec<[f32; TILE]> {
    let mirrored = |k: usize| std::array::from_fn(|l| half[k][(TILE - l) % TILE]);
    let before = (1..=margin).rev().map(mirrored);
    let after = (HALF - 1 - margin..HALF - 1).rev().map(mirrored);
    before.chain(half.iter().copied()).chain(after).collect()
}

fn over_rows(rows: &[[f32; TILE]], join: impl Fn(f32, f32) -> f32) -> [f32; TILE] {
    let (first, rest) = rows.split_first().unwrap_or((&[0.0; TILE], &[]));
    let mut joined = *first;
    for row in rest {
        for (joined, value) in joined.iter_mut().zip(row) {
            *joined = join(*joined, *value);
        }
    }
    joined
}

/// Each value joined with `REACH` neighbours on either side, the last one being the first one's.
fn over_lanes<const REACH: usize>(line: &[f32; TILE], join: impl Fn(f32, f32) -> f32) -> [f32; TILE] {
    let mut around = [0.0; 2 * TILE];
    around[..REACH].copy_from_slice(&line[TILE - REACH..]);
    around[REACH..REACH + TILE].copy_from_slice(line);
    around[REACH + TILE..TILE + 2 * REACH].copy_from_slice(&line[..REACH]);
    let mut joined = [0.0; TILE];
    joined.copy_from_slice(&around[..TILE]);
    for shift in 1..=2 * REACH {
        for (joined, value) in joined.iter_mut().zip(&around[shift..shift + TILE]) {
            *joined = join(*joined, *value);
        }
    }
    joined
}

/// The natural logarithm of a positive normal number, to 0.01: a parabola between powers of two.
fn logarithm(value: f32) -> f32 {
    let bits = value.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = f32::from_bits(bits & 0x007f_ffff | 0x3f80_0000);
    std::f32::consts::LN_2 * (exponent + (2.0 - mantissa / 3.0) * mantissa - 5.0 / 3.0)
}

#[cfg(test)]
mod tests {
    use super::Prominence;
    use super::logarithm;
    use crate::pixels::sample::TILE;

    #[test]
    fn the_logarithm_is_right_to_a_hundredth() {
        for value in [1.0_f32, 1.4, 1.99, 2.0, 100.0, 3e7] {
            assert!((logarithm(value) - value.ln()).abs() < 0.01, "{value}");
        }
    }

    #[test]
    fn a_line_in_a_level_spectrum_stands_out_where_it_is() {
        let mut spectrum = [[1000.0; TILE]; TILE / 2 + 1];
        spectrum[0][20] = 1e6;
        // The mirrored half of the same wave.
        spectrum[0][44] = 1e6;
        let mut prominence = Prominence::default();
        prominence.add(&spectrum);
        let expected = (1_000_100.0_f32 / 1100.0).ln() * 80.0 / 81.0;
        for (across, down) in [(0, 20), (1, 21), (0, 43)] {
            assert!((prominence.mean(across, down) - expected).abs() < 0.03);
        }
        assert!(prominence.mean(9, 20).abs() < 0.01 && prominence.mean(0, 0).abs() < 0.01);
        assert_eq!(prominence.tiles(), 1);
    }
}
