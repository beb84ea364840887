//! Shapes in the coordinates of a face, as distances from their borders.

use crate::random::Random;

/// Points between two corners of a smooth outline.
const STEPS: usize = 6;
/// Distance beyond which it is not measured exactly.
const FAR: f32 = 0.4;

/// A closed curve.
pub(crate) struct Outline {
    points: Vec<[f32; 2]>,
    low: [f32; 2],
    high: [f32; 2],
}

impl Outline {
    /// A smooth curve (Catmull-Rom) through `corners`, each of them moved by up to `shake`.
    pub(crate) fn smooth(corners: &[[f32; 2]], shake: f32, random: &mut Random) -> Self {
        let corners: Vec<[f32; 2]> =
            corners.iter().map(|corner| corner.map(|value| value + random.between(-shake, shake))).collect();
        let count = corners.len();
        let mut points = Vec::with_capacity(count * STEPS);
        for n in 0..count {
            let around = [count - 1, 0, 1, 2].map(|step| corners[(n + step) % count]);
            points.extend((0..STEPS).map(|step| spline(around, step as f32 / STEPS as f32)));
        }
        let fold = |pick: fn(f32, f32) -> f32, start: f32| {
            [0, 1].map(|axis| points.iter().fold(start, |best, point| pick(best, point[axis])))
        };
        Self { low: fold(f32::min, f32::INFINITY), high: fold(f32::max, f32::NEG_INFINITY), points }
    }

    /// An oval, more angular the higher `power` (2 is an ellipse).
    pub(crate) fn oval(middle: [f32; 2], half: [f32; 2], power: f32, random: &mut Random) -> Self {
        let corner = |n: u8| {
            let (sin, cos) = (std::f32::consts::TAU * f32::from(n) / 16.0).sin_cos();
            [cos, sin].map(|part| part.signum() * part.abs().powf(2.0 / power))
        };
        let corners: Vec<[f32; 2]> =
            (0..16).map(corner).map(|[x, y]| [middle[0] + half[0] * x, middle[1] + half[1] * y]).collect();
        Self::smooth(&corners, 0.004, random)
    }

    /// From the border, negative inside.
    pub(crate) fn distance(&self, place: [f32; 2]) -> f32 {
        let beyond = [0, 1].map(|axis| (self.low[axis] - place[axis]).max(place[axis] - self.high[axis]));
        let beyond = beyond[0].max(beyond[1]);
        if beyond > FAR {
            return beyond;
        }
        let mut nearest = f32::INFINITY;
        let mut is_inside = false;
        for (n, to) in self.points.iter().enumerate() {
            let from = self.points[if n == 0 { self.points.len() - 1 } else { n - 1 }];
            nearest = nearest.min(from_segment(place, from, *to));
            if (from[1] > place[1]) != (to[1] > place[1])
                && place[0] < from[0] + (place[1] - from[1]) / (to[1] - from[1]) * (to[0] - from[0])
            {
                is_inside = !is_inside;
            }
        }
        if is_inside { -nearest } else { nearest }
    }
}

/// Distance of a place from a straight line between two points.
pub(crate) fn from_segment(place: [f32; 2], from: [f32; 2], to: [f32; 2]) -> f32 {
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let [x, y] = [place[0] - from[0], place[1] - from[1]];
    let along = ((x * dx + y * dy) / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
    (x - along * dx).hypot(y - along * dy)
}

fn spline(around: [[f32; 2]; 4], part: f32) -> [f32; 2] {
    [0, 1].map(|axis| {
        let [before, from, to, after] = around.map(|point| point[axis]);
        let [square, cube] = [part * part, part * part * part];
        0.5 * (2.0 * from
            + (to - before) * part
            + (2.0 * before - 5.0 * from + 4.0 * to - after) * square
            + (3.0 * from - before - 3.0 * to + after) * cube)
    })
}
