use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::border;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The share of the document's visible border that fingers or other things hide.
    ///
    /// # Why it matters
    /// A finger over the border hides print and security features, and keeps the document's edge from being checked.
    ///
    /// # Method
    /// The border is unrolled into 240 stations. Where it breaks off although its neighbours show it, and what lies
    /// inside and outside of the gap is one body unlike both the document and the table, that stretch is hidden. No
    /// skin colour is assumed: light and dark hands and gloves of any colour are found alike (docs/accuracy.md).
    Check {
        id: "border_occlusion",
        faults: Faults::above(Fault {
            category: Category::Incomplete,
            message: "something hides the border of the document",
            advice: "Hold the document at its outermost edge or lay it down, so that nothing covers its border.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the border",
        required: &[],
        band: Band::at_most(0.02, 0.04),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let occlusion = &border(scene)?.occlusion;
    Ok(Measurement { number: occlusion.share, evidence: occlusion.bodies.clone() })
}
