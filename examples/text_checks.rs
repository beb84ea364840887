//! Holds the lines of print, their height and their contrast against the truth of `labels.csv` files.
//!
//! `cargo run --release --no-default-features --features synth --example text_checks -- LABELS.csv …`
//!
//! Takes the true corners, the whole frame where a flat document has none; then the found ones. Prints heights by type of
//! document and density, numbers and alarms by fault, lines and share of the MRZ lines found by set, how far halving the
//! raster and changing the exposure move the numbers, and the time.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

#[path = "shared/roc.rs"]
mod roc;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use kyclint::checks::find;
use kyclint::geometry::Homography;
use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::decode;
use kyclint::pixels::Plane;
use kyclint::pixels::linear_light;
use kyclint::pixels::reduce;
use kyclint::pixels::srgb_code;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Rectified;
use kyclint::scene::Scene;
use kyclint::scene::Text;

/// Default bands: below these limits a number is reviewed and rejected.
const HEIGHT: [f64; 2] = [8.0, 5.0];
const CONTRAST: [f64; 2] = [0.75, 0.5];
/// Fewer glyphs are no text to the checks.
const LEAST_GLYPHS: usize = 10;

/// Height in the photo and in mm, contrast.
type Numbers = Option<[f64; 3]>;

type Corners = (&'static str, fn(&Reading) -> Numbers);
/// Where the corners come from.
const CORNERS: [Corners; 2] = [("true", |reading| reading.truth), ("found", |reading| reading.found)];

struct Reading {
    set: String,
    kind: String,
    fault: String,
    severity: String,
    dpi: f64,
    truth: Numbers,
    found: Numbers,
    lines: usize,
    glyphs: usize,
    /// Lines of the MRZ, and how many of them were found.
    mrz: [usize; 2],
    /// Numbers at half the density, and at an EV more and less.
    laws: [Numbers; 3],
    time: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut readings = Vec::new();
    for labels in std::env::args().skip(1) {
        read_all(Path::new(&labels), &mut readings)?;
    }
    let mut times: Vec<Duration> = readings.iter().map(|reading| reading.time).collect();
    times.sort_unstable();
    println!("{} documents, median time of the text map {:?}", readings.len(), times.get(times.len() / 2));
    heights(&readings);
    faults(&readings);
    sets(&readings);
    laws(&readings);
    Ok(())
}

fn read_all(labels: &Path, readings: &mut Vec<Reading>) -> Result<(), Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new("."));
    let set = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for row in csv::Reader::from_path(labels)?.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        let declared = cell("document_type").parse::<DocumentType>().ok();
        if declared == Some(DocumentType::Selfie) {
            continue;
        }
        let bytes = std::fs::read(folder.join(cell("path")))?;
        let Ok(photo) = decode(&bytes, FileFacts::read(&bytes), &Limits::default()) else { continue };
        let size = photo.upright_size();
        let quad = (cell("quad") + &cell("quad_tl_tr_br_bl"))
            .parse::<Quad>()
            .ok()
            .unwrap_or(Quad::rectangle(f64::from(size.0), f64::from(size.1)));
        let known = Scene::declared(&photo, declared).with_document(Document::known(quad));
        let Some(raster) = known.rectified() else { continue };
        let start = Instant::now();
        let text = Text::of(raster);
        let time = start.elapsed();
        let scene = Scene::declared(&photo, declared);
        let number = |id| Some((find(id)?.1.measure)(&scene).ok()?.number);
        let found = number("text_height").zip(number("ink_contrast"));
        let mrz = cell("mrz");
        readings.push(Reading {
            set: set.clone(),
            kind: cell("document_type"),
            fault: cell("fault"),
            severity: cell("severity"),
            dpi: cell("dpi").parse().unwrap_or(f64::NAN),
            truth: numbers(&text),
            found: found.map(|(height, contrast)| [height, f64::NAN, contrast]),
            lines: text.lines.len(),
            glyphs: text.glyphs(),
            mrz: covered(&mrz, &text),
            laws: changed(raster).map(|raster| numbers(&Text::of(&raster))),
            time,
        });
    }
    Ok(())
}

fn numbers(text: &Text) -> Numbers {
    let height = text.quantile(|line| line.cap_height_photo, 0.5)?;
    let millimetres = text.quantile(|line| line.cap_height_mm, 0.5)?;
    let contrast = text.quantile(|line| line.contrast, 0.75)?;
    (text.glyphs() >= LEAST_GLYPHS).then_some([height, millimetres, contrast])
}

/// Lines of the machine-readable zone `mrz`, and how many lines of about as many glyphs, at most so many, were found.
fn covered(mrz: &str, text: &Text) -> [usize; 2] {
    let lengths: Vec<usize> = mrz.split('|').map(|line| line.chars().count()).filter(|&length| length > 20).collect();
    let Some(&length) = lengths.first() else { return [0, 0] };
    let like = text.lines.iter().filter(|line| line.glyphs.abs_diff(length) * 5 <= length).count();
    [lengths.len(), like.min(lengths.len())]
}

/// The raster at half its density, and twice and half as bright.
fn changed(raster: &Rectified) -> [Rectified; 3] {
    let (width, height) = (raster.luma.width() / 2 * 2, raster.luma.height() / 2 * 2);
    let doubled = |side: f64| Quad::rectangle(side * width as f64, side * height as f64);
    let half = Rectified {
        luma: reduce(&raster.luma, 0..width, 0..height, 2),
        px_per_mm: raster.px_per_mm / 2.0,
        to_photo: Homography::between(&doubled(0.5), &doubled(1.0))
            .map_or_else(|| raster.to_photo, |double| raster.to_photo.after(&double)),
        visible: raster.visible.iter().step_by(2).map(|seen| seen.start.div_ceil(2)..seen.end / 2).collect(),
    };
    let exposed = |ev: f32| {
        let code = |&sample: &u8| srgb_code(linear_light(f32::from(sample)) * ev.exp2()).round() as u8;
        let (width, height) = (raster.luma.width(), raster.luma.height());
        let luma = Plane::new(width, height, raster.luma.samples().iter().map(code).collect());
        Rectified { luma, ..raster.clone() }
    };
    [half, exposed(1.0), exposed(-1.0)]
}

fn heights(readings: &[Reading]) {
    println!(
        "\n| type | dpi | documents | mm: 5 % | median | 95 % | photo pixels over mm and dpi: 5 % | median | 95 % |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (low, high) in [(0.0, 60.0), (60.0, 110.0), (110.0, 200.0), (200.0, f64::MAX)] {
        let mut kinds: BTreeMap<&str, Vec<([f64; 3], f64)>> = BTreeMap::new();
        for reading in readings.iter().filter(|reading| (low..high).contains(&reading.dpi)) {
            if let (Some(numbers), false) = (reading.truth, reading.fault == "too_close") {
                kinds.entry(&reading.kind).or_default().push((numbers, reading.dpi));
            }
        }
        for (kind, found) in kinds {
            let typical = quantile(found.iter().map(|(numbers, _)| numbers[1]), 0.5);
            let mm = |share| quantile(found.iter().map(|(numbers, _)| numbers[1]), share);
            let ratio = |share| quantile(found.iter().map(|([height, ..], dpi)| height * 25.4 / dpi / typical), share);
            let shares = [0.05, 0.5, 0.95];
            let [a, b, c] = shares.map(mm);
            let [d, e, f] = shares.map(ratio);
            println!("| {kind} | {low:.0}+ | {} | {a:.2} | {b:.2} | {c:.2} | {d:.2} | {e:.2} | {f:.2} |", found.len());
        }
    }
}

fn faults(readings: &[Reading]) {
    for (name, at, limits) in [("text_height", 0, HEIGHT), ("ink_contrast", 2, CONTRAST)] {
        println!("\n| {name} | corners | documents | no text | 5 % | median | 95 % | review | reject |");
        println!("|---|---|---|---|---|---|---|---|---|");
        for (corners, numbers) in CORNERS {
            let mut groups: BTreeMap<(&str, &str), Vec<Numbers>> = BTreeMap::new();
            for reading in readings {
                groups.entry((&reading.fault, &reading.severity)).or_default().push(numbers(reading));
            }
            for ((fault, severity), all) in &groups {
                let values: Vec<f64> = all.iter().flatten().map(|numbers| numbers[at]).collect();
                let [a, b, c] = [0.05, 0.5, 0.95].map(|share| quantile(values.iter().copied(), share));
                let [review, reject] = limits.map(|limit| {
                    values.iter().filter(|&&value| value < limit).count() as f64 / values.len().max(1) as f64
                });
                println!(
                    "| {fault} {severity} | {corners} | {} | {} | {a:.2} | {b:.2} | {c:.2} | {review:.2} | {reject:.2} |",
                    all.len(),
                    all.len() - values.len()
                );
            }
        }
    }
    println!();
    for (corners, numbers) in CORNERS {
        for severity in ["mild", "strong"] {
            let (mut faded, mut others) = (Vec::new(), Vec::new());
            for reading in readings.iter().filter(|reading| !["", "no_document"].contains(&reading.fault.as_str())) {
                if let Some([.., contrast]) = numbers(reading) {
                    match (reading.fault == "faded", reading.severity == severity) {
                        (true, true) => faded.push(contrast),
                        (true, false) => {}
                        (false, _) => others.push(contrast),
                    }
                }
            }
            let area = roc::area(&others, &faded);
            println!("{corners} corners: area under the ROC curve of ink_contrast, faded {severity}: {area:.4}");
        }
    }
}

fn sets(readings: &[Reading]) {
    println!("\n| set | documents | no text | lines | glyphs | height, photo pixels | contrast | MRZ lines | found |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut groups: BTreeMap<(&str, bool), Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        groups.entry((&reading.set, reading.fault == "no_document")).or_default().push(reading);
    }
    for ((set, is_empty), group) in groups {
        let median = |value: &dyn Fn(&Reading) -> Option<f64>| quantile(group.iter().filter_map(|r| value(r)), 0.5);
        let none = group.iter().filter(|reading| reading.truth.is_none()).count();
        let [lines, glyphs, height, contrast] = [
            median(&|reading| Some(reading.lines as f64)),
            median(&|reading| Some(reading.glyphs as f64)),
            median(&|reading| Some(reading.truth?[0])),
            median(&|reading| Some(reading.truth?[2])),
        ];
        let [mrz, found] = [0, 1].map(|at| group.iter().map(|reading| reading.mrz[at]).sum::<usize>());
        let name = if is_empty { format!("{set}, no document") } else { set.to_owned() };
        println!(
            "| {name} | {} | {none} | {lines} | {glyphs} | {height:.1} | {contrast:.2} | {mrz} | {found} |",
            group.len()
        );
    }
}

/// How far the numbers move, where there is one before and after, on documents of twice the least density.
fn laws(readings: &[Reading]) {
    println!("\n| law | number | documents | lost | 5 % | median | 95 % | within 5 % |");
    println!("|---|---|---|---|---|---|---|---|");
    let dense: Vec<&Reading> =
        readings.iter().filter(|reading| reading.dpi >= 220.0 && reading.fault == "none").collect();
    for (at, law) in ["half the density", "+1 EV", "-1 EV"].into_iter().enumerate() {
        for (of, number) in [(0, "text_height"), (2, "ink_contrast")] {
            let pairs = dense.iter().filter_map(|reading| Some((reading.truth?, reading.laws[at])));
            let (kept, lost): (Vec<_>, Vec<_>) = pairs.partition(|(_, after)| after.is_some());
            let ratios: Vec<f64> = kept.iter().filter_map(|(before, after)| Some((*after)?[of] / before[of])).collect();
            let [a, b, c] = [0.05, 0.5, 0.95].map(|share| quantile(ratios.iter().copied(), share));
            let within = ratios.iter().filter(|ratio| (*ratio - 1.0).abs() <= 0.05).count();
            let share = within as f64 / ratios.len().max(1) as f64;
            println!(
                "| {law} | {number} | {} | {} | {a:.3} | {b:.3} | {c:.3} | {share:.2} |",
                ratios.len(),
                lost.len()
            );
        }
    }
}

fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let present = values.filter(|value| value.is_finite()).collect();
    kyclint::pixels::quantile(present, share, f64::total_cmp).unwrap_or(f64::NAN)
}
