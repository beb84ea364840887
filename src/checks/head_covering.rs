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
use crate::scene::DocumentType;
use crate::scene::Patch;
use crate::scene::Scene;
use crate::scene::Skin;

check! {
    /// # What it measures
    /// How much of the forehead is hidden, 0–1.
    ///
    /// # Why it matters
    /// Hats, caps and hoods hide hairline and forehead, and shade the eyes.
    ///
    /// # Method
    /// One less the mean likeness of the forehead above the brows to the skin of the cheeks, in luma and chroma. Fringes of hair hide the
    /// forehead as well as hats do, so that the default only asks to look.
    Check {
        id: "head_covering",
        faults: Faults::above(Fault {
            category: Category::FaceCovered,
            message: "something covers the forehead",
            advice: "Take off hat, cap or hood, and show your forehead.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::at_most(0.65, 1.0),
        measure,
    }
}

const FOREHEAD: Patch = Patch([-0.5, 0.5, -0.8, -0.45]);
const CHEEK: Patch = Patch([0.25, 0.65, 0.35, 0.8]);

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    let skin = Skin::of(&sitter.aligned, &[CHEEK, CHEEK.mirrored()]).ok_or(Unmeasured::TooSmall)?;
    let number = 1.0 - skin.share(&sitter.aligned, FOREHEAD);
    Ok(Measurement { number, evidence: outlines(sitter, &[FOREHEAD]) })
}
