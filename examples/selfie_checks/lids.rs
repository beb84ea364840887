//! What hides the eyes: their own lids, hair, hands.

use crate::canvas::Canvas;
use crate::canvas::Light;
use crate::canvas::luminance;
use crate::canvas::mixed;
use crate::canvas::ramp;
use crate::covers::lay_hand;
use crate::random::Grain;
use crate::random::Random;
use crate::sitter::EYES;
use crate::sitter::Sitter;

/// Closed eyes: the skin around the opening drawn over it, and the line of the lashes.
pub(crate) fn closed(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let thick = [0.014, 0.02, 0.028][strength] * random.between(0.85, 1.15);
    let (low, bow) = (random.between(0.035, 0.075), random.between(0.05, 0.1));
    let (dark, pores, ragged) = (random.between(0.65, 0.92), Grain::new(random), Grain::new(random));
    let edge = sitter.edge();
    for [middle, eye] in EYES {
        let skin = Membrane::around(sitter, [middle, eye]);
        canvas.paint(|x, y, light| {
            let [right, down] = sitter.place(x, y);
            // The opening rises a little towards the temple.
            let [right, down] = [right - middle, down - eye + 0.05 * (right - middle) * middle.signum()];
            let away = (right / OPENING[0]).hypot(down / OPENING[1]);
            if away > 1.0 {
                return None;
            }
            let bulge = 1.0 + 0.05 * ramp(1.0, 0.4, away) - 0.1 * line(down - low - 0.03, 0.03, 0.05)
                + 0.06 * pores.rough(right * 40.0, down * 40.0);
            let fold = down + 0.085 - 0.12 * right * right;
            let crease = 1.0 - 0.16 * line(fold, 0.014, edge) * ramp(0.3, 0.2, right.abs());
            let lid = skin.at([right, down]).map(|light| light * bulge * crease);
            let covered = mixed(light, lid, ramp(1.0, 0.85, away));
            let along = (right / 0.27).powi(2);
            let curve = down - low + bow * along;
            let width = thick * (1.1 - 0.7 * along).max(0.0) * (1.0 + 0.3 * ragged.at(right * 40.0, middle));
            // Lashes hang from the line.
            let hanging = ramp(0.05, 0.0, curve) * ramp(-0.01, 0.0, curve);
            let lashes = 0.35 * hanging * ramp(0.0, 0.5, ragged.at(right * 55.0, 3.0));
            let shut = dark * line(curve, width, edge).max(lashes) * ramp(1.15, 0.9, along);
            Some((mixed(covered, sitter.under_lamp([0.018, 0.012, 0.01]), shut), 1.0))
        });
    }
    canvas
}

/// Half width and half height of the skin that is drawn anew around an eye.
const OPENING: [f32; 2] = [0.38, 0.18];

/// The light around an opening, stretched across it.
struct Membrane(Vec<([f32; 2], Light)>);

impl Membrane {
    fn around(sitter: &Sitter, [middle, eye]: [f32; 2]) -> Self {
        let point = |n: u8| {
            let (sin, cos) = (std::f32::consts::TAU * f32::from(n) / 40.0).sin_cos();
            let place = [middle + OPENING[0] * cos, eye + OPENING[1] * sin];
            let lights = [[0.0, 0.0], [0.02, 0.0], [-0.02, 0.0], [0.0, 0.02], [0.0, -0.02]]
                .map(|[right, down]| sitter.light_at([place[0] + right, place[1] + down]));
            let mean = [0, 1, 2].map(|channel| lights.iter().map(|light| light[channel]).sum::<f32>() / 5.0);
            ([cos, sin], mean)
        };
        Self((0..40).map(point).collect())
    }

    fn at(&self, [right, down]: [f32; 2]) -> Light {
        let place = [right / OPENING[0], down / OPENING[1]];
        let (mut sum, mut whole) = ([0.0; 3], 0.0);
        for (point, light) in &self.0 {
            let weight = ((place[0] - point[0]).hypot(place[1] - point[1]) + 0.03).powf(-2.5);
            sum = [0, 1, 2].map(|channel| sum[channel] + weight * light[channel]);
            whole += weight;
        }
        sum.map(|light| light / whole)
    }
}

/// How much a line of half that width covers at a distance from its middle.
fn line(away: f32, half: f32, edge: f32) -> f32 {
    ramp(half + edge, half - edge, away.abs()) * (half / edge).min(1.0)
}

/// Hair that hangs over the eyes.
pub(crate) fn fringe(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let length = [0.12, 0.25, 0.4][strength] + random.between(-0.03, 0.03);
    let (strands, locks, tips) = (Grain::new(random), Grain::new(random), Grain::new(random));
    let (swing, wide) = (random.between(-0.4, 0.4), sitter.points.head.min(1.35));
    let top = -0.8 * sitter.points.crown;
    let hair = hair(sitter, top);
    canvas.paint(|x, y, _| {
        let [right, down] = sitter.place(x, y);
        // As round as the head.
        let high = ((-0.3 - down) / (top + 0.2)).powi(2) * ramp(-0.3, -0.5, down);
        let wide = wide * (1.0 - 0.75 * high).max(0.05).sqrt();
        if right.abs() > wide || down < top - 0.1 || down > 0.7 {
            return None;
        }
        let strand = right + swing * 0.25 * (down - top) + 0.05 * locks.at(right * 3.0, down * 2.0);
        let lock = tips.at(strand * 6.0, 1.0) * 0.12 + tips.at(strand * 25.0, 7.0) * 0.06;
        let end = length + lock - 0.25 * (right / wide).powi(2);
        let density = ramp(end + 0.05, end - 0.15, down)
            * ramp(top - 0.1, top + 0.4, down)
            * ramp(wide, wide - 0.12, right.abs() + 0.08 * locks.at(down * 3.0, right.signum()));
        let gap = ramp(-0.75, -0.35, strands.at(strand * 22.0, down * 0.8) + 0.4 * density);
        let sheen = 0.75
            + 0.45 * strands.at(strand * 55.0, down * 1.2)
            + 0.3 * locks.at(strand * 9.0, down)
            + 0.5 * (-((down + 0.75) / 0.25).powi(2)).exp();
        Some((hair.map(|light| light * sheen.max(0.2)), density * gap))
    });
    canvas
}

/// The darkest of the hair above the forehead; brown where there is none.
fn hair(sitter: &Sitter, top: f32) -> Light {
    let places = [-0.5, -0.3, -0.1, 0.1, 0.3, 0.5].map(|right| sitter.light_at([right, top - 0.1]));
    let darkest = places.into_iter().min_by(|one, other| luminance(*one).total_cmp(&luminance(*other)));
    let is_hair = |light: &Light| luminance(*light) < 0.5 * luminance(sitter.skin);
    darkest
        .filter(is_hair)
        .map_or_else(|| sitter.under_lamp([0.05, 0.03, 0.02]), |light| light.map(|light| light.max(0.004)))
}

/// A hand over the eyes.
pub(crate) fn hand(sitter: &Sitter, _: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    lay_hand(sitter, &mut canvas, [0.0, random.between(-0.08, 0.08)], random);
    canvas
}
