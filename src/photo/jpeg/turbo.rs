//! C libjpeg-turbo, with the feature `turbojpeg`. Whatever it complains of is left to the pure-Rust decoder, which tells
//! how far the file is whole.

use turbojpeg::Decompressor;
use turbojpeg::YuvImage;

use super::JpegStructure;
use crate::pixels::Plane;

/// The planes of a sound grey or YCbCr file of a common subsampling.
pub(super) fn planes(bytes: &[u8], structure: &JpegStructure) -> Option<Vec<Plane>> {
    let mut decompressor = Decompressor::new().ok()?;
    let header = decompressor.read_header(bytes).ok()?;
    let common = matches!(structure.components.len(), 1 | 3) && header.width == usize::from(structure.width);
    if !structure.ended || !common || header.height != usize::from(structure.height) {
        return None;
    }
    let size = turbojpeg::yuv_pixels_len(header.width, 1, header.height, header.subsamp).ok()?;
    let (width, height, subsamp) = (header.width, header.height, header.subsamp);
    let mut image = YuvImage { pixels: vec![0; size], width, height, align: 1, subsamp };
    decompressor.decompress_to_yuv(bytes, image.as_deref_mut()).ok()?;
    let mut rest = image.pixels.as_slice();
    let strides = [image.y_size(), image.uv_size(), image.uv_size()];
    let planes = structure.components.iter().copied().zip(strides).map(|(component, (stride, rows))| {
        let (width, height) = structure.plane_size(component);
        let (plane, behind) = rest.split_at_checked(stride * rows)?;
        rest = behind;
        let samples = plane.chunks_exact(stride).take(height).flat_map(|row| row.get(..width).unwrap_or_default());
        let samples: Vec<u8> = samples.copied().collect();
        (samples.len() == width * height).then(|| Plane::new(width, height, samples))
    });
    planes.collect()
}
