//! The document as if it had lain flat under a scanner.

use std::ops::Range;
use std::ops::RangeInclusive;

use super::Pose;
use crate::geometry::Homography;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::pixels::LONGEST_SIDE;
use crate::pixels::Plane;
use crate::pixels::project;
use crate::pixels::reduce;

/// Pixels per millimetre at most: 254 dpi.
const DENSITY: f64 = 10.0;
/// Pixels per millimetre at least; a sparser photo is no picture of a document.
const LEAST_DENSITY: f64 = 0.5;
/// Side of the squares of which means are taken first, in pixels of the raster: interpolation does the rest. Measured
/// against the mean over each pixel's own area, on 12-megapixel photos at 1 to 4 pixels a pixel.
const REDUCTION: f64 = 0.8;
/// Side of those squares at most, pixels of the photo.
const GREATEST_REDUCTION: f64 = 64.0;

/// Pixels over those that were asked for that are as good.
const ABOUT: RangeInclusive<f64> = 0.85..=1.18;

/// The document, rectified: its top left at the first pixel, its top along the first row.
#[derive(Clone, Debug)]
pub struct Rectified {
    /// Luma.
    pub luma: Plane,
    /// Pixels of the raster per millimetre of the document, at most 10 and at most those of the photo where it is sparsest;
    /// nominal where the document's size is not known ([`Size::Other`](super::Size::Other)).
    pub px_per_mm: f64,
    /// From pixels of the raster to pixels of the upright photo.
    pub to_photo: Homography,
    /// For each row the columns that lie in the frame; elsewhere the nearest pixels of the photo stand in.
    pub visible: Vec<Range<usize>>,
}

impl Rectified {
    /// The document of `pose` in `photo`; `None` where the photo is so sparse that nothing could be seen, or
    /// longer than [`LONGEST_SIDE`].
    ///
    /// Samples come from the stored raster, whatever way it is to be turned; where the photo is much denser than the raster,
    /// from means of squares of it.
    #[must_use]
    pub fn new(photo: &Photo, pose: &Pose) -> Option<Self> {
        let px_per_mm = pose.nominal_density().min(DENSITY);
        if px_per_mm.is_nan() || px_per_mm < LEAST_DENSITY {
            return None;
        }
        let size = pose.size.millimetres();
        let [width, height] = size.map(|side| (side * px_per_mm).round().max(1.0) as usize);
        let millimetres = Quad::rectangle(size[0], size[1]);
        let raster = Quad::rectangle(width as f64, height as f64);
        let to_photo = pose.to_photo.after(&Homography::between(&raster, &millimetres)?);
        let to_stored = upright_to_stored(photo)?.after(&to_photo);
        let stored = photo.stored_luma();
        Some(Self {
            luma: sampled(stored, &to_stored, width, height)?,
            px_per_mm,
            to_photo,
            visible: (0..height).map(|y| visible(&to_stored, stored, width, y)).collect(),
        })
    }

    /// The whole of `photo` as if it were a document, its longer side `longest` pixels of the raster and `px_per_mm` of them
    /// to a nominal millimetre; `None` where it is longer than [`LONGEST_SIDE`].
    #[must_use]
    pub fn frame(photo: &Photo, longest: f64, px_per_mm: f64) -> Option<Self> {
        let (width, height) = photo.upright_size();
        let upright = Quad::rectangle(f64::from(width), f64::from(height));
        let scale = longest / f64::from(width.max(height).max(1));
        let [width, height] = [width, height].map(|side| (f64::from(side) * scale).round().max(1.0) as usize);
        let to_photo = Homography::between(&Quad::rectangle(width as f64, height as f64), &upright)?;
        let luma = cut_luma(photo, &to_photo, width, height)?;
        Some(Self { luma, px_per_mm, to_photo, visible: vec![0..width; height] })
    }

    /// The same with 0.85 to 1.18 times so many pixels, where means of whole squares of the photo give them: without
    /// interpolation it takes half the time.
    #[must_use]
    pub fn about_frame(photo: &Photo, longest: f64, px_per_mm: f64) -> Option<Self> {
        let stored = photo.stored_luma();
        let ratio = stored.width().max(stored.height()) as f64 / longest;
        let factor = ratio.round().max(1.0);
        if !ABOUT.contains(&(ratio / factor)) {
            return Self::frame(photo, longest, px_per_mm);
        }
        let reduced = reduce(stored, 0..stored.width(), 0..stored.height(), factor as usize);
        let (orientation, size) = (photo.facts().exif.orientation, (reduced.width() as u32, reduced.height() as u32));
        let luma = orientation.apply(reduced);
        let to_upright = |corner| photo.to_upright(orientation.to_stored(corner, size) * factor);
        let to_photo = Homography::between(&luma.frame(), &luma.frame().map(to_upright))?;
        let visible = vec![0..luma.width(); luma.height()];
        Some(Self { luma, px_per_mm: px_per_mm * ratio / factor, to_photo, visible })
    }

    /// The raster of `width` x `height` that `map`, to pixels of this raster, cuts from `photo` itself.
    pub(crate) fn cut(&self, photo: &Photo, map: &Homography, width: usize, height: usize) -> Option<Plane> {
        cut_luma(photo, &self.to_photo.after(map), width, height)
    }

    /// From pixels of the raster to those of `photo` as it is stored; `None` where the map does not exist.
    #[must_use]
    pub fn to_stored(&self, photo: &Photo) -> Option<Homography> {
        Some(upright_to_stored(photo)?.after(&self.to_photo))
    }

    /// Share of the document that lies in the frame, 0–1.
    #[must_use]
    pub fn visible_share(&self) -> f64 {
        let visible: usize = self.visible.iter().map(Range::len).sum();
        visible as f64 / self.luma.samples().len().max(1) as f64
    }

    /// Colour differences Cb and Cr (128 is neutral) at half the density of the luma; `None` where the photo is grey.
    #[must_use]
    pub fn chroma(&self, photo: &Photo) -> Option<[Plane; 2]> {
        cut_chroma(photo, &self.to_photo, self.luma.width(), self.luma.height())
    }
}

/// The luma of the raster of `width` x `height` that `to_photo`, to pixels of the upright photo, cuts from `photo`; `None` where
/// the photo is longer than [`LONGEST_SIDE`].
pub(in crate::scene) fn cut_luma(photo: &Photo, to_photo: &Homography, width: usize, height: usize) -> Option<Plane> {
    sampled(photo.stored_luma(), &upright_to_stored(photo)?.after(to_photo), width, height)
}

/// Cb and Cr of the same raster at half its density; `None` where the photo is grey, too.
pub(in crate::scene) fn cut_chroma(
    photo: &Photo,
    to_photo: &Homography,
    width: usize,
    height: usize,
) -> Option<[Plane; 2]> {
    let [whole, half] = [1.0, 0.5].map(|scale| Quad::rectangle(scale * width as f64, scale * height as f64));
    let to_stored = upright_to_stored(photo)?.after(&to_photo.after(&Homography::between(&half, &whole)?));
    let chroma = photo.stored_chroma()?;
    let sampled = |plane: &Plane| {
        let to_plane = Homography::between(&photo.stored_luma().frame(), &plane.frame())?;
        sampled(plane, &to_plane.after(&to_stored), width.div_ceil(2), height.div_ceil(2))
    };
    Some([sampled(&chroma.cb)?, sampled(&chroma.cr)?])
}

fn upright_to_stored(photo: &Photo) -> Option<Homography> {
    let (width, height) = photo.upright_size();
    let upright = Quad::rectangle(f64::from(width), f64::from(height));
    Homography::between(&upright, &upright.map(|corner| photo.to_stored(corner)))
}

/// The raster of `width` x `height` that `map` cuts from `plane`; `None` where there is nothing to cut from.
pub(in crate::scene) fn sampled(plane: &Plane, map: &Homography, width: usize, height: usize) -> Option<Plane> {
    if plane.width().max(plane.height()) > LONGEST_SIDE {
        return None;
    }
    let factor = reduction(map, width, height);
    if factor < 2 {
        return Some(project(plane, map, width, height));
    }
    let (columns, rows) = window(map, width, height, plane)?;
    let (reduced_width, reduced_height) = (columns.len() / factor, rows.len() / factor);
    let side = factor as f64;
    let start = Point::new(columns.start as f64, rows.start as f64);
    let reduced = Quad::rectangle(reduced_width as f64, reduced_height as f64);
    let to_reduced = Homography::between(&reduced.map(|corner| corner * side + start), &reduced)?;
    Some(project(&reduce(plane, columns, rows, factor), &to_reduced.after(map), width, height))
}

/// By what to divide the source before single samples stand for pixels of the raster.
fn reduction(map: &Homography, width: usize, height: usize) -> usize {
    let [[a, b], [c, d]] = map.jacobian(Point::new(width as f64 / 2.0, height as f64 / 2.0));
    let minification = (a * d - b * c).abs().sqrt();
    (REDUCTION * minification).round().clamp(1.0, GREATEST_REDUCTION) as usize
}

/// Columns and rows of `plane` that the raster needs; `None` where there are none.
fn window(map: &Homography, width: usize, height: usize, plane: &Plane) -> Option<(Range<usize>, Range<usize>)> {
    let corners = Quad::rectangle(width as f64, height as f64).map(|corner| map.apply(corner)).0;
    let span = |along: fn(Point) -> f64, length: usize| {
        let low = corners.iter().copied().map(along).fold(f64::INFINITY, f64::min);
        let high = corners.iter().copied().map(along).fold(f64::NEG_INFINITY, f64::max);
        // A margin for interpolation; the frame's own border where the raster lies outside of it.
        let margin = 128.min(length);
        let (low, high) = ((low - 64.0).max(0.0) as usize, (high + 64.0).max(0.0).ceil() as usize);
        low.min(length - margin)..high.clamp(margin, length)
    };
    let window = (span(|point| point.x, plane.width()), span(|point| point.y, plane.height()));
    (!window.0.is_empty() && !window.1.is_empty()).then_some(window)
}

/// Columns of row `y` whose middles `map` sends into `plane`: it keeps lines straight, so that they are neighbours.
fn visible(map: &Homography, plane: &Plane, width: usize, y: usize) -> Range<usize> {
    let [u, v, w] = map.rows().map(|[a, b, c]| [a, 0.5 * a + b * (y as f64 + 0.5) + c]);
    let sign = (w[0] * width as f64 / 2.0 + w[1]).signum();
    let beyond = |length: usize, [slope, start]: [f64; 2]| [w[0] * length as f64 - slope, w[1] * length as f64 - start];
    let (mut low, mut high) = (0.0_f64, width as f64 - 1.0);
    // Each side of the frame in turn: what is not below 0 lies within.
    for [slope, start] in [u, v, beyond(plane.width(), u), beyond(plane.height(), v)].map(|side| side.map(|x| x * sign))
    {
        let crossing = -start / slope;
        if slope > 0.0 {
            low = low.max(crossing);
        } else if slope < 0.0 {
            high = high.min(crossing);
        } else if start < 0.0 {
            high = -1.0;
        }
    }
    if low <= high { low.ceil() as usize..high.floor() as usize + 1 } else { 0..0 }
}

#[cfg(test)]
mod tests {
    use super::Rectified;
    use crate::geometry::Homography;
    use crate::geometry::Point;
    use crate::geometry::Quad;
    use crate::photo::FileFacts;
    use crate::photo::Limits;
    use crate::photo::Orientation;
    use crate::photo::Photo;
    use crate::photo::decode;
    use crate::scene::DocumentType;
    use crate::scene::Pose;
    use crate::scene::Size;

    /// A photo without compression losses.
    fn photo(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Photo {
        let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb(pixel(x, y)));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        decode(bytes.get_ref(), FileFacts::read(bytes.get_ref()), &Limits::default()).unwrap()
    }

    fn card(left: f64, top: f64, scale: f64) -> Quad {
        Quad::rectangle(85.6, 53.98).map(|point| point * scale + Point::new(left, top))
    }

    fn pose(quad: &Quad, frame: (u32, u32)) -> Pose {
        Pose::estimate(quad, frame, Some(26.0), Some(DocumentType::IdCardFront)).unwrap()
    }

    /// Left half of the card dark, right half bright, its lower half bluish.
    fn halves(x: u32, y: u32) -> [u8; 3] {
        let grey = if x < 228 { 50 } else { 200 };
        if y < 145 { [grey; 3] } else { [grey - 20, grey - 20, grey + 40] }
    }

    #[test]
    fn a_card_is_cut_out_at_the_density_of_the_photo() {
        let quad = card(100.0, 64.0, 3.0);
        let photo = photo(500, 300, halves);
        let found = Rectified::new(&photo, &pose(&quad, (500, 300))).unwrap();
        assert!((found.px_per_mm - 3.0).abs() < 1e-6);
        assert_eq!((found.luma.width(), found.luma.height()), (257, 162));
        assert_eq!([found.luma.row(10)[5], found.luma.row(10)[250]], [50, 200]);
        assert!((found.visible_share() - 1.0).abs() < 1e-12);
        assert!((found.to_photo.apply(Point::default()) - Point::new(100.0, 64.0)).length() < 1e-6);
        let [cb, cr] = found.chroma(&photo).unwrap();
        assert_eq!((cb.width(), cb.height()), (129, 81));
        assert!(cb.row(10)[30].abs_diff(128) < 2 && cb.row(70)[30] > 140 && cr.row(70)[30] < 128);
    }

    #[test]
    fn a_dense_photo_is_brought_to_10_pixels_a_millimetre_without_aliasing() {
        let photo = photo(2200, 1400, |x, _| [if x % 2 == 0 { 0 } else { 200 }; 3]);
        let found = Rectified::new(&photo, &pose(&card(20.0, 10.0, 25.0), (2200, 1400))).unwrap();
        assert_eq!((found.luma.width(), found.luma.height()), (856, 540));
        assert!(found.luma.samples().iter().all(|sample| (98..=102).contains(sample)));
    }

    /// The scene of [`halves`] as a camera stores it under an EXIF orientation.
    fn stored(value: u8) -> Photo {
        let orientation = Orientation::from_exif(u32::from(value));
        let (width, height) = orientation.upright_size((500, 300));
        let sample = |at: u32| {
            let middle = Point::new(f64::from(at % width) + 0.5, f64::from(at / width) + 0.5);
            let upright = orientation.to_upright(middle, (width, height));
            halves(upright.x as u32, upright.y as u32)[0]
        };
        let samples: Vec<u8> = (0..width * height).map(sample).collect();
        let block =
            [b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[value, 0, 0, 0, 0, 0, 0, 0][..]].concat();
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
        encoder.add_app_segment(1, block).unwrap();
        encoder.encode(&samples, width as u16, height as u16, jpeg_encoder::ColorType::Luma).unwrap();
        decode(&bytes, FileFacts::read(&bytes), &Limits::default()).unwrap()
    }

    #[test]
    fn the_raster_is_the_same_whatever_way_the_photo_is_stored() {
        let pose = pose(&card(100.0, 64.0, 3.0), (500, 300));
        let expected = Rectified::new(&stored(1), &pose).unwrap();
        for value in 2..=8 {
            let found = Rectified::new(&stored(value), &pose).unwrap();
            let pairs = found.luma.samples().iter().zip(expected.luma.samples());
            let distance: u64 = pairs.map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
            assert!(distance < 257 * 162, "EXIF {value}: {distance}");
            assert_eq!(found.visible, expected.visible);
        }
    }

    #[test]
    fn a_frame_of_about_as_many_pixels_shows_the_same_whatever_way_the_photo_is_stored() {
        for value in 1..=8 {
            let photo = stored(value);
            // Half of 500 is about 240, a third is not; both rasters show the upright frame from corner to corner.
            for (longest, expected) in [(240.0, (250, 150)), (200.0, (200, 120))] {
                let found = Rectified::about_frame(&photo, longest, 1.0).unwrap();
                let (width, height) = (found.luma.width(), found.luma.height());
                assert_eq!((width, height), expected, "EXIF {value}");
                let corners = found.luma.frame().map(|corner| found.to_photo.apply(corner)).0;
                let frame = Quad::rectangle(500.0, 300.0).0;
                assert!(corners.iter().zip(frame).all(|(one, other)| (*one - other).length() < 1e-6), "EXIF {value}");
                let middle = found.luma.row(height / 2);
                assert!(middle[width / 4] < 70 && middle[3 * width / 4] > 150, "EXIF {value}");
            }
        }
    }

    #[test]
    fn what_lies_beyond_the_frame_is_left_out_of_the_visible_share() {
        let photo = photo(500, 300, halves);
        // A quarter of the card's width is cut off.
        let found = Rectified::new(&photo, &pose(&card(-64.2, 40.0, 3.0), (500, 300))).unwrap();
        assert!((found.visible_share() - 0.75).abs() < 0.01, "{}", found.visible_share());
        assert_eq!(found.visible[80], 64..257);
        assert_eq!(found.luma.row(80)[0], 50);
    }

    #[test]
    fn pixels_are_visible_exactly_where_they_lie_in_the_frame() {
        let photo = photo(400, 300, halves);
        let quad = Quad([(-30.0, 90.0), (260.0, -40.0), (380.0, 160.0), (60.0, 340.0)].map(|(x, y)| Point::new(x, y)));
        let found = Rectified::new(&photo, &pose(&quad, (400, 300))).unwrap();
        for (y, columns) in found.visible.iter().enumerate() {
            for x in 0..found.luma.width() {
                let at = found.to_photo.apply(Point::new(x as f64 + 0.5, y as f64 + 0.5));
                let inside = (0.0..400.0).contains(&at.x) && (0.0..300.0).contains(&at.y);
                assert_eq!(columns.contains(&x), inside, "{x}, {y}: {at:?}");
            }
        }
    }

    #[test]
    fn strange_quads_and_photos_are_no_trouble() {
        for (width, height) in [(1, 1), (1, 40), (40, 1), (50, 30)] {
            let photo = photo(width, height, |_, _| [90; 3]);
            for (at, scale) in [(0.0, 0.001), (0.0, 0.3), (-60.0, 1.0), (2000.0, 30.0), (-900.0, 40.0), (-9e5, 1e4)] {
                let pose = Pose::estimate(&card(at, at / 2.0, scale), (width, height), None, None);
                for size in [Size::Id1, Size::Spread, Size::Other { aspect: 40.0 }] {
                    let found = pose.and_then(|pose| Rectified::new(&photo, &pose.of_size(size)?));
                    assert!(found.is_none_or(|found| found.luma.samples().len() < 1300 * 1800));
                }
            }
        }
    }

    #[test]
    fn the_map_of_the_raster_is_the_map_of_its_corners() {
        let photo = photo(500, 300, halves);
        let pose = pose(&card(100.0, 64.0, 3.0), (500, 300));
        let found = Rectified::new(&photo, &pose).unwrap();
        let raster = found.luma.frame();
        let expected = Homography::between(&raster, &pose.corners).unwrap();
        for corner in raster.corners() {
            assert!((found.to_photo.apply(*corner) - expected.apply(*corner)).length() < 1e-6);
        }
    }
}
