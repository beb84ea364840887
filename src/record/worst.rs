use std::cmp::Ordering;

use super::Row;
use crate::checks::Band;
use crate::checks::Check;
use crate::checks::Fault;
use crate::checks::Placement;
use crate::checks::REGISTRY;
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
    /// How far outside the band it lies, as of [`Band::depth`].
    pub depth: f64,
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

/// The findings of a row that was judged under `policy`, in the order of the registry.
pub(crate) fn findings<'a>(row: &'a Row, policy: &'a Policy) -> impl Iterator<Item = Found<'a>> {
    row.grades.iter().enumerate().filter_map(move |(at, grade)| {
        let grade = grade.filter(|grade| matches!(grade, Grade::Review | Grade::Reject))?;
        let number = row.outcomes[at]?.ok()?;
        let document_type = row.document_type();
        let band = policy.band(at, document_type);
        let (Placement::Review(side) | Placement::Reject(side)) = band.place(number) else { return None };
        let (check, fault) = (&REGISTRY[at], REGISTRY[at].faults.on(side)?);
        let depth = band.depth(side, number).unwrap_or_default();
        Some(Found { path: &row.source.path, document_type, check, number, band, grade, fault, depth })
    })
}

/// A [`PhotoFinding`] that is not kept yet.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    path: &'a str,
    document_type: Option<DocumentType>,
    pub check: &'static Check,
    number: f64,
    band: Band,
    grade: Grade,
    pub fault: &'static Fault,
    /// How far outside the band it lies, as of [`Band::depth`].
    pub depth: f64,
}

impl Found<'_> {
    /// How `kept` lies to it: rejects before reviews, then the farther ones first, then by path.
    pub(super) fn order(&self, kept: &PhotoFinding) -> Ordering {
        let worse = self.grade.cmp(&kept.grade).then_with(|| self.depth.total_cmp(&kept.depth));
        worse.then_with(|| kept.path.as_str().cmp(self.path)).then_with(|| kept.check.id.cmp(self.check.id))
    }

    pub(super) fn keep(self) -> PhotoFinding {
        let Self { path, document_type, check, number, band, grade, fault, depth } = self;
        PhotoFinding { path: path.to_owned(), document_type, check, number, band, grade, fault, depth }
    }
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
}
