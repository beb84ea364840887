use super::Place;
use super::SeetaFace;
use super::brightened;
use super::detector::FaceDetector;
use super::resized;
use super::upright::Upright;
use crate::geometry::Homography;
use crate::geometry::Quad;
use crate::photo::Orientation;
use crate::pixels::Plane;
use crate::pixels::project;
use crate::scene::Rectified;

/// Pixels of the raster on which portraits are sought, whatever the document's shape: on a card the smallest face that is found
/// is 18 % as high as the card, larger documents' a little less. Holders' faces have 20 to 44 %, ghost images up to 16 % (docs/accuracy.md).
const PIXELS: f64 = 75_000.0;
/// Side of the largest face over the document's short side.
const LARGEST: f64 = 0.6;
/// The document as it was found and upside down, which its corners do not tell; then on its side, as upright cards are.
const TURNS: [Orientation; 4] =
    [Orientation::Upright, Orientation::Turned180, Orientation::Turned90, Orientation::Turned270];

/// A face printed on the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Portrait {
    /// A square from brows to chin in millimetres of the rectified document (origin at its top left, x along its top), clockwise
    /// from the face's own top left; nominal millimetres where the document's size is not known.
    pub millimetres: Quad,
    /// The same in pixels of the upright photo.
    pub quad: Quad,
    /// How sure it is, at least 2 in the detector's measure.
    pub score: f64,
}

/// The faces printed on the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Portraits {
    /// How the rectified document must be turned for its portraits to stand upright.
    pub turn: Orientation,
    /// The portraits, surest first. All of them stand the same way.
    pub found: Vec<Portrait>,
    /// Width and height of the rectified document, mm, before the turn.
    size: [f64; 2],
}

impl Portraits {
    /// The portraits on `document`.
    #[must_use]
    pub fn of(document: &Rectified) -> Self {
        Self::seen_by(&SeetaFace, document)
    }

    /// The portraits that `detector` sees on `document`, under the one of its four turns that shows the surest.
    #[must_use]
    pub fn seen_by<D: FaceDetector>(detector: &D, document: &Rectified) -> Self {
        let raster = standard(&document.luma);
        let largest = LARGEST * raster.width().min(raster.height()) as f64;
        let size = [document.luma.width(), document.luma.height()].map(|side| side as f64 / document.px_per_mm);
        let found = Upright::sought(detector, &raster, &TURNS, largest)
            .or_else(|| Upright::sought(detector, &brightened(&raster), &TURNS[..2], largest));
        let portraits = found.and_then(|found| {
            let to_rectified = Homography::between(&raster.frame(), &document.luma.frame())?;
            let to_millimetres = Homography::between(&raster.frame(), &Quad::rectangle(size[0], size[1]))?;
            let to_photo = document.to_photo.after(&to_rectified);
            let portrait = |&(face, score): &(Quad, f64)| Portrait {
                millimetres: face.map(|corner| to_millimetres.apply(corner)),
                quad: face.map(|corner| to_photo.apply(corner)),
                score,
            };
            Some((found.turn, found.faces.iter().map(portrait).collect()))
        });
        let (turn, found) = portraits.unwrap_or((Orientation::Upright, Vec::new()));
        Self { turn, found, size }
    }

    /// The largest portrait: the holder's, others are ghost images of it.
    #[must_use]
    pub fn main(&self) -> Option<&Portrait> {
        self.found.iter().max_by(|one, other| one.millimetres.area().total_cmp(&other.millimetres.area()))
    }

    /// Where the largest portrait stands on the document, turned upright.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        Some(Place::of(&self.main()?.millimetres, self.size, self.turn))
    }
}

/// The document's `luma` at the size at which portraits are sought.
fn standard(luma: &Plane) -> Plane {
    let scale = (PIXELS / luma.samples().len().max(1) as f64).sqrt();
    let side = |length: usize| (length as f64 * scale).round().max(1.0) as usize;
    if scale <= 1.0 {
        return resized(luma, side);
    }
    let [width, height] = [luma.width(), luma.height()].map(side);
    let enlarged = Quad::rectangle(width as f64, height as f64);
    Homography::between(&enlarged, &luma.frame()).map_or_else(Plane::default, |map| project(luma, &map, width, height))
}

#[cfg(test)]
mod tests {
    use super::Portraits;
    use crate::geometry::Homography;
    use crate::geometry::Point;
    use crate::geometry::Quad;
    use crate::photo::Orientation;
    use crate::pixels::Plane;
    use crate::scene::Rectified;
    use crate::scene::faces::FaceDetector;
    use crate::scene::faces::Sighting;

    /// Sees a face of 10 mm in the middle of the bright samples where these lie in the upper left quarter.
    struct Bright;

    impl FaceDetector for Bright {
        const SMALLEST: f64 = 1.0;
        const CERTAIN: f64 = 4.0;

        fn faces(&self, luma: &Plane, _: f64) -> Vec<Sighting> {
            let bright = (0..luma.samples().len()).filter(|&at| luma.samples()[at] > 128);
            let places: Vec<Point> =
                bright.map(|at| Point::new((at % luma.width()) as f64, (at / luma.width()) as f64)).collect();
            let sum = places.iter().fold(Point::default(), |sum, &place| sum + place);
            let middle = sum * (1.0 / places.len() as f64) + Point::new(0.5, 0.5);
            let upper_left = middle.x < luma.width() as f64 / 2.0 && middle.y < luma.height() as f64 / 2.0;
            let side = luma.width().max(luma.height()) as f64 / 8.0;
            upper_left.then_some(Sighting { middle, side, score: 5.0 }).into_iter().collect()
        }
    }

    /// A document of 80 x 50 mm with a bright square of 4 mm, its middle at (x, y) mm, that lies 100 pixels off in the photo.
    fn document(px_per_mm: f64, x: f64, y: f64) -> Rectified {
        let (width, height) = ((80.0 * px_per_mm) as usize, (50.0 * px_per_mm) as usize);
        let is_bright = |at: usize| {
            let [column, row] = [at % width, at / width].map(|place| (place as f64 + 0.5) / px_per_mm);
            (column - x).abs() < 2.0 && (row - y).abs() < 2.0
        };
        let samples = (0..width * height).map(|at| if is_bright(at) { 255 } else { 0 }).collect();
        let raster = Quad::rectangle(width as f64, height as f64);
        let moved = raster.map(|corner| corner + Point::new(100.0, 100.0));
        Rectified {
            luma: Plane::new(width, height, samples),
            px_per_mm,
            to_photo: Homography::between(&raster, &moved).unwrap(),
            visible: vec![0..width; height],
        }
    }

    fn middle(quad: &Quad) -> Point {
        quad.0[0].towards(quad.0[2], 0.5)
    }

    #[test]
    fn a_portrait_is_measured_in_millimetres_at_any_density() {
        for px_per_mm in [2.0, 5.0, 10.0] {
            let portraits = Portraits::seen_by(&Bright, &document(px_per_mm, 20.0, 15.0));
            let portrait = portraits.main().unwrap();
            assert_eq!(portraits.turn, Orientation::Upright);
            assert!((middle(&portrait.millimetres) - Point::new(20.0, 15.0)).length() < 0.2, "{portrait:?}");
            assert!((portrait.millimetres.area() - 100.0).abs() < 1.0, "{portrait:?}");
            let in_photo = Point::new(20.0, 15.0) * px_per_mm + Point::new(100.0, 100.0);
            assert!((middle(&portrait.quad) - in_photo).length() < 0.2 * px_per_mm, "{portrait:?}");
        }
    }

    #[test]
    fn a_document_upside_down_has_its_portrait_where_it_stands_upright() {
        let portraits = Portraits::seen_by(&Bright, &document(5.0, 60.0, 35.0));
        let place = portraits.place().unwrap();
        assert_eq!(portraits.turn, Orientation::Turned180);
        assert!((place.middle - Point::new(0.25, 0.3)).length() < 0.01, "{place:?}");
        assert!((place.share - 0.2).abs() < 2e-3 && (place.aspect - 1.6).abs() < 1e-6);
    }

    #[test]
    fn a_document_on_its_side_has_its_portrait_where_it_stands_upright() {
        for (x, y, turn) in [(20.0, 35.0, Orientation::Turned90), (60.0, 15.0, Orientation::Turned270)] {
            let portraits = Portraits::seen_by(&Bright, &document(5.0, x, y));
            let place = portraits.place().unwrap();
            assert_eq!(portraits.turn, turn);
            assert!((place.middle - Point::new(0.3, 0.25)).length() < 0.01, "{turn:?}: {place:?}");
            assert!((place.share - 0.125).abs() < 2e-3 && (place.aspect - 0.625).abs() < 1e-6);
        }
    }

    #[test]
    fn a_blank_document_has_none() {
        let portraits = Portraits::of(&document(3.0, -50.0, 0.0));
        assert!(portraits.found.is_empty() && portraits.place().is_none());
    }
}
