use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_mrz::mrz;
use super::on_mrz::outlines;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// Check digits of the machine-readable zone that hold, over those whose characters were all read.
    ///
    /// # Why it matters
    /// A digit that does not hold means a misread character, which a reader will stumble over too, or a zone that was altered.
    ///
    /// # Method
    /// Weights 7, 3, 1, modulo 10 (ICAO Doc 9303-3, 4.9). A character is corrected for the sake of a digit only where one
    /// correction explains the digits clearly better than any other and than a digit printed wrong.
    Check {
        id: "mrz_check_digits",
        faults: Faults::below(Fault {
            category: Category::MrzInvalid,
            message: "check digits of the machine-readable lines do not hold",
            advice: "Photograph the document again, close, sharp and in even light, so that each letter of the lines at its edge is clear.",
        }),
        applies_to: &[DocumentType::IdCardFront, DocumentType::IdCardBack, DocumentType::Passport],
        unit: "share of the check digits",
        required: &[],
        band: Band::at_least(1.0, 0.7),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let mrz = mrz(scene)?;
    let digits = mrz.reading.check_digits();
    if digits.is_empty() {
        return Err(Unmeasured::NoMrz);
    }
    let holding = digits.iter().filter(|digit| digit.holds).count();
    Ok(Measurement { number: holding as f64 / digits.len() as f64, evidence: outlines(mrz) })
}
