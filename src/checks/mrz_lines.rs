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
    /// Lines of the machine-readable zone that can be read from end to end, over the lines that its format has.
    ///
    /// # Why it matters
    /// The zone is what machines read first; a thumb on its last line or a page cut off below it makes the photo useless.
    ///
    /// # Method
    /// Long rows of print are laid flat and divided into cells of one width; a small convolutional network names the glyph in
    /// each cell, and the likeliest text that the formats of ICAO Doc 9303 allow, their check digits weighed in, says which lines
    /// of which format are there. A line that reaches beyond the photo is not counted. Where no line was read for sure there is no
    /// number: the document may have no zone.
    Check {
        id: "mrz_lines",
        faults: Faults::below(Fault {
            category: Category::Incomplete,
            message: "part of the machine-readable lines is hidden or cut off",
            advice: "Keep fingers off the lines of letters and < signs, and have all of them in the picture.",
        }),
        applies_to: &[DocumentType::Passport, DocumentType::IdCardBack],
        unit: "share of the format's lines",
        required: &[DocumentType::Passport],
        band: Band::at_least(1.0, 0.7),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let mrz = mrz(scene)?;
    Ok(Measurement { number: mrz.lines_in_photo(scene.photo().upright_size()), evidence: outlines(mrz) })
}
