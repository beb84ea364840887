use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::border;
use super::on_document::outline;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How cluttered the surroundings of the document are, 0–1.
    ///
    /// # Why it matters
    /// Other papers, cables and patterns beside the document make its edge hard to find and may hide part of it.
    ///
    /// # Method
    /// In a ring around the document as wide as 15 % of its short side: the spread of colours along each side and the
    /// share of strong edges, 1 − exp(−spread / 20 − 2 edges). Wood grain and woven patterns spread little along a
    /// side; strewn things do.
    Check {
        id: "background_clutter",
        faults: Faults::above(Fault {
            category: Category::ClutteredBackground,
            message: "other things lie around the document",
            advice: "Clear the table around the document, then retake the photo.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "0 (empty table) to 1",
        required: &[],
        band: Band::at_most(0.5, 0.95),
        measure,
    }
}

/// Evidence of a screen above which its pattern, not a table, surrounds the document.
const SCREEN: f64 = 0.5;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let border = border(scene)?;
    if scene.screen().is_ok_and(|evidence| evidence > SCREEN) {
        return Err(Unmeasured::OnScreen);
    }
    let number = border.clutter.ok_or(Unmeasured::BorderUnseen)?;
    Ok(Measurement { number, evidence: outline(scene) })
}
