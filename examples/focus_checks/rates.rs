//! Areas under curves, shares and percentiles.

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
