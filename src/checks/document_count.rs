use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::document;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How many documents lie in the frame.
    ///
    /// # Why it matters
    /// Two documents in one photo make it unclear which one was submitted, and whose it is.
    ///
    /// # Method
    /// Next to the document, other quads that do not overlap it and are as sure to be a document's border are counted.
    /// The opposite page of a passport counts with its page.
    Check {
        id: "document_count",
        faults: Faults::above(Fault {
            category: Category::MultipleDocuments,
            message: "more than one document lies in the frame",
            advice: "Put all other cards and papers away, then photograph the document alone.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "documents",
        required: &[],
        band: Band::at_most(1.0, 3.0),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let document = document(scene)?;
    let evidence: Vec<_> = document.others.iter().map(|quad| quad.corners().to_vec()).collect();
    Ok(Measurement { number: 1.0 + evidence.len() as f64, evidence })
}
