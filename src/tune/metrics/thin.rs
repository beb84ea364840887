/// At most `most` of `points`, and at least the two ends: those at even steps along the curve, each direction measured by itself
/// (the length of a staircase is the sum of its steps). For plots.
#[must_use]
pub fn thin(points: &[(f64, f64)], most: usize) -> Vec<(f64, f64)> {
    let steps = most.max(2) - 1;
    if points.len() <= steps + 1 {
        return points.to_vec();
    }
    let lengths = lengths(points);
    let last = points.len() - 1;
    let step = |at: usize| ((lengths[at] / lengths[last] * steps as f64) as usize).min(steps - 1);
    let is_kept = |at: usize| at == 0 || at == last || step(at) > step(at - 1);
    (0..=last).filter(|&at| is_kept(at)).map(|at| points[at]).collect()
}

/// From the first point to each point along the curve.
fn lengths(points: &[(f64, f64)]) -> Vec<f64> {
    let mut length = 0.0;
    let mut before = points[0];
    let lengths = points.iter().map(|&point| {
        length += (point.0 - before.0).abs() + (point.1 - before.1).abs();
        before = point;
        length
    });
    lengths.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::thin;

    #[test]
    fn a_line_is_thinned_evenly() {
        let line: Vec<_> = (0..=100).map(|at| (f64::from(at), 0.0)).collect();
        assert_eq!(thin(&line, 5), [(0.0, 0.0), (25.0, 0.0), (50.0, 0.0), (75.0, 0.0), (100.0, 0.0)]);
    }

    #[test]
    fn a_steep_rise_is_kept_where_flat_stretches_are_thinned() {
        let corner: Vec<_> = (0..=50)
            .map(|at| (0.0, f64::from(at) / 50.0))
            .chain((1..=1000).map(|at| (f64::from(at) / 1000.0, 1.0)))
            .collect();
        let thinned = thin(&corner, 21);
        assert_eq!(thinned.iter().filter(|point| point.0 == 0.0).count(), 11);
    }

    #[test]
    fn few_points_are_left_alone_and_equal_ones_have_two_ends() {
        assert_eq!(thin(&[], 3), []);
        assert_eq!(thin(&[(0.0, 1.0); 3], 3), [(0.0, 1.0); 3]);
        assert_eq!(thin(&[(0.0, 1.0); 9], 3), [(0.0, 1.0); 2]);
    }

    proptest! {
        #[test]
        fn no_more_than_asked_for_and_both_ends(points in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 2..200), most in 2..50_usize) {
            let thinned = thin(&points, most);
            prop_assert!(thinned.len() <= most);
            prop_assert_eq!((thinned.first(), thinned.last()), (points.first(), points.last()));
        }
    }
}
