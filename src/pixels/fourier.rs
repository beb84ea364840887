use std::f32::consts::PI;

use super::sample::TILE;

/// A sample each of 64 lines side by side.
pub(super) type Lane = [f32; TILE];
/// 64 lines of 64 samples side by side: the first index counts along the lines.
pub(super) type Lines = [Lane; TILE];

/// The Fourier transform of 64 complex lines of 64 samples side by side, so that each butterfly is one pass over 64 lanes.
#[derive(Debug)]
pub(super) struct LineTransform {
    twiddle: [(f32, f32); TILE / 2],
}

impl Default for LineTransform {
    fn default() -> Self {
        let twiddle = std::array::from_fn(|k| {
            let angle = -2.0 * PI * k as f32 / TILE as f32;
            (angle.cos(), angle.sin())
        });
        Self { twiddle }
    }
}

impl LineTransform {
    /// In-place radix-2 FFT, decimation in frequency: line [`reversed`]`(k)` comes out as frequency `k`.
    pub(super) fn apply(&self, re: &mut Lines, im: &mut Lines) {
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

/// Weights that let a tile fade out at its borders (Hann).
pub(super) fn hann() -> Lane {
    std::array::from_fn(|n| 0.5 - 0.5 * (2.0 * PI * (n as f32 + 0.5) / TILE as f32).cos())
}

/// Six binary digits in reverse order.
pub(super) fn reversed(index: usize) -> usize {
    (index as u8).reverse_bits() as usize >> 2
}

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
