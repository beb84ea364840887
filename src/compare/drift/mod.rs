//! How far the distribution of each check has drifted: on all photos, those of one document type, and those of one camera model.
//!
//! Two measures stand side by side. The population stability index ([`psi()`]) weighs how much a distribution differs, whatever the number of
//! photos, and is what gates look at; the Kolmogorov–Smirnov statistic ([`KolmogorovSmirnov`]) comes with a p value, which calls every
//! difference significant once there are enough photos and so decides nothing.

mod groups;
mod histogram;
mod kolmogorov_smirnov;
mod psi;

pub use groups::Group;
pub use histogram::BARS;
pub use histogram::Histogram;
pub use kolmogorov_smirnov::KolmogorovSmirnov;
pub use psi::Bins;
pub use psi::by_chance;
pub use psi::psi;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::checks::Check;
use crate::checks::REGISTRY;
use crate::record::Row;
use groups::Groups;

/// Indices from here on are customarily called moderate drift (Siddiqi, Credit Risk Scorecards, 2006).
pub const MODERATE: f64 = 0.1;
/// Indices above are customarily called large drift.
pub const LARGE: f64 = 0.25;

/// The drift of every check that both reports have.
#[derive(Clone, Debug, Default)]
pub struct Drifts {
    /// One entry a check and group, the worst first.
    pub entries: Vec<Drift>,
    /// Groups that have too few photos in a report, by kind: `all`, `document_type`, `camera_model`.
    pub too_few: BTreeMap<&'static str, usize>,
}

/// How far the distribution of one check has drifted on one group of photos. Of each pair the first is the old report's.
#[derive(Clone, Debug)]
pub struct Drift {
    /// The check.
    pub check: &'static Check,
    /// The group.
    pub group: Group,
    /// Photos with a number.
    pub numbers: [usize; 2],
    /// Photos to which the check applies without a number.
    pub not_assessed: [usize; 2],
    /// Medians of the numbers.
    pub medians: [Option<f64>; 2],
    /// Population stability index, 0 or more.
    pub psi: f64,
    /// What the index exceeds by chance alone once in ten thousand times, for so many photos.
    pub by_chance: f64,
    /// The two-sample test; `None` where a report has no number.
    pub kolmogorov_smirnov: Option<KolmogorovSmirnov>,
    /// Both distributions, where they have drifted.
    pub histogram: Option<Histogram>,
}

/// How much a distribution has drifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stability {
    /// An index below 0.1, or one that chance alone may give.
    Stable,
    /// An index from 0.1 to 0.25.
    Moderate,
    /// An index above 0.25.
    Large,
}

impl Stability {
    /// The name in tables.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Moderate => "moderate",
            Self::Large => "large",
        }
    }
}

impl Drift {
    /// By the customary bands of the index.
    #[must_use]
    pub fn stability(&self) -> Stability {
        if self.psi <= self.by_chance || self.psi < MODERATE {
            Stability::Stable
        } else if self.psi <= LARGE {
            Stability::Moderate
        } else {
            Stability::Large
        }
    }

    /// Photos to which the check applies.
    #[must_use]
    pub fn photos(&self) -> [usize; 2] {
        [0, 1].map(|side| self.numbers[side] + self.not_assessed[side])
    }
}

impl Drifts {
    /// Those of the checks at the places `compared` of the registry, on groups with at least `least` photos in both reports.
    #[must_use]
    pub fn of(rows: [&[Row]; 2], compared: &[usize], least: usize) -> Self {
        let groups = Groups::of(rows, least.max(1));
        let drifts: Vec<Vec<Drift>> = compared.par_iter().map(|index| of_check(*index, rows, &groups)).collect();
        let mut entries: Vec<Drift> = drifts.into_iter().flatten().collect();
        // The sort is stable: of equal indices the check that stands first in the registry, on the larger group.
        entries.sort_by(|one, other| {
            Reverse(one.stability()).cmp(&Reverse(other.stability())).then(other.psi.total_cmp(&one.psi))
        });
        Self { entries, too_few: groups.too_few }
    }

    /// Those whose index is above `most` and above what chance alone gives.
    pub fn beyond(&self, most: f64) -> impl Iterator<Item = &Drift> {
        self.entries.iter().filter(move |drift| drift.psi > most && drift.psi > drift.by_chance)
    }

    /// The number of entries of this stability.
    #[must_use]
    pub fn count(&self, stability: Stability) -> usize {
        self.entries.iter().filter(|drift| drift.stability() == stability).count()
    }
}

/// The outcomes of a check on the photos of one group: the numbers from small to large, and how many have none.
#[derive(Clone, Debug, Default)]
struct Sample {
    numbers: Vec<f64>,
    not_assessed: usize,
}

impl Sample {
    fn photos(&self) -> usize {
        self.numbers.len() + self.not_assessed
    }

    fn median(&self) -> Option<f64> {
        self.numbers.get(self.numbers.len().checked_sub(1)? / 2).copied()
    }
}

fn of_check(index: usize, rows: [&[Row]; 2], groups: &Groups) -> Vec<Drift> {
    let [olds, news] = [0, 1].map(|side| samples(index, rows[side], &groups.places[side], groups.names.len()));
    let both = groups.names.iter().zip(olds.iter().zip(&news));
    let enough = both.filter(|(_, (old, new))| old.photos().min(new.photos()) >= groups.least);
    enough.map(|(group, (old, new))| drift(&REGISTRY[index], group, old, new)).collect()
}

/// One sample a group. Rows are sorted once, by number, and dealt out to their groups.
fn samples(index: usize, rows: &[Row], places: &[groups::Places], groups: usize) -> Vec<Sample> {
    let mut samples = vec![Sample::default(); groups];
    let mut numbers = Vec::new();
    for (row, places) in rows.iter().zip(places) {
        match row.outcomes[index] {
            Some(Ok(number)) => numbers.push((number, places)),
            Some(Err(_)) => places.iter().for_each(|place| samples[place].not_assessed += 1),
            None => {}
        }
    }
    numbers.sort_unstable_by(|(one, _), (other, _)| one.total_cmp(other));
    for (number, places) in numbers {
        places.iter().for_each(|place| samples[place].numbers.push(number));
    }
    samples
}

fn drift(check: &'static Check, group: &Group, old: &Sample, new: &Sample) -> Drift {
    let bins = Bins::of(&old.numbers);
    let [before, now] = [old, new].map(|sample| bins.counts(&sample.numbers, sample.not_assessed));
    let mut drift = Drift {
        check,
        group: group.clone(),
        numbers: [old.numbers.len(), new.numbers.len()],
        not_assessed: [old.not_assessed, new.not_assessed],
        medians: [old.median(), new.median()],
        psi: psi(&before, &now),
        by_chance: by_chance(&before, &now),
        kolmogorov_smirnov: KolmogorovSmirnov::of(&old.numbers, &new.numbers),
        histogram: None,
    };
    if drift.stability() != Stability::Stable {
        drift.histogram = Histogram::of(&old.numbers, &new.numbers);
    }
    drift
}
