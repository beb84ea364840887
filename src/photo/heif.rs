//! HEIC, HEIF and AVIF by the system's libheif, with the feature `heif`.

use super::Format;
use super::Limits;
use super::PhotoError;
use super::raster::Raster;

#[cfg(not(feature = "heif"))]
pub(super) fn decode(_: &[u8], format: Format, _: &Limits) -> Result<Raster, PhotoError> {
    Err(PhotoError::Unsupported(format))
}

/// Decodes the primary image, upright: libheif applies the file's own turns and mirrors.
#[cfg(feature = "heif")]
pub(super) fn decode(bytes: &[u8], format: Format, limits: &Limits) -> Result<Raster, PhotoError> {
    use libheif_rs::ColorSpace;
    use libheif_rs::HeifContext;
    use libheif_rs::RgbChroma;

    use super::extent;
    use super::raster::Channels;

    let damaged = |error: libheif_rs::HeifError| PhotoError::damaged(format, error);
    if let Some(missing) = extent::missing(bytes, format) {
        return Err(PhotoError::damaged(format, format_args!("{missing} bytes are missing")));
    }
    let context = HeifContext::read_from_bytes(bytes).map_err(damaged)?;
    let handle = context.primary_image_handle().map_err(damaged)?;
    limits.admit_raster(handle.width(), handle.height())?;
    let (chroma, channels) = if handle.has_alpha_channel() {
        (RgbChroma::Rgba, Channels::RgbAlpha)
    } else {
        (RgbChroma::Rgb, Channels::Rgb)
    };
    let image = handle.decode(ColorSpace::Rgb(chroma), None).map_err(damaged)?;
    let planes = image.planes();
    let plane = planes.interleaved.ok_or_else(|| PhotoError::damaged(format, "it has no pixels"))?;
    limits.admit_raster(plane.width, plane.height)?;
    let (width, height) = (plane.width as usize, plane.height as usize);
    let row_size = width * channels.count();
    let rows = plane.data.chunks(plane.stride.max(1)).take(height);
    let pixels: Vec<u8> = rows.filter_map(|row| row.get(..row_size)).flatten().copied().collect();
    if pixels.len() != row_size * height {
        return Err(PhotoError::damaged(format, "its rows break off"));
    }
    Ok(Raster::of_pixels(width, height, channels, pixels))
}
