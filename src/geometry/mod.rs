//! Points, quadrilaterals and projective maps of the plane. No pixels live here.
//!
//! Coordinates are continuous: the first pixel covers 0 to 1 on either axis, its centre lies at one half. x grows to the
//! right, y downwards, so that corners in reading order (top left, top right, bottom right, bottom left) run clockwise.

mod homography;
mod point;
mod polygon;
mod quad;

pub use homography::Homography;
pub use point::Point;
pub use polygon::area;
pub use polygon::intersection;
pub use quad::NoQuad;
pub use quad::Quad;
