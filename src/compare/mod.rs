//! What changed between two reports: photos that came and went, verdicts, categories, numbers, and how far the distribution of each
//! check has drifted. No photo is opened; what is compared is what the two reports say, never what this version would make of them.

pub mod drift;

mod category_change;
mod change;
mod comparison;
mod json;
mod markdown;
mod matching;
mod numbers;
mod page;
mod report;
mod sections;
mod submissions;

pub use category_change::CategoryChange;
pub use change::CHANGE_COLUMNS;
pub use change::Change;
pub use change::ChangeColumn;
pub use change::UnknownWhat;
pub use change::What;
pub use comparison::Comparison;
pub use comparison::NotCompared;
pub use comparison::Options;
pub use comparison::SideFacts;
pub use matching::CompareError;
pub use numbers::CheckChange;
pub use numbers::Lack;
pub use numbers::MOST_MOVERS;
pub use numbers::Mover;
pub use report::Report;
pub use submissions::SubmissionChange;
pub use submissions::SubmissionChanges;

use std::collections::BTreeMap;

use crate::verdict::Verdict;

/// How many photos, or submissions, had the first verdict and have the second; pairs of equal verdicts included.
pub type VerdictTable = BTreeMap<(Verdict, Verdict), usize>;

/// How many of them have changed.
fn changed(table: &VerdictTable) -> usize {
    table.iter().filter(|((old, new), _)| old != new).map(|(_, count)| count).sum()
}

/// The number to six significant digits, as reports hold them.
fn six_digits(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}
