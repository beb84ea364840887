use crate::geometry::Point;
use crate::pixels::Plane;

/// What finds faces in a raster.
pub trait FaceDetector {
    /// Side of the smallest faces that are found, pixels of the raster.
    const SMALLEST: f64;
    /// Score that faces upside down or on their side do not reach.
    const CERTAIN: f64;

    /// The upright faces in `luma`, surest first; faces wider than `largest` pixels need not be found.
    fn faces(&self, luma: &Plane, largest: f64) -> Vec<Sighting>;
}

/// A face as a detector sees it: a square from brows to chin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    /// Middle of the square, pixels of the raster.
    pub middle: Point,
    /// Side of the square, pixels of the raster.
    pub side: f64,
    /// How sure the detector is, above 0, in its own measure.
    pub score: f64,
}
