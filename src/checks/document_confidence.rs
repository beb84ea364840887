use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_file::is_cut_short;
use crate::scene::DocumentType;
use crate::scene::Scene;

/// Shorter sides show no document, pixels.
const LEAST_SIDE: usize = 24;

check! {
    /// # What it measures
    /// How sure it is that an identity document lies where its corners were found, 0–1: the probability that the four
    /// corners are right.
    ///
    /// # Why it matters
    /// Without a document there is nothing to check, and every number that is measured on the document rests on its
    /// corners.
    ///
    /// # Method
    /// Straight lines are found by a gradient-directed Hough transform on luma and chroma at three scales; quads of
    /// lines are ranked by edge support along their sides, colour steps across them and plausible shape (after the
    /// line-segment methods of the ICDAR 2015 competition on smartphone document capture, Burie et al. 2015). A logistic regression over what speaks for the best quad, its lead over the next and
    /// its border's contrast gives the probability. Where not even a quad is found the number is 0.
    Check {
        id: "document_confidence",
        faults: Faults::below(Fault {
            category: Category::NoDocument,
            message: "no identity document can be made out",
            advice: "Lay the document on a plain table of another colour and photograph all of it from above.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "probability, 0–1",
        required: DocumentType::DOCUMENTS,
        band: Band::at_least(0.6, 0.4),
        measure,
    }
}

/// Confidence below which no document is seen.
const UNDECIDED: f64 = 0.5;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let luma = scene.photo().stored_luma();
    if luma.width().min(luma.height()) < LEAST_SIDE {
        return Err(Unmeasured::TooSmall);
    }
    let confidence = scene.likeliest_document().map_or(0.0, |document| document.confidence);
    if confidence < UNDECIDED && is_cut_short(scene) {
        return Err(Unmeasured::FileCutShort);
    }
    Ok(scene.likeliest_document().map_or(Measurement::of_photo(0.0), |document| Measurement {
        number: document.confidence,
        evidence: vec![document.quad.corners().to_vec()],
    }))
}
