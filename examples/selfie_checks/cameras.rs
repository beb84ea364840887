//! What the camera does: out of focus, moved, turned, mirrored.

use crate::canvas::Canvas;
use crate::random::Random;
use crate::sitter::Sitter;

/// Sigmas of blur, shares of the distance between the eyes.
const SIGMAS: [f32; 3] = [0.01, 0.025, 0.05];
/// Lengths of a movement, shares of the distance between the eyes.
const LENGTHS: [f32; 3] = [0.06, 0.12, 0.25];
/// Degrees clockwise.
pub(crate) const ANGLES: [f32; 8] = [-25.0, -18.0, -12.0, -8.0, 8.0, 12.0, 18.0, 25.0];
/// Degrees of which nobody takes note.
pub(crate) const SLIGHT: [f32; 2] = [-4.0, 4.0];

pub(crate) fn unfocused(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    sitter.canvas.blurred((SIGMAS[strength] * sitter.points.eyes() * random.between(0.95, 1.05)).max(0.3))
}

pub(crate) fn moved(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let length = LENGTHS[strength] * sitter.points.eyes();
    let (sin, cos) = random.between(0.0, std::f32::consts::PI).sin_cos();
    let steps = (2.0 * length).ceil().max(3.0) as usize | 1;
    let step = length / steps as f32;
    sitter.canvas.smeared(&vec![1.0; steps], [cos * step, sin * step])
}

pub(crate) fn turned(sitter: &Sitter, strength: usize, _: &mut Random) -> Canvas {
    turned_by(sitter, ANGLES[strength])
}

pub(crate) fn slightly_turned(sitter: &Sitter, strength: usize, _: &mut Random) -> Canvas {
    turned_by(sitter, SLIGHT[strength])
}

/// About the middle of the face; the edge of the picture goes on beyond it.
fn turned_by(sitter: &Sitter, degrees: f32) -> Canvas {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = sitter.points.middle();
    let mut canvas = sitter.canvas.clone();
    canvas.paint(|x, y, _| {
        let (x, y) = (x - middle[0], y - middle[1]);
        Some((sitter.canvas.between(x * cos + y * sin + middle[0], y * cos - x * sin + middle[1]), 1.0))
    });
    canvas
}

pub(crate) fn mirrored(sitter: &Sitter, _: usize, _: &mut Random) -> Canvas {
    mirror(&sitter.canvas)
}

pub(crate) fn mirror(canvas: &Canvas) -> Canvas {
    let light = canvas.light.chunks(canvas.width).flat_map(|row| row.iter().rev().copied()).collect();
    Canvas { light, ..*canvas }
}
