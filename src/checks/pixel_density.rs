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
    /// Pixels per inch of the document where it has the fewest, dots per inch.
    ///
    /// # Why it matters
    /// Print is read by its pixels: small print needs about 200 dpi, the barcode on the back of a licence about 300. A
    /// photo of 12 megapixels may have fewer on the document if that is far away or seen from the side.
    ///
    /// # Method
    /// The homography from the document's millimetres (ISO/IEC 7810 ID-1, ID-2, ID-3 by its aspect ratio and declared
    /// type) to pixels; the least singular value of its Jacobian over the corners and the centre. A document of none of
    /// these sizes has no known millimetres and no number.
    Check {
        id: "pixel_density",
        faults: Faults::below(Fault {
            category: Category::LowResolution,
            message: "the document has too few pixels to be read",
            advice: "Move the camera closer, or choose the camera's full resolution.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "dots per inch",
        required: &[],
        band: Band::at_least(110.0, 80.0),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let number = pose(scene)?.dpi().ok_or(Unmeasured::SizeUnknown)?;
    Ok(Measurement { number, evidence: outline(scene) })
}
