//! Stages of the search for the document in photos of 12 megapixels, and what hostile pictures cost:
//! `cargo bench --bench scene`.

use divan::Bencher;
use divan::black_box;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::pixels::Plane;
use kyclint::pixels::Step;
use kyclint::pixels::shrink;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Pose;
use kyclint::scene::Rectified;
use kyclint::scene::hypotheses;
use kyclint::synth::Plan;
use patterns::PATTERNS;

#[path = "../patterns/mod.rs"]
mod patterns;

fn main() {
    divan::main();
}

const KINDS: [DocumentType; 2] = [DocumentType::IdCardFront, DocumentType::Passport];

/// The file of a simulated photo of 12 megapixels.
fn file(kind: DocumentType) -> Vec<u8> {
    let plan = Plan { width: 4032, height: 3024, ..Plan::good(5, 2, kind) };
    plan.photograph().expect("the plan is sound").bytes
}

fn photo(bytes: &[u8]) -> Photo {
    decode(bytes, FileFacts::read(bytes), &Limits::default()).expect("a whole file decodes")
}

#[divan::bench]
fn a_bare_decode(bencher: Bencher) {
    let bytes = file(KINDS[0]);
    bencher.bench(|| {
        let decoder = libjpeg_turbo_rs::Decoder::new(black_box(&bytes)).expect("a whole JPEG");
        decoder.decode_raw().expect("a whole JPEG")
    });
}

#[divan::bench]
fn b_shrink_luma_and_chroma(bencher: Bencher) {
    let photo = photo(&file(KINDS[0]));
    let (luma, chroma) = (photo.stored_luma(), photo.stored_chroma().expect("colour"));
    let step = |to: usize| [Step { from: 10, to }; 2];
    let to = luma.width() / chroma.cb.width();
    bencher.bench(|| [(luma, 1), (&chroma.cb, to), (&chroma.cr, to)].map(|(p, to)| shrink(p, 403, 302, step(to))));
}

#[divan::bench(args = KINDS.map(DocumentType::id))]
fn c_hypotheses(bencher: Bencher, kind: &str) {
    let photo = photo(&file(kind.parse().expect("a type")));
    bencher.bench(|| hypotheses(black_box(&photo)));
}

#[divan::bench(args = KINDS.map(DocumentType::id))]
fn d_locate(bencher: Bencher, kind: &str) {
    let photo = photo(&file(kind.parse().expect("a type")));
    bencher.bench(|| Document::locate(black_box(&photo), None));
}

#[divan::bench(args = KINDS.map(DocumentType::id))]
fn e_rectify(bencher: Bencher, kind: &str) {
    let kind = kind.parse().expect("a type");
    let photo = photo(&file(kind));
    let pose = pose(&photo, kind);
    bencher.bench(|| Rectified::new(black_box(&photo), &pose));
}

#[divan::bench(args = KINDS.map(DocumentType::id))]
fn f_locate_and_rectify(bencher: Bencher, kind: &str) {
    let kind = kind.parse().expect("a type");
    let photo = photo(&file(kind));
    bencher.bench(|| Rectified::new(black_box(&photo), &pose(&photo, kind)));
}

fn pose(photo: &Photo, kind: DocumentType) -> Pose {
    let document = Document::locate(photo, None).expect("a document");
    let size = (photo.luma().width() as u32, photo.luma().height() as u32);
    Pose::estimate(&document.quad, size, photo.facts().exif.focal_length_35mm, Some(kind)).expect("a pose")
}

/// A photo of a pattern, without compression losses.
fn hostile(name: &str, width: u32, height: u32) -> Photo {
    let pattern = PATTERNS.iter().find(|pattern| pattern.name == name).expect("a pattern");
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().expect("room in memory");
    writer.write_image_data(&pattern.rgb(width, height)).expect("as many samples as pixels");
    writer.finish().expect("room in memory");
    photo(&bytes)
}

/// The size with the largest search raster.
#[divan::bench(args = PATTERNS.map(|pattern| pattern.name))]
fn g_hostile_599_by_599(bencher: Bencher, name: &str) {
    let photo = hostile(name, 599, 599);
    bencher.bench(|| Document::locate(black_box(&photo), None));
}

#[divan::bench(args = ["noise", "checkerboard of 1", "checkerboard of 32"], sample_count = 20)]
fn h_hostile_12_megapixels(bencher: Bencher, name: &str) {
    let photo = hostile(name, 4000, 3000);
    bencher.bench(|| Document::locate(black_box(&photo), None));
}

#[divan::bench(sample_count = 10)]
fn i_panorama_of_100_megapixels(bencher: Bencher) {
    let photo = hostile("checkerboard of 32", 20_000, 5000);
    bencher.bench(|| Document::locate(black_box(&photo), None));
}

/// A raster that takes the whole of 100 megapixels.
#[divan::bench(sample_count = 10)]
fn j_rectify_100_megapixels(bencher: Bencher) {
    let luma = Plane::new(10_000, 10_000, vec![90; 100_000_000]);
    bencher.bench(|| kyclint::pixels::reduce(black_box(&luma), 0..10_000, 0..10_000, 9));
}
