use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::outline;
use super::on_face::sitter;
use crate::pixels::quantile;
use crate::scene::DocumentType;
use crate::scene::Patch;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The middle of the range of luma on the face, 0–1: halfway from its darkest 5 % to its brightest 5 %.
    ///
    /// # Why it matters
    /// In the dark a face is noise, and where the light is too strong its features are gone.
    ///
    /// # Method
    /// Quantiles of luma over forehead, cheeks and chin of the aligned face. The bright end, lit skin and whites of the eyes, tells a
    /// dark photo from dark skin, and the dark end, brows and pupils, a bright photo from light skin; the median of the face, which
    /// differs with its tone, does not count. Luminance alone never rejects: the darkest skins in the poorest light still come
    /// close to the limit.
    Check {
        id: "face_luminance",
        faults: Faults {
            below: Some(Fault {
                category: Category::Underexposed,
                message: "the face is too dark",
                advice: "Face a window or a lamp, with no bright light behind you.",
            }),
            above: Some(Fault {
                category: Category::Overexposed,
                message: "the face is too bright",
                advice: "Turn away from the strong light, and retake the photo.",
            }),
        },
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::within([0.2, 0.76], [0.0, 1.0]),
        measure,
    }
}

/// From brows to chin.
const FACE: Patch = Patch([-0.75, 0.75, -0.5, 1.4]);

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    let (_, lumas) = sitter.aligned.luma(FACE);
    let [dark, bright] = [0.05, 0.95].map(|share| quantile(lumas.clone(), share, f32::total_cmp).unwrap_or(f32::NAN));
    Ok(Measurement { number: f64::from(dark + bright) / 510.0, evidence: outline(&sitter.face) })
}
