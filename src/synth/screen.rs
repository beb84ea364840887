//! A document shown on a screen instead of a document.

use crate::synth::path::Point;
use crate::synth::path::turn;

/// A liquid-crystal screen with red, green and blue stripes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    /// Distance between its pixels in mm of the document's plane.
    pub(super) pitch_mm: f32,
    /// How deep the dark gaps between the stripes are, `[0, 1]`.
    pub(super) depth: f32,
}

impl Screen {
    /// The light of the screen at `p` where it shows `picture`; `pixel` is the camera's pixel on the plane, mm.
    ///
    /// The stripes pass the camera's pixel aperture and are then sampled at pixel centres: where they are finer than the
    /// camera's grid they turn into a moiré, as on a real sensor.
    pub(super) fn shown(self, p: Point, picture: [f32; 3], pixel: f32, mirrored: f32) -> [f32; 3] {
        let frequency = pixel / self.pitch_mm;
        let depth = self.depth * aperture(frequency);
        let (_, rows) = turn((p[1] / self.pitch_mm).rem_euclid(1.0));
        let white = [0.97, 1.0, 1.08];
        [0, 1, 2].map(|c| {
            let (_, stripe) = turn((p[0] / self.pitch_mm + c as f32 / 3.0).rem_euclid(1.0));
            let mask = (1.0 + depth * stripe) * (1.0 + 0.45 * depth * rows);
            (0.012 + picture[c] * 0.95) * mask * white[c] + 0.4 * mirrored
        })
    }
}

/// Contrast that a square pixel of a given width (in periods) leaves of a pattern.
fn aperture(periods: f32) -> f32 {
    let x = std::f32::consts::PI * periods * 0.8;
    if x < 1e-3 { 1.0 } else { (libm::sinf(x) / x).abs().max(0.12) }
}
