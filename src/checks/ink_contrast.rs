use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_text::outlines;
use super::on_text::text;
use crate::scene::DocumentType;
use crate::scene::Scene;
use crate::scene::Text;

check! {
    /// # What it measures
    /// How much of the light around it the print takes away, 0–1: near 1 for black ink, 0.3 for print so faded that
    /// it can hardly be read. A quarter of the print, by area, has more.
    ///
    /// # Why it matters
    /// Faded, worn or weakly printed text is misread however sharp and well lit the photo is.
    ///
    /// # Method
    /// Along each line of print (found as for the height of text) the strongest ink of each glyph is held against
    /// its own ground: difference over the lighter level, in linear light (Weber contrast), so that neither exposure
    /// nor a shadow changes it. Blur spreads ink: where the area inked to 30 % of its strength is more than
    /// 1.7 times that inked to 70 %, the contrast is raised by as much. Print too pale to be told from the pattern
    /// under it is no text and gives no number.
    ///
    /// Clean photos have 0.91 (first percentile) to 0.97; ink at under half of its strength 0.63 to 0.73, at a fifth
    /// 0.28 to 0.45. Measured in docs/accuracy.md.
    Check {
        id: "ink_contrast",
        faults: Faults::below(Fault {
            category: Category::Unreadable,
            message: "the print is pale against its ground",
            advice: "Photograph the document in even light; ask for a new one if its print has faded.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the light around",
        required: &[],
        band: Band::at_least(0.75, 0.5),
        measure,
    }
}

/// The number is what this share of the print, by area, does not reach: captions are pale by design.
const SHARE: f64 = 0.75;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let (text, rectified) = text(scene)?;
    let number = ink_contrast(text).ok_or(Unmeasured::NoText)?;
    let evidence = outlines(text, rectified, |line| line.contrast <= number);
    Ok(Measurement { number, evidence })
}

/// The contrast of the ink of these lines, 0–1; `None` where there are none.
pub(super) fn ink_contrast(text: &Text) -> Option<f64> {
    text.quantile(|line| line.contrast, SHARE)
}
