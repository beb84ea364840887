//! Lines for training and trial: what is printed, how it is cut, what each cell is called.

use kyclint::identity::GLYPHS;
use kyclint::identity::glyph;
use kyclint::pixels::Plane;
use kyclint::scene::Strip;
use kyclint::synth::Face;

use crate::photograph::photograph;
use crate::print::Layout;
use crate::print::print;
use crate::random::Random;
use crate::raster::Raster;
use crate::recipe::Fault;
use crate::recipe::Recipe;

/// The label of a cell that shows no glyph.
pub const BLANK: u8 = GLYPHS.len() as u8;

/// Characters of a line, without its margins.
pub const CELLS: usize = 16;

/// A strip and what each of its cells shows.
pub struct Sample {
    pub strip: Strip,
    pub labels: Vec<u8>,
}

/// How a line is no line of glyphs.
#[derive(Clone, Copy)]
enum Wrong {
    /// Cells are cut between two glyphs.
    Halves,
    /// Cells are cut too high or too low.
    Beside,
    /// Cells are much too small or too large.
    Size,
    /// Small letters of another typeface.
    Print,
    /// Nothing is printed.
    Empty,
}

/// Share of lines that are none.
const WRONG: f32 = 0.15;

impl Sample {
    /// Line `index` under `seed`; sometimes it is none.
    pub fn new(seed: u64, index: u64, fault: Fault) -> Self {
        let mut random = Random::new(seed, index);
        let wrong = random.chance(WRONG).then(|| {
            random.pick(&[Wrong::Halves, Wrong::Halves, Wrong::Beside, Wrong::Size, Wrong::Print, Wrong::Empty])
        });
        Self::make(fault, wrong, &mut random)
    }

    fn make(fault: Fault, wrong: Option<Wrong>, random: &mut Random) -> Self {
        let mut recipe = Recipe::with(fault, random);
        let text = match wrong {
            Some(Wrong::Print) => (0..CELLS + 2).map(|_| char::from(b'a' + random.below(26) as u8)).collect(),
            Some(Wrong::Empty) => " ".repeat(CELLS + 2),
            _ => line(random),
        };
        let face = match wrong {
            Some(Wrong::Print) => random.pick(&[Face::Sans, Face::SansBold, Face::Serif]),
            _ => Face::OcrB,
        };
        let mut step = 1.0;
        match wrong {
            Some(Wrong::Halves) => recipe.offset[0] = [random.between(0.4, 0.6), 0.0, 0.0],
            Some(Wrong::Beside) => recipe.offset[1] = [sign(random) * random.between(0.4, 0.9), 0.0, 0.0],
            Some(Wrong::Size) => step = random.pick(&[0.5, 1.7]) * random.between(0.9, 1.1),
            _ => {}
        }
        let layout = Layout::new(&recipe, CELLS);
        let ink = print(&recipe, &layout, face, &text, random);
        let photo = photograph(&recipe, &layout, ink, random);
        let labels = text.bytes().skip(1).take(CELLS).map(|byte| if wrong.is_some() { BLANK } else { label(byte) });
        Self { labels: labels.collect(), strip: cut(&photo, &layout, &recipe, step) }
    }
}

/// The number of a character; what is none is [`BLANK`].
pub fn label(byte: u8) -> u8 {
    glyph(char::from(byte)).map_or(BLANK, |at| at as u8)
}

fn sign(random: &mut Random) -> f32 {
    if random.chance(0.5) { 1.0 } else { -1.0 }
}

/// Characters as often as they stand in machine-readable zones: many fillers and digits, letters alike; also one for each
/// margin. Some lines end early.
fn line(random: &mut Random) -> String {
    let [fillers, digits] = random.pick(&[[0.15, 0.3], [0.15, 0.3], [0.1, 0.7], [0.08, 0.05], [0.6, 0.1]]);
    let mut text: Vec<u8> = (0..CELLS + 2).map(|_| character(random, fillers, digits)).collect();
    if random.chance(0.15) {
        let end = random.below(text.len());
        text[end..].fill(b' ');
    }
    for margin in [0, CELLS + 1] {
        if random.chance(0.5) {
            text[margin] = b' ';
        }
    }
    text.into_iter().map(char::from).collect()
}

fn character(random: &mut Random, fillers: f32, digits: f32) -> u8 {
    match random.unit() {
        share if share < fillers => b'<',
        share if share < fillers + digits => b'0' + random.below(10) as u8,
        _ => b'A' + random.below(26) as u8,
    }
}

/// The strip, cut where the recipe says, a cell being `step` pitches.
fn cut(photo: &Raster, layout: &Layout, recipe: &Recipe, step: f32) -> Strip {
    let (width, height) = ((CELLS + 2) * Strip::CELL, Strip::HEIGHT);
    let middle = (CELLS + 2) as f32 / 2.0;
    let mut samples = Vec::with_capacity(width * height);
    for row in 0..height {
        for column in 0..width {
            let x = (column as f32 + 0.5) / Strip::CELL as f32;
            let y = (row as f32 + 0.5 - Strip::FOOT) / Strip::CELL as f32 * step * recipe.scale;
            let part = (x - middle) / middle;
            let [across, down] = recipe
                .offset
                .map(|[constant, slope, curve]| constant + slope * part + curve * (2.0 * part * part - 1.0));
            let x = (middle + (x - middle) * step) + across + recipe.tilt[1] * (y + 0.5);
            let place = layout.place([x, y + down]);
            let value = if recipe.is_cubic { photo.cubic(place) } else { photo.linear(place) };
            samples.push(value.round().clamp(0.0, 255.0) as u8);
        }
    }
    Strip { luma: Plane::new(width, height, samples), cells: CELLS }
}
