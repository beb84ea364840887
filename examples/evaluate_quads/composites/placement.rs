//! Where in the plane of a photo's document a template may lie.

use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;

use super::super::random::Random;

/// A template in a photo.
pub struct Placement {
    /// Corners in pixels, the template's own top left first.
    pub quad: Quad,
    /// Quarter turns, degrees.
    pub turned: usize,
}

/// Focal length over the long side of the frame, that of phones' main cameras.
const FOCAL: f64 = 0.8;
/// Enlargement over the smallest rectangle that covers the document.
const ENLARGED: [f64; 2] = [1.08, 1.25];
const MOST_SKEW_DEG: f64 = 4.0;
/// Part of the document's size by which the template covers it at least on each side.
const OVERLAP: f64 = 1.03;
/// Least distance of the corners from the frame, share of its short side.
const MARGIN: f64 = 0.01;
const TRIES: usize = 40;

/// A random place for a template of `aspect` that covers the document `truth` and stays in the frame.
pub fn find(truth: &Quad, frame: [f64; 2], aspect: f64, random: &mut Random) -> Option<Placement> {
    let flat = Quad::rectangle(plane_aspect(truth, frame)?, 1.0);
    let to_photo = Homography::between(&flat, truth)?;
    (0..TRIES).find_map(|_| {
        let turned = 90 * random.below(4);
        let quad = covering(&flat, aspect, turned as f64, random).map(|corner| to_photo.apply(corner));
        (quad.is_convex() && within(&quad, frame)).then_some(Placement { quad, turned })
    })
}

/// A rectangle of `aspect` around `flat`, turned by `degrees` and a little more.
fn covering(flat: &Quad, aspect: f64, degrees: f64, random: &mut Random) -> Quad {
    let angle = (degrees + random.between(-MOST_SKEW_DEG, MOST_SKEW_DEG)).to_radians();
    let (right, down) = (Point::new(angle.cos(), angle.sin()), Point::new(-angle.sin(), angle.cos()));
    let centre = flat.0[0].towards(flat.0[2], 0.5);
    let reach = |along: Point| flat.0.iter().map(|corner| (*corner - centre).dot(along).abs()).fold(0.0, f64::max);
    let [low, high] = ENLARGED;
    let half_height = (reach(right) / aspect).max(reach(down)) * random.between(low, high);
    let half_width = half_height * aspect;
    let mut shift = |half: f64, along: Point| along * ((half - OVERLAP * reach(along)) * random.between(-0.6, 0.6));
    let centre = centre + shift(half_width, right) + shift(half_height, down);
    let corner = |x: f64, y: f64| centre + right * (x * half_width) + down * (y * half_height);
    Quad([corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)])
}

fn within(quad: &Quad, [width, height]: [f64; 2]) -> bool {
    let margin = MARGIN * width.min(height);
    quad.0.iter().all(|p| p.x >= margin && p.y >= margin && p.x <= width - margin && p.y <= height - margin)
}

/// Width over height of the rectangle seen as `truth`, for a camera of usual focal length that looks at the middle of the
/// frame.
pub fn plane_aspect(truth: &Quad, [width, height]: [f64; 2]) -> Option<f64> {
    let focal = FOCAL * width.max(height);
    let middle = Point::new(width / 2.0, height / 2.0);
    let rays = truth.map(|corner| (corner - middle) * (1.0 / focal));
    let map = Homography::between(&Quad::rectangle(1.0, 1.0), &rays)?;
    let length = |column: usize| map.rows().iter().map(|row| row[column] * row[column]).sum::<f64>().sqrt();
    let aspect = length(0) / length(1);
    aspect.is_finite().then_some(aspect)
}

#[cfg(test)]
mod tests {
    use kyclint::geometry::Point;
    use kyclint::geometry::Quad;

    use super::super::super::random::Random;
    use super::covering;
    use super::plane_aspect;

    #[test]
    fn the_aspect_of_a_tilted_rectangle_is_that_of_the_flat_one() {
        // A rectangle of 2 x 1 at a distance of 4, turned by 60 degrees about its vertical axis, focal length 800.
        let seen = |x: f64, y: f64| {
            let depth = 4.0 + x * 60_f64.to_radians().sin();
            Point::new(500.0 + 800.0 * x * 0.5 / depth, 400.0 + 800.0 * y / depth)
        };
        let quad = Quad([seen(-1.0, -0.5), seen(1.0, -0.5), seen(1.0, 0.5), seen(-1.0, 0.5)]);
        let aspect = plane_aspect(&quad, [1000.0, 800.0]).expect("a rectangle");
        assert!((aspect - 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_document_below_is_covered() {
        let flat = Quad::rectangle(1.4, 1.0);
        for seed in 0..50 {
            let over = covering(&flat, 1.586, 90.0, &mut Random::new(seed));
            assert!((over.jaccard(&flat) - flat.area() / over.area()).abs() < 1e-9);
        }
    }
}
