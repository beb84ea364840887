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
    /// How much of the skin about the eyes can be seen, 0–1, of the eye that shows less.
    ///
    /// # Why it matters
    /// Sunglasses, hair or a hand over an eye hide what tells faces apart best.
    ///
    /// # Method
    /// The mean likeness of the lids above and of the skin below each eye to the skin of the cheeks, in luma and chroma, over what
    /// uncovered faces have; of the eye and the part of it that have least. Where hardly anything looks like a pair of eyes, it
    /// counts for less: the likelihood of the eyes that were found goes in.
    Check {
        id: "eyes_visible",
        faults: Faults::below(Fault {
            category: Category::FaceCovered,
            message: "something hides the eyes",
            advice: "Take off sunglasses, and keep hair and hands away from your eyes.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::at_least(0.07, 0.02),
        measure,
    }
}

/// The skin below the right eye and the lid above it, and the cheek.
const BELOW: Patch = Patch([0.25, 0.75, 0.14, 0.32]);
const ABOVE: Patch = Patch([0.25, 0.75, -0.28, -0.12]);
const CHEEK: Patch = Patch([0.25, 0.65, 0.55, 0.95]);
/// Lids are less like the skin than what lies below the eyes.
const LID: f64 = 0.1;
/// Likeness of uncovered faces.
const OPEN: f64 = 0.5;
/// Logarithmic odds from which a pair of eyes is beyond doubt, and how much each below counts.
const BEYOND_DOUBT: f64 = 8.3;
const DOUBT: f64 = 0.3;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    let face = &sitter.aligned;
    let skin = Skin::of(face, &[CHEEK, CHEEK.mirrored()]).ok_or(Unmeasured::TooSmall)?;
    let share = |patch: Patch| skin.share(face, patch).min(skin.share(face, patch.mirrored()));
    let seen = (share(BELOW).min(share(ABOVE) + LID) / OPEN).min(1.0);
    let odds = sitter.landmarks.odds.min(BEYOND_DOUBT);
    let number = seen * (DOUBT * (odds - BEYOND_DOUBT)).exp();
    let evidence = [BELOW, ABOVE].into_iter().flat_map(|patch| [patch.mirrored(), patch]).collect::<Vec<_>>();
    Ok(Measurement { number, evidence: outlines(sitter, &evidence) })
}
