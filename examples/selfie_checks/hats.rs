//! What covers the head.

use crate::canvas::Canvas;
use crate::canvas::Light;
use crate::canvas::mixed;
use crate::canvas::ramp;
use crate::covers::WOOLS;
use crate::covers::Wool;
use crate::random::Grain;
use crate::random::Random;
use crate::shapes::Outline;
use crate::sitter::Cloth;
use crate::sitter::Sitter;

/// A knitted cap, drawn less or more into the forehead.
pub(crate) fn knitted(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let brow = -[0.75, 0.6, 0.48][strength] + random.between(-0.04, 0.04);
    let wide = sitter.points.head.min(1.35) + 0.06;
    let top = -sitter.points.crown - random.between(0.08, 0.3);
    let outline = dome(brow, 0.12, wide, top, random);
    let (wool, cuff) = (Wool::new(random), random.between(0.3, 0.45));
    let cloth = |[right, down]: [f32; 2]| {
        // Stitches run up the round of the head.
        let round = (right / wide).clamp(-1.0, 1.0).asin() * wide;
        let edge = down - brow - 0.12 * (1.0 - (right / wide).powi(2)) + cuff;
        let fold = 1.0 - 0.45 * (-(edge / 0.05).powi(2)).exp() + 0.12 * ramp(0.0, 0.05, edge);
        let shade = fold * (1.05 - 0.4 * (right / wide).powi(2));
        wool.at([round, down]).map(|light| light * shade)
    };
    sitter.lay(&mut canvas, &Cloth { outline: &outline, hole: None, colour: &cloth, cover: 1.0, shadow: 0.4 });
    canvas
}

/// The crown of a hat above a line that sags by `sag` in the middle.
fn dome(brow: f32, sag: f32, wide: f32, top: f32, random: &mut Random) -> Outline {
    let high = brow - top;
    let half = [
        [0.55 * wide, brow + 0.75 * sag],
        [0.98 * wide, brow],
        [1.02 * wide, brow - 0.3 * high],
        [0.88 * wide, brow - 0.68 * high],
        [0.5 * wide, brow - 0.95 * high],
    ];
    let mirrored = half.iter().rev().map(|[right, down]| [-right, *down]);
    let corners: Vec<[f32; 2]> =
        [[0.0, brow + sag]].into_iter().chain(half).chain([[0.0, top]]).chain(mirrored).collect();
    Outline::smooth(&corners, 0.025, random)
}

/// A cap with a peak, or a hat with a brim around.
pub(crate) fn brimmed(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let brow = -[0.85, 0.72, 0.6][strength] + random.between(-0.04, 0.04);
    let head = sitter.points.head.min(1.3);
    let (wide, reach) = random.pick(&[(0.95, 0.17), (1.0, 0.22), (1.75, 0.14)]);
    let top = -sitter.points.crown - random.between(0.02, 0.2);
    let crown = dome(brow - 0.08, 0.05, head + 0.03, top, random);
    let brim = Outline::oval([0.0, brow], [wide * head, reach], 2.2, random);
    let (colour, band) = (random.pick(&WOOLS), random.pick(&WOOLS));
    let (weave, folds) = (Grain::new(random), Grain::new(random));
    // The brim keeps the light off the forehead.
    canvas.shade(|x, y| {
        let [right, down] = sitter.place(x, y);
        1.0 - 0.45 * ramp(brow + 0.7, brow + reach, down) * ramp(1.1, 0.8, right.abs()) * ramp(brow - 0.1, brow, down)
    });
    let texture = |[right, down]: [f32; 2], colour: Light| {
        let shade = 1.0 - 0.45 * (right / head).powi(2) * 0.8
            + 0.18 * folds.rough(right * 1.5, down * 1.5)
            + 0.08 * weave.rough(right * 45.0, down * 45.0);
        colour.map(|light| light * shade.max(0.2))
    };
    let seam = |place: [f32; 2]| {
        let line = 1.0 - 0.3 * (-(place[0] / 0.012).powi(2)).exp();
        let banded = ramp(brow - 0.34, brow - 0.31, place[1]);
        texture(place, mixed(colour, mixed(colour, band, 0.7), banded)).map(|light| light * line)
    };
    sitter.lay(&mut canvas, &Cloth { outline: &crown, hole: None, colour: &seam, cover: 1.0, shadow: 0.3 });
    let peak = |[right, down]: [f32; 2]| {
        let stitch = 1.0 - 0.1 * ramp(0.8, 1.0, ((down - brow - 0.1 * right * right) * 60.0).sin());
        let lip = 0.75 + 0.35 * ramp(reach, -reach, down - brow);
        texture([right * 0.6, down], colour).map(|light| light * lip * stitch)
    };
    sitter.lay(&mut canvas, &Cloth { outline: &brim, hole: None, colour: &peak, cover: 1.0, shadow: 0.45 });
    canvas
}

/// A hood or a headscarf around the face.
pub(crate) fn hood(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let (chin, jaw) = (sitter.points.chin, sitter.points.jaw);
    let brow = -[0.85, 0.7, 0.55][strength] + random.between(-0.04, 0.04);
    let wide = (sitter.points.head + 0.2).min(1.6);
    let top = -sitter.points.crown - random.between(0.15, 0.35);
    let half = [
        [0.65 * wide, top + 0.25],
        [0.98 * wide, top + 0.85],
        [1.03 * wide, 0.2],
        [0.98 * wide, 1.2],
        [1.2 * wide, chin + 0.5],
        [1.9 * wide, chin + 1.1],
        [1.9 * wide, chin + 2.6],
    ];
    let mirrored = half.iter().rev().map(|[right, down]| [-right, *down]);
    let corners: Vec<[f32; 2]> =
        [[0.0, top]].into_iter().chain(half).chain([[0.0, chin + 2.9]]).chain(mirrored).collect();
    let outline = Outline::smooth(&corners, 0.03, random);
    let middle = f32::midpoint(brow, chin + 0.06);
    let hole = Outline::oval([0.0, middle], [jaw * 1.04, chin + 0.06 - middle], 2.3, random);
    let (colour, folds, weave) = (random.pick(&WOOLS), Grain::new(random), Grain::new(random));
    let cloth = |[right, down]: [f32; 2]| {
        let around = right.hypot(down - 0.4);
        let turn = (down - 0.4).atan2(right.abs());
        let crease = folds.rough(around * 3.5 + 0.5 * right, turn * 0.9 + 2.0 * right / (right.abs() + 0.4));
        let shade =
            0.9 + 0.4 * crease - 0.25 * (right / (1.6 * wide)).powi(2) + 0.07 * weave.rough(right * 50.0, down * 50.0);
        let depth = hole.distance([right, down]).max(0.0);
        colour.map(|light| light * shade.max(0.2) * (0.55 + 0.45 * ramp(0.0, 0.3, depth)))
    };
    let laid = Cloth { outline: &outline, hole: Some(&hole), colour: &cloth, cover: 1.0, shadow: 0.4 };
    sitter.lay(&mut canvas, &laid);
    canvas
}
