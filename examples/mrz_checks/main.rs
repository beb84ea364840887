//! How well machine-readable zones are read: real specimens, pictures derived from them, bare lines, simulated photos, and photos
//! without any.
//!
//! `cargo run --release --no-default-features --features synth --example mrz_checks -- [specimens|derived|lines|simulated|negatives] DATA`
//!
//! With `SHOW=1` each photo that is not read rightly is named, never what it says.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod derived;
mod lines;
mod negatives;
mod outcome;
mod picture;
mod simulated;
mod specimens;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (parts, data) = arguments.split_at(arguments.len().saturating_sub(1));
    let data = Path::new(data.first().ok_or("the folder with the sets of photos is missing")?);
    let wants = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if wants("specimens") {
        specimens::report(data)?;
    }
    if wants("derived") {
        derived::report(data)?;
    }
    if wants("lines") {
        lines::report(&data.join("mrz_lines"))?;
    }
    if wants("simulated") {
        simulated::report()?;
    }
    if wants("negatives") {
        negatives::report(data)?;
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
