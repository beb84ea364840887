use std::fmt;

use crate::geometry::Point;
use crate::names::named;

/// A closed polygon in pixels of the upright photo, x to the right and y down.
pub type Polygon = Vec<Point>;

/// One finite number and where on the photo it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// The number, in the check's unit.
    pub number: f64,
    /// Evidence regions; empty where the whole photo is meant.
    pub evidence: Vec<Polygon>,
}

impl Measurement {
    /// A number about the whole photo.
    #[must_use]
    pub fn of_photo(number: f64) -> Self {
        Self { number, evidence: Vec::new() }
    }
}

named! {
    /// Why a check that applies has no number.
    pub enum Unmeasured (UnknownReason: "reason") {
        /// The number came out infinite or undefined.
        NotFinite = "not_finite",
        /// The check reads JPEG structure and the file is none.
        NotJpeg = "not_jpeg",
        /// Too few pixels to measure on.
        TooSmall = "too_small",
        /// Nothing but flat areas to measure on.
        NoDetail = "no_detail",
        /// The file holds no colour.
        NoColour = "no_colour",
        /// No text was found to measure on.
        NoText = "no_text",
        /// There is too little light to measure anything.
        TooDark = "too_dark",
        /// Glare or overexposure leaves too little to measure on.
        Dazzled = "dazzled",
        /// No document was found to measure on.
        NoDocument = "no_document",
        /// No face was found to measure on.
        NoFace = "no_face",
        /// The eyes could not be found for sure, on which all other places on the face hang.
        LandmarksUnsure = "landmarks_unsure",
        /// The frame shows too little of the document's border.
        BorderUnseen = "border_unseen",
        /// The document has none of the sizes of identity documents.
        SizeUnknown = "size_unknown",
        /// A screen surrounds the document, no table.
        OnScreen = "on_screen",
        /// Too much of the file is missing.
        FileCutShort = "file_cut_short",
        /// No machine-readable zone was read.
        NoMrz = "no_mrz",
        /// No machine-readable zone and no barcode of a licence was read.
        NothingRead = "nothing_read",
        /// The document states no end of its validity, or that it has none.
        NoExpiry = "no_expiry",
        /// The date of expiry cannot be read, is none in the calendar, or its check digit does not hold.
        ExpiryIllegible = "expiry_illegible",
        /// The document states two dates of expiry.
        ExpiryContradicts = "expiry_contradicts",
        /// There is no day to count from.
        NoAsOf = "no_as_of",
        /// What the photo shows does not tell the document type.
        TypeUnsure = "type_unsure",
        /// No document type is declared.
        Undeclared = "undeclared",
        /// There is no other frame to compare with.
        OneFrame = "one_frame",
        /// The eyes are closed from the start.
        EyesClosed = "eyes_closed",
        /// The report was written before this check existed, or without it.
        NotRecorded = "not_recorded",
    }
}

impl fmt::Display for Unmeasured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinite => "the measurement has no finite value",
            Self::NotJpeg => "the file is no JPEG",
            Self::TooSmall => "the photo has too few pixels",
            Self::NoDetail => "the photo shows no detail to measure on",
            Self::NoColour => "the file holds no colour",
            Self::NoText => "no text was found on the document",
            Self::TooDark => "there is too little light to measure anything",
            Self::Dazzled => "glare or too much light leaves too little to measure on",
            Self::NoDocument => "no document was found",
            Self::NoFace => "no face was found",
            Self::LandmarksUnsure => "the eyes could not be found for sure",
            Self::BorderUnseen => "the frame shows too little of the document's border",
            Self::SizeUnknown => "the document has none of the sizes of identity documents",
            Self::OnScreen => "a screen surrounds the document",
            Self::FileCutShort => "too much of the file is missing",
            Self::NoMrz => "no machine-readable zone was read",
            Self::NothingRead => "neither a machine-readable zone nor the barcode of a licence was read",
            Self::NoExpiry => "the document states no date of expiry",
            Self::ExpiryIllegible => "the date of expiry could not be read for sure",
            Self::ExpiryContradicts => "the document states two dates of expiry",
            Self::NoAsOf => "there is no day to count from",
            Self::TypeUnsure => "what the photo shows does not tell the document type",
            Self::Undeclared => "no document type is declared",
            Self::OneFrame => "there is no other frame to compare with",
            Self::EyesClosed => "the eyes are closed from the start",
            Self::NotRecorded => "the report holds no number for it",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Polygon;
    use crate::geometry::Point;

    #[test]
    fn a_polygon_is_pairs_in_json() {
        let polygon: Polygon = vec![Point::new(1.0, 2.5), Point::new(-3.0, 0.0)];
        assert_eq!(serde_json::to_string(&polygon).unwrap(), "[[1.0,2.5],[-3.0,0.0]]");
    }
}
