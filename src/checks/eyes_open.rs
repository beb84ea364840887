use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::outlines;
use super::on_face::sure_sitter;
use crate::pixels::quantile;
use crate::scene::Aligned;
use crate::scene::DocumentType;
use crate::scene::Patch;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How dark and how round what is in the eyes is, 0–1, of the eye that is more open: 1 where an iris shows, 0 where only
    /// lashes do.
    ///
    /// # Why it matters
    /// With closed eyes a face cannot be compared, and whoever sleeps has not agreed.
    ///
    /// # Method
    /// Closed lids leave a level line, an open eye the upright borders of the iris too: the slopes of luma along the rows over those
    /// along both, squared, within the opening of the eye; times how much darker the middle of the eye is than the skin below it.
    Check {
        id: "eyes_open",
        faults: Faults::below(Fault {
            category: Category::EyesClosed,
            message: "the eyes are closed",
            advice: "Open your eyes and look into the camera.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::at_least(0.25, 0.08),
        measure,
    }
}

/// The opening of the right eye, its middle, and the skin below it.
const EYE: Patch = Patch([0.34, 0.66, -0.1, 0.12]);
const IRIS: Patch = Patch([0.38, 0.62, -0.1, 0.12]);
const BELOW: Patch = Patch([0.3, 0.7, 0.2, 0.35]);
/// Share of upright slopes, and of darkness, of wide open eyes.
const ROUND: f64 = 0.5;
const DARK: f64 = 0.45;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sure_sitter(scene)?;
    let face = &sitter.aligned;
    let openness = |is_left: bool| {
        let [eye, iris, below] = [EYE, IRIS, BELOW].map(|patch| if is_left { patch.mirrored() } else { patch });
        let skin = luma(face, below, 0.5);
        let darkness = (1.0 - luma(face, iris, 0.25) / skin.max(1.0)) / DARK;
        (roundness(face, eye) / ROUND).min(1.0) * darkness.clamp(0.0, 1.0)
    };
    let number = openness(true).max(openness(false));
    Ok(Measurement { number, evidence: outlines(sitter, &[EYE.mirrored(), EYE]) })
}

/// The luma that `share` of the pixels of `patch` have at most.
fn luma(face: &Aligned, patch: Patch, share: f64) -> f64 {
    let (_, lumas) = face.luma(patch);
    quantile(lumas, share, f32::total_cmp).map_or(0.0, f64::from)
}

/// Squared slopes along the rows over those along rows and columns, 0–1.
fn roundness(face: &Aligned, patch: Patch) -> f64 {
    let (width, lumas) = face.luma(patch);
    let rows: Vec<&[f32]> = lumas.chunks_exact(width.max(1)).collect();
    let square = |one: &f32, other: &f32| f64::from(one - other).powi(2);
    let across = rows.iter().flat_map(|row| row.windows(3).map(|near| square(&near[2], &near[0]))).sum::<f64>();
    let down = rows.windows(3).flat_map(|near| near[0].iter().zip(near[2]).map(|(one, other)| square(one, other))).sum::<f64>();
    if across + down > 0.0 { across / (across + down) } else { 0.0 }
}
