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
use crate::scene::Aligned;
use crate::scene::DocumentType;
use crate::scene::Patch;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// How much the light on both cheeks has in common, 0–1: 1 is even light.
    ///
    /// # Why it matters
    /// A face lit from one side hides its other half, and systems that compare faces take shadow for shape.
    ///
    /// # Method
    /// The intersection of the histograms of two rectangles that mirror each other on the cheeks (ISO/IEC 29794-5, illumination
    /// uniformity), here of the logarithm of luma, so that exposure and the tone of the skin drop out, and smoothed, so that a
    /// freckle does not count as a shadow. docs/accuracy.md holds it against ratios of means and other squares.
    Check {
        id: "illumination_uniformity",
        faults: Faults::below(Fault {
            category: Category::UnevenLighting,
            message: "one side of the face is darker than the other",
            advice: "Turn towards the window or lamp, so that it lights both sides of your face.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::at_least(0.35, 0.15),
        measure,
    }
}

/// The right cheek.
const CHEEK: Patch = Patch([0.35, 0.65, 0.2, 0.65]);
/// Darkest luma that is told from black.
const DARKEST: f32 = 8.0;
/// Levels of the histogram from there to white, and the spread of the window that smooths it, levels.
const LEVELS: usize = 256;
const SPREAD: f32 = 6.0;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sure_sitter(scene)?;
    let cheeks = [CHEEK.mirrored(), CHEEK];
    let [left, right] = cheeks.map(|cheek| smoothed(&histogram(&sitter.aligned, cheek)));
    let common: f32 = left.iter().zip(&right).map(|(one, other)| one.min(*other)).sum();
    Ok(Measurement { number: f64::from(common.min(1.0)), evidence: outlines(sitter, &cheeks) })
}

/// Shares of the pixels of `patch` by the logarithm of their luma.
fn histogram(face: &Aligned, patch: Patch) -> Vec<f32> {
    let mut counts = vec![0.0; LEVELS];
    let mut pixels = 0.0;
    let scale = (LEVELS - 1) as f32 / (255.0 / DARKEST).ln();
    for tone in face.pixels(patch) {
        counts[((tone.luma.max(DARKEST) / DARKEST).ln() * scale).round() as usize] += 1.0;
        pixels += 1.0;
    }
    counts.iter().map(|count| count / f32::max(pixels, 1.0)).collect()
}

/// The histogram under a Gaussian window; what would leave it is kept at its ends.
fn smoothed(histogram: &[f32]) -> Vec<f32> {
    let reach = (3.0 * SPREAD) as isize;
    let window: Vec<f32> = (-reach..=reach).map(|off| (-0.5 * (off as f32 / SPREAD).powi(2)).exp()).collect();
    let sum: f32 = window.iter().sum();
    let last = histogram.len() as isize - 1;
    let mut smooth = vec![0.0; histogram.len()];
    for (at, share) in histogram.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        for (off, weight) in (-reach..=reach).zip(&window) {
            smooth[(at as isize + off).clamp(0, last) as usize] += share * weight / sum;
        }
    }
    smooth
}

#[cfg(test)]
mod tests {
    use super::LEVELS;
    use super::smoothed;

    #[test]
    fn smoothing_loses_nothing() {
        for at in [0, 3, 128, LEVELS - 1] {
            let mut histogram = vec![0.0; LEVELS];
            histogram[at] = 1.0;
            let smooth = smoothed(&histogram);
            assert!((smooth.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{at}");
            assert!(smooth[at] >= smooth[LEVELS / 2 - 60], "{at}");
        }
    }
}
