//! Smooth lines, discs and tints on a raster. Coordinates are continuous, as everywhere: pixel 0 covers 0 to 1.

use image::GrayImage;
use image::Luma;
use image::Rgb;
use image::RgbImage;
use imageproc::drawing::draw_polygon_mut;
use imageproc::pixelops::interpolate;
use imageproc::point::Point as Cell;

use crate::geometry::Point;

/// Lays `colour` over a pixel, `share` of it.
pub(super) fn blend(picture: &mut RgbImage, x: u32, y: u32, colour: Rgb<u8>, share: f32) {
    let pixel = picture.get_pixel_mut(x, y);
    *pixel = interpolate(colour, *pixel, share);
}

/// A line with round ends, `width` pixels across, smooth at its rim.
pub(super) fn stroke(picture: &mut RgbImage, [from, to]: [Point; 2], width: f64, colour: Rgb<u8>) {
    let reach = width / 2.0 + 0.5;
    for y in pixels(from.y.min(to.y) - reach, from.y.max(to.y) + reach, picture.height()) {
        let (left, right) = columns_near([from, to], f64::from(y) + 0.5, reach);
        for x in pixels(left, right, picture.width()) {
            let at = Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5);
            let share = (reach - distance(at, [from, to])).clamp(0.0, 1.0);
            if share > 0.0 {
                blend(picture, x, y, colour, share as f32);
            }
        }
    }
}

/// A disc.
pub(super) fn disc(picture: &mut RgbImage, centre: Point, radius: f64, colour: Rgb<u8>) {
    stroke(picture, [centre, centre], 2.0 * radius, colour);
}

/// The sides of a closed polygon.
pub(super) fn outline(picture: &mut RgbImage, polygon: &[Point], width: f64, colour: Rgb<u8>) {
    for (at, &from) in polygon.iter().enumerate() {
        stroke(picture, [from, polygon[(at + 1) % polygon.len()]], width, colour);
    }
}

/// Lays `colour` over the inside of a polygon, `share` of it.
pub(super) fn tint(picture: &mut RgbImage, polygon: &[Point], colour: Rgb<u8>, share: f32) {
    let mut inside = GrayImage::new(picture.width(), picture.height());
    let cells: Vec<_> = polygon.iter().map(|corner| Cell::new(cell(corner.x), cell(corner.y))).collect();
    draw_polygon_mut(&mut inside, &cells, Luma([1]));
    for (pixel, inside) in picture.pixels_mut().zip(inside.as_raw()) {
        if *inside > 0 {
            *pixel = interpolate(colour, *pixel, share);
        }
    }
}

/// The pixel at a coordinate; what is far outside stays far outside.
fn cell(at: f64) -> i32 {
    at.clamp(-1e5, 1e5).floor() as i32
}

/// The pixels between two coordinates, of those there are.
fn pixels(from: f64, to: f64, count: u32) -> std::ops::Range<u32> {
    let count = f64::from(count);
    from.floor().clamp(0.0, count) as u32..to.ceil().clamp(0.0, count) as u32
}

/// Between which columns a line comes within `reach` of row `y`.
fn columns_near([from, to]: [Point; 2], y: f64, reach: f64) -> (f64, f64) {
    let along = to - from;
    let share = |y: f64| if along.y == 0.0 { None } else { Some(((y - from.y) / along.y).clamp(0.0, 1.0)) };
    let ends = [share(y - reach).unwrap_or(0.0), share(y + reach).unwrap_or(1.0)].map(|at| from.x + along.x * at);
    (ends[0].min(ends[1]) - reach, ends[0].max(ends[1]) + reach)
}

fn distance(at: Point, [from, to]: [Point; 2]) -> f64 {
    let along = to - from;
    let share = if along.dot(along) > 0.0 { (at - from).dot(along) / along.dot(along) } else { 0.0 };
    (at - from.towards(to, share.clamp(0.0, 1.0))).length()
}

#[cfg(test)]
mod tests {
    use super::stroke;
    use super::tint;
    use crate::geometry::Point;
    use image::Rgb;
    use image::RgbImage;

    const WHITE: Rgb<u8> = Rgb([255, 255, 255]);

    fn reds(picture: &RgbImage) -> Vec<u8> {
        picture.pixels().map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn a_line_covers_its_width_and_half_a_pixel_at_the_rim() {
        let mut picture = RgbImage::new(1, 5);
        stroke(&mut picture, [Point::new(-9.0, 2.0), Point::new(9.0, 2.0)], 3.0, WHITE);
        assert_eq!(reds(&picture), [127, 255, 255, 127, 0]);
    }

    #[test]
    fn a_line_outside_the_picture_changes_nothing() {
        let mut picture = RgbImage::new(3, 3);
        stroke(&mut picture, [Point::new(-90.0, -50.0), Point::new(-80.0, 90.0)], 3.0, WHITE);
        assert_eq!(picture, RgbImage::new(3, 3));
    }

    #[test]
    fn a_tint_stays_inside() {
        let mut picture = RgbImage::new(4, 3);
        let corners = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)].map(|(x, y)| Point::new(x, y));
        tint(&mut picture, &corners, WHITE, 0.5);
        assert_eq!(reds(&picture), [0, 127, 127, 0, 0, 127, 127, 0, 0, 0, 0, 0]);
    }
}
