use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The shorter side of the photo, in pixels.
    ///
    /// # Why it matters
    /// The lettering of identity documents is about 2 mm high. Where a card fills the frame, 480 pixels on the short side
    /// put 18 pixels on such a letter, about what readers need; 320 put 12, and no real photo is filled to its edge.
    ///
    /// # Method
    /// Read from the decoded raster, after turning it upright. Phones deliver 1,500 pixels and more; messengers and
    /// thumbnails deliver less. What counts for reading is the density on the document; this check is the floor under it.
    Check {
        id: "resolution",
        faults: Faults::below(Fault {
            category: Category::LowResolution,
            message: "the photo has too few pixels",
            advice: "Send the original photo from the camera, not a thumbnail or a screenshot.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "px, short side",
        required: &DocumentType::ALL,
        band: Band::at_least(480.0, 320.0),
        measure,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the signature is that of every check")]
fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let luma = scene.photo().stored_luma();
    Ok(Measurement::of_photo(luma.width().min(luma.height()) as f64))
}
