mod cues;

pub use cues::Cues;

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
    /// The evidence that the photo went through a messenger or was saved a second time, 0–1.
    ///
    /// # Why it matters
    /// Messengers shrink photos and compress them hard, and they strip what the camera wrote about the capture. The
    /// original is usually still on the phone, so asking for it costs one upload.
    ///
    /// # Method
    /// A logistic model over seven cues, each 0–1. From the file: EXIF names no camera, a short long side, a low quality,
    /// a progressive process, a JFIF header (Kee, Johnson and Farid 2011). From the pixels, in up to 64 tiles spread over
    /// the photo: rough histograms of DCT levels (Popescu and Farid 2004), and block borders of another grid (Fan and de
    /// Queiroz 2003). The weights are fitted on photos sent through simulated messengers; no weight is large enough for
    /// one cue alone to be a finding. A file that names its camera and was saved at 85 or better has at most 0.3, whatever
    /// else it shows. Files that are no JPEG have no number. Measured in docs/accuracy.md.
    Check {
        id: "recompression",
        faults: Faults::above(Fault {
            category: Category::Recompressed,
            message: "the photo went through a messenger or was saved again",
            advice: "Send the original photo from the camera as a file, not through a messenger.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "evidence, 0–1",
        required: &[],
        band: Band::at_most(0.6, 0.97),
        measure,
    }
}

/// The logarithm of the odds where nothing speaks for a second compression.
const BIAS: f64 = -8.0;
/// What each cue adds to it at full strength.
const WEIGHTS: Cues = Cues {
    anonymous: 4.42,
    small: 1.34,
    coarse: 6.04,
    progressive: 2.17,
    jfif: 0.90,
    double_quantised: 2.11,
    foreign_grid: 1.47,
};
/// The most evidence there can be against a camera's own file.
const CAMERA_CEILING: f64 = 0.3;
/// The quality from which a file that names its camera counts as the camera's own.
const CAMERA_QUALITY: u8 = 85;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let cues = Cues::of(scene.photo()).ok_or(Unmeasured::NotJpeg)?;
    let is_camera_file = cues.anonymous <= 0.0 && cues::quality(scene.photo()) >= Some(CAMERA_QUALITY);
    let ceiling = if is_camera_file { CAMERA_CEILING } else { 1.0 };
    Ok(Measurement::of_photo(evidence(&cues).min(ceiling)))
}

fn evidence(cues: &Cues) -> f64 {
    let sum: f64 = WEIGHTS.array().iter().zip(cues.array()).map(|(weight, cue)| weight * cue).sum();
    1.0 / (1.0 + (-BIAS - sum).exp())
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use super::Cues;
    use super::WEIGHTS;
    use super::evidence;
    use proptest::prelude::*;

    fn review_limit() -> f64 {
        CHECK.band.review_above.unwrap_or_default()
    }

    #[test]
    fn no_cue_alone_is_a_finding() {
        for index in 0..Cues::NAMES.len() {
            let mut alone = [0.0; 7];
            alone[index] = 1.0;
            assert!(evidence(&Cues::from(alone)) < review_limit(), "{}", Cues::NAMES[index]);
        }
    }

    #[test]
    fn missing_exif_and_a_jfif_header_are_no_finding_at_camera_quality() {
        let stripped = Cues { anonymous: 1.0, jfif: 1.0, ..Cues::default() };
        assert!(evidence(&stripped) < review_limit());
    }

    #[test]
    fn a_photo_from_a_messenger_is_a_finding() {
        let sent = Cues { anonymous: 1.0, small: 1.0, coarse: 0.8, jfif: 1.0, ..Cues::default() };
        assert!(evidence(&sent) > review_limit());
    }

    proptest! {
        #[test]
        fn more_evidence_never_lowers_the_number(cues in prop::array::uniform7(0.0..1.0f64), index in 0usize..7) {
            let mut stronger = cues;
            stronger[index] = 1.0;
            prop_assert!(evidence(&Cues::from(stronger)) >= evidence(&Cues::from(cues)));
            prop_assert!(WEIGHTS.array()[index] >= 0.0);
        }
    }
}
