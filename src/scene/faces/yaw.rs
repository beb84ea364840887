//! How far a head is turned aside, told by what differs between the two sides of the face.

use super::aligned::Aligned;
use super::eyes::normalised;
use super::reduced;
use crate::pixels::Grid;

/// Side of the raster on which the sides are compared, pixels: 32 from eye to eye.
const SIDE: usize = 128;
/// Side of a cell, pixels: half a distance between the eyes.
const CELL: usize = 16;
/// Cells from side to side about the middle between the eyes, and from just above the eyes down to the mouth; pixels above them.
const COLUMNS: usize = 5;
const ROWS: usize = 3;
const ABOVE: usize = 48;
/// Directions of slopes: across, falling, down, rising.
const DIRECTIONS: usize = 4;
/// Slopes above this, standard deviations over two pixels, count no more.
const STEEP: f32 = 0.3;
/// Sums below this are those of a flat face.
const FLAT: f64 = 1e-6;

/// Numbers of [`Sides`].
const COUNT: usize = ROWS * (COLUMNS / 2 * DIRECTIONS + 1);
/// What each of them adds to the tangent of the angle; `tools/fit_yaw.py` prints them.
const WEIGHTS: [f64; COUNT] = [
    -0.001, -0.129, 0.025, -0.121, 0.079, 0.122, -0.040, 0.074, 0.079, //
    0.032, -0.015, 0.026, -0.063, 0.065, 0.056, 0.029, 0.048, -0.119, //
    0.007, -0.061, 0.064, -0.063, 0.081, -0.020, 0.035, -0.016, 0.029,
];

/// By how much the slopes of luma on one side of a face are stronger than those on the other, shares of the mean slope: row by
/// row, for each cell from the outermost to the middle, by direction. A mirrored face has the same numbers with other signs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides(pub [f64; COUNT]);

/// Mean strength of the slopes of each direction in each cell.
type Cells = [[[f64; DIRECTIONS]; COLUMNS]; ROWS];

impl Sides {
    /// The sides of a face.
    ///
    /// Histograms of the directions of slopes over cells (Dalal and Triggs 2005, "Histograms of oriented gradients for human
    /// detection") less those of the mirrored face.
    #[must_use]
    pub fn of(face: &Aligned) -> Self {
        let levels = normalised(&reduced(face.whole(), SIDE)).mean(1);
        Self::between(&cells(&levels))
    }

    /// Degrees that the head is turned to the viewer's right, -90 to 90, by a linear regression over the numbers.
    #[must_use]
    pub fn yaw(&self) -> f64 {
        self.0.iter().zip(WEIGHTS).map(|(side, weight)| side * weight).sum::<f64>().atan().to_degrees()
    }

    fn between(cells: &Cells) -> Self {
        let sum: f64 = cells.as_flattened().as_flattened().iter().sum();
        let mean = (sum / (ROWS * COLUMNS * DIRECTIONS) as f64).max(FLAT);
        let mut sides = [0.0; COUNT];
        let pairs = cells.iter().flat_map(|row| {
            let outer = (0..COLUMNS / 2).flat_map(|column| (0..DIRECTIONS).map(move |direction| (column, direction)));
            // The middle cell mirrors itself: what falls on its one side rises on the other.
            outer.chain([(COLUMNS / 2, 1)]).map(|(column, direction)| {
                let mirrored = row[COLUMNS - 1 - column][(DIRECTIONS - direction) % DIRECTIONS];
                mirrored - row[column][direction]
            })
        });
        sides.iter_mut().zip(pairs).for_each(|(side, pair)| *side = pair / mean);
        Self(sides)
    }
}

fn cells(levels: &Grid) -> Cells {
    let mut cells = Cells::default();
    let left = levels.columns() / 2 - COLUMNS * CELL / 2;
    for (row, y) in (ABOVE..ABOVE + ROWS * CELL).enumerate() {
        for (column, x) in (left..left + COLUMNS * CELL).enumerate() {
            let across = levels.at(x + 1, y) - levels.at(x - 1, y);
            let down = levels.at(x, y + 1) - levels.at(x, y - 1);
            let strength = f64::from(across.hypot(down).min(STEEP)) / (CELL * CELL) as f64;
            // A slope lies between two directions, whichever way it goes along them.
            let turns = f64::from(down.atan2(across)).rem_euclid(std::f64::consts::PI) / std::f64::consts::PI;
            let (lower, share) = ((turns * DIRECTIONS as f64) as usize, (turns * DIRECTIONS as f64).fract());
            let cell = &mut cells[row / CELL][column / CELL];
            cell[lower % DIRECTIONS] += strength * (1.0 - share);
            cell[(lower + 1) % DIRECTIONS] += strength * share;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::COUNT;
    use super::Grid;
    use super::SIDE;
    use super::Sides;
    use super::cells;

    /// A raster of which `level` tells what is seen to the right of its middle and down.
    fn sides(level: impl Fn(f32, f32) -> f32) -> Sides {
        let place = |at: usize| ((at % SIDE) as f32 + 0.5 - SIDE as f32 / 2.0, (at / SIDE) as f32);
        let levels = (0..SIDE * SIDE).map(place).map(|(right, down)| level(right, down)).collect();
        Sides::between(&cells(&Grid::new(SIDE, levels)))
    }

    /// A light bar on dark ground, across and down as wide as it is said, that leans to the right as it goes down.
    fn bar(right: f32, down: f32, leaning: f32) -> f32 {
        if (right - 20.0 - leaning * (down - 70.0)).abs() < 3.0 { 1.0 } else { -1.0 }
    }

    #[test]
    fn a_face_whose_sides_mirror_each_other_is_not_turned() {
        let Sides(sides) = sides(|right, down| (right.abs() * 0.3).sin() + (down * 0.2).cos());
        assert!(sides.iter().all(|side| side.abs() < 1e-4), "{sides:?}");
    }

    #[test]
    fn a_mirrored_face_is_turned_the_other_way() {
        for leaning in [0.0, 0.5] {
            let (Sides(one), Sides(other)) =
                (sides(|right, down| bar(right, down, leaning)), sides(|right, down| bar(-right, down, leaning)));
            assert!(one.iter().any(|side| side.abs() > 1.0));
            assert!(one.iter().zip(other).all(|(one, other)| (one + other).abs() < 1e-4), "{one:?} {other:?}");
        }
    }

    #[test]
    fn an_upright_edge_on_the_right_is_a_slope_across_in_the_inner_right_cells() {
        let Sides(sides) = sides(|right, down| bar(right, down, 0.0));
        let strongest = (0..COUNT).max_by(|&one, &other| sides[one].total_cmp(&sides[other])).unwrap();
        assert_eq!(strongest % 9, 4, "{sides:?}");
    }

    #[test]
    fn a_flat_face_is_not_turned() {
        assert!(sides(|_, _| 0.5).yaw().abs() < 1e-9);
    }
}
