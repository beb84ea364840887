//! Pictures that are no photos of documents: nothing panics and nothing is taken for a document.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Pose;
use kyclint::scene::Rectified;
use kyclint::scene::Scene;
use kyclint::scene::Size;
use patterns::PATTERNS;
use patterns::Pattern;
use png::BitDepth;
use png::ColorType;

mod patterns;

/// Regular or long straight lines that do bound quads of a document's shape: for these no more is asked than an answer.
/// The confidence was fitted to photos and has not learnt to doubt them.
const DECEIVING: [&str; 10] = [
    "bricks",
    "text",
    "coarse noise",
    "checkerboard of 8",
    "checkerboard of 32",
    "stripes",
    "graph paper",
    "sticks",
    "many sticks",
    "shards",
];

/// The photo of these samples, `size` being columns and rows, after PNG has packed and unpacked them.
fn photo(size: [u32; 2], colour: ColorType, depth: BitDepth, samples: &[u8], limits: &Limits) -> Photo {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size[0], size[1]);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    decode(&bytes, FileFacts::read(&bytes), limits).unwrap()
}

fn painted(pattern: &Pattern, [width, height]: [u32; 2]) -> Photo {
    photo([width, height], ColorType::Rgb, BitDepth::Eight, &pattern.rgb(width, height), &Limits::default())
}

/// How sure it is that `photo` shows a document, 0 where none is found; on the way all that follows from it is read.
fn confidence(photo: &Photo) -> f64 {
    let scene = Scene::new(photo);
    let Some(document) = scene.document() else { return 0.0 };
    assert!(document.confidence.is_finite() && (0.0..=1.0).contains(&document.confidence), "{document:?}");
    assert!(document.quad.is_convex() && document.quad.area().is_finite(), "{document:?}");
    assert!(document.signs.iter().all(|sign| sign.is_finite()), "{document:?}");
    read_border(document);
    rectify(photo, document);
    document.confidence
}

fn read_border(document: &Document) {
    let Some(border) = &document.border else { return };
    let clutter = border.clutter.unwrap_or(0.0);
    for share in [border.seen, border.occlusion.share, border.contrast.low_share, clutter] {
        assert!((0.0..=1.0).contains(&share), "{border:?}");
    }
    assert!(border.contrast.median.is_finite(), "{border:?}");
}

fn rectify(photo: &Photo, document: &Document) {
    let frame = (photo.luma().width() as u32, photo.luma().height() as u32);
    for declared in [None, Some(DocumentType::Passport)] {
        let Some(pose) = Pose::estimate(&document.quad, frame, None, declared) else { continue };
        assert!((0.0..=90.0).contains(&pose.tilt_deg), "{pose:?}");
        for size in [pose.size, Size::Id1, Size::Spread] {
            let Some(found) = pose.of_size(size).and_then(|pose| Rectified::new(photo, &pose)) else { continue };
            assert!((0.0..=1.0).contains(&found.visible_share()), "{pose:?}");
            assert!(found.chroma(photo).is_none_or(|[cb, cr]| cb.samples().len() == cr.samples().len()));
        }
    }
}

fn hold_no_document(size: [u32; 2]) {
    for pattern in &PATTERNS {
        holds_no_document(pattern, &painted(pattern, size));
    }
}

fn holds_no_document(pattern: &Pattern, photo: &Photo) {
    let confidence = confidence(photo);
    let (name, luma) = (pattern.name, photo.luma());
    let deceives = DECEIVING.contains(&name);
    assert!(deceives || confidence < 0.5, "{name} of {} x {}: {confidence}", luma.width(), luma.height());
}

#[test]
fn tiny_pictures_are_no_trouble() {
    for (width, height) in [(1, 1), (1, 700), (700, 1), (2, 2), (2, 300), (23, 23), (24, 24), (25, 24), (24, 600)] {
        hold_no_document([width, height]);
    }
}

#[test]
fn patterns_hold_no_document() {
    hold_no_document([640, 480]);
}

#[test]
fn patterns_on_the_largest_search_raster_hold_no_document() {
    hold_no_document([599, 598]);
}

#[test]
fn patterns_that_fill_a_tall_frame_hold_no_document() {
    hold_no_document([90, 800]);
}

#[test]
fn panoramas_hold_no_document() {
    for size in [[20_000, 64], [64, 20_000], [4_000, 250]] {
        for pattern in PATTERNS.iter().filter(|pattern| !["sticks", "many sticks", "shards"].contains(&pattern.name)) {
            holds_no_document(pattern, &painted(pattern, size));
        }
    }
}

#[test]
fn panoramas_beyond_the_default_limits_are_no_trouble() {
    let limits = Limits { max_side: 200_000, ..Limits::default() };
    for size in [[110_000, 300], [300, 110_000]] {
        let samples: Vec<u8> = (0..size[0] * size[1]).map(|at: u32| (at / 7 % 2 * 200) as u8).collect();
        let photo = photo(size, ColorType::Grayscale, BitDepth::Eight, &samples, &limits);
        assert!(confidence(&photo) < 0.5);
    }
}

#[test]
fn grey_pictures_hold_no_document() {
    for pattern in &PATTERNS {
        let samples: Vec<u8> = pattern.rgb(500, 400).chunks_exact(3).map(|pixel| pixel[1]).collect();
        let photo = photo([500, 400], ColorType::Grayscale, BitDepth::Eight, &samples, &Limits::default());
        assert!(photo.chroma().is_none());
        holds_no_document(pattern, &photo);
    }
}

#[test]
fn pictures_of_16_bits_with_transparency_hold_no_document() {
    for pattern in &PATTERNS {
        let rgb = pattern.rgb(300, 200);
        let pixel = |(at, pixel): (usize, &[u8])| {
            let [red, green, blue] = [0, 1, 2].map(|part| u16::from(pixel[part]) * 257);
            [red, green, blue, (at * 7 % 65_536) as u16].map(u16::to_be_bytes).concat()
        };
        let samples: Vec<u8> = rgb.chunks_exact(3).enumerate().flat_map(pixel).collect();
        let photo = photo([300, 200], ColorType::Rgba, BitDepth::Sixteen, &samples, &Limits::default());
        holds_no_document(pattern, &photo);
    }
}

/// A table with cards of ISO/IEC 7810 ID-1, 300 pixels wide, whose top left corners lie at `places`.
fn cards(places: &[(u32, u32)]) -> Photo {
    let shade = |x: u32, y: u32| {
        let on_card =
            places.iter().find(|(left, top)| (*left..left + 300).contains(&x) && (*top..top + 189).contains(&y));
        match on_card {
            Some((left, top)) if (x - left) > 120 && (x - left) < 270 && (y - top) > 40 && (y - top) % 24 < 6 => 60,
            Some(_) => 225,
            None => 90 + (x * 7 + y * 13) as u8 % 5,
        }
    };
    let pixels = (0..600).flat_map(|y| (0..800).map(move |x| (x, y)));
    let samples: Vec<u8> = pixels.flat_map(|(x, y)| [shade(x, y); 3]).collect();
    photo([800, 600], ColorType::Rgb, BitDepth::Eight, &samples, &Limits::default())
}

#[test]
fn a_second_card_is_counted_and_a_single_one_is_alone() {
    let count = |places: &[(u32, u32)]| {
        let photo = cards(places);
        let (_, check) = kyclint::checks::find("document_count").unwrap();
        check.measure(&Scene::new(&photo)).map(|measurement| measurement.number)
    };
    assert_eq!(count(&[(250, 200)]), Ok(1.0));
    assert_eq!(count(&[(60, 60), (430, 330)]), Ok(2.0));
}
