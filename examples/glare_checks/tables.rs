//! Numbers about numbers.

/// Area under the ROC curve: how often a number of `positive` lies above one of `negative`.
pub fn auc(positive: &[f64], negative: &[f64]) -> f64 {
    let above = |value: f64| {
        let (below, same) = negative.iter().fold((0.0, 0.0), |(below, same), &other| {
            (below + f64::from(u8::from(other < value)), same + f64::from(u8::from(other.total_cmp(&value).is_eq())))
        });
        below + 0.5 * same
    };
    positive.iter().map(|&value| above(value)).sum::<f64>() / (positive.len() * negative.len()) as f64
}

/// Pearson's correlation.
pub fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let covariance = mean(&|pair| (pair.0 - x) * (pair.1 - y));
    covariance / (mean(&|pair| (pair.0 - x).powi(2)) * mean(&|pair| (pair.1 - y).powi(2))).sqrt()
}

/// The value that `share` of `values` do not exceed.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
}
