//! Clean documents and the same with shadows and exposures multiplied in, in linear light, on the rectified raster.

use std::error::Error;
use std::path::Path;

use kyclint::pixels::Plane;
use kyclint::pixels::linear_light;
use kyclint::pixels::srgb_code;
use kyclint::scene::Document;
use kyclint::scene::Rectified;
use kyclint::scene::Scene;

use crate::labels::rows;
use crate::numbers::Choice;
use crate::numbers::Numbers;
use crate::numbers::quantile;
use crate::roc;

/// Folders with photos or scans of documents without shadows, and whether they show pages on tables.
const CLEAN: [(&str, bool); 6] = [
    ("doc_photos_quads", true),
    ("flatcv_receipts", true),
    ("smartdoc15_frames", true),
    ("docxpand_templates", false),
    ("sidtd_templates", false),
    ("mrz_specimens", false),
];
/// Photos in them that are not clean or no documents: by label and by name.
const LEFT_OUT: [&str; 5] = ["uneven_light", "shadow", "cut_off", "overlapping", "portrait"];
/// Kinds of shadow: name, depths, widths of the half-shadow in mm.
const KINDS: [(&str, [f64; 2], [f64; 2]); 3] =
    [("hard", [0.5, 0.9], [0.7, 5.0]), ("soft", [0.45, 0.75], [15.0, 40.0]), ("faint", [0.2, 0.4], [2.0, 30.0])];
const STOPS: [f64; 7] = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 2.5];

/// A document, what is read of it, and of it under each kind of shadow and exposure.
struct Twins {
    is_page: bool,
    clean: Numbers,
    shadowed: [Numbers; 3],
    exposed: [Numbers; 7],
}

pub(crate) fn print(data: &Path, shadows: &[Numbers]) -> Result<(), Box<dyn Error>> {
    let mut random = Random(7);
    let mut twins = Vec::new();
    for (folder, is_page) in CLEAN {
        for row in rows(&data.join(folder).join("labels.csv"))? {
            let leave = |word: &&str| row.labels.contains(*word) || row.path.contains(*word);
            if LEFT_OUT.iter().any(leave) {
                continue;
            }
            let Some(photo) = row.photo() else { continue };
            let (width, height) = photo.upright_size();
            let frame = kyclint::geometry::Quad::rectangle(f64::from(width), f64::from(height));
            let scene = Scene::new(&photo).with_document(Document::known(row.quad.unwrap_or(frame)));
            let Some(document) = scene.rectified() else { continue };
            twins.extend(of(document, scene.rectified_chroma(), is_page, &mut random));
        }
    }
    for is_page in [true, false] {
        print_shadows(if is_page { "pages" } else { "templates" }, &twins, is_page, shadows);
    }
    print_exposures(&twins);
    Ok(())
}

fn of(document: &Rectified, chroma: Option<&[Plane; 2]>, is_page: bool, random: &mut Random) -> Option<Twins> {
    let slope = [random.between(-0.1, 0.1), random.between(-0.1, 0.1)];
    // What is white in a rendering is well exposed in a photo.
    let exposure = if document.luma.samples().iter().filter(|sample| **sample > 250).count() * 10
        > document.luma.samples().len()
    {
        0.8
    } else {
        1.0
    };
    let light = |[u, v]: [f64; 2]| exposure * (1.0 + slope[0] * (u - 0.5) + slope[1] * (v - 0.5));
    let clean = lit(document, chroma, light)?;
    let shadowed = KINDS.map(|(_, depths, widths)| {
        let shadow = Shadow::drawn(depths, widths, random);
        let aspect = document.luma.height() as f64 / document.luma.width() as f64;
        let falling = |place: [f64; 2]| light(place) * shadow.left(place, aspect);
        lit(document, chroma, falling).unwrap_or(clean)
    });
    let exposed = STOPS.map(|stops| lit(document, chroma, |place| light(place) * stops.exp2()).unwrap_or(clean));
    Some(Twins { is_page, clean, shadowed, exposed })
}

/// What is read of `document` with its light multiplied by that at places of the unit square.
fn lit(document: &Rectified, chroma: Option<&[Plane; 2]>, light: impl Fn([f64; 2]) -> f64) -> Option<Numbers> {
    let plane = |plane: &Plane, sample: &dyn Fn(u8, f64, usize, usize) -> f32| {
        let (width, height) = (plane.width(), plane.height());
        let at = |at: usize| [(at % width) as f64 / width as f64, (at / width) as f64 / height as f64];
        let samples = plane.samples().iter().enumerate();
        let samples = samples.map(|(n, &value)| sample(value, light(at(n)), n % width, n / width).round() as u8);
        Plane::new(width, height, samples.collect())
    };
    let level = |value: u8, light: f64| srgb_code(linear_light(f32::from(value)) * light as f32);
    let luma = plane(&document.luma, &|value, light, _, _| level(value, light));
    // Channels fall together, and the colour differences with them.
    let chroma = chroma.map(|planes| {
        planes.each_ref().map(|difference| {
            plane(difference, &|value, light, x, y| {
                let row = document.luma.row((2 * y).min(document.luma.height() - 1));
                let before = row[(2 * x).min(row.len() - 1)];
                128.0 + (f32::from(value) - 128.0) * level(before, light) / f32::from(before.max(1))
            })
        })
    });
    Numbers::of(&Rectified { luma, ..document.clone() }, chroma.as_ref())
}

/// A shadow with a straight edge, or of a box.
struct Shadow {
    turned: [f64; 2],
    offset: f64,
    half: Option<[f64; 2]>,
    depth: f64,
    width: f64,
}

impl Shadow {
    fn drawn(depths: [f64; 2], widths: [f64; 2], random: &mut Random) -> Self {
        let (sin, cos) = random.between(0.0, std::f64::consts::TAU).sin_cos();
        let is_box = widths[1] < 40.0 && random.between(0.0, 1.0) < 0.5;
        Self {
            turned: [cos, sin],
            offset: random.between(-0.15, 0.15),
            half: is_box.then(|| [random.between(0.15, 0.3), random.between(0.2, 0.4)]),
            depth: random.between(depths[0], depths[1]),
            width: random.between(widths[0], widths[1]) / 85.6,
        }
    }

    /// The share of the light that is left at a place of a document as wide as 1.
    fn left(&self, [u, v]: [f64; 2], aspect: f64) -> f64 {
        let (x, y) = (u - 0.5, (v - 0.5) * aspect);
        let along = [x * self.turned[0] + y * self.turned[1], y * self.turned[0] - x * self.turned[1]];
        let distance = match self.half {
            None => along[0] - self.offset * aspect.min(1.0),
            Some(half) => (along[0].abs() - half[0]).max((along[1] - self.offset).abs() - half[1]),
        };
        let inside = (0.5 - distance / self.width).clamp(0.0, 1.0);
        1.0 - self.depth * inside * inside * (3.0 - 2.0 * inside)
    }
}

fn print_shadows(title: &str, twins: &[Twins], is_page: bool, shadows: &[Numbers]) {
    let chosen = || twins.iter().filter(|twins| twins.is_page == is_page);
    println!("\n{} {title}, AUC against them\n", chosen().count());
    println!(
        "| number | hard | soft | faint | photos of shadows | clean, median, 90 %, 98 % |\n|---|---|---|---|---|---|"
    );
    let numbers: [(&str, Choice); 3] =
        [("shadow_area", |n| n.shadow), ("below 0.6", |n| n.below), ("range", |n| n.range)];
    for (name, number) in numbers {
        let clean: Vec<f64> = chosen().map(|twins| number(&twins.clean)).collect();
        let area = |faulty: Vec<f64>| format!("{:.3}", roc::area(&faulty, &clean));
        let kinds = [0, 1, 2].map(|kind| area(chosen().map(|twins| number(&twins.shadowed[kind])).collect()));
        let real = area(shadows.iter().map(number).collect());
        let quantiles = [0.5, 0.9, 0.98].map(|share| format!("{:.3}", quantile(&clean, share))).join(", ");
        println!("| {name} | {} | {real} | {quantiles} |", kinds.join(" | "));
    }
    let median = |kind: usize| quantile(&chosen().map(|twins| twins.shadowed[kind].shadow).collect::<Vec<_>>(), 0.5);
    println!("\nmedian shadow_area: {:.3} hard, {:.3} soft, {:.3} faint", median(0), median(1), median(2));
}

fn print_exposures(twins: &[Twins]) {
    println!("\n| stops | clipped_dark, 2 %, median, 98 % | clipped_bright, 2 %, median, 98 % | shadow_area, median |");
    println!("|---|---|---|---|");
    for (at, stops) in STOPS.iter().enumerate() {
        let of = |number: fn(&Numbers) -> f64| twins.iter().map(|twins| number(&twins.exposed[at])).collect::<Vec<_>>();
        let quantiles =
            |values: &[f64]| [0.02, 0.5, 0.98].map(|share| format!("{:.2}", quantile(values, share))).join(", ");
        let (dark, bright) = (quantiles(&of(|n| n.dark)), quantiles(&of(|n| n.bright)));
        println!("| {stops:+} | {dark} | {bright} | {:.3} |", quantile(&of(|n| n.shadow), 0.5));
    }
}

/// A linear congruential generator (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (high - low) * (self.0 >> 33) as f64 / f64::from(1_u32 << 31)
    }
}
