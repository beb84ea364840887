//! How well numbers tell two kinds of photos apart.

/// Area under the ROC curve: how often a number of `above` is larger than one of `below`, level ones counting half. Numbers that
/// are missing (NaN) are left out.
pub fn area(above: &[f64], below: &[f64]) -> f64 {
    let present = |numbers: &[f64]| numbers.iter().copied().filter(|number| number.is_finite()).collect::<Vec<_>>();
    let (above, mut below) = (present(above), present(below));
    below.sort_unstable_by(f64::total_cmp);
    let wins = |number: &f64| {
        let less = below.partition_point(|other| other < number);
        let less_or_level = below.partition_point(|other| other <= number);
        (less + less_or_level) as f64 / 2.0
    };
    above.iter().map(wins).sum::<f64>() / (above.len() * below.len()) as f64
}
