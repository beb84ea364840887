//! How well barcodes are read: real symbols, simulated backs of driving licences, and photos without any.
//!
//! `cargo run --release --no-default-features --features synth --example barcode_checks -- [symbols|licences|negatives] DATA`
//!
//! Symbols are compared with what `rxing` reads of the whole picture in any of four rotations.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

#[path = "../shared/labels.rs"]
mod labels;
mod licences;
mod negatives;
#[path = "../shared/photos.rs"]
mod photos;
#[path = "../shared/sets.rs"]
mod sets;
mod symbols;

use std::error::Error;
use std::time::Duration;
use std::time::Instant;

use kyclint::photo::Photo;
use kyclint::scene::Barcode;
use kyclint::scene::Scene;

use sets::Wanted;

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = Wanted::from_arguments()?;
    if wanted.wants("symbols") {
        symbols::report(&wanted.data.join("pdf417_zxing"))?;
    }
    if wanted.wants("licences") {
        licences::report()?;
    }
    if wanted.wants("negatives") {
        negatives::report(&wanted.data)?;
    }
    Ok(())
}

/// The barcode of a scene of which the document is known, and what finding it takes, the best of three.
fn timed(photo: &Photo) -> (Option<Barcode>, Duration) {
    let scene = Scene::new(photo);
    let rectified = scene.rectified();
    let mut best = Duration::MAX;
    for _ in 0..2 {
        let start = Instant::now();
        std::hint::black_box(Barcode::find(photo, rectified));
        best = best.min(start.elapsed());
    }
    let start = Instant::now();
    let found = Barcode::find(photo, rectified);
    (found, best.min(start.elapsed()))
}

/// The median and the largest, milliseconds.
fn milliseconds(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let of = |at: usize| times.get(at).map_or(f64::NAN, |time| 1e3 * time.as_secs_f64());
    format!("{:.1} | {:.1}", of(times.len() / 2), of(times.len().saturating_sub(1)))
}
