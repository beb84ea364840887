use std::f32::consts::PI;

use super::sample::TILE;
use super::sample::Tile;

/// Mean power of 64-sample lines at the frequencies 0–32 cycles a tile; 32 is the Nyquist frequency.
pub type LineSpectrum = [f32; 33];

/// Measures the mean power spectrum of a tile's lines, across and down, in one complex FFT.
#[derive(Debug)]
pub struct LineSpectra {
    window: [f32; TILE],
    twiddle: [(f32, f32); TILE / 2],
}

impl Default for LineSpectra {
    fn default() -> Self {
        let window = std::array::from_fn(|n| 0.5 - 0.5 * (2.0 * PI * (n as f32 + 0.5) / TILE as f32).cos());
        let twiddle = std::array::from_fn(|k| {
            let angle = -2.0 * PI * k as f32 / TILE as f32;
            (angle.cos(), angle.sin())
        });
        Self { window, twiddle }
    }
}

impl LineSpectra {
    /// The spectra of the rows and of the columns of `tile`, each line less its mean and under a Hann window.
    ///
    /// The columns are transformed as real parts and the rows as imaginary parts of 64 complex lines side by side, so
    /// that each butterfly is one pass over 64 lanes.
    #[must_use]
    pub fn measure(&self, tile: &Tile) -> (LineSpectrum, LineSpectrum) {
        let (mut re, mut im) = self.lines(tile);
        self.transform(&mut re, &mut im);
        let (mut rows, mut columns) = ([0.0; 33], [0.0; 33]);
        for k in 0..=32 {
            let (p, n) = (reversed(k), reversed((TILE - k) % TILE));
            for lane in 0..TILE {
                let (even_re, odd_im) = (re[p][lane] + re[n][lane], im[p][lane] - im[n][lane]);
                let (odd_re, even_im) = (re[p][lane] - re[n][lane], im[p][lane] + im[n][lane]);
                columns[k] += even_re * even_re + odd_im * odd_im;
                rows[k] += odd_re * odd_re + even_im * even_im;
            }
        }
        let scale = 0.25 / TILE as f32;
        (rows.map(|power| power * scale), columns.map(|power| power * scale))
    }

    fn lines(&self, tile: &Tile) -> (Box<Lines>, Box<Lines>) {
        let mut re = Box::new([[0.0; TILE]; TILE]);
        let mut im = Box::new([[0.0; TILE]; TILE]);
        for (y, row) in tile.chunks_exact(TILE).enumerate() {
            for (x, &sample) in row.iter().enumerate() {
                re[y][x] = f32::from(sample);
                im[x][y] = f32::from(sample);
            }
        }
        self.centre(&mut re);
        self.centre(&mut im);
        (re, im)
    }

    /// Takes the mean from each lane and applies the window.
    fn centre(&self, lines: &mut Lines) {
        let mut mean = [0.0; TILE];
        for line in lines.iter() {
            for (sum, sample) in mean.iter_mut().zip(line) {
                *sum += sample / TILE as f32;
            }
        }
        for (line, weight) in lines.iter_mut().zip(&self.window) {
            for (sample, mean) in line.iter_mut().zip(&mean) {
                *sample = (*sample - mean) * weight;
            }
        }
    }

    /// In-place radix-2 FFT, decimation in frequency: line `reversed(k)` comes out as frequency `k`.
    fn transform(&self, re: &mut Lines, im: &mut Lines) {
        let mut half = TILE / 2;
        while half > 0 {
            for start in (0..TILE).step_by(2 * half) {
                for k in 0..half {
                    let (low, high) = (start + k, start + k + half);
                    let twiddle = self.twiddle[k * (TILE / 2 / half)];
                    let (re_low, re_high) = pair(re, low, high);
                    let (im_low, im_high) = pair(im, low, high);
                    butterfly(twiddle, [re_low, im_low, re_high, im_high]);
                }
            }
            half /= 2;
        }
    }
}

type Lane = [f32; TILE];
type Lines = [Lane; TILE];

fn pair(lines: &mut Lines, low: usize, high: usize) -> (&mut Lane, &mut Lane) {
    let (head, tail) = lines.split_at_mut(high);
    (&mut head[low], &mut tail[0])
}

fn butterfly((c, s): (f32, f32), [re_low, im_low, re_high, im_high]: [&mut Lane; 4]) {
    for lane in 0..TILE {
        let (re, im) = (re_low[lane] - re_high[lane], im_low[lane] - im_high[lane]);
        re_low[lane] += re_high[lane];
        im_low[lane] += im_high[lane];
        re_high[lane] = re * c - im * s;
        im_high[lane] = re * s + im * c;
    }
}

fn reversed(index: usize) -> usize {
    (index as u8).reverse_bits() as usize >> 2
}

#[cfg(test)]
mod tests {
    use super::LineSpectra;
    use crate::pixels::sample::TILE;

    #[test]
    fn a_flat_tile_has_no_power() {
        let (rows, columns) = LineSpectra::default().measure(&[77; TILE * TILE]);
        assert!(rows.iter().chain(&columns).all(|power| power.abs() < 1e-6));
    }

    #[test]
    fn stripes_stand_at_their_frequency_and_direction() {
        let mut tile = [0; TILE * TILE];
        for (index, sample) in tile.iter_mut().enumerate() {
            let x = (index % TILE) as f32;
            *sample = (128.0 + 100.0 * (2.0 * std::f32::consts::PI * 12.0 * x / 64.0).cos()).round() as u8;
        }
        let (rows, columns) = LineSpectra::default().measure(&tile);
        let strongest = (0..33).max_by(|&a, &b| rows[a].total_cmp(&rows[b]));
        assert_eq!(strongest, Some(12));
        assert!((rows[12] - 1600.0f32.powi(2)).abs() < 2e4, "{}", rows[12]);
        assert!(columns.iter().all(|&power| power < 1.0));
    }
}
