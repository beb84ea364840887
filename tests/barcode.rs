//! Barcodes of simulated licences are read as they were printed, and nothing else is.

#![cfg(feature = "synth")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::io::Cursor;
use std::sync::LazyLock;

use image::ImageFormat;
use image::Rgb;
use image::RgbImage;
use kyclint::identity::CardKind;
use kyclint::identity::Expiry;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::decode;
use kyclint::scene::Barcode;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::synth::Photograph;
use kyclint::synth::Plan;
use patterns::PATTERNS;

mod patterns;

/// Good photos of licence backs, of about 400 dpi; not every design has a barcode.
static BACKS: LazyLock<Vec<Photograph>> = LazyLock::new(|| {
    let plan = |at: u64| Plan { width: 1840, height: 1380, ..Plan::good(at, at, DocumentType::DriverLicenseBack) };
    (0..8).map(|at| plan(at).photograph().unwrap()).collect()
});

fn with_barcode() -> impl Iterator<Item = &'static Photograph> {
    BACKS.iter().filter(|back| back.truth.barcode.is_some())
}

fn found(bytes: &[u8]) -> Option<Barcode> {
    let photo = decode(bytes, FileFacts::read(bytes), &Limits::default()).unwrap();
    Scene::new(&photo).barcode().cloned()
}

fn found_in(picture: &RgbImage) -> Option<Barcode> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Bmp).unwrap();
    found(bytes.get_ref())
}

#[test]
fn licences_are_read_with_their_expiry() {
    assert!(with_barcode().count() >= 3 && with_barcode().count() < BACKS.len());
    for back in with_barcode() {
        let found = found(&back.bytes).unwrap();
        let card = found.aamva().unwrap();
        let Expiry::On(expiry) = card.expiry else { panic!("{card:?}") };
        assert_eq!(Some(expiry.to_string()), back.truth.expires);
        assert_eq!((card.kind, card.iin), (Some(CardKind::DriverLicence), 0));
    }
}

#[test]
fn backs_without_a_barcode_have_none() {
    for back in BACKS.iter().filter(|back| back.truth.barcode.is_none()) {
        assert!(found(&back.bytes).is_none());
    }
}

#[test]
fn a_barcode_with_bars_that_spell_nothing_is_seen_and_not_read() {
    let back = with_barcode().next().unwrap();
    let photo = decode(&back.bytes, FileFacts::read(&back.bytes), &Limits::default()).unwrap();
    let grey = |x: u32, y: u32| Rgb([photo.luma().row(y as usize)[x as usize]; 3]);
    let mut picture = RgbImage::from_fn(back.truth.width, back.truth.height, grey);
    let quad = found_in(&picture).unwrap().quad;
    let [a, b, c, d] = *quad.corners();
    for (across, down) in (0..900_u32).flat_map(|across| (0..400).map(move |down| (across, down))) {
        let (s, t) = (0.2 + 0.6 * f64::from(across) / 900.0, f64::from(down) / 400.0);
        let place = a.towards(b, s).towards(d.towards(c, s), t);
        let is_dark = (across / 6_u32).wrapping_mul(2_654_435_761) >> 9 & 1 == 1;
        picture.put_pixel(place.x as u32, place.y as u32, Rgb([if is_dark { 30 } else { 225 }; 3]));
    }
    let found = found_in(&picture).unwrap();
    assert!(!found.is_read() && found.aamva().is_none());
    assert!(found.quad.jaccard(&quad) > 0.7, "{:?} for {quad:?}", found.quad);
}

#[test]
fn pictures_of_other_things_have_none() {
    for pattern in PATTERNS {
        let picture = RgbImage::from_raw(600, 500, pattern.rgb(600, 500)).unwrap();
        assert!(found_in(&picture).is_none(), "{}", pattern.name);
    }
}
