//! Holds the readings of light on the document against photos of shadows, against twins with simulated shadows and exposures,
//! and against the truth of simulated photos.
//!
//! `cargo run --release --no-default-features --features synth --example light_checks -- DATA [SIMULATED/labels.csv …]`
//!
//! `DATA` holds the folders of real photos. Prints Markdown tables.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod labels;
mod numbers;
#[path = "../shared/roc.rs"]
mod roc;
mod simulated;
mod twins;

use std::error::Error;
use std::path::Path;

use kyclint::geometry::Quad;
use labels::Row;
use labels::rows;
use numbers::Numbers;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().ok_or("the folder of real photos is missing")?;
    let data = Path::new(&data);
    let shadows = photos_of_shadows(&data.join("shadow_phone_mit"))?;
    twins::print(data, &shadows)?;
    for labels in arguments {
        simulated::print(Path::new(&labels))?;
    }
    Ok(())
}

/// Prints the photos of shadows one by one and returns the numbers of the frame where there is a shadow.
fn photos_of_shadows(folder: &Path) -> Result<Vec<Numbers>, Box<dyn Error>> {
    println!(
        "| photo | label | shadow, frame | shadow, found | below 0.6, frame | range, frame |\n|---|---|---|---|---|---|"
    );
    let mut shadowed = Vec::new();
    for row in rows(&folder.join("labels.csv"))? {
        let Some(photo) = row.photo() else { continue };
        let (width, height) = photo.upright_size();
        let frame = Quad::rectangle(f64::from(width), f64::from(height));
        let Some(whole) = Numbers::with_corners(&photo, &frame, None) else { continue };
        let found = Numbers::with_found_corners(&photo, None);
        let Row { path, labels, .. } = &row;
        let found = found.map_or("-".to_owned(), |found| format!("{:.3}", found.shadow));
        println!("| {path} | {labels} | {:.3} | {found} | {:.3} | {:.0} |", whole.shadow, whole.below, whole.range);
        if !labels.contains("no_clear_shadow") {
            shadowed.push(whole);
        }
    }
    Ok(shadowed)
}
