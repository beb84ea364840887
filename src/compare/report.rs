use std::collections::BTreeMap;

use crate::record::Gathered;
use crate::record::Row;
use crate::verdict::Capture;
use crate::verdict::Policy;
use crate::verdict::SecondPass;
use crate::verdict::Verdict;

/// One of two reports that are compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What to call it, such as its path.
    pub name: String,
    /// Version of kyclint that wrote it, where it says so.
    pub version: Option<String>,
    /// Hash of the configuration that judged it, where it says so.
    pub config_hash: Option<String>,
    /// Its rows, in any order, with the verdicts and categories that were recorded.
    pub rows: Vec<Row>,
    /// Photos that have no row, because the run was stopped.
    pub missing: usize,
    /// Checks of this version that it does not have.
    pub unrecorded: Vec<&'static str>,
    /// Checks that it has and this version does not know.
    pub unknown_checks: Vec<String>,
    /// Categories that it has and this version does not know; no row has them.
    pub unknown_categories: Vec<String>,
    /// What its second pass found; `None` where submissions were not judged, because photos are missing.
    pub second_pass: Option<(Vec<Capture>, SecondPass)>,
}

impl Report {
    /// A report of these rows, which lose their evidence regions.
    #[must_use]
    pub fn new(name: impl Into<String>, mut rows: Vec<Row>) -> Self {
        // They are recorded nowhere, and the largest part of a row.
        for row in &mut rows {
            row.evidence = Vec::new();
        }
        Self { name: name.into(), rows, ..Self::default() }
    }

    /// Finds checks that this version does not know among the columns that it does not know: each has a column of grades.
    pub fn find_unknown_checks(&mut self, columns: &[String]) {
        let has_grades = |name: &&String| columns.contains(&format!("{name}_grade"));
        self.unknown_checks = columns.iter().filter(has_grades).cloned().collect();
    }

    /// Judges its submissions and captures anew, as they are not read; `policy` holds the rules that were in force.
    pub fn judge_submissions(&mut self, policy: &Policy) {
        let gathered: Gathered = self.rows.iter().collect();
        self.second_pass = (self.missing == 0).then(|| {
            if gathered.has_submissions() {
                gathered.judge(policy)
            } else {
                (gathered.captures(policy), SecondPass::default())
            }
        });
    }

    /// Verdicts on its submissions by name; `None` where they were not judged.
    pub(super) fn submissions(&self) -> Option<BTreeMap<&str, Verdict>> {
        let (_, found) = self.second_pass.as_ref()?;
        Some(found.submissions.iter().map(|submission| (submission.id.as_str(), submission.verdict)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::scene::DocumentType;
    use crate::verdict::Policy;
    use crate::verdict::Verdict;

    fn front(submission: &str) -> Row {
        let source = Source {
            path: "a.jpg".to_owned(),
            submission_id: Some(submission.to_owned()),
            document_type: Some(DocumentType::IdCardFront),
            ..Source::default()
        };
        Row { verdict: Verdict::Accept, ..Row::blank(source, FileFacts::default()) }
    }

    #[test]
    fn a_front_without_its_back_is_a_rejected_submission() {
        let mut report = Report::new("report", vec![front("s")]);
        report.judge_submissions(&Policy::default());
        assert_eq!(report.submissions(), Some([("s", Verdict::Reject)].into()));
    }

    #[test]
    fn a_run_that_was_stopped_judges_no_submission() {
        let mut report = Report { missing: 1, ..Report::new("report", vec![front("s")]) };
        report.judge_submissions(&Policy::default());
        assert_eq!(report.submissions(), None);
    }

    #[test]
    fn a_column_with_grades_is_a_check() {
        let mut report = Report::default();
        report.find_unknown_checks(&["campaign", "smudges", "smudges_grade"].map(str::to_owned));
        assert_eq!(report.unknown_checks, ["smudges"]);
    }
}
