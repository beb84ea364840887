use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::outline;
use super::on_face::sitter;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The distance between the eyes over the width of the face's sharp edges: how many edges lie side by side from eye to eye.
    ///
    /// # Why it matters
    /// A blurred face cannot be compared, however many pixels it has.
    ///
    /// # Method
    /// Edge widths as of the sharpness check, on the square of the face at the photo's own density, in the direction of most blur. The
    /// width over the distance between the eyes does not depend on the number of pixels.
    Check {
        id: "face_sharpness",
        faults: Faults::below(Fault {
            category: Category::Blurry,
            message: "the face is blurred",
            advice: "Hold the camera still, tap on your face to focus, and retake the photo.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "1 / inter-eye distance",
        required: &[],
        band: Band::at_least(12.0, 7.0),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    let blur = scene.face_blur().ok_or(Unmeasured::NoDetail)?;
    Ok(Measurement { number: sitter.aligned.eye_distance * blur.sharpness(), evidence: outline(&sitter.face) })
}
