use std::collections::BTreeMap;

use super::Row;
use crate::checks::Category;
use crate::verdict::Capture;
use crate::verdict::Rule;
use crate::verdict::SecondPass;
use crate::verdict::Verdict;

/// What the rows of a run come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows there are.
    pub rows: usize,
    /// Photos without a row, because the run was stopped.
    pub missing: usize,
    /// Rows that were taken over from an earlier run instead of measured.
    pub taken_over: usize,
    /// Rows by verdict.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Rows by primary category.
    pub categories: BTreeMap<Category, usize>,
    /// Submissions by verdict.
    pub submissions: BTreeMap<Verdict, usize>,
    /// Submissions by rule that they break.
    pub rules: BTreeMap<Rule, usize>,
    /// Captures by verdict.
    pub captures: BTreeMap<Verdict, usize>,
    /// Photos that stand in several submissions or, without one, several times.
    pub duplicate_photos: usize,
}

impl Summary {
    /// Adds one row.
    pub fn count(&mut self, row: &Row) {
        self.rows += 1;
        *self.verdicts.entry(row.verdict).or_default() += 1;
        if let Some(category) = row.categories.first() {
            *self.categories.entry(*category).or_default() += 1;
        }
    }

    /// Adds what the second pass found.
    pub fn count_submissions(&mut self, found: &SecondPass) {
        for submission in &found.submissions {
            *self.submissions.entry(submission.verdict).or_default() += 1;
            for (rule, _) in &submission.broken {
                *self.rules.entry(*rule).or_default() += 1;
            }
        }
        self.duplicate_photos += found.duplicate_photos;
    }

    /// Adds the captures.
    pub fn count_captures(&mut self, captures: &[Capture]) {
        for capture in captures {
            *self.captures.entry(capture.verdict).or_default() += 1;
        }
    }

    /// Captures with this verdict.
    #[must_use]
    pub fn captures_of(&self, verdict: Verdict) -> usize {
        self.captures.get(&verdict).copied().unwrap_or_default()
    }

    /// Submissions with this verdict.
    #[must_use]
    pub fn submissions_of(&self, verdict: Verdict) -> usize {
        self.submissions.get(&verdict).copied().unwrap_or_default()
    }

    /// Rows with this verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> usize {
        self.verdicts.get(&verdict).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::FileFacts;
    use crate::record::Source;

    #[test]
    fn a_summary_counts_verdicts() {
        let mut summary = Summary::default();
        summary.count(&Row::failed(Source::default(), FileFacts::default(), String::new()));
        assert_eq!((summary.rows, summary.of(Verdict::Error), summary.of(Verdict::Accept)), (1, 1, 0));
    }
}
