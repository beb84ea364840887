//! The population stability index: how much the shares of bins differ (Siddiqi, Credit Risk Scorecards, 2006; the symmetric divergence of
//! Jeffreys, 1946, and Kullback and Leibler, 1951).

/// Share of all runs in which chance alone does not exceed [`by_chance`], as a deviate of the normal distribution: 0.9999.
const DEVIATE: f64 = 3.719;

/// Bins between the tenths of a distribution, and one of what has no number.
///
/// A value at which several tenths meet (a count, a share that mostly is 1) has a bin of its own, with those below and above it beside;
/// so a shift away from it is seen on either side.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// From small to large, the value of each bound and whether it lies above the value itself.
    bounds: Vec<(f64, bool)>,
}

impl Bins {
    /// Those of the finite numbers `sorted` from small to large: bounds are the nine numbers below which lie 10, 20 … 90 % or a little
    /// more. Without numbers there is one bin for all.
    ///
    /// ```
    /// use kyclint::compare::drift::Bins;
    ///
    /// let bins = Bins::of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]);
    /// assert_eq!(bins.counts(&[0.5, 1.0, 1.5, 99.0], 2), [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    /// ```
    #[must_use]
    pub fn of(sorted: &[f64]) -> Self {
        let mut bounds: Vec<(f64, bool)> = Vec::new();
        for tenth in 1..=9 {
            let Some(&value) = (sorted.len() * tenth).div_ceil(10).checked_sub(1).and_then(|at| sorted.get(at)) else {
                continue;
            };
            match bounds.as_slice() {
                // No bound is above the value: one that is not below it is the value itself.
                [.., (below, false), (_, true)] if *below >= value => {}
                [.., (last, true)] if *last >= value => bounds.insert(bounds.len() - 1, (value, false)),
                _ => bounds.push((value, true)),
            }
        }
        Self { bounds }
    }

    /// How many of the finite numbers `sorted` from small to large lie in each bin; last stands `not_assessed`, how many have none.
    #[must_use]
    pub fn counts(&self, sorted: &[f64], not_assessed: usize) -> Vec<usize> {
        let below = |&(bound, is_above): &(f64, bool)| {
            sorted.partition_point(|number| if is_above { *number <= bound } else { *number < bound })
        };
        let ends: Vec<usize> = self.bounds.iter().map(below).chain([sorted.len()]).collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        ends.iter().zip(starts).map(|(end, start)| end - start).chain([not_assessed]).collect()
    }
}

/// `Σ (q − p) ln(q / p)` over bins that hold the shares p and q of the photos counted in `old` and `new`; 0 or more, and 0 where all shares
/// are equal.
///
/// A bin that one side leaves empty counts there as half a photo, one that both leave empty as none. Without photos on a side it is 0.
///
/// ```
/// use kyclint::compare::drift::psi;
///
/// assert_eq!(psi(&[10, 30], &[10, 30]), 0.0);
/// let index = psi(&[50, 50], &[75, 25]);
/// assert!((index - 0.25 * 3.0_f64.ln()).abs() < 1e-12);
/// ```
#[must_use]
pub fn psi(old: &[usize], new: &[usize]) -> f64 {
    let (olds, news) = (total(old), total(new));
    if olds == 0.0 || news == 0.0 {
        return 0.0;
    }
    let share = |count: usize, total: f64| (count as f64).max(0.5) / total;
    let term = |(p, q): (f64, f64)| (q - p) * (q / p).ln();
    occupied(old, new).map(|(old, new)| term((share(old, olds), share(new, news)))).sum()
}

/// What the index of two samples of one distribution exceeds once in ten thousand times.
///
/// It is then distributed as (1/n + 1/m) χ² with one degree of freedom less than bins (Yurdakul and Naranjo, Statistical properties of the
/// population stability index, Journal of Risk Model Validation 2020); the quantile of χ² is that of Wilson and Hilferty (1931).
#[must_use]
pub fn by_chance(old: &[usize], new: &[usize]) -> f64 {
    let (olds, news) = (total(old), total(new));
    let freedom = occupied(old, new).count().saturating_sub(1) as f64;
    if freedom == 0.0 || olds == 0.0 || news == 0.0 {
        return 0.0;
    }
    let spread = 2.0 / (9.0 * freedom);
    let quantile = freedom * (1.0 - spread + DEVIATE * spread.sqrt()).powi(3);
    (1.0 / olds + 1.0 / news) * quantile
}

/// The counts of bins that a side has photos in.
fn occupied(old: &[usize], new: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    old.iter().copied().zip(new.iter().copied()).filter(|counts| *counts != (0, 0))
}

fn total(counts: &[usize]) -> f64 {
    counts.iter().sum::<usize>() as f64
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use super::Bins;
    use super::by_chance;
    use super::psi;
    use proptest::prelude::*;

    fn whole(range: std::ops::RangeInclusive<u32>) -> Vec<f64> {
        range.map(f64::from).collect()
    }

    fn index(old: &[f64], new: &[f64]) -> f64 {
        let bins = Bins::of(old);
        psi(&bins.counts(old, 0), &bins.counts(new, 0))
    }

    #[test]
    fn a_shift_by_half_the_range_is_worth_what_it_is_by_hand() {
        // Five bins lose all (0.1 to half a photo of 100), the last one gains half of all photos:
        // 5 · 0.095 · ln 20 + 0.5 · ln 6 = 1.422973 + 0.895880.
        let index = index(&whole(1..=100), &whole(51..=150));
        assert!((index - 2.318_853).abs() < 1e-6, "{index}");
    }

    #[test]
    fn a_value_that_most_have_is_a_bin_with_bins_on_either_side() {
        let most = [vec![1.0; 97], vec![2.0; 3]].concat();
        assert_eq!(Bins::of(&most).counts(&[0.5, 1.0, 1.0, 1.5, 2.0], 0), [1, 2, 2, 0]);
        assert_eq!(Bins::of(&[1.0; 100]).counts(&[0.5, 1.0, 1.5], 7), [1, 1, 1, 7]);
        // 0.99 · ln 200, less half a photo of 100, twice: all have left the value for one that nobody had.
        assert!(index(&[1.0; 100], &[0.5; 100]) > 10.0 && index(&[1.0; 100], &[1.5; 100]) > 10.0);
    }

    #[test]
    fn two_values_are_two_bins_with_bins_around() {
        let halves = [vec![0.0; 50], vec![1.0; 50]].concat();
        assert_eq!(Bins::of(&halves).counts(&[-1.0, 0.0, 0.5, 1.0, 2.0], 0), [1, 1, 1, 1, 1, 0]);
        assert_eq!(Bins::of(&[-0.0, 0.0]).counts(&[0.0, -0.0], 0), [0, 2, 0, 0]);
    }

    #[test]
    fn what_has_no_number_is_a_bin_of_its_own() {
        let bins = Bins::of(&whole(1..=90));
        assert_eq!(psi(&bins.counts(&whole(1..=90), 10), &bins.counts(&whole(1..=90), 10)), 0.0);
        // Twice as many have none: (0.2 − 0.1) ln 2 and nine times (0.0888… − 0.1) ln 0.888… .
        let index = psi(&[10, 10, 10, 10, 10, 10, 10, 10, 10, 10], &[80, 80, 80, 80, 80, 80, 80, 80, 80, 180]);
        assert!((index - (0.1 * 2.0_f64.ln() + 0.1 * 1.125_f64.ln())).abs() < 1e-12, "{index}");
        assert_eq!(Bins::of(&[]).counts(&[], 3), [0, 3]);
    }

    #[test]
    fn the_index_needs_to_be_larger_where_photos_are_few() {
        // χ² with 9 degrees of freedom exceeds 33.72 once in ten thousand times.
        let of = |each: usize| by_chance(&[each; 10], &[each; 10]);
        assert!((of(5) * 25.0 / 33.72 - 1.0).abs() < 0.015, "{}", of(5));
        assert!((of(5) / of(500) - 100.0).abs() < 1e-9);
        assert_eq!(by_chance(&[5, 0], &[7, 0]), 0.0);
    }

    fn counts() -> impl Strategy<Value = (Vec<usize>, Vec<usize>)> {
        (1_usize..12).prop_flat_map(|bins| {
            let side = || prop::collection::vec(0_usize..40, bins);
            (side(), side())
        })
    }

    proptest! {
        #[test]
        fn the_index_of_counts_is_symmetric_and_never_negative((old, new) in counts()) {
            let index = psi(&old, &new);
            prop_assert!(index >= 0.0 && index.is_finite());
            prop_assert!((index - psi(&new, &old)).abs() < 1e-9 * (1.0 + index));
            prop_assert_eq!(psi(&old, &old), 0.0);
        }

        #[test]
        fn every_number_lies_in_one_bin(mut old in prop::collection::vec(-9..9_i8, 0..60), mut new in prop::collection::vec(-12..12_i8, 0..60)) {
            old.sort_unstable();
            new.sort_unstable();
            let [old, new] = [old, new].map(|numbers| numbers.into_iter().map(f64::from).collect::<Vec<_>>());
            let bins = Bins::of(&old);
            prop_assert_eq!(bins.counts(&new, 0).iter().sum::<usize>(), new.len());
            prop_assert_eq!(index(&old, &old), 0.0);
        }
    }
}
