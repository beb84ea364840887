use super::fourier::Lane;
use super::fourier::LineTransform;
use super::fourier::Lines;
use super::fourier::hann;
use super::fourier::reversed;
use super::sample::TILE;
use super::sample::Tile;

/// Mean power of 64-sample lines at the frequencies 0–32 cycles a tile; 32 is the Nyquist frequency.
pub type LineSpectrum = [f32; 33];

/// Measures the mean power spectrum of a tile's lines, across and down, in one complex FFT.
#[derive(Debug)]
pub struct LineSpectra {
    window: Lane,
    transform: LineTransform,
}

impl Default for LineSpectra {
    fn default() -> Self {
        Self { window: hann(), transform: LineTransform::default() }
    }
}

impl LineSpectra {
    /// The spectra of the rows and of the columns of `tile`, each line less its mean and under a Hann window.
    ///
    /// The columns are transformed as real parts and the rows as imaginary parts of 64 complex lines.
    #[must_use]
    pub fn measure(&self, tile: &Tile) -> (LineSpectrum, LineSpectrum) {
        let (mut re, mut im) = self.lines(tile);
        self.transform.apply(&mut re, &mut im);
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
