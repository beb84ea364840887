//! Limits from labels: per document type and category those of all checks of the category together.
//!
//! A limit is moved only where photos that it was not sought on are judged better: folds of whole submissions are held out in turn.
//! Where a type has too few labels, limits are sought on all types together and taken over where they are better there.

mod objective;
mod problem;
mod review;
mod search;
mod tables;
#[cfg(test)]
mod tests;
mod trial;

pub use objective::Counts;
pub use objective::Objective;
pub use objective::Worth;
pub use trial::Judged;
pub use trial::Kept;
pub use trial::Moved;
pub use trial::Outcome;
pub use trial::Trial;

use std::collections::BTreeSet;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::Case;
use super::Cases;
use crate::checks::Category;
use crate::scene::DocumentType;
use crate::verdict::Policy;

/// How to tune.
#[derive(Clone, Debug, PartialEq)]
pub struct TuneOptions {
    /// What limits are moved for.
    pub objective: Objective,
    /// The share of photos that may go to review for moved limits, 0–1.
    pub review_budget: f64,
    /// The same seed gives the same folds and intervals.
    pub seed: u64,
    /// Whether limits are moved however few the labels are.
    pub is_forced: bool,
    /// Whether one limit is sought for all document types, instead of one a type.
    pub is_pooled: bool,
}

/// Bad and good photos of a type and category below which nothing is moved.
pub const LEAST: [usize; 2] = [30, 200];
/// Bad and good photos of a type and category below which a moved limit is uncertain.
pub const ENOUGH: [usize; 2] = [200, 2000];
/// Folds that are held out in turn.
pub const FOLDS: usize = 5;

/// What came of tuning.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuning {
    /// Every type and category with labels, in the order of types and categories.
    pub trials: Vec<Trial>,
    /// The bands with the limits moved.
    pub policy: Policy,
}

impl Tuning {
    /// The limits that are moved.
    pub fn moves(&self) -> impl Iterator<Item = (&Trial, &Moved)> {
        self.trials.iter().flat_map(|trial| trial.moved().iter().map(move |moved| (trial, moved)))
    }
}

/// Moves the limits of `policy` for what is labelled.
#[must_use]
pub fn tune(cases: &Cases, policy: &Policy, options: &TuneOptions) -> Tuning {
    let mut tuning = Tuning { trials: Vec::new(), policy: policy.clone() };
    let pooled = Scope { kind: None, cases: cases.cases.clone() };
    let own = |kind| {
        let cases = pooled.cases.iter().filter(|case| case.kind == Some(kind)).copied().collect();
        Scope { kind: Some(kind), cases }
    };
    let kinds: BTreeSet<DocumentType> = pooled.cases.iter().filter_map(|case| case.kind).collect();
    let owns: Vec<Scope> = kinds.into_iter().map(own).collect();
    let scopes = if options.is_pooled { std::slice::from_ref(&pooled) } else { &owns };
    for scope in scopes {
        tuning.trials.extend(scope.trials(&cases.judged, &pooled, policy, options));
    }
    review::place(&mut tuning, scopes, options);
    tuning
}

/// Photos whose limits are sought together.
struct Scope<'a> {
    /// Their type; `None` for all types.
    kind: Option<DocumentType>,
    cases: Vec<Case<'a>>,
}

impl Scope<'_> {
    /// A trial of every category that is labelled, tightened until all of them together reject few enough good photos.
    fn trials(&self, judged: &BTreeSet<Category>, pooled: &Self, policy: &Policy, options: &TuneOptions) -> Vec<Trial> {
        let mut objective = options.objective;
        loop {
            let own = TuneOptions { objective, ..options.clone() };
            let trial = |category: &Category| self.trial(*category, pooled, policy, &own);
            let trials: Vec<Trial> = judged.par_iter().filter_map(trial).collect();
            match tighter(objective, options.objective, self.rejected_good(&trials)) {
                Some(next) if trials.iter().any(|trial| !trial.moved().is_empty()) => objective = next,
                _ => return trials,
            }
        }
    }

    /// The share of good photos that moved limits of one category or another reject.
    fn rejected_good(&self, trials: &[Trial]) -> f64 {
        let mut counts = Counts::default();
        for case in self.cases.iter().filter(|case| case.is_good() == Some(true)) {
            counts.good += case.label.weight;
            if trials.iter().flat_map(Trial::moved).any(|moved| moved.rejects(case.row)) {
                counts.good_rejected += case.label.weight;
            }
        }
        counts.false_reject_rate()
    }

    fn trial(&self, category: Category, pooled: &Self, policy: &Policy, options: &TuneOptions) -> Option<Trial> {
        let own = Trial::run(&self.cases, self.kind, category, policy, options)?;
        if self.kind.is_none() || !own.has_too_few() {
            return Some(own);
        }
        let wider = Trial::run(&pooled.cases, self.kind, category, policy, options)?;
        Some(if wider.has_too_few() { own } else { wider.pooled_for(&own, &self.cases) })
    }
}

/// A harder objective where `rate` breaks the bound on false rejects, down to an eighth of it.
fn tighter(objective: Objective, wanted: Objective, rate: f64) -> Option<Objective> {
    match (objective, wanted) {
        (Objective::MaxFalseReject(now), Objective::MaxFalseReject(most)) if rate > most && now > most / 8.0 => {
            Some(Objective::MaxFalseReject(now / 2.0))
        }
        _ => None,
    }
}
