use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::glare;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The share of the document's visible area on which lamps are mirrored.
    ///
    /// # Why it matters
    /// Under a mirrored lamp the sensor sees the lamp and not the print: what stands there can neither be read nor checked.
    ///
    /// # Method
    /// The document is cut into cells of half a millimetre, and the blobs that are at least as bright as one of eleven
    /// levels are judged by what tells a lamp from bright print: a core near the sensor's white, brighter than all that
    /// surrounds it, that decays into a soft halo on every side, in which strokes vanish and colours pale (a logistic
    /// model of these signs; levels and growth as in maximally stable regions, Matas et al. 2002). White paper and
    /// stickers have no halo, holograms keep their colour, broad sheen has no core. A blob that is not surely a lamp counts in part.
    /// Default band: review above the 99th percentile of photos with other faults or none, reject where a lamp covers as
    /// much as the strong ones of the simulator do (docs/accuracy.md).
    Check {
        id: "glare_area",
        faults: Faults::above(Fault {
            category: Category::Glare,
            message: "a lamp is mirrored in the document",
            advice: "Turn off the flash and move the lamp to the side, then retake the photo.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the document's area",
        required: &[],
        band: Band::at_most(0.001, 0.02),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let glare = glare(scene)?;
    Ok(Measurement { number: glare.share(), evidence: glare.likely().map(|spot| spot.outline.clone()).collect() })
}
