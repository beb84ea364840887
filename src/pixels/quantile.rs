use std::cmp::Ordering;

/// The value below which lies `share`, 0–1, of `values` in their `order`; `None` where there are none.
///
/// ```
/// use kyclint::pixels::quantile;
///
/// assert_eq!(quantile(vec![3.0, 1.0, 2.0], 0.5, f64::total_cmp), Some(2.0));
/// ```
#[must_use]
pub fn quantile<T: Copy>(mut values: Vec<T>, share: f64, order: impl FnMut(&T, &T) -> Ordering) -> Option<T> {
    let last = values.len().checked_sub(1)?;
    let at = ((last as f64 * share).round() as usize).min(last);
    Some(*values.select_nth_unstable_by(at, order).1)
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_are_values_and_nothing_has_none() {
        assert_eq!(quantile(vec![3.0, 1.0, 2.0], 0.5, f32::total_cmp), Some(2.0));
        assert_eq!(quantile(vec![], 0.5, f32::total_cmp), None);
    }
}
