//! Photos without a machine-readable zone, and placeholders of one.

use std::error::Error;
use std::path::Path;

use crate::outcome::Outcome;
use crate::photos::open;
use crate::sets::sets;
use crate::show;

/// Sets whose photos show zones, and one of lines of text by the thousand.
const LEFT_OUT: [&str; 2] = ["mrz_specimens", "mrz_lines"];
/// Passports among templates of cards.
const PASSPORTS: &str = "aze";

pub(crate) fn report(data: &Path) -> Result<(), Box<dyn Error>> {
    println!("\n| set | photos | read | digits hold |\n|---|---|---|---|");
    sets(data, &LEFT_OUT)?.iter().try_for_each(|(name, images)| of_set(name, images))
}

fn of_set(set: &str, images: &Path) -> Result<(), Box<dyn Error>> {
    let mut outcomes = Vec::new();
    for entry in std::fs::read_dir(images)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(PASSPORTS) {
            continue;
        }
        let Some(photo) = open(&std::fs::read(&path)?) else { continue };
        let outcome = Outcome::of(&photo, &[]);
        if outcome.format.is_some() {
            show(&name, &outcome);
        }
        outcomes.push(outcome);
    }
    let read = outcomes.iter().filter(|outcome| outcome.format.is_some()).count();
    let holding = outcomes.iter().filter(|outcome| outcome.holds).count();
    println!("| {set} | {} | {read} | {holding} |", outcomes.len());
    Ok(())
}
