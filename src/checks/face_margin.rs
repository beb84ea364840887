use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::face;
use super::on_face::head;
use crate::geometry::Point;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The smallest distance of the head to a border of the frame, in heights of the head; negative where it is cut off.
    ///
    /// # Why it matters
    /// A forehead or chin outside the frame hides part of the face, and a head that touches the border is distorted by the lens.
    ///
    /// # Method
    /// The head reaches 0.42 sides of the face's square above it, 0.1 below and to either side, means over frontal faces. The
    /// distance is that of its nearest corner.
    Check {
        id: "face_margin",
        faults: Faults::below(Fault {
            category: Category::Incomplete,
            message: "part of the head is outside the picture",
            advice: "Hold the camera farther away, with your whole head in the picture.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "heads",
        required: &[],
        band: Band::at_least(0.0, -0.12),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let head = head(face(scene)?);
    let (width, height) = scene.size();
    let to_border = |corner: &Point| corner.x.min(width - corner.x).min(corner.y).min(height - corner.y);
    let [top, _, _, bottom] = head.0;
    let nearest = head.corners().iter().map(to_border).fold(f64::INFINITY, f64::min);
    Ok(Measurement { number: nearest / (bottom - top).length(), evidence: vec![head.corners().to_vec()] })
}
