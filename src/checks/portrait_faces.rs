use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::outline;
use super::on_document::rectified;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// Faces found on the document, ghost images of the holder among them.
    ///
    /// # Why it matters
    /// A front without a visible face is no use: a finger or glare lies on the portrait, it is cut off, or the wrong side was sent.
    ///
    /// # Method
    /// The funnel-structured cascade of SeetaFace on the rectified document, as it lies and turned by 180, 90 and 270 degrees. Pale
    /// and dark portraits are missed (docs/accuracy.md), so that no face is a reason to look, not to reject.
    Check {
        id: "portrait_faces",
        faults: Faults::below(Fault {
            category: Category::Incomplete,
            message: "no portrait can be seen on the document",
            advice: "Show the side with the portrait, with nothing on top of it.",
        }),
        applies_to: &[DocumentType::IdCardFront, DocumentType::Passport, DocumentType::DriverLicenseFront],
        unit: "faces",
        required: &[],
        band: Band::at_least(1.0, 0.0),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    rectified(scene)?;
    let found = scene.portraits().map_or(&[][..], |portraits| &portraits.found);
    let faces = found.iter().map(|portrait| portrait.quad.corners().to_vec()).collect::<Vec<_>>();
    let evidence = if faces.is_empty() { outline(scene) } else { faces };
    Ok(Measurement { number: found.len() as f64, evidence })
}
