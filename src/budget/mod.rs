//! What a run is held to: budgets such as `reject_rate <= 12%; glare <= +2pp vs baseline; error <= 0`.
//!
//! Conditions are separated by `;` or line ends: a quantity, an operator (`<=`, `<`, `>=`, `>`), a number, and `vs baseline` where it
//! is about the difference to another report.
//!
//! | quantity | is |
//! |---|---|
//! | `photos` | their number |
//! | `accept`, `review`, `reject`, `error` | number of photos with that verdict |
//! | `accept_rate` … `error_rate` | share of the photos with that verdict |
//! | a category, as `glare` | share of the photos with a finding of it, whether review or reject |
//! | `rejected_for.<category>` | share of the photos that are rejected with it as the primary category |
//! | `not_assessed.<check>` | share of the photos the check was made on that have no number |
//! | `submissions`, `submissions.reject`, `submissions.reject_rate` … | the same of submissions |
//! | `submissions.<rule>` | share of the submissions that break the rule |
//! | `captures`, `captures.reject`, `captures.reject_rate` … | the same of captures |
//!
//! A document type before a quantity of photos, as in `passport.glare`, counts its photos alone, declared or else detected; `unknown`
//! counts those of no known type.
//!
//! Shares are written as `0.12` or `12%`, counts as plain numbers. With `vs baseline`, `+2pp` is two percentage points above the
//! share in the baseline, `+10%` a tenth more than it, and `+5` five more than a count. Values that differ by less than 1e-9 are equal.
//!
//! Pure: what a quantity comes to is told by a [`Tally`]. What cannot be evaluated is neither met nor broken: it says why.

mod amount;
mod condition;
mod error;
mod held;
mod parse;
mod quantity;

pub use amount::Amount;
pub use amount::NotEvaluable;
pub use amount::Tally;
pub use condition::Bound;
pub use condition::Condition;
pub use condition::Operator;
pub use error::BudgetError;
pub use held::Evaluated;
pub use held::Held;
pub use held::percent;
pub use quantity::Group;
pub use quantity::Quantity;
pub use quantity::Scope;

use crate::verdict::Verdict;

/// Everything that a run is held to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Budget {
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// Photos, submissions and captures must be better than this verdict.
    pub fail_on: Option<Verdict>,
}

impl Budget {
    /// Evaluates all conditions, those of [`Budget::fail_on`] first; `baseline` is the other report, or why there is none.
    #[must_use]
    pub fn hold(&self, now: &dyn Tally, baseline: Result<&dyn Tally, &NotEvaluable>) -> Vec<Held> {
        let own = self.conditions.iter().copied();
        bad_ones(self.fail_on).chain(own).map(|condition| condition.hold(now, baseline)).collect()
    }

    /// Whether a condition is about the difference to a baseline.
    #[must_use]
    pub fn needs_baseline(&self) -> bool {
        self.conditions.iter().any(|condition| condition.bound.is_relative())
    }
}

/// That there is nothing at least as bad as `fail_on`.
fn bad_ones(fail_on: Option<Verdict>) -> impl Iterator<Item = Condition> {
    let bad = Verdict::ALL.into_iter().filter(move |verdict| fail_on.is_some_and(|least| *verdict >= least));
    let groups = [Group::Photos(Scope::All), Group::Submissions, Group::Captures];
    let counts = bad.flat_map(move |verdict| groups.map(|group| Quantity::Verdict(group, verdict)));
    counts.map(|quantity| Condition { quantity, operator: Operator::AtMost, bound: Bound::Value(0.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failing_on_reject_allows_neither_rejects_nor_errors() {
        let texts: Vec<_> = bad_ones(Some(Verdict::Reject)).map(|condition| condition.to_string()).collect();
        let expected = [
            "reject <= 0",
            "submissions.reject <= 0",
            "captures.reject <= 0",
            "error <= 0",
            "submissions.error <= 0",
            "captures.error <= 0",
        ];
        assert_eq!(texts, expected);
        assert_eq!(bad_ones(None).count(), 0);
    }
}
