//! Numbers that stand for many photos.

use std::cmp::Ordering;

use super::measure::Outcome;
use super::measure::Verdict;

/// A line of a table. Shares are per cent.
pub struct Summary {
    pub n: usize,
    pub found: f64,
    pub jaccard: f64,
    pub hits: f64,
    pub corner_hits: f64,
    /// Mean over the found ones.
    pub confidence: f64,
}

/// Right and wrong answers to a yes-or-no question.
#[derive(Default)]
pub struct Detection {
    pub right: usize,
    pub false_alarms: usize,
    pub missed: usize,
}

impl Summary {
    /// Of the photos with known corners, or `None` where there is none.
    pub fn of(outcomes: &[&Outcome]) -> Option<Self> {
        let judged: Vec<(&Outcome, &Verdict)> =
            outcomes.iter().filter_map(|outcome| Some((*outcome, outcome.verdict.as_ref()?))).collect();
        let verdict_share = |holds: fn(&Verdict) -> bool| share(&judged, |(_, verdict)| holds(verdict));
        let found = judged.iter().filter_map(|(outcome, _)| outcome.found.as_ref());
        (!judged.is_empty()).then(|| Self {
            n: judged.len(),
            found: share(&judged, |(outcome, _)| outcome.found.is_some()),
            jaccard: mean(judged.iter().map(|(_, verdict)| verdict.jaccard)),
            hits: verdict_share(|verdict| verdict.hit),
            corner_hits: verdict_share(|verdict| verdict.corner_hit),
            confidence: mean(found.map(|found| found.confidence)),
        })
    }
}

impl Detection {
    pub fn of(answers: impl Iterator<Item = (bool, bool)>) -> Self {
        let mut counts = Self::default();
        for (truth, answer) in answers {
            counts.right += usize::from(truth && answer);
            counts.false_alarms += usize::from(!truth && answer);
            counts.missed += usize::from(truth && !answer);
        }
        counts
    }

    /// Share of the alarms that are right; not a number without alarms.
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.false_alarms) as f64
    }

    /// Share of the cases that are found; not a number without cases.
    pub fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed) as f64
    }
}

/// How often a number of `high` is above one of `low`, ties half: the area under the ROC curve. Not a number where
/// either is empty.
pub fn separation(high: &[f64], low: &[f64]) -> f64 {
    let wins = |a: &f64| low.iter().map(|b| win(a.total_cmp(b))).sum::<f64>();
    high.iter().map(wins).sum::<f64>() / (high.len() * low.len()) as f64
}

fn win(order: Ordering) -> f64 {
    match order {
        Ordering::Less => 0.0,
        Ordering::Equal => 0.5,
        Ordering::Greater => 1.0,
    }
}

/// Per cent of `items` of which `holds` is true; not a number without items.
pub fn share<T>(items: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    100.0 * items.iter().filter(|item| holds(item)).count() as f64 / items.len() as f64
}

/// Not a number without numbers.
pub fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = numbers.fold((0.0, 0.0), |(sum, n), number| (sum + number, n + 1.0));
    sum / n
}

/// The number that `share` of the numbers lie below; not a number without numbers.
pub fn quantile(numbers: Vec<f64>, share: f64) -> f64 {
    kyclint::pixels::quantile(numbers, share, f64::total_cmp).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::Detection;
    use super::separation;

    #[test]
    fn separation_counts_pairs() {
        assert!((separation(&[0.9, 0.5], &[0.5, 0.1]) - 0.875).abs() < 1e-12);
    }

    #[test]
    fn precision_is_of_alarms_and_recall_of_cases() {
        let answers = [(true, true), (true, false), (true, false), (false, true), (false, false)];
        let counts = Detection::of(answers.into_iter());
        assert_eq!((counts.precision(), counts.recall()), (0.5, 1.0 / 3.0));
    }
}
