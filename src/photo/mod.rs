//! From bytes to a [`Photo`]: what the file says of itself, and its upright planes.
//!
//! [`FileFacts::read`] never fails and allocates nothing that the header claims; [`decode`] refuses what is over the
//! [`Limits`] before it allocates.

mod bitmap;
mod decode;
mod error;
mod exif;
mod extent;
mod facts;
mod format;
mod header;
mod heif;
mod jpeg;
mod limits;
mod orientation;
mod png;
mod raster;
#[cfg(test)]
mod tests;
mod tiff;

use std::sync::OnceLock;

pub use decode::decode;
pub use error::PhotoError;
pub use exif::ExifFacts;
pub use facts::FileFacts;
pub use format::Format;
pub use format::UnknownFormat;
pub use jpeg::JpegComponent;
pub use jpeg::JpegStructure;
pub use limits::Limits;
pub use orientation::Orientation;

use crate::geometry::Point;
use crate::pixels::Plane;
use raster::Raster;

/// A decoded photo. Its planes are turned upright when they are first asked for.
#[derive(Debug)]
pub struct Photo {
    facts: FileFacts,
    stored: Raster,
    luma: OnceLock<Plane>,
    chroma: OnceLock<Chroma>,
}

/// Colour difference planes Cb and Cr (BT.601 full range, 128 is neutral), upright, as they are stored: at the size of
/// the luma plane or subsampled by a whole number on either axis.
#[derive(Clone, Debug)]
pub struct Chroma {
    /// Blue difference.
    pub cb: Plane,
    /// Red difference.
    pub cr: Plane,
}

impl Photo {
    /// What the file says of itself.
    #[must_use]
    pub fn facts(&self) -> &FileFacts {
        &self.facts
    }

    /// Luma (BT.601 full range), upright, at full size.
    #[must_use]
    pub fn luma(&self) -> &Plane {
        match self.facts.exif.orientation {
            Orientation::Upright => &self.stored.luma,
            turned => self.luma.get_or_init(|| turned.apply(self.stored.luma.clone())),
        }
    }

    /// Width and height of the upright photo as it decoded, pixels.
    #[must_use]
    pub fn upright_size(&self) -> (u32, u32) {
        self.facts.exif.orientation.upright_size(self.stored_size())
    }

    /// Where a point of the photo as stored lies in the upright one, pixels.
    #[must_use]
    pub fn to_upright(&self, stored: Point) -> Point {
        self.facts.exif.orientation.to_upright(stored, self.stored_size())
    }

    /// Where a point of the upright photo lies in the photo as stored, pixels.
    #[must_use]
    pub fn to_stored(&self, upright: Point) -> Point {
        self.facts.exif.orientation.to_stored(upright, self.stored_size())
    }

    fn stored_size(&self) -> (u32, u32) {
        (self.stored.luma.width() as u32, self.stored.luma.height() as u32)
    }

    /// Luma as it is stored, not turned upright: for what does not depend on how the photo is turned. The 8 x 8 grid of
    /// the last JPEG compression starts at its first sample.
    #[must_use]
    pub fn stored_luma(&self) -> &Plane {
        &self.stored.luma
    }

    /// Colour as it is stored, not turned upright, or `None` where the file is grey.
    #[must_use]
    pub fn stored_chroma(&self) -> Option<&Chroma> {
        self.stored.chroma.as_ref()
    }

    /// Colour, upright, or `None` where the file is grey.
    #[must_use]
    pub fn chroma(&self) -> Option<&Chroma> {
        let stored = self.stored.chroma.as_ref()?;
        let turn = |orientation: Orientation| Chroma {
            cb: orientation.apply(stored.cb.clone()),
            cr: orientation.apply(stored.cr.clone()),
        };
        Some(match self.facts.exif.orientation {
            Orientation::Upright => stored,
            turned => self.chroma.get_or_init(|| turn(turned)),
        })
    }

    /// Share of the image data that decoded, 0–1. Whole files have 1; what did not decode is mid-grey or a repetition of
    /// what did.
    #[must_use]
    pub fn integrity(&self) -> f64 {
        self.stored.integrity
    }

    /// The luma quantisation table of the last JPEG compression, in natural (row-major) order of the stored raster. `None`
    /// where the file is no JPEG: one without a table does not decode.
    #[must_use]
    pub fn luma_quantisation(&self) -> Option<&[u16; 64]> {
        self.facts.jpeg.as_ref()?.first_table()
    }
}
