//! Real specimens as they are.

use std::error::Error;
use std::path::Path;

use kyclint::photo::Photo;

use crate::labels::Row;
use crate::labels::rows;
use crate::outcome::Outcome;
use crate::outcome::TITLES;
use crate::outcome::Verdict;
use crate::outcome::cells;
use crate::show;

/// The resolution from which every line should be read.
const DENSE: f64 = 200.0;

/// A photo and the lines of its zone.
pub(crate) struct Specimen {
    pub(crate) name: String,
    pub(crate) photo: Photo,
    pub(crate) lines: Vec<String>,
    /// Whether the printed check digits are right.
    pub(crate) is_valid: bool,
    /// Dots per inch if the document fills the photo.
    dpi: f64,
}

impl Specimen {
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.lines.iter().map(String::as_str).collect()
    }

    fn of(row: &Row) -> Result<Self, Box<dyn Error>> {
        let photo = row.photo()?.ok_or("a specimen is no photo")?;
        let inches = match row.cell("doc_type") {
            "TD3" => 125.0 / 25.4,
            "TD1" | "TD1_SHORT" => 85.6 / 25.4,
            _ => 105.0 / 25.4,
        };
        let lines = row.cell("mrz").split('|').filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let (name, is_valid) = (row.cell("path").to_owned(), !row.cell("labels").contains("check_digits_fail"));
        Ok(Self { name, dpi: f64::from(photo.upright_size().0) / inches, photo, lines, is_valid })
    }
}

pub(crate) fn specimens(data: &Path) -> Result<Vec<Specimen>, Box<dyn Error>> {
    rows(&data.join("mrz_specimens/labels.csv"))?.iter().map(Specimen::of).collect()
}

pub(crate) fn report(data: &Path) -> Result<(), Box<dyn Error>> {
    let mut all: Vec<(Specimen, Outcome)> = Vec::new();
    for specimen in specimens(data)? {
        let outcome = Outcome::of(&specimen.photo, &specimen.texts());
        show(&specimen.name, &outcome);
        all.push((specimen, outcome));
    }
    println!("\n| specimens | lines | of them right | {TITLES}---|---|");
    row("all", all.iter());
    row("200 dpi and more", all.iter().filter(|(specimen, outcome)| outcome.dpi.unwrap_or(specimen.dpi) >= DENSE));
    row("fewer", all.iter().filter(|(specimen, outcome)| outcome.dpi.unwrap_or(specimen.dpi) < DENSE));
    let printed_wrong = || all.iter().filter(|(specimen, _)| !specimen.is_valid);
    let read = printed_wrong().filter(|(_, outcome)| outcome.verdict == Verdict::Whole && !outcome.holds);
    println!(
        "\n{} printed with wrong digits: {} read as printed, digits not holding",
        printed_wrong().count(),
        read.count()
    );
    Ok(())
}

fn row<'a>(title: &str, of: impl Iterator<Item = &'a (Specimen, Outcome)>) {
    let of: Vec<_> = of.collect();
    let lines: usize = of.iter().map(|(specimen, _)| specimen.lines.len()).sum();
    let right: usize = of.iter().map(|(_, outcome)| outcome.lines).sum();
    let outcomes: Vec<Outcome> = of.iter().map(|(_, outcome)| outcome.clone()).collect();
    println!("| {title} | {lines} | {right} | {} |", cells(&outcomes));
}
