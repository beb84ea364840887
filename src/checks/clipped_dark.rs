use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::document;
use super::on_document::outline;
use super::on_document::paper_in_any_light;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The share of the document, 0–1, whose very paper is so dark that ink on it drowns in noise: below a quarter of the sensor's
    /// range in linear light, two stops under white, while no part of the document is well lit.
    ///
    /// # Why it matters
    /// Print on dark paper has few grey levels between it and the paper, and noise and compression take those.
    ///
    /// # Method
    /// The paper white around each place, in linear light, closed over dark print. A shadow leaves lit paper beside it and
    /// has a check of its own: places count in full where the document's best lit paper (95th percentile) is below 0.3 of
    /// the range, and less and less up to 0.45. Simulated photos with every other fault have 0.45 or more, those two stops
    /// under 0.17 or less; the share of black samples tells them apart far worse, because noise lifts black and cards bear black
    /// print (docs/accuracy.md).
    Check {
        id: "clipped_dark",
        faults: Faults::above(Fault {
            category: Category::Underexposed,
            message: "the document is too dark",
            advice: "Move to a brighter place or turn on more light, then retake the photo.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the document",
        required: &[],
        band: Band::at_most(0.25, 0.75),
        measure,
    }
}

/// Confidence of the document below which something dark is more likely a part of the table.
const LEAST_CONFIDENCE: f64 = 0.2;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    if document(scene)?.confidence < LEAST_CONFIDENCE {
        return Err(Unmeasured::NoDocument);
    }
    let number = paper_in_any_light(scene)?.dark_share();
    Ok(Measurement { number, evidence: if number > 0.0 { outline(scene) } else { Vec::new() } })
}
