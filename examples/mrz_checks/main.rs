//! How well machine-readable zones are read: real specimens, pictures derived from them, bare lines, simulated photos, and photos
//! without any.
//!
//! `cargo run --release --no-default-features --features synth --example mrz_checks -- [specimens|derived|lines|simulated|negatives] DATA`
//!
//! With `SHOW=1` each photo that is not read rightly is named, never what it says.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod derived;
#[path = "../shared/labels.rs"]
mod labels;
mod lines;
mod negatives;
mod outcome;
#[path = "../shared/photos.rs"]
mod photos;
mod picture;
#[path = "../shared/sets.rs"]
mod sets;
mod simulated;
mod specimens;
#[path = "../shared/upright.rs"]
mod upright;

use std::error::Error;

use sets::Wanted;

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = Wanted::from_arguments()?;
    if wanted.wants("specimens") {
        specimens::report(&wanted.data)?;
    }
    if wanted.wants("derived") {
        derived::report(&wanted.data)?;
    }
    if wanted.wants("lines") {
        lines::report(&wanted.data.join("mrz_lines"))?;
    }
    if wanted.wants("simulated") {
        simulated::report()?;
    }
    if wanted.wants("negatives") {
        negatives::report(&wanted.data)?;
    }
    Ok(())
}

/// Names a photo that is not read rightly where that is asked for.
fn show(name: &str, outcome: &outcome::Outcome) {
    if std::env::var_os("SHOW").is_some() {
        let outcome::Outcome { verdict, lines, format, evidence, least_confidence, .. } = outcome;
        println!("{name} {verdict:?} {format:?} right {lines} evidence {evidence:.1} least sure {least_confidence:.2}");
    }
}
