use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::outlines;
use super::on_face::sitter;
use super::on_face::upper_skin;
use crate::scene::DocumentType;
use crate::scene::Patch;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How much of the lower face looks like the skin of the upper one and shows a mouth, 0–1.
    ///
    /// # Why it matters
    /// A mask, a scarf or a hand hides half of the face.
    ///
    /// # Method
    /// The geometric mean of two shares of what uncovered faces have: the likeness of the chin to the skin between and below the
    /// eyes, in luma and chroma; and how far the line between the lips is darker than the lips.
    Check {
        id: "mouth_visible",
        faults: Faults::below(Fault {
            category: Category::FaceCovered,
            message: "something hides the mouth",
            advice: "Take off mask or scarf, and keep your hands away from your face.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::at_least(0.3, 0.08),
        measure,
    }
}

/// What lies below the lips, which beards cover less than what lies beside them.
const CHIN: Patch = Patch([-0.4, 0.4, 1.25, 1.6]);
/// Likeness of uncovered faces.
const OPEN: f64 = 0.4;
/// Line between the lips that leaves no doubt.
const LIP_LINE: f64 = 0.5;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    let skin = (upper_skin(sitter)?.share(&sitter.aligned, CHIN) / OPEN).min(1.0);
    let mouth = (sitter.landmarks.lip_line / LIP_LINE).clamp(0.0, 1.0);
    Ok(Measurement { number: (skin * mouth).sqrt(), evidence: outlines(sitter, &[CHIN]) })
}
