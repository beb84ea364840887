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
    /// How far the head is turned aside, degrees: above 0 where the nose points to the viewer's right.
    ///
    /// # Why it matters
    /// A face from the side shows half of what the portrait on the document shows.
    ///
    /// # Method
    /// The face is turned so that its eyes lie level, at one size and with grey levels of one mean and spread. From above the eyes to the
    /// mouth, histograms of the directions of slopes over cells of half a distance between the eyes (Dalal and Triggs 2005, "Histograms of
    /// oriented gradients for human detection") are compared with those of the mirrored face; the tangent of the angle is a ridge regression
    /// over the 27 differences. Its weights were fitted on frontal faces turned by computation, not on measured angles of people: the sign
    /// can be relied on more than the degrees. See docs/accuracy.md.
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
/// Natural logarithm of the odds that the eyes are right below which the sides may be those of a face out of place.
const LEAST_ODDS: f64 = 1.5;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    if sitter.landmarks.odds < LEAST_ODDS {
        return Err(Unmeasured::LandmarksUnsure);
    }
    Ok(Measurement { number: sitter.sides().yaw(), evidence: outline(&sitter.face) })
}
