//! Photos of the simulator, as they are.

use std::collections::BTreeMap;

use kyclint::scene::Scene;

use crate::Labelled;
use crate::candidates::NAMES;
use crate::candidates::measure;
use crate::roc;
use crate::tables::correlation;
use crate::tables::percentile;

/// Default limits to review and to reject, of `glare_area` and `glare_on_text`.
const BANDS: [[f64; 2]; 2] = [[0.001, 0.02], [0.002, 0.02]];

struct Reading {
    fault: String,
    share: f64,
    numbers: [f64; NAMES.len()],
}

pub fn report(photos: impl Iterator<Item = Labelled>, found: bool) {
    let mut readings = Vec::new();
    let mut lost = 0;
    for labelled in photos {
        let Ok(declared) = labelled.cell("document_type").parse() else { continue };
        let quad = if found {
            Scene::declared(&labelled.photo, Some(declared)).document().map(|document| document.quad)
        } else {
            Some(labelled.quad)
        };
        let Some(numbers) = quad.and_then(|quad| measure(&labelled.photo, &quad, Some(declared))) else {
            lost += 1;
            continue;
        };
        let fault = format!("{} {}", labelled.cell("fault"), labelled.cell("severity"));
        readings.push(Reading { fault, share: labelled.cell("glare_share").parse().unwrap_or(0.0), numbers });
    }
    println!(
        "{} photos, {lost} without a document, {} corners\n",
        readings.len(),
        if found { "found" } else { "true" }
    );
    areas(&readings);
    by_fault(&readings);
}

fn areas(readings: &[Reading]) {
    let is_glare = |reading: &&Reading| reading.fault.starts_with("glare");
    println!("| number | AUC of glare against all else | correlation with the true share |\n|---|---|---|");
    for (at, name) in NAMES.iter().enumerate() {
        let of = |glare: bool| -> Vec<f64> {
            readings.iter().filter(|reading| is_glare(reading) == glare).map(|reading| reading.numbers[at]).collect()
        };
        let pairs: Vec<(f64, f64)> =
            readings.iter().filter(is_glare).map(|reading| (reading.share, reading.numbers[at])).collect();
        println!("| {name} | {:.3} | {:.3} |", roc::area(&of(true), &of(false)), correlation(&pairs));
    }
}

fn by_fault(readings: &[Reading]) {
    let mut groups: BTreeMap<&str, Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        groups.entry(&reading.fault).or_default().push(reading);
    }
    println!(
        "\n| fault | photos | true share | glare_area | P95 | review | reject | glare_on_text | review | reject |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (fault, group) in groups {
        let column = |at: usize| group.iter().map(|reading| reading.numbers[at]).collect::<Vec<f64>>();
        let above = |at: usize, limit: f64| {
            column(at).iter().filter(|&&number| number > limit).count() as f64 / group.len() as f64
        };
        let truth = group.iter().map(|reading| reading.share).sum::<f64>() / group.len() as f64;
        let [area, text] = [3, 4].map(|at| percentile(&column(at), 0.5));
        let [[area_review, area_reject], [text_review, text_reject]] = BANDS;
        println!(
            "| {fault} | {} | {truth:.3} | {area:.4} | {:.4} | {:.2} | {:.2} | {text:.4} | {:.2} | {:.2} |",
            group.len(),
            percentile(&column(3), 0.95),
            above(3, area_review),
            above(3, area_reject),
            above(4, text_review),
            above(4, text_reject),
        );
    }
}
