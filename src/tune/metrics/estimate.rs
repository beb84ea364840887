use crate::share::NORMAL_QUANTILE;

/// A number and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// The value that Student's t exceeds with 2.5 %, to 0.003 from 5 degrees of freedom on (Abramowitz and Stegun 1964, 26.7.5).
pub(super) fn student_quantile(degrees: f64) -> f64 {
    let z = NORMAL_QUANTILE;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + (first + (second + third / degrees) / degrees) / degrees
}

#[cfg(test)]
mod tests {
    use super::student_quantile;

    #[test]
    fn the_quantiles_of_student_are_those_of_the_tables() {
        for (degrees, quantile) in [(5.0, 2.571), (10.0, 2.228), (30.0, 2.042), (120.0, 1.980)] {
            assert!((student_quantile(degrees) - quantile).abs() < 4e-3, "{degrees}");
        }
    }
}
