use std::fmt;

use super::Amount;
use super::Condition;
use super::NotEvaluable;
use crate::share::Share;

/// A condition and what came of it. Displays as a sentence without a full stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The condition.
    pub condition: Condition,
    /// What it comes to, or why it cannot be evaluated.
    pub evaluated: Result<Evaluated, NotEvaluable>,
}

/// What a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluated {
    /// The quantity in the report.
    pub amount: Amount,
    /// The quantity in the baseline, where the limit is reckoned from it.
    pub baseline: Option<Amount>,
    /// The limit: a count, or a share 0–1.
    pub limit: f64,
    /// Whether the condition is met.
    pub is_met: bool,
}

impl Held {
    /// Whether it was evaluated and is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.evaluated.as_ref().is_ok_and(|evaluated| evaluated.is_met)
    }

    /// Whether it was evaluated and is not met.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.evaluated.as_ref().is_ok_and(|evaluated| !evaluated.is_met)
    }

    /// One word for what came of it: `met`, `broken` or `not_evaluated`.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match &self.evaluated {
            Ok(evaluated) if evaluated.is_met => "met",
            Ok(_) => "broken",
            Err(_) => "not_evaluated",
        }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let evaluated = match &self.evaluated {
            Ok(evaluated) => evaluated,
            Err(reason) => return write!(f, "`{}` cannot be evaluated: {reason}", self.condition),
        };
        let not = if evaluated.is_met { "" } else { "not " };
        write!(f, "`{}` is {not}met: {}", self.condition, evaluated.amount)?;
        if let Some(baseline) = evaluated.baseline {
            let limit = match evaluated.amount {
                Amount::Count(_) => in_digits(evaluated.limit),
                Amount::Share(_) => percent(evaluated.limit),
            };
            write!(f, "; the limit is {limit}, the baseline {baseline}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Amount {
    /// A count, or as `12.5 % (1 of 8, 95 % interval 2.2–47.1 %)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = match self {
            Self::Count(count) => return write!(f, "{count}"),
            Self::Share(share) => share,
        };
        let Share { part, whole } = share;
        match share.value().zip(share.interval()) {
            Some((value, (low, high))) => {
                let (value, low, high) = (percent(value), in_digits(low * 100.0), percent(high));
                write!(f, "{value} ({part} of {whole}, 95 % interval {low}–{high})")
            }
            None => write!(f, "{part} of {whole}"),
        }
    }
}

/// A share in percent, to a hundredth: `12.5 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", in_digits(share * 100.0))
}

/// A number to a hundredth, without zeros at its end.
fn in_digits(number: f64) -> String {
    ((number * 100.0).round() / 100.0).to_string()
}

/// A share times 100, as it is written: 0.07 is 7, not 7.000000000000001.
pub(super) fn in_percent(share: f64) -> f64 {
    (share * 1e12).round() / 1e10
}
