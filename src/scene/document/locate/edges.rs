//! Colour gradients of the search raster and the edge points on their ridges.

use super::work::Work;
use crate::pixels::Plane;

/// Strength of an edge that counts in full: this many times the noise.
pub(super) const FULL: f32 = 4.0;

/// The gradient of the channel that shows it best, pixel by pixel.
#[derive(Debug)]
pub(super) struct Gradient {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Horizontal and vertical derivative in multiples of the channel's threshold.
    pub(super) vectors: Vec<[f32; 2]>,
}

/// A point on the ridge of the gradient.
#[derive(Clone, Copy, Debug)]
pub(super) struct EdgePoint {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Direction of the gradient, radians in `[0, π)`.
    pub(super) angle: f32,
    /// Length it stands for times how clear it is.
    pub(super) weight: f32,
}

impl Gradient {
    pub(super) fn of(work: &Work) -> Self {
        let (width, height) = (work.width(), work.height());
        let mut vectors = vec![[0.0; 2]; width * height];
        for (at, channel) in work.channels.iter().enumerate() {
            let [across, down] = sobel(channel);
            let floor = if at == 0 { 3.0 } else { 2.0 };
            let threshold = (2.0 * median_step(&across, &down)).max(floor);
            keep_stronger(&mut vectors, &across, &down, 0.25 / threshold);
        }
        Self { width, height, vectors }
    }

    /// The points where the gradient is above threshold and largest across the edge. Positions are multiplied by `scale`.
    pub(super) fn ridge(&self, scale: f32) -> Vec<EdgePoint> {
        let mut points = Vec::new();
        let strength: Vec<f32> = self.vectors.iter().map(|[x, y]| x * x + y * y).collect();
        for y in 1..self.height.saturating_sub(1) {
            for x in 1..self.width.saturating_sub(1) {
                let at = y * self.width + x;
                let here = strength[at];
                if here < 1.0 {
                    continue;
                }
                let [gx, gy] = self.vectors[at];
                let step = across(gx, gy, self.width);
                if here < strength[at - step] || here <= strength[at + step] {
                    continue;
                }
                let angle = gy.atan2(gx);
                let angle = if angle < 0.0 { angle + std::f32::consts::PI } else { angle };
                let clear = ((here.sqrt() - 0.5) / FULL).min(1.0);
                points.push(EdgePoint {
                    x: (x as f32 + 0.5) * scale,
                    y: (y as f32 + 0.5) * scale,
                    angle,
                    weight: clear * scale,
                });
            }
        }
        points
    }
}

/// Offset of the neighbour in the direction of the gradient, to the nearest of eight.
fn across(gx: f32, gy: f32, width: usize) -> usize {
    const TAN: f32 = 0.414_213_57;
    let (ax, ay) = (gx.abs(), gy.abs());
    if ay <= TAN * ax {
        1
    } else if ax <= TAN * ay {
        width
    } else if (gx > 0.0) == (gy > 0.0) {
        width + 1
    } else {
        width - 1
    }
}

fn keep_stronger(vectors: &mut [[f32; 2]], across: &[i16], down: &[i16], scale: f32) {
    for ((kept, &x), &y) in vectors.iter_mut().zip(across).zip(down) {
        let new = [f32::from(x) * scale, f32::from(y) * scale];
        let stronger = new[0] * new[0] + new[1] * new[1] > kept[0] * kept[0] + kept[1] * kept[1];
        *kept = if stronger { new } else { *kept };
    }
}

/// The median step between neighbours, grey levels: noise and texture.
fn median_step(across: &[i16], down: &[i16]) -> f32 {
    let mut counts = [0_u32; 256];
    let mut all = 0;
    for (x, y) in across.iter().zip(down).step_by(7) {
        let size = u32::from(x.unsigned_abs()) + u32::from(y.unsigned_abs());
        counts[(size / 4).min(255) as usize] += 1;
        all += 1;
    }
    let mut below = 0;
    let median = counts.iter().position(|count| {
        below += count;
        2 * below > all
    });
    median.unwrap_or(0) as f32
}

/// Sobel derivatives to the right and downwards, four times the step in grey levels at a straight edge; zero at the rim.
fn sobel(plane: &Plane) -> [Vec<i16>; 2] {
    let (width, height) = (plane.width(), plane.height());
    let [mut across, mut down] = [(); 2].map(|()| vec![0_i16; width * height]);
    if width < 3 || height < 3 {
        return [across, down];
    }
    // Sums and differences of three rows, of which columns are then combined.
    let (mut smooth, mut slope) = (vec![0_i16; width], vec![0_i16; width]);
    for y in 1..height - 1 {
        let rows = plane.row(y - 1).iter().zip(plane.row(y)).zip(plane.row(y + 1));
        for (((&above, &here), &below), (smooth, slope)) in rows.zip(smooth.iter_mut().zip(&mut slope)) {
            *smooth = i16::from(above) + 2 * i16::from(here) + i16::from(below);
            *slope = i16::from(below) - i16::from(above);
        }
        let inner = y * width + 1..(y + 1) * width - 1;
        for (out, three) in across[inner.clone()].iter_mut().zip(smooth.windows(3)) {
            *out = three[2] - three[0];
        }
        for (out, three) in down[inner].iter_mut().zip(slope.windows(3)) {
            *out = three[0] + 2 * three[1] + three[2];
        }
    }
    [across, down]
}
