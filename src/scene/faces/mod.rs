//! Faces: of the people in the photo, and those printed on the document.

mod aligned;
mod detector;
mod eyes;
mod landmarks;
mod place;
mod portraits;
mod seeta_face;
mod skin;
mod upright;
mod yaw;

pub use aligned::Aligned;
pub use aligned::Patch;
pub use aligned::Tone;
pub use detector::FaceDetector;
pub use detector::Sighting;
pub use landmarks::Landmarks;
pub use place::Place;
pub use portraits::Portrait;
pub use portraits::Portraits;
pub use seeta_face::SeetaFace;
pub use skin::Skin;
pub use yaw::Sides;

use crate::geometry::Homography;
use crate::geometry::Quad;
use crate::photo::Orientation;
use crate::photo::Photo;
use crate::pixels::LARGEST_STEP;
use crate::pixels::Plane;
use crate::pixels::Step;
use crate::pixels::shrink;
use upright::Upright;

/// Longest side of the raster on which faces are sought, pixels: on it a face of a sixteenth is found (docs/accuracy.md).
const LONGEST: usize = 640;
/// Longest side of the raster on which they are sought turned, pixels: a selfie's face fills more than an eighth of the frame.
const LONGEST_TURNED: usize = 320;
/// The turns that are tried where no face stands upright, the likelier first.
const TURNS: [Orientation; 3] = [Orientation::Turned90, Orientation::Turned270, Orientation::Turned180];

/// A face in the photo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// A square from brows to chin in pixels of the upright photo, clockwise from the face's own top left. Corners may lie
    /// outside the frame.
    pub quad: Quad,
    /// How sure it is, at least 2 in the detector's measure.
    pub score: f64,
}

/// The person whom a selfie shows: the largest face.
#[derive(Clone, Debug)]
pub struct Sitter {
    /// The face.
    pub face: Face,
    /// Its landmarks.
    pub landmarks: Landmarks,
    /// The face aligned by its eyes.
    pub aligned: Aligned,
}

impl Sitter {
    /// The person whose `face` is seen in `photo`; `None` where the photo is too long.
    #[must_use]
    pub fn of(photo: &Photo, face: Face) -> Option<Self> {
        let (landmarks, aligned) = Landmarks::find(photo, &face.quad)?;
        Some(Self { face, landmarks, aligned })
    }

    /// The face aligned by where eyes lie as a rule in the detector's square: lenses, hair and hands are easily taken for eyes.
    #[must_use]
    pub fn aligned_by_square(&self, photo: &Photo) -> Option<Aligned> {
        Aligned::new(photo, eyes::usual(&self.face.quad)?)
    }

    /// How the two sides of the face differ, which tells how far the head is turned aside.
    #[must_use]
    pub fn sides(&self) -> Sides {
        Sides::of(&self.aligned)
    }

    /// Height of the opening of the mouth, distances between the eyes; `None` where the eyes are not sure.
    #[must_use]
    pub fn mouth_open(&self) -> Option<f64> {
        (self.landmarks.odds >= 0.0).then(|| landmarks::mouth_opening(&self.aligned, self.landmarks.nose_off))
    }
}

/// The faces in a photo.
#[derive(Clone, Debug, PartialEq)]
pub struct Faces {
    /// How the upright photo must still be turned for its faces to stand upright.
    pub turn: Orientation,
    /// The faces, surest first. All of them stand the same way.
    pub found: Vec<Face>,
}

impl Faces {
    /// The faces in `photo`.
    #[must_use]
    pub fn of(photo: &Photo) -> Self {
        Self::seen_by(&SeetaFace, photo)
    }

    /// The faces that `detector` sees in `photo`: those that stand upright, or, where only large ones that stand upright after
    /// a turn by 90, 270 or 180 degrees are certain, these. Where there are none, the shadows are brightened once: a dark face
    /// before a bright wall has too little contrast otherwise.
    #[must_use]
    pub fn seen_by<D: FaceDetector>(detector: &D, photo: &Photo) -> Self {
        let raster = photo.facts().exif.orientation.apply(reduced(photo.stored_luma(), LONGEST));
        let standing = Upright::sought(detector, &raster, &[Orientation::Upright], f64::INFINITY);
        let score = standing.as_ref().map_or(0.0, Upright::surest);
        if score < D::CERTAIN {
            let raster = reduced(&raster, LONGEST_TURNED);
            let turned = Upright::sought(detector, &raster, &TURNS, f64::INFINITY);
            if let Some(turned) = turned.filter(|turned| turned.surest() >= D::CERTAIN) {
                return Self::on_photo(&turned, &raster, photo);
            }
        }
        let lit = || Upright::sought(detector, &brightened(&raster), &[Orientation::Upright], f64::INFINITY);
        standing.or_else(lit).map_or_else(Self::none, |standing| Self::on_photo(&standing, &raster, photo))
    }

    /// The face that covers most of the photo.
    #[must_use]
    pub fn largest(&self) -> Option<&Face> {
        self.found.iter().max_by(|one, other| one.quad.area().total_cmp(&other.quad.area()))
    }

    fn none() -> Self {
        Self { turn: Orientation::Upright, found: Vec::new() }
    }

    fn on_photo(found: &Upright, raster: &Plane, photo: &Photo) -> Self {
        let (width, height) = photo.upright_size();
        let frame = Quad::rectangle(f64::from(width), f64::from(height));
        let Some(to_photo) = Homography::between(&raster.frame(), &frame) else { return Self::none() };
        let face =
            |(quad, score): &(Quad, f64)| Face { quad: quad.map(|corner| to_photo.apply(corner)), score: *score };
        Self { turn: found.turn, found: found.faces.iter().map(face).collect() }
    }
}

/// `plane` with the square root of its levels: what is a quarter of white becomes half of it.
fn brightened(plane: &Plane) -> Plane {
    let levels: [u8; 256] = std::array::from_fn(|level| (level as f32 * 255.0).sqrt().round() as u8);
    let samples = plane.samples().iter().map(|&sample| levels[usize::from(sample)]).collect();
    Plane::new(plane.width(), plane.height(), samples)
}

/// `plane` with its longest side brought to `longest` where it is longer.
fn reduced(plane: &Plane, longest: usize) -> Plane {
    let side = plane.width().max(plane.height());
    resized(plane, |length| (length * longest.min(side) / side.max(1)).max(length.div_ceil(LARGEST_STEP)))
}

/// `plane` with each side made as long as `resize` says, means over what lies under a sample.
fn resized(plane: &Plane, resize: impl Fn(usize) -> usize) -> Plane {
    let [across, down] = [plane.width(), plane.height()].map(|from| Step { from, to: resize(from) });
    if across.from == across.to && down.from == down.to {
        return plane.clone();
    }
    shrink(plane, across.to, down.to, [across, down])
}

#[cfg(test)]
mod tests {
    use super::FaceDetector;
    use super::Faces;
    use super::Sighting;
    use crate::geometry::Point;
    use crate::photo::FileFacts;
    use crate::photo::Limits;
    use crate::photo::Orientation;
    use crate::photo::Photo;
    use crate::photo::decode;
    use crate::pixels::Plane;

    /// Sees a face of 64 pixels on the brightest sample of wide rasters, or of high ones.
    struct Brightest {
        wide: bool,
    }

    impl FaceDetector for Brightest {
        const SMALLEST: f64 = 1.0;
        const CERTAIN: f64 = 4.0;

        fn faces(&self, luma: &Plane, _: f64) -> Vec<Sighting> {
            assert!(luma.width().max(luma.height()) <= 640);
            let at = (0..luma.samples().len()).max_by_key(|&at| luma.samples()[at]);
            let at = at.filter(|_| (luma.width() > luma.height()) == self.wide);
            let face = |at: usize| {
                let middle = Point::new((at % luma.width()) as f64 + 0.5, (at / luma.width()) as f64 + 0.5);
                Sighting { middle, side: 64.0, score: 5.0 }
            };
            at.map(face).into_iter().collect()
        }
    }

    /// A black photo with a white square of 8 pixels, its middle at (404, 204).
    fn photo(width: u32, height: u32) -> Photo {
        let picture = image::GrayImage::from_fn(width, height, |x, y| {
            image::Luma([if (400..408).contains(&x) && (200..208).contains(&y) { 255 } else { 0 }])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        decode(bytes.get_ref(), FileFacts::read(bytes.get_ref()), &Limits::default()).unwrap()
    }

    #[test]
    fn a_face_lies_in_the_photo_where_it_lies_in_the_raster() {
        for (wide, turn, scale) in [(true, Orientation::Upright, 2.0), (false, Orientation::Turned90, 4.0)] {
            let faces = Faces::seen_by(&Brightest { wide }, &photo(1280, 960));
            let face = faces.largest().unwrap();
            let middle = face.quad.0[0].towards(face.quad.0[2], 0.5);
            assert_eq!(faces.turn, turn);
            assert!((middle - Point::new(404.0, 204.0)).length() < 3.0 * scale, "{middle:?}");
            assert!((face.quad.area().sqrt() - 64.0 * scale).abs() < 1e-9);
        }
    }

    #[test]
    fn photos_without_pixels_to_speak_of_have_no_faces() {
        for (width, height) in [(1, 1), (1, 3000), (3000, 1), (39, 39), (100, 100)] {
            assert!(Faces::of(&photo(width, height)).found.is_empty());
        }
    }
}
