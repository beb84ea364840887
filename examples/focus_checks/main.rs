//! Holds sharpness, motion blur and the sharpness of the whole frame against the truth of `labels.csv` files.
//!
//! `cargo run --release --no-default-features --features synth --example focus_checks -- LABELS.csv …`
//!
//! Simulated sets give AUC, recall and false alarms by fault with true corners and with found ones; sets of real photos give
//! the order of their triplets, the numbers of their documents, and frames derived from their sharp photos (blurred in
//! linear light by discs and lines, noise and JPEG afterwards) on which the frame's sharpness competes with the
//! variance of the Laplacian.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod derived;
mod documents;
mod rates;
#[path = "../shared/roc.rs"]
mod roc;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::path::PathBuf;

use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::scene::frame_sharpness;

/// A row of labels and where its photo is.
struct Labelled {
    path: PathBuf,
    cells: BTreeMap<String, String>,
}

impl Labelled {
    fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    fn photo(&self) -> Option<Photo> {
        open(&std::fs::read(&self.path).ok()?)
    }
}

fn open(bytes: &[u8]) -> Option<Photo> {
    decode(bytes, FileFacts::read(bytes), &Limits::default()).ok()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    for labels in std::env::args().skip(1) {
        rows.extend(read(Path::new(&labels))?);
    }
    let (simulated, real): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| !row.cell("fault").is_empty());
    if !simulated.is_empty() {
        documents::simulated(&simulated);
    }
    if !real.is_empty() {
        triplets(&real);
        documents::real(&real);
        derived::frames(&real);
    }
    Ok(())
}

fn read(labels: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new("."));
    let mut rows = Vec::new();
    for cells in csv::Reader::from_path(labels)?.deserialize() {
        let cells: BTreeMap<String, String> = cells?;
        let path = folder.join(cells.get("path").map_or("", String::as_str));
        rows.push(Labelled { path, cells });
    }
    Ok(rows)
}

/// Photos that say whether they are sharp, as they are.
fn triplets(real: &[Labelled]) {
    println!("\n| photo | truth | frame sharpness, 1/px |\n|---|---|---|");
    for row in real.iter().filter(|row| ["sharp", "defocus_blur", "motion_blur"].contains(&row.cell("labels"))) {
        let sharpness = row.photo().and_then(|photo| frame_sharpness(&photo));
        let name = row.path.file_name().unwrap_or_default().to_string_lossy();
        println!("| {name} | {} | {:.3} |", row.cell("labels"), sharpness.unwrap_or(f64::NAN));
    }
}
