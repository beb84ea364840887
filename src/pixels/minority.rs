//! What differs from its surroundings.

use std::ops::Range;

use super::Plane;

/// Sample of a pixel like its surroundings.
pub const ORDINARY: u8 = 0;
/// Sample of a pixel darker than most of its surroundings.
pub const DARK: u8 = 1;
/// Sample of a pixel lighter than most of its surroundings.
pub const LIGHT: u8 = 2;

/// Thresholds are held in so many parts of a grey level, and rows interpolated in so many steps: their product times 255
/// fits 16 bits.
const PARTS: f32 = 8.0;
const STEPS: i16 = 16;

/// Marks each pixel as [`DARK`] or [`LIGHT`] that lies more than `deviations` standard deviations, and at least `floor`
/// grey levels, off the mean of the three by three squares of `side` pixels around it, and [`ORDINARY`] elsewhere
/// (Niblack 1986; thresholds are interpolated between the squares).
///
/// ```
/// use kyclint::pixels::Plane;
/// use kyclint::pixels::minority;
///
/// let mut samples = vec![200; 12 * 12];
/// samples[6 * 12 + 5] = 90;
/// let marks = minority(&Plane::new(12, 12, samples), 4, 0.7, 8.0);
/// assert_eq!(marks.row(6), [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
/// ```
#[must_use]
pub fn minority(plane: &Plane, side: usize, deviations: f32, floor: f32) -> Plane {
    let (width, height, side) = (plane.width(), plane.height(), side.max(1));
    if plane.samples().is_empty() {
        return Plane::default();
    }
    let squares = Squares::of(plane, side);
    let mut ramps = Ramps::new(&squares, [deviations, floor], width);
    let mut marks = vec![ORDINARY; width * height];
    for (y, (samples, marks)) in plane.rows().zip(marks.chunks_exact_mut(width)).enumerate() {
        let (above, step) = place(y, side, squares.rows);
        ramps.move_to(above);
        ramps.mark(samples, step, marks);
    }
    Plane::new(width, height, marks)
}

/// The row of squares above the middle of row `y`, and how many of [`STEPS`] it lies below the middle of that.
fn place(y: usize, side: usize, rows: usize) -> (usize, i16) {
    let place = ((y as f32 + 0.5) / side as f32 - 0.5).clamp(0.0, (rows - 1) as f32);
    let above = place as usize;
    (above, ((place - above as f32) * f32::from(STEPS)) as i16)
}

/// Limits of what is ordinary between the middles of two rows of squares, for each pixel of a row: lower and upper ones,
/// in parts of a level. They change from row to row by whole multiples of steps.
struct Ramps<'a> {
    squares: &'a Squares,
    criteria: [f32; 2],
    /// Between which middles of squares each pixel lies, and how far from one to the other.
    places: Vec<(u32, f32)>,
    /// The row of squares above.
    above: usize,
    limits: [Vec<i16>; 2],
    limits_below: [Vec<i16>; 2],
    starts: [Vec<i16>; 2],
    steps: [Vec<i16>; 2],
}

impl<'a> Ramps<'a> {
    fn new(squares: &'a Squares, criteria: [f32; 2], width: usize) -> Self {
        let last = (squares.columns - 1) as f32;
        let place = |x: usize| {
            let place = ((x as f32 + 0.5) / squares.side as f32 - 0.5).clamp(0.0, last);
            (place as u32, place - (place as u32) as f32)
        };
        let empty = || [0, 1].map(|_| vec![0; width]);
        let mut ramps = Self {
            squares,
            criteria,
            places: (0..width).map(place).collect(),
            above: 0,
            limits: empty(),
            limits_below: empty(),
            starts: empty(),
            steps: empty(),
        };
        squares.limits(0, criteria, &ramps.places, &mut ramps.limits_below);
        ramps.descend();
        ramps
    }

    /// Moves down to where the row of squares `above` lies above.
    fn move_to(&mut self, above: usize) {
        while self.above < above {
            self.above += 1;
            self.descend();
        }
    }

    /// The limits below become those above.
    fn descend(&mut self) {
        std::mem::swap(&mut self.limits, &mut self.limits_below);
        let below = (self.above + 1).min(self.squares.rows - 1);
        self.squares.limits(below, self.criteria, &self.places, &mut self.limits_below);
        for side in 0..2 {
            let limits = self.limits[side].iter().zip(&self.limits_below[side]);
            let ramps = self.starts[side].iter_mut().zip(&mut self.steps[side]);
            for ((start, step), (above, below)) in ramps.zip(limits) {
                (*start, *step) = (above * STEPS, below - above);
            }
        }
    }

    /// Marks a row that lies `step` of [`STEPS`] on the way down.
    fn mark(&self, samples: &[u8], step: i16, marks: &mut [u8]) {
        let [dark, light] = self.starts.each_ref().map(|limits| &limits[..marks.len()]);
        let [dark_steps, light_steps] = self.steps.each_ref().map(|limits| &limits[..marks.len()]);
        let samples = &samples[..marks.len()];
        for x in 0..marks.len() {
            let level = i16::from(samples[x]) << 7;
            let is_dark = level < dark[x] + dark_steps[x] * step;
            let is_light = level > light[x] + light_steps[x] * step;
            marks[x] = u8::from(is_dark) * DARK + u8::from(is_light) * LIGHT;
        }
    }
}

/// Sums of the samples, and of their squares, in each square.
struct Squares {
    side: usize,
    columns: usize,
    rows: usize,
    /// Width and height of the plane.
    size: [usize; 2],
    sums: Vec<[u64; 2]>,
}

impl Squares {
    fn of(plane: &Plane, side: usize) -> Self {
        let size = [plane.width(), plane.height()];
        let [columns, rows] = size.map(|length| length.div_ceil(side));
        let mut sums = Vec::with_capacity(columns * rows);
        let mut of_columns = vec![0_u32; plane.width()];
        let mut of_squares = vec![0_u32; plane.width()];
        for band in plane.samples().chunks(side * plane.width()) {
            of_columns.fill(0);
            of_squares.fill(0);
            for row in band.chunks_exact(plane.width()) {
                for ((sum, of_squares), &sample) in of_columns.iter_mut().zip(&mut of_squares).zip(row) {
                    *sum += u32::from(sample);
                    *of_squares += u32::from(u16::from(sample) * u16::from(sample));
                }
            }
            let sum = |of: &[u32]| of.iter().map(|&sum| u64::from(sum)).sum();
            sums.extend(of_columns.chunks(side).zip(of_squares.chunks(side)).map(|(one, two)| [sum(one), sum(two)]));
        }
        Self { side, columns, rows, size, sums }
    }

    /// Lower and upper limits of what is ordinary along row `row` of squares, for each of the pixels at `places`.
    fn limits(&self, row: usize, [deviations, floor]: [f32; 2], places: &[(u32, f32)], found: &mut [Vec<i16>; 2]) {
        let limits = self.around(row).map(|(mean, deviation)| {
            let distance = (deviations * deviation).max(floor);
            [(mean - distance).max(0.0), (mean + distance).min(255.0)]
        });
        let limits: Vec<[f32; 2]> = limits.collect();
        let last = limits.len() - 1;
        let [lower, upper] = found;
        for ((lower, upper), &(at, share)) in lower.iter_mut().zip(upper).zip(places) {
            let (one, other) = (limits[at as usize], limits[(at as usize + 1).min(last)]);
            let between = |side: usize| ((one[side] + (other[side] - one[side]) * share) * PARTS) as i16;
            (*lower, *upper) = (between(0), between(1));
        }
    }

    /// Mean and standard deviation over each square of row `row` and its neighbours.
    fn around(&self, row: usize) -> impl Iterator<Item = (f32, f32)> {
        let near = |at: usize, count: usize| at.saturating_sub(1)..(at + 2).min(count);
        let pixels = |near: &Range<usize>, length: usize| (near.end * self.side).min(length) - near.start * self.side;
        let rows = near(row, self.rows);
        let mut sums = vec![[0; 2]; self.columns];
        for row in self.sums[rows.start * self.columns..rows.end * self.columns].chunks_exact(self.columns) {
            for (sums, of_row) in sums.iter_mut().zip(row) {
                *sums = [sums[0] + of_row[0], sums[1] + of_row[1]];
            }
        }
        let height = pixels(&rows, self.size[1]);
        (0..self.columns).map(move |column| {
            let columns = near(column, self.columns);
            let count = (pixels(&columns, self.size[0]) * height) as f64;
            let [sum, of_squares] =
                sums[columns].iter().fold([0, 0], |all, of| [all[0] + of[0], all[1] + of[1]]).map(|sum| sum as f64);
            let mean = sum / count;
            (mean as f32, (of_squares / count - mean * mean).max(0.0).sqrt() as f32)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::minority;
    use crate::pixels::Plane;

    #[test]
    fn flat_planes_and_empty_ones_have_no_marks() {
        for level in [0, 128, 255] {
            assert!(minority(&Plane::new(9, 7, vec![level; 63]), 4, 0.5, 4.0).samples().iter().all(|&mark| mark == 0));
        }
        assert_eq!(minority(&Plane::default(), 4, 0.5, 4.0), Plane::default());
    }

    #[test]
    fn strokes_are_marked_on_dark_and_on_light_ground() {
        let samples: Vec<u8> = (0..24 * 24).map(|at| if (at % 24 < 12) == (at % 6 == 0) { 40 } else { 210 }).collect();
        let marks = minority(&Plane::new(24, 24, samples), 2, 0.7, 4.0);
        assert_eq!(&marks.row(12)[..8], [1, 0, 0, 0, 0, 0, 1, 0]);
        assert_eq!(&marks.row(12)[16..], [0, 0, 2, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_slope_of_light_is_no_mark() {
        let samples = (0..40 * 40).map(|at| (at % 40 * 5 + 20) as u8).collect();
        let marks = minority(&Plane::new(40, 40, samples), 4, 0.9, 8.0);
        assert!(marks.row(20)[8..32].iter().all(|&mark| mark == 0));
    }
}
