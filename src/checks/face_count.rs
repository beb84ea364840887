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

check! {
    /// # What it measures
    /// Faces in the selfie that are at least a twentieth as high as the frame.
    ///
    /// # Why it matters
    /// A selfie must show one person. Without a face there is nothing to compare with the document; with two it is not clear whose
    /// it is.
    ///
    /// # Method
    /// The funnel-structured cascade of SeetaFace (Wu, Kan, He, Shan, Chen 2017) on the frame reduced to 640 pixels; where no face is
    /// certain, on the frame turned by 90, 270 and 180 degrees. Smaller faces are passers-by and posters, and do not count.
    Check {
        id: "face_count",
        faults: Faults {
            below: Some(Fault {
                category: Category::NoFace,
                message: "no face can be seen",
                advice: "Take the photo of your own face, from the front, in good light.",
            }),
            above: Some(Fault {
                category: Category::MultipleFaces,
                message: "more than one face is in the picture",
                advice: "Take the photo alone, without people, posters or mirrors behind you.",
            }),
        },
        applies_to: &[DocumentType::Selfie],
        unit: "faces",
        required: &[DocumentType::Selfie],
        band: Band::within([1.0, 1.0], [1.0, 1.0]),
        measure,
    }
}

/// Height of the smallest face that counts over that of the frame.
const SMALLEST: f64 = 0.05;
/// Shorter side of the smallest photo that may show one, pixels: the detector's window with some room around it.
const LEAST_SIDE: f64 = 64.0;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let (width, height) = scene.size();
    if width.min(height) < LEAST_SIDE {
        return Err(Unmeasured::TooSmall);
    }
    let faces = scene.faces().found.iter().filter(|face| face.quad.area().sqrt() >= SMALLEST * height);
    let evidence: Vec<_> = faces.map(|face| face.quad.corners().to_vec()).collect();
    if evidence.is_empty() && is_cut_short(scene) {
        return Err(Unmeasured::FileCutShort);
    }
    Ok(Measurement { number: evidence.len() as f64, evidence })
}
