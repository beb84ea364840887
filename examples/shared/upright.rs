use image::Rgb;
use image::RgbImage;
use kyclint::photo::Photo;
use kyclint::pixels::Plane;
use kyclint::pixels::rgb;

/// `photo`, upright, in colour.
pub(crate) fn upright(photo: &Photo) -> RgbImage {
    let luma = photo.luma();
    RgbImage::from_fn(luma.width() as u32, luma.height() as u32, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let sample = |plane: &Plane| plane.row(y * plane.height() / luma.height())[x * plane.width() / luma.width()];
        let (cb, cr) = photo.chroma().map_or((128, 128), |chroma| (sample(&chroma.cb), sample(&chroma.cr)));
        Rgb(rgb(luma.row(y)[x], cb, cr))
    })
}
