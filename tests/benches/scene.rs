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
use kyclint::scene::Barcode;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Pose;
use kyclint::scene::Rectified;
use kyclint::scene::Scene;
use kyclint::scene::Strip;
use kyclint::scene::Zone;
use kyclint::scene::classify;
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

/// The scene in `photo`, of which everything up to the rectified document is known.
fn scene<'a>(photo: &'a Photo, document: &Document, kind: DocumentType) -> Scene<'a> {
    let scene = Scene::declared(photo, Some(kind)).with_document(document.clone());
    black_box(scene.rectified());
    scene
}

#[divan::bench(args = KINDS.map(DocumentType::id))]
fn k_capture_focus(bencher: Bencher, kind: &str) {
    let kind = kind.parse().expect("a type");
    let photo = photo(&file(kind));
    let document = Document::locate(&photo, Some(kind)).expect("a document");
    let input = || scene(&photo, &document, kind);
    bencher.with_inputs(input).bench_refs(|scene| black_box(scene.focus()).is_some());
}

#[divan::bench(args = KINDS.map(DocumentType::id))]
fn l_capture_frame(bencher: Bencher, kind: &str) {
    let kind = kind.parse().expect("a type");
    let photo = photo(&file(kind));
    let input = || Scene::declared(&photo, Some(kind));
    bencher.with_inputs(input).bench_refs(|scene| black_box(scene.frame_blur()).is_some());
}

/// With a barcode, without one, and where no document is known.
#[divan::bench(args = ["driver_license_back", "passport", "id_card_front"])]
fn m_barcode(bencher: Bencher, kind: &str) {
    let kind = kind.parse().expect("a type");
    let photo = photo(&file(kind));
    let document = Document::locate(&photo, Some(kind)).expect("a document");
    let scene = scene(&photo, &document, kind);
    bencher.bench_local(|| Barcode::find(black_box(&photo), scene.rectified()));
}

#[divan::bench]
fn n_barcode_in_the_frame(bencher: Bencher) {
    let photo = photo(&file(DocumentType::DriverLicenseBack));
    bencher.bench(|| Barcode::find(black_box(&photo), None));
}

/// Two lines, three, and a side without any; the text on the document is known.
#[divan::bench(args = ["passport", "id_card_back", "id_card_front"])]
fn o_mrz(bencher: Bencher, kind: &str) {
    let kind = kind.parse().expect("a type");
    let photo = photo(&file(kind));
    let document = Document::locate(&photo, Some(kind)).expect("a document");
    let scene = scene(&photo, &document, kind);
    let (rectified, text) = scene.rectified().zip(scene.text()).expect("a document");
    bencher.bench_local(|| Zone::on_document(black_box(&photo), rectified, text));
}

#[divan::bench(args = ["passport", "id_card_front"])]
fn p_mrz_in_the_frame(bencher: Bencher, kind: &str) {
    let photo = photo(&file(kind.parse().expect("a type")));
    bencher.bench_local(|| Zone::in_frame(black_box(&photo)));
}

/// The checks of faults of the capture.
const CAPTURE: [&str; 11] = [
    "sharpness",
    "motion_blur",
    "glare_area",
    "glare_on_text",
    "shadow_area",
    "clipped_dark",
    "clipped_bright",
    "ink_contrast",
    "text_height",
    "colourfulness",
    "screen_pattern",
];

/// Times `measured` on scenes in which the document is located and rectified, and `known` besides.
fn capture(bencher: Bencher, kind: DocumentType, known: impl Fn(&Scene), measured: impl Fn(&Scene)) {
    let photo = photo(&file(kind));
    let document = Document::locate(&photo, Some(kind)).expect("a document");
    let scene = || {
        let scene = Scene::declared(&photo, Some(kind)).with_document(document.clone());
        scene.rectified().expect("a document");
        known(&scene);
        scene
    };
    bencher.with_inputs(scene).bench_local_refs(|scene| measured(scene));
}

fn measure(scene: &Scene, ids: &[&str]) {
    for id in ids {
        black_box((kyclint::checks::find(id).expect("a check").1.measure)(scene).is_ok());
    }
}

fn chroma(scene: &Scene) {
    black_box(scene.rectified_chroma());
}

fn text(scene: &Scene) {
    black_box(scene.text());
}

fn chroma_and_text(scene: &Scene) {
    chroma(scene);
    text(scene);
}

macro_rules! capture {
    ($($card:ident, $passport:ident: $known:expr, $measured:expr;)+) => {$(
        #[divan::bench]
        fn $card(bencher: Bencher) {
            capture(bencher, KINDS[0], $known, $measured);
        }

        #[divan::bench]
        fn $passport(bencher: Bencher) {
            capture(bencher, KINDS[1], $known, $measured);
        }
    )+};
}

capture! {
    capture_chroma_card, capture_chroma_passport: |_| {}, chroma;
    capture_text_card, capture_text_passport: |_| {}, text;
    capture_glare_card, capture_glare_passport: chroma, |scene| measure(scene, &CAPTURE[2..4]);
    capture_shadow_card, capture_shadow_passport: chroma, |scene| measure(scene, &CAPTURE[4..7]);
    capture_colour_card, capture_colour_passport: chroma_and_text,
        |scene| measure(scene, &["colourfulness"]);
    capture_screen_card, capture_screen_passport: |_| {}, |scene| measure(scene, &["screen_pattern"]);
    capture_all_checks_card, capture_all_checks_passport: |_| {}, |scene| measure(scene, &CAPTURE);
}

/// Two lines of 44 characters, one core.
#[divan::bench]
fn k_read_88_glyphs(bencher: Bencher) {
    let (width, height) = ((88 + 2) * Strip::CELL, Strip::HEIGHT);
    let sample = |at: usize| (at.wrapping_mul(2_654_435_761) >> 13) as u8;
    let strip = Strip { luma: Plane::new(width, height, (0..width * height).map(sample).collect()), cells: 88 };
    bencher.bench(|| classify(black_box(&strip)));
}
