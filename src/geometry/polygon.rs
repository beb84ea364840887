use super::Point;

/// Area of a simple polygon, whichever way it runs.
///
/// ```
/// use kyclint::geometry::{Point, area};
///
/// assert_eq!(area(&[Point::new(0.0, 0.0), Point::new(4.0, 0.0), Point::new(0.0, 3.0)]), 6.0);
/// ```
#[must_use]
pub fn area(polygon: &[Point]) -> f64 {
    signed_area(polygon).abs()
}

/// What two convex polygons have in common (Sutherland and Hodgman 1974); empty where they are apart.
#[must_use]
pub fn intersection(one: &[Point], other: &[Point]) -> Vec<Point> {
    let turn = signed_area(other).signum();
    let mut kept = one.to_vec();
    for (at, &start) in other.iter().enumerate() {
        let along = other[(at + 1) % other.len()] - start;
        kept = clip(&kept, |point| turn * along.cross(point - start));
    }
    kept
}

fn signed_area(polygon: &[Point]) -> f64 {
    let Some(&first) = polygon.first() else { return 0.0 };
    polygon.windows(2).map(|pair| (pair[0] - first).cross(pair[1] - first)).sum::<f64>() / 2.0
}

fn clip(polygon: &[Point], inside: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (at, &from) in polygon.iter().enumerate() {
        let to = polygon[(at + 1) % polygon.len()];
        let (before, after) = (inside(from), inside(to));
        if before >= 0.0 {
            kept.push(from);
        }
        if before * after < 0.0 {
            kept.push(from.towards(to, before / (before - after)));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::Point;
    use super::area;
    use super::intersection;

    fn square(left: f64, top: f64, side: f64) -> Vec<Point> {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(x, y)| Point::new(left + x, top + y)).to_vec()
    }

    #[test]
    fn squares_overlap_in_a_square() {
        assert!((area(&intersection(&square(0.0, 0.0, 4.0), &square(3.0, 2.0, 4.0))) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_direction_of_either_does_not_matter() {
        let mut backwards = square(3.0, 2.0, 4.0);
        backwards.reverse();
        assert!((area(&intersection(&square(0.0, 0.0, 4.0), &backwards)) - 2.0).abs() < 1e-12);
        assert!((area(&intersection(&backwards, &square(0.0, 0.0, 4.0))) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn squares_that_are_apart_share_nothing() {
        assert_eq!(intersection(&square(0.0, 0.0, 1.0), &square(2.0, 2.0, 1.0)), []);
    }
}
