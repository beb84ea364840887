//! What the checks of selfies say of a drawn face, and of what is painted on it.

#![cfg(feature = "synth")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::LazyLock;

use image::Rgb;
use image::RgbImage;
use image::imageops;
use kyclint::checks;
use kyclint::checks::Unmeasured;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::scene::DocumentType;
use kyclint::scene::Patch;
use kyclint::scene::Scene;
use kyclint::scene::Sitter;
use kyclint::synth::Plan;

mod pictures;

/// A good selfie.
static SELFIE: LazyLock<RgbImage> = LazyLock::new(|| {
    pictures::simulated(&Plan { width: 1200, height: 1600, ..Plan::good(11, 16, DocumentType::Selfie) })
});
/// Who sits on it.
static SITTER: LazyLock<Sitter> = LazyLock::new(|| sitter(&SELFIE));

fn sitter(picture: &RgbImage) -> Sitter {
    let photo = pictures::photo(picture, 1);
    Scene::declared(&photo, Some(DocumentType::Selfie)).sitter().unwrap().clone()
}

fn number(id: &str, picture: &RgbImage) -> Result<f64, Unmeasured> {
    let photo = pictures::photo(picture, 1);
    let scene = Scene::declared(&photo, Some(DocumentType::Selfie));
    checks::find(id).unwrap().1.measure(&scene).map(|measurement| measurement.number)
}

/// The selfie with `colour` over patches of the face.
fn painted(patches: &[Patch], colour: [u8; 3]) -> RgbImage {
    let quads: Vec<Quad> = patches.iter().map(|&patch| SITTER.aligned.outline(patch)).collect();
    let mut picture = SELFIE.clone();
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let at = Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5);
        if quads.iter().any(|quad| quad.contains(at)) {
            let grain = ((x * 7919 + y * 104_729) % 9) as u8;
            *pixel = Rgb(colour.map(|part| part.saturating_add(grain)));
        }
    }
    picture
}

fn turned(degrees: f64) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = SELFIE.dimensions();
    let middle = Point::new(f64::from(width) / 2.0, f64::from(height) / 2.0);
    RgbImage::from_fn(width, height, |x, y| {
        let off = Point::new(f64::from(x), f64::from(y)) - middle;
        let from = middle + Point::new(cos * off.x + sin * off.y, cos * off.y - sin * off.x);
        let inside = |along: f64, length: u32| along.clamp(0.0, f64::from(length - 1)) as u32;
        *SELFIE.get_pixel(inside(from.x, width), inside(from.y, height))
    })
}

/// Whether the number of a check is a fault by the default limits.
fn is_fault(id: &str, picture: &RgbImage) -> bool {
    let (_, check) = checks::find(id).unwrap();
    let band = check.band;
    let number = number(id, picture).unwrap();
    band.review_below.is_some_and(|limit| number < limit) || band.review_above.is_some_and(|limit| number > limit)
}

#[test]
fn a_good_selfie_has_no_fault() {
    for check in checks::REGISTRY.iter().filter(|check| check.id.contains("face") && !check.id.starts_with("portrait"))
    {
        assert!(!is_fault(check.id, &SELFIE), "{}: {:?}", check.id, number(check.id, &SELFIE));
    }
    for id in
        ["illumination_uniformity", "eyes_visible", "mouth_visible", "glasses_reflection", "eyes_open", "head_roll"]
    {
        assert!(!is_fault(id, &SELFIE), "{id}: {:?}", number(id, &SELFIE));
    }
}

#[test]
fn a_mask_hides_the_mouth_and_sunglasses_hide_the_eyes() {
    let mask = painted(&[Patch([-0.8, 0.8, 0.5, 1.7])], [120, 160, 205]);
    assert!(is_fault("mouth_visible", &mask), "{:?}", number("mouth_visible", &mask));
    assert!(!is_fault("eyes_visible", &mask), "{:?}", number("eyes_visible", &mask));
    let eye = Patch([0.15, 0.85, -0.3, 0.35]);
    let glasses = painted(&[eye, eye.mirrored()], [18, 18, 20]);
    let [with, without] = [&glasses, &*SELFIE].map(|picture| number("eyes_visible", picture).unwrap());
    assert!(with < 0.4 * without, "{with} of {without}");
}

#[test]
fn a_cap_covers_the_forehead() {
    let [with, without] = [&painted(&[Patch([-1.2, 1.2, -1.7, -0.4])], [40, 60, 120]), &*SELFIE]
        .map(|picture| number("head_covering", picture).unwrap());
    assert!(with > 0.9 && without < 0.65, "{with}, {without} without");
}

#[test]
fn a_lamp_in_glasses_is_glare() {
    let lens = Patch([0.35, 0.65, -0.08, 0.2]);
    assert!(is_fault("glasses_reflection", &painted(&[lens, lens.mirrored()], [246, 246, 246])));
}

#[test]
fn a_head_leans_as_far_as_it_is_turned() {
    let upright = number("head_roll", &SELFIE).unwrap();
    for degrees in [-22.0, -8.0, 8.0, 22.0] {
        let leaning = number("head_roll", &turned(degrees)).unwrap();
        assert!((leaning - upright - degrees).abs() < 4.0, "{leaning} at {degrees}");
    }
    assert!(is_fault("head_roll", &turned(22.0)) && is_fault("head_roll", &turned(-22.0)));
}

#[test]
fn blur_takes_sharpness_and_pixels_do_not() {
    let sharp = number("face_sharpness", &SELFIE).unwrap();
    let eyes = SITTER.aligned.eye_distance;
    let blurred = [0.015, 0.03, 0.06].map(|share| imageops::fast_blur(&*SELFIE, (share * eyes) as f32));
    let numbers = blurred.map(|picture| number("face_sharpness", &picture).unwrap());
    assert!(sharp > numbers[0] && numbers.is_sorted_by(|one, other| one > other), "{sharp} {numbers:?}");
    let half = pictures::halved(&blurred_a_little());
    let whole = number("face_sharpness", &blurred_a_little()).unwrap();
    assert!((number("face_sharpness", &half).unwrap() / whole - 1.0).abs() < 0.15);
}

fn blurred_a_little() -> RgbImage {
    imageops::fast_blur(&*SELFIE, (0.02 * SITTER.aligned.eye_distance) as f32)
}

#[test]
fn a_shadow_on_one_side_is_uneven_light() {
    let darker = |side: f64| {
        let mut picture = SELFIE.clone();
        let [left, right] = SITTER.landmarks.eyes;
        let middle = left.towards(right, 0.5).x;
        for (x, _, pixel) in picture.enumerate_pixels_mut() {
            if (f64::from(x) - middle) * side > 0.0 {
                *pixel = Rgb(pixel.0.map(|part| (f64::from(part) * 0.6) as u8));
            }
        }
        picture
    };
    for side in [-1.0, 1.0] {
        assert!(is_fault("illumination_uniformity", &darker(side)));
    }
    let evenly = imageops::brighten(&*SELFIE, -30);
    assert!(!is_fault("illumination_uniformity", &evenly));
}

#[test]
fn nobody_and_tiny_photos_have_a_reason_each() {
    let nobody = RgbImage::from_fn(600, 800, |x, y| Rgb([((x ^ y) % 61) as u8 + 90; 3]));
    let tiny = imageops::thumbnail(&*SELFIE, 60, 80);
    assert_eq!(number("face_count", &nobody), Ok(0.0));
    assert_eq!(number("face_count", &tiny), Err(Unmeasured::TooSmall));
    for picture in [nobody, tiny] {
        for id in ["face_size", "face_margin", "eyes_open", "mouth_visible", "head_roll", "background_uniformity"] {
            assert_eq!(number(id, &picture), Err(Unmeasured::NoFace), "{id}");
        }
    }
}

#[test]
fn where_the_file_ends_early_nobody_is_missed() {
    let plan = Plan { width: 600, height: 800, ..Plan::good(11, 16, DocumentType::Selfie) };
    let bytes = plan.photograph().unwrap().bytes;
    let photo = pictures::opened(&bytes[..bytes.len() / 12]);
    let scene = Scene::declared(&photo, Some(DocumentType::Selfie));
    for id in ["face_count", "face_size", "eyes_open"] {
        assert_eq!(checks::find(id).unwrap().1.measure(&scene).unwrap_err(), Unmeasured::FileCutShort, "{id}");
    }
}

#[test]
fn a_face_cut_by_the_frame_has_no_margin() {
    let [top, _, _, _] = SITTER.face.quad.0;
    let cut =
        imageops::crop_imm(&*SELFIE, 0, (top.y - 0.1 * SITTER.face.quad.area().sqrt()) as u32, 1200, 900).to_image();
    assert!(is_fault("face_margin", &cut));
}
