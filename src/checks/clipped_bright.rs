use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::outline;
use super::on_document::paper_in_any_light;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The share of the document, 0–1, whose paper is as bright as the sensor can tell, where that is so of the paper as a whole.
    ///
    /// # Why it matters
    /// Pale print, guilloches and security features vanish into the paper first, then thin strokes.
    ///
    /// # Method
    /// The share of places of about 3 mm whose paper (85th percentile of luma) is at 248 or above. Exposure is a matter of
    /// the whole document, the mirror image of a lamp one of a spot: places count in full where the paper white with such spots left
    /// out is at 0.97 of the range in linear light, and less and less down to 0.9. The digital
    /// rendering of a white page has its paper at the ceiling too, and reads like an overexposed photo (docs/accuracy.md).
    Check {
        id: "clipped_bright",
        faults: Faults::above(Fault {
            category: Category::Overexposed,
            message: "the document is too bright",
            advice: "Move out of direct light, or tap the document on the screen to let the camera adjust, then retake the photo.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the document",
        required: &[],
        band: Band::at_most(0.2, 0.7),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let number = paper_in_any_light(scene)?.clipped_share();
    Ok(Measurement { number, evidence: if number > 0.0 { outline(scene) } else { Vec::new() } })
}
