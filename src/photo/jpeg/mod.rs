//! JPEG: markers, strict decode into planes as stored, and the share of a damaged file that was reached.

mod colour;
mod markers;
mod multi_scan;
mod rust;
mod single_scan;
mod structure;
#[cfg(feature = "turbojpeg")]
mod turbo;

pub use structure::JpegComponent;
pub use structure::JpegStructure;
pub(super) use structure::exif_block;

use super::Format;
use super::Limits;
use super::PhotoError;
use super::raster::Raster;
use crate::pixels::Plane;

/// The component planes of a JPEG, as stored, and the share of the coded image that was reached.
#[derive(Debug)]
struct Coded {
    planes: Vec<Plane>,
    integrity: f64,
}

/// Decodes a JPEG of which `structure` was read.
pub(super) fn decode(bytes: &[u8], structure: &JpegStructure, limits: &Limits) -> Result<Raster, PhotoError> {
    check(structure)?;
    limits.admit_raster(structure.width.into(), structure.height.into())?;
    let coded =
        if structure.sequential { single_scan::decode(bytes, structure) } else { multi_scan::decode(bytes, structure) };
    let coded = coded.map_err(|reason| PhotoError::damaged(Format::Jpeg, reason))?;
    Ok(Raster { integrity: coded.integrity, ..colour::raster(coded.planes, structure) })
}

/// Refuses what cannot be decoded, by name.
fn check(structure: &JpegStructure) -> Result<(), PhotoError> {
    let unsupported = |variant: String| Err(PhotoError::UnsupportedVariant { format: Format::Jpeg, variant });
    let damaged = |reason| Err(PhotoError::damaged(Format::Jpeg, reason));
    match structure.frame_marker {
        0 => return damaged("it breaks off before its frame header"),
        0xC0..=0xC2 => {}
        0xC3 => return unsupported("lossless coding".to_owned()),
        0xC9 | 0xCA => return unsupported("arithmetic coding".to_owned()),
        other => return unsupported(format!("process 0xFF{other:02X}")),
    }
    if structure.precision != 8 {
        return unsupported(format!("{} bits a sample", structure.precision));
    }
    if !matches!(structure.components.len(), 1 | 3 | 4) {
        return unsupported(format!("{} components", structure.components.len()));
    }
    if structure.size().is_none() {
        return damaged("its frame header gives no size");
    }
    let sampling = structure.components.iter().flat_map(|component| [component.horizontal, component.vertical]);
    if !sampling.into_iter().all(|factor| (1..=4).contains(&factor)) {
        return damaged("its sampling factors are not 1 to 4");
    }
    if structure.scans == 0 {
        return damaged("it breaks off before its image data");
    }
    if structure.first_table().is_none() {
        return damaged("it has no quantisation table");
    }
    Ok(())
}

impl JpegStructure {
    /// Largest horizontal and vertical sampling factor.
    fn sampling(&self) -> (usize, usize) {
        let largest = |factor: fn(&JpegComponent) -> u8| self.components.iter().map(factor).max().unwrap_or(1).into();
        (largest(|component| component.horizontal), largest(|component| component.vertical))
    }

    /// Width and height of the plane of `component`.
    fn plane_size(&self, component: JpegComponent) -> (usize, usize) {
        let (h, v) = self.sampling();
        let width = (usize::from(self.width) * usize::from(component.horizontal)).div_ceil(h);
        (width, (usize::from(self.height) * usize::from(component.vertical)).div_ceil(v))
    }

    /// Blocks of an MCU in a scan of all components.
    fn mcu_blocks(&self) -> usize {
        let blocks = |component: &JpegComponent| usize::from(component.horizontal) * usize::from(component.vertical);
        if self.components.len() == 1 { 1 } else { self.components.iter().map(blocks).sum() }
    }

    /// Columns and rows of MCUs in a scan of all components.
    fn mcus(&self) -> (usize, usize) {
        let (h, v) = if self.components.len() == 1 { (1, 1) } else { self.sampling() };
        (usize::from(self.width).div_ceil(8 * h), usize::from(self.height).div_ceil(8 * v))
    }
}
