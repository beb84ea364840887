//! Fits the cells of a line to a flat row of print.

use std::ops::Range;

use crate::pixels::quantile;
use crate::scene::mrz::ink::Ink;
use crate::scene::mrz::line::Flat;
use crate::scene::mrz::line::Grid;
use crate::scene::mrz::line::PITCH;
use crate::scene::mrz::strays::Strays;

/// Pitches of the pieces of which each is moved up or down by itself.
const PIECE: f64 = 4.0;
/// Rows by which they are moved at most, in heights of capitals.
const MOVED: f64 = 0.45;
/// Times that pieces off the curve of the others are left out.
const REJECTIONS: usize = 3;
/// Pitches that are tried, of the one expected from the height of the capitals.
const PITCHES: Range<f64> = 0.84..1.2;
/// Steps in which they are tried, columns: half a column at the ends of half the longest line.
const STEP: f64 = 0.05;
/// Greatest growth of cells from one to the next, columns, and the steps in which it is tried.
const GROWTH: f64 = 0.006;
const GROWTHS: i32 = 6;
/// Starts that are tried together, a column apart: not fewer than the widest cell has, and in the fine search two columns
/// either way.
const STARTS: usize = 32;
const FINE_STARTS: usize = 5;
const _: () = assert!(STARTS as f64 >= PITCHES.end * PITCH, "every start within the widest cell is tried");
/// Ink that the greatest growth must save, of the mean.
const GROWTH_CHARGE: f32 = 0.03;
/// Ink between the cells over ink within them: above, the row has no cells.
const MOST_BETWEEN: f32 = 0.8;
/// Ink of a cell that holds a glyph, of the mean one: an I or a `<` has half of it.
const LEAST_INK: f32 = 0.2;

impl Grid {
    /// The cells of `flat` and the numbers of those that hold print, or `None` where it has no cells of one width.
    pub(super) fn fit(flat: &Flat) -> Option<(Self, Range<isize>)> {
        let ink = Ink::of(flat);
        let mut grid = Self {
            steps: [flat.ends[0], PITCH, 0.0],
            feet: [flat.capitals[1], 0.0, 0.0],
            middle: f64::midpoint(flat.ends[0], flat.ends[1]),
            reach: (flat.ends[1] - flat.ends[0]) / 2.0,
            capital: flat.capitals[1] - flat.capitals[0],
            between: 1.0,
            strays: Strays::default(),
        };
        grid.level(&ink, flat.ends);
        grid.stretch(&ink, flat.ends);
        let profile = ink.profile(&grid);
        grid.divide(&profile, flat.ends)?;
        let cells = grid.printed(&profile, flat.ends);
        grid.strays = Strays::of(&grid, &profile, &cells);
        Some((grid, cells))
    }

    /// Lays the feet along the print: each piece of the row is moved to where its band of ink is, and a parabola laid through
    /// all.
    fn level(&mut self, ink: &Ink, ends: [f64; 2]) {
        let pieces = ((ends[1] - ends[0]) / (PIECE * PITCH)).round().max(1.0);
        let width = (ends[1] - ends[0]) / pieces;
        let moved = |at: f64| {
            let columns = ends[0] + at * width..ends[0] + (at + 1.0) * width;
            let rows = ink.rows(columns.start as usize..columns.end as usize, |_| 0.0);
            let middle = f64::midpoint(columns.start, columns.end);
            (((middle - self.middle) / self.reach), self.shift(&rows))
        };
        let places = (0..pieces as usize).map(|at| moved(at as f64)).collect();
        let curve = parabola(&without_outliers(places));
        self.feet = [self.feet[0] + curve[0], curve[1], curve[2]];
    }

    /// Rows by which the capitals stand lower than expected in a piece whose rows hold that much ink.
    fn shift(&self, rows: &[f32]) -> f64 {
        let most = (MOVED * self.capital) as isize;
        let (top, foot) = ((self.feet[0] - self.capital).round() as isize, self.feet[0].round() as isize);
        let beside = (self.capital / 3.0) as isize;
        let sum = |range: Range<isize>| -> f32 {
            range.filter_map(|row| usize::try_from(row).ok().and_then(|row| rows.get(row))).sum()
        };
        let contrast = |by: isize| {
            sum(top + by..foot + by) - sum(top + by - beside..top + by) - sum(foot + by..foot + by + beside)
        };
        let scores: Vec<f32> = (-most - 1..=most + 1).map(contrast).collect();
        let best = (1..scores.len() - 1).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(1);
        best as f64 - 1.0 - most as f64 + vertex(scores[best - 1], scores[best], scores[best + 1])
    }

    /// Finds the tops and the feet of the capitals, where the ink sets in and ends.
    fn stretch(&mut self, ink: &Ink, ends: [f64; 2]) {
        let rows = ink.rows(ends[0] as usize..ends[1] as usize, |x| self.foot(x) - self.feet[0]);
        let slope: Vec<f32> = (1..rows.len()).map(|row| rows[row] - rows[row - 1]).collect();
        let reach = self.capital * 0.2;
        let steepest = |at: f64, sign: f32| {
            let range = (at - reach).max(1.0) as usize..((at + reach) as usize).min(slope.len().saturating_sub(1));
            let best = range.max_by(|a, b| (sign * slope[*a]).total_cmp(&(sign * slope[*b])))?;
            let [before, here, after] =
                [best - 1, best, best + 1].map(|row| sign * slope.get(row).copied().unwrap_or(0.0));
            Some(best as f64 + 1.0 + vertex(before, here, after))
        };
        let (top, foot) = (steepest(self.feet[0] - self.capital, 1.0), steepest(self.feet[0], -1.0));
        if let Some((top, foot)) = top.zip(foot)
            && (0.8..1.2).contains(&((foot - top) / self.capital))
        {
            self.feet[0] = foot;
            self.capital = foot - top;
        }
    }

    /// Lays the borders of the cells where there is least ink; `None` where there is not much less than elsewhere.
    fn divide(&mut self, profile: &[f32], ends: [f64; 2]) -> Option<()> {
        let borders = Borders::new(profile, ends);
        let (ink, [start, pitch, growth]) = borders.fine(borders.coarse()?)?;
        self.between = ink / borders.mean;
        // From the middle of the row to the first cell that begins at its end.
        let first = ((ends[0] - borders.middle - start) / pitch).round();
        let start = borders.middle + start + first * pitch + growth * first * first;
        self.steps = [start, pitch + 2.0 * growth * first, growth];
        (self.between <= MOST_BETWEEN).then_some(())
    }

    /// The numbers of the cells between the `ends` from the first that holds print to the last.
    fn printed(&self, profile: &[f32], ends: [f64; 2]) -> Range<isize> {
        let cell = |at: isize| {
            let [from, to] = [at, at + 1].map(|at| self.place(at as f64).clamp(0.0, profile.len() as f64) as usize);
            profile[from..to.max(from)].iter().sum::<f32>() / (to.saturating_sub(from)).max(1) as f32
        };
        let [first, last] = ends.map(|x| ((x - self.steps[0]) / self.steps[1]).floor() as isize);
        let inside: Vec<f32> = (first..=last).map(cell).collect();
        let least = LEAST_INK * quantile(inside, 0.5, f32::total_cmp).unwrap_or(0.0);
        let is_printed = |at: &isize| cell(*at) >= least;
        let start = (first..=last).find(&is_printed).unwrap_or(first);
        let end = (start..=last).rfind(&is_printed).unwrap_or(last) + 1;
        start..end
    }
}

/// Ink of each column, in which borders of cells are sought from the middle of the row on.
struct Borders {
    ink: Vec<f32>,
    mean: f32,
    middle: f64,
    /// Half the length of the row, columns.
    reach: f64,
}

impl Borders {
    fn new(profile: &[f32], ends: [f64; 2]) -> Self {
        let around = |x: usize| &profile[x.saturating_sub(1)..(x + 2).min(profile.len())];
        let ink: Vec<f32> = (0..profile.len()).map(|x| around(x).iter().sum::<f32>() / 3.0).collect();
        let columns = ends[0] as usize..(ends[1] as usize).min(profile.len());
        let mean = profile[columns.clone()].iter().sum::<f32>() / columns.len().max(1) as f32;
        Self { ink, mean, middle: f64::midpoint(ends[0], ends[1]), reach: (ends[1] - ends[0]) / 2.0 }
    }

    /// The start and the pitch with the least ink at the borders of cells that do not grow.
    fn coarse(&self) -> Option<[f64; 2]> {
        let pitches = ((PITCHES.end - PITCHES.start) * PITCH / STEP) as usize;
        let pitches = (0..=pitches).map(|step| PITCHES.start * PITCH + step as f64 * STEP);
        let tried = pitches.flat_map(|pitch| {
            let ink = self.at::<STARTS>([0.0, pitch, 0.0]).into_iter().enumerate().take(pitch as usize);
            ink.map(move |(start, ink)| (ink, [start as f64, pitch]))
        });
        self.least(tried).map(|(_, steps)| steps)
    }

    /// The steps near those of the coarse search with the least ink at the borders, and that ink. Steps are a start from the
    /// middle, a pitch and a growth; growth is charged for, since most rows have none.
    fn fine(&self, [start, pitch]: [f64; 2]) -> Option<(f32, [f64; 3])> {
        let growths = (-GROWTHS..=GROWTHS).map(|step| f64::from(step) / f64::from(GROWTHS));
        let pitches = (-4..=4).map(|step| pitch + f64::from(step) * STEP / 4.0);
        let tried = growths.flat_map(|share| {
            let charge = GROWTH_CHARGE * share.abs() as f32 * self.mean;
            pitches.clone().flat_map(move |pitch| {
                [start - 2.0, start - 1.5].into_iter().flat_map(move |first| {
                    let ink = self.at::<FINE_STARTS>([first, pitch, share * GROWTH]).into_iter().enumerate();
                    ink.map(move |(at, ink)| (ink + charge, [first + at as f64, pitch, share * GROWTH]))
                })
            })
        });
        self.least(tried)
    }

    fn least<T>(&self, tried: impl Iterator<Item = (f32, T)>) -> Option<(f32, T)> {
        tried.min_by(|(one, _), (other, _)| one.total_cmp(other)).filter(|_| self.mean > 0.0)
    }

    /// Mean ink at the borders, of that start and of those 1, 2, … columns further: side by side in the profile, they are summed
    /// together.
    fn at<const N: usize>(&self, [start, pitch, growth]: [f64; 3]) -> [f32; N] {
        let cells = (self.reach / pitch) as i32 + 1;
        let (mut sums, mut count) = ([0.0; N], 0.0_f32);
        for at in -cells..=cells {
            let at = f64::from(at);
            let x = self.middle + start + at * pitch + growth * at * at;
            if let Some(ink) = self.ink.get(x as usize..).and_then(<[f32]>::first_chunk::<N>) {
                sums.iter_mut().zip(ink).for_each(|(sum, ink)| *sum += ink);
                count += 1.0;
            }
        }
        sums.map(|sum| sum / count.max(1.0))
    }
}

/// Where between -0.5 and 0.5 the parabola through three values at -1, 0 and 1 is highest.
fn vertex(before: f32, here: f32, after: f32) -> f64 {
    let bend = 2.0 * here - before - after;
    if bend > 0.0 { f64::from((after - before) / (2.0 * bend)).clamp(-0.5, 0.5) } else { 0.0 }
}

/// The places that lie on about one parabola.
fn without_outliers(mut places: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    for _ in 0..REJECTIONS {
        let curve = parabola(&places);
        let off = |(t, shift): &(f64, f64)| (shift - value(curve, *t)).abs();
        let usual = quantile(places.iter().map(off).collect(), 0.5, f64::total_cmp).unwrap_or(0.0);
        let limit = (3.0 * usual).max(1.0);
        let kept: Vec<(f64, f64)> = places.iter().filter(|place| off(place) <= limit).copied().collect();
        if kept.len() == places.len() || kept.len() < 3 {
            break;
        }
        places = kept;
    }
    places
}

fn value([level, slope, bend]: [f64; 3], t: f64) -> f64 {
    level + slope * t + bend * t * t
}

/// The parabola of least squares through places (t, value); a line through fewer than five, a level through fewer than three.
fn parabola(places: &[(f64, f64)]) -> [f64; 3] {
    let terms = match places.len() {
        0 => return [0.0; 3],
        1 | 2 => 1,
        3 | 4 => 2,
        _ => 3,
    };
    let mut matrix = [[0.0; 4]; 3];
    for (t, value) in places {
        let powers = [1.0, *t, t * t];
        for row in 0..terms {
            for column in 0..terms {
                matrix[row][column] += powers[row] * powers[column];
            }
            matrix[row][3] += powers[row] * value;
        }
    }
    for (at, row) in matrix.iter_mut().enumerate().skip(terms) {
        row[at] = 1.0;
    }
    solve(matrix)
}

/// Gauss–Jordan elimination; what cannot be told is 0.
fn solve(mut matrix: [[f64; 4]; 3]) -> [f64; 3] {
    for pivot in 0..3 {
        let best =
            (pivot..3).max_by(|a, b| matrix[*a][pivot].abs().total_cmp(&matrix[*b][pivot].abs())).unwrap_or(pivot);
        matrix.swap(pivot, best);
        if matrix[pivot][pivot].abs() < 1e-12 {
            continue;
        }
        let row = matrix[pivot].map(|entry| entry / matrix[pivot][pivot]);
        matrix[pivot] = row;
        for (_, other) in matrix.iter_mut().enumerate().filter(|(at, _)| *at != pivot) {
            let factor = other[pivot];
            other.iter_mut().zip(row).for_each(|(entry, entry_of_pivot)| *entry -= factor * entry_of_pivot);
        }
    }
    matrix.map(|row| row[3])
}

#[cfg(test)]
mod tests {
    use crate::geometry::Homography;
    use crate::geometry::Quad;
    use crate::pixels::Plane;
    use crate::scene::mrz::line::Flat;
    use crate::scene::mrz::line::Grid;

    const WIDTH: usize = 1400;
    const HEIGHT: usize = 60;

    /// A flat row found from column 320 to 1040, in which capitals are expected in the rows 18 to 42.
    fn flat(sample: impl Fn(usize, usize) -> u8) -> Flat {
        let samples = (0..WIDTH * HEIGHT).map(|at| sample(at % WIDTH, at / WIDTH)).collect();
        let rectangle = Quad::rectangle(1.0, 1.0);
        Flat {
            luma: Plane::new(WIDTH, HEIGHT, samples),
            to_source: Homography::between(&rectangle, &rectangle).unwrap(),
            ends: [320.0, 1040.0],
            capitals: [18.0, 42.0],
        }
    }

    /// Thirty bars 16 columns wide in the middle of cells of 24, of which the first begins at column 320.
    fn bars(x: usize, is_row_of_print: bool) -> u8 {
        let is_ink = is_row_of_print && (320..1040).contains(&x) && (4..20).contains(&((x - 320) % 24));
        if is_ink { 30 } else { 220 }
    }

    #[test]
    fn a_row_of_bars_gives_their_pitch_and_start() {
        let (grid, printed) = Grid::fit(&flat(|x, y| bars(x, (18..42).contains(&y)))).unwrap();
        assert_eq!(printed.len(), 30);
        assert!((grid.place(printed.start as f64) - 320.0).abs() < 3.0, "{grid:?}");
        assert!((grid.place(printed.end as f64) - 1040.0).abs() < 3.0, "{grid:?}");
        assert!((grid.foot(680.0) - 42.0).abs() < 1.0 && (grid.capital - 24.0).abs() < 1.5, "{grid:?}");
    }

    #[test]
    fn a_row_that_slopes_is_followed() {
        let foot = |x: usize| 42.0 + (x as f64 - 680.0) / 90.0;
        let row = flat(|x, y| bars(x, (foot(x) - 24.0..foot(x)).contains(&(y as f64 + 0.5))));
        let (grid, _) = Grid::fit(&row).unwrap();
        for x in [340, 680, 1020] {
            assert!((grid.foot(x as f64) - foot(x)).abs() < 1.0, "{x}: {grid:?}");
        }
    }

    #[test]
    fn a_bar_without_gaps_and_blank_paper_have_no_cells() {
        assert!(Grid::fit(&flat(|_, y| if (18..42).contains(&y) { 30 } else { 220 })).is_none());
        assert!(Grid::fit(&flat(|_, _| 200)).is_none());
    }
}
