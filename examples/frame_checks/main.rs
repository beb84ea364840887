//! Measures the checks of the file and the frame on photos derived from real ones: the tables of docs/accuracy.md.
//!
//! ```text
//! cargo run --release --no-default-features --features synth --example frame_checks -- compression ../shared/data
//! cargo run --release --no-default-features --features synth --example frame_checks -- resolution ../shared/data
//! cargo run --release --no-default-features --features synth --example frame_checks -- quality ../shared/data
//! cargo run --release --no-default-features --features synth --example frame_checks -- cost ../shared/data
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints its tables")]

mod compression;
mod pipelines;
mod quality;
mod raster;
mod resolution;
mod sources;

use std::path::Path;
use std::time::Instant;

use kyclint::checks::RecompressionCues;
use kyclint::checks::find;
use kyclint::photo::Photo;
use kyclint::scene::Scene;
use rayon::prelude::*;
use sources::Source;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = Path::new(arguments.get(1).map_or("../shared/data", String::as_str));
    match arguments.first().map(String::as_str) {
        Some("compression") => compression::race(&each(data, compression_rows)),
        Some("resolution") => resolution::race(&each(data, resolution::measure)),
        Some("quality") => quality::race(&each(data, quality_errors)),
        Some("cost") => print_cost(data),
        _ => eprintln!("usage: frame_checks compression|resolution|quality|cost [DATA]"),
    }
}

/// The number of check `id` on `photo`, where it has one.
fn number(id: &str, photo: &Photo) -> Option<f64> {
    find(id).and_then(|(_, check)| check.measure(&Scene::new(photo)).ok()).map(|measurement| measurement.number)
}

fn each<T: Send>(data: &Path, measure: impl Fn(&Source, usize) -> Vec<T> + Sync) -> Vec<T> {
    let sources = sources::large(data);
    eprintln!("{} originals", sources.len());
    let rows: Vec<Vec<T>> = sources.par_iter().enumerate().map(|(index, source)| measure(source, index)).collect();
    rows.into_iter().flatten().collect()
}

fn compression_rows(source: &Source, index: usize) -> Vec<compression::Row> {
    let derived = source.fresh(2).map(|fresh| pipelines::derive(&fresh, index)).unwrap_or_default();
    let row = |file: &pipelines::Derived| {
        let photo = raster::open(&file.bytes).ok()?;
        let cues = RecompressionCues::of(&photo)?.array();
        let number = number("recompression", &photo)?;
        Some(compression::Row { scene: source.scene.clone(), recipe: file.recipe, kind: file.kind, cues, number })
    };
    derived.iter().filter_map(row).collect()
}

fn quality_errors(source: &Source, _: usize) -> Vec<quality::Errors> {
    source.fresh(2).map(|fresh| quality::measure(&fresh)).unwrap_or_default()
}

/// The milliseconds each check takes on a 12-megapixel photo, the best of twenty.
fn print_cost(data: &Path) {
    let fresh = sources::large(data).iter().find_map(|source| source.fresh(2));
    let files = fresh.map(|fresh| pipelines::derive(&fresh, 0)).unwrap_or_default();
    let Some(photo) = files.first().and_then(|file| raster::open(&file.bytes).ok()) else { return };
    println!("{} x {}", photo.luma().width(), photo.luma().height());
    for id in ["jpeg_quality", "recompression", "effective_resolution"] {
        let once = || {
            let start = Instant::now();
            std::hint::black_box(number(id, &photo));
            start.elapsed().as_secs_f64() * 1e3
        };
        let best = (0..20).map(|_| once()).fold(f64::INFINITY, f64::min);
        println!("{id} {best:.2} ms");
    }
}
