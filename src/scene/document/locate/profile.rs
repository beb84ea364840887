//! How well the photo supports a line, place by place.

use super::edges::FULL;
use super::edges::Gradient;
use super::lines::Line;
use super::work::Work;

/// Distance between the places looked at, pixels of the search raster.
const STEP: f32 = 2.0;

/// Colour difference across a border that counts in full, grey levels.
const CLEAR: f32 = 24.0;

/// Running sums of support along a line within the frame.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) start: f32,
    sums: Vec<f32>,
}

/// What profiles are read from.
pub(super) struct Evidence {
    /// Gradients of the search raster, of its half and of its quarter.
    pub(super) gradients: [Gradient; 3],
    /// Colours at half the size of the search raster.
    pub(super) colours: Work,
}

impl Profile {
    pub(super) fn along(line: &Line, evidence: &Evidence) -> Self {
        let (width, height) = (evidence.gradients[0].width as f32, evidence.gradients[0].height as f32);
        let Some((start, end)) = clip(line, width, height) else { return Self { start: 0.0, sums: vec![0.0] } };
        let count = ((end - start) / STEP) as usize;
        let mut sums = Vec::with_capacity(count + 1);
        let mut sum = 0.0;
        sums.push(sum);
        for at in 0..count {
            sum += evidence.support(line, line.point(start + (at as f32 + 0.5) * STEP));
            sums.push(sum);
        }
        Self { start, sums }
    }

    /// A border of the frame: it supports everywhere by `support`.
    pub(super) fn even(line: &Line, width: f32, height: f32, support: f32) -> Self {
        let (start, end) = clip(line, width, height).unwrap_or((0.0, 0.0));
        let count = ((end - start) / STEP) as usize;
        Self { start, sums: (0..=count).map(|at| at as f32 * support).collect() }
    }

    /// The middle of the line within the frame.
    pub(super) fn middle(&self) -> f32 {
        self.start + 0.5 * STEP * (self.sums.len() - 1) as f32
    }

    /// Support between two places (sum over its length) and the length within the frame.
    pub(super) fn between(&self, one: f32, other: f32) -> (f32, f32) {
        self.mark(one).to(&self.mark(other))
    }

    /// What is known of a place on the line.
    pub(super) fn mark(&self, place: f32) -> Mark {
        let last = self.sums.len() - 1;
        let step = ((place - self.start) / STEP).clamp(0.0, last as f32);
        let low = step as usize;
        let next = (low + 1).min(last);
        let sum = self.sums[low] + (self.sums[next] - self.sums[low]) * (step - low as f32);
        Mark { place, step, sum }
    }
}

/// A place on a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) place: f32,
    /// Steps from where the line enters the frame, and the support up to there.
    step: f32,
    sum: f32,
}

impl Mark {
    /// Support from here to there (sum over its length) and the length within the frame.
    pub(super) fn to(&self, other: &Self) -> (f32, f32) {
        let (low, high) = if self.place < other.place { (self, other) } else { (other, self) };
        ((high.sum - low.sum) * STEP, (high.step - low.step) * STEP)
    }
}

impl Evidence {
    /// 0–1: a clear edge in the line's direction, and colours that differ on its two sides.
    fn support(&self, line: &Line, p: [f32; 2]) -> f32 {
        let slopes = self.gradients.iter().zip([(1.0, 1.0), (0.5, 0.9), (0.25, 0.8)]);
        let steepest = slopes.map(|(gradient, (scale, weight))| weight * slope(gradient, line, p, scale));
        let edge = (steepest.fold(0.0, f32::max) / FULL).min(1.0);
        if edge < 0.15 {
            return 0.0;
        }
        edge * (0.35 + 0.65 * (self.difference(line, p) / CLEAR).min(1.0))
    }

    /// Distance of the mean colours in strips beside the line, grey levels.
    fn difference(&self, line: &Line, [x, y]: [f32; 2]) -> f32 {
        let [nx, ny] = line.normal;
        let at = |offset: f32| self.colours.colour([(x + nx * offset) * 0.5, (y + ny * offset) * 0.5]);
        let [near, far, across, beyond] = [3.0, 6.0, -3.0, -6.0].map(at);
        let step = |part: usize| 0.5 * (near[part] + far[part] - across[part] - beyond[part]);
        (0..3).map(step).map(|step| step * step).sum::<f32>().sqrt()
    }
}

/// The largest derivative across the line at `p` or one pixel beside it.
fn slope(gradient: &Gradient, line: &Line, [x, y]: [f32; 2], scale: f32) -> f32 {
    let [nx, ny] = line.normal;
    let at = |offset: f32| {
        let (x, y) = (x * scale + nx * offset, y * scale + ny * offset);
        if x < 0.0 || y < 0.0 || x >= gradient.width as f32 || y >= gradient.height as f32 {
            return 0.0;
        }
        let [gx, gy] = gradient.vectors[y as usize * gradient.width + x as usize];
        (gx * nx + gy * ny).abs()
    };
    at(-1.0).max(at(0.0)).max(at(1.0))
}

/// Where the line enters and leaves the frame.
fn clip(line: &Line, width: f32, height: f32) -> Option<(f32, f32)> {
    let [p, d] = [line.point(0.0), line.along()];
    let (mut low, mut high) = (f32::MIN, f32::MAX);
    for (p, d, limit) in [(p[0], d[0], width), (p[1], d[1], height)] {
        if d.abs() < 1e-6 {
            if p < 0.0 || p > limit {
                return None;
            }
            continue;
        }
        let (one, other) = (-p / d, (limit - p) / d);
        low = low.max(one.min(other));
        high = high.min(one.max(other));
    }
    (low < high).then_some((low, high))
}
