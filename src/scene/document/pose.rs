//! How the document lies before the camera, and how large it is, from its four corners alone.

mod fit;
pub(super) mod view;

use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::scene::DocumentType;
pub(super) use fit::CORNER_ERROR;
use fit::Fit;
pub(super) use fit::TILT_SPREAD;

/// Millimetres in an inch.
const INCH: f64 = 25.4;
/// Diagonal of the 35 mm format, mm: what a focal length in 35 mm equivalents refers to.
const DIAGONAL_35MM: f64 = 43.27;
/// Focal length of a telephone's main camera in 35 mm equivalents, mm, for photos that do not tell.
const TYPICAL_FOCAL: f64 = 26.0;
/// Natural logarithm by which that of a photo may differ from it (one standard deviation): 22 to 31 mm.
const TYPICAL_SPREAD: f64 = 0.17;
/// The same where EXIF tells, in whole millimetres and of the lens, not of the crop.
const TOLD_SPREAD: f64 = 0.02;
/// Cost of a size that the declared type does not call for: one document in 150 (twice the logarithm of the odds).
const UNEXPECTED: f64 = 10.0;
/// Misfit above which no known size explains the corners, squared standard deviations (two degrees of freedom): lets pass
/// 997 of 1,000 cards whose corners are wrong by 1 % of the short side, and one in 20 of the shape of a letter sheet.
const MISFIT: f64 = 80.0;

/// Format of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Cards of ISO/IEC 7810 ID-1, 85.60 x 53.98 mm: identity cards, driving licences.
    Id1,
    /// Cards of ISO/IEC 7810 ID-2, 105 x 74 mm: older identity cards.
    Id2,
    /// A page of a passport, ISO/IEC 7810 ID-3, 125 x 88 mm. Has the aspect ratio of ID-2.
    Id3,
    /// Two pages of a passport above one another, 125 x 176 mm, upright. Its corners look like those of an ID-3 page turned
    /// by 90 degrees, so that [`Pose::estimate`] never finds it: see [`Pose::of_size`].
    Spread,
    /// None of these. How large it is cannot be told from a photo: its millimetres are nominal, of an ID-1 card's long side.
    Other {
        /// Long side over short side, at least 1.
        aspect: f64,
    },
}

impl Size {
    /// Width and height of the upright document, mm.
    #[must_use]
    pub fn millimetres(self) -> [f64; 2] {
        match self {
            Self::Id1 => [85.60, 53.98],
            Self::Id2 => [105.0, 74.0],
            Self::Id3 => [125.0, 88.0],
            Self::Spread => [125.0, 176.0],
            Self::Other { aspect } => [85.60, 85.60 / aspect],
        }
    }

    /// Sizes to try for what is declared, the expected one first. ID-2 and ID-3 look alike: the declaration decides.
    fn candidates(declared: Option<DocumentType>) -> [(Self, f64); 2] {
        match declared {
            Some(DocumentType::Passport) => [(Self::Id3, 0.0), (Self::Id1, UNEXPECTED)],
            None | Some(DocumentType::Selfie) => [(Self::Id1, 0.0), (Self::Id3, 0.0)],
            Some(_) => [(Self::Id1, 0.0), (Self::Id2, UNEXPECTED)],
        }
    }

    fn rectangle(self) -> Quad {
        let [width, height] = self.millimetres();
        Quad::rectangle(width, height)
    }
}

/// What the shape of a document says of its format, see [`Pose::shape`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Natural logarithm of the odds of a card against a page.
    pub card_over_page: f64,
    /// Misfit of the better one, of what still counts as a fit: above 1 it is neither, as far as the corners are right.
    pub misfit: f64,
}

/// A document before the camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Angle between the document's normal and the optical axis, degrees, 0–90. The optical axis is taken to meet the
    /// middle of the frame.
    pub tilt_deg: f64,
    /// Format of the document.
    pub size: Size,
    /// Corners in pixels of the upright photo, counted from what is taken for the document's own top left.
    pub corners: Quad,
    /// From millimetres on the document (origin at its top left, x along its top) to pixels of the upright photo.
    pub to_photo: Homography,
}

impl Pose {
    /// The pose of the document with corners `quad` in an upright photo of `frame` (width, height) pixels, taken with
    /// `focal_35mm` (35 mm equivalent, mm) where that is known. `None` where the corners are not those of a convex shape.
    ///
    /// Every size that `declared` allows, either way round, is fitted as a rigid rectangle before a pinhole camera
    /// by least squares; the best one stays, or [`Size::Other`] where none fits. Whether the document is upside down corners do
    /// not tell: its top left is taken to be the first corner, or the last where it lies on its side; see
    /// [`Pose::turned`].
    #[must_use]
    pub fn estimate(
        quad: &Quad,
        frame: (u32, u32),
        focal_35mm: Option<f64>,
        declared: Option<DocumentType>,
    ) -> Option<Self> {
        let fit = Fit::new(&centred(quad, frame)?, focal(focal_35mm));
        let tries = Size::candidates(declared).into_iter().flat_map(|(size, cost)| {
            [0, 3].map(|turn| (size, turn, fit.rectangle(size.millimetres(), turn).costing(cost)))
        });
        let (size, turn, found) = tries.min_by(|(.., one), (.., other)| one.cost.total_cmp(&other.cost))?;
        if found.misfit < MISFIT {
            return Self::new(found.tilt_deg, size, quad.turned(turn));
        }
        let free = fit.free()?;
        let (aspect, turn) = if free.aspect < 1.0 { (1.0 / free.aspect, 3) } else { (free.aspect, 0) };
        Self::new(free.tilt_deg, Size::Other { aspect }, quad.turned(turn))
    }

    /// Which of the two formats of most documents, cards (ID-1) and pages of passports (ID-3), the corners `quad` in a frame fit.
    /// `None` where the corners are not those of a convex shape.
    #[must_use]
    pub fn shape(quad: &Quad, frame: (u32, u32), focal_35mm: Option<f64>) -> Option<Shape> {
        let fit = Fit::new(&centred(quad, frame)?, focal(focal_35mm));
        let cost = |size: Size| [0, 3].map(|turn| fit.rectangle(size.millimetres(), turn));
        let best = |size: Size| cost(size).into_iter().min_by(|one, other| one.cost.total_cmp(&other.cost));
        let (card, page) = best(Size::Id1).zip(best(Size::Id3))?;
        Some(Shape { card_over_page: (page.cost - card.cost) / 2.0, misfit: card.misfit.min(page.misfit) / MISFIT })
    }

    fn new(tilt_deg: f64, size: Size, corners: Quad) -> Option<Self> {
        let to_photo = Homography::between(&size.rectangle(), &corners)?;
        to_photo.inverse()?;
        tilt_deg.is_finite().then_some(Self { tilt_deg, size, corners, to_photo })
    }

    /// The same corners counted from the one `quarters` further clockwise: 2 for a document that lies upside down.
    #[must_use]
    pub fn turned(&self, quarters: usize) -> Option<Self> {
        Self::new(self.tilt_deg, self.size, self.corners.turned(quarters))
    }

    /// The same corners as those of a document of `size`, which something else than its corners has told. Turns by 90
    /// degrees where the long side changes place.
    #[must_use]
    pub fn of_size(&self, size: Size) -> Option<Self> {
        let is_wide = |size: Size| size.millimetres()[0] >= size.millimetres()[1];
        let turn = usize::from(is_wide(size) != is_wide(self.size));
        Self::new(self.tilt_deg, size, self.corners.turned(turn))
    }

    /// Pixels per millimetre in the most squeezed direction at the document's least dense corner or centre; `None` where the
    /// document's size is not known.
    #[must_use]
    pub fn density(&self) -> Option<f64> {
        (!matches!(self.size, Size::Other { .. })).then(|| self.nominal_density())
    }

    /// [`Pose::density`] in dots per inch.
    #[must_use]
    pub fn dpi(&self) -> Option<f64> {
        self.density().map(|density| density * INCH)
    }

    /// Pixels per millimetre, nominal ones where the size is not known.
    pub(super) fn nominal_density(&self) -> f64 {
        let [width, height] = self.size.millimetres();
        let places = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.5, 0.5]];
        let density = |[x, y]: [f64; 2]| least_stretch(self.to_photo.jacobian(Point::new(x * width, y * height)));
        places.map(density).into_iter().fold(f64::INFINITY, f64::min)
    }
}

/// Focal length over the frame's diagonal, and the standard deviation of its logarithm.
fn focal(told: Option<f64>) -> (f64, f64) {
    let told = told.filter(|length| (8.0..=400.0).contains(length));
    let (length, spread) = told.map_or((TYPICAL_FOCAL, TYPICAL_SPREAD), |length| (length, TOLD_SPREAD));
    (length / DIAGONAL_35MM, spread)
}

/// Focal length in pixels of a frame with that `diagonal`, the usual one where it is not told.
pub(super) fn focal_pixels(told: Option<f64>, diagonal: f64) -> f64 {
    focal(told).0 * diagonal
}

/// `quad` about the middle of the frame, in diagonals of the frame; `None` for what no document can look like.
fn centred(quad: &Quad, (width, height): (u32, u32)) -> Option<Quad> {
    let (width, height) = (f64::from(width), f64::from(height));
    let diagonal = width.hypot(height);
    let centred = quad.map(|corner| (corner - Point::new(width / 2.0, height / 2.0)) * (1.0 / diagonal));
    let bounded = centred.corners().iter().all(|corner| corner.length() < 100.0);
    (bounded && centred.is_convex() && quad.area() >= 1.0).then_some(centred)
}

/// The least singular value of a 2 x 2 matrix.
pub(in crate::scene) fn least_stretch([[a, b], [c, d]]: [[f64; 2]; 2]) -> f64 {
    let (squares, determinant) = (a * a + b * b + c * c + d * d, a * d - b * c);
    let root = (squares * squares - 4.0 * determinant * determinant).max(0.0).sqrt();
    ((squares - root) / 2.0).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::Pose;
    use super::Size;
    use super::least_stretch;
    use crate::geometry::Homography;
    use crate::geometry::Point;
    use crate::geometry::Quad;
    use crate::scene::DocumentType;

    const FRAME: (u32, u32) = (4000, 3000);
    /// Half a diagonal is 2,500 px: 26 mm are 3,004.4 px.
    const FOCAL_PX: f64 = 26.0 / 43.27 * 5000.0;

    /// A rectangle of `size` mm, 200 mm away, tilted about a vertical axis.
    fn seen(size: [f64; 2], tilt_deg: f64) -> Quad {
        let (sin, cos) = tilt_deg.to_radians().sin_cos();
        Quad::rectangle(size[0], size[1]).map(|corner| {
            let (x, y) = (corner.x - size[0] / 2.0, corner.y - size[1] / 2.0);
            let scale = FOCAL_PX / (200.0 + x * sin);
            Point::new(2000.0 + x * cos * scale, 1500.0 + y * scale)
        })
    }

    fn estimate(quad: &Quad, declared: Option<DocumentType>) -> Pose {
        Pose::estimate(quad, FRAME, Some(26.0), declared).unwrap()
    }

    #[test]
    fn a_card_from_above_has_no_tilt_and_the_density_of_its_distance() {
        let pose = estimate(&seen([85.6, 53.98], 0.0), None);
        assert!(pose.tilt_deg < 0.1, "{}", pose.tilt_deg);
        assert_eq!(pose.size, Size::Id1);
        assert!((pose.density().unwrap() - FOCAL_PX / 200.0).abs() < 1e-6);
        assert!((pose.dpi().unwrap() - FOCAL_PX / 200.0 * 25.4).abs() < 1e-4);
    }

    #[test]
    fn tilts_are_found_to_half_a_degree() {
        for tilt in [5.0, 15.0, 30.0, 45.0] {
            let found = estimate(&seen([85.6, 53.98], tilt), None).tilt_deg;
            assert!((found - tilt).abs() < 0.5, "{found} for {tilt}");
        }
    }

    #[test]
    fn without_exif_the_known_shape_stands_in_for_the_focal_length() {
        let pose = Pose::estimate(&seen([85.6, 53.98], 30.0), FRAME, None, None).unwrap();
        assert!((pose.tilt_deg - 30.0).abs() < 1.0, "{}", pose.tilt_deg);
    }

    #[test]
    fn the_declared_type_decides_between_sizes_of_one_shape() {
        let page = seen([125.0, 88.0], 10.0);
        assert_eq!(estimate(&page, Some(DocumentType::Passport)).size, Size::Id3);
        assert_eq!(estimate(&page, Some(DocumentType::IdCardBack)).size, Size::Id2);
        assert_eq!(estimate(&page, None).size, Size::Id3);
        assert_eq!(estimate(&seen([85.6, 53.98], 10.0), Some(DocumentType::Passport)).size, Size::Id1);
    }

    #[test]
    fn a_square_is_of_no_known_size() {
        let pose = estimate(&seen([60.0, 60.0], 12.0), None);
        let Size::Other { aspect } = pose.size else { panic!("{:?}", pose.size) };
        assert!((aspect - 1.0).abs() < 0.01 && (pose.tilt_deg - 12.0).abs() < 0.5);
        assert_eq!((pose.density(), pose.dpi()), (None, None));
    }

    #[test]
    fn the_long_side_of_a_card_is_its_top_however_it_lies() {
        let quad = seen([85.6, 53.98], 10.0);
        for quarters in 0..4 {
            let pose = estimate(&quad.turned(quarters), None);
            assert!(pose.corners == quad || pose.corners == quad.turned(2), "{quarters}");
        }
        assert_eq!(estimate(&quad, None).turned(2).unwrap().corners, quad.turned(2));
    }

    #[test]
    fn millimetres_of_the_document_go_to_its_corners() {
        let quad = seen([85.6, 53.98], 25.0);
        let map: Homography = estimate(&quad, None).to_photo;
        assert!((map.apply(Point::new(85.6, 53.98)) - quad.0[2]).length() < 1e-6);
    }

    #[test]
    fn a_spread_stands_on_its_short_side() {
        let quad = seen([125.0, 176.0], 8.0);
        let page = estimate(&quad, Some(DocumentType::Passport));
        let spread = page.of_size(Size::Spread).unwrap();
        assert_eq!((page.size, spread.corners), (Size::Id3, quad));
        assert!((spread.to_photo.apply(Point::new(125.0, 176.0)) - quad.0[2]).length() < 1e-6);
    }

    #[test]
    fn corners_that_no_rectangle_has_are_refused() {
        let [a, b, c, d] = seen([85.6, 53.98], 0.0).0;
        let nowhere = Point::new(f64::NAN, 0.0);
        let flat = Quad([a, b, c, b.towards(c, 0.5)]);
        for quad in [Quad([a, c, b, d]), Quad([d, c, b, a]), Quad([a, b, c, nowhere]), Quad([a; 4]), flat] {
            assert_eq!(Pose::estimate(&quad, FRAME, None, None), None);
        }
        assert_eq!(Pose::estimate(&Quad([a, b, c, d]), (0, 0), None, None), None);
    }

    #[test]
    fn the_least_stretch_is_the_smaller_singular_value() {
        assert!((least_stretch([[0.0, -3.0], [2.0, 0.0]]) - 2.0).abs() < 1e-12);
        assert!(least_stretch([[1.0, 1.0], [1.0, 1.0]]).abs() < 1e-7);
    }
}
