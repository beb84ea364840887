//! Which rejection categories each simulated fault raises: the confusion matrix of docs/accuracy.md.
//!
//! ```text
//! cargo run --release --example fault_matrix --no-default-features --features synth -- LABELS.csv... [--selfies]
//! ```
//!
//! Audits every photo of the simulator's labels under the default bands and counts, for each fault, the photos with a
//! finding of each category. `alone` is the share of photos that raise no category but those they are labelled with.
//! Documents only, or selfies only.
#![expect(clippy::print_stdout, reason = "an example prints its tables")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::path::PathBuf;

use kyclint::audit::assess;
use kyclint::checks::Category;
use kyclint::config::Settings;
use kyclint::record::Source;
use kyclint::scene::DocumentType;
use rayon::prelude::*;
use serde::Deserialize;

/// A photo of the simulator.
#[derive(Debug, Deserialize)]
struct Label {
    path: String,
    document_type: String,
    labels: String,
    severity: String,
    fault: String,
}

/// What the photos of a fault raise.
#[derive(Debug, Default)]
struct Counts {
    photos: usize,
    /// Photos with the category they are labelled with.
    named: usize,
    /// Photos with no other category.
    alone: usize,
    raised: BTreeMap<Category, usize>,
}

impl Counts {
    fn add(&mut self, wanted: &BTreeSet<&str>, raised: &[Category]) {
        self.photos += 1;
        self.named += usize::from(raised.iter().any(|category| wanted.contains(category.id())));
        self.alone += usize::from(raised.iter().all(|category| wanted.contains(category.id())));
        for category in raised {
            *self.raised.entry(*category).or_default() += 1;
        }
    }

    fn share(&self, count: usize) -> String {
        if count == 0 { String::new() } else { format!("{:.0}", 100.0 * count as f64 / self.photos as f64) }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (selfies, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word == "--selfies");
    if files.is_empty() {
        return Err("name a labels.csv that `kyclint synth` has written".into());
    }
    let mut photos = Vec::new();
    for file in &files {
        photos.extend(read(Path::new(file))?);
    }
    photos.retain(|(_, label)| (label.document_type == DocumentType::Selfie.id()) != selfies.is_empty());
    print(&count(&photos)?);
    Ok(())
}

fn read(labels: &Path) -> Result<Vec<(PathBuf, Label)>, Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new("."));
    let mut reader = csv::Reader::from_path(labels).map_err(|error| format!("{}: {error}", labels.display()))?;
    let label = |row: Result<Label, csv::Error>| row.map(|label| (folder.join(&label.path), label));
    Ok(reader.deserialize().map(label).collect::<Result<_, _>>()?)
}

fn count(photos: &[(PathBuf, Label)]) -> Result<BTreeMap<(String, String), Counts>, Box<dyn Error>> {
    let settings = Settings::default();
    let raised: Vec<Vec<Category>> = photos
        .par_iter()
        .map(|(path, label)| {
            let document_type = Some(label.document_type.parse().map_err(|error| format!("{error}"))?);
            let row = assess(path, Source { document_type, ..Source::default() }, &settings);
            row.error.map_or(Ok(row.categories), |error| Err(format!("{}: {error}", path.display())))
        })
        .collect::<Result<_, String>>()?;
    let mut counts: BTreeMap<(String, String), Counts> = BTreeMap::new();
    for ((_, label), raised) in photos.iter().zip(&raised) {
        let wanted = label.labels.split(';').collect();
        counts.entry((label.fault.clone(), label.severity.clone())).or_default().add(&wanted, raised);
    }
    Ok(counts)
}

fn print(counts: &BTreeMap<(String, String), Counts>) {
    let seen: BTreeSet<Category> = counts.values().flat_map(|counts| counts.raised.keys().copied()).collect();
    let titles: Vec<&str> = seen.iter().map(|category| category.id()).collect();
    println!("| fault | severity | n | named % | alone % | {} |", titles.join(" | "));
    println!("|---|---|---|---|---|{}", "---|".repeat(titles.len()));
    let (mut photos, mut alone) = (0, 0);
    for ((fault, severity), counts) in counts {
        let cells: Vec<String> =
            seen.iter().map(|category| counts.share(counts.raised.get(category).copied().unwrap_or(0))).collect();
        let named = if fault == "none" { String::new() } else { counts.share(counts.named) };
        println!(
            "| {fault} | {severity} | {} | {named} | {} | {} |",
            counts.photos,
            counts.share(counts.alone),
            cells.join(" | ")
        );
        photos += counts.photos;
        alone += counts.alone;
    }
    println!();
    println!("{alone} of {photos} photos ({:.1} %) raise nothing but their own.", 100.0 * alone as f64 / photos as f64);
}
