//! What the checks of capture faults say where there is little or nothing to measure on: a number or a reason, never a panic.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use kyclint::checks;
use kyclint::checks::REGISTRY;
use kyclint::checks::Unmeasured;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use patterns::PATTERNS;

mod patterns;

/// A photo without losses.
fn photo(picture: &image::DynamicImage) -> Photo {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    decode(bytes.get_ref(), FileFacts::read(bytes.get_ref()), &Limits::default()).unwrap()
}

/// A grey photo of 900 x 600.
fn grey(shade: impl Fn(u32, u32) -> u8) -> Photo {
    photo(&image::GrayImage::from_fn(900, 600, |x, y| image::Luma([shade(x, y)])).into())
}

/// The scene in a photo of which it is known that a card lies in its middle, filling `share` of its width.
fn card_in(photo: &Photo, share: f64) -> Scene<'_> {
    let (width, height) = photo.upright_size();
    let (width, height) = (f64::from(width), f64::from(height));
    let scale = (share * width / 85.6).max(1e-3);
    let corner = Point::new(width - 85.6 * scale, height - 53.98 * scale) * 0.5;
    let quad = Quad::rectangle(85.6, 53.98).map(|point| point * scale + corner);
    Scene::declared(photo, Some(DocumentType::IdCardFront)).with_document(Document::known(quad))
}

fn measured(scene: &Scene, id: &str) -> Result<f64, Unmeasured> {
    let (_, check) = checks::find(id).unwrap();
    check.measure(scene).map(|measurement| measurement.number)
}

#[test]
fn every_check_has_a_number_or_a_reason_on_any_pattern() {
    for pattern in PATTERNS {
        for (width, height) in [(1, 1), (64, 40), (300, 200), (900, 600)] {
            let picture = image::RgbImage::from_raw(width, height, pattern.rgb(width, height)).unwrap();
            let photo = photo(&picture.into());
            for share in [0.02, 0.8, 1.4] {
                let scene = card_in(&photo, share);
                for check in REGISTRY.iter().filter(|check| check.applies_to(Some(DocumentType::IdCardFront))) {
                    let outcome = check.measure(&scene).map(|measurement| measurement.number);
                    assert_ne!(outcome, Err(Unmeasured::NotFinite), "{} on {}", check.id, pattern.name);
                }
            }
        }
    }
}

#[test]
fn a_blank_document_has_neither_print_nor_edges() {
    let photo = grey(|_, _| 190);
    let scene = card_in(&photo, 0.8);
    for id in ["text_height", "ink_contrast"] {
        assert_eq!(measured(&scene, id), Err(Unmeasured::NoText));
    }
    assert_eq!(measured(&scene, "sharpness"), Err(Unmeasured::NoDetail));
    assert_eq!(measured(&scene, "colourfulness"), Err(Unmeasured::NoColour));
    for id in ["glare_area", "shadow_area"] {
        assert!(measured(&scene, id).is_ok_and(|number| number < 1e-3), "{id}");
    }
}

#[test]
fn nothing_but_glare_is_dazzled_and_night_is_dark() {
    let photo = grey(|_, _| 255);
    assert_eq!(measured(&card_in(&photo, 0.8), "glare_area"), Err(Unmeasured::Dazzled));
    assert!(measured(&card_in(&photo, 0.8), "clipped_bright").is_ok_and(|number| number > 0.9));
    let photo = grey(|_, _| 1);
    assert_eq!(measured(&card_in(&photo, 0.8), "shadow_area"), Err(Unmeasured::TooDark));
    assert!(measured(&card_in(&photo, 0.8), "clipped_dark").is_ok_and(|number| number > 0.9));
}

#[test]
fn print_of_two_pixels_is_no_print() {
    let photo = grey(|x, y| if y % 9 < 2 && x % 3 == 0 { 40 } else { 200 });
    assert_eq!(measured(&card_in(&photo, 0.8), "text_height"), Err(Unmeasured::NoText));
}
