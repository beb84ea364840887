//! Areas under curves, shares and percentiles.

/// Area under the ROC curve of telling `low` numbers from `high` ones; missing numbers are left out.
pub fn auc(low: &[f64], high: &[f64]) -> f64 {
    let finite = |numbers: &[f64]| numbers.iter().copied().filter(|number| number.is_finite()).collect::<Vec<_>>();
    let (low, high) = (finite(low), finite(high));
    let wins = |number: &f64| {
        let below = high.iter().filter(|other| *other > number).count() as f64;
        let level = high.iter().filter(|other| other.total_cmp(number).is_eq()).count() as f64;
        below + 0.5 * level
    };
    low.iter().map(wins).sum::<f64>() / (low.len() * high.len()) as f64
}

/// The share of `numbers` that `fits`; missing ones do not.
pub fn share(numbers: &[f64], fits: impl Fn(f64) -> bool) -> f64 {
    numbers.iter().filter(|&&number| fits(number)).count() as f64 / numbers.len() as f64
}

/// The number below which `share` of `numbers` lie.
pub fn percentile(numbers: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = numbers.iter().copied().filter(|number| number.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = (share * sorted.len().saturating_sub(1) as f64).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
