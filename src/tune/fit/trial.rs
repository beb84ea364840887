use super::ENOUGH;
use super::FOLDS;
use super::LEAST;
use super::TuneOptions;
use super::objective::Counts;
use super::objective::Objective;
use super::problem::Problem;
use super::search::Flat;
use super::search::search;
use crate::checks::Category;
use crate::record::Row;
use crate::scene::DocumentType;
use crate::tune::Case;
use crate::tune::CheckSide;
use crate::tune::metrics::Bootstrap;
use crate::tune::metrics::Estimate;
use crate::tune::metrics::folds;
use crate::tune::metrics::sum_by_group;
use crate::verdict::Policy;

/// An attempt to move the limits of one category for one document type.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The document type; `None` for all types.
    pub kind: Option<DocumentType>,
    /// The category.
    pub category: Category,
    /// Photos that have it, and photos without any fault.
    pub photos: [usize; 2],
    /// What the limits in force do to all photos, with 95 % intervals of recall and of the false-reject rate.
    pub before: Judged,
    /// What limits do to photos that they were not sought on; `None` where none was sought.
    pub held_out: Option<Judged>,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether the limits were sought on all document types, because this one has too few labels.
    pub is_pooled: bool,
}

/// What limits do to photos.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The counts.
    pub counts: Counts,
    /// Recall, with its 95 % interval over submissions.
    pub recall: Option<Estimate>,
    /// The share of good photos rejected, with its interval.
    pub false_reject: Option<Estimate>,
    /// F1, with its interval.
    pub f1: Option<Estimate>,
}

/// What came of a trial.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Limits are moved; they stand in the order of the checks.
    Moved(Vec<Moved>),
    /// All limits stay.
    Kept(Kept),
}

/// A limit that is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// Whose limit.
    pub side: CheckSide,
    /// The limit of reject before; `None` where there was none.
    pub was: Option<f64>,
    /// The limit of reject.
    pub reject: f64,
    /// The limit of review.
    pub review: f64,
}

/// Why limits stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Too few bad or good photos are labelled.
    TooFew,
    /// No number tells bad photos from others.
    NoSeparation,
    /// On photos that were held out the limits in force are as good.
    NotBetter,
    /// The limits would cross those on the other side of their bands.
    Crossing,
    /// No number of the photos was measured, or all limits of the category follow from what they mean.
    NothingToMove,
}

impl Trial {
    /// Seeks limits of `category` on `cases`, to be those of `kind`; `None` where no check of the kind has the category.
    pub(super) fn run(
        cases: &[Case],
        kind: Option<DocumentType>,
        category: Category,
        policy: &Policy,
        options: &TuneOptions,
    ) -> Option<Self> {
        let sides = CheckSide::of(category, kind);
        if sides.is_empty() {
            return None;
        }
        let problem = Problem::new(cases, category, sides);
        let photos = [
            problem.photos.iter().filter(|photo| photo.is_bad).count(),
            problem.photos.iter().filter(|photo| photo.is_good).count(),
        ];
        let attempt = Attempt::new(&problem, policy, kind, options);
        let before = attempt.judged(|at| problem.is_rejected(at, &attempt.start));
        let mut trial = Self {
            kind,
            category,
            photos,
            before,
            held_out: None,
            outcome: Outcome::Kept(Kept::TooFew),
            is_pooled: false,
        };
        if problem.sides.iter().all(|side| !side.is_tunable()) || problem.ranking.iter().all(Vec::is_empty) {
            trial.outcome = Outcome::Kept(Kept::NothingToMove);
        } else if photos[0] > 0 && photos[1] > 0 && (options.is_forced || !trial.has_too_few()) {
            let held_out = attempt.held_out();
            trial.held_out = Some(held_out);
            trial.outcome = attempt.outcome(&before.counts, &held_out.counts);
        }
        Some(trial)
    }

    /// The limits that are moved.
    #[must_use]
    pub fn moved(&self) -> &[Moved] {
        if let Outcome::Moved(moved) = &self.outcome { moved } else { &[] }
    }

    pub(super) fn moved_mut(&mut self) -> &mut [Moved] {
        if let Outcome::Moved(moved) = &mut self.outcome { moved } else { &mut [] }
    }

    /// Lays the limits that are moved over those of `policy`. Where a limit of review would cross one on the other side of its band, it is
    /// that of reject; where this would too, the limit stays.
    pub(super) fn lay(&mut self, policy: &mut Policy) {
        let Outcome::Moved(moved) = &mut self.outcome else { return };
        moved.retain_mut(|moved| {
            for review in [moved.review, moved.reject] {
                let band = moved.side.band(moved.reject, review);
                if band.or(policy.band(moved.side.index, self.kind)).validate().is_ok() {
                    moved.review = review;
                    policy.lay(moved.side.index, self.kind, band);
                    return true;
                }
            }
            false
        });
        if moved.is_empty() {
            self.outcome = Outcome::Kept(Kept::Crossing);
        }
    }

    /// Whether nothing is moved for want of labels.
    #[must_use]
    pub fn has_too_few(&self) -> bool {
        self.photos.iter().zip(LEAST).any(|(count, least)| *count < least)
    }

    /// Whether what is moved is uncertain for want of labels.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.photos.iter().zip(ENOUGH).any(|(count, enough)| *count < enough)
    }

    /// This trial, run on all types, as the one of a type whose `own` labels are too few: kept where they speak against it.
    pub(super) fn pooled_for(mut self, own: &Self, cases: &[Case]) -> Self {
        let problem = Problem::new(cases, self.category, self.moved().iter().map(|moved| moved.side).collect());
        let limits: Vec<_> = self.moved().iter().map(|moved| Some(moved.side.badness(moved.reject))).collect();
        let after = problem.counts(&limits, |_| true);
        let mistakes = |counts: &Counts| counts.false_alarms + counts.bad - counts.found;
        if mistakes(&after) > mistakes(&own.before.counts) {
            self.outcome = Outcome::Kept(Kept::NotBetter);
        }
        Self { photos: own.photos, before: own.before, is_pooled: true, ..self }
    }
}

impl Moved {
    /// Whether the number of the photo is beyond the limit of reject.
    pub(super) fn rejects(&self, row: &Row) -> bool {
        self.side.badness_of(row).is_some_and(|number| number > self.side.badness(self.reject))
    }
}

struct Attempt<'a> {
    problem: &'a Problem,
    options: &'a TuneOptions,
    /// The limits in force, turned so that larger is worse.
    start: Vec<Option<f64>>,
    /// What limits are sought for: a bound is kept with a margin.
    sought: Objective,
}

impl<'a> Attempt<'a> {
    fn new(problem: &'a Problem, policy: &Policy, kind: Option<DocumentType>, options: &'a TuneOptions) -> Self {
        let good = problem.photos.iter().filter(|photo| photo.is_good).map(|photo| photo.weight).sum();
        let start = problem.sides.iter().map(|side| side.limits(policy, kind)[0]).collect();
        Self { problem, options, start, sought: options.objective.with_margin(good) }
    }

    /// Each photo judged by limits that were sought without its fold.
    fn held_out(&self) -> Judged {
        let photos = &self.problem.photos;
        let (groups, is_bad): (Vec<u32>, Vec<bool>) = photos.iter().map(|photo| (photo.group, photo.is_bad)).unzip();
        let fold_of = folds(&groups, &is_bad, FOLDS, self.options.seed);
        let limits: Vec<Vec<Option<f64>>> = (0..FOLDS)
            .map(|fold| {
                let chosen: Vec<bool> = fold_of.iter().map(|of| *of != fold).collect();
                search(self.problem, &self.sought, &self.start, &chosen).limits
            })
            .collect();
        self.judged(|at| self.problem.is_rejected(at, &limits[fold_of[at]]))
    }

    fn judged(&self, is_rejected: impl Fn(usize) -> bool) -> Judged {
        let mut counts = Counts::default();
        let rows = self.problem.photos.iter().enumerate().map(|(at, photo)| {
            let (mut own, is_rejected) = (Counts::default(), is_rejected(at));
            own.add(photo, is_rejected);
            counts.add(photo, is_rejected);
            (photo.group, own.to_array())
        });
        let groups = sum_by_group(rows);
        let bootstrap = Bootstrap { replicates: 200, seed: self.options.seed };
        let [recall, false_reject, f1] = bootstrap.intervals(&groups, |sums| {
            let counts = Counts::from_array(*sums);
            let false_reject = (counts.good > 0.0).then(|| counts.false_reject_rate());
            [counts.confusion().recall(), false_reject, counts.confusion().f1()]
        });
        Judged { counts, recall, false_reject, f1 }
    }

    /// Limits sought on all photos, where held-out ones were judged better by such limits.
    fn outcome(&self, before: &Counts, held_out: &Counts) -> Outcome {
        let found = search(self.problem, &self.sought, &self.start, &vec![true; self.problem.photos.len()]);
        if found.flats.iter().all(Option::is_none) {
            return Outcome::Kept(Kept::NoSeparation);
        }
        if !self.options.objective.prefers(held_out, before) {
            return Outcome::Kept(Kept::NotBetter);
        }
        let moved: Vec<Moved> = (0..self.start.len()).filter_map(|at| self.moved(at, &found.flats)).collect();
        if moved.is_empty() { Outcome::Kept(Kept::NotBetter) } else { Outcome::Moved(moved) }
    }

    /// The limit of one side as it stands in files; `None` where it stays. A side that is better not used gets a limit beyond all
    /// numbers.
    fn moved(&self, at: usize, flats: &[Option<Flat>]) -> Option<Moved> {
        let (side, start) = (self.problem.sides[at], self.start[at]);
        let unused = || {
            let worst = self.problem.numbers[at][*self.problem.ranking[at].first()? as usize];
            start.filter(|limit| side.is_tunable() && *limit < worst)?;
            Some(Flat { low: worst, high: worst + worst.abs().max(1e-3) })
        };
        let flat = flats[at].or_else(unused)?;
        if start.is_some_and(|limit| (flat.low..flat.high).contains(&limit)) {
            return None;
        }
        let reject = side.badness(flat.rounded());
        Some(Moved { side, was: start.map(|limit| side.badness(limit)), reject, review: reject })
    }
}
