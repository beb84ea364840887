//! What people do when they are asked: the mouth opened, the head turned.

use crate::canvas::Canvas;
use crate::canvas::mixed;
use crate::canvas::ramp;
use crate::random::Random;
use crate::sitter::Sitter;

/// How far heads are turned, degrees.
pub(crate) const ANGLES: [f32; 3] = [15.0, 25.0, 35.0];
/// Half the width of a head, in distances between the eyes, and how far the tip of the nose stands out before the eyes.
const HALF: f32 = 1.35;
const NOSE: f32 = 0.55;
/// Where the nose stands out, how wide and how high it is.
const NOSE_AT: [f32; 2] = [0.0, 0.6];
const NOSE_SPREAD: [f32; 2] = [0.17, 0.3];
/// Half the width of an opened mouth.
const MOUTH_HALF: f32 = 0.36;

/// The mouth opened: what lies below its line moves down, and the dark inside shows, with teeth now and then.
pub(crate) fn mouth(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let (high, edge) = ([0.2, 0.35, 0.5][strength] * random.between(0.85, 1.15), sitter.edge());
    let teeth = if random.between(0.0, 1.0) < 0.5 { 0.09 } else { 0.0 };
    let line = sitter.mouth[1];
    canvas.paint(|x, y, _| {
        let [right, down] = sitter.place(x, y);
        let side = right / MOUTH_HALF;
        let reach = (right / 1.1).abs();
        if down < line || reach > 1.0 {
            return None;
        }
        let open = high * (1.0 - side * side).max(0.0).sqrt();
        // The jaw falls by the whole height in the middle, and not at all beside the face.
        let fall = high * ramp(1.0, 0.3, reach) * ramp(line, line + 0.02, down);
        let below = sitter.light_at([right, (down - fall).max(line)]);
        let inside = ramp(line + open, line + open - edge, down) * ramp(1.0, 0.9, side.abs());
        let row = ramp(line + teeth + edge, line + teeth, down) * ramp(0.85, 0.75, side.abs());
        let dark = mixed(
            sitter.under_lamp([0.05, 0.02, 0.02]),
            sitter.under_lamp([0.6, 0.55, 0.48]),
            if teeth > 0.0 { row } else { 0.0 },
        );
        Some((mixed(below, dark, inside), 1.0))
    });
    canvas
}

/// The head turned to the person's own left, the viewer's right.
pub(crate) fn left(sitter: &Sitter, strength: usize, _: &mut Random) -> Canvas {
    turned(sitter, ANGLES[strength])
}

/// The head turned to the person's own right.
pub(crate) fn right(sitter: &Sitter, strength: usize, _: &mut Random) -> Canvas {
    turned(sitter, -ANGLES[strength])
}

/// The head turned about its own axis by so many degrees, to the viewer's right above 0: a cylinder with a nose.
fn turned(sitter: &Sitter, degrees: f32) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let (sin, cos) = degrees.to_radians().sin_cos();
    let depth = |right: f32, down: f32| {
        let nose = ((right - NOSE_AT[0]) / NOSE_SPREAD[0]).powi(2) + ((down - NOSE_AT[1]) / NOSE_SPREAD[1]).powi(2);
        (HALF * HALF - right * right).max(0.0).sqrt() + NOSE * (-0.5 * nose).exp()
    };
    let middle = HALF * sin;
    canvas.paint(|x, y, _| {
        let [seen, down] = sitter.place(x, y);
        if !(-2.2..2.4).contains(&down) {
            return None;
        }
        // The face stays where it is in the frame: the middle of the cylinder's front moves by `middle`.
        let sought = seen + middle;
        // What the head no longer hides is what lies beside it.
        let beside = || (seen.abs() < HALF).then(|| 1.3 * HALF * seen.signum());
        let from = source(sought, down, [sin, cos], depth).or_else(beside)?;
        let share = ramp(-2.2, -1.8, down) * ramp(2.4, 2.0, down);
        Some((sitter.light_at([from, down]), share))
    });
    canvas
}

/// What stands before everything else at `sought` after the turn: its place before the turn.
fn source(sought: f32, down: f32, [sin, cos]: [f32; 2], depth: impl Fn(f32, f32) -> f32) -> Option<f32> {
    const STEPS: i32 = 54;
    let place = |step: i32| HALF * step as f32 / STEPS as f32;
    let projected = |right: f32| right * cos + depth(right, down) * sin;
    let nearer = |right: f32| depth(right, down) * cos - right * sin;
    let mut best: Option<(f32, f32)> = None;
    for step in -STEPS..STEPS {
        let (one, other) = (place(step), place(step + 1));
        let (before, after) = (projected(one) - sought, projected(other) - sought);
        if before * after <= 0.0 && (before - after).abs() > f32::EPSILON {
            let right = one + (other - one) * before / (before - after);
            if best.is_none_or(|(_, front)| nearer(right) > front) {
                best = Some((right, nearer(right)));
            }
        }
    }
    best.map(|(right, _)| right)
}
