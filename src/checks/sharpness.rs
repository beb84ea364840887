use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_document::focus;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The reciprocal of the edge width on the document, 1/mm, in its least sharp tenth: 8 is as sharp as there is need
    /// for, 3 leaves an edge a third of a millimetre wide.
    ///
    /// # Why it matters
    /// Blurred print cannot be read, by people or machines, and a blurred portrait cannot be compared with a face.
    ///
    /// # Method
    /// Edge profiles (Maheshwari et al. 2017; ISO 12233): in tiles of about 11 mm the strongest edges of every direction
    /// are chosen, and the profile across each is read from the photo's own pixels through an aperture of 0.1 mm. Its height
    /// over its steepest slope is the width, 0.98 of the 10-90 % rise of a Gaussian edge; the width of a pixel is taken
    /// off in quadrature, so that fewer pixels do not count as blur. A tile has the median of its widths, weighted by contrast;
    /// the number is that of the tile below which a tenth of the tiles lie. Tiles without enough edges are left out. Below
    /// 5 pixels per millimetre strokes run together and there is no number. The millimetres of documents of unknown size are
    /// nominal, those of a card, and 8.6 pixels are asked for: a sharp sheet of A4 reaches 8. Default band: good simulated photos have 8, a
    /// disc of 0.15 mm radius out of focus leaves at most 4.7, one of 0.38 mm 1.6; measured in docs/accuracy.md.
    Check {
        id: "sharpness",
        faults: Faults::below(Fault {
            category: Category::Blurry,
            message: "the document is out of focus or shaken",
            advice: "Hold the camera still, tap on the document to focus and wait until it is sharp.",
        }),
        applies_to: DocumentType::DOCUMENTS,
        unit: "1/mm",
        required: &[],
        band: Band::at_least(5.0, 2.3),
        measure,
    }
}

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let worst = focus(scene)?.worst_decile().ok_or(Unmeasured::NoDetail)?;
    let number = worst.last().ok_or(Unmeasured::NoDetail)?.sharpness;
    Ok(Measurement { number, evidence: worst.iter().take(12).map(|tile| tile.corners.to_vec()).collect() })
}
