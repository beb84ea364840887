//! What the border of a document tells: how it stands out, what hides it, and what lies around it.

mod clutter;
mod contrast;
mod occlusion;
mod strip;
#[cfg(test)]
mod tests;
mod usual;

pub use contrast::Contrast;
pub use occlusion::Occlusion;

use crate::geometry::Point;
use crate::geometry::Quad;
use strip::Strip;

/// Below this share of the border within the frame nothing is said of it.
const LEAST_SEEN: f64 = 0.2;

/// The border of a document in a photo.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// Share of the border within the frame, rounded corners left out, 0.2–1.
    pub seen: f64,
    /// What hides the border.
    pub occlusion: Occlusion,
    /// How the document stands out where nothing hides its border.
    pub contrast: Contrast,
    /// How cluttered the surroundings are, 0–1, from 2.5 to 10.5 fifty-fourths of the document's short side away from it;
    /// `None` where the frame shows too little of them.
    pub clutter: Option<f64>,
}

impl Border {
    /// Reads the border of the document at `quad`, whose corners run clockwise and may lie outside the frame. `colour` tells
    /// luma, blue and red difference (BT.601 full range, 0–255) of a point in the coordinates of `quad`, and `None` outside
    /// the frame.
    ///
    /// `None` where the frame shows less than a fifth of the border, or the corners are no picture of a rectangle.
    #[must_use]
    pub fn read(colour: impl Fn(Point) -> Option<[f32; 3]>, quad: &Quad) -> Option<Self> {
        let strip = Strip::read(colour, quad)?;
        let seen = strip.share_seen();
        if seen < LEAST_SEEN {
            return None;
        }
        let hidden = occlusion::hidden(&strip);
        let occlusion = Occlusion::of(&strip, &hidden);
        let strip = strip.without(hidden.into_iter().flatten());
        Some(Self { seen, occlusion, contrast: Contrast::of(&strip), clutter: clutter::clutter(&strip) })
    }
}
