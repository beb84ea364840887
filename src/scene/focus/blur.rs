//! How wide edges are in each direction, and the ellipse of blur that explains them.

use std::f64::consts::PI;

/// Directions that are told apart, of half a turn.
pub(super) const DIRECTIONS: usize = 8;
/// Edges that a direction must have.
const LEAST_EDGES: usize = 4;
/// An edge counts as much as its contrast to this power: what is seen best tells most, noise and compression least.
const POWER: i32 = 3;
/// Share of all weight that no direction exceeds: documents and houses have most of theirs in two.
const HEAVIEST: f64 = 0.15;
/// Weight of the assumption that all directions are alike, for where the edges do not tell.
const PRIOR: f64 = 0.02;

/// An edge that was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sample {
    /// In which direction it rises, of [`DIRECTIONS`].
    pub direction: usize,
    /// Edge width.
    pub width: f64,
    /// Contrast, grey levels.
    pub contrast: f64,
    /// How many edges it stands for.
    pub count: f64,
}

/// The blur of edges by direction: its square is an ellipse, for variances of blur add up along every direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blur {
    /// Edge width in the direction of most blur.
    pub major: f64,
    /// Edge width across it.
    pub minor: f64,
    /// Edges that were measured.
    pub edges: usize,
    /// Directions with enough edges.
    pub directions: usize,
}

impl Blur {
    /// Reciprocal of the edge width in the direction of most blur: larger is sharper.
    #[must_use]
    pub fn sharpness(&self) -> f64 {
        1.0 / self.major
    }

    /// Width in the direction of most blur over that across it, at least 1.
    #[must_use]
    pub fn anisotropy(&self) -> f64 {
        self.major / self.minor
    }

    /// The blur that the sharpest `share` of what is seen of the edges in each direction has at most; no width counts as
    /// less than `finest`. `None` where no direction has enough edges.
    pub(super) fn of(samples: &[Sample], share: f64, finest: f64) -> Option<Self> {
        let mut seen = [None; DIRECTIONS];
        let mut edges = 0;
        for (direction, seen) in seen.iter_mut().enumerate() {
            let mut here: Vec<Sample> = samples.iter().copied().filter(|s| s.direction == direction).collect();
            edges += here.len();
            if here.len() >= LEAST_EDGES {
                *seen =
                    quantile(&mut here, share, POWER).map(|width| (width.max(finest).powi(2), weight_of(&here, POWER)));
            }
        }
        let total: f64 = seen.iter().flatten().map(|(_, weight)| weight).sum();
        let mut sums = Sums::default();
        for (direction, seen) in seen.iter().enumerate() {
            if let Some((square, weight)) = seen {
                sums.add(direction as f64 * PI / DIRECTIONS as f64, *square, (weight / total).min(HEAVIEST));
            }
        }
        let (mean, swing) = sums.solve()?;
        let [major, minor] = [mean + swing, mean - swing].map(|square| square.max(finest.powi(2)).sqrt());
        Some(Self { major, minor, edges, directions: seen.iter().flatten().count() })
    }
}

fn weight(sample: &Sample, power: i32) -> f64 {
    sample.count * sample.contrast.powi(power)
}

fn weight_of(samples: &[Sample], power: i32) -> f64 {
    samples.iter().map(|sample| weight(sample, power)).sum()
}

/// The width that `share` of the weight of `samples` does not exceed, each counting as its contrast to the `power`.
pub(super) fn quantile(samples: &mut [Sample], share: f64, power: i32) -> Option<f64> {
    samples.sort_unstable_by(|a, b| a.width.total_cmp(&b.width));
    let wanted = share * weight_of(samples, power);
    let mut below = 0.0;
    let found = samples.iter().find(|sample| {
        below += weight(sample, power);
        below >= wanted
    });
    found.or(samples.last()).map(|sample| sample.width)
}

/// Normal equations of `square = mean + a cos 2θ + b sin 2θ`.
#[derive(Default)]
struct Sums {
    matrix: [[f64; 3]; 3],
    right: [f64; 3],
}

impl Sums {
    fn add(&mut self, angle: f64, square: f64, weight: f64) {
        let row = [1.0, (2.0 * angle).cos(), (2.0 * angle).sin()];
        for (i, &factor) in row.iter().enumerate() {
            self.right[i] += weight * factor * square;
            for (j, &other) in row.iter().enumerate() {
                self.matrix[i][j] += weight * factor * other;
            }
        }
    }

    /// Mean and greatest deviation from it.
    fn solve(mut self) -> Option<(f64, f64)> {
        let total = self.matrix[0][0];
        if total <= 0.0 {
            return None;
        }
        for at in [1, 2] {
            self.matrix[at][at] += PRIOR * total;
        }
        for pivot in 0..3 {
            for below in pivot + 1..3 {
                let factor = self.matrix[below][pivot] / self.matrix[pivot][pivot];
                for column in pivot..3 {
                    self.matrix[below][column] -= factor * self.matrix[pivot][column];
                }
                self.right[below] -= factor * self.right[pivot];
            }
        }
        let mut solution = [0.0; 3];
        for at in (0..3).rev() {
            let known: f64 = (at + 1..3).map(|column| self.matrix[at][column] * solution[column]).sum();
            solution[at] = (self.right[at] - known) / self.matrix[at][at];
        }
        let swing = solution[1].hypot(solution[2]);
        (solution[0].is_finite() && swing.is_finite()).then_some((solution[0], swing))
    }
}

#[cfg(test)]
mod tests {
    use super::Blur;
    use super::DIRECTIONS;
    use super::Sample;
    use std::f64::consts::PI;

    /// Ten edges in each of `directions` with the widths of an ellipse.
    fn edges(directions: &[usize], major: f64, minor: f64, angle: f64) -> Vec<Sample> {
        let width = |direction: usize| {
            let along = (direction as f64 * PI / DIRECTIONS as f64 - angle).cos().powi(2);
            (minor * minor + (major * major - minor * minor) * along).sqrt()
        };
        let edge = |direction: usize| Sample { direction, width: width(direction), contrast: 80.0, count: 1.0 };
        directions.iter().flat_map(|&direction| [edge(direction); 10]).collect()
    }

    #[test]
    fn the_ellipse_of_motion_is_found_whatever_its_direction() {
        for angle in [0.0, 0.5, 1.2, 2.9] {
            let blur = Blur::of(&edges(&[0, 1, 2, 3, 4, 5, 6, 7], 4.0, 2.0, angle), 0.5, 0.1).unwrap();
            assert!((blur.anisotropy() - 2.0).abs() < 0.1, "{blur:?} at {angle}");
        }
    }

    #[test]
    fn text_tells_motion_from_few_directions() {
        let blur = Blur::of(&edges(&[0, 2, 4], 4.0, 2.0, PI / 4.0), 0.5, 0.1).unwrap();
        assert!(blur.anisotropy() > 1.4 && blur.directions == 3, "{blur:?}");
    }

    #[test]
    fn even_blur_has_no_direction() {
        let blur = Blur::of(&edges(&[0, 3, 4, 6], 3.0, 3.0, 0.0), 0.5, 0.1).unwrap();
        assert!((blur.anisotropy() - 1.0).abs() < 1e-6 && (blur.major - 3.0).abs() < 1e-6, "{blur:?}");
    }

    #[test]
    fn a_single_direction_tells_a_width_but_no_motion() {
        let blur = Blur::of(&edges(&[2], 3.0, 3.0, 0.0), 0.5, 0.1).unwrap();
        assert!(blur.directions == 1 && blur.major.is_finite(), "{blur:?}");
    }

    #[test]
    fn too_few_edges_tell_nothing() {
        assert_eq!(Blur::of(&edges(&[1], 3.0, 3.0, 0.0)[..3], 0.5, 0.1), None);
        assert_eq!(Blur::of(&[], 0.5, 0.1), None);
    }

    #[test]
    fn faint_edges_count_for_little() {
        let mut samples = edges(&[0, 2, 4, 6], 5.0, 5.0, 0.0);
        samples.extend(edges(&[0, 2, 4, 6], 1.0, 1.0, 0.0).iter().map(|edge| Sample { contrast: 20.0, ..*edge }));
        let blur = Blur::of(&samples, 0.15, 0.1).unwrap();
        assert!((blur.major - 5.0).abs() < 1e-6, "{blur:?}");
    }
}
