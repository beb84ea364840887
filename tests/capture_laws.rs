//! What the numbers about capture faults must and must not depend on.

#![cfg(feature = "synth")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::LazyLock;

use image::Rgb;
use image::RgbImage;
use image::imageops;
use kyclint::checks;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::Photo;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::synth::Plan;
use pictures::halved;

mod pictures;

/// The checks on the document's surface, and by how much their numbers may differ between photos of the same document: a
/// share of the number, and a distance for numbers that are close to 0.
const STEADY: [(&str, f64, f64); 10] = [
    ("sharpness", 0.05, 0.0),
    ("motion_blur", 0.05, 0.1),
    ("glare_area", 0.05, 0.002),
    ("glare_on_text", 0.05, 0.002),
    ("shadow_area", 0.05, 0.01),
    ("clipped_dark", 0.05, 0.05),
    ("clipped_bright", 0.05, 0.01),
    ("ink_contrast", 0.05, 0.02),
    ("colourfulness", 0.05, 0.5),
    ("screen_pattern", 0.05, 0.05),
];

const KINDS: [DocumentType; 4] =
    [DocumentType::IdCardFront, DocumentType::Passport, DocumentType::DriverLicenseBack, DocumentType::IdCardBack];

/// Pictures of good documents and where the documents lie.
static PICTURES: LazyLock<Vec<Subject>> = LazyLock::new(|| (0..4).map(Subject::new).collect());

struct Subject {
    kind: DocumentType,
    picture: RgbImage,
    quad: Quad,
    /// The steady numbers of the picture.
    numbers: Vec<Option<f64>>,
}

impl Subject {
    fn new(seed: u64) -> Self {
        let kind = KINDS[seed as usize % KINDS.len()];
        let picture = pictures::simulated(&Plan { width: 2048, height: 1536, ..Plan::good(seed + 40, seed, kind) });
        // There is room for more light, and for less.
        let picture = exposed(&picture, -0.5);
        let photo = pictures::photo(&picture, 1);
        let (quad, numbers) = (scene(&photo, kind).document().unwrap().quad, numbers(&photo, kind));
        Self { kind, picture, quad, numbers }
    }

    fn number(&self, id: &str, picture: &RgbImage) -> Option<f64> {
        number_in(&scene(&pictures::photo(picture, 1), self.kind), id)
    }
}

fn scene(photo: &Photo, kind: DocumentType) -> Scene<'_> {
    Scene::declared(photo, Some(kind))
}

fn number_in(scene: &Scene, id: &str) -> Option<f64> {
    let (_, check) = checks::find(id).unwrap();
    check.measure(scene).ok().map(|measurement| measurement.number)
}

/// The picture with `change` made to the linear light of every pixel.
fn in_light(picture: &RgbImage, change: impl Fn(Point, f64) -> f64) -> RgbImage {
    let lights: Vec<f64> = (0..=u8::MAX).map(|grey| (f64::from(grey) / 255.0).powf(2.2)).collect();
    // A light's code is the last one that is no brighter than halfway to it.
    let bounds: Vec<f64> = (0..u8::MAX).map(|grey| ((f64::from(grey) + 0.5) / 255.0).powf(2.2)).collect();
    let code = |light: f64| bounds.partition_point(|bound| *bound <= light) as u8;
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let at = Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5);
        Rgb(picture.get_pixel(x, y).0.map(|grey| code(change(at, lights[usize::from(grey)]))))
    })
}

fn exposed(picture: &RgbImage, stops: f64) -> RgbImage {
    in_light(picture, |_, light| light * stops.exp2())
}

/// The same document on a table of one colour.
fn on_another_table(subject: &Subject, colour: [u8; 3]) -> RgbImage {
    let (middle, corners) = (subject.quad.0.iter().fold(Point::default(), |sum, p| sum + *p) * 0.25, subject.quad);
    let outline = corners.map(|corner| corner + (corner - middle) * 0.004);
    let mut picture = subject.picture.clone();
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        if !outline.contains(Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5)) {
            let grain = ((x * 7919 + y * 104_729) % 13) as u8;
            *pixel = Rgb(colour.map(|part| part + grain));
        }
    }
    picture
}

/// The steady numbers of a photo.
fn numbers(photo: &Photo, kind: DocumentType) -> Vec<Option<f64>> {
    let scene = scene(photo, kind);
    STEADY.iter().map(|(id, ..)| number_in(&scene, id)).collect()
}

/// Asserts that every steady number of `photo` is that of the subject.
fn assert_steady(subject: &Subject, photo: &Photo, what: &str) {
    let pairs = subject.numbers.iter().zip(numbers(photo, subject.kind));
    for ((id, share, distance), (before, after)) in STEADY.into_iter().zip(pairs) {
        let is_steady = match (*before, after) {
            (Some(before), Some(after)) => (after - before).abs() <= share * before.abs() + distance,
            (before, after) => before.is_some() == after.is_some(),
        };
        assert!(is_steady, "{id} of {} {what}: {before:?} before, {after:?} after", subject.kind);
    }
}

#[test]
fn half_the_pixels_give_the_same_numbers() {
    for subject in PICTURES.iter() {
        assert_steady(subject, &pictures::photo(&halved(&subject.picture), 1), "at half the size");
    }
}

#[test]
fn other_exposures_give_the_same_numbers() {
    for subject in PICTURES.iter() {
        for stops in [-0.5, 0.5] {
            assert_steady(subject, &pictures::photo(&exposed(&subject.picture, stops), 1), "in another light");
        }
    }
}

#[test]
fn another_table_gives_the_same_numbers() {
    for (subject, colour) in PICTURES.iter().zip([[30, 30, 30], [80, 40, 25], [30, 60, 35], [60, 65, 85]]) {
        assert_steady(subject, &pictures::photo(&on_another_table(subject, colour), 1), "on another table");
    }
}

#[test]
fn turned_photos_give_the_same_numbers() {
    for (subject, orientation) in PICTURES.iter().zip([3, 6, 8, 6]) {
        let stored = match orientation {
            3 => imageops::rotate180(&subject.picture),
            6 => imageops::rotate270(&subject.picture),
            _ => imageops::rotate90(&subject.picture),
        };
        assert_steady(subject, &pictures::photo(&stored, orientation), "turned");
    }
}

/// Asserts that a number falls (sign -1) or rises (sign 1) over these pictures of the subject.
fn assert_monotone(subject: &Subject, id: &str, sign: f64, pictures: &[RgbImage]) {
    let numbers: Vec<f64> = pictures.iter().filter_map(|picture| subject.number(id, picture)).collect();
    assert_eq!(numbers.len(), pictures.len(), "{id} has no number on some of them");
    assert!(numbers.windows(2).all(|pair| sign * (pair[1] - pair[0]) > 0.0), "{id}: {numbers:?}");
}

#[test]
fn more_blur_is_less_sharp() {
    for subject in PICTURES.iter() {
        let blurred = [1.5, 3.0, 5.0].map(|sigma| imageops::fast_blur(&subject.picture, sigma));
        assert_monotone(subject, "sharpness", -1.0, &blurred);
    }
}

/// A point of the document: its middle moved by shares of its sides.
fn place(quad: &Quad, across: f64, down: f64) -> Point {
    let [a, b, c, d] = quad.0;
    a.towards(b, across).towards(d.towards(c, across), down)
}

#[test]
fn a_larger_lamp_is_more_glare() {
    for subject in PICTURES.iter() {
        let centre = place(&subject.quad, 0.55, 0.5);
        let short = subject.quad.short_side();
        let lit = [0.05, 0.09, 0.14].map(|share| {
            let lamp = |p: Point, light: f64| light + 1.6 * (-((p - centre).length() / (share * short)).powi(2)).exp();
            in_light(&subject.picture, lamp)
        });
        assert_monotone(subject, "glare_area", 1.0, &lit);
    }
}

#[test]
fn a_deeper_and_a_wider_shadow_are_more_shadow() {
    for subject in PICTURES.iter() {
        let edge = |across: f64, depth: f64| {
            let (from, to) = (place(&subject.quad, across, 0.0), place(&subject.quad, across, 1.0));
            let hides = |p: Point| (to - from).cross(p - from) > 0.0;
            in_light(&subject.picture, |p, light| if hides(p) { light * (1.0 - depth) } else { light })
        };
        assert_monotone(subject, "shadow_area", 1.0, &[0.2, 0.35, 0.5].map(|across| edge(across, 0.6)));
        assert_monotone(subject, "shadow_area", 1.0, &[0.3, 0.45, 0.6].map(|depth| edge(0.4, depth)));
    }
}

#[test]
fn text_is_as_high_as_its_pixels() {
    for subject in PICTURES.iter() {
        let whole = subject.number("text_height", &subject.picture).unwrap();
        let half = subject.number("text_height", &halved(&subject.picture)).unwrap();
        assert!((half / whole - 0.5).abs() < 0.05, "{half} of {whole}");
    }
}

#[test]
fn paler_ink_is_less_contrast() {
    for subject in PICTURES.iter() {
        let faded = [0.7, 0.5, 0.35].map(|ink| {
            in_light(
                &subject.picture,
                |p, light| {
                    if subject.quad.contains(p) { 0.3 + (light - 0.3) * ink } else { light }
                },
            )
        });
        assert_monotone(subject, "ink_contrast", -1.0, &faded);
    }
}

#[test]
fn less_colour_is_less_colourful() {
    for subject in PICTURES.iter() {
        let greyer = [1.0, 0.6, 0.2, 0.05].map(|share| {
            let mut picture = subject.picture.clone();
            for Rgb(pixel) in picture.pixels_mut() {
                let grey = 0.299 * f64::from(pixel[0]) + 0.587 * f64::from(pixel[1]) + 0.114 * f64::from(pixel[2]);
                *pixel = pixel.map(|part| (grey + share * (f64::from(part) - grey)).round() as u8);
            }
            picture
        });
        assert_monotone(subject, "colourfulness", -1.0, &greyer);
    }
}
