use crate::names::named;

named! {
    /// The layouts of a machine-readable zone that are read.
    pub enum Format(UnknownFormat: "MRZ format") {
        /// Identity cards, three lines of 30 (ICAO Doc 9303-5).
        Td1 = "TD1",
        /// Larger cards, two lines of 36 (ICAO Doc 9303-6).
        Td2 = "TD2",
        /// Passports, two lines of 44 (ICAO Doc 9303-4).
        Td3 = "TD3",
        /// Full-page visas, two lines of 44 (ICAO Doc 9303-7).
        MrvA = "MRV-A",
        /// Smaller visas, two lines of 36 (ICAO Doc 9303-7).
        MrvB = "MRV-B",
        /// French identity cards issued before 2021, two lines of 36 with their own fields and no date of expiry.
        FrenchCard = "FRA-ID",
    }
}

impl Format {
    /// Lines of the zone.
    #[must_use]
    pub const fn lines(self) -> usize {
        match self {
            Self::Td1 => 3,
            _ => 2,
        }
    }

    /// Characters of a line.
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 | Self::MrvB | Self::FrenchCard => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }
}

named! {
    /// What a check digit of the zone covers.
    pub enum Check(UnknownCheck: "check digit") {
        /// The number of the document.
        DocumentNumber = "document_number",
        /// The date of birth.
        BirthDate = "birth_date",
        /// The date of expiry.
        ExpiryDate = "expiry_date",
        /// The optional data (the personal number) of a passport.
        OptionalData = "optional_data",
        /// All of the fields above together.
        Composite = "composite",
    }
}
