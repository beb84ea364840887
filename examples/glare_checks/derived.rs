//! Photos of real documents with lamps mirrored in them afterwards.

use std::collections::BTreeMap;
use std::error::Error;

use image::RgbImage;
use image::imageops::FilterType;
use image::imageops::resize;
use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::pixels::Plane;
use kyclint::pixels::rgb;

use crate::Labelled;
use crate::candidates::NAMES;
use crate::candidates::measure;
use crate::lamps::Lamp;
use crate::lamps::Linear;
use crate::lamps::at;
use crate::random::Random;
use crate::roc;
use crate::tables::percentile;

/// Areas of the lamps as shares of the frame.
const SIZES: [f64; 6] = [0.0005, 0.001, 0.0025, 0.007, 0.02, 0.05];
/// Long side of the photos, pixels.
const LONG_SIDE: u32 = 1600;
/// Numbers above are alarms: the default limit to review.
const REVIEW: [f64; 2] = [0.001, 0.002];

type Numbers = Vec<[f64; NAMES.len()]>;

pub fn report(photos: impl Iterator<Item = Labelled>) -> Result<(), Box<dyn Error>> {
    let (mut lamps, mut others) = (BTreeMap::<String, Numbers>::new(), BTreeMap::<String, Numbers>::new());
    for (seed, labelled) in photos.enumerate() {
        let mut random = Random(seed as u64 + 1);
        let (linear, quad) = linear(&labelled);
        let keep = |of: &mut BTreeMap<String, Numbers>, kind: String, photo: &Linear, random: &mut Random| {
            let numbers = measure(&developed(photo, random)?, &quad, None);
            of.entry(kind).or_default().extend(numbers);
            Ok::<(), Box<dyn Error>>(())
        };
        for kind in ["clean", "overexposed", "sheen", "hologram", "sticker", "vignette", "lamp beside"] {
            let mut photo = linear.clone();
            match kind {
                "overexposed" => photo.expose(random.between(0.5, 1.5)),
                "sheen" => photo.sheen(&quad, &mut random),
                "hologram" => photo.hologram(&quad, &mut random),
                "sticker" => photo.sticker(&quad, &mut random),
                "vignette" => photo.vignette(&quad, &mut random),
                "lamp beside" if !beside(&mut photo, &quad, &mut random) => continue,
                _ => {}
            }
            keep(&mut others, kind.to_owned(), &photo, &mut random)?;
        }
        for size in SIZES {
            let area = size * (linear.width * linear.height) as f64;
            if area > 0.35 * quad.area() {
                continue;
            }
            let mut photo = linear.clone();
            let centre = at(&quad, random.between(0.08, 0.92), random.between(0.08, 0.92));
            Lamp::draw(centre, area, &mut random).shine(&mut photo);
            keep(&mut lamps, format!("{:.2} % of the frame", 100.0 * size), &photo, &mut random)?;
        }
    }
    print(&lamps, &others);
    Ok(())
}

/// Shines a lamp beside the document; `false` where there is no room.
fn beside(photo: &mut Linear, quad: &Quad, random: &mut Random) -> bool {
    for _ in 0..200 {
        let size = random.log_between(0.0005, 0.02) * (photo.width * photo.height) as f64;
        let centre = Point::new(random.unit() * photo.width as f64, random.unit() * photo.height as f64);
        let reach = 1.8 * (size / std::f64::consts::PI).sqrt();
        let away = quad.sides().iter().any(|[from, to]| (*to - *from).unit().cross(centre - *from) < -reach);
        if away {
            Lamp::draw(centre, size, random).shine(photo);
            return true;
        }
    }
    false
}

/// The photo in linear light, no longer than [`LONG_SIDE`], and its corners.
fn linear(labelled: &Labelled) -> (Linear, Quad) {
    let luma = labelled.photo.luma();
    let picture = RgbImage::from_fn(luma.width() as u32, luma.height() as u32, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let sample = |plane: &Plane| plane.row(y * plane.height() / luma.height())[x * plane.width() / luma.width()];
        let (cb, cr) = labelled.photo.chroma().map_or((128, 128), |chroma| (sample(&chroma.cb), sample(&chroma.cr)));
        image::Rgb(rgb(luma.row(y)[x], cb, cr))
    });
    let scale = (f64::from(LONG_SIDE) / f64::from(picture.width().max(picture.height()))).min(1.0);
    let [width, height] = [picture.width(), picture.height()].map(|side| (f64::from(side) * scale).round() as u32);
    let picture = if scale < 1.0 { resize(&picture, width, height, FilterType::Triangle) } else { picture };
    let light = |sample: u8| {
        let share = f32::from(sample) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let lights: Vec<f32> = (0..=255).map(light).collect();
    let rgb = picture.pixels().map(|pixel| pixel.0.map(|sample| lights[usize::from(sample)])).collect();
    (Linear { width: width as usize, height: height as usize, rgb }, labelled.quad.map(|corner| corner * scale))
}

/// The photo as a camera saves it: clipped, noisy, compressed.
fn developed(photo: &Linear, random: &mut Random) -> Result<Photo, Box<dyn Error>> {
    let noise = random.between(0.5, 2.5);
    let mut bytes = Vec::with_capacity(3 * photo.rgb.len());
    for light in photo.rgb.iter().flatten().map(|light| light.clamp(0.0, 1.0)) {
        let coded = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        let grain = if light < 1.0 { noise * (random.unit() + random.unit() - 1.0) } else { 0.0 };
        bytes.push((f64::from(coded) * 255.0 + grain + 0.5).clamp(0.0, 255.0) as u8);
    }
    let mut file = Vec::new();
    let quality = random.between(75.0, 96.0) as u8;
    Encoder::new(&mut file, quality).encode(&bytes, photo.width as u16, photo.height as u16, ColorType::Rgb)?;
    Ok(decode(&file, FileFacts::read(&file), &Limits::default())?)
}

fn print(lamps: &BTreeMap<String, Numbers>, others: &BTreeMap<String, Numbers>) {
    let column = |numbers: &Numbers, at: usize| numbers.iter().map(|of| of[at]).collect::<Vec<f64>>();
    let all =
        |of: &BTreeMap<String, Numbers>, at: usize| of.values().flat_map(|of| column(of, at)).collect::<Vec<f64>>();
    println!("| lamps against others | photos | {} |", NAMES.join(" | "));
    println!("|---|---|{}", "---|".repeat(NAMES.len()));
    let line = |name: &str, count: usize, areas: &dyn Fn(usize) -> f64| {
        let areas = [0, 1, 2, 3, 4].map(|at| format!("{:.3}", areas(at))).join(" | ");
        println!("| {name} | {count} | {areas} |");
    };
    line("all", all(lamps, 0).len(), &|at| roc::area(&all(lamps, at), &all(others, at)));
    for (name, numbers) in lamps {
        line(name, numbers.len(), &|at| roc::area(&column(numbers, at), &all(others, at)));
    }
    for (name, numbers) in others {
        line(&format!("all against {name}"), numbers.len(), &|at| roc::area(&all(lamps, at), &column(numbers, at)));
    }
    println!(
        "\n| photos | glare_area above {} | P95 | P99 | glare_on_text above {} |\n|---|---|---|---|---|",
        REVIEW[0], REVIEW[1]
    );
    for (name, numbers) in others.iter().chain(lamps) {
        let (area, text) = (column(numbers, 3), column(numbers, 4));
        let above =
            |of: &[f64], limit: f64| of.iter().filter(|&&number| number > limit).count() as f64 / of.len() as f64;
        let [p95, p99] = [0.95, 0.99].map(|share| percentile(&area, share));
        println!("| {name} | {:.3} | {p95:.4} | {p99:.4} | {:.3} |", above(&area, REVIEW[0]), above(&text, REVIEW[1]));
    }
}
