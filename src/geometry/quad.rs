use std::str::FromStr;

use super::Point;
use super::area;
use super::intersection;

/// Four corners in clockwise order, as seen in the picture; sides run from each corner to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad(pub [Point; 4]);

/// The text is not that of four corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected four corners, `x,y x,y x,y x,y`")]
pub struct NoQuad;

impl FromStr for Quad {
    type Err = NoQuad;

    /// Reads `x,y x,y x,y x,y`, as reports and label files have it.
    fn from_str(text: &str) -> Result<Self, NoQuad> {
        let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
        let point = |text: &str| {
            let (x, y) = text.split_once(',')?;
            Some(Point::new(number(x)?, number(y)?))
        };
        let corners: Option<Vec<Point>> = text.split(' ').map(point).collect();
        corners.and_then(|corners| corners.try_into().ok()).map(Self).ok_or(NoQuad)
    }
}

impl Quad {
    /// The upright rectangle from (0, 0) to (width, height).
    #[must_use]
    pub const fn rectangle(width: f64, height: f64) -> Self {
        Self([Point::new(0.0, 0.0), Point::new(width, 0.0), Point::new(width, height), Point::new(0.0, height)])
    }

    /// The corners.
    #[must_use]
    pub fn corners(&self) -> &[Point; 4] {
        &self.0
    }

    /// The sides, each from a corner to the next.
    #[must_use]
    pub fn sides(&self) -> [[Point; 2]; 4] {
        let [a, b, c, d] = self.0;
        [[a, b], [b, c], [c, d], [d, a]]
    }

    /// Every corner mapped by `map`.
    #[must_use]
    pub fn map(&self, map: impl Fn(Point) -> Point) -> Self {
        Self(self.0.map(map))
    }

    /// The same corners counted from the one `steps` further.
    #[must_use]
    pub fn turned(mut self, steps: usize) -> Self {
        self.0.rotate_left(steps % 4);
        self
    }

    /// Area, square units.
    #[must_use]
    pub fn area(&self) -> f64 {
        area(&self.0)
    }

    /// Sum of the lengths of the sides.
    #[must_use]
    pub fn perimeter(&self) -> f64 {
        self.sides().iter().map(|[from, to]| (*to - *from).length()).sum()
    }

    /// Length of the shortest side.
    #[must_use]
    pub fn short_side(&self) -> f64 {
        self.sides().iter().map(|[from, to]| (*to - *from).length()).fold(f64::INFINITY, f64::min)
    }

    /// Whether `point` lies inside or on a side, of a convex quad whose corners run clockwise.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        self.sides().iter().all(|[from, to]| (*to - *from).cross(point - *from) >= 0.0)
    }

    /// Largest distance between a corner and that of `other` with the same number.
    #[must_use]
    pub fn farthest_corner(&self, other: &Self) -> f64 {
        self.0.iter().zip(other.0).map(|(one, other)| (*one - other).length()).fold(0.0, f64::max)
    }

    /// Whether the corners run clockwise around a convex shape.
    #[must_use]
    pub fn is_convex(&self) -> bool {
        (0..4).all(|at| {
            let [from, here, to] = [0, 1, 2].map(|step| self.0[(at + step) % 4]);
            (here - from).cross(to - here) > 0.0
        })
    }

    /// Area in common over area of both (Jaccard index), of convex quads, 0–1.
    #[must_use]
    pub fn jaccard(&self, other: &Self) -> f64 {
        let common = area(&intersection(&self.0, &other.0));
        let both = self.area() + other.area() - common;
        if both > 0.0 { common / both } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::NoQuad;
    use super::Point;
    use super::Quad;

    #[test]
    fn four_pairs_are_a_quad_and_nothing_else_is() {
        let read: Quad = "1.5,2 30,4 28,-50.25 0,40".parse().unwrap();
        assert_eq!((read.0[0].x, read.0[2].y).partial_cmp(&(1.5, -50.25)), Some(std::cmp::Ordering::Equal));
        for text in ["", "1,2 3,4 5,6", "1,2 3,4 5,6 7", "1,2 3,4 5,6 7,inf", "1,2  3,4 5,6 7,8", "1,2 3,4 5,6 7,8 9,0"]
        {
            assert_eq!(text.parse::<Quad>(), Err(NoQuad), "{text}");
        }
    }

    #[test]
    fn half_a_rectangle_has_half_in_common() {
        assert!((Quad::rectangle(4.0, 2.0).jaccard(&Quad::rectangle(4.0, 4.0)) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_quad_contains_its_middle_and_its_corners_only() {
        let quad = Quad::rectangle(3.0, 2.0);
        assert!([(1.5, 1.0), (0.0, 0.0), (3.0, 2.0)].iter().all(|&(x, y)| quad.contains(Point::new(x, y))));
        assert!([(-0.1, 1.0), (1.5, 2.1), (4.0, 3.0)].iter().all(|&(x, y)| !quad.contains(Point::new(x, y))));
    }

    #[test]
    fn corners_that_run_backwards_are_not_convex() {
        let quad = Quad::rectangle(3.0, 2.0);
        let [a, b, c, d] = quad.0;
        assert!(quad.is_convex() && !Quad([d, c, b, a]).is_convex() && !Quad([a, c, b, d]).is_convex());
    }
}
