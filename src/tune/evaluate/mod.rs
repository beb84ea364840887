//! How well the bands in force judge labelled photos.

mod category;
mod decision;
mod page;
mod plot;
mod review;
mod tables;

pub use category::CategoryResult;
pub use category::CategoryRow;
pub use page::PageFacts;
pub use review::Found;
pub use review::PrimaryConfusion;
pub use review::ReviewZone;
pub use tables::CheckRow;
pub(super) use tables::in_words;

use std::collections::BTreeSet;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::Case;
use super::Cases;
use super::CheckSide;
use super::metrics::Attempt;
use super::metrics::Bootstrap;
use super::metrics::Edc;
use super::metrics::Estimate;
use super::metrics::Scored;
use super::metrics::auc_with_interval;
use super::metrics::error_versus_discard;
use crate::checks::Category;
use crate::scene::DocumentType;
use crate::verdict::Policy;
use category::Judged;
use decision::Decision;
use decision::Depths;

/// Shares of photos discarded at which error rates are given.
const DISCARDED: [f64; 11] = [0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5];

/// Everything that labels say of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Photos with labels.
    pub photos: usize,
    /// Their submissions.
    pub submissions: usize,
    /// Every category that is labelled, on all photos and by document type; any fault first.
    pub categories: Vec<CategoryResult>,
    /// Every side of a check whose category is labelled, on all photos.
    pub checks: Vec<CheckResult>,
    /// What photos are labelled against what they are rejected or reviewed for.
    pub confusion: PrimaryConfusion,
    /// What becomes of photos that go to review.
    pub review: ReviewZone,
    /// How failures of a later step fall where photos that look worst are discarded; empty where no label has an `outcome`.
    pub discard: Vec<DiscardResult>,
}

/// How well one number tells photos of its category from others.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckResult {
    /// The side of the check.
    pub side: CheckSide,
    /// Photos that have the category, and others, of those it was measured on.
    pub photos: [usize; 2],
    /// Photos of known truth without a number.
    pub not_assessed: usize,
    /// Area under the ROC curve.
    pub auc: Option<Estimate>,
}

/// An error-versus-discard curve.
#[derive(Clone, Debug, PartialEq)]
pub struct DiscardResult {
    /// By which number photos are discarded; `None` for the one that lies farthest in its band.
    pub side: Option<CheckSide>,
    /// Photos with a number and an outcome.
    pub photos: usize,
    /// The curve.
    pub edc: Edc,
}

impl DiscardResult {
    /// The check by whose number photos are discarded, or `worst`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.side.map_or("worst", |side| side.check.id)
    }
}

impl Evaluation {
    /// Judges `cases` by `policy` and compares with their labels.
    #[must_use]
    pub fn of(cases: &Cases, policy: &Policy, bootstrap: &Bootstrap) -> Self {
        let sides: Vec<CheckSide> = CheckSide::all().collect();
        let photo = |case: &Case| (Decision::of(case.row, policy), Depths::of(case.row, &sides, policy));
        let (decisions, depths): (Vec<_>, Vec<_>) = cases.cases.par_iter().map(photo).unzip();
        let seen = Seen { cases, sides: &sides, decisions: &decisions, depths: &depths };
        Self {
            photos: cases.cases.len(),
            submissions: cases.cases.iter().map(|case| case.group).collect::<BTreeSet<_>>().len(),
            categories: seen.categories(bootstrap),
            checks: sides.par_iter().enumerate().filter_map(|(at, side)| seen.check(at, *side)).collect(),
            confusion: PrimaryConfusion::of(&cases.cases, &decisions),
            review: ReviewZone::of(&cases.cases, &decisions),
            discard: seen.discard(),
        }
    }

    /// The mean F1 of the categories on all photos, those without F1 left out; `None` where none has one.
    #[must_use]
    pub fn macro_f1(&self) -> Option<f64> {
        let own = self.categories.iter().filter(|result| result.kind.is_none() && result.category.is_some());
        let scores: Vec<f64> = own.filter_map(|result| result.confusion.f1()).collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }
}

/// Photos with what the policy makes of them.
struct Seen<'a> {
    cases: &'a Cases<'a>,
    sides: &'a [CheckSide],
    decisions: &'a [Decision],
    depths: &'a [Depths],
}

impl Seen<'_> {
    fn categories(&self, bootstrap: &Bootstrap) -> Vec<CategoryResult> {
        let kinds: BTreeSet<DocumentType> = self.cases.cases.iter().filter_map(|case| case.kind).collect();
        let kinds = std::iter::once(None).chain(kinds.into_iter().map(Some));
        let categories = || std::iter::once(None).chain(self.cases.judged.iter().copied().map(Some));
        let both: Vec<_> = kinds.flat_map(|kind| categories().map(move |category| (kind, category))).collect();
        both.into_par_iter().filter_map(|(kind, category)| self.category(kind, category, bootstrap)).collect()
    }

    /// One category on photos of one type; `None` where no photo of the type has it.
    fn category(
        &self,
        kind: Option<DocumentType>,
        category: Option<Category>,
        bootstrap: &Bootstrap,
    ) -> Option<CategoryResult> {
        let of_kind = || (0..self.cases.cases.len()).filter(|at| kind.is_none() || self.cases.cases[*at].kind == kind);
        let judged = |at: usize| {
            let case = &self.cases.cases[at];
            let is_bad = category.map_or_else(|| case.is_good().map(|good| !good), |category| case.truth(category))?;
            let score = self.depths[at].worst(category);
            let (weight, group) = (case.label.weight, case.group);
            Some(Judged { decision: &self.decisions[at], is_bad, score, weight, group })
        };
        let photos: Vec<Judged> = of_kind().filter_map(judged).collect();
        let unknown = of_kind().count() - photos.len();
        let is_there = kind.is_none() || photos.iter().any(|photo| photo.is_bad);
        is_there.then(|| CategoryResult::of(kind, category, &photos, unknown, bootstrap))
    }

    fn check(&self, at: usize, side: CheckSide) -> Option<CheckResult> {
        let category = side.category();
        self.cases.judged.contains(&category).then_some(())?;
        let known = self.cases.cases.iter().zip(self.depths).filter_map(|(case, depths)| {
            let applies = case.row.outcomes[side.index].is_some();
            let is_bad = case.truth(category).filter(|_| applies)?;
            Some(Scored { score: depths.sides[at], is_bad, weight: case.label.weight, group: case.group })
        });
        let known: Vec<Scored> = known.collect();
        let count = |is_one: &dyn Fn(&Scored) -> bool| known.iter().filter(|photo| is_one(photo)).count();
        let photos = [true, false].map(|is_bad| count(&|photo| !photo.score.is_nan() && photo.is_bad == is_bad));
        let not_assessed = count(&|photo| photo.score.is_nan());
        (!known.is_empty()).then(|| CheckResult { side, photos, not_assessed, auc: auc_with_interval(&known) })
    }

    fn discard(&self) -> Vec<DiscardResult> {
        let all = std::iter::once(None).chain((0..self.sides.len()).map(Some));
        if self.cases.cases.iter().all(|case| case.label.outcome.is_none()) {
            return Vec::new();
        }
        all.filter_map(|at| self.discard_by(at)).collect()
    }

    fn discard_by(&self, at: Option<usize>) -> Option<DiscardResult> {
        let attempts = self.cases.cases.iter().zip(self.depths).filter_map(|(case, depths)| {
            let score = at.map_or_else(|| depths.worst(None), |at| depths.sides[at]);
            let is_error = case.label.outcome.filter(|_| !score.is_nan())?;
            Some(Attempt { score, is_error, weight: case.label.weight })
        });
        let attempts: Vec<Attempt> = attempts.collect();
        let edc = error_versus_discard(&attempts, &DISCARDED)?;
        Some(DiscardResult { side: at.map(|at| self.sides[at]), photos: attempts.len(), edc })
    }
}
