//! From picture to file: the camera's JPEG with EXIF, and what a messenger makes of it.

use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use jpeg_encoder::EncodingError;
use jpeg_encoder::SamplingFactor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::synth::exif;
use crate::synth::exif::Capture;
use crate::synth::picture::Filter;
use crate::synth::picture::Picture;
use crate::synth::shot::Messenger;

/// Least quality to which a limit on the file's size may push the camera's JPEG.
const FLOOR: u8 = 85;

/// JPEG at `quality`, or lower where it would exceed `max_bytes`; also the quality it came to.
pub(super) fn camera_jpeg(
    picture: &Picture,
    quality: u8,
    capture: &Capture,
    max_bytes: Option<usize>,
) -> Result<(Vec<u8>, u8), EncodingError> {
    let block = exif::block(capture);
    let mut quality = quality;
    loop {
        let bytes = encode(picture, quality, Some(&block))?;
        if quality <= FLOOR || max_bytes.is_none_or(|limit| bytes.len() <= limit) {
            return Ok((bytes, quality));
        }
        quality = (quality - 2).max(FLOOR);
    }
}

/// Decoded, made smaller, compressed again without metadata.
pub(super) fn forward(
    jpeg: &[u8],
    upright: Picture,
    messenger: Messenger,
) -> Result<(Vec<u8>, [usize; 2]), EncodingError> {
    let picture = decode(jpeg).unwrap_or(upright);
    let longest = picture.width.max(picture.height);
    let scale = (messenger.long_side as f32 / longest as f32).min(1.0);
    let size = [picture.width, picture.height].map(|s| (s as f32 * scale).round().max(1.0) as usize);
    let small = if scale < 1.0 { picture.resized(size[0], size[1], Filter::Linear) } else { picture };
    Ok((encode(&small, messenger.quality, None)?, size))
}

/// The scalar decoder: its bytes do not depend on the machine.
fn decode(jpeg: &[u8]) -> Option<Picture> {
    let mut decoder =
        JpegDecoder::new_with_options(ZCursor::new(jpeg), DecoderOptions::default().set_use_unsafe(false));
    let samples = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    (samples.len() == width * height * 3).then_some(Picture { width, height, samples })
}

fn encode(picture: &Picture, quality: u8, block: Option<&[u8]>) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(block) = block {
        encoder.add_exif_metadata(block)?;
    }
    encoder.encode(&picture.samples, picture.width as u16, picture.height as u16, ColorType::Rgb)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::camera_jpeg;
    use super::forward;
    use crate::synth::exif::Capture;
    use crate::synth::picture::Picture;
    use crate::synth::shot::Messenger;

    fn capture() -> Capture {
        let size = [64, 48];
        Capture {
            make: "U",
            model: "1",
            taken: "2026:01:01 00:00:00".into(),
            orientation: 1,
            flash: false,
            size,
            focal_35mm: 26,
        }
    }

    fn picture() -> Picture {
        Picture { width: 64, height: 48, samples: (0..64 * 48 * 3).map(|i| (i * 37 % 251) as u8).collect() }
    }

    #[test]
    fn a_messenger_strips_exif_and_shrinks_to_its_long_side() {
        let (jpeg, _) = camera_jpeg(&picture(), 90, &capture(), None).unwrap();
        assert!(jpeg.windows(4).any(|w| w == b"Exif"));
        let (sent, size) = forward(&jpeg, picture(), Messenger { long_side: 32, quality: 75 }).unwrap();
        assert_eq!(size, [32, 24]);
        assert!(!sent.windows(4).any(|w| w == b"Exif"));
    }

    #[test]
    fn a_limit_lowers_the_quality_but_not_below_85() {
        assert_eq!(camera_jpeg(&picture(), 95, &capture(), Some(1)).unwrap().1, 85);
        assert_eq!(camera_jpeg(&picture(), 95, &capture(), Some(1_000_000)).unwrap().1, 95);
    }
}
