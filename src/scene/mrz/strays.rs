//! Characters that stand off the middles of their cells: set with widths of their own, or on paper that bends.

use std::ops::Range;

use crate::scene::mrz::line::Grid;
use crate::scene::mrz::line::PITCH;

/// Ink of a column that belongs to a character, of the mean one.
const INKED: f32 = 0.25;
/// Width of a character, pitches; what is wider ran together with its neighbour.
const WIDTHS: Range<f64> = 0.12..1.1;
/// Characters on either side that stray together with one; a single one may only look so, as an L or a J does.
const TOGETHER: usize = 2;
/// Characters among these that must stand apart.
const LEAST_APART: usize = 4;
/// Strays at most, pitches.
const FARTHEST: f64 = 0.35;

/// How far the character of each cell stands to the right of its middle, columns, neighbours taken together.
#[derive(Clone, Debug, Default)]
pub(super) struct Strays {
    first: isize,
    strays: Vec<f64>,
}

impl Strays {
    /// Those of `cells` of `grid` in a row of that ink.
    pub(super) fn of(grid: &Grid, profile: &[f32], cells: &Range<isize>) -> Self {
        let mut spans: Vec<Option<[usize; 2]>> = vec![None; cells.len()];
        for run in runs(grid, profile, cells) {
            let middle = f64::midpoint(run.start as f64, run.end as f64);
            let Some(cell) = cells.clone().position(|cell| middle < grid.place((cell + 1) as f64)) else { continue };
            let span = spans[cell].get_or_insert([run.start, run.end]);
            *span = [span[0].min(run.start), span[1].max(run.end)];
        }
        let stray = |(cell, span): (isize, &Option<[usize; 2]>)| {
            let [from, to] = (*span)?.map(|column| column as f64);
            let is_one = WIDTHS.contains(&((to - from) / grid.steps[1]));
            is_one.then(|| f64::midpoint(from, to) - grid.place(cell as f64 + 0.5))
        };
        let single: Vec<Option<f64>> = cells.clone().zip(&spans).map(stray).collect();
        Self { first: cells.start, strays: (0..single.len()).map(|at| around(&single, at)).collect() }
    }

    /// The stray at a place counted in cells, that of the nearest cell beyond the row.
    pub(super) fn at(&self, place: f64) -> f64 {
        let Some(last) = self.strays.len().checked_sub(1) else { return 0.0 };
        let place = (place - 0.5 - self.first as f64).clamp(0.0, last as f64);
        let (left, part) = (place as usize, place.fract());
        self.strays[left] + (self.strays[(left + 1).min(last)] - self.strays[left]) * part
    }
}

/// The mean stray of the characters around the one `at`; 0 where too few stand apart.
fn around(single: &[Option<f64>], at: usize) -> f64 {
    let near = &single[at.saturating_sub(TOGETHER)..(at + TOGETHER + 1).min(single.len())];
    let apart: Vec<f64> = near.iter().flatten().copied().collect();
    if apart.len() < LEAST_APART.min(near.len()) {
        return 0.0;
    }
    let mean = apart.iter().sum::<f64>() / apart.len() as f64;
    mean.clamp(-FARTHEST * PITCH, FARTHEST * PITCH)
}

/// Columns that hold ink without a gap, within `cells` and half a cell beyond.
fn runs(grid: &Grid, profile: &[f32], cells: &Range<isize>) -> Vec<Range<usize>> {
    let [from, to] = [cells.start as f64 - 0.5, cells.end as f64 + 0.5].map(|at| grid.place(at).max(0.0) as usize);
    let to = to.min(profile.len());
    let least = INKED * profile.get(from..to).map_or(0.0, |ink| ink.iter().sum::<f32>() / ink.len().max(1) as f32);
    let mut runs: Vec<Range<usize>> = Vec::new();
    for column in (from..to).filter(|column| profile[*column] > least) {
        match runs.last_mut() {
            Some(run) if run.end == column => run.end = column + 1,
            _ => runs.push(column..column + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use super::Strays;
    use crate::scene::mrz::line::Grid;

    fn grid() -> Grid {
        Grid {
            steps: [24.0, 24.0, 0.0],
            between: 0.0,
            strays: Strays::default(),
            feet: [30.0, 0.0, 0.0],
            middle: 150.0,
            reach: 100.0,
            capital: 24.0,
        }
    }

    /// Ten characters of 12 columns, moved to the right by `stray`.
    fn profile(stray: usize) -> Vec<f32> {
        (0..300)
            .map(|x: usize| if (30 + stray..270).contains(&x) && (x - 30 - stray) % 24 < 12 { 1.0 } else { 0.0 })
            .collect()
    }

    #[test]
    fn characters_in_the_middles_of_their_cells_do_not_stray() {
        let strays = Strays::of(&grid(), &profile(0), &(0..10));
        assert!((0..10).all(|cell| strays.at(f64::from(cell) + 0.5).abs() < 0.01));
    }

    #[test]
    fn characters_that_stray_together_are_followed() {
        let strays = Strays::of(&grid(), &profile(4), &(0..10));
        assert!((1..9).all(|cell| (strays.at(f64::from(cell) + 0.5) - 4.0).abs() < 0.01), "{strays:?}");
    }

    #[test]
    fn blank_rows_and_rows_run_together_do_not_stray() {
        for ink in [0.0, 1.0] {
            assert_eq!(Strays::of(&grid(), &[ink; 300], &(0..10)).at(5.0), 0.0);
        }
        assert_eq!(Strays::default().at(3.0), 0.0);
    }
}
