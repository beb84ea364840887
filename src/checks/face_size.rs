use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::face;
use super::on_face::outline;
use super::on_face::sitter;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The distance between the eyes, in pixels of the photo.
    ///
    /// # Why it matters
    /// Comparing faces needs pixels between the eyes; a small face says less than the portrait on the document.
    ///
    /// # Method
    /// The eyes found by voting of gradients (Timm and Barth 2011) in the square of the largest face; where they are not found for
    /// sure, 0.42 of the square's side, the mean over frontal faces. Passports ask for 90 pixels; what
    /// compares faces still works with 60.
    Check {
        id: "face_size",
        faults: Faults::below(Fault {
            category: Category::TooFar,
            message: "the face is small",
            advice: "Hold the camera closer, so that your face fills half of the picture.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "px",
        required: &[],
        band: Band::at_least(60.0, 35.0),
        measure,
    }
}

/// Distance between the eyes over the side of the face's square.
const EYES: f64 = 0.4;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let number = match sitter(scene) {
        Ok(sitter) => sitter.aligned.eye_distance,
        Err(Unmeasured::TooSmall) => face(scene)?.quad.area().sqrt() * EYES,
        Err(reason) => return Err(reason),
    };
    Ok(Measurement { number, evidence: outline(face(scene)?) })
}
