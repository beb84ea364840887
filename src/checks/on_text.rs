//! What several checks ask of the lines of print.

use super::Polygon;
use super::Unmeasured;
use super::on_document::rectified;
use crate::scene::Rectified;
use crate::scene::Scene;
use crate::scene::Text;
use crate::scene::TextLine;

/// Glyphs below which what was found may be no print at all.
const LEAST_GLYPHS: usize = 10;
/// Lines that are shown at most.
const SHOWN: usize = 12;

/// The print on the document, if there is enough to measure on, and the raster it was found on.
pub(super) fn text<'a>(scene: &'a Scene) -> Result<(&'a Text, &'a Rectified), Unmeasured> {
    let rectified = rectified(scene)?;
    let text = scene.text().filter(|text| text.glyphs() >= LEAST_GLYPHS).ok_or(Unmeasured::NoText)?;
    Ok((text, rectified))
}

/// Outlines of the lines that are `wanted`, those with most print.
pub(super) fn outlines(text: &Text, rectified: &Rectified, wanted: impl Fn(&TextLine) -> bool) -> Vec<Polygon> {
    let mut chosen: Vec<&TextLine> = text.lines.iter().filter(|line| wanted(line)).collect();
    chosen.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
    let outline = |line: &TextLine| line.corners.map(|corner| rectified.to_photo.apply(corner)).0.to_vec();
    chosen.into_iter().take(SHOWN).map(outline).collect()
}
