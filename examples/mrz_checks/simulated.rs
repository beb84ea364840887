//! Simulated passports and backs of identity cards.

use std::collections::BTreeMap;
use std::error::Error;

use kyclint::scene::DocumentType;
use kyclint::synth::Fault;
use kyclint::synth::Plan;
use kyclint::synth::Severity;

use crate::outcome::Outcome;
use crate::outcome::TITLES;
use crate::outcome::cells;
use crate::photos::open;
use crate::show;

/// Sizes of the good photos: from 70 to 500 dpi.
const SIZES: [(u32, u32); 6] = [(800, 600), (1024, 768), (1280, 960), (1600, 1200), (2000, 1500), (2800, 2100)];
/// Good photos of each size and document.
const GOOD: u64 = 10;
/// Photos of each fault, severity and document.
const FAULTY: u64 = 3;
/// Bounds of resolutions, dots per inch.
const BINS: [f64; 7] = [0.0, 100.0, 150.0, 200.0, 300.0, 400.0, f64::MAX];
const TYPES: [DocumentType; 2] = [DocumentType::Passport, DocumentType::IdCardBack];
const FAULTS: [Fault; 15] = [
    Fault::Defocus,
    Fault::Motion,
    Fault::GlareSpot,
    Fault::GlareWindow,
    Fault::ShadowHard,
    Fault::CutSide,
    Fault::Finger,
    Fault::Tilted,
    Fault::Clutter,
    Fault::LowContrast,
    Fault::Messenger,
    Fault::Underexposed,
    Fault::Overexposed,
    Fault::Faded,
    Fault::Photocopy,
];

type Table = BTreeMap<String, Vec<Outcome>>;

pub(crate) fn report() -> Result<(), Box<dyn Error>> {
    let (mut by_size, mut by_fault) = (Table::new(), Table::new());
    for (seed, (width, height)) in SIZES.into_iter().enumerate() {
        for (document, at) in TYPES.into_iter().flat_map(|document| (0..GOOD).map(move |at| (document, at))) {
            let plan = Plan { width, height, ..Plan::good(101 + seed as u64, at, document) };
            if let Some((dpi, outcome)) = outcome(&plan)? {
                by_size.entry(bin(dpi)).or_default().push(outcome);
            }
        }
    }
    for (fault, severity) in FAULTS.into_iter().flat_map(|fault| [(fault, Severity::Mild), (fault, Severity::Strong)]) {
        for (document, at) in TYPES.into_iter().flat_map(|document| (0..FAULTY).map(move |at| (document, at))) {
            let plan = Plan { width: 1600, height: 1200, fault, severity, ..Plan::good(211, at, document) };
            if let Some((_, outcome)) = outcome(&plan)? {
                let strength = if severity == Severity::Mild { "mild" } else { "strong" };
                by_fault.entry(format!("{} ({strength})", fault.id())).or_default().push(outcome);
            }
        }
    }
    print("good, dpi", &by_size);
    print("fault", &by_fault);
    Ok(())
}

fn print(title: &str, table: &Table) {
    println!("\n| {title} | {TITLES}");
    for (title, outcomes) in table {
        println!("| {title} | {} |", cells(outcomes));
    }
}

fn bin(dpi: f64) -> String {
    let bin = BINS.windows(2).find(|bin| (bin[0]..bin[1]).contains(&dpi)).unwrap_or(&BINS[5..]);
    if bin[1] < f64::MAX { format!("{:.0}–{:.0}", bin[0], bin[1]) } else { format!("{:.0}+", bin[0]) }
}

/// Of a photo that shows a document with a zone: its resolution at the least dense corner and what is read.
fn outcome(plan: &Plan) -> Result<Option<(f64, Outcome)>, Box<dyn Error>> {
    let made = plan.photograph()?;
    let Some(mrz) = &made.truth.mrz else { return Ok(None) };
    let photo = open(&made.bytes).ok_or("a simulated photo decodes")?;
    let outcome = Outcome::of(&photo, &mrz.split('|').collect::<Vec<_>>());
    show(&format!("{} {} {} {}", plan.document_type, plan.fault.id(), plan.width, plan.submission), &outcome);
    Ok(Some((f64::from(made.truth.dpi.unwrap_or(0.0)), outcome)))
}
