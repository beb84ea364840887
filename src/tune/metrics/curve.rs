use std::iter;

/// One photo with the truth and a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The larger, the worse the photo looks. A photo without a finite score is left out everywhere.
    pub score: f64,
    /// Whether the photo is bad in truth.
    pub is_bad: bool,
    /// How much the photo counts. A photo of no positive weight is left out everywhere.
    pub weight: f64,
    /// Its submission.
    pub group: u32,
}

/// What is found where all scores of at least a threshold are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// A score that occurs.
    pub threshold: f64,
    /// The weight of the bad photos found.
    pub true_positive: f64,
    /// The weight of the good photos found.
    pub false_positive: f64,
}

/// What is found at every threshold that makes a difference. Photos of one score are found together.
///
/// ```
/// use kyclint::tune::metrics::Curve;
/// use kyclint::tune::metrics::Scored;
///
/// let photo = |score, is_bad| Scored { score, is_bad, weight: 1.0, group: 0 };
/// let curve = Curve::new(&[photo(0.9, true), photo(0.5, false), photo(0.4, true), photo(0.1, false)]);
/// assert_eq!(curve.auc(), Some(0.75));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    points: Vec<CurvePoint>,
}

impl Curve {
    /// The curve of `photos`, in O(n log n).
    #[must_use]
    pub fn new(photos: &[Scored]) -> Self {
        Self::of_ranked(&ranked(photos))
    }

    pub(super) fn of_ranked(ranked: &[Scored]) -> Self {
        let mut point = CurvePoint { threshold: f64::INFINITY, true_positive: 0.0, false_positive: 0.0 };
        let points = ties(ranked).map(|tie| {
            point.find(tie);
            point
        });
        Self { points: points.collect() }
    }

    /// The points from the largest score to the least; the last one finds everything.
    #[must_use]
    pub fn points(&self) -> &[CurvePoint] {
        &self.points
    }

    /// The weight of all bad photos.
    #[must_use]
    pub fn positives(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.true_positive)
    }

    /// The weight of all good photos.
    #[must_use]
    pub fn negatives(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.false_positive)
    }

    /// Receiver operating characteristic: false positive rate and recall, from (0, 0) to (1, 1); scikit-learn's `roc_curve` with
    /// all points. `None` where no photo is bad or none is good.
    #[must_use]
    pub fn roc(&self) -> Option<Vec<(f64, f64)>> {
        let (positives, negatives) = self.both()?;
        Some(self.counts().map(|(bad, good)| (good / negatives, bad / positives)).collect())
    }

    /// Recall and precision, from (0, 1), where nothing is found, on; scikit-learn's `precision_recall_curve`, which starts at
    /// the other end. `None` where no photo is bad.
    #[must_use]
    pub fn pr(&self) -> Option<Vec<(f64, f64)>> {
        let positives = positive(self.positives())?;
        let found = self.counts().skip(1).map(|(bad, good)| (bad / positives, bad / (bad + good)));
        Some(iter::once((0.0, 1.0)).chain(found).collect())
    }

    /// Detection error tradeoff: false positive and false negative rate (Martin et al. 1997), from the last point where no good
    /// photo is found to the first one where no bad photo is missed; scikit-learn's `det_curve`, which starts at the other end.
    /// `None` where no photo is bad or none is good.
    #[must_use]
    pub fn det(&self) -> Option<Vec<(f64, f64)>> {
        let (positives, negatives) = self.both()?;
        let counts: Vec<_> = self.counts().collect();
        let first = counts.partition_point(|&(_, good)| good <= 0.0) - 1;
        let last = counts.partition_point(|&(bad, _)| bad < positives);
        Some(counts[first..=last].iter().map(|(bad, good)| (good / negatives, (positives - bad) / positives)).collect())
    }

    /// The area under the ROC curve, 0–1: how often a bad photo has a larger score than a good one, ties counted half
    /// (Hanley and `McNeil` 1982). `None` where no photo is bad or none is good.
    #[must_use]
    pub fn auc(&self) -> Option<f64> {
        let (positives, negatives) = self.both()?;
        let steps = self.counts().zip(self.counts().skip(1));
        let area: f64 = steps.map(|(before, after)| (after.1 - before.1) * (before.0 + after.0) / 2.0).sum();
        Some((area / positives / negatives).clamp(0.0, 1.0))
    }

    /// The mean of the precision over the steps of recall, 0–1, without interpolation; scikit-learn's `average_precision_score`.
    /// `None` where no photo is bad.
    #[must_use]
    pub fn average_precision(&self) -> Option<f64> {
        let pr = self.pr()?;
        Some(pr.windows(2).map(|pair| (pair[1].0 - pair[0].0) * pair[1].1).sum())
    }

    /// The weights of the bad and the good photos found: first nothing, then point by point.
    fn counts(&self) -> impl Iterator<Item = (f64, f64)> {
        iter::once((0.0, 0.0)).chain(self.points.iter().map(|point| (point.true_positive, point.false_positive)))
    }

    fn both(&self) -> Option<(f64, f64)> {
        positive(self.positives()).zip(positive(self.negatives()))
    }
}

impl CurvePoint {
    fn find(&mut self, tie: &[Scored]) {
        for photo in tie {
            self.threshold = photo.score;
            let count = if photo.is_bad { &mut self.true_positive } else { &mut self.false_positive };
            *count += photo.weight;
        }
    }
}

/// The photos that count, the worst one first.
pub(super) fn ranked(photos: &[Scored]) -> Vec<Scored> {
    let counts = |photo: &Scored| photo.score.is_finite() && photo.weight.is_finite() && photo.weight > 0.0;
    let mut ranked: Vec<Scored> = photos.iter().copied().filter(counts).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}

/// Runs of `ranked` photos of one score.
pub(super) fn ties(ranked: &[Scored]) -> impl Iterator<Item = &[Scored]> {
    ranked.chunk_by(|a, b| a.score <= b.score)
}

fn positive(weight: f64) -> Option<f64> {
    (weight > 0.0).then_some(weight)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Curve;
    use super::Scored;

    fn photos(table: &[(f64, bool, f64)]) -> Vec<Scored> {
        table.iter().map(|&(score, is_bad, weight)| Scored { score, is_bad, weight, group: 0 }).collect()
    }

    fn curve(table: &[(f64, bool, f64)]) -> Curve {
        Curve::new(&photos(table))
    }

    /// Of weight 3 bad and 4 good.
    fn small() -> Curve {
        curve(&[(5.0, true, 1.0), (4.0, false, 1.0), (3.0, true, 2.0), (3.0, false, 1.0), (1.0, false, 2.0)])
    }

    #[test]
    fn photos_of_one_score_are_found_together() {
        let counts: Vec<_> =
            small().points().iter().map(|p| (p.threshold, p.true_positive, p.false_positive)).collect();
        assert_eq!(counts, [(5.0, 1.0, 0.0), (4.0, 1.0, 1.0), (3.0, 3.0, 2.0), (1.0, 3.0, 4.0)]);
    }

    #[test]
    fn the_curves_are_shares_of_the_counts() {
        let third = 1.0 / 3.0;
        let roc = [(0.0, 0.0), (0.0, third), (0.25, third), (0.5, 1.0), (1.0, 1.0)];
        assert_eq!(small().roc().unwrap(), roc);
        let pr = [(0.0, 1.0), (third, 1.0), (third, 0.5), (1.0, 0.6), (1.0, 3.0 / 7.0)];
        assert_eq!(small().pr().unwrap(), pr);
        let det = [(0.0, 2.0 * third), (0.25, 2.0 * third), (0.5, 0.0)];
        assert_eq!(small().det().unwrap(), det);
    }

    #[test]
    fn the_areas_can_be_counted_by_eye() {
        // Of 3 x 4 pairs, the photo of score 5 wins 4; each of the two of score 3 loses 1, ties 1 and wins 2.
        assert!((small().auc().unwrap() - 9.0 / 12.0).abs() < 1e-12);
        assert!((small().average_precision().unwrap() - (1.0 + 2.0 * 0.6) / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_perfect_score_has_one_point_of_errors_and_it_is_none() {
        let perfect = curve(&[(2.0, true, 1.0), (1.5, true, 1.0), (1.0, false, 1.0)]);
        assert_eq!(perfect.det().unwrap(), [(0.0, 0.0)]);
        assert_eq!((perfect.auc(), perfect.average_precision()), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn one_class_alone_has_no_area() {
        let good = curve(&[(1.0, false, 1.0), (2.0, false, 1.0)]);
        assert_eq!(
            (good.roc(), good.pr(), good.det(), good.auc(), good.average_precision()),
            (None, None, None, None, None)
        );
        let bad = curve(&[(1.0, true, 1.0)]);
        assert_eq!((bad.roc(), bad.det(), bad.auc(), bad.average_precision()), (None, None, None, Some(1.0)));
        assert_eq!(curve(&[]).auc(), None);
    }

    #[test]
    fn photos_without_score_or_weight_are_left_out() {
        let table =
            [(f64::NAN, true, 1.0), (1.0, true, 0.0), (1.0, false, f64::NAN), (2.0, true, 1.0), (-0.0, false, 1.0)];
        assert_eq!(curve(&table).points().len(), 2);
        assert_eq!(curve(&table).auc(), Some(1.0));
        assert_eq!(curve(&[(0.0, true, 1.0), (-0.0, false, 1.0)]).points().len(), 1);
    }

    prop_compose! {
        fn table()(rows in prop::collection::vec((-6..6_i8, any::<bool>(), 1..4_u8), 1..60)) -> Vec<(f64, bool, f64)> {
            rows.into_iter().map(|(score, is_bad, weight)| (f64::from(score), is_bad, f64::from(weight))).collect()
        }
    }

    fn with_scores(table: &[(f64, bool, f64)], map: impl Fn(f64) -> f64) -> Curve {
        curve(&table.iter().map(|&(score, is_bad, weight)| (map(score), is_bad, weight)).collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn the_area_of_a_score_and_its_opposite_are_one(table in table()) {
            let areas = curve(&table).auc().zip(with_scores(&table, |score| -score).auc());
            prop_assert!(areas.is_none_or(|(one, other)| (one + other - 1.0).abs() < 1e-12));
        }

        #[test]
        fn only_the_order_of_scores_matters(table in table()) {
            let mapped = with_scores(&table, |score| score.exp() - 7.0);
            prop_assert_eq!(curve(&table).auc(), mapped.auc());
            prop_assert_eq!(curve(&table).det(), mapped.det());
            prop_assert_eq!(curve(&table).pr(), mapped.pr());
        }

        #[test]
        fn weight_two_is_the_photo_twice(table in table()) {
            let twice: Vec<_> = table.iter().flat_map(|&(score, is_bad, weight)| vec![(score, is_bad, 1.0); weight as usize]).collect();
            prop_assert_eq!(curve(&table), curve(&twice));
        }

        #[test]
        fn lower_thresholds_find_no_less(table in table()) {
            let curve = curve(&table);
            for pair in curve.points().windows(2) {
                prop_assert!(pair[0].threshold > pair[1].threshold);
                prop_assert!(pair[0].true_positive <= pair[1].true_positive);
                prop_assert!(pair[0].false_positive <= pair[1].false_positive);
            }
            prop_assert!(curve.det().is_none_or(|det| det.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 >= pair[1].1)));
        }
    }
}
