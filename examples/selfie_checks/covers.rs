//! What hides the mouth: masks, scarves, hands.

use crate::canvas::Canvas;
use crate::canvas::Light;
use crate::canvas::mixed;
use crate::canvas::ramp;
use crate::random::Grain;
use crate::random::Random;
use crate::shapes::Outline;
use crate::shapes::from_segment;
use crate::sitter::Cloth;
use crate::sitter::Sitter;

/// Cloth of surgical masks and others.
const MASKS: [Light; 6] = [
    [0.30, 0.52, 0.68],
    [0.45, 0.62, 0.72],
    [0.80, 0.81, 0.80],
    [0.035, 0.035, 0.04],
    [0.12, 0.13, 0.22],
    [0.45, 0.12, 0.14],
];
/// Wool of scarves and caps.
pub(crate) const WOOLS: [Light; 7] = [
    [0.35, 0.06, 0.06],
    [0.10, 0.12, 0.22],
    [0.42, 0.36, 0.26],
    [0.05, 0.05, 0.055],
    [0.10, 0.18, 0.10],
    [0.55, 0.54, 0.50],
    [0.45, 0.28, 0.08],
];

/// A mask: surgical, of plain cloth, or of patterned cloth.
pub(crate) fn mask(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let colour = match strength {
        0 => random.pick(&MASKS[..3]),
        1 => random.pick(&MASKS[3..]),
        _ => random.pick(&MASKS),
    };
    let (jaw, chin) = (sitter.points.jaw, sitter.points.chin);
    let top = random.between(0.3, 0.5);
    let half = [
        [0.0, top],
        [0.3, top + 0.1],
        [0.7 * jaw, top + 0.26],
        [0.98 * jaw, top + 0.3],
        [0.95 * jaw, 1.1],
        [0.68 * jaw, chin - 0.12],
        [0.35, chin + 0.06],
    ];
    let mirrored = half.iter().skip(1).rev().map(|[right, down]| [-right, *down]);
    let bottom = [[0.0, chin + 0.1]];
    let corners: Vec<[f32; 2]> = half.into_iter().chain(bottom).chain(mirrored).collect();
    let outline = Outline::smooth(&corners, 0.02, random);
    let strap = mixed(colour, [0.7, 0.7, 0.7], 0.5);
    for side in [-1.0, 1.0] {
        for (from, to) in [(top + 0.32, 0.25), (1.15, 0.6)] {
            sitter.line(&mut canvas, 0.022, strap, |place| {
                from_segment(place, [side * 0.93 * jaw, from], [side * (sitter.points.head.min(1.2)), to])
            });
        }
    }
    let (weave, folds, pattern) = (Grain::new(random), Grain::new(random), Pattern::new(random));
    let pleats = if strength == 0 { random.between(0.12, 0.2) } else { 0.0 };
    let cloth = |[right, down]: [f32; 2]| {
        let base = if strength == 2 { pattern.at(colour, [right, down]) } else { colour };
        let pleat = pleats * ramp(0.55, 0.8, right.abs()).mul_add(-1.0, 1.0) * ((down - top) / 0.2).fract();
        let round = 1.1 - 0.4 * (right / jaw).powi(2) - 0.12 * (down - 1.1);
        let fold = 0.2 * folds.rough(right * 2.5 + down, down * 5.0 - right.abs() * 3.0);
        let fine = 0.05 * weave.rough(right * 60.0, down * 60.0);
        base.map(|light| light * (round + fold + fine - pleat).max(0.15))
    };
    sitter.lay(&mut canvas, &Cloth { outline: &outline, hole: None, colour: &cloth, cover: 1.0, shadow: 0.3 });
    canvas
}

/// Stripes, checks or dots.
struct Pattern {
    kind: usize,
    other: Light,
    pitch: f32,
    turned: [f32; 2],
    wander: Grain,
}

impl Pattern {
    fn new(random: &mut Random) -> Self {
        let (sin, cos) = random.between(0.0, 3.1).sin_cos();
        Self {
            kind: random.pick(&[0, 1, 2]),
            other: random.pick(&WOOLS),
            pitch: random.between(0.1, 0.28),
            turned: [cos, sin],
            wander: Grain::new(random),
        }
    }

    fn at(&self, colour: Light, [right, down]: [f32; 2]) -> Light {
        let bend = 0.06 * self.wander.at(right * 2.0, down * 2.0);
        let along = (right * self.turned[0] + down * self.turned[1] + bend) / self.pitch;
        let across = (down * self.turned[0] - right * self.turned[1] + bend) / self.pitch;
        let wave = |value: f32| (std::f32::consts::TAU * value).sin();
        let share = match self.kind {
            0 => ramp(-0.25, 0.25, wave(along)),
            1 => 0.5 * ramp(-0.25, 0.25, wave(along)) + 0.5 * ramp(-0.25, 0.25, wave(across)),
            _ => ramp(0.35, 0.75, wave(along) * wave(across)),
        };
        mixed(colour, self.other, share)
    }
}

/// Wool: knitted rows with folds.
pub(crate) struct Wool {
    colour: Light,
    other: Light,
    rows: f32,
    stripes: f32,
    folds: Grain,
    fluff: Grain,
}

impl Wool {
    pub(crate) fn new(random: &mut Random) -> Self {
        Self {
            colour: random.pick(&WOOLS),
            other: random.pick(&WOOLS),
            rows: random.between(10.0, 20.0),
            stripes: random.pick(&[0.0, 0.0, 0.4, 0.8]),
            folds: Grain::new(random),
            fluff: Grain::new(random),
        }
    }

    /// Reflected at a place, where stitches run along the first coordinate.
    pub(crate) fn at(&self, [along, across]: [f32; 2]) -> Light {
        let stripe = self.stripes * ramp(0.1, 0.3, (across * 2.5 + 0.1 * self.folds.at(along, across)).sin());
        let wander = 0.3 * self.fluff.at(along * 4.0, across * 4.0);
        let knit = ((along * self.rows + wander) * std::f32::consts::TAU).sin();
        let loops = ((across * self.rows * 0.8 + 0.5 * knit.abs() + wander) * std::f32::consts::TAU).sin();
        let fold = 0.25 * self.folds.rough(along * 1.2, across * 3.0);
        let shade = 0.9 + 0.12 * knit + 0.08 * loops + fold + 0.14 * self.fluff.rough(along * 30.0, across * 30.0);
        mixed(self.colour, self.other, stripe).map(|light| light * shade.max(0.15))
    }
}

/// A scarf drawn up over the mouth: below the nose, over its tip, up to below the eyes.
pub(crate) fn scarf(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let (jaw, chin) = (sitter.points.jaw, sitter.points.chin);
    let top = [0.72, 0.55, 0.4][strength] + random.between(-0.04, 0.04);
    let sag = random.between(0.02, 0.12);
    let wide = jaw + random.between(0.12, 0.3);
    let corners = [
        [0.0, top + sag],
        [0.5, top + 0.5 * sag],
        [0.8 * wide, top - 0.04],
        [wide, top + 0.02],
        [wide + 0.06, 1.3],
        [wide + 0.3, chin + 0.35],
        [wide + 0.1, chin + 0.8],
        [0.4, chin + 1.0],
        [-0.4, chin + 1.0],
        [-wide - 0.1, chin + 0.8],
        [-wide - 0.3, chin + 0.35],
        [-wide - 0.06, 1.3],
        [-wide, top + 0.02],
        [-0.8 * wide, top - 0.04],
        [-0.5, top + 0.5 * sag],
    ];
    let outline = Outline::smooth(&corners, 0.05, random);
    let (wool, slope, drape) = (Wool::new(random), random.between(-0.5, 0.5), Grain::new(random));
    let cloth = |[right, down]: [f32; 2]| {
        let curved = down - 0.2 * right * right + slope * right;
        let crease = 1.0 - 0.5 * ramp(0.25, 0.75, drape.rough(right * 0.8, curved * 4.0));
        let round = 1.05 - 0.25 * (right / wide).powi(2);
        wool.at([right + 0.3 * curved, curved]).map(|light| light * crease * round)
    };
    sitter.lay(&mut canvas, &Cloth { outline: &outline, hole: None, colour: &cloth, cover: 1.0, shadow: 0.35 });
    canvas
}

/// A hand over the mouth.
pub(crate) fn hand(sitter: &Sitter, _: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    lay_hand(sitter, &mut canvas, [0.0, sitter.mouth[1] + random.between(-0.05, 0.1)], random);
    canvas
}

/// A hand whose fingers lie across a place of the face.
pub(crate) fn lay_hand(sitter: &Sitter, canvas: &mut Canvas, at: [f32; 2], random: &mut Random) {
    let (side, slope) = (random.sign(), random.between(0.05, 0.5));
    let thick = random.between(0.19, 0.23);
    let tone = random.between(0.88, 1.08);
    let (pores, crease) = (Grain::new(random), Grain::new(random));
    let skin = sitter.skin.map(|light| light * tone);
    // The fingers from the lowest to the first, then the back of the hand.
    for finger in [3.0_f32, 2.0, 1.0, 0.0] {
        let reach = [0.62, 0.78, 0.72, 0.5][finger as usize] + random.between(-0.06, 0.06);
        let down = at[1] + (finger - 1.5) * 1.75 * thick;
        let tip = [at[0] - side * reach, down - 0.04 * finger];
        let knuckle = [at[0] + side * 0.75, down + slope * 0.9];
        lay_limb(sitter, canvas, [tip, knuckle], [thick * 0.8, thick], skin, pores);
    }
    let back = [[at[0] + side * 0.95, at[1] + slope * 0.9], [at[0] + side * 1.9, at[1] + 1.2 + slope * 2.0]];
    lay_limb(sitter, canvas, back, [thick * 3.0, thick * 2.4], skin, crease);
}

/// A finger or the like: a bent, tapered tube of skin.
fn lay_limb(sitter: &Sitter, canvas: &mut Canvas, ends: [[f32; 2]; 2], radii: [f32; 2], skin: Light, pores: Grain) {
    let edge = sitter.edge();
    let [from, to] = ends;
    let length = (to[0] - from[0]).hypot(to[1] - from[1]);
    canvas.paint(|x, y, light| {
        let place = sitter.place(x, y);
        let along = ((place[0] - from[0]) * (to[0] - from[0]) + (place[1] - from[1]) * (to[1] - from[1])) / length;
        let part = (along / length).clamp(0.0, 1.0);
        let joint = 0.05 * (9.0 * along).sin() + 0.04 * pores.at(along * 3.0, 1.0);
        let radius = radii[0] + (radii[1] - radii[0]) * part.sqrt() + radii[0] * joint;
        let beyond = from_segment(place, from, to) - radius;
        if beyond > 0.25 {
            return None;
        }
        let dimmed = 1.0 - 0.4 * (-beyond.max(0.0) / 0.05).exp() * ramp(0.25, 0.0, beyond);
        let inside = (-beyond / radius).clamp(0.0, 1.0);
        let wrinkle = 0.12 * ramp(0.75, 1.0, (7.0 * along + 0.6 * pores.at(place[0] * 5.0, place[1] * 5.0)).sin());
        let round = 0.62 + 0.42 * (inside * (2.0 - inside)).sqrt() - wrinkle
            + 0.07 * pores.rough(place[0] * 3.0, place[1] * 3.0)
            + 0.05 * pores.rough(place[0] * 35.0, place[1] * 35.0);
        let red = 1.0 - 0.12 * (1.0 - inside);
        let over = [skin[0], skin[1] * red, skin[2] * red].map(|light| light * round);
        let share = ramp(edge, -edge, beyond);
        Some(([0, 1, 2].map(|n| light[n] * dimmed * (1.0 - share) + over[n] * share), 1.0))
    });
}
