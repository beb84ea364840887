//! The raster on which the document is searched: small, in three colour channels, as the photo is stored.

use crate::photo::Photo;
use crate::pixels::LARGEST_STEP;
use crate::pixels::Plane;
use crate::pixels::Step;
use crate::pixels::shrink;

/// Longest side of the search raster, pixels, about. Text is grey there, borders are not: smaller and larger rasters find
/// fewer documents (docs/accuracy.md).
const LONGEST: f64 = 400.0;

/// Luma and, where the photo has colour, Cb and Cr, all of the same size.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) channels: Vec<Plane>,
    /// Photo pixels under one of this raster, on either axis.
    pub(super) scale: f32,
}

impl Work {
    /// The photo as stored, reduced by a whole number.
    pub(super) fn of(photo: &Photo) -> Self {
        let luma = photo.stored_luma();
        let (full_width, full_height) = (luma.width(), luma.height());
        let factor = ((full_width.max(full_height) as f64 / LONGEST).round() as usize).clamp(1, LARGEST_STEP);
        let step = |full: usize, stored: usize| Step { from: factor, to: full.div_ceil(stored.max(1)) };
        let smaller = |plane: &Plane| {
            let steps = [step(full_width, plane.width()), step(full_height, plane.height())];
            shrink(plane, full_width / factor, full_height / factor, steps)
        };
        let colour = photo.stored_chroma().into_iter().flat_map(|chroma| [&chroma.cb, &chroma.cr]);
        Self { channels: std::iter::once(luma).chain(colour).map(smaller).collect(), scale: factor as f32 }
    }

    /// The same at half the size.
    pub(super) fn halved(&self) -> Self {
        let half = Step { from: 2, to: 1 };
        let smaller = |plane: &Plane| shrink(plane, plane.width() / 2, plane.height() / 2, [half, half]);
        Self { channels: self.channels.iter().map(smaller).collect(), scale: self.scale * 2.0 }
    }

    pub(super) fn width(&self) -> usize {
        self.channels[0].width()
    }

    pub(super) fn height(&self) -> usize {
        self.channels[0].height()
    }

    /// The colour at a point of this raster; beyond its rim, that of the rim. Chroma counts double, as the eye and the JPEG
    /// encoder leave it half the range.
    pub(super) fn colour(&self, [x, y]: [f32; 2]) -> [f32; 3] {
        let x = (x.max(0.0) as usize).min(self.width() - 1);
        let y = (y.max(0.0) as usize).min(self.height() - 1);
        let mut colour = [0.0; 3];
        for (part, (channel, weight)) in colour.iter_mut().zip(self.channels.iter().zip([1.0, 1.4, 1.4])) {
            *part = weight * f32::from(channel.row(y)[x]);
        }
        colour
    }
}
