//! Pixel kernels on planes of 12 megapixels, or on as many tiles as the checks sample: `cargo bench --bench kernels`.

use divan::Bencher;
use divan::black_box;
use divan::counter::BytesCount;
use kyclint::pixels::LineSpectra;
use kyclint::pixels::Plane;
use kyclint::pixels::Tile;
use kyclint::pixels::detailed_tiles;
use kyclint::pixels::foreign_grid;
use kyclint::pixels::low_dct;
use kyclint::pixels::mirror;
use kyclint::pixels::tile_at;
use kyclint::pixels::transpose;
use kyclint::pixels::transverse;
use kyclint::pixels::turn_half;
use kyclint::pixels::turn_left;
use kyclint::pixels::turn_right;
use kyclint::pixels::ycbcr;

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
