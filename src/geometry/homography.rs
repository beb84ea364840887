use super::Point;
use super::Quad;

/// A projective map of the plane: rows of a 3 x 3 matrix on (x, y, 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homography([[f64; 3]; 3]);

impl Homography {
    /// The map that takes the corners of `from` to those of `to`, or `None` where three corners of either lie on a line.
    ///
    /// By way of the unit square, in closed form (Heckbert 1989, "Fundamentals of texture mapping and image warping").
    #[must_use]
    pub fn between(from: &Quad, to: &Quad) -> Option<Self> {
        let map = Self::of_unit_square(to)?.after(&Self::of_unit_square(from)?.inverse()?);
        map.0.iter().flatten().all(|entry| entry.is_finite()).then_some(map)
    }

    /// Where `point` goes. Not finite on the line that goes to infinity.
    #[must_use]
    pub fn apply(&self, point: Point) -> Point {
        let [x, y, w] = self.0.map(|row| row[0] * point.x + row[1] * point.y + row[2]);
        Point::new(x / w, y / w)
    }

    /// The map back, or `None` where there is none.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        let m = &self.0;
        let cofactor = |row: usize, column: usize| {
            let ([r, s], [c, d]) = ([(row + 1) % 3, (row + 2) % 3], [(column + 1) % 3, (column + 2) % 3]);
            m[r][c] * m[s][d] - m[r][d] * m[s][c]
        };
        let determinant: f64 = (0..3).map(|column| m[0][column] * cofactor(0, column)).sum();
        let map = [0, 1, 2].map(|row| [0, 1, 2].map(|column| cofactor(column, row) / determinant));
        (determinant != 0.0 && map.iter().flatten().all(|entry| entry.is_finite())).then_some(Self(map))
    }

    /// `first`, then this map.
    #[must_use]
    pub fn after(&self, first: &Self) -> Self {
        let entry = |row: usize, column: usize| (0..3).map(|k| self.0[row][k] * first.0[k][column]).sum();
        Self([0, 1, 2].map(|row| [0, 1, 2].map(|column| entry(row, column))))
    }

    /// The rows of the matrix.
    #[must_use]
    pub fn rows(&self) -> &[[f64; 3]; 3] {
        &self.0
    }

    /// The matrix of first derivatives at `point`: how a small step there is mapped, rows for x and y.
    #[must_use]
    pub fn jacobian(&self, point: Point) -> [[f64; 2]; 2] {
        let [x, y, w] = self.0.map(|row| row[0] * point.x + row[1] * point.y + row[2]);
        let derivative = |row: [f64; 3], value: f64| [0, 1].map(|k| (row[k] * w - value * self.0[2][k]) / (w * w));
        [derivative(self.0[0], x), derivative(self.0[1], y)]
    }

    /// The map from the unit square, corners in the order of [`Quad::rectangle`].
    fn of_unit_square(quad: &Quad) -> Option<Self> {
        let [a, b, c, d] = quad.0;
        let (right, down, skew) = (b - c, d - c, a - b + c - d);
        let determinant = right.cross(down);
        let (g, h) = (skew.cross(down) / determinant, right.cross(skew) / determinant);
        let (u, v) = (b - a + b * g, d - a + d * h);
        let map = Self([[u.x, v.x, a.x], [u.y, v.y, a.y], [g, h, 1.0]]);
        map.0.iter().flatten().all(|entry| entry.is_finite()).then_some(map)
    }
}

#[cfg(test)]
mod tests {
    use super::Homography;
    use crate::geometry::Point;
    use crate::geometry::Quad;

    fn tilted() -> Quad {
        Quad([Point::new(10.0, 12.0), Point::new(90.0, 5.0), Point::new(110.0, 80.0), Point::new(-4.0, 64.0)])
    }

    fn close(one: Point, other: Point) -> bool {
        (one - other).length() < 1e-9
    }

    #[test]
    fn corners_go_to_corners_and_back() {
        let card = Quad::rectangle(85.6, 53.98);
        let map = Homography::between(&card, &tilted()).unwrap();
        let back = map.inverse().unwrap();
        for (from, to) in card.corners().iter().zip(tilted().corners()) {
            assert!(close(map.apply(*from), *to) && close(back.apply(*to), *from));
        }
    }

    #[test]
    fn diagonals_meet_where_diagonals_meet() {
        let map = Homography::between(&Quad::rectangle(2.0, 2.0), &tilted()).unwrap();
        let [a, b, c, d] = *tilted().corners();
        let centre = map.apply(Point::new(1.0, 1.0));
        assert!((centre - a).cross(c - a).abs() < 1e-9 && (centre - b).cross(d - b).abs() < 1e-9);
    }

    #[test]
    fn the_jacobian_is_the_limit_of_small_steps() {
        let map = Homography::between(&Quad::rectangle(2.0, 1.0), &tilted()).unwrap();
        let (at, step) = (Point::new(0.3, 0.7), 1e-6);
        let [[xx, xy], [yx, yy]] = map.jacobian(at);
        let right = (map.apply(at + Point::new(step, 0.0)) - map.apply(at)) * (1.0 / step);
        let down = (map.apply(at + Point::new(0.0, step)) - map.apply(at)) * (1.0 / step);
        assert!((right - Point::new(xx, yx)).length() < 1e-3 && (down - Point::new(xy, yy)).length() < 1e-3);
    }

    #[test]
    fn three_corners_on_a_line_have_no_map() {
        let flat = Quad([Point::new(0.0, 0.0), Point::new(1.0, 0.0), Point::new(2.0, 0.0), Point::new(0.0, 1.0)]);
        let map = Homography::between(&Quad::rectangle(1.0, 1.0), &flat);
        assert!(map.is_none_or(|map| map.inverse().is_none()));
    }
}
