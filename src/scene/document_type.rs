use std::fmt;

use crate::names::named;

named! {
    /// What a photo is declared, or found, to show.
    pub enum DocumentType (UnknownDocumentType: "document type") {
        /// Front of an identity card.
        IdCardFront = "id_card_front",
        /// Back of an identity card.
        IdCardBack = "id_card_back",
        /// Data page of a passport.
        Passport = "passport",
        /// Front of a driving licence.
        DriverLicenseFront = "driver_license_front",
        /// Back of a driving licence.
        DriverLicenseBack = "driver_license_back",
        /// A person's face.
        Selfie = "selfie",
    }
}

impl DocumentType {
    /// The types that show a document.
    pub const DOCUMENTS: &[Self] =
        &[Self::IdCardFront, Self::IdCardBack, Self::Passport, Self::DriverLicenseFront, Self::DriverLicenseBack];
}

impl fmt::Display for DocumentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::DocumentType;

    #[test]
    fn every_type_is_found_by_its_id() {
        for kind in DocumentType::ALL {
            assert_eq!(kind.id().parse(), Ok(kind));
        }
    }

    #[test]
    fn an_unknown_type_names_the_known_ones() {
        let error = "pasport".parse::<DocumentType>().unwrap_err().to_string();
        assert!(
            error.starts_with("unknown document type `pasport`; known are id_card_front, id_card_back, "),
            "{error}"
        );
    }
}
