use crate::geometry::Point;
use crate::photo::Chroma;
use crate::photo::Orientation;
use crate::photo::Photo;
use crate::pixels::Plane;

/// Colours of a photo by points of its upright raster, read from the planes as they are stored: nothing is turned.
#[derive(Clone, Copy, Debug)]
pub struct Colours<'a> {
    luma: &'a Plane,
    chroma: Option<&'a Chroma>,
    orientation: Orientation,
    /// Columns and rows of the chroma planes to those of the luma plane.
    subsampling: [f64; 2],
}

impl<'a> Colours<'a> {
    /// The colours of `photo`.
    #[must_use]
    pub fn of(photo: &'a Photo) -> Self {
        Self::new(photo.stored_luma(), photo.stored_chroma(), photo.facts().exif.orientation)
    }

    fn new(luma: &'a Plane, chroma: Option<&'a Chroma>, orientation: Orientation) -> Self {
        let ratio = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let subsampling = chroma.map_or([1.0; 2], |chroma| {
            [ratio(chroma.cb.width(), luma.width()), ratio(chroma.cb.height(), luma.height())]
        });
        Self { luma, chroma, orientation, subsampling }
    }

    /// Luma, blue and red difference, 0–255, of the pixel that covers `point`; `None` outside the frame.
    #[must_use]
    #[inline]
    pub fn at(&self, point: Point) -> Option<[f32; 3]> {
        let size = (self.luma.width() as u32, self.luma.height() as u32);
        let Point { x, y } = self.orientation.to_stored(point, size);
        if !(x >= 0.0 && y >= 0.0 && x < f64::from(size.0) && y < f64::from(size.1)) {
            return None;
        }
        let luma = sample(self.luma, x, y)?;
        let Some(chroma) = self.chroma else { return Some([luma, 128.0, 128.0]) };
        let (x, y) = (x * self.subsampling[0], y * self.subsampling[1]);
        Some([luma, sample(&chroma.cb, x, y)?, sample(&chroma.cr, x, y)?])
    }
}

#[inline]
fn sample(plane: &Plane, x: f64, y: f64) -> Option<f32> {
    plane.samples().get(y as usize * plane.width() + x as usize).map(|&sample| f32::from(sample))
}

#[cfg(test)]
mod tests {
    use super::Colours;
    use crate::geometry::Point;
    use crate::photo::Chroma;
    use crate::photo::Orientation;
    use crate::pixels::Plane;

    #[test]
    fn a_turned_photo_with_subsampled_colour_is_read_upright() {
        let luma = Plane::new(4, 2, vec![1, 2, 3, 4, 5, 6, 7, 8]);
        let chroma = Chroma { cb: Plane::new(2, 1, vec![90, 91]), cr: Plane::new(2, 1, vec![70, 71]) };
        let colours = Colours::new(&luma, Some(&chroma), Orientation::Turned90);
        // Upright, the raster is 2 wide and 4 high; its first row reads 5, 1.
        assert_eq!(colours.at(Point::new(0.5, 0.5)), Some([5.0, 90.0, 70.0]));
        assert_eq!(colours.at(Point::new(1.5, 3.5)), Some([4.0, 91.0, 71.0]));
        assert_eq!(colours.at(Point::new(2.1, 0.5)), None);
        assert_eq!(colours.at(Point::new(0.5, -0.1)), None);
    }

    #[test]
    fn a_grey_photo_is_neutral() {
        let luma = Plane::new(1, 1, vec![9]);
        let colours = Colours::new(&luma, None, Orientation::Upright);
        assert_eq!(colours.at(Point::new(0.5, 0.5)), Some([9.0, 128.0, 128.0]));
    }
}
