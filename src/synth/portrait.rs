//! A drawn head and shoulders. Nobody's face: shapes and shades from a handful of random measures.

use crate::synth::canvas::Canvas;
use crate::synth::colour::Rgb;
use crate::synth::colour::mix;
use crate::synth::path::Path;
use crate::synth::path::Point;
use crate::synth::path::smooth_open;
use crate::synth::random::Random;

/// Skin tones from light to dark, sRGB, spread like the Monk scale.
pub(super) const SKIN_TONES: [Rgb; 8] = [
    [246, 226, 212],
    [238, 204, 180],
    [224, 180, 148],
    [203, 152, 116],
    [170, 118, 84],
    [132, 88, 60],
    [98, 64, 46],
    [66, 44, 36],
];
const HAIR: [Rgb; 7] =
    [[26, 22, 20], [48, 34, 26], [84, 56, 36], [128, 88, 50], [190, 154, 96], [146, 72, 40], [150, 148, 146]];
const IRIS: [Rgb; 4] = [[70, 48, 32], [92, 74, 46], [72, 100, 120], [84, 106, 78]];
const CLOTHES: [Rgb; 7] =
    [[38, 44, 58], [120, 40, 46], [222, 222, 218], [60, 90, 120], [52, 84, 62], [96, 84, 110], [178, 150, 110]];

/// What is worn over the face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covering {
    Nothing,
    Mask,
    Sunglasses,
}

/// How a head looks. Measures are in units of the head's width.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) tone: usize,
    pub(super) covering: Covering,
    pub(super) eyes_open: f32,
    pub(super) glasses: bool,
    /// Sideways turn of the features, head widths.
    pub(super) turn: f32,
    hair: Rgb,
    style: usize,
    iris: Rgb,
    clothes: Rgb,
    beard: bool,
    jaw: f32,
    eye_gap: f32,
    nose: f32,
    mouth: f32,
    smile: f32,
}

impl Look {
    pub(super) fn draw(random: &mut Random) -> Self {
        let tone = random.below(SKIN_TONES.len());
        let style = random.below(4);
        Self {
            tone,
            covering: Covering::Nothing,
            eyes_open: random.range(0.85, 1.0),
            glasses: random.chance(0.25),
            turn: 0.0,
            hair: HAIR[if tone > 3 { random.below(3) } else { random.below(HAIR.len()) }],
            style,
            iris: IRIS[if tone > 3 { random.below(2) } else { random.below(IRIS.len()) }],
            clothes: random.pick(&CLOTHES),
            beard: style != 2 && random.chance(0.25),
            jaw: random.range(0.34, 0.41),
            eye_gap: random.range(0.215, 0.24),
            nose: random.range(0.07, 0.095),
            mouth: random.range(0.14, 0.18),
            smile: random.range(-0.01, 0.03),
        }
    }

    fn skin(&self) -> Rgb {
        SKIN_TONES[self.tone]
    }

    fn darker(&self, by: f32) -> Rgb {
        mix(self.skin(), [50, 18, 12], by)
    }
}

/// Distance between the eyes' centres, head widths.
pub(super) fn eye_distance(look: &Look) -> f32 {
    look.eye_gap * 2.0
}

/// Draws the head around the origin (between the eyes), one unit a head's width, shoulders below.
pub(super) fn draw(canvas: &mut Canvas, look: &Look) {
    back_hair(canvas, look);
    shoulders(canvas, look);
    head(canvas, look);
    for side in [-1.0, 1.0] {
        eye(canvas, look, side);
        brow(canvas, look, side);
    }
    nose(canvas, look);
    if look.beard {
        beard(canvas, look);
    }
    mouth(canvas, look);
    front_hair(canvas, look);
    if look.glasses && look.covering != Covering::Sunglasses {
        glasses(canvas, look, [40, 36, 36], 0.0);
    }
    match look.covering {
        Covering::Nothing => {}
        Covering::Mask => mask(canvas),
        Covering::Sunglasses => glasses(canvas, look, [18, 18, 22], 0.96),
    }
}

fn face_outline(look: &Look) -> Path {
    let j = look.jaw;
    Path::smooth_closed(&[
        [0.0, -0.62],
        [0.3, -0.55],
        [0.47, -0.3],
        [0.5, 0.0],
        [0.47, 0.25],
        [j, 0.5],
        [0.2, 0.68],
        [0.0, 0.73],
        [-0.2, 0.68],
        [-j, 0.5],
        [-0.47, 0.25],
        [-0.5, 0.0],
        [-0.47, -0.3],
        [-0.3, -0.55],
    ])
}

fn head(canvas: &mut Canvas, look: &Look) {
    for side in [-1.0, 1.0] {
        canvas.fill(&Path::ellipse(side * 0.51, 0.08, 0.07, 0.15), look.darker(0.12), 1.0);
        canvas.blob([side * 0.52, 0.08], [0.04, 0.1], look.darker(0.4), 0.6);
    }
    canvas.fill(&face_outline(look), look.skin(), 1.0);
    for side in [-1.0, 1.0] {
        canvas.blob([side * 0.38, 0.16], [0.13, 0.5], look.darker(0.35), 0.4);
        canvas.blob([side * 0.24, 0.24], [0.17, 0.15], mix(look.skin(), [214, 80, 70], 0.4), 0.35);
        canvas.blob([side * (look.eye_gap + 0.01), -0.02], [0.17, 0.12], look.darker(0.3), 0.5);
    }
    canvas.blob([0.0, -0.38], [0.34, 0.2], mix(look.skin(), [255, 250, 240], 0.4), 0.5);
    canvas.blob([0.0, 0.6], [0.16, 0.09], mix(look.skin(), [255, 245, 235], 0.3), 0.4);
    canvas.blob([0.0, 0.7], [0.2, 0.07], look.darker(0.4), 0.5);
}

fn shoulders(canvas: &mut Canvas, look: &Look) {
    let neck = Path::polygon(&[[-0.27, 0.3], [0.27, 0.3], [0.3, 1.02], [0.0, 1.25], [-0.3, 1.02]]);
    canvas.fill(&neck, look.darker(0.14), 1.0);
    canvas.blob([0.0, 0.76], [0.27, 0.26], look.darker(0.6), 0.8);
    let body = Path::smooth_closed(&[
        [-0.29, 0.98],
        [0.0, 1.2],
        [0.29, 0.98],
        [0.75, 1.12],
        [1.08, 1.4],
        [1.2, 2.0],
        [1.22, 3.4],
        [0.0, 3.5],
        [-1.22, 3.4],
        [-1.2, 2.0],
        [-1.08, 1.4],
        [-0.75, 1.12],
    ]);
    canvas.fill(&body, look.clothes, 1.0);
    canvas.fill(&Path::rectangle(-1.2, 2.4, 2.4, 16.0), look.clothes, 1.0);
    for side in [-1.0, 1.0] {
        canvas.blob([side * 0.85, 2.0], [0.22, 0.8], mix(look.clothes, [0; 3], 0.5), 0.6);
        let seam = smooth_open(&[[side * 0.3, 0.99], [side * 0.22, 1.14], [0.0, 1.24]], 8);
        canvas.stroke(&seam, 0.035, mix(look.clothes, [0; 3], 0.35), 0.9);
    }
    canvas.stroke(&[[0.0, 1.24], [0.02, 2.6]], 0.012, mix(look.clothes, [0; 3], 0.5), 0.8);
}

fn eye(canvas: &mut Canvas, look: &Look, side: f32) {
    let (x, open) = (side * look.eye_gap + look.turn, look.eyes_open * 0.052);
    let corner = |dx: f32, dy: f32| [x + side * dx, dy];
    let white = Path::smooth_closed(&[
        corner(-0.095, 0.012),
        corner(-0.04, -open * 0.8),
        corner(0.03, -open),
        corner(0.1, -0.008),
        corner(0.035, open * 0.75),
        corner(-0.045, open * 0.7),
    ]);
    if look.eyes_open > 0.25 {
        canvas.fill(&white, [238, 234, 230], 1.0);
        let ry = 0.05_f32.min(open * 1.05);
        canvas.fill(&Path::ellipse(x, 0.0, 0.05, ry), look.iris, 1.0);
        canvas.fill(&Path::ellipse(x, 0.0, 0.022, ry.min(0.022)), [10, 8, 8], 1.0);
        canvas.fill(&Path::ellipse(x + 0.015, -0.016, 0.01, 0.01_f32.min(ry / 3.0)), [255; 3], 0.9);
    }
    let lid = smooth_open(
        &[corner(-0.1, 0.016), corner(-0.04, -open * 0.85), corner(0.03, -open * 1.05), corner(0.11, -0.012)],
        8,
    );
    canvas.stroke(&lid, 0.02, mix(look.hair, [20, 12, 10], 0.6), 0.9);
    let fold = smooth_open(&[corner(-0.08, -0.045), corner(0.02, -0.088), corner(0.11, -0.05)], 8);
    canvas.stroke(&fold, 0.01, look.darker(0.55), 0.7);
    let lower = smooth_open(&[corner(-0.08, 0.025), corner(0.0, open * 0.95), corner(0.09, 0.012)], 8);
    canvas.stroke(&lower, 0.008, look.darker(0.5), 0.7);
}

fn brow(canvas: &mut Canvas, look: &Look, side: f32) {
    let x = side * look.eye_gap + look.turn;
    let point = |dx: f32, dy: f32| [x + side * dx, dy];
    let shape = Path::smooth_closed(&[
        point(-0.12, -0.115),
        point(-0.02, -0.165),
        point(0.08, -0.165),
        point(0.15, -0.125),
        point(0.07, -0.14),
        point(-0.02, -0.13),
    ]);
    canvas.fill(&shape, mix(look.hair, [30, 20, 16], 0.3), 0.85);
}

fn nose(canvas: &mut Canvas, look: &Look) {
    let (x, n) = (look.turn * 1.6, look.nose);
    canvas.blob([x + 0.06, 0.12], [0.06, 0.24], look.darker(0.4), 0.4);
    canvas.blob([x - 0.005, 0.14], [0.035, 0.22], mix(look.skin(), [255, 250, 240], 0.5), 0.5);
    canvas.blob([x, 0.3], [n * 1.5, 0.07], look.darker(0.45), 0.5);
    for side in [-1.0, 1.0] {
        canvas.fill(&Path::ellipse(x + side * n * 0.55, 0.305, 0.025, 0.013), look.darker(0.8), 0.8);
        let wing =
            smooth_open(&[[x + side * n * 0.8, 0.22], [x + side * n * 1.12, 0.28], [x + side * n * 0.85, 0.315]], 6);
        canvas.stroke(&wing, 0.013, look.darker(0.55), 0.7);
    }
}

fn mouth(canvas: &mut Canvas, look: &Look) {
    let (x, m, s) = (look.turn * 1.2, look.mouth, look.smile);
    let lips = mix(look.skin(), [160, 52, 58], 0.45);
    let upper = Path::smooth_closed(&[
        [x - m, 0.47 - s],
        [x - 0.05, 0.435],
        [x, 0.445],
        [x + 0.05, 0.435],
        [x + m, 0.47 - s],
        [x, 0.478],
    ]);
    let lower = Path::smooth_closed(&[
        [x - m, 0.472 - s],
        [x, 0.478],
        [x + m, 0.472 - s],
        [x + 0.08, 0.525],
        [x - 0.08, 0.525],
    ]);
    canvas.fill(&lower, mix(lips, [255, 220, 210], 0.12), 1.0);
    canvas.fill(&upper, mix(lips, [60, 10, 10], 0.18), 1.0);
    canvas.stroke(
        &smooth_open(&[[x - m, 0.47 - s], [x, 0.478], [x + m, 0.47 - s]], 10),
        0.011,
        mix(lips, [40, 6, 8], 0.7),
        0.9,
    );
    canvas.blob([x, 0.57], [0.12, 0.035], look.darker(0.4), 0.6);
}

fn beard(canvas: &mut Canvas, look: &Look) {
    let j = look.jaw;
    let shape = Path::smooth_closed(&[
        [-0.48, 0.2],
        [-0.4, 0.34],
        [-0.24, 0.4],
        [0.0, 0.385],
        [0.24, 0.4],
        [0.4, 0.34],
        [0.48, 0.2],
        [j + 0.02, 0.5],
        [0.21, 0.7],
        [0.0, 0.76],
        [-0.21, 0.7],
        [-j - 0.02, 0.5],
    ]);
    canvas.fill(&shape, mix(look.hair, look.skin(), 0.2), 0.7);
}

fn back_hair(canvas: &mut Canvas, look: &Look) {
    let reach = match look.style {
        0 => return,
        1 => Path::ellipse(0.0, -0.18, 0.56, 0.6),
        2 => Path::smooth_closed(&[
            [0.0, -0.8],
            [0.45, -0.68],
            [0.63, -0.2],
            [0.64, 0.5],
            [0.7, 1.15],
            [0.4, 1.3],
            [0.0, 1.2],
            [-0.4, 1.3],
            [-0.7, 1.15],
            [-0.64, 0.5],
            [-0.63, -0.2],
            [-0.45, -0.68],
        ]),
        _ => Path::ellipse(0.0, -0.25, 0.7, 0.68),
    };
    canvas.fill(&reach, mix(look.hair, [0; 3], 0.25), 1.0);
}

fn front_hair(canvas: &mut Canvas, look: &Look) {
    if look.style == 0 {
        canvas.blob([-0.08, -0.5], [0.18, 0.1], [255, 252, 246], 0.3);
        return;
    }
    let part = [0.0, -0.16, 0.1, 0.0][look.style];
    let cap = Path::smooth_closed(&[
        [-0.53, -0.02],
        [-0.55, -0.35],
        [-0.38, -0.66],
        [0.0, -0.78],
        [0.38, -0.66],
        [0.55, -0.35],
        [0.53, -0.02],
        [0.46, -0.26],
        [0.3, -0.42],
        [part, -0.47],
        [-0.3, -0.4],
        [-0.46, -0.26],
    ]);
    canvas.fill(&cap, look.hair, 1.0);
    for i in 0..14_u8 {
        let x = f32::from(i) / 13.0 - 0.5;
        let strand = smooth_open(&[[x * 0.5 + part * 0.5, -0.75], [x * 0.8, -0.64], [x * 0.98, -0.42]], 6);
        let tint = if i % 2 == 0 { [255; 3] } else { [0; 3] };
        canvas.stroke(&strand, 0.012, mix(look.hair, tint, 0.18), 0.6);
    }
}

fn glasses(canvas: &mut Canvas, look: &Look, frame: Rgb, tint: f32) {
    for side in [-1.0, 1.0] {
        let x = side * (look.eye_gap + 0.005) + look.turn;
        let lens = Path::rounded_rectangle(x - 0.165, -0.105, 0.33, 0.24, 0.09);
        canvas.fill(&lens, frame, tint);
        canvas.blob([x - 0.05, -0.04], [0.1, 0.07], [255; 3], 0.18);
        let mut rim: Vec<Point> = lens.contours[0].clone();
        rim.push(rim[0]);
        canvas.stroke(&rim, 0.02, frame, 1.0);
        canvas.stroke(&[[x + side * 0.165, -0.04], [side * 0.51, -0.06]], 0.022, frame, 1.0);
    }
    let x = look.turn;
    canvas.stroke(&smooth_open(&[[x - 0.065, -0.02], [x, -0.045], [x + 0.065, -0.02]], 6), 0.02, frame, 1.0);
}

fn mask(canvas: &mut Canvas) {
    let cloth = [168, 200, 220];
    let shape = Path::smooth_closed(&[
        [0.0, 0.14],
        [0.25, 0.2],
        [0.44, 0.26],
        [0.42, 0.52],
        [0.22, 0.7],
        [0.0, 0.76],
        [-0.22, 0.7],
        [-0.42, 0.52],
        [-0.44, 0.26],
        [-0.25, 0.2],
    ]);
    canvas.fill(&shape, cloth, 1.0);
    for y in [0.32, 0.42, 0.52] {
        canvas.stroke(
            &smooth_open(&[[-0.4, y], [0.0, y + 0.03], [0.4, y]], 8),
            0.014,
            mix(cloth, [60, 90, 110], 0.4),
            0.8,
        );
    }
    for side in [-1.0, 1.0] {
        canvas.stroke(&[[side * 0.43, 0.28], [side * 0.52, 0.1]], 0.018, [230; 3], 1.0);
        canvas.stroke(&[[side * 0.4, 0.52], [side * 0.52, 0.2]], 0.018, [230; 3], 1.0);
    }
}
