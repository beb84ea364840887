//! Grey levels of print and of what is around it, by how often they occur.

use std::ops::Range;

use crate::pixels::Plane;

/// Grey levels there are.
pub(super) const LEVELS: usize = 256;

/// How often each level occurs, among 65,535 samples at most.
pub(super) type Counts = [u16; LEVELS];

/// How often each level occurs in a window of `luma`.
pub(super) fn count(luma: &Plane, columns: Range<usize>, rows: Range<usize>) -> Counts {
    let mut counts = [0; LEVELS];
    for row in rows {
        for &sample in &luma.row(row)[columns.clone()] {
            counts[usize::from(sample)] += 1;
        }
    }
    counts
}

/// The level of the sample that has so many before it in the order of levels; the greatest where there are fewer.
pub(super) fn level(counts: &Counts, mut before: u32) -> f32 {
    let reached = counts.iter().position(|&count| {
        let is_there = u32::from(count) > before;
        before = before.saturating_sub(u32::from(count));
        is_there
    });
    reached.unwrap_or(LEVELS - 1) as f32
}

/// Two values at a `place` between those of two neighbours among `values`, counted from the first; at the ends the values there.
pub(super) fn between(values: &[[f32; 2]], place: f32) -> [f32; 2] {
    let last = values.len() - 1;
    let place = place.clamp(0.0, last as f32);
    let left = place as usize;
    let (right, part) = ((left + 1).min(last), place - left as f32);
    [0, 1].map(|at| values[left][at] + (values[right][at] - values[left][at]) * part)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use super::between;
    use super::count;
    use super::level;
    use crate::pixels::Plane;

    #[test]
    fn levels_are_those_of_samples_in_their_order() {
        let mut counts = [0; 256];
        (counts[10], counts[20], counts[200]) = (2, 1, 3);
        assert_eq!([0, 1, 2, 3, 5].map(|before| level(&counts, before)), [10.0, 10.0, 20.0, 200.0, 200.0]);
    }

    #[test]
    fn only_the_window_is_counted() {
        let counts = count(&Plane::new(3, 2, vec![1, 2, 2, 3, 2, 9]), 1..3, 0..2);
        assert_eq!([1, 2, 3, 9].map(|level: usize| counts[level]), [0, 3, 0, 1]);
    }

    #[test]
    fn values_run_straight_between_neighbours_and_stay_beyond() {
        let values = [[0.0, 10.0], [4.0, 30.0]];
        assert_eq!([-1.0, 0.25, 7.0].map(|place| between(&values, place)), [[0.0, 10.0], [1.0, 15.0], [4.0, 30.0]]);
    }
}
