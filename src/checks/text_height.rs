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

check! {
    /// # What it measures
    /// The height of the document's capitals and figures, in pixels of the photo: the median by area of print, so
    /// that the small captions of a form count for little.
    ///
    /// # Why it matters
    /// Readers of fixed forms need about 20 pixels, and below 4 to 8 even neural readers fail. Unlike the density of
    /// pixels the number holds for letters and receipts too, whose size a photo does not tell.
    ///
    /// # Method
    /// Pixels darker or lighter than their surroundings (Niblack 1986) are joined to components on the rectified
    /// document, and those that stand evenly side by side to lines, along rows or along columns. A line's height is
    /// that of its highest glyphs that agree, between the places where half of the ink's depth is crossed, times the
    /// photo's density there in the direction that is most foreshortened. Blur and exposure do not change it. A
    /// document on which fewer than ten glyphs can be told apart has no number: blank, dark, dazzled or far away.
    ///
    /// Clean photos of cards at 250 dpi have 15 to 24 pixels; measured in docs/accuracy.md.
    Check {
        id: "text_height",
        faults: Faults::below(Fault {
            category: Category::Unreadable,
            message: "the print has too few pixels to be read",
            advice: "Move the camera closer, or choose the camera's full resolution.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "pixels",
        required: &[],
        band: Band::at_least(8.0, 5.0),
        measure,
    }
}

/// Lines up to so many times the median count as small.
const SMALL: f64 = 1.1;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let (text, rectified) = text(scene)?;
    let number = text.quantile(|line| line.cap_height_photo, 0.5).ok_or(Unmeasured::NoText)?;
    let evidence = outlines(text, rectified, |line| line.cap_height_photo <= SMALL * number);
    Ok(Measurement { number, evidence })
}
