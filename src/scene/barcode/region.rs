//! Regions that look like a PDF417 symbol: bars of one direction, dense, in a rectangle.

use super::cells::CELL;
use super::cells::Cells;
use super::cells::Tensor;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::pixels::Component;
use crate::pixels::Plane;
use crate::pixels::components;
use crate::pixels::reduce;

/// Mean square of the differences across two samples, grey levels squared, that bars have at least.
const LEAST_ENERGY: f32 = 250.0;
/// Share of the differences that must point one way: rows of bars also end, text points both ways.
const LEAST_COHERENCE: f32 = 0.42;
/// Sectors of direction: bars of one symbol share one, or lie on the border of two.
const SECTORS: usize = 4;
/// Cells that a region must have, and how much of its rectangle they must fill.
const LEAST_CELLS: u32 = 20;
const LEAST_FILLED: f64 = 0.6;
/// Length along the rows over that along the bars: symbols may be higher than wide, but hardly any are.
const ASPECTS: std::ops::RangeInclusive<f64> = 0.4..=25.0;
/// Rasters of half the size that are looked at, too: bars of wide modules fill cells of their own.
const LEVELS: usize = 3;
/// Cosine of the double of how far a cell's direction may lie from the middle of its sector: sectors overlap.
const SECTOR_COSINE: f32 = 0.5;
/// Share of the cells at either end that may stray.
const STRAY: f64 = 0.02;
/// Area in common over area of both from which regions are one.
const OVERLAP: f64 = 0.3;
/// What is added on each side to a region of cells, cells.
const MARGIN: f64 = 1.0;

/// A region of bars: corners in the raster's samples, the first two along a row of the symbol.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Region {
    pub(super) quad: Quad,
    /// Area, squared samples, by which regions compete.
    pub(super) area: f64,
}

/// The regions of bars in `plane`, the largest first; of those that overlap the largest.
pub(super) fn regions(plane: &Plane) -> Vec<Region> {
    let mut smaller: Vec<Plane> = Vec::new();
    for _ in 1..LEVELS {
        let last = smaller.last().unwrap_or(plane);
        smaller.push(reduce(last, 0..last.width(), 0..last.height(), 2));
    }
    let levels = std::iter::once(plane).chain(&smaller).zip([1.0, 2.0, 4.0]);
    let mut found: Vec<Region> =
        levels.flat_map(|(level, scale)| of_level(level).into_iter().map(move |region| region.scaled(scale))).collect();
    found.sort_by(|one, other| other.area.total_cmp(&one.area));
    let mut kept: Vec<Region> = Vec::new();
    for region in found {
        if kept.iter().all(|other| other.quad.jaccard(&region.quad) < OVERLAP) {
            kept.push(region);
        }
    }
    kept
}

impl Region {
    fn scaled(&self, factor: f64) -> Self {
        Self { quad: self.quad.map(|corner| corner * factor), area: self.area * factor * factor }
    }
}

/// The regions of one raster.
fn of_level(plane: &Plane) -> Vec<Region> {
    let cells = Cells::of(plane).smoothed();
    (0..SECTORS).flat_map(|sector| of_sector(&cells, sector)).collect()
}

/// The regions whose bars lie in one sector of direction.
fn of_sector(cells: &Cells, sector: usize) -> Vec<Region> {
    let middle = 2.0 * std::f32::consts::PI * sector as f32 / SECTORS as f32;
    let axis = [middle.cos(), middle.sin()];
    let marks: Vec<u8> = cells.tensors.iter().map(|tensor| u8::from(is_barred(tensor, axis))).collect();
    let marks = Plane::new(cells.columns, cells.rows(), marks);
    let large = components(&marks).into_iter().filter(|component| component.area >= LEAST_CELLS);
    large.filter_map(|component| rectangle(cells, &marks, &component)).collect()
}

/// Whether a cell shows bars whose double angle lies about `axis`.
fn is_barred(tensor: &Tensor, axis: [f32; 2]) -> bool {
    let (energy, coherence) = tensor.energy_and_coherence();
    let [x, y] = tensor.double_angle();
    energy >= LEAST_ENERGY
        && coherence >= LEAST_COHERENCE
        && x * axis[0] + y * axis[1] >= SECTOR_COSINE * coherence * energy
}

/// The rectangle along the bars about the cells of `component`; `None` where they do not fill one.
fn rectangle(cells: &Cells, marks: &Plane, component: &Component) -> Option<Region> {
    let (columns, rows) = (component.left..component.right, component.top..component.bottom);
    let places: Vec<(u32, u32)> = rows
        .flat_map(|row| columns.clone().map(move |column| (column, row)))
        .filter(|&(column, row)| marks.row(row as usize)[column as usize] > 0)
        .collect();
    let mut sum = Tensor::default();
    for &(column, row) in &places {
        sum.add(&cells.tensors[row as usize * cells.columns + column as usize]);
    }
    let (sin, cos) = sum.direction().sin_cos();
    let (across, down) = (Point::new(cos, sin), Point::new(-sin, cos));
    let middle = |&(column, row): &(u32, u32)| Point::new(f64::from(column) + 0.5, f64::from(row) + 0.5);
    let [left, right] = extent(places.iter().map(|place| middle(place).dot(across)).collect())?;
    let [top, bottom] = extent(places.iter().map(|place| middle(place).dot(down)).collect())?;
    let area = (right - left) * (bottom - top);
    let is_filled = places.len() as f64 >= LEAST_FILLED * area;
    let is_shaped = ASPECTS.contains(&((right - left) / (bottom - top)));
    // Samples of the cells start at the second one of the plane.
    let corner = |u: f64, v: f64| (across * u + down * v) * CELL as f64 + Point::new(1.0, 1.0);
    let (left, right, top, bottom) = (left - MARGIN, right + MARGIN, top - MARGIN, bottom + MARGIN);
    let quad = Quad([corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)]);
    (is_filled && is_shaped).then_some(Region { quad, area: area * (CELL * CELL) as f64 })
}

/// From where to where most cells with these middles reach.
fn extent(mut middles: Vec<f64>) -> Option<[f64; 2]> {
    middles.sort_unstable_by(f64::total_cmp);
    let stray = (STRAY * middles.len() as f64) as usize;
    Some([middles.get(stray)? - 0.5, middles.get(middles.len().checked_sub(stray + 1)?)? + 0.5])
}
