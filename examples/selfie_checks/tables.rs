//! Numbers for tables.

use kyclint::pixels;

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
    let present = values.iter().copied().filter(|value| value.is_finite()).collect();
    pixels::quantile(present, share, f64::total_cmp).unwrap_or(f64::NAN)
}
