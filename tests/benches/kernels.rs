//! Pixel kernels on planes of 12 megapixels, or on as many tiles as the checks sample: `cargo bench --bench kernels`.

use divan::Bencher;
use divan::black_box;
use divan::counter::BytesCount;
use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::pixels::LineSpectra;
use kyclint::pixels::Plane;
use kyclint::pixels::Prominence;
use kyclint::pixels::Tile;
use kyclint::pixels::TileSpectra;
use kyclint::pixels::components;
use kyclint::pixels::detailed_tiles;
use kyclint::pixels::foreign_grid;
use kyclint::pixels::low_dct;
use kyclint::pixels::minority;
use kyclint::pixels::mirror;
use kyclint::pixels::noise_level;
use kyclint::pixels::project;
use kyclint::pixels::reduce;
use kyclint::pixels::strongest_edges;
use kyclint::pixels::tile_at;
use kyclint::pixels::transpose;
use kyclint::pixels::transverse;
use kyclint::pixels::turn_half;
use kyclint::pixels::turn_left;
use kyclint::pixels::turn_right;
use kyclint::pixels::ycbcr;
use kyclint::scene::DocumentType;
use kyclint::scene::Paper;
use kyclint::scene::Pose;
use kyclint::scene::Rectified;
use kyclint::scene::Shade;

const WIDTH: usize = 4032;
const HEIGHT: usize = 3024;

fn main() {
    divan::main();
}

/// Waves and grain: no kernel may profit from flat samples.
fn plane() -> Plane {
    let sample = |at: usize| ((at % WIDTH / 5) ^ (at / WIDTH / 3) ^ (at.wrapping_mul(2_654_435_761) >> 29)) as u8;
    Plane::new(WIDTH, HEIGHT, (0..WIDTH * HEIGHT).map(sample).collect())
}

fn tiles() -> Vec<Box<Tile>> {
    let plane = plane();
    (0..64).map(|at| tile_at(&plane, at % 8 * 480, at / 8 * 360)).collect()
}

#[divan::bench]
fn transpose_12_megapixels(bencher: Bencher) {
    let plane = plane();
    bencher.counter(BytesCount::new(WIDTH * HEIGHT)).bench(|| transpose(black_box(&plane)));
}

#[divan::bench]
fn transverse_12_megapixels(bencher: Bencher) {
    let plane = plane();
    bencher.counter(BytesCount::new(WIDTH * HEIGHT)).bench(|| transverse(black_box(&plane)));
}

#[divan::bench]
fn turn_right_12_megapixels(bencher: Bencher) {
    let plane = plane();
    bencher.counter(BytesCount::new(WIDTH * HEIGHT)).bench(|| turn_right(black_box(&plane)));
}

#[divan::bench]
fn turn_left_12_megapixels(bencher: Bencher) {
    let plane = plane();
    bencher.counter(BytesCount::new(WIDTH * HEIGHT)).bench(|| turn_left(black_box(&plane)));
}

#[divan::bench]
fn mirror_12_megapixels(bencher: Bencher) {
    bencher.counter(BytesCount::new(WIDTH * HEIGHT)).with_inputs(plane).bench_values(mirror);
}

#[divan::bench]
fn turn_half_12_megapixels(bencher: Bencher) {
    bencher.counter(BytesCount::new(WIDTH * HEIGHT)).with_inputs(plane).bench_values(turn_half);
}

#[divan::bench]
fn ycbcr_of_1_megapixel(bencher: Bencher) {
    let rgb: Vec<u8> = plane().into_samples().into_iter().take(3 << 20).collect();
    bencher.bench(|| {
        let pixels = rgb.as_chunks::<3>().0.iter().map(|[red, green, blue]| ycbcr(*red, *green, *blue));
        pixels.map(|[luma, cb, cr]| u32::from(luma) + u32::from(cb) + u32::from(cr)).sum::<u32>()
    });
}

#[divan::bench]
fn low_dct_of_64_tiles(bencher: Bencher) {
    let tiles = tiles();
    bencher.bench(|| tiles.iter().map(|tile| low_dct(black_box(tile)).len()).sum::<usize>());
}

#[divan::bench]
fn foreign_grid_of_64_tiles(bencher: Bencher) {
    let tiles = tiles();
    bencher.bench(|| foreign_grid(tiles.iter().map(|tile| black_box(&**tile))));
}

#[divan::bench]
fn line_spectra_of_64_tiles(bencher: Bencher) {
    let (tiles, spectra) = (tiles(), LineSpectra::default());
    bencher.bench(|| tiles.iter().for_each(|tile| _ = black_box(spectra.measure(black_box(tile)))));
}

#[divan::bench]
fn most_detailed_tiles(bencher: Bencher) {
    let plane = plane();
    bencher.bench(|| detailed_tiles(black_box(&plane), 32).len());
}

/// A document of aspect `aspect` that takes most of the frame, tilted by some degrees.
fn document(aspect: f64) -> Quad {
    let map = |point: Point| Point::new(3500.0 * point.x - 150.0 * point.y, 90.0 * point.x + 3500.0 / aspect * point.y);
    let corner = |point: Point| map(point) * (1.0 / (1.0 + 0.1 * point.x)) + Point::new(420.0, 280.0);
    Quad::rectangle(1.0, 1.0).map(corner)
}

/// The photo of 12 megapixels, with EXIF `orientation` to turn it by.
fn photo(orientation: u8) -> Photo {
    let exif =
        [b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0, 0, 0, 0, 0][..]].concat();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.add_app_segment(1, exif).expect("a small segment");
    encoder
        .encode(plane().samples(), WIDTH as u16, HEIGHT as u16, jpeg_encoder::ColorType::Luma)
        .expect("a grey plane encodes");
    decode(&bytes, FileFacts::read(&bytes), &Limits::default()).expect("a whole file decodes")
}

#[divan::bench(args = [1, 6])]
fn rectify_an_id_1_card(bencher: Bencher, orientation: u8) {
    rectify(bencher, orientation, 85.6 / 53.98, DocumentType::IdCardFront);
}

#[divan::bench(args = [1, 6])]
fn rectify_a_passport(bencher: Bencher, orientation: u8) {
    rectify(bencher, orientation, 125.0 / 88.0, DocumentType::Passport);
}

fn rectify(bencher: Bencher, orientation: u8, aspect: f64, kind: DocumentType) {
    let photo = photo(orientation);
    let turned = photo.facts().exif.orientation;
    let stored = (WIDTH as u32, HEIGHT as u32);
    let quad = document(aspect).map(|corner| turned.to_upright(corner, stored));
    let pose = Pose::estimate(&quad, turned.upright_size(stored), Some(26.0), Some(kind)).expect("a document");
    bencher.bench(|| Rectified::new(black_box(&photo), black_box(&pose)));
}

/// The paper of a rectified document, what a shadow takes of it, and its exposure.
#[divan::bench]
fn paper_and_shade_of_an_id_1_card(bencher: Bencher) {
    paper_and_shade(bencher, 85.6 / 53.98, DocumentType::IdCardFront);
}

#[divan::bench]
fn paper_and_shade_of_a_passport(bencher: Bencher) {
    paper_and_shade(bencher, 125.0 / 88.0, DocumentType::Passport);
}

fn paper_and_shade(bencher: Bencher, aspect: f64, kind: DocumentType) {
    let (photo, frame) = (photo(1), (WIDTH as u32, HEIGHT as u32));
    let pose = Pose::estimate(&document(aspect), frame, Some(26.0), Some(kind)).expect("a document");
    let document = Rectified::new(&photo, &pose).expect("a raster");
    let (width, height) = (document.luma.width().div_ceil(2), document.luma.height().div_ceil(2));
    let tinted = |step: usize| (0..width * height).map(|at| 110 + (at % width / step % 40) as u8).collect();
    let chroma = [7, 11].map(|step| Plane::new(width, height, tinted(step)));
    bencher.bench(|| {
        let paper = Paper::of(black_box(&document)).expect("paper");
        Shade::of(&document, &paper, Some(&chroma)).share() + paper.dark_share() + paper.clipped_share()
    });
}

#[divan::bench]
fn estimate_a_pose(bencher: Bencher) {
    let quad = document(1.5);
    bencher.bench(|| Pose::estimate(black_box(&quad), (WIDTH as u32, HEIGHT as u32), None, None));
}

#[divan::bench(args = [2, 3, 4])]
fn reduce_12_megapixels(bencher: Bencher, factor: usize) {
    let plane = plane();
    bencher.counter(BytesCount::new(WIDTH * HEIGHT)).bench(|| reduce(black_box(&plane), 0..WIDTH, 0..HEIGHT, factor));
}

#[divan::bench]
fn project_856_by_540(bencher: Bencher) {
    let quad = document(1.5).map(|corner| corner * 0.25);
    let map = Homography::between(&Quad::rectangle(856.0, 540.0), &quad).expect("a convex quad");
    let plane = reduce(&plane(), 0..WIDTH, 0..HEIGHT, 4);
    bencher.bench(|| project(black_box(&plane), &map, 856, 540));
}

/// Rows of strokes on a slope of light, of the size of a rectified card.
fn print() -> Plane {
    let sample = |at: usize| {
        let (x, y) = (at % 856, at / 856);
        let is_ink = y % 40 < 20 && x % 14 < 10 && (x % 14 < 3 || y % 10 < 3);
        if is_ink { 30 } else { (180 + x / 20 + (at.wrapping_mul(2_654_435_761) >> 29) % 8) as u8 }
    };
    Plane::new(856, 540, (0..856 * 540).map(sample).collect())
}

#[divan::bench]
fn minority_of_a_card(bencher: Bencher) {
    let plane = print();
    bencher.counter(BytesCount::new(856_usize * 540)).bench(|| minority(black_box(&plane), 9, 0.75, 6.0));
}

#[divan::bench]
fn components_of_a_card(bencher: Bencher) {
    let marks = minority(&print(), 9, 0.75, 6.0);
    bencher.counter(BytesCount::new(856_usize * 540)).bench(|| components(black_box(&marks)));
}

#[divan::bench]
fn prominence_of_48_tiles(bencher: Bencher) {
    let tiles = tiles();
    bencher.bench(|| {
        let (spectra, mut sum) = (TileSpectra::default(), Prominence::default());
        for pair in black_box(&tiles)[..48].chunks_exact(2) {
            for spectrum in spectra.measure([&pair[0], &pair[1]]) {
                sum.add(&spectrum);
            }
        }
        sum
    });
}

#[divan::bench]
fn strongest_edges_of_a_megapixel(bencher: Bencher) {
    let plane = plane();
    bencher.bench(|| strongest_edges(black_box(&plane), &(0..1024), &(0..1024), 576));
}

#[divan::bench]
fn noise_level_12_megapixels(bencher: Bencher) {
    let plane = plane();
    bencher.bench(|| noise_level(black_box(&plane)));
}
