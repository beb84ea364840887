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
    /// The median colour difference (CIEDE2000) across the border of the document, between points just inside and just
    /// outside.
    ///
    /// # Why it matters
    /// On a table of its own colour the document's edge cannot be seen, and corners that are bent or cut go unnoticed.
    ///
    /// # Method
    /// Colours 1 mm inside and outside the sides, averaged along short stretches, compared by CIEDE2000 (Sharma, Wu and
    /// Dalal 2005); stretches that something hides are left out. Evidence: the stretches of less than 6.
    Check {
        id: "border_contrast",
        faults: Faults::below(Fault {
            category: Category::LowContrast,
            message: "the document hardly stands out from what lies under it",
            advice: "Lay the document on a surface of another colour, then retake the photo.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "CIEDE2000",
        required: &[],
        band: Band::at_least(12.0, 6.0),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let contrast = &border(scene)?.contrast;
    Ok(Measurement { number: contrast.median, evidence: contrast.low.iter().map(|stretch| stretch.to_vec()).collect() })
}
