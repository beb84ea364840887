use std::collections::BTreeMap;

use super::Row;
use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::verdict::Grade;
use crate::verdict::Verdict;

/// How many photos there are of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoCounts {
    /// Photos.
    pub photos: usize,
    /// Photos by verdict.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Photos with a finding of the category, whether review or reject.
    pub found: BTreeMap<Category, usize>,
    /// Rejected photos by primary category.
    pub rejected_for: BTreeMap<Category, usize>,
    /// Photos by what each check of the registry gave.
    pub checks: Vec<CheckCounts>,
}

/// What a check gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckCounts {
    /// Photos it was made on.
    pub made: usize,
    /// Photos of which it has no number.
    pub not_assessed: usize,
    /// Photos it sends to review.
    pub review: usize,
    /// Photos it rejects.
    pub reject: usize,
}

impl PhotoCounts {
    /// Adds one row.
    pub fn count(&mut self, row: &Row) {
        self.photos += 1;
        *self.verdicts.entry(row.verdict).or_default() += 1;
        for category in &row.categories {
            *self.found.entry(*category).or_default() += 1;
        }
        if let (Verdict::Reject, Some(primary)) = (row.verdict, row.categories.first()) {
            *self.rejected_for.entry(*primary).or_default() += 1;
        }
        for ((counts, outcome), grade) in self.checks.iter_mut().zip(&row.outcomes).zip(&row.grades) {
            counts.made += usize::from(outcome.is_some());
            counts.not_assessed += usize::from(matches!(outcome, Some(Err(_))));
            counts.review += usize::from(*grade == Some(Grade::Review));
            counts.reject += usize::from(*grade == Some(Grade::Reject));
        }
    }

    /// Adds what `others` counted.
    pub fn add(&mut self, others: &Self) {
        self.photos += others.photos;
        add(&mut self.verdicts, &others.verdicts);
        add(&mut self.found, &others.found);
        add(&mut self.rejected_for, &others.rejected_for);
        for (counts, others) in self.checks.iter_mut().zip(&others.checks) {
            counts.made += others.made;
            counts.not_assessed += others.not_assessed;
            counts.review += others.review;
            counts.reject += others.reject;
        }
    }

    /// Photos with this verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> usize {
        self.verdicts.get(&verdict).copied().unwrap_or_default()
    }

    /// Photos with a finding of this category.
    #[must_use]
    pub fn found(&self, category: Category) -> usize {
        self.found.get(&category).copied().unwrap_or_default()
    }

    /// Photos that are rejected with this primary category.
    #[must_use]
    pub fn rejected_for(&self, category: Category) -> usize {
        self.rejected_for.get(&category).copied().unwrap_or_default()
    }
}

impl CheckCounts {
    /// Photos that pass.
    #[must_use]
    pub fn passed(self) -> usize {
        self.made.saturating_sub(self.not_assessed + self.review + self.reject)
    }
}

impl Default for PhotoCounts {
    fn default() -> Self {
        Self {
            photos: 0,
            verdicts: BTreeMap::new(),
            found: BTreeMap::new(),
            rejected_for: BTreeMap::new(),
            checks: vec![CheckCounts::default(); REGISTRY.len()],
        }
    }
}

fn add<K: Copy + Ord>(counts: &mut BTreeMap<K, usize>, others: &BTreeMap<K, usize>) {
    for (key, count) in others {
        *counts.entry(*key).or_default() += count;
    }
}
