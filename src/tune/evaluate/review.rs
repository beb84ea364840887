use std::collections::BTreeMap;

use super::decision::Decision;
use crate::checks::Category;
use crate::tune::Case;
use crate::verdict::Verdict;

/// Photos by the first of their labels and the first of what is found; categories in order of precedence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrimaryConfusion {
    /// How many photos: labelled so (`None` is good), found so.
    pub counts: BTreeMap<(Option<Category>, Found), usize>,
}

/// What is found first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// The photo is accepted.
    Nothing,
    /// It goes to review because a number is missing.
    Unassessed,
    /// Its primary category, be it for a reject or a review.
    Category(Category),
}

/// Photos that go to review: how many of them are good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewZone {
    /// Good and bad photos by what is found first.
    pub photos: BTreeMap<Found, [usize; 2]>,
}

impl Found {
    /// As it stands in tables.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nothing => "accepted",
            Self::Unassessed => "not_assessed",
            Self::Category(category) => category.id(),
        }
    }

    fn of(decision: &Decision) -> Self {
        match (decision.verdict, decision.primary) {
            (_, Some(category)) => Self::Category(category),
            (Verdict::Accept, None) => Self::Nothing,
            (_, None) => Self::Unassessed,
        }
    }
}

impl PrimaryConfusion {
    pub(super) fn of(cases: &[Case], decisions: &[Decision]) -> Self {
        let mut confusion = Self::default();
        for (case, decision) in cases.iter().zip(decisions) {
            let labelled = case.label.faults.first().copied();
            *confusion.counts.entry((labelled, Found::of(decision))).or_default() += 1;
        }
        confusion
    }
}

impl ReviewZone {
    pub(super) fn of(cases: &[Case], decisions: &[Decision]) -> Self {
        let mut zone = Self::default();
        for (case, decision) in cases.iter().zip(decisions).filter(|(_, decision)| decision.verdict == Verdict::Review)
        {
            if let Some(is_good) = case.is_good() {
                zone.photos.entry(Found::of(decision)).or_default()[usize::from(!is_good)] += 1;
            }
        }
        zone
    }

    /// All good and all bad photos in it.
    #[must_use]
    pub fn total(&self) -> [usize; 2] {
        self.photos.values().fold([0, 0], |sum, counts| [sum[0] + counts[0], sum[1] + counts[1]])
    }
}
