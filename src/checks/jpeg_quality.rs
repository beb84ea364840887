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
    /// The quality of the last JPEG compression on the scale of the Independent JPEG Group's encoder, 1–100.
    ///
    /// # Why it matters
    /// Hard compression rubs out what a document is read by: small print, the microtext behind it, the teeth of a
    /// hologram. Cameras save at 85 and more, messengers at 60–87.
    ///
    /// # Method
    /// The luma quantisation table is compared with the example table of ITU-T T.81, Annex K, scaled to every quality
    /// as libjpeg does. The quality with the nearest mean logarithm of the steps is the answer: exact for files of
    /// libjpeg, and for the tables of Photoshop, Apple, Samsung or mozjpeg the quality that quantises as finely on
    /// average. Files that are no JPEG have no number.
    Check {
        id: "jpeg_quality",
        faults: Faults::below(Fault {
            category: Category::Recompressed,
            message: "the photo is compressed too hard",
            advice: "Send the original photo from the camera as a file, not through a messenger.",
        }),
        applies_to: &DocumentType::ALL,
        unit: "IJG quality, 1–100",
        required: &[],
        band: Band::at_least(60.0, 40.0),
        measure,
    }
}

/// The IJG quality, 1–100, whose luma table has the mean logarithm of steps nearest to that of `table`.
pub(super) fn nearest_quality(table: &[u16; 64]) -> u8 {
    let ceiling = if table.iter().any(|&step| step > 255) { 32_767 } else { 255 };
    let wanted = mean_log(table);
    let at = |quality: u8| mean_log(&scaled_annex_k(quality, ceiling));
    // Steps shrink as quality grows: halve the range down to the first quality that is not coarser than the table.
    let (mut low, mut high) = (1, 100);
    while low < high {
        let middle = u8::midpoint(low, high);
        if at(middle) > wanted { low = middle + 1 } else { high = middle }
    }
    let coarser = low.saturating_sub(1).max(1);
    if at(coarser) - wanted < wanted - at(low) { coarser } else { low }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let table = scene.photo().luma_quantisation().ok_or(Unmeasured::NotJpeg)?;
    Ok(Measurement::of_photo(f64::from(nearest_quality(table))))
}

/// ITU-T T.81, table K.1, in natural order.
const ANNEX_K_LUMA: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, //
    12, 12, 14, 19, 26, 58, 60, 55, //
    14, 13, 16, 24, 40, 57, 69, 56, //
    14, 17, 22, 29, 51, 87, 80, 62, //
    18, 22, 37, 56, 68, 109, 103, 77, //
    24, 35, 55, 64, 81, 104, 113, 92, //
    49, 64, 78, 87, 103, 121, 120, 101, //
    72, 92, 95, 98, 112, 100, 103, 99,
];

/// Annex K's luma table at `quality`, as libjpeg scales it, with steps up to `ceiling`.
fn scaled_annex_k(quality: u8, ceiling: u32) -> [u16; 64] {
    let quality = u32::from(quality);
    let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    ANNEX_K_LUMA.map(|step| ((u32::from(step) * percent + 50) / 100).clamp(1, ceiling) as u16)
}

fn mean_log(table: &[u16; 64]) -> f64 {
    table.iter().map(|&step| f64::from(step.max(1)).ln()).sum::<f64>() / 64.0
}

#[cfg(test)]
mod tests {
    use super::nearest_quality;
    use super::scaled_annex_k;

    #[test]
    fn every_ijg_quality_reads_back_exactly() {
        for quality in 1..=100 {
            assert_eq!(nearest_quality(&scaled_annex_k(quality, 255)), quality);
            assert_eq!(nearest_quality(&scaled_annex_k(quality, 32_767)), quality);
        }
    }

    #[test]
    fn annex_k_at_quality_90_is_what_libjpeg_writes() {
        assert_eq!(scaled_annex_k(90, 255)[..8], [3, 2, 2, 3, 5, 8, 10, 12]);
        assert_eq!(scaled_annex_k(25, 255)[..8], [32, 22, 20, 32, 48, 80, 102, 122]);
    }

    #[test]
    fn coarser_steps_never_raise_the_quality() {
        let mut last = 100;
        for step in 1..=255 {
            let quality = nearest_quality(&[step; 64]);
            assert!(quality <= last, "step {step}");
            last = quality;
        }
        assert_eq!(nearest_quality(&[1; 64]), 100);
    }

    #[test]
    fn one_changed_step_keeps_the_quality() {
        let mut table = scaled_annex_k(80, 255);
        table[1] += 1;
        assert_eq!(nearest_quality(&table), 80);
    }
}
