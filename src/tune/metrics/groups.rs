use std::collections::HashMap;

/// The sums of `rows` by group, groups in the order of their first row: what [`Bootstrap`](super::Bootstrap) takes.
///
/// ```
/// use kyclint::tune::metrics::sum_by_group;
///
/// assert_eq!(sum_by_group([(7, [1.0, 0.0]), (3, [0.0, 1.0]), (7, [1.0, 2.0])]), [[2.0, 2.0], [0.0, 1.0]]);
/// ```
#[must_use]
pub fn sum_by_group<const K: usize>(rows: impl IntoIterator<Item = (u32, [f64; K])>) -> Vec<[f64; K]> {
    let mut places = HashMap::new();
    let mut sums: Vec<[f64; K]> = Vec::new();
    for (group, counts) in rows {
        let place = *places.entry(group).or_insert(sums.len());
        if place == sums.len() {
            sums.push([0.0; K]);
        }
        add(&mut sums[place], &counts, 1.0);
    }
    sums
}

/// The sums over all groups.
#[must_use]
pub fn total<const K: usize>(groups: &[[f64; K]]) -> [f64; K] {
    let mut sums = [0.0; K];
    for group in groups {
        add(&mut sums, group, 1.0);
    }
    sums
}

/// Adds `counts` to `sums` a number of `times`.
pub(super) fn add<const K: usize>(sums: &mut [f64; K], counts: &[f64; K], times: f64) {
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum += count * times;
    }
}
