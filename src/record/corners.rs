//! Four corners as text: `x,y x,y x,y x,y`, pixels with one decimal.

use crate::geometry::NoQuad;
use crate::geometry::Point;
use crate::geometry::Quad;

/// `quad` to a tenth of a pixel, as its text holds it, or `None` where a corner is not finite.
pub(super) fn to_tenths(quad: &Quad) -> Option<Quad> {
    let finite = quad.corners().iter().all(|corner| corner.x.is_finite() && corner.y.is_finite());
    finite.then(|| quad.map(|corner| Point::new(tenths(corner.x), tenths(corner.y))))
}

pub(super) fn to_text(quad: &Quad) -> String {
    quad.corners().map(|corner| format!("{:.1},{:.1}", corner.x, corner.y)).join(" ")
}

pub(super) fn from_text(text: &str) -> Result<Quad, String> {
    let quad: Quad = text.parse().map_err(|error: NoQuad| error.to_string())?;
    Ok(quad.map(|corner| Point::new(tenths(corner.x), tenths(corner.y))))
}

/// To one decimal, and never the negative zero.
fn tenths(number: f64) -> f64 {
    format!("{number:.1}").parse::<f64>().expect("a formatted number parses") + 0.0
}

#[cfg(test)]
mod tests {
    use super::from_text;
    use super::to_tenths;
    use super::to_text;
    use crate::geometry::Point;
    use crate::geometry::Quad;
    use proptest::prelude::*;

    fn quad(corners: [(f64, f64); 4]) -> Quad {
        Quad(corners.map(|(x, y)| Point::new(x, y)))
    }

    #[test]
    fn corners_are_pairs_with_one_decimal() {
        let quad = to_tenths(&quad([(-12.34, 0.04), (640.0, -0.04), (655.25, 400.96), (3.0, 399.0)])).unwrap();
        assert_eq!(to_text(&quad), "-12.3,0.0 640.0,0.0 655.2,401.0 3.0,399.0");
    }

    #[test]
    fn a_corner_at_infinity_is_no_corner() {
        assert_eq!(to_tenths(&quad([(0.0, 0.0), (f64::INFINITY, 0.0), (1.0, 1.0), (0.0, 1.0)])), None);
        assert_eq!(to_tenths(&quad([(0.0, 0.0), (1.0, 0.0), (1.0, f64::NAN), (0.0, 1.0)])), None);
    }

    #[test]
    fn only_four_finite_pairs_are_read() {
        for text in ["1,2 3,4 5,6", "1,2 3,4 5,6 7,8 9,0", "1,2 3,4 5,6 7", "1,2 3,4 5,6 7,inf", "1,2  3,4 5,6 7,8"] {
            assert_eq!(from_text(text).unwrap_err(), "expected four corners, `x,y x,y x,y x,y`", "{text}");
        }
    }

    proptest! {
        #[test]
        fn corners_read_back_to_the_same_corners(corners in prop::array::uniform4((any::<f32>(), any::<f32>()))) {
            let corners = corners.map(|(x, y)| (f64::from(x), f64::from(y)));
            if let Some(quad) = to_tenths(&quad(corners)) {
                prop_assert_eq!(from_text(&to_text(&quad)), Ok(quad));
            }
        }
    }
}
