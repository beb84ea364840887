//! Ink of a flat row of print against the paper around it.

use std::ops::Range;

use crate::pixels::Plane;
use crate::scene::mrz::levels::between;
use crate::scene::mrz::levels::count;
use crate::scene::mrz::levels::level;
use crate::scene::mrz::line::Flat;
use crate::scene::mrz::line::Grid;

/// Columns over which the level of the paper is taken.
const WINDOW: usize = 48;
/// Share of the samples that are not lighter than the paper, and not lighter than the ink.
const PAPER: f64 = 0.75;
const INK: f64 = 0.03;
/// Least distance of ink and paper, grey levels: below it there is noise only.
const LEAST_CONTRAST: f32 = 8.0;
/// The darkest print around.
const FULL: f32 = 255.0;

/// Ink of each pixel of a flat row, 0 paper and [`FULL`] the darkest print around.
pub(super) struct Ink {
    ink: Plane,
}

impl Ink {
    pub(super) fn of(flat: &Flat) -> Self {
        let (width, height) = (flat.luma.width(), flat.luma.height());
        let levels: Vec<[f32; 2]> = (0..width.div_ceil(WINDOW)).map(|at| levels(&flat.luma, at)).collect();
        let place = |x: usize| (x as f32 + 0.5) / WINDOW as f32 - 0.5;
        let columns: Vec<[f32; 2]> =
            (0..width).map(|x| between(&levels, place(x))).map(|[p, c]| [p, FULL / c]).collect();
        let mut ink = Vec::with_capacity(width * height);
        for row in flat.luma.rows() {
            let share = |(&sample, [paper, scale]): (&u8, &[f32; 2])| ((paper - f32::from(sample)) * scale) as u8;
            ink.extend(row.iter().zip(&columns).map(share));
        }
        Self { ink: Plane::new(width, height, ink) }
    }

    /// Mean ink of each row within `columns`, 0–1, where each column is moved up by `down` rows.
    pub(super) fn rows(&self, columns: Range<usize>, down: impl Fn(f64) -> f64) -> Vec<f32> {
        let columns = columns.start.min(self.ink.width())..columns.end.min(self.ink.width());
        let downs: Vec<isize> = columns.clone().map(|x| down(x as f64).round() as isize).collect();
        let mut sums = vec![0; self.ink.height()];
        let mut start = columns.start;
        for run in downs.chunk_by(|one, other| one == other) {
            self.add_rows(start..start + run.len(), run[0], &mut sums);
            start += run.len();
        }
        let whole = FULL * columns.len().max(1) as f32;
        sums.into_iter().map(|sum| sum as f32 / whole).collect()
    }

    fn add_rows(&self, columns: Range<usize>, down: isize, sums: &mut [u32]) {
        let last = self.ink.height() as isize - 1;
        for (y, sum) in sums.iter_mut().enumerate() {
            let row = self.ink.row((y as isize + down).clamp(0, last) as usize);
            *sum += row[columns.clone()].iter().map(|&ink| u32::from(ink)).sum::<u32>();
        }
    }

    /// Mean ink of each column between the tops and the feet of the capitals, 0–1.
    pub(super) fn profile(&self, grid: &Grid) -> Vec<f32> {
        let rows = grid.capital.round().max(1.0) as i32;
        let feet: Vec<i32> = (0..self.ink.width()).map(|x| grid.foot(x as f64).round() as i32).collect();
        let mut sums = vec![0_u32; self.ink.width()];
        for (y, row) in (0_i32..).zip(self.ink.rows()) {
            for ((sum, &ink), &foot) in sums.iter_mut().zip(row).zip(&feet) {
                let is_inside = y < foot && y >= foot - rows;
                *sum += if is_inside { u32::from(ink) } else { 0 };
            }
        }
        sums.into_iter().map(|sum| sum as f32 / (FULL * rows as f32)).collect()
    }
}

/// The level of the paper in window `at`, and how much darker the ink is.
fn levels(luma: &Plane, at: usize) -> [f32; 2] {
    let columns = at * WINDOW..((at + 1) * WINDOW).min(luma.width());
    let counts = count(luma, columns.clone(), 0..luma.height());
    let last = (columns.len() * luma.height()).saturating_sub(1) as f64;
    let level = |share: f64| level(&counts, (last * share).round() as u32);
    let paper = level(PAPER);
    [paper, (paper - level(INK)).max(LEAST_CONTRAST)]
}
