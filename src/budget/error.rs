use std::ops::Range;

/// A budget that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct BudgetError {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
    /// Bytes of the budget's text that it is about.
    pub span: Range<usize>,
}

impl BudgetError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), span }
    }
}
