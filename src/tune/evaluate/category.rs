use serde::Serialize;

use super::decision::Decision;
use super::tables::in_words;
use crate::checks::Category;
use crate::scene::DocumentType;
use crate::tune::metrics::Bootstrap;
use crate::tune::metrics::Confusion;
use crate::tune::metrics::Curve;
use crate::tune::metrics::Estimate;
use crate::tune::metrics::Scored;
use crate::tune::metrics::curve_with_interval;
use crate::tune::metrics::sum_by_group;
use crate::tune::metrics::thin;
use crate::tune::metrics::total;
use crate::tune::metrics::wilson;

/// Points of a curve at most.
const POINTS: usize = 200;

/// How well one category is found on photos of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryResult {
    /// The document type; `None` for all photos together.
    pub kind: Option<DocumentType>,
    /// The category; `None` for any fault against the verdict.
    pub category: Option<Category>,
    /// Photos by truth and by whether they are rejected for it.
    pub confusion: Confusion,
    /// Photos of which nobody said whether they have it.
    pub unknown: usize,
    /// Photos of known truth without any number for it.
    pub not_assessed: usize,
    /// The share of rejected photos that have it.
    pub precision: Option<Estimate>,
    /// The share of photos that have it which is rejected for it.
    pub recall: Option<Estimate>,
    /// The harmonic mean of precision and recall.
    pub f1: Option<Estimate>,
    /// The share of photos without it that is rejected for it; of any fault: the share of good photos that is rejected.
    pub false_reject: Option<Estimate>,
    /// The share of photos that have it which not even goes to review for it; of any fault: that is accepted.
    pub false_accept: Option<Estimate>,
    /// Area under the ROC curve of its numbers, those of several checks compared by their places in their bands.
    pub auc: Option<Estimate>,
    /// The curves.
    pub curve: Curve,
}

/// A photo of known truth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged<'a> {
    pub(super) decision: &'a Decision,
    pub(super) is_bad: bool,
    /// How bad its numbers look; NaN where there is none.
    pub(super) score: f64,
    pub(super) weight: f64,
    pub(super) group: u32,
}

impl CategoryResult {
    pub(super) fn of(
        kind: Option<DocumentType>,
        category: Option<Category>,
        photos: &[Judged],
        unknown: usize,
        bootstrap: &Bootstrap,
    ) -> Self {
        let groups = sum_by_group(photos.iter().map(|photo| (photo.group, photo.counts(category))));
        let [precision, recall, f1, false_reject, false_accept] = bootstrap.intervals(&groups, |sums| {
            let [found, alarms, missed, left, accepted] = *sums;
            let counts = Confusion::from([found, alarms, missed, left]);
            let bad = found + missed;
            let false_accept = (bad > 0.0).then(|| accepted / bad);
            [counts.precision(), counts.recall(), counts.f1(), counts.false_positive_rate(), false_accept]
        });
        let [found, alarms, missed, left, accepted] = total(&groups);
        let scored: Vec<Scored> = photos.iter().map(Judged::scored).collect();
        let (curve, auc) = curve_with_interval(&scored);
        Self {
            kind,
            category,
            confusion: Confusion::from([found, alarms, missed, left]),
            unknown,
            not_assessed: photos.iter().filter(|photo| photo.score.is_nan()).count(),
            precision: widened(precision, found, found + alarms),
            recall: widened(recall, found, found + missed),
            f1,
            false_reject: widened(false_reject, alarms, alarms + left),
            false_accept: widened(false_accept, accepted, found + missed),
            auc,
            curve,
        }
    }

    /// Precision, recall, F1, false rejects, false accepts and area, as tables for people show them.
    pub(super) fn in_words(&self) -> [String; 6] {
        [self.precision, self.recall, self.f1, self.false_reject, self.false_accept, self.auc].map(in_words)
    }

    /// ROC, precision-recall and DET curve with at most [`POINTS`] points each; `None` where a class is missing.
    pub(super) fn curves(&self) -> [Option<Vec<(f64, f64)>>; 3] {
        [self.curve.roc(), self.curve.pr(), self.curve.det()].map(|curve| curve.map(|points| thin(&points, POINTS)))
    }

    /// What stands in tables.
    #[must_use]
    pub fn row(&self) -> CategoryRow {
        let [value, low, high] = [|e: Estimate| e.value, |e: Estimate| e.low, |e: Estimate| e.high];
        let of = |estimate: Option<Estimate>, part: fn(Estimate) -> f64| estimate.map(part).map(six_places);
        let counts = &self.confusion;
        CategoryRow {
            document_type: self.kind.map_or("all", DocumentType::id),
            category: self.category.map_or("any", Category::id),
            bad: six_places(counts.true_positive + counts.false_negative),
            others: six_places(counts.false_positive + counts.true_negative),
            unknown: self.unknown,
            not_assessed: self.not_assessed,
            found: six_places(counts.true_positive),
            false_alarms: six_places(counts.false_positive),
            precision: of(self.precision, value),
            precision_low: of(self.precision, low),
            precision_high: of(self.precision, high),
            recall: of(self.recall, value),
            recall_low: of(self.recall, low),
            recall_high: of(self.recall, high),
            f1: of(self.f1, value),
            f1_low: of(self.f1, low),
            f1_high: of(self.f1, high),
            false_reject_rate: of(self.false_reject, value),
            false_reject_rate_low: of(self.false_reject, low),
            false_reject_rate_high: of(self.false_reject, high),
            false_accept_rate: of(self.false_accept, value),
            false_accept_rate_low: of(self.false_accept, low),
            false_accept_rate_high: of(self.false_accept, high),
            auc: of(self.auc, value),
            auc_low: of(self.auc, low),
            auc_high: of(self.auc, high),
            average_precision: self.curve.average_precision().map(six_places),
        }
    }
}

impl Judged<'_> {
    /// Found, false alarm, missed, left alone, and whether it is bad and not even flagged.
    fn counts(&self, category: Option<Category>) -> [f64; 5] {
        let (rejects, weight) = (self.decision.rejects(category), self.weight);
        let is = |one: bool| if one { weight } else { 0.0 };
        let bad = self.is_bad;
        let is_accepted = bad && !self.decision.flags(category);
        [is(bad && rejects), is(!bad && rejects), is(bad && !rejects), is(!bad && !rejects), is(is_accepted)]
    }

    fn scored(&self) -> Scored {
        Scored { score: self.score, is_bad: self.is_bad, weight: self.weight, group: self.group }
    }
}

/// A line of `evaluation.csv`: rates are 0–1, `_low` and `_high` the ends of 95 % intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/tuning.md explains each column")]
pub struct CategoryRow {
    pub document_type: &'static str,
    pub category: &'static str,
    pub bad: f64,
    pub others: f64,
    pub unknown: usize,
    pub not_assessed: usize,
    pub found: f64,
    pub false_alarms: f64,
    pub precision: Option<f64>,
    pub precision_low: Option<f64>,
    pub precision_high: Option<f64>,
    pub recall: Option<f64>,
    pub recall_low: Option<f64>,
    pub recall_high: Option<f64>,
    pub f1: Option<f64>,
    pub f1_low: Option<f64>,
    pub f1_high: Option<f64>,
    pub false_reject_rate: Option<f64>,
    pub false_reject_rate_low: Option<f64>,
    pub false_reject_rate_high: Option<f64>,
    pub false_accept_rate: Option<f64>,
    pub false_accept_rate_low: Option<f64>,
    pub false_accept_rate_high: Option<f64>,
    pub auc: Option<f64>,
    pub auc_low: Option<f64>,
    pub auc_high: Option<f64>,
    pub average_precision: Option<f64>,
}

/// The interval of a share, at least as wide as that of independent photos (Wilson 1927): where all are found or none, every replicate
/// of a bootstrap says the same.
fn widened(estimate: Option<Estimate>, part: f64, whole: f64) -> Option<Estimate> {
    let Estimate { value, low, high } = estimate?;
    let (from, to) = wilson(part, whole).unwrap_or((low, high));
    Some(Estimate { value, low: low.min(from), high: high.max(to) })
}

/// To six places, and never the negative zero.
pub(super) fn six_places(number: f64) -> f64 {
    (number * 1e6).round() / 1e6 + 0.0
}
