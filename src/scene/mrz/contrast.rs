//! Windows around the cells of a strip, in which paper is 0 and ink is 1 whatever the light and the print.

use std::ops::Range;

use crate::pixels::Plane;
use crate::scene::mrz::levels;
use crate::scene::mrz::levels::Counts;
use crate::scene::mrz::levels::LEVELS;
use crate::scene::mrz::levels::between;
use crate::scene::mrz::levels::count;
use crate::scene::mrz::strip::Strip;

/// What is seen of a cell, [`Strip::WINDOW_COLUMNS`] columns row after row: 0 paper, 1 ink, -0.5 to 1.5.
pub type Window = [f32; Strip::HEIGHT * Strip::WINDOW_COLUMNS];

/// Values darker than most ink and lighter than most paper carry nothing more.
const LOWEST: f32 = -0.5;
const HIGHEST: f32 = 1.5;
/// Share of samples that are not lighter than the paper: ink and its blur cover less than a third of any three cells.
const PAPER: f32 = 0.7;
/// Share of samples that are not as dark as the ink: of the thinnest letters 8 % of the cell are ink.
const INK: f32 = 0.95;
/// Least distance between ink and paper, grey levels; below it noise would be stretched to ink.
const LEAST_CONTRAST: f32 = 6.0;
/// Light print is told by its longer tail of light samples.
const TAILS: [f32; 3] = [0.05, 0.5, 0.95];

const HALF: usize = Strip::HEIGHT / 2;
const CELL: usize = Strip::CELL;
/// Columns seen of each neighbour.
const MARGIN: usize = 4;

impl Strip {
    /// Columns of a window: a cell and what leans out of it into its neighbours.
    pub const WINDOW_COLUMNS: usize = CELL + 2 * MARGIN;

    /// A window of each cell; none where the plane is not as large as the cells say.
    #[must_use]
    pub fn windows(&self) -> Vec<Window> {
        let (luma, cells) = (&self.luma, self.cells);
        if cells == 0 || luma.height() != Self::HEIGHT || luma.width() != (cells + 2) * CELL {
            return Vec::new();
        }
        let halves: Vec<[Counts; 2]> =
            (0..cells).map(|cell| [0, HALF].map(|top| count(luma, columns(cell), top..top + HALF))).collect();
        let around: Vec<[Counts; 2]> = (0..cells).map(|cell| neighbourhood(&halves, cell)).collect();
        let sign = if is_light_on_dark(&around) { -1.0 } else { 1.0 };
        let share = if sign < 0.0 { 1.0 - PAPER } else { PAPER };
        let paper: Vec<[f32; 2]> = around.iter().map(|counts| [0, 1].map(|half| level(&counts[half], share))).collect();
        let ink = flatten(luma, &paper, sign);
        let contrast = contrasts(&ink, cells);
        (0..cells).map(|cell| cut(&ink, luma.width(), cell, contrast[cell])).collect()
    }
}

/// The counts of a cell and its neighbours on the line.
fn neighbourhood(halves: &[[Counts; 2]], cell: usize) -> [Counts; 2] {
    let near = &halves[cell.saturating_sub(1)..(cell + 2).min(halves.len())];
    let mut sums = [[0; LEVELS]; 2];
    for counts in near {
        for (sums, counts) in sums.iter_mut().zip(counts) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }
    sums
}

fn is_light_on_dark(around: &[[Counts; 2]]) -> bool {
    let light = around.iter().flatten().filter(|counts| {
        let [dark, middle, light] = TAILS.map(|share| level(counts, share));
        light - middle > middle - dark
    });
    light.count() > around.len()
}

/// The columns of a cell.
fn columns(cell: usize) -> Range<usize> {
    (cell + 1) * CELL..(cell + 2) * CELL
}

/// The level that `share` of the samples do not exceed.
fn level(counts: &Counts, share: f32) -> f32 {
    let all: u32 = counts.iter().map(|&count| u32::from(count)).sum();
    levels::level(counts, (share * all as f32) as u32)
}

/// Darkness below the paper, whose level runs straight from the middle of a half cell to the next.
fn flatten(luma: &Plane, paper: &[[f32; 2]], sign: f32) -> Vec<f32> {
    let mut ink = Vec::with_capacity(luma.samples().len());
    // Paper of both halves, known in the middles of the cells.
    let place = |x: usize| (x as f32 + 0.5) / CELL as f32 - 1.5;
    let columns: Vec<[f32; 2]> = (0..luma.width()).map(|x| between(paper, place(x))).collect();
    for (y, row) in luma.rows().enumerate() {
        let down = ((y as f32 + 0.5 - HALF as f32 / 2.0) / HALF as f32).clamp(-0.5, 1.5);
        ink.extend(
            row.iter()
                .zip(&columns)
                .map(|(&sample, [upper, lower])| sign * (upper + (lower - upper) * down - f32::from(sample))),
        );
    }
    ink
}

/// Ink against paper around each cell, grey levels.
fn contrasts(ink: &[f32], cells: usize) -> Vec<f32> {
    let width = (cells + 2) * CELL;
    let counted: Vec<[Counts; 2]> = (0..cells)
        .map(|cell| {
            let mut counts = [0; LEVELS];
            for row in ink.chunks_exact(width) {
                for &value in &row[columns(cell)] {
                    counts[value as u8 as usize] += 1;
                }
            }
            [counts, [0; LEVELS]]
        })
        .collect();
    (0..cells).map(|cell| level(&neighbourhood(&counted, cell)[0], INK).max(LEAST_CONTRAST)).collect()
}

fn cut(ink: &[f32], width: usize, cell: usize, contrast: f32) -> Window {
    let mut window = [0.0; Strip::HEIGHT * Strip::WINDOW_COLUMNS];
    let (left, scale) = ((cell + 1) * CELL - MARGIN, 1.0 / contrast);
    for (row, out) in ink.chunks_exact(width).zip(window.chunks_exact_mut(Strip::WINDOW_COLUMNS)) {
        for (value, out) in row[left..left + Strip::WINDOW_COLUMNS].iter().zip(out) {
            *out = (value * scale).clamp(LOWEST, HIGHEST);
        }
    }
    window
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use crate::pixels::Plane;
    use crate::scene::mrz::Strip;

    /// Three cells, each with an upright bar in its middle, whose samples `light` gives from its column and its ink.
    fn bars(light: impl Fn(usize, bool) -> u8) -> Strip {
        let sample = |at: usize| {
            let (x, y) = (at % 120, at / 120);
            light(x, (10..14).contains(&(x % 24)) && (7..30).contains(&y))
        };
        Strip { luma: Plane::new(120, 36, (0..120 * 36).map(sample).collect()), cells: 3 }
    }

    fn middle_row(strip: &Strip) -> Vec<f32> {
        strip.windows()[1][18 * Strip::WINDOW_COLUMNS..][..Strip::WINDOW_COLUMNS]
            .iter()
            .map(|value| value.round())
            .collect()
    }

    #[test]
    fn ink_is_one_and_paper_is_zero() {
        let row = middle_row(&bars(|_, is_ink| if is_ink { 30 } else { 220 }));
        assert_eq!(row.iter().position(|&value| value > 0.5), Some(14));
        assert_eq!(row.iter().sum::<f32>(), 4.0);
    }

    #[test]
    fn a_slope_of_light_and_light_print_change_nothing() {
        let plain = middle_row(&bars(|_, is_ink| if is_ink { 30 } else { 220 }));
        assert_eq!(middle_row(&bars(|x, is_ink| if is_ink { 90 } else { 120 + x as u8 })), plain);
        assert_eq!(middle_row(&bars(|_, is_ink| if is_ink { 200 } else { 30 })), plain);
    }

    #[test]
    fn a_plane_of_another_size_has_no_windows() {
        assert!(Strip { luma: Plane::new(3, 3, vec![0; 9]), cells: 3 }.windows().is_empty());
        assert!(Strip { luma: Plane::default(), cells: 0 }.windows().is_empty());
    }
}
