use std::collections::BTreeMap;

use super::PhotoCounts;
use super::PhotoFinding;
use super::Row;
use super::Summary;
use super::worst::First;
use super::worst::findings;
use crate::budget::Amount;
use crate::budget::Group;
use crate::budget::NotEvaluable;
use crate::budget::Quantity;
use crate::budget::Scope;
use crate::budget::Tally;
use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::scene::DocumentType;
use crate::share::Share;
use crate::verdict::Policy;
use crate::verdict::Verdict;

/// What the rows of a run come to, in memory that does not grow with them: counts of everything, and the worst findings.
///
/// Rows may come in any order.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    /// Rows, submissions and captures by verdict.
    pub summary: Summary,
    /// Photos by document type, declared or else detected.
    pub types: BTreeMap<Option<DocumentType>, PhotoCounts>,
    /// Checks that the report does not hold, because an older version wrote it.
    pub unrecorded: Vec<&'static str>,
    worst: BTreeMap<Category, First<PhotoFinding, { Digest::MOST }>>,
    failed: First<(String, String), { Digest::MOST }>,
}

impl Digest {
    /// Findings at most that are kept of a category, and files that could not be assessed.
    pub const MOST: usize = 20;

    /// Adds one row, which was judged under `policy`.
    pub fn count(&mut self, row: &Row, policy: &Policy) {
        self.count_recorded(row);
        for found in findings(row, policy) {
            let worst = self.worst.entry(found.fault.category).or_default();
            worst.offer(|kept| found.order(kept), || found.keep());
        }
        if let Some(error) = &row.error {
            let path = &row.source.path;
            self.failed.offer(|(kept, _)| kept.cmp(path), || (path.clone(), error.clone()));
        }
    }

    /// Adds one row as it was recorded: its verdict and categories count, and it has no grades and no findings.
    pub fn count_recorded(&mut self, row: &Row) {
        self.summary.count(row);
        self.types.entry(row.document_type()).or_default().count(row);
    }

    /// The worst findings of a category: rejects first, then those farthest outside their bands; at most [`Digest::MOST`].
    #[must_use]
    pub fn worst(&self, category: Category) -> &[PhotoFinding] {
        self.worst.get(&category).map_or(&[], First::kept)
    }

    /// The first files by path that could not be assessed, and why; at most [`Digest::MOST`].
    #[must_use]
    pub fn failed(&self) -> &[(String, String)] {
        self.failed.kept()
    }

    /// The counts of all photos, or of one document type.
    #[must_use]
    pub fn photos(&self, scope: Scope) -> PhotoCounts {
        let mut all = PhotoCounts::default();
        for (kind, counts) in &self.types {
            if scope == Scope::All || scope == Scope::Type(*kind) {
                all.add(counts);
            }
        }
        all
    }

    fn of(&self, group: Group, verdict: Verdict) -> usize {
        match group {
            Group::Photos(scope) => self.photos(scope).of(verdict),
            Group::Submissions => self.summary.submissions_of(verdict),
            Group::Captures => self.summary.captures_of(verdict),
        }
    }

    fn total(&self, group: Group) -> usize {
        match group {
            Group::Photos(scope) => self.photos(scope).photos,
            Group::Submissions => self.summary.submissions.values().sum(),
            Group::Captures => self.summary.captures.values().sum(),
        }
    }

    /// Nobody can say how many photos have a category whose checks are not recorded.
    fn recorded(&self, category: Category) -> Result<(), NotEvaluable> {
        let feeds = |id: &&str| {
            let check = REGISTRY.iter().find(|check| check.id == *id);
            check.is_some_and(|check| check.faults.iter().any(|fault| fault.category == category))
        };
        self.unrecorded.iter().copied().find(feeds).map_or(Ok(()), |id| Err(NotEvaluable::NotRecorded(id)))
    }
}

impl Tally for Digest {
    fn amount(&self, quantity: Quantity) -> Result<Amount, NotEvaluable> {
        if self.summary.missing > 0 {
            return Err(NotEvaluable::Incomplete(self.summary.missing));
        }
        let share = |part, whole| Ok(Amount::Share(Share { part, whole }));
        match quantity {
            Quantity::Total(group) => Ok(Amount::Count(self.total(group))),
            Quantity::Verdict(group, verdict) => Ok(Amount::Count(self.of(group, verdict))),
            Quantity::Rate(group, verdict) => share(self.of(group, verdict), self.total(group)),
            Quantity::Category(scope, category) => {
                self.recorded(category)?;
                let photos = self.photos(scope);
                share(photos.found(category), photos.photos)
            }
            Quantity::RejectedFor(scope, category) => {
                self.recorded(category)?;
                let photos = self.photos(scope);
                share(photos.rejected_for(category), photos.photos)
            }
            Quantity::NotAssessed(scope, check) => {
                let id = REGISTRY[check].id;
                if self.unrecorded.contains(&id) {
                    return Err(NotEvaluable::NotRecorded(id));
                }
                let counts = self.photos(scope).checks[check];
                share(counts.not_assessed, counts.made)
            }
            Quantity::Rule(rule) => {
                let broken = self.summary.rules.get(&rule).copied().unwrap_or_default();
                share(broken, self.total(Group::Submissions))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Condition;
    use crate::checks::Unmeasured;
    use crate::checks::find;
    use crate::photo::FileFacts;
    use crate::record::Source;

    fn row(path: &str, kind: DocumentType, numbers: &[(&str, f64)]) -> Row {
        let source = Source { path: path.to_owned(), document_type: Some(kind), ..Source::default() };
        let mut row = Row::blank(source, FileFacts::default());
        for (id, number) in numbers {
            row.outcomes[find(id).unwrap().0] = Some(Ok(*number));
        }
        row.judge(&Policy::default());
        row
    }

    fn digest(rows: &[Row]) -> Digest {
        let mut digest = Digest::default();
        for row in rows {
            digest.count(row, &Policy::default());
        }
        digest
    }

    fn rows() -> Vec<Row> {
        let mut unsure = row("d.jpg", DocumentType::Passport, &[]);
        unsure.outcomes[find("glare_area").unwrap().0] = Some(Err(Unmeasured::TooDark));
        unsure.judge(&Policy::default());
        vec![
            row("a.jpg", DocumentType::Passport, &[("glare_area", 0.9)]),
            row("b.jpg", DocumentType::Passport, &[("glare_area", 0.0)]),
            row("c.jpg", DocumentType::Selfie, &[("resolution", 1.0)]),
            unsure,
            Row::failed(Source::default(), FileFacts::default(), "the file is empty".to_owned()),
        ]
    }

    fn amount(digest: &Digest, quantity: &str) -> Result<Amount, NotEvaluable> {
        let condition = Condition::parse_all(&format!("{quantity} <= 0")).unwrap()[0];
        digest.amount(condition.quantity)
    }

    #[test]
    fn every_quantity_comes_to_what_was_counted() {
        let digest = digest(&rows());
        let share = |part, whole| Ok(Amount::Share(Share { part, whole }));
        let expected = [
            ("photos", Ok(Amount::Count(5))),
            ("passport.photos", Ok(Amount::Count(3))),
            ("unknown.error", Ok(Amount::Count(1))),
            ("reject", Ok(Amount::Count(2))),
            ("reject_rate", share(2, 5)),
            ("glare", share(1, 5)),
            ("passport.glare", share(1, 3)),
            ("passport.rejected_for.glare", share(1, 3)),
            ("rejected_for.low_resolution", share(1, 5)),
            ("not_assessed.glare_area", share(1, 3)),
            ("submissions", Ok(Amount::Count(0))),
            ("submissions.reject_rate", share(0, 0)),
        ];
        for (quantity, expected) in expected {
            assert_eq!(amount(&digest, quantity), expected, "{quantity}");
        }
    }

    #[test]
    fn what_an_older_report_does_not_hold_is_not_counted() {
        let digest = Digest { unrecorded: vec!["glare_on_text"], ..digest(&rows()) };
        for quantity in ["glare", "rejected_for.glare", "not_assessed.glare_on_text"] {
            assert_eq!(amount(&digest, quantity), Err(NotEvaluable::NotRecorded("glare_on_text")), "{quantity}");
        }
        assert!(amount(&digest, "blurry").is_ok());
    }

    #[test]
    fn a_run_that_was_stopped_is_not_evaluated() {
        let mut digest = digest(&rows());
        digest.summary.missing = 3;
        assert_eq!(amount(&digest, "reject_rate"), Err(NotEvaluable::Incomplete(3)));
    }

    #[test]
    fn the_worst_findings_are_the_same_in_any_order() {
        let many: Vec<Row> = (0..60)
            .map(|at| {
                row(&format!("{at:02}.jpg"), DocumentType::Passport, &[("glare_area", 0.02 + f64::from(at % 30))])
            })
            .collect();
        let paths = |rows: &[Row]| -> Vec<String> {
            digest(rows).worst(Category::Glare).iter().map(|finding| finding.path.clone()).collect()
        };
        let forward = paths(&many);
        let backward = paths(&many.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(forward, backward);
        assert_eq!((forward.len(), forward[0].as_str(), forward[1].as_str()), (Digest::MOST, "29.jpg", "59.jpg"));
    }

    #[test]
    fn files_that_could_not_be_assessed_are_named_with_the_reason() {
        assert_eq!(digest(&rows()).failed(), [(String::new(), "the file is empty".to_owned())]);
    }
}
