//! Photos for tests of laws: pictures of the simulator, changed and stored without losses.

use std::borrow::Cow;

use image::RgbImage;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::pixels::rgb;
use kyclint::synth::Plan;

/// The upright pixels of a simulated photo.
pub fn simulated(plan: &Plan) -> RgbImage {
    let photo = opened(&plan.photograph().unwrap().bytes);
    let (luma, chroma) = (photo.luma(), photo.chroma().unwrap());
    let colour = |x: u32, y: u32| {
        let (x, y) = (x as usize, y as usize);
        let (column, row) = (x * chroma.cb.width() / luma.width(), y * chroma.cb.height() / luma.height());
        image::Rgb(rgb(luma.row(y)[x], chroma.cb.row(row)[column], chroma.cr.row(row)[column]))
    };
    RgbImage::from_fn(luma.width() as u32, luma.height() as u32, colour)
}

/// The photo in a file.
pub fn opened(bytes: &[u8]) -> Photo {
    decode(bytes, FileFacts::read(bytes), &Limits::default()).unwrap()
}

/// A picture as a photo that is stored without losses under an EXIF orientation.
pub fn photo(picture: &RgbImage, orientation: u8) -> Photo {
    let tag = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0, 0, 0, 0, 0][..]].concat();
    let mut info = png::Info::with_size(picture.width(), picture.height());
    info.color_type = png::ColorType::Rgb;
    info.exif_metadata = Some(Cow::Owned(tag));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut bytes, info).unwrap();
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(picture.as_raw()).unwrap();
    writer.finish().unwrap();
    opened(&bytes)
}

/// Means of squares of 2 x 2 pixels.
pub fn halved(picture: &RgbImage) -> RgbImage {
    let mean = |x: u32, y: u32, part: usize| {
        let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, down)| (2 * x + right, 2 * y + down));
        (four.map(|(x, y)| u32::from(picture.get_pixel(x, y)[part])).iter().sum::<u32>() / 4) as u8
    };
    let pixel = |x: u32, y: u32| image::Rgb([0, 1, 2].map(|part| mean(x, y, part)));
    RgbImage::from_fn(picture.width() / 2, picture.height() / 2, pixel)
}
