//! One row of print, laid flat: where its cells begin, on what it stands, how high it is.

use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::pixels::Plane;
use crate::pixels::bilinear;
use crate::pixels::turn_half;
use crate::scene::mrz::rows::Row;
use crate::scene::mrz::strays::Strays;
use crate::scene::mrz::strip::Strip;

/// Pixels of the flat raster to a pitch, about.
pub(super) const PITCH: f64 = Strip::CELL as f64;
/// Height of capitals over the pitch of OCR-B (ISO 1073-2): 2.5 mm over 2.54 mm.
const CAPITAL: f64 = 0.986;
/// Rows above and below the capitals, in heights of theirs.
const AROUND: f64 = 0.75;
/// Pitches laid flat beyond either end of the row: print that was not joined to it, as many cells as are read there and the
/// margin of a strip.
const BEYOND: f64 = 13.0;

/// A row of print in a raster of its own: its middle line along the middle row.
#[derive(Debug)]
pub(super) struct Flat {
    pub(super) luma: Plane,
    /// From pixels of the raster to pixels of that in which the row was found.
    pub(super) to_source: Homography,
    /// First and last column of the row as it was found.
    pub(super) ends: [f64; 2],
    /// Rows from the top of the capitals to their feet, as they were found.
    pub(super) capitals: [f64; 2],
}

impl Flat {
    /// The row laid flat, of which `sample` gives the raster of a map from its pixels, a width and a height.
    pub(super) fn new(row: &Row, sample: impl Fn(&Homography, usize, usize) -> Option<Plane>) -> Option<Self> {
        let scale = PITCH * CAPITAL / row.height;
        let [length, capital] = [row.length() * scale, PITCH * CAPITAL];
        let margin = BEYOND * PITCH;
        let size = [length + 2.0 * margin, (1.0 + 2.0 * AROUND) * capital].map(f64::round);
        let along = row.along() * (1.0 / scale);
        let down = Point::new(-along.y, along.x);
        let origin = row.from + along * -margin + down * (-size[1] / 2.0);
        let corner = |point: Point| origin + along * point.x + down * point.y;
        let rectangle = Quad::rectangle(size[0], size[1]);
        let to_source = Homography::between(&rectangle, &rectangle.map(corner))?;
        let luma = sample(&to_source, size[0] as usize, size[1] as usize)?;
        if luma.samples().is_empty() {
            return None;
        }
        let middle = size[1] / 2.0;
        let capitals = [middle - capital / 2.0, middle + capital / 2.0];
        Some(Self { luma, to_source, ends: [margin, margin + length], capitals })
    }

    /// The strip of `cells` cells from the one numbered `first` on, upside down where `is_turned`.
    pub(super) fn strip(&self, grid: &Grid, first: isize, cells: usize, is_turned: bool) -> Strip {
        let (width, cell) = ((cells + 2) * Strip::CELL, Strip::CELL as f64);
        let scale = grid.capital / f64::from(Strip::FOOT - Strip::TOP);
        // A line that is turned stands on what are its tops here.
        let above = if is_turned { Strip::HEIGHT as f64 - f64::from(Strip::TOP) } else { f64::from(Strip::FOOT) };
        let columns: Vec<(f64, f64)> = (0..width)
            .map(|column| {
                let at = first as f64 - 1.0 + (column as f64 + 0.5) / cell;
                let x = grid.place(at) + grid.strays.at(at);
                (x, grid.foot(x))
            })
            .collect();
        let sample = |row: usize, (x, foot): (f64, f64)| {
            let y = foot - (above - row as f64 - 0.5) * scale;
            bilinear(&self.luma, x as f32, y as f32).round() as u8
        };
        let samples = (0..Strip::HEIGHT).flat_map(|row| columns.iter().map(move |column| sample(row, *column)));
        let luma = Plane::new(width, Strip::HEIGHT, samples.collect());
        Strip { luma: if is_turned { turn_half(luma) } else { luma }, cells }
    }
}

/// Where the cells of a flat row lie.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Column at which the cell numbered 0 begins, columns to a cell there, and by how many columns cells grow: seen from the
    /// side, or on a page that bends.
    pub(super) steps: [f64; 3],
    /// Ink between the cells over that of the row: the less, the surer they are cells.
    pub(super) between: f32,
    /// How far the characters stand off the middles of their cells.
    pub(super) strays: Strays,
    /// Row of the feet as a parabola of (column - `middle`) / `reach`.
    pub(super) feet: [f64; 3],
    pub(super) middle: f64,
    pub(super) reach: f64,
    /// Rows from the feet of the capitals to their tops.
    pub(super) capital: f64,
}

impl Grid {
    /// The column at which cell `at` begins.
    pub(super) fn place(&self, at: f64) -> f64 {
        let [start, step, growth] = self.steps;
        start + at * step + growth * at * at
    }

    /// The row of the feet at column `x`.
    pub(super) fn foot(&self, x: f64) -> f64 {
        let t = ((x - self.middle) / self.reach).clamp(-1.5, 1.5);
        let [level, slope, bend] = self.feet;
        level + slope * t + bend * t * t
    }
}
