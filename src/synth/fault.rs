//! The faults that a photo can be given.

use std::fmt;
use std::str::FromStr;

use crate::scene::DocumentType;

/// One way to spoil a photo, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A good photo.
    None,
    /// Out of focus.
    Defocus,
    /// Camera shake.
    Motion,
    /// A round lamp mirrored in the surface.
    GlareSpot,
    /// A window or strip lamp mirrored in the surface.
    GlareWindow,
    /// The telephone's or hand's shadow with a clear border.
    ShadowHard,
    /// A broad, soft shadow.
    ShadowSoft,
    /// One corner beyond the frame.
    CutCorner,
    /// One side beyond the frame.
    CutSide,
    /// Bare fingers over the border.
    Finger,
    /// Gloved fingers over the border.
    Glove,
    /// Too small in the frame.
    TooFar,
    /// Larger than the frame allows.
    TooClose,
    /// Seen from the side.
    Tilted,
    /// Things lie around it.
    Clutter,
    /// A table in the document's own colour.
    LowContrast,
    /// Too few pixels.
    LowResolution,
    /// Enlarged after a capture with too few pixels.
    Upscaled,
    /// Sent through a messenger: made smaller, compressed again, stripped of EXIF.
    Messenger,
    /// The end of the file is missing.
    Truncated,
    /// Too little light.
    Underexposed,
    /// Too much light.
    Overexposed,
    /// Print that has faded.
    Faded,
    /// A grey copy on paper.
    Photocopy,
    /// Photographed off a screen.
    Screen,
    /// A table with no document on it.
    NoDocument,
    /// Light from one side only.
    HalfLit,
    /// A medical mask.
    Mask,
    /// Dark glasses.
    Sunglasses,
    /// Closed eyes.
    EyesClosed,
    /// The head leans to one side.
    HeadRoll,
    /// The head is turned to one side.
    HeadYaw,
    /// A second person.
    TwoFaces,
    /// Nobody.
    NoFace,
}

/// How bad the fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// There is no fault.
    None,
    /// A careful reviewer sees it.
    Mild,
    /// Everybody sees it.
    Strong,
}

impl Severity {
    /// The name in labels: `none`, `mild` or `strong`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Mild => "mild",
            Self::Strong => "strong",
        }
    }
}

impl Fault {
    /// Every fault, the good photo first.
    pub const ALL: [Self; 34] = [
        Self::None,
        Self::Defocus,
        Self::Motion,
        Self::GlareSpot,
        Self::GlareWindow,
        Self::ShadowHard,
        Self::ShadowSoft,
        Self::CutCorner,
        Self::CutSide,
        Self::Finger,
        Self::Glove,
        Self::TooFar,
        Self::TooClose,
        Self::Tilted,
        Self::Clutter,
        Self::LowContrast,
        Self::LowResolution,
        Self::Upscaled,
        Self::Messenger,
        Self::Truncated,
        Self::Underexposed,
        Self::Overexposed,
        Self::Faded,
        Self::Photocopy,
        Self::Screen,
        Self::NoDocument,
        Self::HalfLit,
        Self::Mask,
        Self::Sunglasses,
        Self::EyesClosed,
        Self::HeadRoll,
        Self::HeadYaw,
        Self::TwoFaces,
        Self::NoFace,
    ];

    /// The name in options and in the truth's column `fault`, and the category a reviewer files it under (`ok` for none).
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::None => ("none", "ok"),
            Self::Defocus => ("defocus", "blurry"),
            Self::Motion => ("motion", "blurry"),
            Self::GlareSpot => ("glare_spot", "glare"),
            Self::GlareWindow => ("glare_window", "glare"),
            Self::ShadowHard => ("shadow_hard", "shadow"),
            Self::ShadowSoft => ("shadow_soft", "shadow"),
            Self::CutCorner => ("cut_corner", "incomplete"),
            Self::CutSide => ("cut_side", "incomplete"),
            Self::Finger => ("finger", "incomplete"),
            Self::Glove => ("glove", "incomplete"),
            Self::TooFar => ("too_far", "too_far"),
            Self::TooClose => ("too_close", "too_close"),
            Self::Tilted => ("tilted", "tilted"),
            Self::Clutter => ("clutter", "cluttered_background"),
            Self::LowContrast => ("low_contrast", "low_contrast"),
            Self::LowResolution => ("low_resolution", "low_resolution"),
            Self::Upscaled => ("upscaled", "low_resolution"),
            Self::Messenger => ("messenger", "recompressed"),
            Self::Truncated => ("truncated", "damaged_file"),
            Self::Underexposed => ("underexposed", "underexposed"),
            Self::Overexposed => ("overexposed", "overexposed"),
            Self::Faded => ("faded", "unreadable"),
            Self::Photocopy => ("photocopy", "photocopy"),
            Self::Screen => ("screen", "screen_recapture"),
            Self::NoDocument => ("no_document", "no_document"),
            Self::HalfLit => ("half_lit", "uneven_lighting"),
            Self::Mask => ("mask", "face_covered"),
            Self::Sunglasses => ("sunglasses", "face_covered"),
            Self::EyesClosed => ("eyes_closed", "eyes_closed"),
            Self::HeadRoll => ("head_roll", "head_pose"),
            Self::HeadYaw => ("head_yaw", "head_pose"),
            Self::TwoFaces => ("two_faces", "multiple_faces"),
            Self::NoFace => ("no_face", "no_face"),
        }
    }

    /// The name in options and in the truth's column `fault`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.names().0
    }

    /// The rejection category that a reviewer files it under; `ok` for none.
    #[must_use]
    pub const fn category(self) -> &'static str {
        self.names().1
    }

    /// Whether a photo of this type can have the fault.
    #[must_use]
    pub fn applies_to(self, kind: DocumentType) -> bool {
        let selfie = kind == DocumentType::Selfie;
        match self {
            Self::HalfLit
            | Self::Mask
            | Self::Sunglasses
            | Self::EyesClosed
            | Self::HeadRoll
            | Self::HeadYaw
            | Self::TwoFaces
            | Self::NoFace => selfie,
            Self::GlareSpot
            | Self::GlareWindow
            | Self::ShadowHard
            | Self::ShadowSoft
            | Self::CutCorner
            | Self::Finger
            | Self::Glove
            | Self::Tilted
            | Self::LowContrast
            | Self::Faded
            | Self::Photocopy
            | Self::NoDocument => !selfie,
            _ => true,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The text names no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown fault `{0}`")]
pub struct UnknownFault(pub String);

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|fault| fault.id() == text).ok_or_else(|| UnknownFault(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use crate::scene::DocumentType;

    #[test]
    fn every_fault_is_found_by_its_id() {
        for fault in Fault::ALL {
            assert_eq!(fault.id().parse(), Ok(fault));
        }
    }

    #[test]
    fn a_selfie_has_no_cut_corner_and_a_card_no_closed_eyes() {
        assert!(!Fault::CutCorner.applies_to(DocumentType::Selfie));
        assert!(!Fault::EyesClosed.applies_to(DocumentType::IdCardFront));
        assert!(Fault::ALL.iter().all(|fault| DocumentType::ALL.iter().any(|kind| fault.applies_to(*kind))));
    }
}
