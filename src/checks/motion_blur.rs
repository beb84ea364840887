use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::focus;
use super::on_document::outline;
use crate::scene::Blur;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The edge width in the direction of most blur over that across it, a ratio: 1 is blur that is the same in all
    /// directions, or none.
    ///
    /// # Why it matters
    /// A camera or a document that moved smears print in one direction, where text may stay legible in the other. Advice
    /// to focus does not help against it.
    ///
    /// # Method
    /// Variances of blur add up, so that the square of the edge width over the edge's direction is that of an ellipse. For
    /// each of eight directions with enough edges the width is taken that the sharpest 30 % of the edges have at most,
    /// weighted by the cube of contrast (15 % over a whole frame), and the ellipse fitted to them by least squares; its
    /// axes make the ratio. On documents edges are those of the sharpness check, in millimetres; for selfies those of the
    /// whole frame, in pixels. Edges of fewer than two directions cannot tell. Default band: 99 % of the simulated photos
    /// without motion lie below 1.3, motion of 0.4 mm above 2.2; measured in docs/accuracy.md.
    Check {
        id: "motion_blur",
        faults: Faults::above(Fault {
            category: Category::Blurry,
            message: "the camera or what it shows moved",
            advice: "Hold the camera still with both hands, in more light, then retake the photo.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "ratio",
        required: &[],
        band: Band::at_most(1.6, 3.2),
        measure,
    }
}

/// Directions that must have edges.
const LEAST_DIRECTIONS: usize = 2;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    if !scene.is_of_document() {
        return Ok(Measurement::of_photo(anisotropy(scene.frame_blur())?));
    }
    Ok(Measurement { number: anisotropy(focus(scene)?.blur.as_ref())?, evidence: outline(scene) })
}

fn anisotropy(blur: Option<&Blur>) -> Result<f64, Unmeasured> {
    let told = blur.filter(|blur| blur.directions >= LEAST_DIRECTIONS);
    told.map(Blur::anisotropy).ok_or(Unmeasured::NoDetail)
}
