//! What several checks ask of the file.

use crate::scene::Scene;

/// Share of the file that must be there to say that it does not show something.
const WHOLE: f64 = 0.9;

/// Whether so much of the file is missing that what was not found may be, too.
pub(super) fn is_cut_short(scene: &Scene) -> bool {
    scene.photo().integrity() < WHOLE
}
