use super::Band;
use super::Category;
use super::Measurement;
use super::Unmeasured;
use crate::scene::DocumentType;
use crate::scene::Scene;

/// One number measured on a photo, the band it should lie in, and the words for both.
#[derive(Debug)]
pub struct Check {
    /// Name of the file, the TOML table and the report column.
    pub id: &'static str,
    /// Markdown with the headings "What it measures", "Why it matters" and "Method".
    pub docs: &'static str,
    /// What numbers outside the band mean.
    pub faults: Faults,
    /// The document types it is measured on.
    pub applies_to: &'static [DocumentType],
    /// Unit of the number, in words.
    pub unit: &'static str,
    /// The document types of which nobody can say yes without it, unless the configuration says otherwise.
    pub required: &'static [DocumentType],
    /// Default band; measured, see the docs.
    pub band: Band,
    /// Measures the number.
    pub measure: fn(&Scene) -> Result<Measurement, Unmeasured>,
}

/// A side of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The number is too small.
    Below,
    /// The number is too large.
    Above,
}

/// What a number on one side of the band means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rejection reason.
    pub category: Category,
    /// What is wrong, one sentence fragment without a full stop.
    pub message: &'static str,
    /// A command to the person with the camera, ending in a full stop.
    pub advice: &'static str,
}

/// The faults on either side of a band; a side without a fault has no default limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faults {
    /// Numbers below the band.
    pub below: Option<Fault>,
    /// Numbers above the band.
    pub above: Option<Fault>,
}

impl Faults {
    /// Only small numbers are a fault.
    #[must_use]
    pub const fn below(fault: Fault) -> Self {
        Self { below: Some(fault), above: None }
    }

    /// Only large numbers are a fault.
    #[must_use]
    pub const fn above(fault: Fault) -> Self {
        Self { below: None, above: Some(fault) }
    }

    /// The fault on `side`.
    #[must_use]
    pub const fn on(&self, side: Side) -> Option<&Fault> {
        match side {
            Side::Below => self.below.as_ref(),
            Side::Above => self.above.as_ref(),
        }
    }

    /// The faults there are.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.below.iter().chain(&self.above)
    }
}

impl Check {
    /// Whether it is measured on photos of `document_type`. Where the type is unknown, only checks of every type apply.
    #[must_use]
    pub fn applies_to(&self, document_type: Option<DocumentType>) -> bool {
        match document_type {
            Some(kind) => self.applies_to.contains(&kind),
            None => DocumentType::ALL.iter().all(|kind| self.applies_to.contains(kind)),
        }
    }

    /// Measures the number; a number that is not finite counts as unmeasured.
    ///
    /// # Errors
    /// The reason why there is no number.
    pub fn measure(&self, scene: &Scene) -> Result<Measurement, Unmeasured> {
        (self.measure)(scene).and_then(|measurement| {
            if measurement.number.is_finite() { Ok(measurement) } else { Err(Unmeasured::NotFinite) }
        })
    }

    /// The first paragraph under "What it measures", on one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let lines = self.docs.lines().map(str::trim).skip_while(|line| line.is_empty() || line.starts_with('#'));
        lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Declares `CHECK`, the check of this file, with its doc comment as the printed text.
macro_rules! check {
    ($(#[doc = $line:literal])+ $check:ident { $($field:ident $(: $value:expr)?),+ $(,)? }) => {
        $(#[doc = $line])+
        pub(super) const CHECK: $check = $check {
            docs: concat!($($line, "\n"),+),
            $($field $(: $value)?),+
        };
    };
}

pub(super) use check;
