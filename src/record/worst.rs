use std::cmp::Ordering;

use super::Row;
use crate::checks::Band;
use crate::checks::Check;
use crate::checks::Fault;
use crate::checks::Limit;
use crate::checks::Placement;
use crate::checks::REGISTRY;
use crate::checks::Side;
use crate::scene::DocumentType;
use crate::verdict::Grade;
use crate::verdict::Policy;

/// A number outside its band, and the photo.
#[derive(Clone, Debug)]
pub struct PhotoFinding {
    /// The photo, as it stands in reports.
    pub path: String,
    /// Its document type, declared or else detected.
    pub document_type: Option<DocumentType>,
    /// The check.
    pub check: &'static Check,
    /// Its number.
    pub number: f64,
    /// The band in force.
    pub band: Band,
    /// `Review` or `Reject`.
    pub grade: Grade,
    /// What the number means on this side.
    pub fault: &'static Fault,
    /// How far outside the band it lies, in distances from the review to the reject limit, or in limits where there is only one.
    pub excess: f64,
}

/// The first `MOST` of many things, whatever the order in which they come.
#[derive(Clone, Debug)]
pub(super) struct First<T, const MOST: usize>(Vec<T>);

impl<T, const MOST: usize> First<T, MOST> {
    pub(super) fn kept(&self) -> &[T] {
        &self.0
    }

    /// Keeps what `make` makes where it is one of the first; `order` says how one that is kept lies to it.
    pub(super) fn offer(&mut self, order: impl Fn(&T) -> Ordering, make: impl FnOnce() -> T) {
        if self.0.len() == MOST && self.0.last().is_some_and(|last| order(last).is_le()) {
            return;
        }
        let at = self.0.partition_point(|one| order(one).is_lt());
        self.0.insert(at, make());
        self.0.truncate(MOST);
    }
}

impl<T, const MOST: usize> Default for First<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// The findings of a row that was judged under `policy`.
pub(super) fn findings<'a>(row: &'a Row, policy: &'a Policy) -> impl Iterator<Item = Found<'a>> {
    row.grades.iter().enumerate().filter_map(move |(at, grade)| {
        let grade = grade.filter(|grade| matches!(grade, Grade::Review | Grade::Reject))?;
        let number = row.outcomes[at]?.ok()?;
        let document_type = row.document_type();
        let band = policy.band(at, document_type);
        let (Placement::Review(side) | Placement::Reject(side)) = band.place(number) else { return None };
        let (check, fault) = (&REGISTRY[at], REGISTRY[at].faults.on(side)?);
        let excess = excess(&band, number, side);
        Some(Found { path: &row.source.path, document_type, check, number, band, grade, fault, excess })
    })
}

/// A [`PhotoFinding`] that is not kept yet.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    path: &'a str,
    document_type: Option<DocumentType>,
    check: &'static Check,
    number: f64,
    band: Band,
    grade: Grade,
    pub(super) fault: &'static Fault,
    excess: f64,
}

impl Found<'_> {
    /// How `kept` lies to it: rejects before reviews, then the farther ones first, then by path.
    pub(super) fn order(&self, kept: &PhotoFinding) -> Ordering {
        let worse = self.grade.cmp(&kept.grade).then_with(|| self.excess.total_cmp(&kept.excess));
        worse.then_with(|| kept.path.as_str().cmp(self.path)).then_with(|| kept.check.id.cmp(self.check.id))
    }

    pub(super) fn keep(self) -> PhotoFinding {
        let Self { path, document_type, check, number, band, grade, fault, excess } = self;
        PhotoFinding { path: path.to_owned(), document_type, check, number, band, grade, fault, excess }
    }
}

fn excess(band: &Band, number: f64, side: Side) -> f64 {
    let (review, reject) = match side {
        Side::Below => (Limit::ReviewBelow, Limit::RejectBelow),
        Side::Above => (Limit::ReviewAbove, Limit::RejectAbove),
    };
    let (review, reject) = (band.limit(review), band.limit(reject));
    let Some(first) = review.or(reject) else { return 0.0 };
    let step = review.zip(reject).map_or(first, |(review, reject)| review - reject).abs();
    (number - first).abs() / if step > 0.0 { step } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_kept_whatever_the_order_they_come_in() {
        for numbers in [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [3, 1, 5, 2, 4]] {
            let mut first = First::<i32, 3>::default();
            for number in numbers {
                first.offer(|kept| kept.cmp(&number), || number);
            }
            assert_eq!(first.kept(), [1, 2, 3]);
        }
    }

    #[test]
    fn excess_is_in_steps_from_review_to_reject() {
        let near = |excess: f64, expected: f64| assert!((excess - expected).abs() < 1e-12, "{excess}");
        near(excess(&Band::at_most(0.01, 0.03), 0.05, Side::Above), 2.0);
        near(excess(&Band::at_least(8.0, 5.0), 6.5, Side::Below), 0.5);
        near(excess(&Band { reject_below: Some(4.0), ..Band::default() }, 1.0, Side::Below), 0.75);
        near(excess(&Band::at_most(0.0, 0.0), 3.0, Side::Above), 3.0);
    }
}
