use std::fmt;

use crate::tune::metrics::Confusion;
use crate::tune::metrics::wilson;

/// What limits are moved for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// The best balance of precision and recall (F1) at which at most this share of good photos is rejected.
    MaxFalseReject(f64),
    /// The fewest false alarms at which at least this share of the bad photos is found.
    MinRecall(f64),
    /// The least cost, of a good photo rejected and of a bad one not.
    Cost {
        /// A photo rejected for what it does not have.
        false_reject: f64,
        /// A photo not rejected for what it has.
        false_accept: f64,
    },
}

/// Weighted counts of what limits do to photos.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Photos that have the fault.
    pub bad: f64,
    /// Those of them that are rejected.
    pub found: f64,
    /// Photos that do not have the fault.
    pub others: f64,
    /// Those of them that are rejected.
    pub false_alarms: f64,
    /// Photos that have no fault at all.
    pub good: f64,
    /// Those of them that are rejected.
    pub good_rejected: f64,
}

impl Counts {
    /// The same as an array, for sums by submission.
    #[must_use]
    pub const fn to_array(self) -> [f64; 6] {
        [self.bad, self.found, self.others, self.false_alarms, self.good, self.good_rejected]
    }

    /// The counts in an array as [`Counts::to_array`] gave it.
    #[must_use]
    pub const fn from_array([bad, found, others, false_alarms, good, good_rejected]: [f64; 6]) -> Self {
        Self { bad, found, others, false_alarms, good, good_rejected }
    }

    /// Photos by the fault and by whether they are rejected.
    #[must_use]
    pub fn confusion(&self) -> Confusion {
        Confusion {
            true_positive: self.found,
            false_positive: self.false_alarms,
            false_negative: self.bad - self.found,
            true_negative: self.others - self.false_alarms,
        }
    }

    /// The share of good photos that is rejected, 0 where there are none.
    #[must_use]
    pub fn false_reject_rate(&self) -> f64 {
        if self.good > 0.0 { self.good_rejected / self.good } else { 0.0 }
    }
}

/// What counts are worth: those that keep the objective's bound are worth more than all that do not.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Worth {
    /// Whether the bound is kept.
    pub is_within: bool,
    /// The larger the better.
    pub value: f64,
}

impl Objective {
    /// What `counts` are worth.
    #[must_use]
    pub fn worth(&self, counts: &Counts) -> Worth {
        match *self {
            Self::MaxFalseReject(most) => {
                let rate = counts.false_reject_rate();
                let is_within = rate <= most;
                Worth { is_within, value: if is_within { counts.confusion().f1().unwrap_or(0.0) } else { -rate } }
            }
            Self::MinRecall(least) => {
                let recall = counts.confusion().recall().unwrap_or(0.0);
                let false_alarms = counts.confusion().false_positive_rate().unwrap_or(0.0);
                let is_within = recall >= least;
                Worth { is_within, value: if is_within { -false_alarms } else { recall } }
            }
            Self::Cost { false_reject, false_accept } => {
                let cost = false_reject * counts.false_alarms + false_accept * (counts.bad - counts.found);
                Worth { is_within: true, value: -cost / (counts.bad + counts.others).max(f64::MIN_POSITIVE) }
            }
        }
    }

    /// Whether limits that judge photos so are to take the place of those that judge them as `before`.
    ///
    /// Limits in force that break a bound on false rejects by no more than chance does (the 95 % interval of Wilson 1927 reaches down to
    /// it) are not given up for ones that find less.
    #[must_use]
    pub fn prefers(&self, counts: &Counts, before: &Counts) -> bool {
        let (now, then) = (self.worth(counts), self.worth(before));
        match *self {
            Self::MaxFalseReject(most) if now.is_within && !then.is_within => {
                let surely_broken = wilson(before.good_rejected, before.good).is_some_and(|(low, _)| low > most);
                surely_broken || counts.confusion().f1() > before.confusion().f1()
            }
            _ => now > then,
        }
    }

    /// The same with a bound on false rejects that is harder by one standard error over so many good photos, so that others keep it too.
    #[must_use]
    pub fn with_margin(self, good: f64) -> Self {
        match self {
            Self::MaxFalseReject(most) if good > 0.0 => {
                Self::MaxFalseReject((most - (most * (1.0 - most) / good).sqrt()).max(0.0))
            }
            other => other,
        }
    }

    /// Values that differ by less are one: what lies between is a flat optimum.
    #[must_use]
    pub fn tolerance(&self, best: f64) -> f64 {
        match self {
            Self::MaxFalseReject(_) => 0.005,
            Self::MinRecall(_) => 0.0005,
            Self::Cost { .. } => 0.005 * best.abs(),
        }
    }
}

impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaxFalseReject(most) => write!(f, "best F1 at false rejects <= {most}"),
            Self::MinRecall(least) => write!(f, "fewest false alarms at recall >= {least}"),
            Self::Cost { false_reject, false_accept } => write!(f, "least cost at {false_reject}:{false_accept}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;
    use super::Objective;

    const COUNTS: Counts =
        Counts { bad: 10.0, found: 8.0, others: 90.0, false_alarms: 2.0, good: 50.0, good_rejected: 1.0 };

    #[test]
    fn keeping_the_bound_is_worth_more_than_any_value() {
        let over = Counts { found: 10.0, good_rejected: 2.0, ..COUNTS };
        let objective = Objective::MaxFalseReject(0.02);
        assert!((objective.worth(&COUNTS).value - 0.8).abs() < 1e-12);
        assert!(objective.worth(&COUNTS) > objective.worth(&over));
        assert!(objective.worth(&Counts { found: 0.0, ..COUNTS }) > objective.worth(&over));
    }

    #[test]
    fn a_bound_that_chance_may_have_broken_is_no_reason_to_find_less() {
        let objective = Objective::MaxFalseReject(0.02);
        let broken = |good_rejected| Counts { good_rejected, ..COUNTS };
        let deaf = Counts { found: 0.0, good_rejected: 0.0, ..COUNTS };
        assert!(!objective.prefers(&deaf, &broken(2.0)), "2 of 50 are no more than chance at 2 %");
        assert!(objective.prefers(&deaf, &broken(20.0)));
        assert!(objective.prefers(&Counts { found: 9.0, ..COUNTS }, &broken(2.0)));
    }

    #[test]
    fn of_two_that_reach_the_recall_the_one_with_fewer_false_alarms_is_worth_more() {
        let objective = Objective::MinRecall(0.8);
        let loud = Counts { found: 10.0, false_alarms: 9.0, ..COUNTS };
        let deaf = Counts { found: 7.0, false_alarms: 0.0, ..COUNTS };
        assert!(objective.worth(&COUNTS) > objective.worth(&loud));
        assert!(objective.worth(&loud) > objective.worth(&deaf));
    }

    #[test]
    fn cost_weighs_both_mistakes() {
        let objective = Objective::Cost { false_reject: 1.0, false_accept: 5.0 };
        assert!((objective.worth(&COUNTS).value + 0.12).abs() < 1e-12);
    }
}
