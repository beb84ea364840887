//! PDF417 barcodes (ISO/IEC 15438), as North American driving licences bear on their backs.

mod cells;
mod guard;
mod ink;
mod read;
mod region;
mod symbol;

use std::fmt;

use crate::geometry::Homography;
use crate::geometry::Quad;
use crate::identity::Aamva;
use crate::photo::Photo;
use crate::pixels::reduce;
use crate::scene::Rectified;
use region::Region;
use region::regions;
use symbol::Symbol;

/// Longest side of the raster on which symbols are sought where the document shows none, samples, up to half as much again: modules
/// of a card that fills half of the frame have 1.2 samples.
const LONGEST: f64 = 800.0;
/// Regions that are looked at, of the document and of the frame.
const MOST_REGIONS: usize = 2;
/// Pixels at most of a picture that may be a bare symbol, and pixels of its shorter side at least.
const LARGEST_BARE: usize = 1 << 20;
const SMALLEST_BARE: usize = 8;

/// A PDF417 barcode, read or only seen. What it says stays inside: `Debug` does not show it.
#[derive(Clone)]
pub struct Barcode {
    /// Corners of the symbol, in pixels of the upright photo, clockwise from the top of its start pattern.
    pub quad: Quad,
    /// Its text, `None` where it could not be read.
    text: Option<String>,
    /// What kyclint keeps of it, `None` where it was not read or is no licence's.
    aamva: Option<Aamva>,
}

impl fmt::Debug for Barcode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { quad, text, aamva } = self;
        let text = if text.is_some() { "read" } else { "unread" };
        formatter.debug_struct("Barcode").field("quad", quad).field("text", &text).field("aamva", aamva).finish()
    }
}

impl Barcode {
    /// The barcode in `photo`; `None` where there is none. Sought on the `rectified` document first, then in the whole frame.
    #[must_use]
    pub fn find(photo: &Photo, rectified: Option<&Rectified>) -> Option<Self> {
        let on_document = rectified.and_then(|rectified| {
            let to_stored = rectified.to_stored(photo)?;
            Self::among(&regions(&rectified.luma), photo, &to_stored)
        });
        match on_document {
            Some(found) if found.is_read() => Some(found),
            seen => Self::in_frame(photo).filter(|found| found.is_read() || seen.is_none()).or(seen),
        }
    }

    /// Whether the text could be read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.text.is_some()
    }

    /// Whether it was read as `text`.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        self.text.as_deref() == Some(text)
    }

    /// The card that the barcode describes; `None` where it was not read or describes none.
    #[must_use]
    pub fn aamva(&self) -> Option<&Aamva> {
        self.aamva.as_ref()
    }

    fn in_frame(photo: &Photo) -> Option<Self> {
        let stored = photo.stored_luma();
        let factor = ((stored.width().max(stored.height()) as f64 / LONGEST).round() as usize).max(1);
        let scale = factor as f64;
        let to_stored = Homography::between(&Quad::rectangle(1.0, 1.0), &Quad::rectangle(scale, scale))?;
        let found = if factor < 2 {
            regions(stored)
        } else {
            regions(&reduce(stored, 0..stored.width(), 0..stored.height(), factor))
        };
        match Self::among(&found, photo, &to_stored) {
            Some(found) if found.is_read() => Some(found),
            seen => Self::bare(photo).or(seen),
        }
    }

    /// The symbol that is the whole of a small picture, if it can be read.
    fn bare(photo: &Photo) -> Option<Self> {
        let stored = photo.stored_luma();
        let (width, height) = (stored.width(), stored.height());
        if width * height > LARGEST_BARE || width.min(height) < SMALLEST_BARE {
            return None;
        }
        [0, 1].into_iter().find_map(|turn| {
            let found = Self::at(photo, &stored.frame().turned(turn))?;
            if found.is_read() {
                return Some(found);
            }
            let text = read::anywhere(stored)?;
            Some(Self { aamva: Aamva::parse(&text), text: Some(text), ..found })
        })
    }

    /// The first of `regions` that can be read, else the first in which an end of a symbol is seen.
    fn among(regions: &[Region], photo: &Photo, to_stored: &Homography) -> Option<Self> {
        let mut seen = None;
        for region in regions.iter().take(MOST_REGIONS) {
            let found = Self::at(photo, &region.quad.map(|corner| to_stored.apply(corner)));
            if found.as_ref().is_some_and(Self::is_read) {
                return found;
            }
            seen = seen.or(found);
        }
        seen
    }

    /// The symbol in the region `stored` (pixels of the stored photo, the first two corners along a row).
    fn at(photo: &Photo, stored: &Quad) -> Option<Self> {
        let mut upright = stored.map(|corner| photo.to_upright(corner));
        if !upright.is_convex() {
            // The photo is stored mirrored.
            let Quad([a, b, c, d]) = upright;
            upright = Quad([b, a, d, c]);
        }
        let symbol = Symbol::find(photo.stored_luma(), &upright.map(|corner| photo.to_stored(corner)))?;
        let text = read::read(photo.stored_luma(), &symbol);
        let aamva = text.as_deref().and_then(Aamva::parse);
        let quad = symbol.straight.map(|corner| photo.to_upright(corner));
        quad.is_convex().then_some(Self { quad, text, aamva })
    }
}

#[cfg(test)]
mod tests {
    use super::Barcode;
    use crate::geometry::Quad;
    use crate::identity::Aamva;

    #[test]
    fn what_a_barcode_says_is_not_shown() {
        let text = "@\n\x1e\rANSI 000000100001DL00310030DLDAQT64235789\nDCSSAMPLE\nDBB06061986\n";
        let barcode =
            Barcode { quad: Quad::rectangle(9.0, 3.0), text: Some(text.to_owned()), aamva: Aamva::parse(text) };
        let shown = format!("{barcode:?} {barcode:#?}");
        assert!(["T64235789", "SAMPLE", "1986"].iter().all(|secret| !shown.contains(secret)), "{shown}");
        assert!(barcode.is_read() && barcode.says(text) && barcode.aamva().is_some());
    }
}
