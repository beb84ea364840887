use super::objective::Counts;
use crate::checks::Category;
use crate::tune::Case;
use crate::tune::CheckSide;

/// What is to be found with which numbers: photos of which it is known whether they have the fault.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The sides of checks whose limits are sought.
    pub sides: Vec<CheckSide>,
    /// The photos.
    pub photos: Vec<Photo>,
    /// Numbers of each side, one a photo, turned so that larger is worse; NaN where there is none.
    pub numbers: Vec<Vec<f64>>,
    /// Photos that have a number, worst first; one list a side.
    pub ranking: Vec<Vec<u32>>,
}

/// A photo, whatever its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Photo {
    /// Whether it has the fault.
    pub is_bad: bool,
    /// Whether it has no fault at all.
    pub is_good: bool,
    /// How much it counts.
    pub weight: f64,
    /// Its submission.
    pub group: u32,
}

impl Problem {
    /// The photos of `cases` of which somebody said whether they have `category`, with their numbers of `sides`.
    #[must_use]
    pub fn new(cases: &[Case], category: Category, sides: Vec<CheckSide>) -> Self {
        let known: Vec<(&Case, bool)> = cases.iter().filter_map(|case| Some((case, case.truth(category)?))).collect();
        let photo = |(case, is_bad): &(&Case, bool)| Photo {
            is_bad: *is_bad,
            is_good: case.is_good() == Some(true),
            weight: case.label.weight,
            group: case.group,
        };
        let photos = known.iter().map(photo).collect();
        let number = |side: &CheckSide, case: &Case| side.badness_of(case.row).unwrap_or(f64::NAN);
        let numbers: Vec<Vec<f64>> =
            sides.iter().map(|side| known.iter().map(|(case, _)| number(side, case)).collect()).collect();
        let ranking = numbers.iter().map(|numbers| ranked(numbers)).collect();
        Self { sides, photos, numbers, ranking }
    }

    /// What `limits`, one a side, do to the photos that are `chosen`; `None` rejects nothing.
    pub fn counts(&self, limits: &[Option<f64>], chosen: impl Fn(usize) -> bool) -> Counts {
        let mut counts = Counts::default();
        for (at, photo) in self.photos.iter().enumerate().filter(|(at, _)| chosen(*at)) {
            counts.add(photo, self.is_rejected(at, limits));
        }
        counts
    }

    /// Whether one of `limits` rejects the photo at that place.
    #[must_use]
    pub fn is_rejected(&self, at: usize, limits: &[Option<f64>]) -> bool {
        // A number that is missing is beyond no limit.
        self.numbers.iter().zip(limits).any(|(numbers, limit)| limit.is_some_and(|limit| numbers[at] > limit))
    }
}

impl Counts {
    /// Counts a photo.
    pub fn add(&mut self, photo: &Photo, is_rejected: bool) {
        let rejected = if is_rejected { photo.weight } else { 0.0 };
        if photo.is_bad {
            self.bad += photo.weight;
            self.found += rejected;
        } else {
            self.others += photo.weight;
            self.false_alarms += rejected;
        }
        if photo.is_good {
            self.good += photo.weight;
            self.good_rejected += rejected;
        }
    }
}

fn ranked(numbers: &[f64]) -> Vec<u32> {
    let mut ranking: Vec<u32> = (0..numbers.len() as u32).filter(|at| !numbers[*at as usize].is_nan()).collect();
    ranking.sort_by(|one, other| numbers[*other as usize].total_cmp(&numbers[*one as usize]));
    ranking
}
