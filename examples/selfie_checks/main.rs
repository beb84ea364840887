//! How well checks of selfies tell good faces from faulty ones: faces labelled by eye, and pictures derived from them with masks,
//! hats, glasses, shadows, blur and more painted in.
//!
//! `cargo run --release --no-default-features --features synth --example selfie_checks -- [labelled|light|mouth|eyes|prompts|hats|camera|background] DATA`
//!
//! `DATA` holds the sets of photos. With `OVERLAYS=DIR` every derived picture is written into that folder, to be looked at; it
//! shows real faces and belongs in no repository. With `SIDES=FILE` what `tools/fit_yaw.py` needs is
//! written. Prints Markdown tables; checks that do not exist are left out of them.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod actions;
mod backdrops;
mod cameras;
mod canvas;
mod covers;
mod derived;
mod eyewear;
mod faces;
mod hats;
mod kinds;
mod labelled;
mod lids;
mod lights;
mod measures;
#[path = "../shared/photos.rs"]
mod photos;
mod prompts;
mod random;
#[path = "../shared/roc.rs"]
mod roc;
#[expect(dead_code, reason = "which files are read stands in `faces.csv`")]
#[path = "../shared/sets.rs"]
mod sets;
mod shapes;
mod sides;
mod sitter;
mod tables;
#[path = "../shared/upright.rs"]
mod upright;

use std::error::Error;

use sets::Wanted;

/// Parts that need pictures to be derived.
const DERIVED: [&str; 7] = ["light", "mouth", "eyes", "prompts", "hats", "camera", "background"];

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = Wanted::from_arguments()?;
    let (faces, checks) = (faces::faces(&wanted.data)?, measures::found());
    let bases = faces.iter().filter(|face| face.label.is_base()).count();
    println!("{} labelled faces, {bases} of them bases; {} checks", faces.len(), checks.len());
    if wanted.wants("labelled") {
        labelled::report(&faces, &checks)?;
    }
    if DERIVED.iter().any(|part| wanted.wants(part)) {
        derived::report(&wanted, &faces, &checks)?;
    }
    Ok(())
}
