//! The limits that belong to a category: sides of bands of checks.

use crate::checks::Band;
use crate::checks::Category;
use crate::checks::Check;
use crate::checks::Limit;
use crate::checks::REGISTRY;
use crate::checks::Side;
use crate::record::Row;
use crate::scene::DocumentType;
use crate::verdict::Policy;

/// Checks whose limits follow from what they mean: a document has expired or not, whatever labels say.
const FIXED: [&str; 7] = [
    "file_integrity",
    "document_count",
    "type_match",
    "mrz_check_digits",
    "days_to_expiry",
    "portrait_faces",
    "face_count",
];

/// One side of the band of a check.
#[derive(Clone, Copy, Debug)]
pub struct CheckSide {
    /// Its place in the registry.
    pub index: usize,
    /// The check.
    pub check: &'static Check,
    /// The side on which numbers are faults.
    pub side: Side,
}

impl PartialEq for CheckSide {
    fn eq(&self, other: &Self) -> bool {
        (self.index, self.side) == (other.index, other.side)
    }
}

impl CheckSide {
    /// Every side of every check that is a fault, in the order of [`REGISTRY`].
    pub fn all() -> impl Iterator<Item = Self> {
        REGISTRY.iter().enumerate().flat_map(|(index, check)| {
            let sides = [Side::Below, Side::Above].into_iter().filter(|side| check.faults.on(*side).is_some());
            sides.map(move |side| Self { index, check, side })
        })
    }

    /// The sides whose numbers are faults of `category`, of checks that apply to `kind`, or to any type where it is `None`.
    #[must_use]
    pub fn of(category: Category, kind: Option<DocumentType>) -> Vec<Self> {
        let is_of = |side: &Self| side.category() == category && (kind.is_none() || side.check.applies_to(kind));
        Self::all().filter(is_of).collect()
    }

    /// What a number on this side means.
    ///
    /// # Panics
    /// When it is no fault; [`CheckSide::all`] gives none such.
    #[must_use]
    pub fn category(&self) -> Category {
        self.check.faults.on(self.side).expect("a side with a fault").category
    }

    /// Whether labels may move its limits: those of some checks follow from what they mean.
    #[must_use]
    pub fn is_tunable(&self) -> bool {
        !FIXED.contains(&self.check.id)
    }

    /// `number` turned so that larger is worse, and back.
    #[must_use]
    pub fn badness(&self, number: f64) -> f64 {
        if self.side == Side::Below { -number } else { number }
    }

    /// The number of a photo, turned so that larger is worse; `None` where there is none.
    #[must_use]
    pub fn badness_of(&self, row: &Row) -> Option<f64> {
        row.outcomes[self.index]?.ok().map(|number| self.badness(number))
    }

    /// A band with its two limits only.
    #[must_use]
    pub fn band(&self, reject: f64, review: f64) -> Band {
        let mut band = Band::default();
        band.set(self.reject(), Some(reject));
        band.set(self.review(), Some(review));
        band
    }

    /// Its limit beyond which numbers are rejects.
    #[must_use]
    pub fn reject(&self) -> Limit {
        if self.side == Side::Below { Limit::RejectBelow } else { Limit::RejectAbove }
    }

    /// Its limit beyond which numbers are reviews at least.
    #[must_use]
    pub fn review(&self) -> Limit {
        if self.side == Side::Below { Limit::ReviewBelow } else { Limit::ReviewAbove }
    }

    /// The limits in force for `kind`, turned so that larger is worse: of reject and of review.
    #[must_use]
    pub fn limits(&self, policy: &Policy, kind: Option<DocumentType>) -> [Option<f64>; 2] {
        let band = policy.band(self.index, kind);
        [self.reject(), self.review()].map(|limit| band.limit(limit).map(|value| self.badness(value)))
    }

    /// How far into its band `number` lies, as of [`Band::depth`]; without a limit the number itself, turned so that larger is worse.
    #[must_use]
    pub fn depth(&self, number: f64, band: &Band) -> f64 {
        band.depth(self.side, number).unwrap_or_else(|| self.badness(number))
    }
}

#[cfg(test)]
mod tests {
    use super::CheckSide;
    use super::FIXED;
    use crate::checks;
    use crate::checks::Band;
    use crate::checks::Category;
    use crate::scene::DocumentType;

    #[test]
    fn a_category_has_the_sides_of_checks_that_apply() {
        let ids = |category, kind| CheckSide::of(category, kind).iter().map(|side| side.check.id).collect::<Vec<_>>();
        assert_eq!(ids(Category::HeadPose, Some(DocumentType::Selfie)).len(), 4, "roll and yaw, to either side");
        assert!(ids(Category::HeadPose, Some(DocumentType::Passport)).is_empty());
        assert!(ids(Category::Blurry, Some(DocumentType::Passport)).contains(&"sharpness"));
    }

    #[test]
    fn depth_is_nought_at_the_review_limit_and_one_at_the_reject_limit() {
        let [below] = &CheckSide::of(Category::Glare, Some(DocumentType::Passport))[..1] else { panic!("glare") };
        let band = Band::at_most(2.0, 6.0);
        let depths = [2.0, 6.0, 10.0, 0.0].map(|number| format!("{:.2}", below.depth(number, &band)));
        assert_eq!(depths, ["0.00", "1.00", "2.00", "-0.50"]);
    }

    #[test]
    fn checks_that_are_fixed_exist() {
        assert!(FIXED.iter().all(|id| checks::find(id).is_some()));
    }
}
