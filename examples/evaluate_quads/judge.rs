//! How near a quad comes to the true one.

use kyclint::geometry::Homography;
use kyclint::geometry::Quad;

/// Overlap (Jaccard index) of two quads in the coordinates of the document, 0–1, as in the 2015 competition of document
/// capture by smartphone (Burie et al. 2015): the homography of the true quad takes both to the flat document, where
/// the areas are measured.
///
/// A quad that is not convex, runs backwards or crosses the horizon of the document's plane overlaps nothing.
pub fn jaccard(truth: &Quad, found: &Quad) -> f64 {
    let flat = Quad::rectangle(1.0, 1.0);
    match Homography::between(truth, &flat) {
        Some(map) if found.is_convex() && before_horizon(&map, truth, found) => {
            flat.jaccard(&found.map(|corner| map.apply(corner)))
        }
        _ => 0.0,
    }
}

/// Largest distance of a corner from its true place over the perimeter of the true quad, the best of the four ways to
/// count the corners.
pub fn corner_residual(truth: &Quad, found: &Quad) -> f64 {
    truth.farthest_corner(&found.turned(turns(truth, found))) / truth.perimeter()
}

/// Which corners lie outside a frame of `size` by more than `margin` pixels.
pub fn corners_outside(quad: &Quad, [width, height]: [f64; 2], margin: f64) -> [bool; 4] {
    quad.0.map(|p| p.x < -margin || p.y < -margin || p.x > width + margin || p.y > height + margin)
}

/// Which corners are ends of a side that lies `at_frame`.
pub fn ends(at_frame: [bool; 4]) -> [bool; 4] {
    [0, 1, 2, 3].map(|corner| at_frame[corner] || at_frame[(corner + 3) % 4])
}

/// By how many steps `found` has to be turned for its corners to be counted as those of `truth`.
pub fn turns(truth: &Quad, found: &Quad) -> usize {
    let distance = |steps: &usize| truth.farthest_corner(&found.turned(*steps));
    (0..4).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

/// Whether all corners lie on one side of the line that `map` takes to infinity.
fn before_horizon(map: &Homography, truth: &Quad, found: &Quad) -> bool {
    let [g, h, i] = map.rows()[2];
    let mut depths = truth.0.iter().chain(&found.0).map(|p| g * p.x + h * p.y + i);
    let sign = (g * truth.0[0].x + h * truth.0[0].y + i).signum();
    depths.all(|depth| depth * sign > 0.0)
}

#[cfg(test)]
mod tests {
    use kyclint::geometry::Point;
    use kyclint::geometry::Quad;

    use super::corner_residual;
    use super::corners_outside;
    use super::ends;
    use super::jaccard;

    fn quad(corners: [(f64, f64); 4]) -> Quad {
        Quad(corners.map(|(x, y)| Point::new(x, y)))
    }

    /// A document seen under perspective: its far side is half as long as its near side.
    fn tilted() -> Quad {
        quad([(25.0, 0.0), (75.0, 0.0), (100.0, 60.0), (0.0, 60.0)])
    }

    #[test]
    fn a_quad_covers_itself() {
        assert!((jaccard(&tilted(), &tilted()) - 1.0).abs() < 1e-12);
        assert!((jaccard(&tilted(), &tilted().turned(2)) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn overlap_is_measured_on_the_flat_document() {
        // The diagonals meet at (50, 20): the upper 20 rows of 60 show half of the document, and 31 % of the quad's area.
        let upper_half = quad([(25.0, 0.0), (75.0, 0.0), (75.0 + 25.0 / 3.0, 20.0), (25.0 - 25.0 / 3.0, 20.0)]);
        assert!((jaccard(&tilted(), &upper_half) - 0.5).abs() < 1e-12);
        assert!((tilted().jaccard(&upper_half) - 7.0 / 27.0).abs() < 1e-12);
    }

    #[test]
    fn a_shifted_rectangle_loses_on_both_sides() {
        let (truth, shifted) = (Quad::rectangle(10.0, 4.0), Quad::rectangle(10.0, 4.0));
        let shifted = shifted.map(|p| p + Point::new(1.0, 0.0));
        assert!((jaccard(&truth, &shifted) - 9.0 / 11.0).abs() < 1e-12);
    }

    #[test]
    fn quads_that_are_no_view_of_the_plane_overlap_nothing() {
        let [a, b, c, d] = tilted().0;
        assert!(jaccard(&tilted(), &Quad([d, c, b, a])) < 1e-12);
        // The sides of the document meet at y = -60: nothing of its plane is seen above.
        let beyond = quad([(-20.0, -90.0), (120.0, -90.0), (120.0, 60.0), (-20.0, 60.0)]);
        assert!(jaccard(&tilted(), &beyond) < 1e-12);
    }

    #[test]
    fn the_residual_is_the_worst_corner_over_the_perimeter_however_corners_are_counted() {
        let truth = Quad::rectangle(30.0, 20.0);
        let found = quad([(0.0, 0.0), (30.0, 0.0), (33.0, 24.0), (0.0, 19.0)]);
        for steps in 0..4 {
            assert!((corner_residual(&truth, &found.turned(steps)) - 0.05).abs() < 1e-12);
        }
    }

    #[test]
    fn corners_beyond_the_margin_are_outside() {
        let cut = quad([(-0.5, 3.0), (99.0, -2.0), (103.0, 52.0), (5.0, 51.0)]);
        assert_eq!(corners_outside(&cut, [100.0, 50.0], 1.0), [false, true, true, false]);
    }

    #[test]
    fn a_side_ends_in_two_corners() {
        assert_eq!(ends([false, true, false, false]), [false, true, true, false]);
        assert_eq!(ends([false, false, false, true]), [true, false, false, true]);
    }
}
