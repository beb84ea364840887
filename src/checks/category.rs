use std::fmt;

use crate::names::named;

named! {
    /// A rejection reason as a person reads it.
    ///
    /// The order is the order of precedence: of several reasons the first is the primary one, because it must be mended
    /// first or hides the ones behind it.
    pub enum Category (UnknownCategory: "category") {
        /// Part of the file is missing or broken.
        DamagedFile = "damaged_file",
        /// No identity document in the photo.
        NoDocument = "no_document",
        /// No face in the selfie.
        NoFace = "no_face",
        /// More than one document in the frame.
        MultipleDocuments = "multiple_documents",
        /// More than one person in the selfie.
        MultipleFaces = "multiple_faces",
        /// Another document than the declared one.
        TypeMismatch = "type_mismatch",
        /// The document is no longer valid.
        Expired = "expired",
        /// A picture of a screen that shows the document.
        ScreenRecapture = "screen_recapture",
        /// A grey copy of the document.
        Photocopy = "photocopy",
        /// Part of the document is cut off or hidden.
        Incomplete = "incomplete",
        /// Something hides part of the face.
        FaceCovered = "face_covered",
        /// The eyes are closed.
        EyesClosed = "eyes_closed",
        /// The head is turned or tilted.
        HeadPose = "head_pose",
        /// The document or the face is small in the picture.
        TooFar = "too_far",
        /// The document fills the picture.
        TooClose = "too_close",
        /// Seen from the side.
        Tilted = "tilted",
        /// Too few pixels, or pixels without detail.
        LowResolution = "low_resolution",
        /// Too little light.
        Underexposed = "underexposed",
        /// Too much light.
        Overexposed = "overexposed",
        /// One side of the face is darker than the other.
        UnevenLighting = "uneven_lighting",
        /// Out of focus or shaken.
        Blurry = "blurry",
        /// A lamp is mirrored in the document.
        Glare = "glare",
        /// A shadow lies on the document.
        Shadow = "shadow",
        /// The print is too small or too pale to read.
        Unreadable = "unreadable",
        /// Check digits of the machine-readable zone do not hold.
        MrzInvalid = "mrz_invalid",
        /// Compressed again or too hard, as messengers do.
        Recompressed = "recompressed",
        /// The document hardly stands out from the table.
        LowContrast = "low_contrast",
        /// Other things lie around the document.
        ClutteredBackground = "cluttered_background",
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
