//! Fits the cells of a line to a flat row of print.

use std::ops::Range;

use crate::pixels::Plane;
use crate::pixels::quantile;
use crate::scene::mrz::line::Flat;
use crate::scene::mrz::line::Grid;
use crate::scene::mrz::line::PITCH;

/// Columns over which the level of the paper is taken.
const WINDOW: usize = 48;
/// Share of the samples that are not lighter than the paper, and not lighter than the ink.
const PAPER: f64 = 0.75;
const INK: f64 = 0.03;
/// Least distance of ink and paper, grey levels: below it there is noise only.
const LEAST_CONTRAST: f32 = 8.0;
/// Pitches of the pieces of which each is moved up or down by itself.
const PIECE: f64 = 4.0;
/// Rows by which they are moved at most, in heights of capitals.
const MOVED: f64 = 0.45;
/// Pitches that are tried, of the one expected from the height of the capitals.
const PITCHES: Range<f64> = 0.84..1.2;
/// Steps in which they are tried, columns: half a column at the ends of half the longest line.
const STEP: f64 = 0.05;
/// Greatest growth of cells from one to the next, columns, and the steps in which it is tried.
const GROWTH: f64 = 0.006;
const GROWTHS: i32 = 6;
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
        };
        grid.level(&ink, flat.ends);
        grid.stretch(&ink, flat.ends);
        let profile = ink.profile(&grid);
        grid.divide(&profile, flat.ends)?;
        let cells = grid.printed(&profile, flat.ends);
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
        let mut places: Vec<(f64, f64)> = (0..pieces as usize).map(|at| moved(at as f64)).collect();
        for _ in 0..3 {
            let curve = parabola(&places);
            let off: Vec<f64> = places.iter().map(|(t, shift)| (shift - value(curve, *t)).abs()).collect();
            let usual = quantile(off.clone(), 0.5, f64::total_cmp).unwrap_or(0.0);
            let limit = (3.0 * usual).max(1.0);
            let kept: Vec<(f64, f64)> =
                places.iter().zip(&off).filter(|(_, off)| **off <= limit).map(|(place, _)| *place).collect();
            if kept.len() == places.len() || kept.len() < 3 {
                break;
            }
            places = kept;
        }
        let curve = parabola(&places);
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
        let pitches = ((PITCHES.end - PITCHES.start) * PITCH / STEP) as usize;
        let pitches = (0..=pitches).map(|step| PITCHES.start * PITCH + step as f64 * STEP);
        let coarse = pitches.flat_map(|pitch| (0..pitch as usize).map(move |start| [start as f64, pitch, 0.0]));
        let [start, pitch, _] = borders.best(coarse)?.1;
        let fine = (-GROWTHS..=GROWTHS).flat_map(|growth| {
            let growth = f64::from(growth) / f64::from(GROWTHS) * GROWTH;
            let pitches = (-4..=4).map(move |step| pitch + f64::from(step) * STEP / 4.0);
            pitches.flat_map(move |pitch| (-4..=4).map(move |step| [start + f64::from(step) * 0.5, pitch, growth]))
        });
        let (ink, [start, pitch, growth]) = borders.best(fine)?;
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

    /// The steps with the least ink at the borders, and that ink. Steps are a start from the middle, a pitch and a growth.
    fn best(&self, steps: impl Iterator<Item = [f64; 3]>) -> Option<(f32, [f64; 3])> {
        let tried = steps.map(|steps| (self.at(steps), steps));
        tried.min_by(|(one, _), (other, _)| one.total_cmp(other)).filter(|_| self.mean > 0.0)
    }

    /// Mean ink at the borders; growth is charged for, since most rows have none.
    fn at(&self, [start, pitch, growth]: [f64; 3]) -> f32 {
        let cells = (self.reach / pitch) as i32 + 1;
        let (mut sum, mut count) = (0.0, 0);
        for at in -cells..=cells {
            let at = f64::from(at);
            let x = self.middle + start + at * pitch + growth * at * at;
            if let Some(ink) = self.ink.get(x as usize) {
                sum += ink;
                count += 1;
            }
        }
        let charge = GROWTH_CHARGE * (growth.abs() / GROWTH) as f32 * self.mean;
        sum / count.max(1) as f32 + charge
    }
}

/// Ink of each pixel of a flat row, 0 paper and 1 the darkest print around.
struct Ink {
    width: usize,
    height: usize,
    ink: Vec<f32>,
}

impl Ink {
    fn of(flat: &Flat) -> Self {
        let (width, height) = (flat.luma.width(), flat.luma.height());
        let windows = width.div_ceil(WINDOW).max(1);
        let levels: Vec<[f32; 2]> = (0..windows).map(|at| levels(&flat.luma, at)).collect();
        let mut ink = Vec::with_capacity(width * height);
        let columns: Vec<[f32; 2]> = (0..width)
            .map(|x| {
                let place = ((x as f32 + 0.5) / WINDOW as f32 - 0.5).clamp(0.0, (windows - 1) as f32);
                let (left, part) = (place as usize, place.fract());
                let right = (left + 1).min(windows - 1);
                [0, 1].map(|k| levels[left][k] + (levels[right][k] - levels[left][k]) * part)
            })
            .collect();
        for row in flat.luma.rows() {
            ink.extend(
                row.iter()
                    .zip(&columns)
                    .map(|(&sample, [paper, contrast])| ((paper - f32::from(sample)) / contrast).clamp(0.0, 1.0)),
            );
        }
        Self { width, height, ink }
    }

    /// Mean ink of each row within `columns`, where each column is moved up by `down` rows.
    fn rows(&self, columns: Range<usize>, down: impl Fn(f64) -> f64) -> Vec<f32> {
        let columns = columns.start.min(self.width)..columns.end.min(self.width);
        let mut rows = vec![0.0; self.height];
        for x in columns.clone() {
            let down = down(x as f64).round() as isize;
            for (y, sum) in rows.iter_mut().enumerate() {
                let y = (y as isize + down).clamp(0, self.height as isize - 1) as usize;
                *sum += self.ink[y * self.width + x];
            }
        }
        let count = columns.len().max(1) as f32;
        rows.into_iter().map(|sum| sum / count).collect()
    }

    /// Mean ink of each column between the tops and the feet of the capitals.
    fn profile(&self, grid: &Grid) -> Vec<f32> {
        let rows = grid.capital.round().max(1.0) as isize;
        (0..self.width)
            .map(|x| {
                let foot = grid.foot(x as f64).round() as isize;
                let sum: f32 = (foot - rows..foot)
                    .filter(|y| (0..self.height as isize).contains(y))
                    .map(|y| self.ink[y as usize * self.width + x])
                    .sum();
                sum / rows as f32
            })
            .collect()
    }
}

/// The level of the paper in window `at`, and how much darker the ink is.
fn levels(luma: &Plane, at: usize) -> [f32; 2] {
    let columns = at * WINDOW..((at + 1) * WINDOW).min(luma.width());
    let samples: Vec<u8> = luma.rows().flat_map(|row| row[columns.clone()].iter().copied()).collect();
    let level = |share| f32::from(quantile(samples.clone(), share, u8::cmp).unwrap_or(0));
    let paper = level(PAPER);
    [paper, (paper - level(INK)).max(LEAST_CONTRAST)]
}

/// Where between -0.5 and 0.5 the parabola through three values at -1, 0 and 1 is highest.
fn vertex(before: f32, here: f32, after: f32) -> f64 {
    let bend = 2.0 * here - before - after;
    if bend > 0.0 { f64::from((after - before) / (2.0 * bend)).clamp(-0.5, 0.5) } else { 0.0 }
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
    for row in terms..3 {
        matrix[row][row] = 1.0;
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
        for (at, other) in matrix.iter_mut().enumerate().filter(|(at, _)| *at != pivot) {
            let factor = other[pivot];
            let _ = at;
            other.iter_mut().zip(row).for_each(|(entry, entry_of_pivot)| *entry -= factor * entry_of_pivot);
        }
    }
    matrix.map(|row| row[3])
}
