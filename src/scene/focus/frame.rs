//! Focus of the whole frame, in pixels of the stored photo.

use std::ops::Range;

use super::blur::Blur;
use super::blur::DIRECTIONS;
use super::blur::Sample;
use super::rise::Across;
use super::rise::rise;
use super::seen::Limits;
use super::seen::keep_strongest;
use super::seen::strongest_by_direction;
use crate::geometry::Point;
use crate::pixels::Edge;
use crate::pixels::Plane;
use crate::pixels::noise_level;
use crate::pixels::reduce;
use crate::pixels::strongest_edges;

/// Share of what is seen of the edges that is sharper than the number tells: enough for a sharp subject before a blurred
/// background.
const SHARPEST: f64 = 0.15;
/// Widths below this, pixels, are all the same.
const FINEST: f64 = 0.5;
/// By how much the photo is reduced for the edges that are too wide for profiles of its own pixels.
const COARSE: usize = 4;
/// Coarse edges narrower than this, reduced pixels, are measured on the photo itself.
const COARSE_WIDTH: f64 = 2.2;
/// How many edges of the photo itself a coarse one stands for.
const COARSE_COUNT: f64 = 2.0;
/// Tiles on each axis at most.
const TILES: usize = 12;
/// Side of a tile of the photo and of the reduced one, pixels.
const SIDES: [usize; 2] = [64, 32];
/// Edges of each direction at most, of a tile and of the frame.
const MOST: [usize; 2] = [4, 64];

/// The blur of the sharp parts of `luma`, pixels; `None` where there are no edges.
pub(in crate::scene) fn blur(luma: &Plane) -> Option<Blur> {
    let noise = noise_level(luma);
    let mut samples = measured(luma, SIDES[0], &Limits::against(noise));
    let reduced = reduce(luma, 0..luma.width(), 0..luma.height(), COARSE);
    let coarse = measured(&reduced, SIDES[1], &Limits::against(noise / COARSE as f64));
    let wide = coarse.into_iter().filter(|sample| sample.width > COARSE_WIDTH);
    samples.extend(wide.map(|sample| Sample { width: COARSE as f64 * sample.width, count: COARSE_COUNT, ..sample }));
    Blur::of(&samples, SHARPEST, FINEST)
}

/// The strongest edges of each direction in `plane`, spread over tiles, and their widths, pixels.
fn measured(plane: &Plane, side: usize, limits: &Limits) -> Vec<Sample> {
    let mut chosen: [Vec<Edge>; DIRECTIONS] = Default::default();
    for rows in tiles(plane.height(), side) {
        for columns in tiles(plane.width(), side) {
            let edges = strongest_edges(plane, &columns, &rows, limits.strength);
            for (chosen, mut here) in chosen.iter_mut().zip(strongest_by_direction(edges, MOST[0])) {
                chosen.append(&mut here);
            }
        }
    }
    let mut samples = Vec::new();
    for (direction, edges) in chosen.iter_mut().enumerate() {
        keep_strongest(edges, MOST[1]);
        let rises = edges.iter().filter_map(|edge| rise(plane, &across(edge)));
        let clear = rises.filter(|rise| rise.contrast >= limits.contrast);
        samples.extend(clear.map(|rise| Sample { direction, width: rise.width, contrast: rise.contrast, count: 1.0 }));
    }
    samples
}

/// Tiles of `side` samples spread over an axis of `length` from end to end; one that is shorter where none fits.
fn tiles(length: usize, side: usize) -> impl Iterator<Item = Range<usize>> {
    // The outermost samples have no gradient.
    let span = length.saturating_sub(2);
    let count = (span / side).clamp(1, TILES);
    let last = span.saturating_sub(side);
    (0..count).map(move |at| 1 + at * last / (count - 1).max(1)).map(move |start| start..start + side.min(span))
}

/// Half a pixel a step.
fn across(edge: &Edge) -> Across {
    let [x, y] = edge.gradient.map(f64::from);
    let normal = Point::new(x, y).unit();
    let middle = Point::new(edge.x as f64 + 0.5, edge.y as f64 + 0.5);
    Across { middle, step: normal * 0.5, beside: Point::new(-normal.y, normal.x) }
}
