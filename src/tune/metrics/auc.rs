use super::curve::Curve;
use super::curve::Scored;
use super::curve::ranked;
use super::curve::ties;
use super::estimate::Estimate;
use super::estimate::student_quantile;
use super::groups::sum_by_group;
use crate::share::wilson;

/// What lies below it is rounding: the variance of a score that parts all bad photos from all good ones is 0.
const LEAST_VARIANCE: f64 = 1e-28;

/// The area under the ROC curve with a 95 % interval that allows for photos of one group to be alike, in O(n log n).
///
/// The variance is that of Obuchowski 1997 ("Nonparametric analysis of clustered ROC curve data"), each photo by its weight; the
/// interval is symmetric on the logit scale (Pepe 2003), with the quantile of Student's t for as many groups as hold the rarer
/// class. Where bad and good photos do not overlap there is no variance: the interval is then Wilson's, with as many trials.
///
/// `None` where fewer than two groups have a bad photo, or fewer than two a good one.
#[must_use]
pub fn auc_with_interval(photos: &[Scored]) -> Option<Estimate> {
    curve_with_interval(photos).1
}

/// The curve of `photos` and its area as of [`auc_with_interval`], for the price of one sort.
#[must_use]
pub fn curve_with_interval(photos: &[Scored]) -> (Curve, Option<Estimate>) {
    let ranked = ranked(photos);
    let curve = Curve::of_ranked(&ranked);
    let area = area(&ranked, &curve);
    (curve, area)
}

fn area(ranked: &[Scored], curve: &Curve) -> Option<Estimate> {
    let value = curve.auc()?;
    let groups = sum_by_group(components(ranked, curve, value));
    let rarer = [2, 3].map(|class| groups.iter().filter(|group| group[class] > 0.0).count()).into_iter().min()?;
    if rarer < 2 {
        return None;
    }
    let variance = variance(&groups);
    let (low, high) = if variance < LEAST_VARIANCE {
        wilson(value * rarer as f64, rarer as f64)?
    } else {
        logit_interval(value, student_quantile(rarer as f64 - 1.0) * variance.sqrt())
    };
    Some(Estimate { value, low: low.min(value), high: high.max(value) })
}

/// What each photo adds to the error of the area, as its group, then by class: the structural component of a bad photo (how often
/// it has the larger score than good ones, less the area) or else of a good one, and whether it is bad or good.
fn components(ranked: &[Scored], curve: &Curve, area: f64) -> Vec<(u32, [f64; 4])> {
    let (positives, negatives) = (curve.positives(), curve.negatives());
    let mut components = Vec::with_capacity(ranked.len());
    let mut above = (0.0_f64, 0.0_f64);
    for (tie, point) in ties(ranked).zip(curve.points()) {
        let of_bad = 1.0 - above.1.midpoint(point.false_positive) / negatives - area;
        let of_good = above.0.midpoint(point.true_positive) / positives - area;
        let component = |photo: &Scored| match (photo.is_bad, photo.weight) {
            (true, weight) => [weight * of_bad / positives, 0.0, 1.0, 0.0],
            (false, weight) => [0.0, weight * of_good / negatives, 0.0, 1.0],
        };
        components.extend(tie.iter().map(|photo| (photo.group, component(photo))));
        above = (point.true_positive, point.false_positive);
    }
    components
}

/// Obuchowski 1997, from the sums of the components by group.
fn variance(groups: &[[f64; 4]]) -> f64 {
    let sum = |term: fn(&[f64; 4]) -> f64| groups.iter().map(term).sum::<f64>();
    let unbiased = |count: f64| count / (count - 1.0);
    let having = |class: usize| groups.iter().filter(|group| group[class] > 0.0).count() as f64;
    let bad = unbiased(having(2)) * sum(|group| group[0] * group[0]);
    let good = unbiased(having(3)) * sum(|group| group[1] * group[1]);
    let both = unbiased(groups.len() as f64) * sum(|group| group[0] * group[1]);
    bad + good + 2.0 * both
}

/// `value` plus and minus `reach`, which is carried over to the logit scale there and back.
fn logit_interval(value: f64, reach: f64) -> (f64, f64) {
    let logit = (value / (1.0 - value)).ln();
    let reach = reach / (value * (1.0 - value));
    let share = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    (share(logit - reach), share(logit + reach))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn photos(table: &[(f64, bool, f64, u32)]) -> Vec<Scored> {
        table.iter().map(|&(score, is_bad, weight, group)| Scored { score, is_bad, weight, group }).collect()
    }

    fn variance_of(photos: &[Scored]) -> f64 {
        let ranked = ranked(photos);
        let curve = Curve::of_ranked(&ranked);
        variance(&sum_by_group(components(&ranked, &curve, curve.auc().unwrap())))
    }

    // DeLong, DeLong and Clarke-Pearson 1988, for groups of one photo.
    #[test]
    fn the_variance_of_single_photos_is_that_of_delong() {
        let table = [(4.0, true, 1.0, 0), (2.0, true, 1.0, 1), (3.0, false, 1.0, 2), (1.0, false, 1.0, 3)];
        // The components of the bad photos are 1 and 1/2, those of the good ones 1/2 and 1: each a variance of 1/8 over two photos.
        assert!((variance_of(&photos(&table)) - 0.125).abs() < 1e-12);
    }

    #[test]
    fn a_photo_twice_in_its_group_is_no_news() {
        let once = [(4.0, true, 1.0, 0), (2.0, true, 1.0, 1), (3.0, false, 1.0, 2), (1.0, false, 1.0, 3)];
        let twice: Vec<_> = once.iter().flat_map(|row| [*row, *row]).collect();
        assert!((variance_of(&photos(&once)) - variance_of(&photos(&twice))).abs() < 1e-12);
        let apart: Vec<_> =
            once.iter().chain(&once).enumerate().map(|(at, row)| (row.0, row.1, row.2, at as u32)).collect();
        assert!(variance_of(&photos(&apart)) < 0.7 * variance_of(&photos(&once)));
    }

    #[test]
    fn classes_apart_have_an_interval_up_to_one() {
        let table: Vec<_> = (0..20).map(|at| (f64::from(at), at >= 10, 0.3, at)).collect();
        let estimate = auc_with_interval(&photos(&table)).unwrap();
        assert!(estimate.value > 1.0 - 1e-12 && estimate.high > 1.0 - 1e-12, "{estimate:?}");
        assert!((estimate.low - 0.722_467_200_137_110_2).abs() < 1e-12, "{estimate:?}");
    }

    #[test]
    fn one_group_of_a_class_has_no_interval() {
        let table = [(4.0, true, 1.0, 0), (2.0, true, 1.0, 0), (3.0, false, 1.0, 2), (1.0, false, 1.0, 3)];
        assert_eq!(auc_with_interval(&photos(&table)), None);
        assert_eq!(auc_with_interval(&[]), None);
    }

    prop_compose! {
        fn table()(rows in prop::collection::vec((-9..9_i8, any::<bool>(), 1..4_u8, 0..12_u32), 1..60)) -> Vec<Scored> {
            let rows = rows.into_iter();
            rows.map(|(score, is_bad, weight, group)| Scored { score: f64::from(score), is_bad, weight: f64::from(weight), group }).collect()
        }
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_area(table in table()) {
            if let Some(Estimate { value, low, high }) = auc_with_interval(&table) {
                prop_assert_eq!(Some(value), Curve::new(&table).auc());
                prop_assert!(0.0 <= low && low <= value && value <= high && high <= 1.0);
            }
        }

        #[test]
        fn the_opposite_score_has_the_mirrored_interval(table in table()) {
            let opposite: Vec<_> = table.iter().map(|photo| Scored { score: -photo.score, ..*photo }).collect();
            let pair = auc_with_interval(&table).zip(auc_with_interval(&opposite));
            prop_assert!(pair.is_none_or(|(one, other)| (one.low + other.high - 1.0).abs() < 1e-9 && (one.high + other.low - 1.0).abs() < 1e-9));
        }

        #[test]
        fn weight_two_is_the_photo_twice_in_its_group(table in table()) {
            let single = |photo: &Scored| vec![Scored { weight: 1.0, ..*photo }; photo.weight as usize];
            let twice: Vec<_> = table.iter().flat_map(single).collect();
            let pair = auc_with_interval(&table).zip(auc_with_interval(&twice));
            prop_assert!(pair.is_none_or(|(one, other)| (one.low - other.low).abs() < 1e-9 && (one.high - other.high).abs() < 1e-9));
        }
    }
}
