use super::Quantity;
use crate::share::Share;

/// What a quantity comes to in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Count(usize),
    /// So many of so many.
    Share(Share),
}

impl Amount {
    /// The count, or the share 0–1; `None` for a share of nothing.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Count(count) => Some(count as f64),
            Self::Share(share) => share.value(),
        }
    }
}

/// Knows what quantities come to.
pub trait Tally {
    /// What `quantity` comes to.
    ///
    /// # Errors
    /// Why nobody can say.
    fn amount(&self, quantity: Quantity) -> Result<Amount, NotEvaluable>;
}

/// Why a condition cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEvaluable {
    /// It asks for a baseline.
    #[error("there is no baseline; give the report to compare with by `--baseline`")]
    NoBaseline,
    /// The baseline is given and no use.
    #[error("{0}")]
    Baseline(String),
    /// A share of nothing.
    #[error("the report has nothing that `{0}` is a share of")]
    Nothing(Quantity),
    /// The same of the baseline.
    #[error("the baseline has nothing that `{0}` is a share of")]
    NothingInBaseline(Quantity),
    /// A check that the version which wrote the report did not have.
    #[error("the report that it is about holds no `{0}`; audit the photos again")]
    NotRecorded(&'static str),
    /// The run was stopped.
    #[error("the run was stopped, {0} photos have no row")]
    Incomplete(usize),
}
