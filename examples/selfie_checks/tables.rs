//! Numbers for tables.

/// To three places; a dash for what is missing.
pub(crate) fn number(value: f64) -> String {
    match value {
        value if value.is_nan() => "-".to_owned(),
        value if value.abs() >= 100.0 => format!("{value:.0}"),
        value if value.abs() >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.3}"),
    }
}

/// Of the numbers that are present, NaN where none is.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut present: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    present.sort_unstable_by(f64::total_cmp);
    let last = present.len().saturating_sub(1) as f64;
    present.get((share * last).round() as usize).copied().unwrap_or(f64::NAN)
}
