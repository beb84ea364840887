use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_mrz::outlines;
use crate::identity::Expiry;
use crate::identity::NoExpiry;
use crate::identity::agreed;
use crate::scene::Barcode;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// Days from the day of the audit (`--as-of`) to the last day on which the document is valid; negative once it has expired.
    ///
    /// # Why it matters
    /// An expired document is refused whatever the photo looks like, and no other photo of it helps.
    ///
    /// # Method
    /// The date of expiry in the machine-readable zone, where its check digit holds, and in the barcode of a North American
    /// licence (AAMVA element DBA, either order of its parts). Years of two digits lie within 50 before and 49 after the day of
    /// the audit. Where both are there and differ, or the document states no end, there is no number.
    Check {
        id: "days_to_expiry",
        faults: Faults::below(Fault {
            category: Category::Expired,
            message: "the document has expired",
            advice: "Send a document that is still valid.",
        }),
        applies_to: &[
            DocumentType::IdCardFront,
            DocumentType::IdCardBack,
            DocumentType::Passport,
            DocumentType::DriverLicenseBack,
        ],
        unit: "days",
        required: &[],
        band: Band::at_least(0.0, 0.0),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let as_of = scene.judged_on().ok_or(Unmeasured::NoAsOf)?;
    let mrz = scene.mrz();
    let barcode = scene.licence_barcode().filter(|barcode| barcode.aamva().is_some());
    if mrz.is_none() && barcode.is_none() {
        return Err(Unmeasured::NothingRead);
    }
    let sources = mrz.map(|mrz| mrz.reading.expiry(as_of)).into_iter();
    let sources: Vec<Expiry> =
        sources.chain(barcode.and_then(Barcode::aamva).map(|card| card.expiry)).collect();
    let expiry = agreed(&sources).map_err(|_| Unmeasured::ExpiryContradicts)?;
    let number = expiry.days_to_expiry(as_of).ok_or_else(|| reason(expiry))?;
    let evidence = mrz.map_or_else(Vec::new, outlines);
    let evidence = evidence.into_iter().chain(barcode.map(|barcode| barcode.quad.corners().to_vec())).collect();
    Ok(Measurement { number: f64::from(number), evidence })
}

fn reason(expiry: Expiry) -> Unmeasured {
    match expiry {
        Expiry::Unreadable(NoExpiry::Contradictory) => Unmeasured::ExpiryContradicts,
        Expiry::Unreadable(NoExpiry::Illegible | NoExpiry::NoDate | NoExpiry::CheckDigit) => {
            Unmeasured::ExpiryIllegible
        }
        Expiry::On(_) | Expiry::Never | Expiry::Unreadable(NoExpiry::NotStated) => Unmeasured::NoExpiry,
    }
}
