//! What several checks ask of the document, with the reason why there is no answer.

use super::Polygon;
use super::Unmeasured;
use crate::scene::Border;
use crate::scene::Document;
use crate::scene::Focus;
use crate::scene::Glare;
use crate::scene::Paper;
use crate::scene::Pose;
use crate::scene::Rectified;
use crate::scene::Scene;

/// Paper white below which a photo shows no differences in light: three grey levels of 255, linear.
const TOO_DARK: f32 = 0.001;

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

pub(super) fn rectified<'a>(scene: &'a Scene) -> Result<&'a Rectified, Unmeasured> {
    pose(scene)?;
    scene.rectified().ok_or(Unmeasured::TooSmall)
}

/// The document's paper, whatever the light on it.
pub(super) fn paper_in_any_light<'a>(scene: &'a Scene) -> Result<&'a Paper, Unmeasured> {
    rectified(scene)?;
    scene.paper().ok_or(Unmeasured::NoDocument)
}

/// The document's paper, where there is enough light to tell anything about it.
pub(super) fn paper<'a>(scene: &'a Scene) -> Result<&'a Paper, Unmeasured> {
    let paper = paper_in_any_light(scene)?;
    if paper.white >= TOO_DARK { Ok(paper) } else { Err(Unmeasured::TooDark) }
}

/// The mirrored lamps, where enough of the document is not white.
pub(super) fn glare<'a>(scene: &'a Scene) -> Result<&'a Glare, Unmeasured> {
    rectified(scene)?;
    let glare = scene.glare().ok_or(Unmeasured::TooSmall)?;
    if glare.is_dazzled() { Err(Unmeasured::Dazzled) } else { Ok(glare) }
}

pub(super) fn focus<'a>(scene: &'a Scene) -> Result<&'a Focus, Unmeasured> {
    rectified(scene)?;
    scene.focus().ok_or(Unmeasured::TooSmall)
}

/// The document's corners, as evidence.
pub(super) fn outline(scene: &Scene) -> Vec<Polygon> {
    scene.document().map(|document| document.quad.corners().to_vec()).into_iter().collect()
}
