//! Simulated photos: who alarms at what, with true corners and with found ones.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use kyclint::checks::find;
use kyclint::scene::DocumentType;

use crate::labels::rows;
use crate::numbers::Choice;
use crate::numbers::Numbers;
use crate::numbers::quantile;
use crate::roc;

const CHECKS: [(&str, &str, Choice); 3] = [
    ("shadow_area", "shadow", |n| n.shadow),
    ("clipped_dark", "underexposed", |n| n.dark),
    ("clipped_bright", "overexposed", |n| n.bright),
];

pub(crate) fn print(labels: &Path) -> Result<(), Box<dyn Error>> {
    let (mut with_true, mut with_found) = (BTreeMap::new(), BTreeMap::new());
    for row in rows(labels)?.iter().filter(|row| row.kind != Some(DocumentType::Selfie)) {
        let Some(photo) = row.photo() else { continue };
        let add = |to: &mut BTreeMap<String, Vec<Numbers>>, numbers: Option<Numbers>| {
            to.entry(row.fault.clone()).or_default().extend(numbers);
        };
        add(&mut with_true, row.quad.and_then(|quad| Numbers::with_corners(&photo, &quad, row.kind)));
        add(&mut with_found, Numbers::with_found_corners(&photo, row.kind));
    }
    for (title, numbers) in [("true", &with_true), ("found", &with_found)] {
        println!("\n### {} with {title} corners\n", labels.display());
        print_areas(numbers);
        print_alarms(numbers);
    }
    let times: Vec<f64> = with_true.values().flatten().map(|numbers| numbers.time.as_secs_f64() * 1e3).collect();
    println!("\nmedian time for the paper and its shade: {:.2} ms", quantile(&times, 0.5));
    Ok(())
}

/// Area under the ROC curve of each check for each severity of its own fault, against all other photos.
fn print_areas(numbers: &BTreeMap<String, Vec<Numbers>>) {
    println!(
        "| check | fault | photos | AUC against all others | others, 95 %, 98 %, 99 % | fault, 5 %, median |\n|---|---|---|---|---|---|"
    );
    for (check, own, number) in CHECKS {
        let others = numbers.iter().filter(|(fault, _)| !fault.contains(own)).flat_map(|(_, numbers)| numbers);
        let others: Vec<f64> = others.map(number).collect();
        let percentiles = [0.95, 0.98, 0.99].map(|share| format!("{:.3}", quantile(&others, share))).join(", ");
        for (fault, numbers) in numbers.iter().filter(|(fault, _)| fault.contains(own)) {
            let values: Vec<f64> = numbers.iter().map(number).collect();
            let [low, median] = [0.05, 0.5].map(|share| quantile(&values, share));
            let area = roc::area(&values, &others);
            println!("| {check} | {fault} | {} | {area:.3} | {percentiles} | {low:.3}, {median:.3} |", values.len());
        }
    }
}

/// Shares of photos beyond the default band's review and reject limits, by fault.
fn print_alarms(numbers: &BTreeMap<String, Vec<Numbers>>) {
    println!("\n| fault | photos | {} |\n|---|---|---|---|---|", CHECKS.map(|(check, ..)| check).join(" | "));
    for (fault, numbers) in numbers {
        let alarms = CHECKS.map(|(check, _, number)| {
            let band = find(check).map(|(_, check)| check.band).unwrap_or_default();
            let beyond = |limit: Option<f64>| {
                let count = numbers.iter().filter(|n| limit.is_some_and(|limit| number(n) > limit)).count();
                count as f64 / numbers.len().max(1) as f64
            };
            format!("{:.2} / {:.2}", beyond(band.review_above), beyond(band.reject_above))
        });
        println!("| {fault} | {} | {} |", numbers.len(), alarms.join(" | "));
    }
}
