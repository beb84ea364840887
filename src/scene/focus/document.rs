//! Focus on the document, in millimetres.

use std::ops::Range;

use super::blur::Blur;
use super::blur::Sample;
use super::blur::quantile;
use super::rise::Across;
use super::rise::rise;
use super::seen::Limits;
use super::seen::strongest_by_direction;
use crate::geometry::Homography;
use crate::geometry::Point;
use crate::photo::Photo;
use crate::pixels::Edge;
use crate::pixels::noise_level;
use crate::pixels::strongest_edges;
use crate::scene::Rectified;
use crate::scene::Size;

/// Step of a profile, mm: two of them are the aperture through which every photo is seen, a pixel of 254 dpi.
const STEP: f64 = 0.05;
/// Widths below this one, mm, are all the same: what is sharper has no more to tell, and a photo of half the pixels would not
/// show it.
const FINEST: f64 = 0.125;
/// Edge width that the photo's own pixels make, pixels: taken off in quadrature. A lens and a sensor that are as good as their
/// pixels leave so much.
const PIXEL: f64 = 1.5;
/// Pixels of the photo per millimetre at least, 127 dpi: below, strokes run together, and the widths of their edges
/// tell of the print rather than of the focus.
const LEAST_DENSITY: f64 = 5.0;
/// The same where the size is not known: such sheets are larger than the card whose millimetres they get, and their print is
/// finer.
const LEAST_NOMINAL_DENSITY: f64 = 8.6;
/// Side of a tile, mm: 8 x 5 of them on an ID-1 card.
const TILE: f64 = 10.75;
/// Tiles on each axis at most.
const TILES: usize = 16;
/// Edges of each direction that are measured in a tile, at most.
const MOST: usize = 4;
/// Edges that a tile must have.
const LEAST_EDGES: usize = 6;
/// Tiles that a document must have.
const LEAST_TILES: usize = 3;
/// Share of what is seen of the edges that is sharper than the blur of the document tells.
const SHARPEST: f64 = 0.3;

/// How sharp a document is.
#[derive(Clone, Debug)]
pub struct Focus {
    /// Tiles with enough edges, row after row.
    pub tiles: Vec<FocusTile>,
    /// The blur of the whole document, mm; `None` where it has too few edges.
    pub blur: Option<Blur>,
}

/// A part of the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FocusTile {
    /// Its corners in pixels of the upright photo.
    pub corners: [Point; 4],
    /// Reciprocal of its median edge width, 1/mm, edges counting as their contrast; at most 8.
    pub sharpness: f64,
}

impl Focus {
    /// The focus on the document of `size` that `rectified` shows, measured in `photo` itself; `None` where the photo is too
    /// sparse.
    #[must_use]
    pub fn of(photo: &Photo, rectified: &Rectified, size: Size) -> Option<Self> {
        let is_nominal = matches!(size, Size::Other { .. });
        if rectified.px_per_mm < if is_nominal { LEAST_NOMINAL_DENSITY } else { LEAST_DENSITY } {
            return None;
        }
        let probe = Probe::new(photo, rectified)?;
        let [columns, rows] = [rectified.luma.width(), rectified.luma.height()].map(|side| probe.tiles(side));
        let (mut tiles, mut samples) = (Vec::new(), Vec::new());
        for rows in &rows {
            for columns in &columns {
                let mut here = probe.measured(columns, rows);
                if here.len() >= LEAST_EDGES {
                    let width = quantile(&mut here, 0.5, 1)?.max(FINEST);
                    tiles.push(FocusTile { corners: probe.corners(columns, rows), sharpness: 1.0 / width });
                }
                samples.append(&mut here);
            }
        }
        Some(Self { tiles, blur: Blur::of(&samples, SHARPEST, FINEST) })
    }

    /// The least sharp tenth of the tiles, least sharp first; `None` where there are too few tiles to speak of.
    #[must_use]
    pub fn worst_decile(&self) -> Option<Vec<&FocusTile>> {
        let mut tiles: Vec<&FocusTile> = self.tiles.iter().collect();
        tiles.sort_by(|a, b| a.sharpness.total_cmp(&b.sharpness));
        tiles.truncate(tiles.len() / 10 + 1);
        (self.tiles.len() >= LEAST_TILES).then_some(tiles)
    }
}

/// Where edges are sought and measured.
struct Probe<'a> {
    photo: &'a Photo,
    rectified: &'a Rectified,
    to_stored: Homography,
    limits: Limits,
}

impl<'a> Probe<'a> {
    fn new(photo: &'a Photo, rectified: &'a Rectified) -> Option<Self> {
        let limits = Limits::against(noise_level(photo.stored_luma()));
        Some(Self { photo, rectified, to_stored: rectified.to_stored(photo)?, limits })
    }

    /// The tiles along a side of `length` pixels of the raster.
    fn tiles(&self, length: usize) -> Vec<Range<usize>> {
        let count = (length as f64 / self.rectified.px_per_mm / TILE).round().clamp(1.0, TILES as f64) as usize;
        (0..count).map(|at| at * length / count..(at + 1) * length / count).collect()
    }

    /// The strongest edges of a tile, and their widths, mm.
    fn measured(&self, columns: &Range<usize>, rows: &Range<usize>) -> Vec<Sample> {
        let edges = strongest_edges(&self.rectified.luma, columns, rows, self.limits.strength);
        let visible = edges.into_iter().filter(|edge| self.rectified.visible[edge.y].contains(&edge.x));
        let by_direction = strongest_by_direction(visible, MOST);
        let edges = by_direction.iter().enumerate().flat_map(|(at, edges)| edges.iter().map(move |edge| (at, edge)));
        edges.filter_map(|(direction, edge)| self.sample(direction, edge)).collect()
    }

    fn sample(&self, direction: usize, edge: &Edge) -> Option<Sample> {
        let (across, pixel) = self.across(edge);
        let rise = rise(self.photo.stored_luma(), &across)?;
        let seen = 2.0 * STEP * rise.width;
        let width = (seen * seen - (PIXEL * pixel).powi(2)).max(0.0).sqrt();
        (rise.contrast >= self.limits.contrast).then_some(Sample {
            direction,
            width,
            contrast: rise.contrast,
            count: 1.0,
        })
    }

    /// The line across `edge` on the stored raster, and the extent along it of one of its pixels, mm.
    fn across(&self, edge: &Edge) -> (Across, f64) {
        let px_per_mm = self.rectified.px_per_mm;
        let [x, y] = edge.gradient.map(f64::from);
        let normal = Point::new(x, y).unit();
        let place = Point::new(edge.x as f64 + 0.5, edge.y as f64 + 0.5);
        let [[a, b], [c, d]] = self.to_stored.jacobian(place);
        let map = |step: Point| Point::new(a * step.x + b * step.y, c * step.x + d * step.y);
        // The inverse transpose of the derivative: how far apart lines along the edge lie that are a pixel apart.
        let turned = Point::new(d * normal.x - c * normal.y, a * normal.y - b * normal.x);
        let pixel = turned.length() / (a * d - b * c).abs() / px_per_mm;
        let step = normal * (STEP * px_per_mm);
        let beside = Point::new(-step.y, step.x) * 2.0;
        (Across { middle: self.to_stored.apply(place), step: map(step), beside: map(beside) }, pixel)
    }

    fn corners(&self, columns: &Range<usize>, rows: &Range<usize>) -> [Point; 4] {
        let corner = |x: usize, y: usize| self.rectified.to_photo.apply(Point::new(x as f64, y as f64));
        let (left, right, top, bottom) = (columns.start, columns.end, rows.start, rows.end);
        [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)]
    }
}
