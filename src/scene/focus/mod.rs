//! How sharp the photo is: the widths of its edges, on the document in millimetres and over the whole frame in pixels.
//!
//! Strong edges are chosen by direction, the profile across each is read from the stored photo, and its height over its
//! steepest slope is the edge width: contrast and what the edge belongs to drop out of it.

mod blur;
mod document;
mod frame;
mod rise;
mod seen;

pub use blur::Blur;
pub use document::Focus;
pub use document::FocusTile;
pub(in crate::scene) use frame::blur as frame_blur;

use crate::photo::Photo;

/// Sharpness of the sharp parts of the whole frame: the reciprocal of the edge width in the direction of most blur, 1/px of
/// the stored photo, at most 2. Larger is sharper; `None` where there are no edges.
#[must_use]
pub fn frame_sharpness(photo: &Photo) -> Option<f64> {
    frame_blur(photo.stored_luma()).map(|blur| blur.sharpness())
}

#[cfg(test)]
mod tests {
    use super::Focus;
    use super::frame_sharpness;
    use crate::geometry::Point;
    use crate::geometry::Quad;
    use crate::photo::FileFacts;
    use crate::photo::Limits;
    use crate::photo::Photo;
    use crate::photo::decode;
    use crate::scene::DocumentType;
    use crate::scene::Pose;
    use crate::scene::Rectified;

    const WIDTH: usize = 1100;
    const HEIGHT: usize = 740;

    fn photo(width: usize, height: usize, grey: impl Fn(usize, usize) -> f32) -> Photo {
        let samples = (0..width * height).map(|at| grey(at % width, at / width).round() as u8).collect();
        let picture = image::GrayImage::from_raw(width as u32, height as u32, samples).unwrap();
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        decode(bytes.get_ref(), FileFacts::read(bytes.get_ref()), &Limits::default()).unwrap()
    }

    /// Dark discs of 14 px and bars on light ground, blurred by boxes of `across` x `down` pixels, twice.
    fn print(across: usize, down: usize) -> Vec<f32> {
        let ink = |x: usize, y: usize| {
            let (right, below) = ((x % 37) as f32 - 18.0, (y % 41) as f32 - 20.0);
            let bar = y % 41 < 4 || x % 37 < 4;
            if right.hypot(below) < 11.0 || bar { 70.0 } else { 180.0 }
        };
        let mut grey: Vec<f32> = (0..WIDTH * HEIGHT).map(|at| ink(at % WIDTH, at / WIDTH)).collect();
        for _ in 0..2 {
            grey = boxed(&grey, across, 1);
            grey = boxed(&grey, down, WIDTH);
        }
        grey
    }

    /// The mean of `length` samples that lie `stride` apart.
    fn boxed(grey: &[f32], length: usize, stride: usize) -> Vec<f32> {
        let mean = |at: usize| {
            let places = (0..length).map(|step| (at + step * stride).min(grey.len() - 1));
            places.map(|place| grey[place]).sum::<f32>() / length as f32
        };
        (0..grey.len()).map(mean).collect()
    }

    fn of(grey: &[f32]) -> Photo {
        photo(WIDTH, HEIGHT, |x, y| grey[y * WIDTH + x])
    }

    /// Sharpness and anisotropy of a card in `photo`, which is reduced by `factor`.
    fn on_card(photo: &Photo, factor: f64) -> [f64; 2] {
        let card = Quad::rectangle(85.6, 53.98).map(|at| (at * 12.0 + Point::new(32.0, 44.0)) * (1.0 / factor));
        let pose = Pose::estimate(&card, photo.upright_size(), None, Some(DocumentType::IdCardFront)).unwrap();
        let focus = Focus::of(photo, &Rectified::new(photo, &pose).unwrap(), pose.size).unwrap();
        [focus.worst_decile().unwrap().last().unwrap().sharpness, focus.blur.unwrap().anisotropy()]
    }

    #[test]
    fn more_blur_is_less_sharp_on_the_document_and_over_the_frame() {
        let measured = [1, 3, 5, 8].map(|width| {
            let photo = of(&print(width, width));
            [on_card(&photo, 1.0)[0], frame_sharpness(&photo).unwrap()]
        });
        for pair in measured.windows(2) {
            assert!(pair[0][0] >= pair[1][0] && pair[0][1] > pair[1][1], "{measured:?}");
        }
        assert!(measured[0][0] > 2.0 * measured[3][0], "{measured:?}");
    }

    #[test]
    fn half_the_pixels_or_half_the_light_change_nothing() {
        let grey = print(4, 4);
        let whole = on_card(&of(&grey), 1.0)[0];
        let dark = on_card(&of(&grey.iter().map(|grey| grey * 0.73).collect::<Vec<_>>()), 1.0)[0];
        let sum = |x: usize, y: usize| grey[y * WIDTH + x] + grey[y * WIDTH + x + 1];
        let half = photo(WIDTH / 2, HEIGHT / 2, |x, y| (sum(2 * x, 2 * y) + sum(2 * x, 2 * y + 1)) / 4.0);
        let half = on_card(&half, 2.0)[0];
        assert!((dark / whole - 1.0).abs() < 0.05 && (half / whole - 1.0).abs() < 0.05, "{whole} {dark} {half}");
    }

    #[test]
    fn motion_has_a_direction_and_defocus_has_none() {
        let [still, defocused, moved] =
            [(1, 1), (6, 6), (8, 1)].map(|(across, down)| on_card(&of(&print(across, down)), 1.0)[1]);
        assert!(still < 1.2 && defocused < 1.2 && moved > 1.5, "{still} {defocused} {moved}");
    }

    #[test]
    fn turning_the_frame_changes_nothing() {
        let grey = print(5, 3);
        let turned = photo(HEIGHT, WIDTH, |x, y| grey[(HEIGHT - 1 - x) * WIDTH + y]);
        let [upright, turned] = [of(&grey), turned].map(|photo| frame_sharpness(&photo).unwrap());
        assert!((upright / turned - 1.0).abs() < 0.05, "{upright} {turned}");
    }

    #[test]
    fn flat_and_tiny_photos_have_no_sharpness() {
        for (width, height) in [(1, 1), (2, 90), (300, 200)] {
            assert_eq!(frame_sharpness(&photo(width, height, |_, _| 90.0)), None);
        }
    }
}
