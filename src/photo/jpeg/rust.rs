//! The pure-Rust decoder, `libjpeg-turbo-rs`; `docs/decoders.md` says why this one.

use libjpeg_turbo_rs::DecodeLimits;
use libjpeg_turbo_rs::DecodeWarning;
use libjpeg_turbo_rs::Decoder;
use libjpeg_turbo_rs::JpegError;
use libjpeg_turbo_rs::RawImage;

use super::JpegStructure;
use crate::pixels::Plane;

/// Scans of a progressive file beyond which it is refused: honest files have about ten.
const MAX_SCANS: usize = 256;

/// How the decoder takes broken data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Broken data are an error.
    Strict,
    /// Broken data become grey, with a warning.
    Lenient,
}

/// The planes of `bytes`, cut to the size that `structure` gives them, and the decoder's warnings.
pub(super) fn planes(
    bytes: &[u8],
    structure: &JpegStructure,
    mode: Mode,
) -> Result<(Vec<Plane>, Vec<DecodeWarning>), JpegError> {
    let limits = DecodeLimits { max_scans: MAX_SCANS, ..DecodeLimits::default() };
    let mut decoder = Decoder::new_with_limits(bytes, limits)?;
    decoder.set_lenient(mode == Mode::Lenient);
    let (raw, warnings) = decoder.decode_raw_with_warnings()?;
    Ok((cut(raw, structure)?, warnings))
}

fn cut(raw: RawImage, structure: &JpegStructure) -> Result<Vec<Plane>, JpegError> {
    let strides = raw.plane_widths.into_iter();
    let planes = raw.planes.into_iter().zip(strides).zip(structure.components.iter().copied()).map(
        |((mut samples, stride), component)| {
            let (width, height) = structure.plane_size(component);
            if stride < width || samples.len() < stride * height {
                return Err(JpegError::UnexpectedEof);
            }
            if stride > width {
                (1..height).for_each(|y| samples.copy_within(y * stride..y * stride + width, y * width));
            }
            samples.truncate(width * height);
            Ok(Plane::new(width, height, samples))
        },
    );
    let planes = planes.collect::<Result<Vec<_>, _>>()?;
    if planes.len() == structure.components.len() { Ok(planes) } else { Err(JpegError::UnexpectedEof) }
}
