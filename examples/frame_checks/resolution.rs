//! Natives and enlargements of them, and the race of estimators of `effective_resolution`.

use image::imageops::FilterType;
use jpeg_encoder::QuantizationTableType;
use kyclint::photo::Photo;
use kyclint::pixels::LineSpectra;
use kyclint::pixels::detailed_tiles;

use super::compression::area;
use super::compression::quantile;
use super::number;
use super::raster::Raster;
use super::raster::Save;
use super::raster::open;
use super::sources::Source;

/// The estimates for one file.
pub struct Row {
    /// Whether the original itself is blurred or a video frame; the race is among the others.
    soft: bool,
    kind: &'static str,
    /// Enlargement, or sigma of the blur.
    factor: f64,
    estimates: [f64; METHODS.len()],
}

const METHODS: [&str; 5] = [
    "power of the gradient, 95 %, no noise floor",
    "power above half of Nyquist against below",
    "mean amplitude frequency",
    "interpolation period (Gallagher 2005)",
    "the check: 95 % over the noise floor, grid bridged",
];
const CHECK: usize = METHODS.len() - 1;
const FACTORS: [f64; 4] = [1.25, 1.5, 2.0, 3.0];

/// Everything measured on `source` and what is derived from it.
pub fn measure(source: &Source, index: usize) -> Vec<Row> {
    let original = super::raster::open_file(&source.path).and_then(|photo| row("original", 1.0, &photo));
    let fresh = source.fresh(3).map(|fresh| derive(&fresh, index)).unwrap_or_default();
    original.into_iter().chain(fresh).map(|row| Row { soft: source.is_soft(), ..row }).collect()
}

/// Prints the race and the numbers of the check.
pub fn race(rows: &[Row]) {
    println!("| estimator | AUC x1.25 | x1.5 | x2 | x3 | correlation with the truth |\n|---|---|---|---|---|---|");
    for (method, name) in METHODS.iter().enumerate() {
        let native = numbers(rows, method, |row| !row.soft && row.kind == "native");
        let areas = FACTORS.map(|factor| area(&numbers(rows, method, |row| is_enlarged(row, factor)), &native));
        let [a, b, c, d] = areas;
        println!("| {name} | {a:.3} | {b:.3} | {c:.3} | {d:.3} | {:.3} |", correlation(rows, method));
    }
    println!("\n| photos | n | 2nd percentile | 5th | median | 95th |\n|---|---|---|---|---|---|");
    print_numbers("real, as they are", rows, |row| row.kind == "original");
    print_numbers("real, blurred or video", rows, |row| row.soft && row.kind == "original");
    print_numbers("native", rows, |row| !row.soft && row.kind == "native");
    for factor in FACTORS {
        print_numbers(&format!("enlarged x{factor}"), rows, |row| is_enlarged(row, factor));
    }
    for sigma in [1.0, 2.0] {
        print_numbers(&format!("blurred, sigma {sigma} px"), rows, |row| {
            !row.soft && row.kind == "blurred" && same(row.factor, sigma)
        });
    }
}

fn derive(fresh: &Raster, index: usize) -> Vec<Row> {
    let (width, height) = (fresh.width().min(1600), fresh.height().min(1600));
    let native = fresh.cropped((fresh.width() - width) / 2, (fresh.height() - height) / 2, width, height);
    let read = |kind, factor, raster: &Raster, quality| {
        open(&raster.jpeg(&save(quality))).ok().and_then(|photo| row(kind, factor, &photo))
    };
    let mut rows: Vec<Option<Row>> = [70, 80, 90, 95].map(|quality| read("native", 1.0, &native, quality)).into();
    let filters =
        [("bilinear", FilterType::Triangle), ("bicubic", FilterType::CatmullRom), ("lanczos", FilterType::Lanczos3)];
    for (n, factor) in FACTORS.into_iter().enumerate() {
        let part = |length: u32| (f64::from(length) / factor) as u32;
        let base = native.cropped((width - part(width)) / 2, (height - part(height)) / 2, part(width), part(height));
        for (m, (name, filter)) in filters.into_iter().enumerate() {
            let quality = [70, 80, 90, 95][(index + n + m) % 4];
            rows.push(read(name, factor, &base.resized(width, height, filter), quality));
        }
    }
    for sigma in [1.0, 2.0] {
        rows.push(read("blurred", f64::from(sigma), &native.blurred(sigma), 90));
    }
    rows.into_iter().flatten().collect()
}

fn row(kind: &'static str, factor: f64, photo: &Photo) -> Option<Row> {
    let check = number("effective_resolution", photo)?;
    let spectra = LineSpectra::default();
    let mut pooled = [0.0_f64; 33];
    for (_, tile) in detailed_tiles(photo.luma(), 48) {
        let (rows, columns) = spectra.measure(&tile);
        pooled.iter_mut().enumerate().for_each(|(k, sum)| *sum += f64::from(rows[k] + columns[k]));
    }
    let estimates =
        [gradient_share(&pooled), band_ratio(&pooled), mean_frequency(&pooled), interpolation_period(photo), check];
    Some(Row { soft: false, kind, factor, estimates })
}

fn gradient_share(power: &[f64; 33]) -> f64 {
    let weighted: Vec<f64> = power.iter().enumerate().map(|(k, power)| (k * k) as f64 * power).collect();
    let total: f64 = weighted.iter().sum();
    let mut below = 0.0;
    let cut = weighted.iter().position(|here| {
        below += here;
        below >= 0.95 * total
    });
    cut.unwrap_or(32) as f64 / 32.0
}

fn band_ratio(power: &[f64; 33]) -> f64 {
    power[16..].iter().sum::<f64>() / power[4..16].iter().sum::<f64>()
}

fn mean_frequency(power: &[f64; 33]) -> f64 {
    let amplitude = |k: usize| k as f64 * power[k].sqrt();
    (0..33).map(|k| k as f64 * amplitude(k)).sum::<f64>() / (0..33).map(amplitude).sum::<f64>() / 32.0
}

/// The share 1 / factor whose period stands out most in the mean second difference of the columns; what stands out on the
/// 8-pixel block grid is left out.
fn interpolation_period(photo: &Photo) -> f64 {
    let luma = photo.luma();
    let mut profile = vec![0.0_f64; luma.width().saturating_sub(2)];
    for row in luma.rows() {
        for (sum, w) in profile.iter_mut().zip(row.windows(3)) {
            *sum += (f64::from(w[0]) - 2.0 * f64::from(w[1]) + f64::from(w[2])).abs();
        }
    }
    let mean = profile.iter().sum::<f64>() / profile.len().max(1) as f64;
    let peak = |frequency: f64| {
        let (mut re, mut im) = (0.0, 0.0);
        for (n, value) in profile.iter().enumerate() {
            let angle = std::f64::consts::TAU * frequency * n as f64;
            re += (value - mean) * angle.cos();
            im += (value - mean) * angle.sin();
        }
        re.hypot(im) / (mean * (profile.len() as f64).sqrt()).max(1e-9)
    };
    // An enlargement by f leaves the period f, at the frequency 1 / f or its alias 1 - 1 / f.
    let found = FACTORS.into_iter().map(|factor| (peak(1.0 / factor), factor)).max_by(|a, b| a.0.total_cmp(&b.0));
    found.filter(|(height, _)| *height > 0.5).map_or(1.0, |(height, factor)| 1.0 / factor - height / 1e6)
}

fn save(quality: u8) -> Save {
    Save { quality, table: QuantizationTableType::Default, progressive: false, exif: false, jfif: true }
}

fn is_enlarged(row: &Row, factor: f64) -> bool {
    !row.soft && !matches!(row.kind, "native" | "original" | "blurred") && same(row.factor, factor)
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn numbers(rows: &[Row], method: usize, of: impl Fn(&Row) -> bool) -> Vec<f64> {
    rows.iter().filter(|row| of(row)).map(|row| row.estimates[method]).collect()
}

fn print_numbers(name: &str, rows: &[Row], of: impl Fn(&Row) -> bool) {
    let numbers = numbers(rows, CHECK, of);
    let [a, b, c, d] = [0.02, 0.05, 0.5, 0.95].map(|share| quantile(&numbers, share));
    println!("| {name} | {} | {a:.2} | {b:.2} | {c:.2} | {d:.2} |", numbers.len());
}

/// Pearson's correlation of the estimate with 1 / factor, over natives and enlargements.
fn correlation(rows: &[Row], method: usize) -> f64 {
    let of: Vec<&Row> = rows.iter().filter(|row| !row.soft && !matches!(row.kind, "original" | "blurred")).collect();
    let pairs: Vec<(f64, f64)> = of.iter().map(|row| (1.0 / row.factor, row.estimates[method])).collect();
    let count = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0 / count, y + pair.1 / count));
    let covariance = |f: fn(f64, f64) -> f64| pairs.iter().map(|pair| f(pair.0 - x, pair.1 - y)).sum::<f64>();
    covariance(|a, b| a * b) / (covariance(|a, _| a * a) * covariance(|_, b| b * b)).sqrt()
}
