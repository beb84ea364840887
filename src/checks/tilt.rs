use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::outline;
use super::on_document::pose;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The angle between the document's normal and the camera's optical axis, degrees. How the document is turned
    /// within the picture does not matter.
    ///
    /// # Why it matters
    /// Seen from the side, the far edge of the document has fewer pixels and lies out of focus, and print is
    /// foreshortened.
    ///
    /// # Method
    /// A rectangle of an ISO/IEC 7810 size is fitted to the four corners before a pinhole camera, with the focal length
    /// of EXIF or that of a common telephone (Levenberg and Marquardt; starting from the vanishing points of opposite
    /// sides, Caprile and Torre 1990).
    Check {
        id: "tilt",
        faults: Faults::above(Fault {
            category: Category::Tilted,
            message: "the document is seen from the side",
            advice: "Hold the camera level above the middle of the document.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "degrees",
        required: &[],
        band: Band::at_most(20.0, 35.0),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    Ok(Measurement { number: pose(scene)?.tilt_deg, evidence: outline(scene) })
}
