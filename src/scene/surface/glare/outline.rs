use crate::geometry::Point;

/// The convex hull of `points`, clockwise as seen with y down (Andrew's monotone chain).
pub(super) fn hull(points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let mut hull = chain(points.iter().copied());
    hull.extend(chain(points.into_iter().rev()));
    hull
}

/// One half of the hull, without its last point.
fn chain(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for point in points {
        while let [.., before, last] = chain[..]
            && (last - before).cross(point - last) <= 0.0
        {
            chain.pop();
        }
        chain.push(point);
    }
    chain.pop();
    chain
}

#[cfg(test)]
mod tests {
    use super::hull;
    use crate::geometry::Point;

    #[test]
    fn the_hull_leaves_out_what_lies_inside_and_along_its_sides() {
        let points = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 2.0)];
        let found = hull(&points.map(|(x, y)| Point::new(x, y)));
        let expected = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)];
        assert_eq!(found, expected.map(|(x, y)| Point::new(x, y)));
    }

    #[test]
    fn nothing_has_no_hull() {
        assert!(hull(&[]).is_empty());
    }
}
