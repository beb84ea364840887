//! The same face in other light.

use crate::canvas::Canvas;
use crate::canvas::ramp;
use crate::random::Random;
use crate::sitter::Sitter;

/// What is left of the light on the darker side.
const LEFT: [f32; 3] = [0.6, 0.4, 0.25];

/// Light from one side that falls off across the face.
pub(crate) fn side(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let (left, side, slope) = (LEFT[strength], random.sign(), random.between(-0.3, 0.3));
    let (low, high) = (random.between(-1.0, -0.6), random.between(0.5, 0.9));
    on_person(sitter, random, |[right, down]| {
        left + (1.0 - left) * ramp(low, high, side * right + slope * (down - 0.5))
    })
}

/// The shadow of something on one side, with a soft edge across the face.
pub(crate) fn shadow(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let (left, side, slope) = (LEFT[strength], random.sign(), random.between(-0.35, 0.35));
    let (middle, half) = (random.between(-0.2, 0.3), random.between(0.06, 0.2));
    on_person(sitter, random, |[right, down]| {
        left + (1.0 - left) * ramp(middle - half, middle + half, side * right + slope * (down - 0.5))
    })
}

/// The background is lit like the person, or as it was.
fn on_person(sitter: &Sitter, random: &mut Random, factor: impl Fn([f32; 2]) -> f32) -> Canvas {
    let (wide, kept) = (sitter.points.head + 0.1, random.pick(&[0.0, 0.5, 0.9]));
    shaded(sitter, |[right, down]| {
        let behind = kept * ramp(wide, wide + 0.5, right.abs()) * ramp(sitter.points.chin + 0.5, 1.2, down);
        let factor = factor([right, down]);
        factor + (1.0 - factor) * behind
    })
}

/// Light that falls on the middle of the face, or around it.
pub(crate) fn centre(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let depth = [0.5, 1.0, -0.35][strength] * random.between(0.8, 1.1);
    let width = random.between(0.9, 1.3);
    shaded(sitter, |[right, down]| {
        let away = (right * right + (down - 0.5).powi(2)) / (width * width);
        (1.0 + depth * (-away).exp()) / (1.0 + 0.5 * depth)
    })
}

/// Exposed more or less.
pub(crate) fn exposure(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let stops = [-0.7_f32, 0.7][strength] * random.between(0.9, 1.1);
    shaded(sitter, |_| stops.exp2())
}

/// Far too little light.
pub(crate) fn too_dark(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let stops = [-2.2_f32, -3.5][strength] * random.between(0.9, 1.1);
    shaded(sitter, |_| stops.exp2())
}

/// Far too much light.
pub(crate) fn too_bright(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let stops = [1.6_f32, 2.6][strength] * random.between(0.9, 1.1);
    shaded(sitter, |_| stops.exp2())
}

fn shaded(sitter: &Sitter, factor: impl Fn([f32; 2]) -> f32) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    canvas.shade(|x, y| factor(sitter.place(x, y)));
    canvas
}
