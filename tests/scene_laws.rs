//! The document moves with the pixels: turned, mirrored or scaled photos give turned, mirrored or scaled quads.

#![cfg(feature = "synth")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::borrow::Cow;
use std::sync::LazyLock;

use image::RgbImage;
use image::imageops;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Orientation;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::pixels::rgb;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::synth::Plan;
use proptest::prelude::*;

const KINDS: [DocumentType; 3] = [DocumentType::IdCardFront, DocumentType::Passport, DocumentType::DriverLicenseBack];

/// Upright photos and the quads found in them.
static PHOTOS: LazyLock<Vec<(RgbImage, Quad)>> = LazyLock::new(|| {
    let photos = (0..6).map(|seed| simulated(seed, KINDS[seed as usize % KINDS.len()]));
    photos.map(|photo| (photo.clone(), found(&photo, 1))).collect()
});

fn simulated(seed: u64, kind: DocumentType) -> RgbImage {
    let plan = Plan { width: 640, height: 480, ..Plan::good(seed, seed, kind) };
    let photo = opened(&plan.photograph().unwrap().bytes);
    let (luma, chroma) = (photo.luma(), photo.chroma().unwrap());
    let colour = |x: u32, y: u32| {
        let (x, y) = (x as usize, y as usize);
        let (column, row) = (x * chroma.cb.width() / luma.width(), y * chroma.cb.height() / luma.height());
        image::Rgb(rgb(luma.row(y)[x], chroma.cb.row(row)[column], chroma.cr.row(row)[column]))
    };
    RgbImage::from_fn(luma.width() as u32, luma.height() as u32, colour)
}

fn opened(bytes: &[u8]) -> Photo {
    decode(bytes, FileFacts::read(bytes), &Limits::default()).unwrap()
}

/// The quad in a picture that is stored without losses under an EXIF orientation.
fn found(picture: &RgbImage, orientation: u8) -> Quad {
    let tag = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0, 0, 0, 0, 0][..]].concat();
    let mut info = png::Info::with_size(picture.width(), picture.height());
    info.color_type = png::ColorType::Rgb;
    info.exif_metadata = Some(Cow::Owned(tag));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut bytes, info).unwrap();
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture.as_raw()).unwrap();
    writer.finish().unwrap();
    let photo = opened(&bytes);
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

fn halved(picture: &RgbImage) -> RgbImage {
    let mean = |x: u32, y: u32, part: usize| {
        let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, down)| (2 * x + right, 2 * y + down));
        (four.map(|(x, y)| u32::from(picture.get_pixel(x, y)[part])).iter().sum::<u32>() / 4) as u8
    };
    let pixel = |x: u32, y: u32| image::Rgb([0, 1, 2].map(|part| mean(x, y, part)));
    RgbImage::from_fn(picture.width() / 2, picture.height() / 2, pixel)
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
