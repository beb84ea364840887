use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Orientation;

/// Where a portrait stands on the document that is turned so that the portrait stands upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Middle of the face, shares of the document's width and height, from its top left.
    pub middle: Point,
    /// Side of the face's square over the document's height.
    pub share: f64,
    /// Side of the face's square, mm; nominal where the document's size is not known.
    pub millimetres: f64,
    /// Width over height of the upright document: below 1 it stands on its short side.
    pub aspect: f64,
}

impl Place {
    /// The place of `face` (mm) on a document of `size` (width and height, mm) that is to be turned by `turn`.
    pub(super) fn of(face: &Quad, size: [f64; 2], turn: Orientation) -> Self {
        let [from, _, to, _] = *face.corners();
        let [width, height] = size;
        let middle = from.towards(to, 0.5);
        let middle = match turn {
            Orientation::Turned180 => Point::new(1.0 - middle.x / width, 1.0 - middle.y / height),
            Orientation::Turned90 => Point::new(1.0 - middle.y / height, middle.x / width),
            Orientation::Turned270 => Point::new(middle.y / height, 1.0 - middle.x / width),
            _ => Point::new(middle.x / width, middle.y / height),
        };
        let [width, height] = if turn.swaps_axes() { [height, width] } else { size };
        let millimetres = face.area().sqrt();
        Self { middle, share: millimetres / height, millimetres, aspect: width / height }
    }
}
