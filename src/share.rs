//! How many of how many, and how sure that is.

/// The share of a standard normal distribution above it is 2.5 %.
pub(crate) const NORMAL_QUANTILE: f64 = 1.959_963_984_540_054;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are meant.
    pub part: usize,
    /// All of them.
    pub whole: usize,
}

impl Share {
    /// The share, 0–1; `None` of nothing.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    /// Its 95 % interval by [`wilson`]; `None` of nothing.
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        wilson(self.part as f64, self.whole as f64)
    }
}

/// The 95 % interval of a share of which `successes` in `trials` were seen, 0–1 (Wilson 1927, "Probable inference, the law of
/// succession, and statistical inference").
///
/// `None` where there are no trials, or where `successes` is not one of 0 to `trials`. The trials are independent; photos of one
/// submission are not quite.
///
/// ```
/// use kyclint::share::wilson;
///
/// let (low, high) = wilson(5.0, 10.0).unwrap();
/// assert!((low - 0.2366).abs() < 1e-4 && (high - 0.7634).abs() < 1e-4);
/// ```
#[must_use]
pub fn wilson(successes: f64, trials: f64) -> Option<(f64, f64)> {
    if !(trials.is_finite() && trials > 0.0 && (0.0..=trials).contains(&successes)) {
        return None;
    }
    let share = successes / trials;
    let square = NORMAL_QUANTILE * NORMAL_QUANTILE / trials;
    let centre = share + square / 2.0;
    let reach = (square * (share * (1.0 - share) + square / 4.0)).sqrt();
    let end = |sum: f64| sum / (1.0 + square);
    Some((end(centre - reach).clamp(0.0, share), end(centre + reach).clamp(share, 1.0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Share;
    use super::wilson;

    #[test]
    fn nothing_seen_in_ten_trials_may_still_come_in_a_quarter() {
        let (low, high) = wilson(0.0, 10.0).unwrap();
        assert!(low <= 0.0 && (high - 0.277_532_799_862_889_8).abs() < 1e-12, "{high}");
        let (low, high) = wilson(10.0, 10.0).unwrap();
        assert!(high >= 1.0 && (low - 0.722_467_200_137_110_2).abs() < 1e-12, "{low}");
    }

    #[test]
    fn no_trials_have_no_interval() {
        for (successes, trials) in [(0.0, 0.0), (2.0, 1.0), (-1.0, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert_eq!(wilson(successes, trials), None);
        }
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(Share { part: 1, whole: 4 }.value(), Some(0.25));
        assert_eq!((Share::default().value(), Share::default().interval()), (None, None));
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share(trials in 0.1..1e6_f64, share in 0.0..=1.0_f64) {
            let (low, high) = wilson(share * trials, trials).unwrap();
            prop_assert!(0.0 <= low && low <= share + 1e-12 && share - 1e-12 <= high && high <= 1.0);
        }
    }
}
