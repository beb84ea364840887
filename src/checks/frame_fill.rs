use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::document;
use super::on_document::outline;
use crate::geometry::Quad;
use crate::geometry::area;
use crate::geometry::intersection;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How much of the photo the document covers: its visible area over the photo's.
    ///
    /// # Why it matters
    /// A document that is small in the frame has too few pixels to be read; one that fills it touches the edge, and
    /// leaves no table to see its border against.
    ///
    /// # Method
    /// Area of the document's quad within the frame over the area of the frame.
    Check {
        id: "frame_fill",
        faults: Faults {
            below: Some(Fault {
                category: Category::TooFar,
                message: "the document is small in the picture",
                advice: "Move the camera closer until the document fills most of the picture.",
            }),
            above: Some(Fault {
                category: Category::TooClose,
                message: "the document fills the whole picture",
                advice: "Move the camera back until some of the table shows on every side.",
            }),
        },
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the photo",
        required: &[],
        band: Band {
            reject_below: Some(0.06),
            review_below: Some(0.14),
            review_above: Some(0.75),
            reject_above: Some(0.93),
        },
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let document = document(scene)?;
    let (width, height) = scene.size();
    let visible = intersection(document.quad.corners(), Quad::rectangle(width, height).corners());
    Ok(Measurement { number: area(&visible) / (width * height), evidence: outline(scene) })
}
