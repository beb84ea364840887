//! The document moves with the pixels: turned, mirrored or scaled photos give turned, mirrored or scaled quads.

#![cfg(feature = "synth")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::LazyLock;

use image::RgbImage;
use image::imageops;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::Orientation;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::synth::Plan;
use pictures::halved;
use proptest::prelude::*;

mod pictures;

const KINDS: [DocumentType; 3] = [DocumentType::IdCardFront, DocumentType::Passport, DocumentType::DriverLicenseBack];

/// Upright photos and the quads found in them.
static PHOTOS: LazyLock<Vec<(RgbImage, Quad)>> = LazyLock::new(|| {
    let plan =
        |seed: u64| Plan { width: 640, height: 480, ..Plan::good(seed, seed, KINDS[seed as usize % KINDS.len()]) };
    let photos = (0..6).map(|seed| pictures::simulated(&plan(seed)));
    photos.map(|photo| (photo.clone(), found(&photo, 1))).collect()
});

/// The quad in a picture that is stored without losses under an EXIF orientation.
fn found(picture: &RgbImage, orientation: u8) -> Quad {
    let photo = pictures::photo(picture, orientation);
    assert_eq!(photo.facts().exif.orientation, Orientation::from_exif(orientation.into()));
    Document::locate(&photo, None).unwrap().quad
}

/// Corners of a quad whose order a mirror has turned round, clockwise again.
fn clockwise(quad: Quad) -> Quad {
    let [a, b, c, d] = quad.0;
    if quad.is_convex() { quad } else { Quad([d, c, b, a]) }
}

/// The picture as a camera stores it that says how to turn it upright.
fn stored(picture: &RgbImage, orientation: u8) -> RgbImage {
    match orientation {
        2 => imageops::flip_horizontal(picture),
        3 => imageops::rotate180(picture),
        4 => imageops::flip_vertical(picture),
        5 => imageops::rotate90(&imageops::flip_vertical(picture)),
        6 => imageops::rotate270(picture),
        7 => imageops::rotate270(&imageops::flip_vertical(picture)),
        8 => imageops::rotate90(picture),
        _ => picture.clone(),
    }
}

fn doubled(picture: &RgbImage) -> RgbImage {
    RgbImage::from_fn(2 * picture.width(), 2 * picture.height(), |x, y| *picture.get_pixel(x / 2, y / 2))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_exif_orientation_gives_the_quad_of_the_upright_pixels(at in 0..6_usize, orientation in 2..=8_u8) {
        let (picture, quad) = &PHOTOS[at];
        let agreement = found(&stored(picture, orientation), orientation).jaccard(quad);
        prop_assert!(agreement > 0.97, "{agreement}");
    }

    #[test]
    fn turned_and_mirrored_pixels_turn_and_mirror_the_quad(at in 0..6_usize, orientation in 2..=8_u8) {
        let (picture, quad) = &PHOTOS[at];
        let moved = stored(picture, orientation);
        let turn = Orientation::from_exif(orientation.into());
        let expected = clockwise(quad.map(|corner| turn.to_stored(corner, moved.dimensions())));
        let agreement = found(&moved, 1).jaccard(&expected);
        prop_assert!(agreement > 0.97, "{agreement}");
    }

    #[test]
    fn scaled_pixels_scale_the_quad(at in 0..6_usize, larger in any::<bool>()) {
        let (picture, quad) = &PHOTOS[at];
        let (scaled, scale) = if larger { (doubled(picture), 2.0) } else { (halved(picture), 0.5) };
        let agreement = found(&scaled, 1).jaccard(&quad.map(|corner: Point| corner * scale));
        prop_assert!(agreement > 0.97, "{agreement}");
    }
}

#[test]
fn what_is_found_is_what_lies_there() {
    for (seed, (picture, quad)) in (0..).zip(PHOTOS.iter()) {
        let share = quad.area() / f64::from(picture.width() * picture.height());
        assert!(share > 0.1, "seed {seed}: {share}");
    }
}

#[test]
fn however_a_photo_is_stored_its_barcode_lies_in_the_same_place() {
    let plan =
        |seed: u64| Plan { width: 1840, height: 1380, ..Plan::good(seed, seed, DocumentType::DriverLicenseBack) };
    let barcode = |picture: &RgbImage, orientation: u8| {
        let photo = pictures::photo(picture, orientation);
        Scene::new(&photo).barcode().filter(|barcode| barcode.is_read()).map(|barcode| barcode.quad)
    };
    let mut photos = (0..9).map(|seed| pictures::simulated(&plan(seed)));
    let (upright, wanted) = photos.find_map(|photo| barcode(&photo, 1).map(|quad| (photo, quad))).unwrap();
    for orientation in 2..=8 {
        let found = barcode(&stored(&upright, orientation), orientation).unwrap();
        assert!(found.farthest_corner(&wanted) < 12.0, "{orientation}: {found:?} for {wanted:?}");
    }
}
