//! The rectangle before a pinhole camera that explains four corners best.

use crate::geometry::Homography;
use crate::geometry::Quad;
use crate::scene::document::pose::view;
use crate::scene::document::pose::view::View;

/// Standard deviation of a corner on either axis, share of the quad's shortest side.
pub(in crate::scene::document) const CORNER_ERROR: f64 = 0.004;
/// Standard deviation of the sine of the tilt in either direction: people hold their telephones over the document.
pub(in crate::scene::document) const TILT_SPREAD: f64 = 0.3;
/// Steps of the search at most.
const STEPS: usize = 20;
/// Unknowns: three of the turn, three of the place, the focal length.
const UNKNOWNS: usize = 7;
/// What must come near 0: the corners on either axis, the focal length, the tilt in two directions.
const RESIDUALS: usize = 11;

/// The corners to explain, about the middle of the frame and in diagonals of it, and what is known of the camera.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    corners: Quad,
    focal: f64,
    focal_spread: f64,
    corner_error: f64,
}

/// The best rectangle of one shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) tilt_deg: f64,
    /// Sum of squared corner errors, in standard deviations.
    pub(super) misfit: f64,
    /// Misfit and how unusual the view is: twice the negative logarithm of its probability, but for a constant.
    pub(super) cost: f64,
}

/// A rectangle of whatever shape, as its vanishing points say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Free {
    pub(super) tilt_deg: f64,
    /// Width over height.
    pub(super) aspect: f64,
}

impl Found {
    pub(super) fn costing(self, more: f64) -> Self {
        Self { cost: self.cost + more, ..self }
    }
}

impl Fit {
    pub(super) fn new(corners: &Quad, (focal, focal_spread): (f64, f64)) -> Self {
        let shortest = corners.sides().map(|[from, to]| (to - from).length()).into_iter().fold(f64::INFINITY, f64::min);
        Self { corners: *corners, focal, focal_spread, corner_error: CORNER_ERROR * shortest.max(1e-9) }
    }

    /// The most probable view of a rectangle of `size` whose top left is corner `turn`: least squares from several starts
    /// (Levenberg and Marquardt), because a plane seen from afar looks much like its mirror image.
    pub(super) fn rectangle(&self, size: [f64; 2], turn: usize) -> Found {
        let unit = size[0].hypot(size[1]);
        let target =
            Target { fit: self, seen: self.corners.turned(turn), shape: view::rectangle(size.map(|s| s / unit)) };
        let none = Found { tilt_deg: f64::NAN, misfit: f64::INFINITY, cost: f64::INFINITY };
        let Some(map) = Homography::between(&target.shape, &target.seen) else { return none };
        let [one, other] = View::of_foreshortening(&map, self.focal);
        let starts = [View::of_vanishing_points(&map, self.focal), one, other];
        let found = starts.into_iter().flatten().map(|start| target.descend(start));
        found.min_by(|one, other| one.cost.total_cmp(&other.cost)).unwrap_or(none)
    }

    /// What the vanishing points say, the focal length being the expected one.
    pub(super) fn free(&self) -> Option<Free> {
        let map = view::from_rectangle([1.0, 1.0], &self.corners)?;
        let [across, down, _] = view::directions(&map, self.focal);
        let aspect = view::length(across) / view::length(down);
        aspect.is_finite().then(|| Free { tilt_deg: view::tilt_deg(across, down), aspect })
    }
}

/// A shape and where its corners are seen.
struct Target<'a> {
    fit: &'a Fit,
    seen: Quad,
    shape: Quad,
}

impl Target<'_> {
    fn descend(&self, start: View) -> Found {
        let (mut view, mut cost, mut damping) = (start, self.cost(&start), 1e-3);
        for _ in 0..STEPS {
            let next = view.moved(self.step(&view, damping));
            let reached = self.cost(&next);
            if reached < cost {
                let gain = cost - reached;
                (view, cost, damping) = (next, reached, damping * 0.1);
                if gain < 1e-3 {
                    break;
                }
            } else {
                damping *= 10.0;
            }
        }
        let misfit = self.residuals(&view)[..8].iter().map(|r| r * r).sum();
        Found { tilt_deg: view.tilt_deg(), misfit, cost }
    }

    fn cost(&self, view: &View) -> f64 {
        let cost: f64 = self.residuals(view).iter().map(|r| r * r).sum();
        if view.centre[2] > 0.0 && cost.is_finite() { cost } else { f64::INFINITY }
    }

    fn residuals(&self, view: &View) -> [f64; RESIDUALS] {
        let mut residuals = [0.0; RESIDUALS];
        for (at, (corner, seen)) in self.shape.corners().iter().zip(self.seen.corners()).enumerate() {
            let error = (view.project(*corner) - *seen) * (1.0 / self.fit.corner_error);
            residuals[2 * at..2 * at + 2].copy_from_slice(&[error.x, error.y]);
        }
        residuals[8] = (view.focal / self.fit.focal).ln() / self.fit.focal_spread;
        residuals[9] = view.across[2] / TILT_SPREAD;
        residuals[10] = view.down[2] / TILT_SPREAD;
        residuals
    }

    /// The move towards the minimum of the squares.
    fn step(&self, view: &View, damping: f64) -> [f64; UNKNOWNS] {
        let (here, slopes) = (self.residuals(view), self.slopes(view));
        let product = |a: &[f64; RESIDUALS], b: &[f64; RESIDUALS]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        solution(std::array::from_fn(|row| {
            std::array::from_fn(|column| match column {
                UNKNOWNS => -product(&slopes[row], &here),
                _ if column == row => product(&slopes[row], &slopes[row]) * (1.0 + damping),
                _ => product(&slopes[row], &slopes[column]),
            })
        }))
    }

    /// How every residual grows with each unknown, by finite differences.
    fn slopes(&self, view: &View) -> [[f64; RESIDUALS]; UNKNOWNS] {
        const SMALL: f64 = 1e-6;
        let here = self.residuals(view);
        std::array::from_fn(|unknown| {
            let there = self.residuals(&view.moved(std::array::from_fn(|at| if at == unknown { SMALL } else { 0.0 })));
            std::array::from_fn(|k| (there[k] - here[k]) / SMALL)
        })
    }
}

/// Solves linear equations with a positive definite matrix, the right side in the last column (Gauss).
fn solution(mut system: [[f64; UNKNOWNS + 1]; UNKNOWNS]) -> [f64; UNKNOWNS] {
    for at in 0..UNKNOWNS {
        let pivot = system[at];
        for row in &mut system[at + 1..] {
            let factor = row[at] / pivot[at];
            row.iter_mut().zip(pivot).for_each(|(entry, above)| *entry -= factor * above);
        }
    }
    let mut unknowns = [0.0; UNKNOWNS];
    for at in (0..UNKNOWNS).rev() {
        let known: f64 = (at + 1..UNKNOWNS).map(|column| system[at][column] * unknowns[column]).sum();
        unknowns[at] = (system[at][UNKNOWNS] - known) / system[at][at];
    }
    unknowns
}
