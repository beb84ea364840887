//! What lies under the document.

use crate::synth::canvas::Affine;
use crate::synth::canvas::Canvas;
use crate::synth::colour::Rgb;
use crate::synth::colour::hsv;
use crate::synth::colour::mix;
use crate::synth::glyphs;
use crate::synth::glyphs::Face;
use crate::synth::path::Path;
use crate::synth::path::Point;
use crate::synth::path::smooth_open;
use crate::synth::path::turn;
use crate::synth::random::Random;
use crate::synth::random::fractal_noise;
use crate::synth::random::smoothstep;
use crate::synth::random::value_noise;

/// A kind of surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Surface {
    Plain(Rgb),
    Wood(Rgb),
    Cloth(Rgb),
    Stone(Rgb),
    /// A viewer on a screen: its background colour.
    Screen(Rgb),
}

impl Surface {
    /// A tidy surface in a colour that a document stands out from.
    pub(super) fn draw(random: &mut Random) -> Self {
        const WOODS: [Rgb; 5] = [[150, 104, 66], [104, 66, 40], [196, 156, 110], [72, 50, 38], [170, 120, 84]];
        let dark = hsv(random.unit(), random.range(0.1, 0.6), random.range(0.15, 0.5));
        match random.below(5) {
            0 => Self::Plain(dark),
            1 | 2 => Self::Wood(random.pick(&WOODS)),
            3 => Self::Cloth(dark),
            _ => Self::Stone(hsv(random.unit(), 0.08, random.range(0.3, 0.55))),
        }
    }

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Plain(_) => "plain",
            Self::Wood(_) => "wood",
            Self::Cloth(_) => "cloth",
            Self::Stone(_) => "stone",
            Self::Screen(_) => "screen",
        }
    }
}

/// A surface drawn around the document's centre.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) canvas: Canvas,
    /// Plane position of the canvas's top left corner, mm.
    pub(super) origin: Point,
    /// Pixels per mm.
    pub(super) density: f32,
}

impl Table {
    /// Draws the part of the plane between `low` and `high`, mm.
    pub(super) fn draw(surface: Surface, low: Point, high: Point, density: f32, seed: u64) -> Self {
        let mut random = Random::stream(seed, 0, "table");
        let mut canvas = Canvas::new(high[0] - low[0], high[1] - low[1], density, [128; 3]);
        let noise = random.next() as u32;
        let at = |p: Point| [p[0] + low[0] + 1000.0, p[1] + low[1] + 1000.0];
        let (sin, cos) = turn(random.unit());
        let rotated = |p: Point| [p[0] * cos - p[1] * sin, p[0] * sin + p[1] * cos];
        match surface {
            Surface::Plain(colour) => canvas.shade(|p, _| plain(colour, at(p), noise)),
            Surface::Wood(colour) => canvas.shade(|p, _| wood(colour, rotated(at(p)), noise)),
            Surface::Cloth(colour) => {
                let pitch = random.range(9.0, 26.0);
                let second = mix(colour, hsv(random.unit(), 0.4, 0.8), random.range(0.1, 0.45));
                canvas.shade(|p, _| cloth(colour, second, rotated(at(p)), pitch, noise));
            }
            Surface::Stone(colour) => canvas.shade(|p, _| stone(colour, at(p), noise)),
            Surface::Screen(colour) => canvas.shade(|_, _| colour),
        }
        Self { canvas, origin: low, density }
    }

    /// Draws on the table in plane coordinates.
    pub(super) fn draw_on(&mut self, draw: impl FnOnce(&mut Canvas)) {
        let origin = [-self.origin[0], -self.origin[1]];
        self.canvas.within(Affine::place(origin, 1.0, turn(0.0)), draw);
    }
}

fn scaled(colour: Rgb, by: f32) -> Rgb {
    colour.map(|code| (f32::from(code) * by).clamp(0.0, 255.0) as u8)
}

fn plain(colour: Rgb, p: Point, noise: u32) -> Rgb {
    let grain = value_noise(noise, p[0] * 3.0, p[1] * 3.0) - 0.5;
    let cloud = value_noise(noise ^ 1, p[0] / 60.0, p[1] / 60.0) - 0.5;
    scaled(colour, 1.0 + 0.05 * grain + 0.08 * cloud)
}

fn wood(colour: Rgb, p: Point, noise: u32) -> Rgb {
    let bend = fractal_noise(noise, p[0] / 140.0, p[1] / 30.0, 2) * 9.0;
    let rings = value_noise(noise ^ 3, p[0] / 160.0, p[1] / 3.4 + bend);
    let fibre = value_noise(noise ^ 5, p[0] / 14.0, p[1] * 2.6 + bend);
    let plank = (p[1] / 95.0).floor();
    let tone = value_noise(noise ^ 7, plank * 3.7, 0.5) - 0.5;
    let joint = if (p[1] / 95.0 - plank) < 0.009 { 0.55 } else { 1.0 };
    scaled(colour, joint * (0.78 + 0.3 * rings + 0.16 * (fibre - 0.5) + 0.22 * tone))
}

fn cloth(colour: Rgb, second: Rgb, p: Point, pitch: f32, noise: u32) -> Rgb {
    let stripe = |v: f32| if (v / pitch).rem_euclid(1.0) < 0.42 { 0.5 } else { 0.0 };
    let weave = |v: f32| (v / 0.7).rem_euclid(1.0) - 0.5;
    let thread = 1.0 - 0.16 * (weave(p[0]).abs() + weave(p[1]).abs());
    let fold = 0.92 + 0.16 * value_noise(noise, p[0] / 50.0, p[1] / 80.0);
    let fuzz = 1.0 + 0.1 * (value_noise(noise ^ 9, p[0] * 2.0, p[1] * 2.0) - 0.5);
    scaled(mix(colour, second, stripe(p[0]) + stripe(p[1])), thread * fold * fuzz)
}

fn stone(colour: Rgb, p: Point, noise: u32) -> Rgb {
    let speck = fractal_noise(noise, p[0] * 0.8 + p[1] * 0.6, p[1] * 0.8 - p[0] * 0.6, 3);
    let fleck = 1.0 + 0.35 * smoothstep(0.6, 0.72, speck) - 0.4 * smoothstep(0.4, 0.28, speck);
    let vein = (fractal_noise(noise ^ 2, p[0] / 40.0, p[1] / 40.0, 3) - 0.5).abs();
    scaled(
        colour,
        fleck
            * (1.0 - 0.25 * (0.04 - vein).max(0.0) / 0.04)
            * (0.95 + 0.1 * value_noise(noise ^ 4, p[0] / 9.0, p[1] / 9.0)),
    )
}

/// Strews things over the table, the more the higher `amount`, all at most `reach` mm away from the document's middle.
pub(super) fn clutter(table: &mut Table, amount: usize, reach: Point, seed: u64) {
    let mut random = Random::stream(seed, 0, "clutter");
    table.draw_on(|canvas| {
        for i in 0..amount {
            let angle = random.unit();
            let (sin, cos) = turn(angle);
            let away = random.range(0.75, 1.15);
            let place = Affine::place([reach[0] * away * cos, reach[1] * away * sin], 1.0, turn(random.unit()));
            canvas.within(place, |canvas| thing(canvas, i, &mut random));
        }
    });
}

fn thing(canvas: &mut Canvas, index: usize, random: &mut Random) {
    match index % 6 {
        0 => paper(canvas, random),
        1 => keyboard(canvas),
        2 | 3 => pen(canvas, random),
        4 => cable(canvas, random),
        _ => coins(canvas, random),
    }
}

fn shadow(canvas: &mut Canvas, path: &Path) {
    canvas.fill(&path.map(|p| [p[0] + 1.2, p[1] + 1.6]), [0; 3], 0.35);
}

fn paper(canvas: &mut Canvas, random: &mut Random) {
    let sheet = Path::rectangle(-50.0, -60.0, 105.0, 148.0);
    shadow(canvas, &sheet);
    canvas.fill(&sheet, hsv(0.12, random.range(0.0, 0.2), 0.94), 1.0);
    for line in 0..22_u8 {
        let y = -48.0 + 5.6 * f32::from(line);
        let text = random.pick(&[
            "minutes of the harbour council, seventh session",
            "received with thanks, twelve crates",
            "see also: tides and ferries",
            "offered for the autumn market by the guild",
        ]);
        glyphs::draw(canvas, Face::Serif, text, [-42.0, y], 1.9, ([40, 40, 46], 0.9));
    }
}

fn keyboard(canvas: &mut Canvas) {
    let body = Path::rounded_rectangle(-70.0, -30.0, 140.0, 62.0, 4.0);
    shadow(canvas, &body);
    canvas.fill(&body, [44, 46, 50], 1.0);
    for row in 0..4_u8 {
        for column in 0..9_u8 {
            let (x, y) = (-66.0 + 14.6 * f32::from(column) + f32::from(row) * 2.2, -26.0 + 14.4 * f32::from(row));
            canvas.fill(&Path::rounded_rectangle(x, y, 12.8, 12.6, 1.6), [78, 80, 86], 1.0);
            let letter = char::from(b'A' + (row * 9 + column) % 26).to_string();
            glyphs::draw(canvas, Face::Sans, &letter, [x + 2.2, y + 5.2], 2.6, ([226; 3], 0.95));
        }
    }
}

fn pen(canvas: &mut Canvas, random: &mut Random) {
    let colour = hsv(random.unit(), 0.7, random.range(0.25, 0.8));
    let body = Path::rounded_rectangle(-70.0, -4.2, 118.0, 8.4, 3.8);
    shadow(canvas, &body);
    canvas.fill(&body, colour, 1.0);
    canvas.fill(&Path::polygon(&[[48.0, -3.4], [62.0, 0.0], [48.0, 3.4]]), [190, 186, 178], 1.0);
    canvas.fill(&Path::rectangle(-66.0, -2.2, 108.0, 1.3), mix(colour, [255; 3], 0.6), 0.8);
    canvas.fill(&Path::rounded_rectangle(-68.0, -1.1, 36.0, 2.2, 1.0), mix(colour, [230; 3], 0.7), 1.0);
}

fn cable(canvas: &mut Canvas, random: &mut Random) {
    let knots: Vec<Point> = (0..7_u8).map(|i| [-90.0 + 30.0 * f32::from(i), random.range(-24.0, 24.0)]).collect();
    let curve = smooth_open(&knots, 14);
    let dark = random.chance(0.5);
    let lowered: Vec<Point> = curve.iter().map(|p| [p[0] + 0.8, p[1] + 1.4]).collect();
    canvas.stroke(&lowered, 4.2, [0; 3], 0.3);
    canvas.stroke(&curve, 3.8, if dark { [28, 28, 30] } else { [226, 226, 222] }, 1.0);
    canvas.stroke(&curve, 1.0, if dark { [80, 80, 84] } else { [250; 3] }, 0.7);
}

fn coins(canvas: &mut Canvas, random: &mut Random) {
    for _ in 0..4 {
        let (x, y, r) = (random.range(-24.0, 24.0), random.range(-24.0, 24.0), random.range(8.0, 12.0));
        let metal = random.pick(&[[198, 160, 90], [176, 104, 66], [190, 190, 194]]);
        let disc = Path::ellipse(x, y, r, r);
        shadow(canvas, &disc);
        canvas.fill(&disc, mix(metal, [0; 3], 0.3), 1.0);
        canvas.fill(&Path::ellipse(x, y, r * 0.86, r * 0.86), metal, 1.0);
        canvas.blob([x - r * 0.3, y - r * 0.4], [r * 0.7, r * 0.4], [255; 3], 0.5);
        glyphs::draw(canvas, Face::SansBold, "20", [x - r * 0.5, y + r * 0.3], r * 0.6, (mix(metal, [0; 3], 0.5), 0.9));
    }
}

/// The opposite page of an open passport, above the data page, with the fold between.
pub(super) fn opposite_page(table: &mut Table, paper: Rgb) {
    table.draw_on(|canvas| {
        let page = Path::rounded_rectangle(-62.5, -132.0, 125.0, 88.0, 3.2);
        shadow(canvas, &page);
        canvas.fill(&page, mix(paper, [250, 246, 236], 0.4), 1.0);
        glyphs::draw(canvas, Face::Serif, "VISAS / VIZOJ", [-24.0, -122.0], 3.0, (mix(paper, [40, 40, 60], 0.7), 0.8));
        for step in 0..6_u8 {
            let h = 4.0 - 0.6 * f32::from(step);
            canvas.fill(&Path::rectangle(-62.5, -44.0 - h, 125.0, h), [0; 3], 0.07);
        }
    });
}
