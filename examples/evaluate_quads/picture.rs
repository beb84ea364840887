//! Colour pictures from decoded photos.

use image::Rgb;
use image::RgbImage;
use kyclint::photo::Photo;
use kyclint::pixels::Plane;
use kyclint::pixels::rgb;

/// The upright photo in colour.
pub fn of(photo: &Photo) -> RgbImage {
    let luma = photo.luma();
    let (width, height) = (luma.width(), luma.height());
    RgbImage::from_fn(width as u32, height as u32, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let sample = |plane: &Plane| plane.row(y * plane.height() / height)[x * plane.width() / width];
        let (cb, cr) = photo.chroma().map_or((128, 128), |chroma| (sample(&chroma.cb), sample(&chroma.cr)));
        Rgb(rgb(luma.row(y)[x], cb, cr))
    })
}
