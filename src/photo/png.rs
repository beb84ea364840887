//! PNG, row by row, so that the rows before a break are kept.

use std::io::Cursor;

use png::ColorType;
use png::Decoder;
use png::Reader;
use png::Transformations;

use super::Format;
use super::Limits;
use super::PhotoError;
use super::raster::Channels;
use super::raster::Raster;

/// Grey of the rows that are missing.
const MISSING: u8 = 128;

pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Raster, PhotoError> {
    let damaged = |reason: png::DecodingError| PhotoError::damaged(Format::Png, reason);
    // What ancillary chunks may unpack to: colour profiles and texts, which are not used.
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: 64 << 20 });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (width, height) = reader.info().size();
    limits.admit_raster(width, height)?;
    let channels = match reader.output_color_type().0 {
        ColorType::Grayscale => Channels::Grey,
        ColorType::GrayscaleAlpha => Channels::GreyAlpha,
        ColorType::Rgb | ColorType::Indexed => Channels::Rgb,
        ColorType::Rgba => Channels::RgbAlpha,
    };
    let (width, height) = (width as usize, height as usize);
    let mut pixels = vec![MISSING; width * height * channels.count()];
    if reader.info().interlaced {
        reader.next_frame(&mut pixels).map_err(damaged)?;
        let ended = reader.finish().is_ok();
        return Ok(Raster {
            integrity: end_share(ended, height),
            ..Raster::of_pixels(width, height, channels, pixels)
        });
    }
    let rows = read_rows(&mut reader, &mut pixels, width * channels.count()).map_err(damaged)?;
    let integrity =
        if rows < height { rows as f64 / height as f64 } else { end_share(reader.finish().is_ok(), height) };
    hide_missing(&mut pixels[rows * width * channels.count()..], channels);
    Ok(Raster { integrity, ..Raster::of_pixels(width, height, channels, pixels) })
}

/// Reads rows into `pixels` until they end or break; how many there were.
fn read_rows(
    reader: &mut Reader<Cursor<&[u8]>>,
    pixels: &mut [u8],
    row_size: usize,
) -> Result<usize, png::DecodingError> {
    let mut rows = 0;
    for row in pixels.chunks_exact_mut(row_size) {
        match reader.read_row(row) {
            Ok(Some(_)) => rows += 1,
            Err(error) if rows == 0 => return Err(error),
            Ok(None) | Err(_) => break,
        }
    }
    Ok(rows)
}

/// Makes the missing rows opaque grey, whatever a broken row left there.
fn hide_missing(pixels: &mut [u8], channels: Channels) {
    pixels.fill(MISSING);
    if matches!(channels, Channels::GreyAlpha | Channels::RgbAlpha) {
        pixels.iter_mut().skip(channels.count() - 1).step_by(channels.count()).for_each(|alpha| *alpha = 255);
    }
}

/// The share of a photo all of whose rows are there: where its end mark or checksum is not, half a row is in doubt.
pub(super) fn end_share(ended: bool, height: usize) -> f64 {
    if ended { 1.0 } else { 1.0 - 0.5 / height as f64 }
}
