//! Frames derived from sharp photos: blurred by known lengths, or changed in ways that leave them sharp.

use std::collections::BTreeMap;

use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use kyclint::pixels::Plane;
use kyclint::scene::frame_sharpness;

use crate::Labelled;
use crate::open;
use crate::rates::percentile;
use crate::roc;

/// Longest side of a source, pixels: larger ones are reduced first.
const LONGEST: usize = 1600;
/// Radii of discs and lengths of lines, per mille of the longest side.
const DISCS: [f64; 4] = [1.4, 2.5, 4.5, 8.0];
const LINES: [f64; 4] = [4.0, 7.0, 13.0, 25.0];
/// What leaves a photo sharp: its name, contrast, deviation of noise, quality of the JPEG.
const SHARP: [(&str, f32, f32, u8); 4] =
    [("plain", 1.0, 0.0, 92), ("JPEG 60", 1.0, 0.0, 60), ("noise 6", 1.0, 6.0, 88), ("low contrast", 0.4, 1.0, 85)];

/// Frame sharpness and variance of the Laplacian.
type Numbers = [f64; 2];

pub fn frames(rows: &[Labelled]) {
    let mut groups: BTreeMap<String, Vec<Numbers>> = BTreeMap::new();
    for (seed, row) in rows.iter().filter(|row| is_sharp(row)).enumerate() {
        if let Some(luma) = row.photo().map(|photo| reduced(photo.stored_luma())).filter(|luma| luma.width() > 300) {
            derive(&luma, seed, &mut groups);
        }
    }
    let of = |kind: &str, at: usize| -> Vec<f64> {
        let chosen = groups.iter().filter(|(name, _)| name.starts_with(kind));
        chosen.flat_map(|(_, numbers)| numbers.iter().map(move |numbers| numbers[at])).collect()
    };
    println!(
        "\n| derived frames | photos | AUC frame sharpness | AUC variance of the Laplacian | P5 P50 P95 |\n|---|---|---|---|---|"
    );
    let names = groups.keys().map(String::as_str).chain(["blurred", "blurred disc", "blurred line"]);
    for name in names {
        let rival = if name.starts_with("sharp") { "blurred" } else { "sharp" };
        let areas = [0, 1].map(|at| {
            let area = roc::area(&of(rival, at), &of(name, at));
            if rival == "blurred" { 1.0 - area } else { area }
        });
        let numbers = of(name, 0);
        let [p5, p50, p95] = [0.05, 0.5, 0.95].map(|share| percentile(&numbers, share));
        println!("| {name} | {} | {:.3} | {:.3} | {p5:.2} {p50:.2} {p95:.2} |", numbers.len(), areas[0], areas[1]);
    }
}

fn is_sharp(row: &Labelled) -> bool {
    let unfit = ["blur", "dark", "light", "low_information", "odd_aspect", "flat_full_frame", "barcode", "mrz"];
    !unfit.iter().any(|label| row.cell("labels").contains(label))
}

fn reduced(luma: &Plane) -> Plane {
    let factor = luma.width().max(luma.height()).div_ceil(LONGEST).max(1);
    kyclint::pixels::reduce(luma, 0..luma.width(), 0..luma.height(), factor)
}

fn derive(luma: &Plane, seed: usize, groups: &mut BTreeMap<String, Vec<Numbers>>) {
    let mut noise = Noise(seed as u64 + 1);
    let longest = luma.width().max(luma.height()) as f32;
    let mut add = |name: String, grey: &[f32], deviation: f32, quality: u8| {
        let numbers = measured(luma, grey, deviation, quality, &mut noise);
        groups.entry(name).or_default().extend(numbers);
    };
    let grey: Vec<f32> = luma.samples().iter().map(|&sample| f32::from(sample)).collect();
    for (name, contrast, deviation, quality) in SHARP {
        let changed: Vec<f32> = grey.iter().map(|grey| (grey - 120.0) * contrast + 120.0).collect();
        add(format!("sharp {name}"), &changed, deviation, quality);
    }
    let linear: Vec<f32> = grey.iter().map(|grey| (grey / 255.0).powf(2.2)).collect();
    let light = |linear: Vec<f32>| linear.into_iter().map(|light| 255.0 * light.powf(1.0 / 2.2)).collect::<Vec<_>>();
    for (at, mille) in DISCS.into_iter().enumerate() {
        let radius = (mille as f32 * longest / 1000.0).max(1.5);
        let blurred = spread(&linear, luma, &disc(radius));
        add(format!("blurred disc {mille}"), &light(blurred), (at + seed) as f32 % 3.0 * 2.0, 85);
    }
    for (at, mille) in LINES.into_iter().enumerate() {
        let length = (mille as f32 * longest / 1000.0).max(4.0);
        let blurred = spread(&linear, luma, &line(length, (seed * 5 + at * 3) as f32));
        add(format!("blurred line {mille}"), &light(blurred), (at + seed) as f32 % 3.0 * 2.0, 85);
    }
}

/// Steps to the pixels of a disc.
fn disc(radius: f32) -> Vec<(isize, isize)> {
    let reach = radius.ceil() as isize;
    let steps = (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y)));
    steps.filter(|&(x, y)| (x as f32).hypot(y as f32) <= radius).collect()
}

/// Steps along a line.
fn line(length: f32, angle: f32) -> Vec<(isize, isize)> {
    let count = (2.0 * length) as usize;
    let place = |at: usize| (at as f32 / count as f32 - 0.5) * length;
    (0..=count)
        .map(|at| ((place(at) * angle.cos()).round() as isize, (place(at) * angle.sin()).round() as isize))
        .collect()
}

/// The mean of every pixel's surroundings.
fn spread(linear: &[f32], plane: &Plane, steps: &[(isize, isize)]) -> Vec<f32> {
    let (width, height) = (plane.width() as isize, plane.height() as isize);
    let mut sums = vec![0.0; linear.len()];
    for &(right, down) in steps {
        for y in 0..height {
            let from = (y + down).clamp(0, height - 1) * width;
            for x in 0..width {
                sums[(y * width + x) as usize] += linear[(from + (x + right).clamp(0, width - 1)) as usize];
            }
        }
    }
    sums.iter().map(|sum| sum / steps.len() as f32).collect()
}

fn measured(luma: &Plane, grey: &[f32], deviation: f32, quality: u8, noise: &mut Noise) -> Option<Numbers> {
    let samples: Vec<u8> = grey.iter().map(|grey| (grey + deviation * noise.normal()).round() as u8).collect();
    let mut bytes = Vec::new();
    let size = (luma.width() as u16, luma.height() as u16);
    Encoder::new(&mut bytes, quality).encode(&samples, size.0, size.1, ColorType::Luma).ok()?;
    let photo = open(&bytes)?;
    Some([frame_sharpness(&photo).unwrap_or(0.0), laplacian_variance(photo.stored_luma())])
}

fn laplacian_variance(plane: &Plane) -> f64 {
    let at = |x: usize, y: usize| f64::from(plane.row(y)[x]);
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for y in 1..plane.height() - 1 {
        for x in 1..plane.width() - 1 {
            let response = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0 * at(x, y);
            (sum, squares, count) = (sum + response, squares + response * response, count + 1.0);
        }
    }
    squares / count - (sum / count).powi(2)
}

/// A linear congruential generator (Knuth's MMIX).
struct Noise(u64);

impl Noise {
    fn normal(&mut self) -> f32 {
        let mut unit = || {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 40) as f32 / (1_u32 << 24) as f32
        };
        (0..12).map(|_| unit()).sum::<f32>() - 6.0
    }
}
