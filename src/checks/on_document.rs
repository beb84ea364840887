//! What several checks ask of the document, with the reason why there is no answer.

use super::Polygon;
use super::Unmeasured;
use crate::scene::Border;
use crate::scene::Document;
use crate::scene::Pose;
use crate::scene::Scene;

pub(super) fn document<'a>(scene: &'a Scene) -> Result<&'a Document, Unmeasured> {
    scene.document().ok_or(Unmeasured::NoDocument)
}

pub(super) fn border<'a>(scene: &'a Scene) -> Result<&'a Border, Unmeasured> {
    document(scene)?.border.as_ref().ok_or(Unmeasured::BorderUnseen)
}

pub(super) fn pose<'a>(scene: &'a Scene) -> Result<&'a Pose, Unmeasured> {
    document(scene)?;
    scene.pose().ok_or(Unmeasured::SizeUnknown)
}

/// The document's corners, as evidence.
pub(super) fn outline(scene: &Scene) -> Vec<Polygon> {
    scene.document().map(|document| document.quad.corners().to_vec()).into_iter().collect()
}
