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
        /// Too few pixels, or pixels without detail.
        LowResolution = "low_resolution",
        /// Compressed again or too hard, as messengers do.
        Recompressed = "recompressed",
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
