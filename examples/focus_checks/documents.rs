//! The checks on documents, with true corners and with found ones.

use std::collections::BTreeMap;
use std::time::Duration;
use std::time::Instant;

use kyclint::checks::find;
use kyclint::photo::Photo;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;

use crate::Labelled;
use crate::rates::percentile;
use crate::rates::share;
use crate::roc;

/// Sharpness and motion blur; NaN where there is none.
type Numbers = [f64; 2];

/// Review limits.
const SHARPNESS: f64 = 4.7;
const MOTION: f64 = 1.6;

pub fn simulated(rows: &[Labelled]) {
    let mut groups: [BTreeMap<String, Vec<Numbers>>; 2] = Default::default();
    let mut times = Vec::new();
    for row in rows {
        let (Some(photo), Ok(kind)) = (row.photo(), row.cell("document_type").parse::<DocumentType>()) else {
            continue;
        };
        let group = format!("{} {}", row.cell("fault"), row.cell("severity"));
        if let Some(numbers) = at_corners(row.cell("quad"), &photo, kind, &mut times) {
            groups[0].entry(group.clone()).or_default().push(numbers);
        }
        groups[1]
            .entry(if kind == DocumentType::Selfie { format!("selfie {group}") } else { group })
            .or_default()
            .push(found(&photo, kind));
    }
    times.sort_unstable();
    println!("median time of both with true corners {:?}", times.get(times.len() / 2));
    for (title, groups) in ["true corners", "found corners"].iter().zip(&groups) {
        table(title, groups);
    }
}

fn table(title: &str, groups: &BTreeMap<String, Vec<Numbers>>) {
    let column = |group: &str, at: usize| -> Vec<f64> {
        groups.get(group).map(|numbers| numbers.iter().map(|pair| pair[at]).collect()).unwrap_or_default()
    };
    println!(
        "\n| {title} | photos | no number | sharpness P5 P50 P95 | AUC | alarmed | motion P50 P95 max | AUC | alarmed |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for group in groups.keys() {
        let good = if group.starts_with("selfie") { "selfie none none" } else { "none none" };
        let [sharpness, motion] = [0, 1].map(|at| column(group, at));
        let [p5, p50, p95] = [0.05, 0.5, 0.95].map(|share| percentile(&sharpness, share));
        let [m50, m95, most] = [0.5, 0.95, 1.0].map(|share| percentile(&motion, share));
        println!(
            "| {group} | {} | {:.2} | {p5:.1} {p50:.1} {p95:.1} | {:.3} | {:.2} | {m50:.2} {m95:.2} {most:.2} | {:.3} | {:.2} |",
            sharpness.len(),
            share(&sharpness, f64::is_nan),
            roc::area(&column(good, 0), &sharpness),
            share(&sharpness, |number| number < SHARPNESS),
            roc::area(&motion, &column(good, 1)),
            share(&motion, |number| number > MOTION),
        );
    }
}

/// The documents of real photos, corners true and found.
pub fn real(rows: &[Labelled]) {
    println!("\n| photo | labels | sharpness true, found | motion true, found |\n|---|---|---|---|");
    for row in rows.iter().filter(|row| !row.cell("quad_tl_tr_br_bl").is_empty()) {
        let Some(photo) = row.photo() else { continue };
        let kind = DocumentType::IdCardFront;
        let [a, b] = at_corners(row.cell("quad_tl_tr_br_bl"), &photo, kind, &mut Vec::new()).unwrap_or([f64::NAN; 2]);
        let [c, d] = found(&photo, kind);
        let name = row.path.file_name().unwrap_or_default().to_string_lossy();
        println!("| {name} | {} | {a:.2} {c:.2} | {b:.2} {d:.2} |", row.cell("labels"));
    }
}

fn at_corners(quad: &str, photo: &Photo, kind: DocumentType, times: &mut Vec<Duration>) -> Option<Numbers> {
    let scene = Scene::declared(photo, Some(kind)).with_document(Document::known(quad.parse().ok()?));
    scene.rectified()?;
    let start = Instant::now();
    let numbers = numbers(&scene);
    times.push(start.elapsed());
    Some(numbers)
}

fn found(photo: &Photo, kind: DocumentType) -> Numbers {
    numbers(&Scene::declared(photo, Some(kind)))
}

fn numbers(scene: &Scene) -> Numbers {
    ["sharpness", "motion_blur"].map(|id| {
        let measured = find(id).and_then(|(_, check)| check.measure(scene).ok());
        measured.map_or(f64::NAN, |measurement| measurement.number)
    })
}
