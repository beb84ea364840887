//! The race of estimators of `jpeg_quality`: how near they come to the IJG quality of equal fidelity for tables that are
//! not libjpeg's.

use jpeg_encoder::QuantizationTableType as Table;
use kyclint::photo::FileFacts;

use super::number;
use super::raster::Raster;
use super::raster::Save;
use super::raster::open;

type Steps = [u16; 64];

const TABLES: [Table; 5] = [
    Table::ImageMagick,
    Table::CustomMsSsim,
    Table::KleinSilversteinCarney,
    Table::VisualDetectionModel,
    Table::ImprovedDetectionModel,
];

/// The error of the three estimators for one photo, table and quality, in points of quality.
pub type Errors = [f64; 3];

/// Errors on every other encoder's table.
pub fn measure(fresh: &Raster) -> Vec<Errors> {
    let crop = fresh.cropped(0, 0, fresh.width().min(640), fresh.height().min(480));
    let scale: Vec<(Steps, f64)> = (1..=100).map(|quality| encode(&crop, quality, Table::Default)).collect();
    let mut errors = Vec::new();
    for table in TABLES {
        for quality in [50, 65, 80, 90] {
            let bytes = crop.jpeg(&save(quality, table.clone()));
            let Some(check) = open(&bytes).ok().and_then(|photo| number("jpeg_quality", &photo)) else { continue };
            let (steps, fidelity) = encode(&crop, quality, table.clone());
            let truth = nearest(&scale, |entry| (entry.1 - fidelity).abs());
            let logs = |entry: &Steps| -> Vec<f64> {
                entry.iter().zip(steps).map(|(a, b)| (f64::from(*a) / f64::from(b)).ln()).collect()
            };
            let absolute = nearest(&scale, |entry| logs(&entry.0).iter().map(|log| log.abs()).sum());
            let low = |log: &[f64]| (0..64).filter(|n| n % 8 + n / 8 < 4).map(|n| log[n]).sum::<f64>().abs();
            let coarse = nearest(&scale, |entry| low(&logs(&entry.0)));
            errors.push([absolute - truth, coarse - truth, check - truth]);
        }
    }
    errors
}

/// Prints the race.
pub fn race(errors: &[Errors]) {
    println!("| estimator | mean error | mean absolute error |\n|---|---|---|");
    for (index, name) in
        ["nearest mean absolute log", "nearest mean log of 10 low frequencies", "the check: nearest mean log"]
            .into_iter()
            .enumerate()
    {
        let mean = |f: fn(f64) -> f64| errors.iter().map(|e| f(e[index])).sum::<f64>() / errors.len().max(1) as f64;
        println!("| {name} | {:.1} | {:.1} |", mean(|e| e), mean(f64::abs));
    }
}

/// The luma steps and the fidelity (PSNR of luma, dB) of a compression.
fn encode(raster: &Raster, quality: u8, table: Table) -> (Steps, f64) {
    let bytes = raster.jpeg(&save(quality, table));
    let steps = FileFacts::read(&bytes).jpeg.and_then(|jpeg| jpeg.quantisation[0]).unwrap_or([1; 64]);
    let error = open(&bytes).map_or(f64::NAN, |photo| {
        let differences = photo.luma().samples().iter().zip(raster.planes[0].iter());
        differences.map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum::<f64>() / photo.luma().samples().len() as f64
    });
    (steps, -10.0 * (error.max(1e-6) / 65_025.0).log10())
}

fn nearest(scale: &[(Steps, f64)], distance: impl Fn(&(Steps, f64)) -> f64) -> f64 {
    let best = scale.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    best.map_or(f64::NAN, |(index, _)| index as f64 + 1.0)
}

fn save(quality: u8, table: Table) -> Save {
    Save { quality, table, progressive: false, exif: false, jfif: true }
}
