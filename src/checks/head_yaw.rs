use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::outline;
use super::on_face::sure_sitter;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How far the head is turned aside, degrees: above 0 where the nose points to the viewer's right.
    ///
    /// # Why it matters
    /// A face from the side shows half of what the portrait on the document shows.
    ///
    /// # Method
    /// The nose stands out from the face by about 0.55 distances between the eyes, so that it moves off the middle between them by the sine
    /// of the angle. Its axis is where slopes of luma on either side mirror each other best. Coarse: see docs/accuracy.md.
    Check {
        id: "head_yaw",
        faults: Faults {
            below: Some(TURNED),
            above: Some(TURNED),
        },
        applies_to: &[DocumentType::Selfie],
        unit: "degrees",
        required: &[],
        band: Band::within([-22.0, 22.0], [-60.0, 60.0]),
        measure,
    }
}

const TURNED: Fault = Fault {
    category: Category::HeadPose,
    message: "the head is turned aside",
    advice: "Look straight into the camera.",
};
/// How far the nose stands out, distances between the eyes.
const NOSE: f64 = 0.55;
/// Distance between the eyes, pixels, below which a nose is too few pixels.
const LEAST_EYE_DISTANCE: f64 = 30.0;
/// How well the sides of a nose mirror each other at least.
const LEAST_SYMMETRY: f64 = 0.3;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sure_sitter(scene)?;
    if sitter.aligned.eye_distance < LEAST_EYE_DISTANCE {
        return Err(Unmeasured::TooSmall);
    }
    if sitter.landmarks.symmetry < LEAST_SYMMETRY {
        return Err(Unmeasured::LandmarksUnsure);
    }
    let number = (sitter.landmarks.nose_off / NOSE).clamp(-1.0, 1.0).asin().to_degrees();
    Ok(Measurement { number, evidence: outline(&sitter.face) })
}
