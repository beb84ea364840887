//! The limits of one category: one side of a check after the other, until nothing gets better.

use super::objective::Counts;
use super::objective::Objective;
use super::objective::Worth;
use super::problem::Problem;
use crate::tune::CheckSide;

/// Rounds over all sides; two or three are enough.
const ROUNDS: usize = 6;

/// Limits that are equally good: from `low` up to but without `high`, larger is worse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flat {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Flat {
    pub(super) fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// The middle in as few significant digits, but at least two, as keep it between the ends.
    pub(super) fn rounded(self) -> f64 {
        let digits = (1..17).map(|digits| format!("{:.digits$e}", self.middle()).parse::<f64>());
        let kept = digits.filter_map(Result::ok).find(|limit| (self.low..self.high).contains(limit));
        kept.unwrap_or_else(|| self.middle())
    }
}

/// Limits that were found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// One limit a side, `None` for sides that are better not used.
    pub(super) limits: Vec<Option<f64>>,
    /// What is equally good, for sides whose limit was sought and is used.
    pub(super) flats: Vec<Option<Flat>>,
    /// What the limits are worth on the photos they were sought on.
    pub(super) worth: Worth,
}

/// The best limits for the photos that are `chosen`. Limits that do not follow labels stay as they are in `start`.
///
/// The search starts from nothing and from `start`, and the better end counts: the union of several checks has more than one
/// optimum.
pub(super) fn search(problem: &Problem, objective: &Objective, start: &[Option<f64>], chosen: &[bool]) -> Found {
    let fixed = |(side, limit): (&CheckSide, &Option<f64>)| limit.filter(|_| !side.is_tunable());
    let nothing: Vec<_> = problem.sides.iter().zip(start).map(fixed).collect();
    let from_nothing = descend(problem, objective, nothing, chosen);
    let from_start = descend(problem, objective, start.to_vec(), chosen);
    if from_start.worth > from_nothing.worth { from_start } else { from_nothing }
}

fn descend(problem: &Problem, objective: &Objective, start: Vec<Option<f64>>, chosen: &[bool]) -> Found {
    let worth = |limits: &[Option<f64>]| objective.worth(&problem.counts(limits, |at| chosen[at]));
    let mut found = Found { worth: worth(&start), flats: vec![None; start.len()], limits: start };
    for _ in 0..ROUNDS {
        let before = found.limits.clone();
        for side in (0..before.len()).filter(|side| problem.sides[*side].is_tunable()) {
            found.flats[side] = best_limit(problem, objective, &found.limits, side, chosen);
            found.limits[side] = found.flats[side].map(Flat::middle);
        }
        if found.limits == before {
            break;
        }
    }
    found.worth = worth(&found.limits);
    found
}

/// The best limits of one side, the others as they are; `None` where rejecting nothing is as good.
fn best_limit(
    problem: &Problem,
    objective: &Objective,
    limits: &[Option<f64>],
    side: usize,
    chosen: &[bool],
) -> Option<Flat> {
    let mut others = limits.to_vec();
    others[side] = None;
    let cuts = cuts(problem, objective, &others, side, chosen);
    let best = (0..cuts.len()).reduce(|best, at| if cuts[at].worth > cuts[best].worth { at } else { best })?;
    let least = cuts[best].worth.value - objective.tolerance(cuts[best].worth.value);
    let is_as_good = |cut: &Cut| cut.worth.is_within == cuts[best].worth.is_within && cut.worth.value >= least;
    let first = (0..best).rev().take_while(|at| is_as_good(&cuts[*at])).last().unwrap_or(best);
    let last = (best..cuts.len()).take_while(|at| is_as_good(&cuts[*at])).last().unwrap_or(best);
    // The first cut rejects nothing.
    (first > 0).then(|| Flat { low: cuts[last].low, high: cuts[first].high })
}

/// Limits between two numbers that follow each other, and what they are worth.
struct Cut {
    low: f64,
    high: f64,
    worth: Worth,
}

/// All limits that make a difference, from the one that rejects nothing on.
fn cuts(problem: &Problem, objective: &Objective, others: &[Option<f64>], side: usize, chosen: &[bool]) -> Vec<Cut> {
    let numbers = &problem.numbers[side];
    let mut counts = problem.counts(others, |at| chosen[at]);
    let undecided = |at: &&u32| chosen[**at as usize] && !problem.is_rejected(**at as usize, others);
    let ranking: Vec<usize> = problem.ranking[side].iter().filter(undecided).map(|at| *at as usize).collect();
    let Some(worst) = ranking.first() else { return Vec::new() };
    let mut cuts = vec![Cut { low: numbers[*worst], high: f64::INFINITY, worth: objective.worth(&counts) }];
    for tie in ranking.chunk_by(|one, other| numbers[*one].total_cmp(&numbers[*other]).is_eq()) {
        for at in tie {
            counts.reject(&problem.photos[*at]);
        }
        let high = numbers[tie[0]];
        cuts.push(Cut { low: f64::NEG_INFINITY, high, worth: objective.worth(&counts) });
    }
    for at in 0..cuts.len() - 1 {
        cuts[at].low = cuts[at + 1].high;
    }
    // Below the least number there is no other to be half way to.
    if let [.., before, last] = &mut cuts[..] {
        last.low = if before.high.is_finite() { last.high - (before.high - last.high) } else { last.high - 1.0 };
    }
    cuts
}

impl Counts {
    /// Counts a photo as rejected that was counted as not.
    fn reject(&mut self, photo: &super::problem::Photo) {
        *(if photo.is_bad { &mut self.found } else { &mut self.false_alarms }) += photo.weight;
        if photo.is_good {
            self.good_rejected += photo.weight;
        }
    }
}
