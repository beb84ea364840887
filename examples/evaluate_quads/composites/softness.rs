//! How blurred the document of a photo is.

use image::RgbImage;
use kyclint::geometry::Quad;
use kyclint::pixels::luma;

/// Strongest steps over one pixel against those over three, and the Gaussian blur (sigma, pixels) of an edge that has
/// this ratio.
const TABLE: [(f64, f64); 7] =
    [(0.79, 0.4), (0.60, 0.6), (0.50, 0.8), (0.44, 1.0), (0.40, 1.3), (0.38, 1.6), (0.36, 2.0)];
/// Share of the steps below the strongest ones.
const STRONG: f64 = 0.995;

/// Blur inside the bounds of `quad`, sigma in pixels, 0.4–2.
pub fn sigma(picture: &RgbImage, quad: &Quad) -> f64 {
    let [near, far] = [(0, 1), (1, 2)].map(|span| strongest_step(picture, quad, span));
    let ratio = near / far.max(1.0);
    let steeper = TABLE.windows(2).find(|pair| ratio >= pair[1].0);
    match steeper {
        Some(&[(high, sharp), (low, soft)]) => sharp + (soft - sharp) * ((high - ratio) / (high - low)).clamp(0.0, 1.0),
        _ => TABLE[6].1,
    }
}

/// A high quantile of the luma steps from `before` pixels to the left of a pixel to `after` pixels to its right.
fn strongest_step(picture: &RgbImage, quad: &Quad, (before, after): (u32, u32)) -> f64 {
    let (width, height) = picture.dimensions();
    let bound = |value: f64, low: u32, high: u32| value.clamp(f64::from(low), f64::from(high)) as u32;
    let edge = |pick: fn(f64, f64) -> f64, of: fn(&kyclint::geometry::Point) -> f64| quad.0.iter().map(of).reduce(pick);
    let (left, right) = (edge(f64::min, |p| p.x).unwrap_or(0.0), edge(f64::max, |p| p.x).unwrap_or(0.0));
    let (top, bottom) = (edge(f64::min, |p| p.y).unwrap_or(0.0), edge(f64::max, |p| p.y).unwrap_or(0.0));
    let columns = bound(left, before, width - 1)..bound(right, 0, width.saturating_sub(after + 1));
    let mut steps: Vec<u8> = (bound(top, 0, height - 1)..bound(bottom, 0, height - 1))
        .flat_map(|y| columns.clone().map(move |x| at(picture, x - before, y).abs_diff(at(picture, x + after, y))))
        .collect();
    steps.sort_unstable();
    steps.get((STRONG * steps.len() as f64) as usize).map_or(0.0, |&step| f64::from(step))
}

fn at(picture: &RgbImage, x: u32, y: u32) -> u8 {
    let [red, green, blue] = picture.get_pixel(x, y).0;
    luma(red, green, blue)
}
