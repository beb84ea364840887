use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The share of the image data that decodes, 0–1.
    ///
    /// # Why it matters
    /// An upload that broke off leaves a photo whose lower part is grey, and many viewers show it without a word.
    ///
    /// # Method
    /// The file is decoded strictly first; where that fails, what can be decoded is measured, and the share is the part of
    /// the coded image that was reached. Whole files have exactly 1.
    Check {
        id: "file_integrity",
        faults: Faults::below(Fault {
            category: Category::DamagedFile,
            message: "part of the file is missing or broken",
            advice: "Upload the photo again; the file did not arrive whole.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "share of the image data",
        required: &DocumentType::ALL,
        band: Band::at_least(1.0, 0.995),
        measure,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the signature is that of every check")]
fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    Ok(Measurement::of_photo(scene.photo().integrity()))
}
