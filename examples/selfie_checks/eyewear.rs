//! Glasses: dark ones, clear ones, and clear ones that mirror a lamp.

use crate::canvas::Canvas;
use crate::canvas::Light;
use crate::canvas::mixed;
use crate::canvas::ramp;
use crate::random::Grain;
use crate::random::Random;
use crate::shapes::Outline;
use crate::shapes::from_segment;
use crate::sitter::Cloth;
use crate::sitter::EYES;
use crate::sitter::Sitter;

const TINTS: [Light; 5] =
    [[0.015, 0.015, 0.017], [0.05, 0.03, 0.015], [0.015, 0.035, 0.025], [0.02, 0.025, 0.05], [0.06, 0.05, 0.045]];
const RIMS: [Light; 7] = [
    [0.012, 0.012, 0.013],
    [0.02, 0.02, 0.02],
    [0.07, 0.03, 0.015],
    [0.45, 0.33, 0.12],
    [0.35, 0.35, 0.37],
    [0.12, 0.02, 0.02],
    [0.03, 0.04, 0.10],
];
/// What lamps look like in a coated lens and in others.
const LAMPS: [Light; 4] = [[1.0, 1.0, 1.0], [0.65, 1.0, 0.75], [0.75, 0.85, 1.0], [0.9, 0.8, 1.0]];

/// A pair of lenses before the eyes.
struct Lenses {
    outlines: [Outline; 2],
    middles: [[f32; 2]; 2],
    half: [f32; 2],
}

impl Lenses {
    fn new(width: [f32; 2], height: [f32; 2], random: &mut Random) -> Self {
        let half = [random.between(width[0], width[1]), random.between(height[0], height[1])];
        let power = random.between(2.0, 4.0);
        let (out, down) = (random.between(0.0, 0.05), random.between(0.02, 0.09));
        let middles = EYES.map(|[right, eye]| [right + right.signum() * out, eye + down]);
        let outlines = middles.map(|middle| Outline::oval(middle, half, power, random));
        Self { outlines, middles, half }
    }

    /// Rims, the bridge between them and the bows to the ears.
    fn frame(&self, sitter: &Sitter, canvas: &mut Canvas, half: f32, colour: Light) {
        for outline in &self.outlines {
            sitter.line(canvas, half, colour, |place| outline.distance(place).abs());
        }
        let inner = 0.5 - self.half[0] + self.middles[1][0] - 0.5;
        let height = self.middles[0][1] - 0.35 * self.half[1];
        sitter.line(canvas, half * 0.9, colour, |[right, down]| {
            if right.abs() > inner { 1.0 } else { (down - height + 0.06 * (1.0 - (right / inner).powi(2))).abs() }
        });
        let outer = self.middles[1][0] + self.half[0];
        for side in [-1.0, 1.0] {
            let ear = sitter.points.jaw.max(outer) + 0.12;
            sitter.line(canvas, half, colour, |place| {
                from_segment(place, [side * outer, height], [side * ear, height - 0.02])
            });
        }
    }
}

/// Sunglasses: less and less can be seen through them.
pub(crate) fn sunglasses(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let lenses = Lenses::new([0.33, 0.43], [0.24, 0.36], random);
    let (tint, rim, mirrored) = (random.pick(&TINTS), random.pick(&RIMS), Grain::new(random));
    let cover = [0.8, 0.92, 0.97][strength];
    let (fade, shine) = (random.between(0.0, 0.12), random.between(0.01, 0.12));
    let sky = random.pick(&LAMPS);
    for (outline, middle) in lenses.outlines.iter().zip(lenses.middles) {
        let glass = |[right, down]: [f32; 2]| {
            let up = ramp(0.3, -0.3, down - middle[1] + 0.15 * mirrored.at(right * 2.0, 5.0));
            let seen = 0.5 + 0.5 * mirrored.rough(right * 4.0 + 3.0, down * 4.0);
            [0, 1, 2].map(|n| tint[n] + shine * sky[n] * (0.2 * up + 0.8 * up * seen))
        };
        let cover = cover - fade * f32::from(strength < 2);
        sitter.lay(&mut canvas, &Cloth { outline, hole: None, colour: &glass, cover, shadow: 0.25 });
    }
    let half = random.between(0.018, 0.05);
    lenses.frame(sitter, &mut canvas, half, rim);
    canvas
}

/// Glasses through which everything is seen.
pub(crate) fn clear(sitter: &Sitter, _: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    wear(sitter, &mut canvas, random);
    canvas
}

fn wear(sitter: &Sitter, canvas: &mut Canvas, random: &mut Random) -> Lenses {
    // Who wears glasses keeps them.
    if sitter.has_glasses {
        return Lenses::new([0.38, 0.40], [0.22, 0.24], random);
    }
    let lenses = Lenses::new([0.34, 0.42], [0.2, 0.3], random);
    for outline in &lenses.outlines {
        canvas.paint(|x, y, light| {
            let beyond = outline.distance(sitter.place(x, y));
            (beyond < 0.0).then(|| (light.map(|light| light * 0.93 + 0.004), 1.0))
        });
    }
    lenses.frame(sitter, canvas, random.between(0.009, 0.022), random.pick(&RIMS));
    lenses
}

/// Glasses that mirror a window or a lamp over less than a tenth, a quarter or half of the lenses.
pub(crate) fn reflection(sitter: &Sitter, strength: usize, random: &mut Random) -> Canvas {
    let mut canvas = sitter.canvas.clone();
    let lenses = wear(sitter, &mut canvas, random);
    let share = [0.1_f32, 0.25, 0.5][strength] * random.between(0.85, 1.15);
    let aspect = random.between(0.6, 1.6);
    let lamp = random.pick(&LAMPS);
    let (bright, soft) = (random.between(0.6, 1.0), random.between(0.015, 0.06));
    let (power, haze) = (random.between(2.0, 5.0), Grain::new(random));
    let offset = [random.between(-0.4, 0.4), random.between(-0.45, 0.3)];
    for (outline, middle) in lenses.outlines.iter().zip(lenses.middles) {
        let [width, height] = lenses.half;
        let side = (share * width * height).sqrt();
        let at = [0, 1].map(|axis| middle[axis] + offset[axis] * lenses.half[axis] + random.between(-0.04, 0.04));
        let spot = Outline::oval(at, [side * aspect.sqrt(), side / aspect.sqrt()], power, random);
        canvas.paint(|x, y, light| {
            let place = sitter.place(x, y);
            let beyond = spot.distance(place);
            if beyond > 0.3 {
                return None;
            }
            let core = ramp(soft, -soft, beyond) * (0.85 + 0.25 * haze.rough(place[0] * 5.0, place[1] * 5.0));
            let glow = 0.15 * (-beyond.max(0.0) / 0.08).exp();
            let within = ramp(0.01, -0.02, outline.distance(place));
            let share = (bright * (core + glow)).min(1.0) * within;
            Some((mixed(light, lamp, share), 1.0))
        });
    }
    canvas
}
