//! Pictures of the worst photos: the true quad in green, the found one in red.

use std::error::Error;
use std::path::Path;

use image::Rgb;
use image::RgbImage;
use image::imageops::FilterType;
use imageproc::drawing::draw_line_segment_mut;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;

use super::labels::Truth;
use super::measure::Outcome;
use super::measure::open;
use super::name;
use super::picture;

const LONG_SIDE: f64 = 900.0;
const GREEN: Rgb<u8> = Rgb([0, 220, 0]);
const RED: Rgb<u8> = Rgb([255, 0, 0]);

/// Writes a PNG for each of `worst`, named by rank and Jaccard index.
pub fn draw(worst: &[&Outcome], folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for (rank, outcome) in worst.iter().enumerate() {
        let jaccard = outcome.verdict.as_ref().map_or(0.0, |verdict| verdict.jaccard);
        let stem = name(Path::new(&outcome.name));
        if let Some(drawn) = overlay(outcome) {
            drawn.save(folder.join(format!("{:03}_{jaccard:.3}_{}_{stem}.png", rank + 1, outcome.set)))?;
        }
    }
    Ok(())
}

/// Shown with a margin, so that corners outside the frame are seen.
fn overlay(outcome: &Outcome) -> Option<RgbImage> {
    let photo = picture::of(&open(&outcome.path)?);
    let (width, height) = (f64::from(photo.width()), f64::from(photo.height()));
    let scale = LONG_SIDE / width.max(height) * 0.8;
    let [inner_width, inner_height] = [width, height].map(|side| (side * scale).round().max(1.0) as u32);
    let (left, top) = (inner_width / 8, inner_height / 8);
    let small = image::imageops::resize(&photo, inner_width, inner_height, FilterType::Triangle);
    let mut canvas = RgbImage::from_pixel(inner_width + 2 * left, inner_height + 2 * top, Rgb([60, 60, 60]));
    image::imageops::replace(&mut canvas, &small, i64::from(left), i64::from(top));
    let place = |corner: Point| corner * scale + Point::new(f64::from(left), f64::from(top));
    if let Truth::Quad(truth) = &outcome.truth {
        outline(&mut canvas, &truth.map(place), GREEN);
    }
    if let Some(found) = &outcome.found {
        outline(&mut canvas, &found.quad.map(place), RED);
    }
    Some(canvas)
}

/// Three pixels wide, with a dot at the first corner.
fn outline(canvas: &mut RgbImage, quad: &Quad, colour: Rgb<u8>) {
    for [from, to] in quad.sides() {
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)] {
            let shift = |point: Point| ((point.x + x) as f32, (point.y + y) as f32);
            draw_line_segment_mut(canvas, shift(from), shift(to), colour);
        }
    }
    let first = quad.0[0];
    imageproc::drawing::draw_filled_circle_mut(canvas, (first.x as i32, first.y as i32), 5, colour);
}
