//! Holds the readings of the document border against the truth of `labels.csv` files.
//!
//! `cargo run --release --no-default-features --features synth --example border_checks -- LABELS.csv …`
//!
//! Takes the true corners with a noise of 0.3 % of the short side. Prints recall of occlusion by finger and tone, false
//! alarms and medians by fault, the error of the hidden share, clutter against good photos, and the time of a reading.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::decode;
use kyclint::scene::Border;
use kyclint::scene::Colours;

/// From this share of hidden border on a photo counts as alarmed.
const ALARM: f64 = 0.02;

/// A photo with its truth and what was read.
struct Reading {
    fault: String,
    severity: String,
    tone: String,
    background: String,
    hidden: f64,
    border: Border,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut readings, mut times) = (Vec::new(), Vec::new());
    for labels in std::env::args().skip(1) {
        read_all(Path::new(&labels), &mut readings, &mut times)?;
    }
    times.sort_unstable();
    println!("{} photos, median time {:?}", readings.len(), times.get(times.len() / 2));
    alarms("by fault", &readings, |r| Some(format!("{} {}", r.fault, r.severity)));
    alarms("by tone", &readings, |r| (!r.tone.is_empty()).then(|| r.tone.clone()));
    clutter_against_good(&readings);
    Ok(())
}

fn read_all(labels: &Path, readings: &mut Vec<Reading>, times: &mut Vec<Duration>) -> Result<(), Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new("."));
    let mut noise = Noise(1);
    for row in csv::Reader::from_path(labels)?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        let Some(quad) = (cell("quad") + &cell("quad_tl_tr_br_bl")).parse::<Quad>().ok() else { continue };
        let bytes = std::fs::read(folder.join(cell("path")))?;
        let Ok(photo) = decode(&bytes, FileFacts::read(&bytes), &Limits::default()) else { continue };
        let (colours, quad) = (Colours::of(&photo), noise.shake(&quad));
        let start = Instant::now();
        let Some(border) = Border::read(|point| colours.at(point), &quad) else { continue };
        times.push(start.elapsed());
        readings.push(Reading {
            fault: cell("fault"),
            severity: cell("severity"),
            tone: cell("finger_tone"),
            background: cell("background"),
            hidden: cell("finger_border_share").parse().unwrap_or(0.0),
            border,
        });
    }
    Ok(())
}

/// A linear congruential generator (Knuth's MMIX).
struct Noise(u64);

impl Noise {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 31)
    }

    fn shake(&mut self, quad: &Quad) -> Quad {
        let short = quad.short_side();
        let mut normal = || ((0..12).map(|_| self.unit()).sum::<f64>() - 6.0) * 0.003 * short;
        Quad(quad.corners().map(|corner| corner + Point::new(normal(), normal())))
    }
}

fn alarms(title: &str, readings: &[Reading], key: impl Fn(&Reading) -> Option<String>) {
    let mut groups: BTreeMap<String, Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        if let Some(key) = key(reading) {
            groups.entry(key).or_default().push(reading);
        }
    }
    println!("\n{title:30} photos alarms  bias  error contrast low_share clutter");
    for (name, group) in groups {
        let alarmed = group.iter().filter(|reading| reading.border.occlusion.share >= ALARM).count();
        let off = |reading: &&&Reading| reading.border.occlusion.share - reading.hidden;
        let bias = group.iter().map(|reading| off(&reading)).sum::<f64>() / group.len() as f64;
        let [error, contrast, low, clutter] = [
            median(group.iter().map(|reading| off(&reading).abs())),
            median(group.iter().map(|reading| reading.border.contrast.median)),
            median(group.iter().map(|reading| reading.border.contrast.low_share)),
            median(group.iter().filter_map(|reading| reading.border.clutter)),
        ];
        let share = alarmed as f64 / group.len() as f64;
        println!(
            "{name:30} {:5} {share:6.3} {bias:6.3} {error:6.3} {contrast:7.1} {low:8.2} {clutter:8.2}",
            group.len()
        );
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Area under the ROC curve of clutter, for good photos on each background.
fn clutter_against_good(readings: &[Reading]) {
    let clutter = |fault: &str, fits: &dyn Fn(&Reading) -> bool| -> Vec<f64> {
        let chosen = readings.iter().filter(|reading| reading.fault == fault && fits(reading));
        chosen.filter_map(|reading| reading.border.clutter).collect()
    };
    for severity in ["mild", "strong"] {
        let cluttered = clutter("clutter", &|reading| reading.severity == severity);
        for background in ["", "plain", "wood", "cloth", "stone"] {
            let good = clutter("none", &|reading| background.is_empty() || reading.background == background);
            let below = |value: f64| good.iter().filter(|&&other| other < value).count() as f64;
            let area = cluttered.iter().map(|&value| below(value)).sum::<f64>() / (cluttered.len() * good.len()) as f64;
            println!("clutter {severity:7} against good {background:6} AUC {area:.3}");
        }
    }
}
