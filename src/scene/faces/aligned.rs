use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::pixels::Plane;
use crate::pixels::quantile;
use crate::scene::document::cut_chroma;
use crate::scene::document::cut_luma;

/// Pixels from eye to eye.
const SCALE: f64 = 64.0;
/// How far the raster reaches to either side of the middle between the eyes, above and below it, in distances between the eyes.
const SIDE: f64 = 2.0;
const ABOVE: f64 = 1.75;
const BELOW: f64 = 2.25;

/// A face turned so that its eyes lie level, at one size.
///
/// Places on it are given in distances between the eyes from the middle between them, x to the viewer's right, y down; mouths lie
/// at about (0, 1.1). After the aligned image of ISO/IEC 29794-5's reference implementation (OFIQ), with another margin.
#[derive(Clone, Debug)]
pub struct Aligned {
    luma: Plane,
    /// Cb and Cr at half the density.
    chroma: Option<[Plane; 2]>,
    /// From places on the face to pixels of the upright photo.
    pub to_photo: Homography,
    /// Distance between the eyes in the photo, pixels.
    pub eye_distance: f64,
}

/// A pixel of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// Luma, 0–255.
    pub luma: f32,
    /// Cb and Cr less 128; 0 where the photo is grey.
    pub chroma: [f32; 2],
}

/// A rectangle on an aligned face: left, right, top, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patch(pub [f64; 4]);

impl Patch {
    /// The same patch on the other side of the face.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        let Self([left, right, top, bottom]) = self;
        Self([-right, -left, top, bottom])
    }

    /// The same patch moved.
    #[must_use]
    pub const fn moved(self, x: f64, y: f64) -> Self {
        let Self([left, right, top, bottom]) = self;
        Self([left + x, right + x, top + y, bottom + y])
    }

    /// Its corners.
    #[must_use]
    pub const fn quad(self) -> Quad {
        let Self([left, right, top, bottom]) = self;
        Quad([Point::new(left, top), Point::new(right, top), Point::new(right, bottom), Point::new(left, bottom)])
    }
}

impl Aligned {
    /// The face in `photo` whose eyes lie at these pixels of the upright photo, the viewer's left one first; `None` where they
    /// are one.
    #[must_use]
    pub fn new(photo: &Photo, [left, right]: [Point; 2]) -> Option<Self> {
        let across = right - left;
        let (down, middle) = (Point::new(-across.y, across.x), left.towards(right, 0.5));
        let frame =
            Quad([(-SIDE, -ABOVE), (SIDE, -ABOVE), (SIDE, BELOW), (-SIDE, BELOW)].map(|(x, y)| Point::new(x, y)));
        let to_photo = Homography::between(&frame, &frame.map(|place| middle + across * place.x + down * place.y))?;
        let [width, height] = [2.0 * SIDE, ABOVE + BELOW].map(|length| (length * SCALE) as usize);
        let raster = Quad::rectangle(width as f64, height as f64);
        let from_raster = to_photo.after(&Homography::between(&raster, &frame)?);
        Some(Self {
            luma: cut_luma(photo, &from_raster, width, height)?,
            chroma: cut_chroma(photo, &from_raster, width, height),
            to_photo,
            eye_distance: across.length(),
        })
    }

    /// Luma of the whole raster, 64 pixels from eye to eye.
    pub(super) fn whole(&self) -> &Plane {
        &self.luma
    }

    /// Whether the photo holds colour.
    #[must_use]
    pub fn has_colour(&self) -> bool {
        self.chroma.is_some()
    }

    /// The pixels of `patch`, row after row, as far as the raster has them.
    pub fn pixels(&self, patch: Patch) -> impl Iterator<Item = Tone> {
        let [columns, rows] = self.span(patch);
        rows.flat_map(move |row| columns.clone().map(move |column| self.at(column, row)))
    }

    /// The median luma and chroma of `patches`; `None` where these hold no pixels.
    #[must_use]
    pub fn tone(&self, patches: &[Patch]) -> Option<Tone> {
        let pixels: Vec<Tone> = patches.iter().flat_map(|&patch| self.pixels(patch)).collect();
        let median = |part: fn(&Tone) -> f32| quantile(pixels.iter().map(part).collect(), 0.5, f32::total_cmp);
        let luma = median(|tone| tone.luma)?;
        Some(Tone { luma, chroma: [median(|tone| tone.chroma[0])?, median(|tone| tone.chroma[1])?] })
    }

    /// The luma of `patch`, rows of as many columns as the first number says.
    #[must_use]
    pub fn luma(&self, patch: Patch) -> (usize, Vec<f32>) {
        let [columns, rows] = self.span(patch);
        let width = columns.len();
        let row = |row: usize| self.luma.row(row)[columns.clone()].iter().map(|&luma| f32::from(luma));
        (width, rows.flat_map(row).collect())
    }

    /// The outline of `patch`, pixels of the upright photo.
    #[must_use]
    pub fn outline(&self, patch: Patch) -> Quad {
        patch.quad().map(|corner| self.to_photo.apply(corner))
    }

    fn span(&self, Patch([left, right, top, bottom]): Patch) -> [std::ops::Range<usize>; 2] {
        let along = |from: f64, to: f64, before: f64, length: usize| {
            let [from, to] = [from, to].map(|place| (((place + before) * SCALE).round().max(0.0) as usize).min(length));
            from..to.max(from)
        };
        [along(left, right, SIDE, self.luma.width()), along(top, bottom, ABOVE, self.luma.height())]
    }

    fn at(&self, column: usize, row: usize) -> Tone {
        let differences = self.chroma.as_ref();
        let chroma = differences.map(|planes| planes.each_ref().map(|p| f32::from(p.row(row / 2)[column / 2]) - 128.0));
        Tone { luma: f32::from(self.luma.row(row)[column]), chroma: chroma.unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::Aligned;
    use super::Patch;
    use crate::geometry::Point;
    use crate::photo::FileFacts;
    use crate::photo::Limits;
    use crate::photo::Photo;
    use crate::photo::decode;

    /// A photo, dark to the left of column 100 and bright beyond it.
    fn photo() -> Photo {
        let picture =
            image::RgbImage::from_fn(200, 160, |x, _| image::Rgb(if x < 100 { [40, 20, 20] } else { [200, 180, 180] }));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        decode(bytes.get_ref(), FileFacts::read(bytes.get_ref()), &Limits::default()).unwrap()
    }

    #[test]
    fn sides_are_told_by_the_eyes_whichever_way_the_face_stands() {
        let photo = photo();
        let [upright, turned] = [[(80.0, 70.0), (120.0, 70.0)], [(120.0, 70.0), (80.0, 70.0)]]
            .map(|eyes| Aligned::new(&photo, eyes.map(|(x, y)| Point::new(x, y))).unwrap());
        let left = Patch([-0.5, -0.1, 0.2, 0.5]);
        let mean = |face: &Aligned, patch: Patch| {
            let lumas: Vec<f32> = face.pixels(patch).map(|pixel| pixel.luma).collect();
            lumas.iter().sum::<f32>() / lumas.len() as f32
        };
        assert!(mean(&upright, left) < 60.0 && mean(&upright, left.mirrored()) > 150.0);
        assert!(mean(&turned, left) > 150.0 && mean(&turned, left.mirrored()) < 60.0);
        assert!(upright.has_colour() && upright.pixels(left).all(|pixel| pixel.chroma[1] > 0.0));
        assert!((upright.outline(left).0[0] - Point::new(80.0, 78.0)).length() < 1e-9);
    }

    #[test]
    fn eyes_at_one_place_are_no_face() {
        assert!(Aligned::new(&photo(), [Point::new(50.0, 50.0); 2]).is_none());
    }
}
