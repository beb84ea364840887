use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::glare;
use crate::scene::DocumentType;
use crate::scene::Scene;

/// Lamps are drawn where at least this share of their surroundings is printed.
const LEAST_PRINT: f64 = 0.1;

check! {
    /// # What it measures
    /// The share of the document's print (text, machine-readable zone, portrait) that mirrored lamps cover.
    ///
    /// # Why it matters
    /// Glare on blank paper hides nothing. Glare on print hides names, numbers or the face, and nobody can read the
    /// document.
    ///
    /// # Method
    /// The mirrored lamps of `glare_area`. What print a lamp covers cannot be seen; it is taken to be as dense as the
    /// print within 4 mm around it, since lines of text go on to both sides of the gap. Its share is that of the
    /// covered cells among all cells with print, covered or not. A document without any print has no number.
    Check {
        id: "glare_on_text",
        faults: Faults::above(Fault {
            category: Category::Glare,
            message: "a mirrored lamp hides print",
            advice: "Turn off the flash or tilt the document until the light spot leaves text and portrait.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "share of the document's print",
        required: &[],
        band: Band::at_most(0.002, 0.02),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let glare = glare(scene)?;
    let number = glare.share_of_print().ok_or(Unmeasured::NoDetail)?;
    let on_print = glare.likely().filter(|spot| spot.print > LEAST_PRINT);
    Ok(Measurement { number, evidence: on_print.map(|spot| spot.outline.clone()).collect() })
}
