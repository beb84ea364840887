//! A picture in linear light, and what the lens and the hand do to it.

/// Linear light, red, green, blue; 1 is the sensor's white at normal exposure.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) light: Vec<[f32; 3]>,
}

/// One tap of a small kernel: offset in pixels and weight.
type Tap = (i32, i32, f32);

impl Frame {
    pub(super) fn dark(width: usize, height: usize) -> Self {
        Self { width, height, light: vec![[0.0; 3]; width * height] }
    }

    /// Defocus: every point becomes a disc of `radius` pixels (a thin lens with a round aperture).
    pub(super) fn defocus(&mut self, radius: f32) {
        if radius < 0.3 {
            return;
        }
        if radius < 2.5 {
            let taps = small_disc(radius);
            self.convolve(&taps);
            return;
        }
        if radius >= 8.0 {
            // So wide a disc leaves nothing that a smaller picture could not hold.
            let factor = (radius / 4.0) as usize;
            let mut small = self.reduced(factor);
            small.defocus(radius / factor as f32);
            self.enlarge_from(&small, factor);
            return;
        }
        let reach = radius.ceil() as i32;
        let chords: Vec<(i32, f32)> = (-reach..=reach)
            .map(|dy| (dy, (radius * radius - (dy * dy) as f32).max(0.0).sqrt()))
            .filter(|&(_, half)| half > 0.0)
            .collect();
        let area: f32 = chords.iter().map(|(_, half)| 2.0 * half).sum();
        let margin = reach as usize + 2;
        let (width, last) = (self.width, self.height as i32 - 1);
        let sums: Vec<RunningSums> =
            self.light.chunks_exact(width).map(|row| RunningSums::new(&pad(row, margin), margin)).collect();
        for (y, row) in self.light.chunks_exact_mut(width).enumerate() {
            row.fill([0.0; 3]);
            for &(dy, half) in &chords {
                sums[(y as i32 + dy).clamp(0, last) as usize].add_windows(half, row);
            }
            for value in row.as_flattened_mut() {
                *value /= area;
            }
        }
    }

    /// Means of squares of `factor` x `factor` pixels; the last ones may be smaller.
    fn reduced(&self, factor: usize) -> Self {
        let mut small = Self::dark(self.width.div_ceil(factor), self.height.div_ceil(factor));
        for y in 0..small.height {
            let rows = y * factor..((y + 1) * factor).min(self.height);
            for x in 0..small.width {
                let columns = x * factor..((x + 1) * factor).min(self.width);
                let count = (rows.len() * columns.len()) as f32;
                let mut sum = [0.0; 3];
                for row in rows.clone() {
                    for light in &self.light[row * self.width + columns.start..row * self.width + columns.end] {
                        sum = [0, 1, 2].map(|c| sum[c] + light[c]);
                    }
                }
                small.light[y * small.width + x] = sum.map(|v| v / count);
            }
        }
        small
    }

    /// Inverse of [`Self::reduced`] for a smooth picture, bilinear.
    fn enlarge_from(&mut self, small: &Self, factor: usize) {
        let place = |i: usize, limit: usize| {
            let at = (((i as f32 + 0.5) / factor as f32) - 0.5).clamp(0.0, (limit - 1) as f32);
            (at as usize, (at as usize + 1).min(limit - 1), at.fract())
        };
        let columns: Vec<_> = (0..self.width).map(|x| place(x, small.width)).collect();
        for (y, row) in self.light.chunks_exact_mut(self.width).enumerate() {
            let (y0, y1, ty) = place(y, small.height);
            let [top, bottom] = [y0, y1].map(|r| &small.light[r * small.width..(r + 1) * small.width]);
            for (light, &(x0, x1, tx)) in row.iter_mut().zip(&columns) {
                *light = [0, 1, 2].map(|c| {
                    let (a, b) = (top[x0][c], bottom[x0][c]);
                    let (left, right) = (a + (b - a) * ty, top[x1][c] + (bottom[x1][c] - top[x1][c]) * ty);
                    left + (right - left) * tx
                });
            }
        }
    }

    /// Camera shake: every point becomes a line of `length` pixels at `angle_deg`, clockwise from the horizontal.
    pub(super) fn shake(&mut self, length: f32, angle_deg: f32) {
        if length >= 0.5 {
            self.convolve(&line(length, angle_deg));
        }
    }

    /// The softness of a good lens: a three-by-three bell of weight `blend`, `[0, 1]`.
    pub(super) fn soften(&mut self, blend: f32) {
        let bell = [(-1, 0.25), (0, 0.5), (1, 0.25)];
        let mut taps: Vec<Tap> = Vec::new();
        for (dy, wy) in bell {
            for (dx, wx) in bell {
                let own = if dx == 0 && dy == 0 { 1.0 - blend } else { 0.0 };
                taps.push((dx, dy, blend * wx * wy + own));
            }
        }
        self.convolve(&taps);
    }

    fn convolve(&mut self, taps: &[Tap]) {
        let (width, last) = (self.width, self.height as i32 - 1);
        let reach = taps.iter().map(|tap| tap.0.unsigned_abs() as usize).max().unwrap_or(0);
        let padded: Vec<Vec<[f32; 3]>> =
            (0..self.height).map(|y| pad(&self.light[y * width..(y + 1) * width], reach)).collect();
        for (y, row) in self.light.chunks_exact_mut(width).enumerate() {
            row.fill([0.0; 3]);
            for &(dx, dy, weight) in taps {
                let source = &padded[(y as i32 + dy).clamp(0, last) as usize];
                let start = (reach as i32 + dx) as usize;
                for (out, light) in row.as_flattened_mut().iter_mut().zip(source[start..start + width].as_flattened()) {
                    *out += weight * light;
                }
            }
        }
    }
}

fn pad(row: &[[f32; 3]], reach: usize) -> Vec<[f32; 3]> {
    let mut padded = vec![row[0]; reach];
    padded.extend_from_slice(row);
    padded.extend(std::iter::repeat_n(row[row.len() - 1], reach));
    padded
}

fn small_disc(radius: f32) -> Vec<Tap> {
    const FINE: i32 = 4;
    let reach = radius.ceil() as i32;
    let mut taps = Vec::new();
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let inside = (0..FINE * FINE).filter(|k| {
                let fraction = |k: i32| (k as f32 + 0.5) / FINE as f32 - 0.5;
                let (x, y) = (dx as f32 + fraction(k % FINE), dy as f32 + fraction(k / FINE));
                x * x + y * y <= radius * radius
            });
            let weight = inside.count() as f32;
            if weight > 0.0 {
                taps.push((dx, dy, weight));
            }
        }
    }
    normalised(taps)
}

fn line(length: f32, angle_deg: f32) -> Vec<Tap> {
    let (sin, cos) = crate::synth::path::turn(angle_deg / 360.0);
    let steps = (length * 2.0).ceil() as i32;
    let mut taps: Vec<Tap> = Vec::new();
    for step in 0..=steps {
        let along = (step as f32 / steps as f32 - 0.5) * length;
        let (x, y) = (along * cos, along * sin);
        let (x0, y0) = (x.floor(), y.floor());
        for (dx, wx) in [(0.0, 1.0 - (x - x0)), (1.0, x - x0)] {
            for (dy, wy) in [(0.0, 1.0 - (y - y0)), (1.0, y - y0)] {
                add(&mut taps, ((x0 + dx) as i32, (y0 + dy) as i32, wx * wy));
            }
        }
    }
    normalised(taps)
}

fn add(taps: &mut Vec<Tap>, tap: Tap) {
    match taps.iter_mut().find(|known| known.0 == tap.0 && known.1 == tap.1) {
        Some(known) => known.2 += tap.2,
        None if tap.2 > 0.0 => taps.push(tap),
        None => {}
    }
}

fn normalised(mut taps: Vec<Tap>) -> Vec<Tap> {
    let sum: f32 = taps.iter().map(|tap| tap.2).sum();
    for tap in &mut taps {
        tap.2 /= sum;
    }
    taps
}

/// Sums of a padded row up to each pixel's left edge, for windows of any fractional width.
struct RunningSums {
    sums: Vec<[f32; 3]>,
    margin: usize,
}

impl RunningSums {
    fn new(padded: &[[f32; 3]], margin: usize) -> Self {
        let mut sums = Vec::with_capacity(padded.len() + 1);
        let mut sum = [0.0_f32; 3];
        sums.push(sum);
        for light in padded {
            sum = [0, 1, 2].map(|c| sum[c] + light[c]);
            sums.push(sum);
        }
        Self { sums, margin }
    }

    /// Adds to every pixel of `out` the light within `half` pixels left and right of its centre.
    fn add_windows(&self, half: f32, out: &mut [[f32; 3]]) {
        let bound = |at: f32| {
            let whole = at.floor();
            let start = (self.margin as i32 + whole as i32) as usize;
            let part = |shift: usize| self.sums[start + shift..start + shift + out.len()].as_flattened();
            (part(0), part(1), at - whole)
        };
        let (low, low_next, t_low) = bound(0.5 - half);
        let (high, high_next, t_high) = bound(0.5 + half);
        for (i, light) in out.as_flattened_mut().iter_mut().enumerate() {
            let upper = high[i] + (high_next[i] - high[i]) * t_high;
            let lower = low[i] + (low_next[i] - low[i]) * t_low;
            *light += upper - lower;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Frame;

    fn edge() -> Frame {
        let light = (0..40 * 20).map(|i| if i % 40 < 20 { [0.0; 3] } else { [1.0; 3] }).collect();
        Frame { width: 40, height: 20, light }
    }

    fn energy(frame: &Frame) -> f32 {
        frame.light.chunks(40).flat_map(|row| row.windows(2)).map(|w| (w[1][0] - w[0][0]) * (w[1][0] - w[0][0])).sum()
    }

    #[test]
    fn the_wider_the_disc_the_lower_the_gradient_energy() {
        let mut last = energy(&edge());
        for radius in [0.8, 1.6, 3.0, 6.0, 9.0] {
            let mut frame = edge();
            frame.defocus(radius);
            assert!(energy(&frame) < last, "radius {radius}");
            last = energy(&frame);
        }
    }

    #[test]
    fn shake_along_an_edge_leaves_it_sharp_and_across_blurs_it() {
        let (mut along, mut across) = (edge(), edge());
        along.shake(8.0, 90.0);
        across.shake(8.0, 0.0);
        assert!(energy(&along) > 0.95 * energy(&edge()));
        assert!(energy(&across) < 0.3 * energy(&edge()));
    }

    #[test]
    fn blur_keeps_the_light_of_an_even_picture() {
        let mut frame = Frame { width: 9, height: 9, light: vec![[0.5; 3]; 81] };
        frame.defocus(3.0);
        frame.shake(4.0, 30.0);
        frame.soften(0.5);
        assert!(frame.light.iter().flatten().all(|v| (v - 0.5).abs() < 1e-4));
    }
}
