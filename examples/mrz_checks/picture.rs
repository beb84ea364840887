//! Pictures made from photos.

use std::error::Error;

use image::Rgb;
use image::RgbImage;
use image::imageops::FilterType;
use image::imageops::resize;
use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;

/// Grey of the table that shows around what is turned or made smaller.
const TABLE: Rgb<u8> = Rgb([96, 92, 88]);
/// An EXIF block whose one entry is the orientation, little-endian, before the orientation and after it.
const EXIF: [&[u8]; 2] = [b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", b"\0\0\0\0\0\0\0"];

/// `picture` as a JPEG that names an EXIF orientation.
pub(crate) fn jpeg(picture: &RgbImage, quality: u8, orientation: u8) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.add_app_segment(1, [EXIF[0], &[orientation], EXIF[1]].concat())?;
    encoder.encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb)?;
    Ok(bytes)
}

/// `picture` made `width` pixels wide.
pub(crate) fn resized(picture: &RgbImage, width: u32) -> RgbImage {
    let height = (f64::from(width) * f64::from(picture.height()) / f64::from(picture.width())).round() as u32;
    resize(picture, width, height.max(1), FilterType::CatmullRom)
}

/// `picture` turned clockwise by `degrees` on a table large enough for it.
pub(crate) fn tilted(picture: &RgbImage, degrees: f64) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let [w, h] = [picture.width(), picture.height()].map(f64::from);
    let [width, height] = [w * cos + h * sin.abs(), h * cos + w * sin.abs()].map(f64::ceil);
    RgbImage::from_fn(width as u32, height as u32, |x, y| {
        let [x, y] = [f64::from(x) + 0.5 - width / 2.0, f64::from(y) + 0.5 - height / 2.0];
        at(picture, x * cos + y * sin + w / 2.0 - 0.5, y * cos - x * sin + h / 2.0 - 0.5)
    })
}

/// The sample at a place between pixels; the table beyond the picture.
fn at(picture: &RgbImage, x: f64, y: f64) -> Rgb<u8> {
    let [left, top] = [x, y].map(f64::floor);
    let pixel = |x: f64, y: f64| {
        let is_inside = x >= 0.0 && y >= 0.0 && x < f64::from(picture.width()) && y < f64::from(picture.height());
        if is_inside { *picture.get_pixel(x as u32, y as u32) } else { TABLE }
    };
    let [upper, lower] = [top, top + 1.0].map(|y| mixed(pixel(left, y), pixel(left + 1.0, y), x - left));
    mixed(upper, lower, y - top)
}

fn mixed(one: Rgb<u8>, other: Rgb<u8>, part: f64) -> Rgb<u8> {
    let mix = |channel: usize| f64::from(one[channel]) * (1.0 - part) + f64::from(other[channel]) * part;
    Rgb([0, 1, 2].map(|channel| mix(channel).round() as u8))
}

/// `picture` in the middle of a table on which it covers half the area.
pub(crate) fn on_table(picture: &RgbImage) -> RgbImage {
    let [width, height] = [picture.width(), picture.height()].map(|side| (f64::from(side) * 2.0_f64.sqrt()) as u32);
    let mut table = RgbImage::from_pixel(width, height, TABLE);
    let [left, top] = [width - picture.width(), height - picture.height()].map(|margin| i64::from(margin / 2));
    image::imageops::replace(&mut table, picture, left, top);
    table
}
