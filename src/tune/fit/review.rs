//! How wide the zone before a moved limit is in which a person looks.

use super::Scope;
use super::TuneOptions;
use super::Tuning;
use super::trial::Moved;
use super::trial::Trial;
use crate::tune::Case;

/// Halvings of the width; a thousandth of the budget is fine enough.
const HALVINGS: usize = 10;

/// Places the review limits of all moved sides, so that of the photos of each scope only the budgeted share goes to review for
/// them.
pub(super) fn place(tuning: &mut Tuning, scopes: &[Scope], options: &TuneOptions) {
    for scope in scopes {
        let of_scope = |trial: &&mut Trial| trial.kind == scope.kind;
        let mut moved: Vec<&mut Moved> = tuning.trials.iter_mut().filter(of_scope).flat_map(Trial::moved_mut).collect();
        let zones: Vec<Zone> = moved.iter().map(|moved| Zone::of(&scope.cases, moved)).collect();
        let share = widest(&zones, scope.cases.len(), options.review_budget);
        for (moved, zone) in moved.iter_mut().zip(&zones) {
            moved.review =
                zone.limit(share).map_or(moved.reject, |limit| rounded(moved.side.badness(limit), moved.reject));
        }
        for trial in tuning.trials.iter_mut().filter(of_scope) {
            trial.lay(&mut tuning.policy);
        }
    }
}

/// Photos that a limit does not reject, worst first, with their numbers, larger is worse.
struct Zone(Vec<(usize, f64)>);

impl Zone {
    fn of(cases: &[Case], moved: &Moved) -> Self {
        let limit = moved.side.badness(moved.reject);
        let number = |(at, case): (usize, &Case)| {
            let number = moved.side.badness_of(case.row)?;
            (number <= limit).then_some((at, number))
        };
        let mut photos: Vec<_> = cases.iter().enumerate().filter_map(number).collect();
        photos.sort_by(|one, other| other.1.total_cmp(&one.1));
        Self(photos)
    }

    /// The photos of a zone that holds at most this share of them.
    fn photos(&self, share: f64) -> &[(usize, f64)] {
        let most = (self.0.len() as f64 * share) as usize;
        // Photos of one number are in or out together.
        let next = self.0.get(most).map(|(_, number)| *number);
        let inside = self.0[..most].partition_point(|(_, number)| next.is_none_or(|next| *number > next));
        &self.0[..inside]
    }

    /// The limit of that zone; `None` where it is empty.
    fn limit(&self, share: f64) -> Option<f64> {
        let inside = self.photos(share).len();
        let last = self.0[..inside].last()?.1;
        Some(self.0.get(inside).map_or(last, |(_, next)| f64::midpoint(last, *next)))
    }
}

/// The largest share that each zone may hold for all of them together to stay within the budget.
fn widest(zones: &[Zone], photos: usize, budget: f64) -> f64 {
    let is_within = |share: f64| {
        let mut in_review = vec![false; photos];
        zones.iter().flat_map(|zone| zone.photos(share)).for_each(|(at, _)| in_review[*at] = true);
        in_review.iter().filter(|in_review| **in_review).count() as f64 <= budget * photos as f64
    };
    if is_within(budget) {
        return budget;
    }
    let (mut low, mut high) = (0.0, budget);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        *(if is_within(middle) { &mut low } else { &mut high }) = middle;
    }
    low
}

/// In three significant digits, unless that crosses the limit of reject.
fn rounded(limit: f64, reject: f64) -> f64 {
    let short = format!("{limit:.2e}").parse().unwrap_or(limit);
    let is_kept = (limit - reject) * (short - reject) > 0.0;
    if is_kept { short } else { limit }
}
