//! A picture of bytes: sharpening, resizing, turning.

use crate::synth::colour::Rgb;

/// Interleaved sRGB bytes.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) samples: Vec<u8>,
}

/// What a resize weighs neighbours by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Linear,
    Cubic,
}

impl Picture {
    /// Unsharp masking with a 3 x 3 box.
    pub(super) fn sharpened(self, amount: f32) -> Self {
        if amount <= 0.0 || self.width < 3 || self.height < 3 {
            return self;
        }
        let strength = (amount * 256.0 / 9.0) as i32;
        let stride = self.width * 3;
        let mut samples = self.samples.clone();
        for y in 1..self.height - 1 {
            let rows = [y - 1, y, y + 1].map(|r| &self.samples[r * stride..(r + 1) * stride]);
            let out = &mut samples[y * stride + 3..(y + 1) * stride - 3];
            for (i, value) in out.iter_mut().enumerate() {
                let sum: i32 = rows.iter().map(|r| i32::from(r[i]) + i32::from(r[i + 3]) + i32::from(r[i + 6])).sum();
                let own = i32::from(rows[1][i + 3]);
                *value = (own + (((9 * own - sum) * strength) >> 8)).clamp(0, 255) as u8;
            }
        }
        Self { samples, ..self }
    }

    /// Resampled to another size; when it shrinks, the filter widens so that nothing aliases.
    pub(super) fn resized(&self, width: usize, height: usize, filter: Filter) -> Self {
        let across = weights(self.width, width, filter);
        let down = weights(self.height, height, filter);
        let mut narrow = vec![0.0_f32; width * self.height * 3];
        for (source, target) in self.samples.chunks_exact(self.width * 3).zip(narrow.chunks_exact_mut(width * 3)) {
            for ((first, taps), pixel) in across.iter().zip(target.chunks_exact_mut(3)) {
                for (k, weight) in taps.iter().enumerate() {
                    for c in 0..3 {
                        pixel[c] += weight * f32::from(source[(first + k) * 3 + c]);
                    }
                }
            }
        }
        let mut samples = Vec::with_capacity(width * height * 3);
        let mut line = vec![0.0_f32; width * 3];
        for (first, taps) in &down {
            line.fill(0.5);
            for (k, weight) in taps.iter().enumerate() {
                let source = &narrow[(first + k) * width * 3..(first + k + 1) * width * 3];
                for (sum, value) in line.iter_mut().zip(source) {
                    *sum += weight * value;
                }
            }
            samples.extend(line.iter().map(|v| v.clamp(0.0, 255.0) as u8));
        }
        Self { width, height, samples }
    }

    /// The raster as stored so that EXIF `orientation` (1, 3, 6 or 8) turns it upright.
    pub(super) fn stored_for(self, orientation: u8) -> Self {
        let (w, h) = (self.width, self.height);
        let pixel = |x: usize, y: usize| -> Rgb { [0, 1, 2].map(|c| self.samples[(y * w + x) * 3 + c]) };
        let turned = |width: usize, height: usize, from: &dyn Fn(usize, usize) -> (usize, usize)| {
            let mut samples = Vec::with_capacity(w * h * 3);
            for y in 0..height {
                for x in 0..width {
                    let (sx, sy) = from(x, y);
                    samples.extend(pixel(sx, sy));
                }
            }
            Self { width, height, samples }
        };
        match orientation {
            3 => turned(w, h, &|x, y| (w - 1 - x, h - 1 - y)),
            6 => turned(h, w, &|x, y| (w - 1 - y, x)),
            8 => turned(h, w, &|x, y| (y, h - 1 - x)),
            _ => self,
        }
    }
}

/// For each target pixel: first source pixel and the weights from there on.
fn weights(from: usize, to: usize, filter: Filter) -> Vec<(usize, Vec<f32>)> {
    let ratio = from as f32 / to as f32;
    let stretch = ratio.max(1.0);
    let reach = stretch * if filter == Filter::Cubic { 2.0 } else { 1.0 };
    (0..to)
        .map(|i| {
            let centre = (i as f32 + 0.5) * ratio - 0.5;
            let first = (centre - reach).ceil().max(0.0) as usize;
            let last = ((centre + reach).floor() as usize).min(from - 1);
            let mut taps: Vec<f32> =
                (first..=last).map(|k| kernel(filter, (k as f32 - centre).abs() / stretch)).collect();
            let sum: f32 = taps.iter().sum();
            for tap in &mut taps {
                *tap /= sum;
            }
            (first, taps)
        })
        .collect()
}

fn kernel(filter: Filter, d: f32) -> f32 {
    match filter {
        Filter::Linear => (1.0 - d).max(0.0),
        Filter::Cubic if d < 1.0 => (1.5 * d - 2.5) * d * d + 1.0,
        Filter::Cubic if d < 2.0 => ((-0.5 * d + 2.5) * d - 4.0) * d + 2.0,
        Filter::Cubic => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use super::Picture;

    fn numbered() -> Picture {
        Picture { width: 2, height: 3, samples: (0..6_u8).flat_map(|v| [v; 3]).collect() }
    }

    fn reds(picture: &Picture) -> Vec<u8> {
        picture.samples.iter().step_by(3).copied().collect()
    }

    #[test]
    fn orientation_6_stores_the_picture_turned_to_the_left() {
        let stored = numbered().stored_for(6);
        assert_eq!((stored.width, stored.height), (3, 2));
        assert_eq!(reds(&stored), [1, 3, 5, 0, 2, 4]);
    }

    #[test]
    fn orientation_3_stores_it_upside_down() {
        assert_eq!(reds(&numbered().stored_for(3)), [5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn orientation_8_stores_it_turned_to_the_right() {
        assert_eq!(reds(&numbered().stored_for(8)), [4, 2, 0, 5, 3, 1]);
    }

    #[test]
    fn an_even_picture_stays_even_when_resized() {
        let even = Picture { width: 7, height: 5, samples: vec![90; 105] };
        for (filter, size) in [(Filter::Linear, 3), (Filter::Cubic, 16)] {
            assert!(even.resized(size, size, filter).samples.iter().all(|&v| v == 90));
        }
    }
}
