//! What several checks ask of the person in a selfie, with the reason why there is no answer.

use super::Polygon;
use super::Unmeasured;
use super::on_file::is_cut_short;
use crate::geometry::Quad;
use crate::scene::Face;
use crate::scene::Patch;
use crate::scene::Scene;
use crate::scene::Sitter;
use crate::scene::Skin;

/// Distance between the eyes, pixels of the photo, below which a face shows no detail.
const LEAST_EYE_DISTANCE: f64 = 14.0;

/// The head about the square of a face, shares of its side beyond the square: from crown to chin, ear to ear.
const CROWN: f64 = 0.42;
const CHIN: f64 = 0.1;
const EARS: f64 = 0.1;

/// The skin below the eye on the viewer's right, and that between the eyes, which masks leave bare.
const BELOW: Patch = Patch([0.25, 0.6, 0.25, 0.45]);
const BETWEEN: Patch = Patch([-0.15, 0.15, -0.05, 0.4]);

/// The largest face.
pub(super) fn face<'a>(scene: &'a Scene) -> Result<&'a Face, Unmeasured> {
    scene.faces().largest().ok_or(if is_cut_short(scene) { Unmeasured::FileCutShort } else { Unmeasured::NoFace })
}

/// The person with the largest face, whether or not the eyes were found: where they were not, they are taken to lie where eyes
/// lie as a rule.
pub(super) fn sitter<'a>(scene: &'a Scene) -> Result<&'a Sitter, Unmeasured> {
    face(scene)?;
    let sitter = scene.sitter().ok_or(Unmeasured::TooSmall)?;
    if sitter.aligned.eye_distance < LEAST_EYE_DISTANCE { Err(Unmeasured::TooSmall) } else { Ok(sitter) }
}

/// The same person, whose eyes were found.
pub(super) fn sure_sitter<'a>(scene: &'a Scene) -> Result<&'a Sitter, Unmeasured> {
    let sitter = sitter(scene)?;
    if sitter.landmarks.odds >= 0.0 { Ok(sitter) } else { Err(Unmeasured::LandmarksUnsure) }
}

/// Corners of the head from crown to chin, pixels of the photo, clockwise from its own top left.
pub(super) fn head(face: &Face) -> Quad {
    let [a, b, _, d] = face.quad.0;
    let place = |across: f64, down: f64| a + (b - a) * across + (d - a) * down;
    Quad([place(-EARS, -CROWN), place(1.0 + EARS, -CROWN), place(1.0 + EARS, 1.0 + CHIN), place(-EARS, 1.0 + CHIN)])
}

/// The skin about the eyes.
pub(super) fn upper_skin(sitter: &Sitter) -> Result<Skin, Unmeasured> {
    Skin::of(&sitter.aligned, &[BETWEEN, BELOW, BELOW.mirrored()]).ok_or(Unmeasured::TooSmall)
}

/// Patches of the face, as evidence.
pub(super) fn outlines(sitter: &Sitter, patches: &[Patch]) -> Vec<Polygon> {
    patches.iter().map(|&patch| sitter.aligned.outline(patch).corners().to_vec()).collect()
}

/// The face's square, as evidence.
pub(super) fn outline(face: &Face) -> Vec<Polygon> {
    vec![face.quad.corners().to_vec()]
}
