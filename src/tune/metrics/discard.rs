/// The share of discarded photos up to which [`Edc::relative_area`] goes: more are not thrown out in practice (Schlett et al.
/// 2024, "Considerations on the evaluation of biometric quality assessment algorithms").
pub const AREA_UP_TO: f64 = 0.2;

/// A photo that was used for something, and whether that failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// The larger, the worse the photo looks. A photo without a finite score is left out.
    pub score: f64,
    /// Whether it failed.
    pub is_error: bool,
    /// How much the photo counts. A photo of no positive weight is left out.
    pub weight: f64,
}

/// An error-versus-discard characteristic.
#[derive(Clone, Debug, PartialEq)]
pub struct Edc {
    /// Shares of the photos discarded, 0–1, and the error rate among the rest, 0–1.
    pub points: Vec<(f64, f64)>,
    /// The area under the curve up to [`AREA_UP_TO`], in units of that of a score that knows nothing: 1 is no information, less is
    /// better. `None` where there are no errors.
    pub relative_area: Option<f64>,
}

/// How the error rate falls where the worst-looking photos are discarded (ISO/IEC 29794-1:2024; Grother and Tabassi 2007,
/// "Performance of biometric quality measures").
///
/// Photos of one score are discarded in random order, so that a part of them takes that part of their errors along; what a share
/// takes of one photo alike.
///
/// `None` where no photo counts, or where a share is below 0, or 1 and more.
///
/// ```
/// use kyclint::tune::metrics::Attempt;
/// use kyclint::tune::metrics::error_versus_discard;
///
/// let attempt = |score, is_error| Attempt { score, is_error, weight: 1.0 };
/// let attempts = [attempt(4.0, true), attempt(3.0, false), attempt(2.0, true), attempt(1.0, false)];
/// let edc = error_versus_discard(&attempts, &[0.0, 0.25, 0.5]).unwrap();
/// assert_eq!(edc.points, [(0.0, 0.5), (0.25, 1.0 / 3.0), (0.5, 0.5)]);
/// ```
#[must_use]
pub fn error_versus_discard(attempts: &[Attempt], shares: &[f64]) -> Option<Edc> {
    let discards = Discards::new(attempts);
    let all = discards.all;
    if all.weight <= 0.0 || !shares.iter().all(|share| (0.0..1.0).contains(share)) {
        return None;
    }
    let points = shares.iter().map(|&share| (share, discards.error_rate(share * all.weight))).collect();
    let relative_area = (all.errors > 0.0).then(|| discards.area(AREA_UP_TO * all.weight) / (AREA_UP_TO * all.errors));
    Some(Edc { points, relative_area })
}

/// Weights of photos discarded so far.
#[derive(Clone, Copy)]
struct Discarded {
    weight: f64,
    errors: f64,
}

/// What is discarded after each tie, the worst-looking photos first.
struct Discards {
    steps: Vec<Discarded>,
    all: Discarded,
}

impl Discards {
    fn new(attempts: &[Attempt]) -> Self {
        let mut all = Discarded { weight: 0.0, errors: 0.0 };
        let mut steps = vec![all];
        for tie in ranked(attempts).chunk_by(|a, b| a.score <= b.score) {
            for attempt in tie {
                all.weight += attempt.weight;
                all.errors += if attempt.is_error { attempt.weight } else { 0.0 };
            }
            steps.push(all);
        }
        Self { steps, all }
    }

    /// Among what is left where `weight`, less than all, is discarded.
    fn error_rate(&self, weight: f64) -> f64 {
        let after = self.steps.partition_point(|step| step.weight <= weight);
        let (before, after) = (self.steps[after - 1], self.steps[after]);
        let part = (weight - before.weight) / (after.weight - before.weight);
        let discarded = before.errors + part * (after.errors - before.errors);
        ((self.all.errors - discarded) / (self.all.weight - weight)).max(0.0)
    }

    /// The integral of the error rate from no weight to `most`, less than all, discarded. Within a tie the rate is `(a - b x) /
    /// (r - x)`, whose integral is `b x - (a - b r) ln(1 - x / r)`.
    fn area(&self, most: f64) -> f64 {
        let pairs = self.steps.windows(2).take_while(|pair| pair[0].weight < most);
        let areas = pairs.map(|pair| {
            let x = pair[1].weight.min(most) - pair[0].weight;
            let a = self.all.errors - pair[0].errors;
            let b = (pair[1].errors - pair[0].errors) / (pair[1].weight - pair[0].weight);
            let r = self.all.weight - pair[0].weight;
            b * x - (a - b * r) * (-x / r).ln_1p()
        });
        areas.sum()
    }
}

/// The photos that count, the worst-looking one first.
fn ranked(attempts: &[Attempt]) -> Vec<Attempt> {
    let counts = |attempt: &Attempt| attempt.score.is_finite() && attempt.weight.is_finite() && attempt.weight > 0.0;
    let mut ranked: Vec<Attempt> = attempts.iter().copied().filter(counts).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}

#[cfg(test)]
mod tests {
    use std::iter;

    use proptest::prelude::*;

    use super::*;

    fn attempts(table: &[(f64, bool, f64)]) -> Vec<Attempt> {
        table.iter().map(|&(score, is_error, weight)| Attempt { score, is_error, weight }).collect()
    }

    fn edc(table: &[(f64, bool, f64)], shares: &[f64]) -> Edc {
        error_versus_discard(&attempts(table), shares).unwrap()
    }

    #[test]
    fn the_worst_of_five_takes_the_only_error_along() {
        let edc = edc(
            &[(5.0, true, 1.0), (4.0, false, 1.0), (3.0, false, 1.0), (2.0, false, 1.0), (1.0, false, 1.0)],
            &[0.0, 0.1, 0.2, 0.5],
        );
        assert_eq!(edc.points, [(0.0, 0.2), (0.1, 0.5 / 4.5), (0.2, 0.0), (0.5, 0.0)]);
        // The integral of (1 - x) / (5 - x) from 0 to 1, over 1/5.
        assert!((edc.relative_area.unwrap() - (1.0 - 4.0 * 1.25_f64.ln()) / 0.2).abs() < 1e-12);
    }

    #[test]
    fn a_score_that_knows_nothing_has_an_area_of_one() {
        let edc = edc(&[(1.0, true, 1.0), (1.0, false, 3.0), (1.0, false, 0.5)], &[0.0, 0.3, 0.9]);
        assert!(edc.points.iter().all(|(_, rate)| (rate - 1.0 / 4.5).abs() < 1e-12), "{edc:?}");
        assert!((edc.relative_area.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_opposite_of_a_good_score_is_worse_than_nothing() {
        let table: Vec<_> = (0..20).map(|at| (f64::from(at), at < 4, 1.0)).collect();
        let edc = edc(&table, &[0.5]);
        assert_eq!(edc.points, [(0.5, 0.4)]);
        assert!(edc.relative_area.unwrap() > 1.0);
    }

    #[test]
    fn without_photos_or_below_no_share_there_is_no_curve() {
        let one = attempts(&[(1.0, false, 1.0)]);
        assert_eq!(error_versus_discard(&[], &[0.1]), None);
        assert_eq!(error_versus_discard(&attempts(&[(f64::NAN, true, 1.0), (1.0, true, 0.0)]), &[0.1]), None);
        assert_eq!(error_versus_discard(&one, &[1.0]), None);
        assert_eq!(error_versus_discard(&one, &[f64::NAN]), None);
        assert_eq!(error_versus_discard(&one, &[0.5]).unwrap().relative_area, None);
    }

    proptest! {
        #[test]
        fn weight_two_is_the_photo_twice(rows in prop::collection::vec((0..9_u8, any::<bool>(), 1..4_u8), 1..40)) {
            let weighted: Vec<_> = rows.iter().map(|&(score, is_error, weight)| (f64::from(score), is_error, f64::from(weight))).collect();
            let twice: Vec<_> = weighted.iter().flat_map(|&(score, is_error, weight)| vec![(score, is_error, 1.0); weight as usize]).collect();
            prop_assert_eq!(edc(&weighted, &[0.0, 0.2, 0.45]), edc(&twice, &[0.0, 0.2, 0.45]));
        }

        #[test]
        fn the_area_is_the_mean_of_the_curve(rows in prop::collection::vec((0..9_u8, any::<bool>(), 0.1..4.0_f64), 1..40)) {
            let table: Vec<_> = rows.iter().map(|&(score, is_error, weight)| (f64::from(score), is_error, weight)).collect();
            let middles = (0..2000).map(|at| (f64::from(at) + 0.5) * AREA_UP_TO / 2000.0);
            let Edc { points, relative_area } = edc(&table, &iter::once(0.0).chain(middles).collect::<Vec<_>>());
            let mean = points[1..].iter().map(|point| point.1).sum::<f64>() / 2000.0;
            prop_assert!(relative_area.is_none_or(|area| (area * points[0].1 - mean).abs() < 1e-3));
        }
    }
}
