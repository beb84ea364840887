/// The two-sample test of Kolmogorov and Smirnov.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KolmogorovSmirnov {
    /// The largest difference of the two cumulative distributions, 0–1.
    pub statistic: f64,
    /// How often chance alone gives as much or more where both are samples of one distribution, 0–1; too large where values are tied.
    pub p: f64,
}

impl KolmogorovSmirnov {
    /// The test of two lists of finite numbers, each from small to large; `None` where one is empty.
    ///
    /// The p value is the asymptotic one with the correction of Stephens (1970), as in Press et al., Numerical Recipes, 14.3.
    ///
    /// ```
    /// use kyclint::compare::drift::KolmogorovSmirnov;
    ///
    /// let test = KolmogorovSmirnov::of(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0, 6.0]).expect("numbers");
    /// assert_eq!(test.statistic, 0.5);
    /// ```
    #[must_use]
    pub fn of(old: &[f64], new: &[f64]) -> Option<Self> {
        if old.is_empty() || new.is_empty() {
            return None;
        }
        let statistic = largest_difference(old, new);
        let (n, m) = (old.len() as f64, new.len() as f64);
        let root = (n * m / (n + m)).sqrt();
        Some(Self { statistic, p: survival((root + 0.12 + 0.11 / root) * statistic) })
    }
}

fn largest_difference(old: &[f64], new: &[f64]) -> f64 {
    let (mut below_old, mut below_new, mut largest) = (0, 0, 0.0_f64);
    while let (Some(one), Some(other)) = (old.get(below_old), new.get(below_new)) {
        let value = one.min(*other);
        below_old += run(&old[below_old..], value);
        below_new += run(&new[below_new..], value);
        let share = |below: usize, all: usize| below as f64 / all as f64;
        largest = largest.max((share(below_old, old.len()) - share(below_new, new.len())).abs());
    }
    largest
}

/// How many numbers at the start are not above `value`.
fn run(sorted: &[f64], value: f64) -> usize {
    sorted.iter().take_while(|number| **number <= value).count()
}

/// How much of the distribution of Kolmogorov lies above `x`: `2 Σ (−1)^(k−1) exp(−2 k² x²)`, whose terms do not fall where x is small; there
/// nearly all of it does.
fn survival(x: f64) -> f64 {
    if x < 0.2 {
        return 1.0;
    }
    let term = |k: i32| (-2.0 * f64::from(k * k) * x * x).exp();
    let sum: f64 = (1..=50).map(|k| if k % 2 == 1 { term(k) } else { -term(k) }).sum();
    (2.0 * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use super::KolmogorovSmirnov;
    use super::survival;
    use proptest::prelude::*;

    #[test]
    fn the_largest_difference_is_that_by_hand() {
        // After 2 the old distribution stands at 2/3, the new one at 1/4.
        let test = KolmogorovSmirnov::of(&[1.0, 2.0, 5.0], &[2.0, 3.0, 4.0, 6.0]).unwrap();
        assert!((test.statistic - 5.0 / 12.0).abs() < 1e-12, "{test:?}");
    }

    #[test]
    fn ties_are_passed_together() {
        let ties = [vec![0.0; 30], vec![1.0; 70]].concat();
        let same = KolmogorovSmirnov::of(&ties, &ties).unwrap();
        assert_eq!((same.statistic, same.p), (0.0, 1.0));
        assert_eq!(KolmogorovSmirnov::of(&[1.0; 5], &[]), None);
    }

    #[test]
    fn the_distribution_has_its_known_critical_values() {
        // 5 % lie above 1.3581, 1 % above 1.6276.
        assert!((survival(1.3581) - 0.05).abs() < 1e-4 && (survival(1.6276) - 0.01).abs() < 1e-4);
        assert!(survival(0.2) > 0.999_999 && survival(40.0) == 0.0);
    }

    proptest! {
        #[test]
        fn the_statistic_lies_between_0_and_1(mut old in prop::collection::vec(-9..9_i8, 1..40), mut new in prop::collection::vec(-9..9_i8, 1..40)) {
            old.sort_unstable();
            new.sort_unstable();
            let [old, new] = [old, new].map(|numbers| numbers.into_iter().map(f64::from).collect::<Vec<_>>());
            let test = KolmogorovSmirnov::of(&old, &new).unwrap();
            prop_assert!((0.0..=1.0).contains(&test.statistic) && (0.0..=1.0).contains(&test.p));
            prop_assert_eq!(KolmogorovSmirnov::of(&new, &old), Some(test));
            prop_assert_eq!(KolmogorovSmirnov::of(&old, &old).unwrap().statistic, 0.0);
        }
    }
}
