//! Simulated backs of driving licences.

use std::error::Error;
use std::time::Duration;

use kyclint::identity::Expiry;
use kyclint::scene::Barcode;
use kyclint::scene::DocumentType;
use kyclint::synth::Fault;
use kyclint::synth::Plan;
use kyclint::synth::Severity;

use crate::milliseconds;
use crate::photos::open;
use crate::timed;

/// Sizes of good photos, about 130 to 600 dpi.
const SIZES: [(u32, u32); 6] = [(800, 600), (1040, 780), (1280, 960), (1520, 1140), (1840, 1380), (2800, 2100)];
/// Submissions of each size.
const SUBMISSIONS: u64 = 40;
/// Bins of dots per inch at the document's least dense corner.
const BINS: [f32; 7] = [100.0, 150.0, 200.0, 250.0, 300.0, 400.0, f32::MAX];
/// Photos with one mild fault each.
const FAULTS: [Fault; 9] = [
    Fault::Tilted,
    Fault::Messenger,
    Fault::Defocus,
    Fault::Motion,
    Fault::ShadowHard,
    Fault::Underexposed,
    Fault::Overexposed,
    Fault::Faded,
    Fault::Photocopy,
];

#[expect(clippy::struct_excessive_bools, reason = "each is a column of the tables")]
struct Shot {
    dpi: f32,
    fault: Fault,
    has: bool,
    seen: bool,
    read: bool,
    /// The expiry was read, rightly or not.
    dated: bool,
    right: bool,
    time: Duration,
}

pub fn report() -> Result<(), Box<dyn Error>> {
    let mut shots = Vec::new();
    for (size, (width, height)) in SIZES.into_iter().enumerate() {
        for at in 0..SUBMISSIONS {
            let plan = Plan { width, height, ..Plan::good(31 + size as u64, at, DocumentType::DriverLicenseBack) };
            shots.push(shot(&plan)?);
        }
    }
    println!(
        "\n| dpi | photos with a barcode | read, right expiry | seen, unread | not seen | wrong | ms: median | most |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for bin in BINS.windows(2) {
        let title = if bin[1] < 1e6 { format!("{:.0}–{:.0}", bin[0], bin[1]) } else { format!("{:.0}+", bin[0]) };
        row(&title, shots.iter().filter(|shot| shot.has && (bin[0]..bin[1]).contains(&shot.dpi)));
    }
    row("300+ together", shots.iter().filter(|shot| shot.has && shot.dpi >= 300.0));
    let without = || shots.iter().filter(|shot| !shot.has);
    println!(
        "\n{} backs without a barcode: {} seen, {} read; ms: {}",
        without().count(),
        without().filter(|shot| shot.seen).count(),
        without().filter(|shot| shot.read).count(),
        milliseconds(without().map(|shot| shot.time).collect())
    );
    faults()
}

fn faults() -> Result<(), Box<dyn Error>> {
    let mut shots = Vec::new();
    for fault in FAULTS {
        for at in 0..12 {
            let good = Plan::good(77, at, DocumentType::DriverLicenseBack);
            shots.push(shot(&Plan { width: 2000, height: 1500, fault, severity: Severity::Mild, ..good })?);
        }
    }
    println!(
        "\n| mild fault | photos with a barcode | read, right expiry | seen, unread | not seen | wrong | ms: median | most |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for fault in FAULTS {
        row(fault.id(), shots.iter().filter(|shot| shot.has && shot.fault == fault));
    }
    Ok(())
}

fn row<'a>(title: &str, shots: impl Iterator<Item = &'a Shot>) {
    let shots: Vec<&Shot> = shots.collect();
    let count = |is: &dyn Fn(&Shot) -> bool| shots.iter().filter(|shot| is(shot)).count();
    let right = count(&|shot| shot.right);
    println!(
        "| {title} | {} | {right} ({:.3}) | {} | {} | {} | {} |",
        shots.len(),
        right as f64 / shots.len() as f64,
        count(&|shot| shot.seen && !shot.read),
        count(&|shot| !shot.seen),
        count(&|shot| shot.dated && !shot.right),
        milliseconds(shots.iter().map(|shot| shot.time).collect())
    );
}

fn shot(plan: &Plan) -> Result<Shot, Box<dyn Error>> {
    let made = plan.photograph()?;
    let photo = open(&made.bytes).ok_or("a simulated photo decodes")?;
    let (found, time) = timed(&photo);
    let expiry = found.as_ref().and_then(Barcode::aamva).map(|card| card.expiry);
    let right = matches!(expiry, Some(Expiry::On(date)) if Some(date.to_string()) == made.truth.expires);
    if std::env::var_os("SHOW").is_some() && made.truth.barcode.is_some() && !right {
        let path =
            std::env::temp_dir().join(format!("barcode_{}_{}_{}.jpg", plan.fault.id(), plan.width, plan.submission));
        std::fs::write(&path, &made.bytes)?;
        println!("{} {:?} seen {}", path.display(), made.truth.dpi, found.is_some());
    }
    Ok(Shot {
        dpi: made.truth.dpi.unwrap_or(0.0),
        fault: plan.fault,
        has: made.truth.barcode.is_some(),
        seen: found.is_some(),
        read: found.as_ref().is_some_and(Barcode::is_read),
        dated: matches!(expiry, Some(Expiry::On(_) | Expiry::Never)),
        right,
        time,
    })
}
