//! How well barcodes are read: real symbols, simulated backs of driving licences, and photos without any.
//!
//! `cargo run --release --no-default-features --features synth --example barcode_checks -- [symbols|licences|negatives] DATA`
//!
//! Symbols are compared with what `rxing` reads of the whole picture in any of four rotations.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod licences;
mod negatives;
mod symbols;

use std::error::Error;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::scene::Barcode;
use kyclint::scene::Scene;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (parts, data) = arguments.split_at(arguments.len().saturating_sub(1));
    let data = Path::new(data.first().ok_or("the folder with the sets of photos is missing")?);
    let wants = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if wants("symbols") {
        symbols::report(&data.join("pdf417_zxing"))?;
    }
    if wants("licences") {
        licences::report()?;
    }
    if wants("negatives") {
        negatives::report(data)?;
    }
    Ok(())
}

fn open(bytes: &[u8]) -> Option<Photo> {
    decode(bytes, FileFacts::read(bytes), &Limits::default()).ok()
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
