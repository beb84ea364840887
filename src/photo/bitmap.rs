//! WebP, TIFF, BMP and GIF, through the `image` crate.

use std::io::Cursor;

use image::ColorType;
use image::ImageDecoder;
use image::ImageError;
use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;

use super::Format;
use super::Limits;
use super::PhotoError;
use super::extent;
use super::png::end_share;
use super::raster::Channels;
use super::raster::Raster;

/// Decodes a WebP, TIFF, BMP or GIF.
pub(super) fn decode(bytes: &[u8], format: Format, limits: &Limits) -> Result<Raster, PhotoError> {
    if let Some(missing) = extent::missing(bytes, format) {
        return Err(PhotoError::damaged(format, format_args!("{missing} bytes are missing")));
    }
    let failed = |error| failure(error, format);
    let reader = Cursor::new(bytes);
    let raster = match format {
        Format::WebP => raster(WebPDecoder::new(reader).map_err(failed)?, format, limits),
        Format::Tiff => raster(TiffDecoder::new(reader).map_err(failed)?, format, limits),
        Format::Bmp => raster(BmpDecoder::new(reader).map_err(failed)?, format, limits),
        Format::Gif => raster(GifDecoder::new(reader).map_err(failed)?, format, limits),
        Format::Jpeg | Format::Png | Format::Heif | Format::Avif => {
            Err(PhotoError::damaged(format, "its data are no bitmap"))
        }
    }?;
    let ended = format != Format::Gif || extent::gif_ended(bytes);
    Ok(Raster { integrity: end_share(ended, raster.luma.height()), ..raster })
}

fn raster(mut decoder: impl ImageDecoder, format: Format, limits: &Limits) -> Result<Raster, PhotoError> {
    let failed = |error| failure(error, format);
    let (width, height) = decoder.dimensions();
    limits.admit_raster(width, height)?;
    let mut memory = image::Limits::no_limits();
    memory.max_alloc = Some(decoder.total_bytes().saturating_mul(2).saturating_add(64 << 20));
    decoder.set_limits(memory).map_err(failed)?;
    let colour = decoder.color_type();
    let mut samples = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or(usize::MAX)];
    decoder.read_image(&mut samples).map_err(failed)?;
    let (channels, samples) = match colour {
        ColorType::L8 => (Channels::Grey, samples),
        ColorType::La8 => (Channels::GreyAlpha, samples),
        ColorType::Rgb8 => (Channels::Rgb, samples),
        ColorType::Rgba8 => (Channels::RgbAlpha, samples),
        ColorType::L16 => (Channels::Grey, high_bytes(&samples)),
        ColorType::La16 => (Channels::GreyAlpha, high_bytes(&samples)),
        ColorType::Rgb16 => (Channels::Rgb, high_bytes(&samples)),
        ColorType::Rgba16 => (Channels::RgbAlpha, high_bytes(&samples)),
        ColorType::Rgb32F => (Channels::Rgb, from_floats(&samples)),
        ColorType::Rgba32F => (Channels::RgbAlpha, from_floats(&samples)),
        other => return Err(PhotoError::UnsupportedVariant { format, variant: format!("{other:?} samples") }),
    };
    Ok(Raster::of_pixels(width as usize, height as usize, channels, samples))
}

/// 16-bit samples in the machine's byte order, cut to 8 bits.
fn high_bytes(samples: &[u8]) -> Vec<u8> {
    samples.as_chunks().0.iter().map(|pair| (u16::from_ne_bytes(*pair) >> 8) as u8).collect()
}

/// Samples from 0 to 1 as floats in the machine's byte order.
fn from_floats(samples: &[u8]) -> Vec<u8> {
    let to_byte = |float: &[u8; 4]| (f32::from_ne_bytes(*float).clamp(0.0, 1.0) * 255.0).round() as u8;
    samples.as_chunks().0.iter().map(to_byte).collect()
}

fn failure(error: ImageError, format: Format) -> PhotoError {
    match error {
        ImageError::Unsupported(what) => {
            PhotoError::UnsupportedVariant { format, variant: format!("a feature of its own ({what})") }
        }
        other => PhotoError::damaged(format, other),
    }
}
