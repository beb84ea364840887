use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::outline;
use super::on_face::sure_sitter;
use crate::scene::DocumentType;
use crate::scene::Scene;

check! {
    /// # What it measures
    /// The slope of the line from eye to eye, degrees, -180 to 180: above 0 where the head leans to the viewer's right.
    ///
    /// # Why it matters
    /// Faces are compared upright, and a head that lies on its side is mostly a photo that was stored turned.
    ///
    /// # Method
    /// The eyes found by voting of gradients (Timm and Barth 2011), in the photo turned upright as its file says.
    Check {
        id: "head_roll",
        faults: Faults {
            below: Some(TILTED),
            above: Some(TILTED),
        },
        applies_to: &[DocumentType::Selfie],
        unit: "degrees",
        required: &[],
        band: Band::within([-15.0, 15.0], [-30.0, 30.0]),
        measure,
    }
}

const TILTED: Fault = Fault {
    category: Category::HeadPose,
    message: "the head is tilted to one side",
    advice: "Hold head and camera upright.",
};

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sure_sitter(scene)?;
    Ok(Measurement { number: sitter.landmarks.roll(), evidence: outline(&sitter.face) })
}
