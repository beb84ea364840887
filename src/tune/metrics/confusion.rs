/// Weighted counts of decisions against the truth.
///
/// ```
/// use kyclint::tune::metrics::Confusion;
///
/// let mut counts = Confusion::default();
/// counts.add(true, true, 1.0);
/// counts.add(false, true, 3.0);
/// assert_eq!(counts.precision(), Some(0.25));
/// assert_eq!(counts.recall(), Some(1.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Confusion {
    /// Bad photos that were found.
    pub true_positive: f64,
    /// Good photos that were found.
    pub false_positive: f64,
    /// Bad photos that were missed.
    pub false_negative: f64,
    /// Good photos that were left alone.
    pub true_negative: f64,
}

impl Confusion {
    /// Counts one decision.
    pub fn add(&mut self, is_bad: bool, is_found: bool, weight: f64) {
        let count = match (is_bad, is_found) {
            (true, true) => &mut self.true_positive,
            (false, true) => &mut self.false_positive,
            (true, false) => &mut self.false_negative,
            (false, false) => &mut self.true_negative,
        };
        *count += weight;
    }

    /// The share of bad photos among those found, 0–1; `None` where none is found.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        ratio(self.true_positive, self.true_positive + self.false_positive)
    }

    /// The share of those found among the bad photos, 0–1; `None` where none is bad.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        ratio(self.true_positive, self.true_positive + self.false_negative)
    }

    /// The harmonic mean of precision and recall, 0–1 (van Rijsbergen 1979); `None` where no photo is bad and none is found.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        let twice = 2.0 * self.true_positive;
        ratio(twice, twice + self.false_positive + self.false_negative)
    }

    /// The share of those found among the good photos, 0–1; `None` where none is good.
    #[must_use]
    pub fn false_positive_rate(&self) -> Option<f64> {
        ratio(self.false_positive, self.false_positive + self.true_negative)
    }
}

/// In the order of the fields, as [`Bootstrap`](super::Bootstrap) sums them.
impl From<Confusion> for [f64; 4] {
    fn from(counts: Confusion) -> Self {
        [counts.true_positive, counts.false_positive, counts.false_negative, counts.true_negative]
    }
}

/// In the order of the fields.
impl From<[f64; 4]> for Confusion {
    fn from([true_positive, false_positive, false_negative, true_negative]: [f64; 4]) -> Self {
        Self { true_positive, false_positive, false_negative, true_negative }
    }
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::Confusion;

    #[test]
    fn the_rates_are_shares_of_the_counts() {
        let counts = Confusion::from([6.0, 2.0, 4.0, 8.0]);
        assert_eq!(counts.precision(), Some(0.75));
        assert_eq!(counts.recall(), Some(0.6));
        assert_eq!(counts.f1(), Some(12.0 / 18.0));
        assert_eq!(counts.false_positive_rate(), Some(0.2));
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        let nothing = Confusion::default();
        assert_eq!([nothing.precision(), nothing.recall(), nothing.f1(), nothing.false_positive_rate()], [None; 4]);
    }

    #[test]
    fn bad_photos_of_which_none_is_found_have_no_precision_and_an_f1_of_nought() {
        let missed = Confusion::from([0.0, 0.0, 1.0, 5.0]);
        assert_eq!((missed.precision(), missed.recall(), missed.f1()), (None, Some(0.0), Some(0.0)));
    }

    #[test]
    fn decisions_are_counted_by_their_weight() {
        let mut counts = Confusion::default();
        for (is_bad, is_found, weight) in
            [(true, true, 1.0), (false, true, 2.0), (true, false, 3.0), (false, false, 4.0)]
        {
            counts.add(is_bad, is_found, weight);
        }
        assert_eq!(counts, Confusion::from([1.0, 2.0, 3.0, 4.0]));
        assert_eq!(Confusion::from(<[f64; 4]>::from(counts)), counts);
    }
}
