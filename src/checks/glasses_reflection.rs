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
use crate::pixels::quantile;
use crate::scene::DocumentType;
use crate::scene::Patch;
use crate::scene::Scene;
use crate::scene::Skin;
use crate::scene::Tone;

check! {
    /// # What it measures
    /// The share of the eye region that is much brighter than the skin of the face.
    ///
    /// # Why it matters
    /// Lamps mirrored in glasses hide the eyes.
    ///
    /// # Method
    /// Pixels about the eyes that are brighter than the brightest tenth of the cheeks and have much less colour than the skin.
    Check {
        id: "glasses_reflection",
        faults: Faults::above(Fault {
            category: Category::Glare,
            message: "light is mirrored in the glasses",
            advice: "Take off your glasses, or lower your chin until the lamp no longer shows in them.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "share of the eye region",
        required: &[],
        band: Band::at_most(0.12, 0.35),
        measure,
    }
}

/// The right eye with what a lens covers, and the cheek below it.
const LENS: Patch = Patch([0.22, 0.78, -0.12, 0.28]);
const CHEEK: Patch = Patch([0.25, 0.65, 0.5, 0.9]);
/// Least luma of a mirrored lamp, and luma from which everything is white.
const BRIGHT: f32 = 120.0;
const WHITE: f32 = 250.0;
/// Its chroma over that of the skin at most, and what is grey anyway.
const PALER: f32 = 0.6;
const GREY: f32 = 6.0;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    let face = &sitter.aligned;
    let skin = Skin::of(face, &[CHEEK, CHEEK.mirrored()]).ok_or(Unmeasured::TooSmall)?;
    let lumas = [CHEEK, CHEEK.mirrored()].into_iter().flat_map(|patch| face.pixels(patch)).map(|tone| tone.luma);
    let brightest = quantile(lumas.collect(), 0.9, f32::total_cmp).unwrap_or(f32::NAN);
    let least = brightest.clamp(BRIGHT, WHITE);
    let chroma = |tone: Tone| tone.chroma[0].hypot(tone.chroma[1]);
    let palest = (PALER * chroma(skin.tone)).max(GREY);
    let is_lamp = |tone: &Tone| tone.luma >= least && (!face.has_colour() || chroma(*tone) <= palest);
    let pixels: Vec<Tone> = [LENS.mirrored(), LENS].into_iter().flat_map(|patch| face.pixels(patch)).collect();
    let number = pixels.iter().filter(|tone| is_lamp(tone)).count() as f64 / pixels.len().max(1) as f64;
    Ok(Measurement { number, evidence: outlines(sitter, &[LENS.mirrored(), LENS]) })
}
