//! Other backgrounds around the head and the shoulders.

use crate::canvas::Canvas;
use crate::canvas::Light;
use crate::canvas::luminance;
use crate::canvas::mixed;
use crate::canvas::ramp;
use crate::random::Grain;
use crate::random::Random;
use crate::sitter::Sitter;

const WALLS: [Light; 5] =
    [[0.75, 0.74, 0.72], [0.45, 0.52, 0.60], [0.55, 0.55, 0.55], [0.62, 0.55, 0.45], [0.35, 0.40, 0.36]];
/// How much the things in a room differ.
const CONTRASTS: [f32; 3] = [0.35, 0.65, 1.0];

/// A wall, lit a little unevenly.
pub(crate) fn plain(sitter: &Sitter, _: usize, random: &mut Random) -> Canvas {
    let (wall, slope) = (random.pick(&WALLS), [random.between(-0.05, 0.05), random.between(-0.05, 0.05)]);
    let (plaster, stain) = (Grain::new(random), Grain::new(random));
    replaced(sitter, |[right, down]| {
        let shade = 1.0
            + slope[0] * right
            + slope[1] * down
            + 0.02 * plaster.rough(right * 20.0, down * 20.0)
            + 0.03 * stain.at(right * 0.8, down * 0.8);
        wall.map(|light| light * shade)
    })
}

/// Shelves and their things, or leaves and lamps, a little out of focus.
pub(crate) fn busy(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let contrast = CONTRASTS[strength];
    let (wall, things, colours, leaves) =
        (random.pick(&WALLS), Grain::new(random), Grain::new(random), Grain::new(random));
    let is_room = random.sign() > 0.0;
    let size = random.between(0.35, 0.8);
    let soft = random.between(0.02, 0.08);
    replaced(sitter, |[right, down]| {
        let thing = if is_room {
            let row = (down / (2.2 * size)).floor();
            let shifted = right / size + 0.6 * things.at(row * 7.3, right * 0.7 / size);
            let column = shifted.floor();
            let part = [shifted - column, down / (2.2 * size) - row];
            let gap = ramp(0.0, soft / size, part[0]) * ramp(0.0, soft, part[1]) * ramp(1.0, 1.0 - soft, part[1]);
            let colour = [3.0, 5.0, 9.0].map(|n| 0.32 + 0.3 * colours.at(column * 5.7 + n, row * 3.1 - n));
            colour.map(|light| light * (0.15 + 0.85 * gap))
        } else {
            let leaf = leaves.rough(right / size, down / size);
            let shape = ramp(-soft, soft, leaf) * 0.6 + 0.4 * ramp(0.25 - soft, 0.25 + soft, leaf);
            let lamp = ramp(0.55, 0.7, things.at(right * 1.3 / size, down * 1.3 / size));
            let green = [0.08 + 0.35 * shape, 0.14 + 0.4 * shape, 0.05 + 0.2 * shape];
            mixed(green, [0.95, 0.85, 0.6], lamp)
        };
        mixed(wall, thing, contrast)
    })
}

/// Everything but the head and the shoulders is painted anew.
fn replaced(sitter: &Sitter, behind: impl Fn([f32; 2]) -> Light) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let points = sitter.points;
    let (wide, top) = (points.head.min(1.6) + 0.08, -points.crown - 0.05);
    let middle = f32::midpoint(top, points.chin);
    let old = [-1.0, 1.0].map(|side| sitter.light_at([side * (wide + 0.25), -0.5]));
    canvas.paint(|x, y, light| {
        let place = sitter.place(x, y);
        let [right, down] = place;
        let head = ((right / wide).powi(2) + ((down - middle) / (points.chin - middle)).powi(2)).sqrt() - 1.0;
        let neck = (right.abs() - 0.75).max(0.8 - down);
        let slope = points.chin + 0.35 + 0.3 * (right.abs() - 0.6).max(0.0).powf(1.3);
        let shoulders = (slope - down).max(right.abs() - 2.9);
        let beyond = head.min(neck).min(shoulders);
        // Close to the border, what looks like the old background is some of it, unless that is as dark as hair.
        let alike = old.iter().filter(|old| luminance(**old) > 0.5 * luminance(sitter.skin));
        let alike = alike.map(|old| self::alike(light, *old)).fold(0.0, f32::max);
        let share = ramp(-0.03, 0.05, beyond).max(alike * ramp(-0.25, -0.1, beyond) * ramp(0.3, -0.1, down));
        Some((sitter.under_lamp(behind(place)), share))
    });
    canvas
}

/// From 0 to 1, how much a light looks like another.
fn alike(one: Light, other: Light) -> f32 {
    let apart = [0, 1, 2].map(|n| (one[n].max(0.0).sqrt() - other[n].max(0.0).sqrt()).abs());
    ramp(0.2, 0.06, apart.into_iter().fold(0.0, f32::max))
}
