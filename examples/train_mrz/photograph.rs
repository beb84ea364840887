//! From ink to a photo of the line: paper, light, lens, sensor, compression.

use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use kyclint::synth::Face;
use kyclint::synth::print_cells;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::print::Layout;
use crate::random::Random;
use crate::raster::Raster;
use crate::recipe::Recipe;

/// Luma, 0–255, of paper with `ink` on it.
pub fn photograph(recipe: &Recipe, layout: &Layout, ink: Vec<f32>, random: &mut Random) -> Raster {
    let mut light = paper(recipe, layout, random);
    let missing = patches(layout, recipe, random);
    for ((value, share), missing) in light.values.iter_mut().zip(ink).zip(missing) {
        *value += (recipe.ink - *value) * share * (1.0 - missing);
    }
    spoil(&mut light, recipe, random);
    illuminate(&mut light, recipe, random);
    let light = light.blurred(recipe.blur * recipe.pitch).moved(recipe.motion.map(|way| way * recipe.pitch));
    let luma = develop(light, recipe, random);
    match recipe.jpeg {
        Some(quality) => compressed(&luma, quality).unwrap_or(luma),
        None => luma,
    }
}

/// Paper with its background pattern.
fn paper(recipe: &Recipe, layout: &Layout, random: &mut Random) -> Raster {
    let (width, height) = (layout.width, layout.height);
    let mut values = vec![recipe.paper; width * height];
    let depth = recipe.pattern * (recipe.paper - recipe.ink);
    if depth > 0.0 {
        match random.below(3) {
            0 => lettering(&mut values, recipe, [width, height], depth, random),
            1 => {
                waves(&mut values, recipe, width, depth, random);
                waves(&mut values, recipe, width, depth, random);
            }
            _ => waves(&mut values, recipe, width, depth, random),
        }
    }
    Raster { width, height, values }
}

/// Lines that wind across the paper.
fn waves(values: &mut [f32], recipe: &Recipe, width: usize, depth: f32, random: &mut Random) {
    let (sine, cosine) = libm::sincosf(random.between(0.0, std::f32::consts::TAU));
    let period = recipe.pitch * random.octaves(0.1, 2.0);
    let (phase, bend) = (random.unit(), random.between(0.0, 0.6));
    let bow = recipe.pitch * random.between(0.8, 4.0);
    let sharp = random.between(0.3, 3.0);
    for (at, value) in values.iter_mut().enumerate() {
        let (x, y) = ((at % width) as f32, (at / width) as f32);
        let (u, v) = (x * cosine + y * sine, y * cosine - x * sine);
        let turns = u / period + phase + bend * libm::sinf(std::f32::consts::TAU * v / bow);
        let wave = libm::sinf(std::f32::consts::TAU * turns);
        *value -= depth * (0.5 + sharp * wave).clamp(0.0, 1.0);
    }
}

/// Small or large words in a faint ink.
fn lettering(values: &mut [f32], recipe: &Recipe, size: [usize; 2], depth: f32, random: &mut Random) {
    let face = random.pick(&[Face::Sans, Face::SansBold, Face::Serif]);
    let pitch = recipe.pitch * random.octaves(0.3, 3.0);
    let columns = (size[0] as f32 / pitch) as usize + 2;
    let rows = (size[1] as f32 / pitch / 1.4) as usize + 2;
    let text: String = (0..columns * rows).map(|_| char::from(33 + random.below(90) as u8)).collect();
    let (shift, tilt) = (random.unit() * pitch, random.around(0.4));
    let ink = print_cells(face, &text, 0.0, size, |cell, [x, y]| {
        let (x, y) = ((cell % columns) as f32 + x, (cell / columns) as f32 * 1.4 + y);
        [pitch * x - shift, pitch * (y + tilt * x)]
    });
    values.iter_mut().zip(ink).for_each(|(value, share)| *value -= depth * share);
}

/// The share of ink that is missing in each pixel.
fn patches(layout: &Layout, recipe: &Recipe, random: &mut Random) -> Vec<f32> {
    let grain = (recipe.pitch * random.octaves(0.06, 1.0)).max(1.0);
    let coarse = |side: usize| (side as f32 / grain) as usize + 2;
    let (width, height) = (coarse(layout.width), coarse(layout.height));
    let values = (0..width * height).map(|_| recipe.patchy * random.unit()).collect();
    let noise = Raster { width, height, values };
    (0..layout.width * layout.height)
        .map(|at| noise.linear([(at % layout.width) as f32 / grain, (at / layout.width) as f32 / grain]))
        .collect()
}

/// Specks, scratches and a thing over the line.
fn spoil(light: &mut Raster, recipe: &Recipe, random: &mut Random) {
    for _ in 0..recipe.specks {
        let (x, y) = (random.unit() * light.width as f32, random.unit() * light.height as f32);
        let radius = recipe.pitch * random.octaves(0.02, 0.12);
        let other = random.unit();
        let level = random.pick(&[recipe.ink, recipe.paper, other]);
        cover(light, [x - radius, y - radius], [x + radius, y + radius], level);
    }
    for _ in 0..recipe.scratches {
        let level = random.pick(&[recipe.ink, recipe.paper]);
        let thickness = recipe.pitch * random.between(0.02, 0.08);
        let (start, slope) = (random.unit() * light.height as f32, random.around(0.5));
        for x in 0..light.width {
            let y = start + slope * x as f32;
            cover(light, [x as f32, y], [x as f32 + 1.0, y + thickness], level);
        }
    }
    if recipe.cover > 0.0 {
        let (x, y) = (random.unit() * light.width as f32, light.height as f32 * random.between(0.3, 0.9));
        cover(light, [x, y], [x + recipe.pitch * recipe.cover, light.height as f32], random.unit());
    }
}

/// Lays a rectangle over the light.
fn cover(light: &mut Raster, [left, top]: [f32; 2], [right, bottom]: [f32; 2], level: f32) {
    let share = |from: f32, to: f32, at: usize| (to.min(at as f32 + 1.0) - from.max(at as f32)).clamp(0.0, 1.0);
    let span =
        |from: f32, to: f32, side: usize| (from.max(0.0) as usize).min(side)..(to.max(0.0).ceil() as usize).min(side);
    for y in span(top, bottom, light.height) {
        for x in span(left, right, light.width) {
            let value = &mut light.values[y * light.width + x];
            *value += (level - *value) * share(left, right, x) * share(top, bottom, y);
        }
    }
}

/// Slopes of light and the edge of a shadow.
fn illuminate(light: &mut Raster, recipe: &Recipe, random: &mut Random) {
    let (width, height) = (light.width as f32, light.height as f32);
    let (sine, cosine) = libm::sincosf(random.between(0.0, std::f32::consts::TAU));
    let edge = [random.between(0.1, 0.9) * width, random.between(0.2, 0.8) * height];
    for (at, value) in light.values.iter_mut().enumerate() {
        let (x, y) = ((at % light.width) as f32, (at / light.width) as f32);
        let slope = 1.0 + recipe.slope[0] * (x / width - 0.5) + recipe.slope[1] * (y / height - 0.5);
        let shade = recipe.shadow.map_or(1.0, |[level, softness]| {
            let beyond = ((x - edge[0]) * cosine + (y - edge[1]) * sine) / (softness * recipe.pitch);
            1.0 - (1.0 - level) * (0.5 + beyond).clamp(0.0, 1.0)
        });
        *value *= slope * shade;
    }
}

/// The sensor's noise, the tone curve, bytes.
fn develop(mut light: Raster, recipe: &Recipe, random: &mut Random) -> Raster {
    let middle = recipe.threshold.map(|share| recipe.ink + share * (recipe.paper - recipe.ink));
    let curve: Vec<f32> = (0..=STEPS).map(|step| libm::powf(step as f32 / STEPS as f32, recipe.gamma)).collect();
    for value in &mut light.values {
        let seen = *value * recipe.exposure + recipe.noise * random.normal();
        let tone = match middle {
            Some(middle) => f32::from(u8::from(seen > middle)),
            None => curve[(seen.clamp(0.0, 1.0) * STEPS as f32).round() as usize],
        };
        let luma = (255.0 * tone).round();
        *value = if recipe.is_light_on_dark { 255.0 - luma } else { luma };
    }
    light
}

/// Steps of the tone curve.
const STEPS: usize = 1024;

/// Compressed as JPEG and decoded again.
fn compressed(luma: &Raster, quality: u8) -> Option<Raster> {
    let samples: Vec<u8> = luma.values.iter().map(|&value| value as u8).collect();
    let mut file = Vec::new();
    let encoder = Encoder::new(&mut file, quality);
    encoder.encode(&samples, luma.width as u16, luma.height as u16, ColorType::Luma).ok()?;
    // The scalar decoder: its samples do not depend on the machine.
    let options = DecoderOptions::default().set_use_unsafe(false);
    let samples = JpegDecoder::new_with_options(ZCursor::new(&file), options).decode().ok()?;
    let values: Vec<f32> = samples.iter().map(|&sample| f32::from(sample)).collect();
    (values.len() == luma.values.len()).then_some(Raster { values, ..*luma })
}
