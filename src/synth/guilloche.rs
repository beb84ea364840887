//! Fine-line security backgrounds: rosettes and wave bands.

use crate::synth::path::Point;
use crate::synth::path::turn;
use crate::synth::random::Random;

/// A rosette of `lines` closed curves around `centre`, mm.
pub(super) fn rosette(centre: Point, radius: f32, lines: u8, random: &mut Random) -> Vec<Vec<Point>> {
    let petals = (5 + random.below(8)) as f32;
    let (depth, twist) = (random.range(0.12, 0.3), random.range(0.4, 1.2));
    (0..lines)
        .map(|line| {
            let share = f32::from(line) / f32::from(lines);
            (0..=360_u16)
                .map(|step| {
                    let t = f32::from(step) / 360.0;
                    let (wave, _) = turn(t * petals + share * twist);
                    let r = radius * (0.35 + 0.65 * share) * (1.0 + depth * wave);
                    let (sin, cos) = turn(t);
                    [centre[0] + r * cos, centre[1] + r * sin]
                })
                .collect()
        })
        .collect()
}

/// Wave lines across a plane of `w` x `h` mm, `pitch` mm apart.
pub(super) fn waves(w: f32, h: f32, pitch: f32, random: &mut Random) -> Vec<Vec<Point>> {
    let (amplitude, period) = (random.range(0.8, 2.5), random.range(14.0, 32.0));
    let (drift, phase) = (random.range(0.01, 0.04) * random.sign(), random.unit());
    let count = ((h + 2.0 * amplitude) / pitch) as u16 + 1;
    (0..count)
        .map(|line| {
            let base = f32::from(line) * pitch - amplitude;
            (0..=(w as u16 + 1))
                .map(|x| {
                    let x = f32::from(x);
                    let (first, _) = turn(x / period + f32::from(line) * drift + phase);
                    let (second, _) = turn(x / period * 2.7 - f32::from(line) * drift);
                    [x, base + amplitude * (first + 0.35 * second)]
                })
                .collect()
        })
        .collect()
}

/// A handwritten-looking line from `origin`, `w` mm wide and `h` mm high.
pub(super) fn signature(origin: Point, w: f32, h: f32, random: &mut Random) -> Vec<Point> {
    let mut knots = Vec::new();
    let loops = 9 + random.below(5);
    for i in 0..loops {
        let x = origin[0] + w * i as f32 / loops as f32;
        let rise = if i % 4 == 0 { random.range(0.6, 1.0) } else { random.range(0.2, 0.5) };
        knots.push([x, origin[1] - h * rise]);
        knots.push([x + random.range(0.2, 1.6), origin[1] + h * random.range(-0.1, 0.18)]);
        knots.push([x - random.range(-0.6, 0.6), origin[1] - h * random.range(0.05, 0.3)]);
    }
    knots.push([origin[0] + w, origin[1] - h * random.range(0.0, 0.4)]);
    crate::synth::path::smooth_open(&knots, 6)
}
