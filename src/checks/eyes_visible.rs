use super::Band;
use super::Category;
use super::Check;
use super::Fault;
use super::Faults;
use super::Measurement;
use super::Unmeasured;
use super::check;
use super::on_face::outlines;
use super::on_face::sitter;
use super::on_face::upper_skin;
use crate::scene::Aligned;
use crate::scene::DocumentType;
use crate::scene::Patch;
use crate::scene::Scene;
use crate::scene::Skin;

check! {
    /// # What it measures
    /// How little hides the eyes, 0–1.
    ///
    /// # Why it matters
    /// Sunglasses, hair or a hand over an eye hide what tells faces apart best.
    ///
    /// # Method
    /// The product of three shares of what uncovered faces have. How light the place of the eyes is against cheeks and nose: what
    /// lies behind a dark lens is darker than an eye in its socket. As lenses are taken for eyes, it is looked for where eyes lie as a rule
    /// in the detector's square. The likeness of the brows to the skin below and between the eyes, in luma and chroma, of the side
    /// that has less: hair and hands. And, for a little, the likelihood of the eyes that were found.
    Check {
        id: "eyes_visible",
        faults: Faults::below(Fault {
            category: Category::FaceCovered,
            message: "something hides the eyes",
            advice: "Take off sunglasses, and keep hair and hands away from your eyes.",
        }),
        applies_to: &[DocumentType::Selfie],
        unit: "0–1",
        required: &[],
        band: Band::at_least(0.25, 0.05),
        measure,
    }
}

/// The socket of the eye on the viewer's right, its cheek and the nose, on the face as the detector's square has it.
const SOCKET: Patch = Patch([0.2, 0.8, -0.1, 0.3]);
const CHEEK: Patch = Patch([0.25, 0.65, 0.55, 0.95]);
const NOSE: Patch = Patch([-0.15, 0.15, 0.2, 0.6]);
/// How much darker than these the lighter socket is, natural logarithm: up to here as eyes are, from here on behind dark lenses.
const BARE: f64 = 0.25;
const BEHIND_LENSES: f64 = 0.7;
/// The brow on the viewer's right, the likeness to skin of bare ones, and what lets thick ones pass.
const BROW: Patch = Patch([0.2, 0.7, -0.45, -0.2]);
const OPEN: f64 = 0.5;
const THICK: f64 = 0.1;
/// Logarithmic odds from which a pair of eyes is beyond doubt, and how much each below counts.
const BEYOND_DOUBT: f64 = 8.3;
const DOUBT: f64 = 0.1;

fn measure(scene: &Scene) -> Result<Measurement, Unmeasured> {
    let sitter = sitter(scene)?;
    let face = &sitter.aligned;
    let square = sitter.aligned_by_square(scene.photo()).ok_or(Unmeasured::TooSmall)?;
    let darker = darkness(&square).ok_or(Unmeasured::TooSmall)?;
    let light = ((BEHIND_LENSES - darker) / (BEHIND_LENSES - BARE)).clamp(0.0, 1.0);
    let skin = upper_skin(sitter)?;
    let brow = skin.share(face, BROW).min(skin.share(face, BROW.mirrored()));
    let bare = ((brow + THICK) / OPEN).min(1.0);
    let doubt = BEYOND_DOUBT - sitter.landmarks.odds.min(BEYOND_DOUBT);
    let sockets = [SOCKET.mirrored(), SOCKET].map(|patch| square.outline(patch).corners().to_vec());
    let brows = outlines(sitter, &[BROW.mirrored(), BROW]);
    Ok(Measurement { number: light * bare * (-DOUBT * doubt).exp(), evidence: brows.into_iter().chain(sockets).collect() })
}

/// How much darker the lighter socket is than cheeks and nose, natural logarithm.
fn darkness(face: &Aligned) -> Option<f64> {
    let skin = Skin::of(face, &[CHEEK.mirrored(), CHEEK, NOSE])?;
    let darker = |patch: Patch| face.tone(&[patch]).map(|socket| skin.darkness_of(socket));
    Some(f64::from(darker(SOCKET.mirrored())?.min(darker(SOCKET)?)))
}
