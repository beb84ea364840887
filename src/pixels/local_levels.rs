use std::collections::VecDeque;
use std::ops::Range;

use super::Plane;

/// Levels are told apart in steps of two.
const BINS: usize = 128;
/// Samples a side of a cell at least, where the plane has them; what is denser is sampled.
const SAMPLES: usize = 5;
/// Share of a full window that must be there.
const LEAST: f32 = 0.25;

/// Bins that are looked at together.
const BLOCK: usize = 16;

type Counts = [u16; BINS];

/// Levels of neighbourhoods: of each of `columns` x `rows` cells that cover `plane` evenly, row after row, the level that
/// the `share` of samples in the 3 x 3 cells around it do not exceed, to one grey level. Only samples within the columns
/// `spans` of each row count; `None` where there are hardly any.
#[must_use]
pub fn local_levels(
    plane: &Plane,
    spans: &[Range<usize>],
    [columns, rows]: [usize; 2],
    share: f32,
) -> Vec<Option<f32>> {
    let (width, height) = (plane.width(), plane.height());
    if plane.samples().is_empty() || columns == 0 || rows == 0 {
        return vec![None; columns * rows];
    }
    let step = ((width / columns).min(height / rows) / SAMPLES).max(1);
    let cell = (width * height) as f32 / (columns * rows * step * step) as f32;
    let least = (LEAST * cell * columns.min(3) as f32 * rows.min(3) as f32) as u32;
    let counted = |row: usize| {
        let lines = (row * height / rows).min(height - 1)..((row + 1) * height / rows).max(row * height / rows + 1);
        count(plane, spans, columns, lines, step)
    };
    let mut window = VecDeque::from([counted(0)]);
    let mut sums = window[0].clone();
    let mut levels = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        if row + 1 < rows {
            let below = counted(row + 1);
            sums.iter_mut().zip(&below).for_each(|(sum, counts)| add(sum, counts));
            window.push_back(below);
        }
        let mut around = sums[0];
        for column in 0..columns {
            if let Some(right) = sums.get(column + 1) {
                add(&mut around, right);
            }
            levels.push(level(&around, share, least));
            if let Some(left) = column.checked_sub(1) {
                subtract(&mut around, &sums[left]);
            }
        }
        if window.len() == 3 {
            let above = window.pop_front().unwrap_or_default();
            sums.iter_mut().zip(&above).for_each(|(sum, counts)| subtract(sum, counts));
        }
    }
    levels
}

/// Histograms of a row of cells.
fn count(plane: &Plane, spans: &[Range<usize>], columns: usize, lines: Range<usize>, step: usize) -> Vec<Counts> {
    let width = plane.width();
    let mut counts = vec![[0; BINS]; columns];
    for y in lines.step_by(step) {
        let (row, span) = (plane.row(y), spans.get(y).cloned().unwrap_or(0..0));
        for (column, counts) in counts.iter_mut().enumerate() {
            let start = (column * width / columns).max(span.start);
            let end = ((column + 1) * width / columns).max(column * width / columns + 1).min(span.end);
            for sample in row.get(start..end).unwrap_or_default().iter().step_by(step) {
                counts[usize::from(sample >> 1)] += 1;
            }
        }
    }
    counts
}

fn add(sums: &mut Counts, counts: &Counts) {
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum = sum.wrapping_add(*count);
    }
}

fn subtract(sums: &mut Counts, counts: &Counts) {
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum = sum.wrapping_sub(*count);
    }
}

fn level(counts: &Counts, share: f32, least: u32) -> Option<f32> {
    let all = total(counts);
    let mut above = ((1.0 - share) * all as f32) as u32;
    if all < least.max(1) {
        return None;
    }
    // From the top, many at a time first.
    let mut bin = BINS;
    for counts in counts.rchunks(BLOCK) {
        let block = total(counts);
        if block > above {
            let from_the_top = counts.iter().rev().position(|&count| {
                let is_there = u32::from(count) > above;
                above = above.saturating_sub(u32::from(count));
                is_there
            });
            return Some(2.0 * (bin - 1 - from_the_top?) as f32 + 0.5);
        }
        above -= block;
        bin -= counts.len();
    }
    None
}

fn total(counts: &[u16]) -> u32 {
    counts.iter().map(|&count| u32::from(count)).sum()
}

#[cfg(test)]
mod tests {
    use super::local_levels;
    use crate::pixels::Plane;

    #[test]
    fn a_few_dark_samples_do_not_change_the_level_of_their_neighbourhood() {
        let samples = (0..900).map(|at| if at % 5 == 0 { 10 } else { 200 }).collect();
        let levels = local_levels(&Plane::new(30, 30, samples), &vec![0..30; 30], [6, 6], 0.85);
        assert!(levels.iter().all(|level| *level == Some(200.5)), "{levels:?}");
    }

    #[test]
    fn what_lies_outside_the_spans_does_not_count() {
        let samples = (0..900).map(|at| if at % 30 < 15 { 100 } else { 255 }).collect();
        let levels = local_levels(&Plane::new(30, 30, samples), &vec![0..15; 30], [10, 10], 0.85);
        assert_eq!([levels[2], levels[4], levels[8]], [Some(100.5), Some(100.5), None]);
    }

    #[test]
    fn tiny_planes_have_levels_too() {
        assert_eq!(local_levels(&Plane::new(1, 1, vec![7]), &[0..1, 0..1], [1, 1], 0.85), [Some(6.5)]);
        assert_eq!(local_levels(&Plane::default(), &[], [2, 1], 0.85), [None, None]);
        let wide = Plane::new(2, 2, vec![8; 4]);
        assert_eq!(local_levels(&wide, &[0..2, 0..2], [3, 3], 0.85).len(), 9);
    }
}
