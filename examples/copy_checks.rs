//! Holds the checks for photocopies and photographed screens against the truth of `labels.csv` files.
//!
//! `cargo run --release --no-default-features --features synth --example copy_checks -- [--found] [--csv] LABELS.csv …`
//!
//! Takes the true corners of column `quad` (or `quad_tl_tr_br_bl`), or with `--found` those that the search finds, and
//! column `fault`: `photocopy`, `screen`, or another one; without it a photo is a clean one. Prints the area under the ROC
//! curve, recall at 1 and 2 % false alarms, alarms of the default bands by fault, recall of screens by pitch and angle
//! where columns `pitch` (camera pixels) and `angle` (degrees) tell, and the times. With `--csv` prints one line a photo.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

#[path = "shared/roc.rs"]
mod roc;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use kyclint::checks::Check;
use kyclint::checks::find;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::decode;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;

/// A photo with its truth and what was measured, by check.
struct Reading {
    path: String,
    fault: String,
    severity: String,
    pitch: Option<f64>,
    angle: Option<f64>,
    numbers: [Result<f64, String>; 2],
    times: [Duration; 2],
}

fn main() -> Result<(), Box<dyn Error>> {
    let (options, labels): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let has = |name: &str| options.iter().any(|option| option == name);
    let checks = ["colourfulness", "screen_pattern"].map(|id| find(id).expect("a check of that name").1);
    let mut readings = Vec::new();
    for labels in &labels {
        read_all(Path::new(labels), has("--found"), checks, &mut readings)?;
    }
    if has("--csv") {
        for reading in &readings {
            println!("{},{},{},{:?}", reading.path, reading.fault, reading.severity, reading.numbers);
        }
        return Ok(());
    }
    for (at, (check, fault)) in checks.into_iter().zip(["photocopy", "screen"]).enumerate() {
        separation(at, check, fault, &readings);
        alarms(at, check, &readings);
    }
    let screens: Vec<_> = readings.iter().filter(|reading| reading.fault == "screen").collect();
    recall("pitch, px", &[1.0, 1.3, 1.6, 2.0, 3.0, 4.5, 6.1], &screens, |reading| reading.pitch);
    recall("angle, degrees", &[0.0, 5.0, 15.0, 30.0, 45.1], &screens, |reading| reading.angle.map(f64::abs));
    Ok(())
}

fn read_all(
    labels: &Path,
    found: bool,
    checks: [&Check; 2],
    readings: &mut Vec<Reading>,
) -> Result<(), Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new("."));
    for row in csv::Reader::from_path(labels)?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        let bytes = std::fs::read(folder.join(cell("path")))?;
        let Ok(photo) = decode(&bytes, FileFacts::read(&bytes), &Limits::default()) else { continue };
        let is_selfie = cell("document_type") == "selfie" || cell("doc_type") == "face";
        let declared = if is_selfie { DocumentType::Selfie } else { DocumentType::IdCardFront };
        let declared = cell("document_type").parse().unwrap_or(declared);
        let mut scene = Scene::declared(&photo, Some(declared));
        if let Some(quad) = (cell("quad") + &cell("quad_tl_tr_br_bl")).parse::<Quad>().ok().filter(|_| !found) {
            scene = scene.with_document(Document::known(quad));
        }
        let _ = (scene.document(), scene.rectified_chroma());
        let measured = checks.map(|check| {
            let start = Instant::now();
            let applies = check.applies_to(Some(declared));
            let number = if applies {
                (check.measure)(&scene).map_err(|reason| reason.to_string())
            } else {
                Err("n/a".to_owned())
            };
            (number.map(|measurement| measurement.number), start.elapsed())
        });
        let [(colour, colour_time), (screen, screen_time)] = measured;
        let fault = cell("fault");
        readings.push(Reading {
            path: cell("path"),
            fault: if fault.is_empty() { "clean".to_owned() } else { fault },
            severity: cell("severity"),
            pitch: cell("pitch").parse().ok(),
            angle: cell("angle").parse().ok(),
            numbers: [colour, screen],
            times: [colour_time, screen_time],
        });
    }
    Ok(())
}

/// Area under the ROC curve and recall where 1 and 2 % of the others raise a false alarm.
fn separation(at: usize, check: &Check, fault: &str, readings: &[Reading]) {
    let sign = if check.faults.above.is_some() { 1.0 } else { -1.0 };
    let numbers = |wanted: bool| -> Vec<f64> {
        let chosen = readings.iter().filter(|reading| (reading.fault == fault) == wanted);
        chosen.filter_map(|reading| reading.numbers[at].as_ref().ok().map(|number| sign * number)).collect()
    };
    let (faulty, mut others) = (numbers(true), numbers(false));
    others.sort_unstable_by(f64::total_cmp);
    let area = roc::area(&faulty, &others);
    let limit = |share: f64| others.get(((1.0 - share) * others.len() as f64) as usize).copied().unwrap_or(f64::NAN);
    let recall = |limit: f64| faulty.iter().filter(|&&value| value > limit).count() as f64 / faulty.len() as f64;
    println!("\n## {}: {} with {fault}, {} without\n", check.id, faulty.len(), others.len());
    println!("| AUC | recall at 1 % | at 2 % | limit at 1 % | at 2 % |\n|---|---|---|---|---|");
    let [one, two] = [0.01, 0.02].map(limit);
    println!("| {area:.4} | {:.3} | {:.3} | {:.3} | {:.3} |", recall(one), recall(two), sign * one, sign * two);
    let mut times: Vec<_> = readings.iter().filter(|r| r.numbers[at].is_ok()).map(|r| r.times[at]).collect();
    times.sort_unstable();
    println!("\nMedian time {:?}", times.get(times.len() / 2).copied().unwrap_or_default());
}

/// What the default band says, by fault.
fn alarms(at: usize, check: &Check, readings: &[Reading]) {
    let mut groups: BTreeMap<String, Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        groups.entry(format!("{} {}", reading.fault, reading.severity)).or_default().push(reading);
    }
    println!("\n| fault | photos | no number | beyond review | beyond reject | least | median | most |");
    println!("|---|---|---|---|---|---|---|---|");
    for (name, group) in groups {
        let mut numbers: Vec<f64> =
            group.iter().filter_map(|reading| reading.numbers[at].as_ref().ok().copied()).collect();
        numbers.sort_unstable_by(f64::total_cmp);
        let beyond = |above: Option<f64>, below: Option<f64>| {
            let is_out = |n: f64| above.is_some_and(|limit| n > limit) || below.is_some_and(|limit| n < limit);
            numbers.iter().filter(|&&number| is_out(number)).count()
        };
        let band = &check.band;
        let at = |share: f64| numbers.get((share * numbers.len() as f64) as usize).copied().unwrap_or(f64::NAN);
        println!(
            "| {name} | {} | {} | {} | {} | {:.3} | {:.3} | {:.3} |",
            group.len(),
            group.len() - numbers.len(),
            beyond(band.review_above, band.review_below),
            beyond(band.reject_above, band.reject_below),
            at(0.0),
            at(0.5),
            numbers.last().copied().unwrap_or(f64::NAN),
        );
    }
}

fn recall(title: &str, limits: &[f64], screens: &[&Reading], along: impl Fn(&Reading) -> Option<f64>) {
    println!("\n| {title} | screens | found |\n|---|---|---|");
    for span in limits.windows(2) {
        let inside = |reading: &&&Reading| along(reading).is_some_and(|value| (span[0]..span[1]).contains(&value));
        let group: Vec<_> = screens.iter().filter(inside).collect();
        let found =
            group.iter().filter(|reading| reading.numbers[1].as_ref().is_ok_and(|&number| number > 0.5)).count();
        println!("| {}–{} | {} | {found} |", span[0], span[1], group.len());
    }
}
