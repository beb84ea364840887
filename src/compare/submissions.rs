use std::collections::BTreeMap;

use super::VerdictTable;
use super::changed;
use crate::verdict::Verdict;

/// What became of the submissions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmissionChanges {
    /// Names that only the new report has.
    pub added: Vec<String>,
    /// Names that only the old report has.
    pub removed: Vec<String>,
    /// Those in both by old and new verdict.
    pub verdicts: VerdictTable,
    /// Those whose verdict changed, by name.
    pub changes: Vec<SubmissionChange>,
}

/// A submission whose verdict changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionChange {
    /// Its name.
    pub id: String,
    /// The old and the new verdict.
    pub verdicts: [Verdict; 2],
}

impl SubmissionChanges {
    pub(super) fn of(old: &BTreeMap<&str, Verdict>, new: &BTreeMap<&str, Verdict>) -> Self {
        let without = |these: &BTreeMap<&str, Verdict>, those: &BTreeMap<&str, Verdict>| {
            these.keys().filter(|id| !those.contains_key(*id)).map(ToString::to_string).collect()
        };
        let mut changes = Self { added: without(new, old), removed: without(old, new), ..Self::default() };
        for (id, before) in old {
            let Some(now) = new.get(id) else { continue };
            *changes.verdicts.entry((*before, *now)).or_default() += 1;
            if before != now {
                changes.changes.push(SubmissionChange { id: (*id).to_owned(), verdicts: [*before, *now] });
            }
        }
        changes
    }

    /// Submissions that both reports have.
    #[must_use]
    pub fn both(&self) -> usize {
        self.verdicts.values().sum()
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && changed(&self.verdicts) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::SubmissionChange;
    use super::SubmissionChanges;
    use crate::verdict::Verdict;

    #[test]
    fn submissions_are_matched_by_name() {
        let old = [("a", Verdict::Accept), ("b", Verdict::Review), ("gone", Verdict::Accept)].into();
        let new = [("a", Verdict::Reject), ("b", Verdict::Review), ("here", Verdict::Accept)].into();
        let changes = SubmissionChanges::of(&old, &new);
        let change = SubmissionChange { id: "a".to_owned(), verdicts: [Verdict::Accept, Verdict::Reject] };
        assert_eq!(
            (changes.changes, changes.removed, changes.added),
            (vec![change], vec!["gone".to_owned()], vec!["here".to_owned()])
        );
        assert!(SubmissionChanges::of(&old, &old).is_empty());
    }
}
