use std::fmt;

use crate::names::named;

named! {
    /// Where a check's number lies.
    pub enum Grade (UnknownGrade: "grade") {
        /// Inside the band.
        Pass = "pass",
        /// Beyond a review limit.
        Review = "review",
        /// Beyond a reject limit.
        Reject = "reject",
        /// There is no number; the row says why.
        NotAssessed = "not_assessed",
    }
}

named! {
    /// The decision on a photo, from good to bad.
    pub enum Verdict (UnknownVerdict: "verdict") {
        /// Nothing speaks against the photo.
        Accept = "accept",
        /// A person should look.
        Review = "review",
        /// The photo must be retaken.
        Reject = "reject",
        /// The file could not be assessed.
        Error = "error",
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
