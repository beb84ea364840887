//! The table `[budget]`.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::ConfigIssue;
use crate::budget::Budget;
use crate::budget::BudgetError;
use crate::budget::Condition;
use crate::verdict::Verdict;

/// What a run is held to.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BudgetTable {
    /// Conditions that a run must meet, as `reject_rate <= 12%` or `glare <= +2pp vs baseline`.
    #[schemars(with = "Option<Vec<String>>")]
    limits: Option<Vec<Spanned<String>>>,
    /// The verdict that no photo, submission or capture may have, nor a worse one.
    #[schemars(with = "Option<String>")]
    fail_on: Option<Spanned<String>>,
}

impl BudgetTable {
    pub(super) fn apply(&self, text: &str, budget: &mut Budget) -> Result<(), ConfigIssue> {
        if let Some(limits) = &self.limits {
            let conditions = limits.iter().map(|limit| conditions(limit, text)).collect::<Result<Vec<_>, _>>()?;
            budget.conditions = conditions.concat();
        }
        if let Some(name) = &self.fail_on {
            budget.fail_on = fail_on(name)?;
        }
        Ok(())
    }
}

/// An issue with a budget that stands at `at` in a text.
pub(super) fn issue(error: &BudgetError, at: usize) -> ConfigIssue {
    ConfigIssue::new(at + error.span.start..at + error.span.end, &*error.message).with_help(&*error.help)
}

fn conditions(limit: &Spanned<String>, text: &str) -> Result<Vec<Condition>, ConfigIssue> {
    Condition::parse_all(limit.get_ref()).map_err(|error| {
        let span = limit.span();
        // In a string without escapes, places within it are places in the file.
        match text.get(span.clone()).and_then(|quoted| quoted.find(limit.get_ref().as_str())) {
            Some(opening) if !limit.get_ref().is_empty() => issue(&error, span.start + opening),
            _ => ConfigIssue::new(span, error.message).with_help(error.help),
        }
    })
}

/// The verdict of that name; `off` is none.
fn fail_on(name: &Spanned<String>) -> Result<Option<Verdict>, ConfigIssue> {
    let known = || FAIL_ON.iter().copied();
    if !known().any(|one| one == name.get_ref()) {
        return Err(ConfigIssue::unknown(name.span(), "verdict to fail on", name.get_ref(), known()));
    }
    Ok(name.get_ref().parse().ok())
}

/// What `fail_on` may be.
pub(super) const FAIL_ON: [&str; 4] = ["off", Verdict::Review.id(), Verdict::Reject.id(), Verdict::Error.id()];
