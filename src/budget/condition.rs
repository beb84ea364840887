use std::fmt;

use super::Amount;
use super::Evaluated;
use super::Held;
use super::NotEvaluable;
use super::Quantity;
use super::Tally;
use super::held::in_percent;

/// Values that differ by less are equal: a limit that is reckoned from a baseline has rounding errors.
const SAME: f64 = 1e-9;

/// One condition of a budget. Displays as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// What it is about.
    pub quantity: Quantity,
    /// On which side of the limit it must lie.
    pub operator: Operator,
    /// The limit.
    pub bound: Bound,
}

/// How a value must lie to its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `>=`
    AtLeast,
    /// `>`
    Above,
}

/// The limit of a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A count, or a share 0–1.
    Value(f64),
    /// So much more than the baseline: a count, or a difference of shares, -1 to 1.
    Change(f64),
    /// So much more than the baseline as a share of it: 0.1 is a tenth more.
    Growth(f64),
}

impl Condition {
    /// Evaluates the condition; `baseline` is the other report, or why there is none.
    #[must_use]
    pub fn hold(self, now: &dyn Tally, baseline: Result<&dyn Tally, &NotEvaluable>) -> Held {
        Held { condition: self, evaluated: self.evaluate(now, baseline) }
    }

    fn evaluate(self, now: &dyn Tally, baseline: Result<&dyn Tally, &NotEvaluable>) -> Result<Evaluated, NotEvaluable> {
        let (amount, value) = number(now, self.quantity, NotEvaluable::Nothing)?;
        let (baseline, limit) = match self.bound {
            Bound::Value(limit) => (None, limit),
            Bound::Change(_) | Bound::Growth(_) => {
                let baseline = baseline.map_err(NotEvaluable::clone)?;
                let (amount, before) = number(baseline, self.quantity, NotEvaluable::NothingInBaseline)?;
                (Some(amount), self.bound.from(before))
            }
        };
        Ok(Evaluated { amount, baseline, limit, is_met: self.operator.holds(value, limit) })
    }
}

fn number(
    tally: &dyn Tally,
    quantity: Quantity,
    nothing: impl Fn(Quantity) -> NotEvaluable,
) -> Result<(Amount, f64), NotEvaluable> {
    let amount = tally.amount(quantity)?;
    amount.number().map(|number| (amount, number)).ok_or_else(|| nothing(quantity))
}

impl Operator {
    /// Every one, the longer ones first.
    pub const ALL: [Self; 4] = [Self::AtMost, Self::AtLeast, Self::Below, Self::Above];

    /// As it is written.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::AtLeast => ">=",
            Self::Above => ">",
        }
    }

    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::AtMost => value <= limit + SAME,
            Self::Below => value < limit - SAME,
            Self::AtLeast => value >= limit - SAME,
            Self::Above => value > limit + SAME,
        }
    }
}

impl Bound {
    /// Whether it is reckoned from a baseline.
    #[must_use]
    pub const fn is_relative(self) -> bool {
        !matches!(self, Self::Value(_))
    }

    fn from(self, before: f64) -> f64 {
        match self {
            Self::Value(value) => value,
            Self::Change(change) => before + change,
            Self::Growth(growth) => before * (1.0 + growth),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.quantity, self.operator.sign())?;
        let is_share = self.quantity.is_share();
        match self.bound {
            Bound::Value(value) if is_share => write!(f, "{}%", in_percent(value)),
            Bound::Value(value) => write!(f, "{value}"),
            Bound::Change(change) if is_share => write!(f, "{:+}pp vs baseline", in_percent(change)),
            Bound::Change(change) => write!(f, "{change:+} vs baseline"),
            Bound::Growth(growth) => write!(f, "{:+}% vs baseline", in_percent(growth)),
        }
    }
}
