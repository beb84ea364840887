//! Numbers of single photos that moved, and those that came or went.

use std::collections::BTreeMap;

use crate::checks::Check;
use crate::checks::Unmeasured;
use crate::record::Row;

/// Movers that [`CheckChange::largest`] names at most.
pub const MOST_MOVERS: usize = 10;

/// What became of the numbers of one check on photos that both reports have.
#[derive(Clone, Debug)]
pub struct CheckChange {
    /// The check.
    pub check: &'static Check,
    /// Photos with a number in both.
    pub compared: usize,
    /// Those whose number grew beyond tolerance.
    pub rose: usize,
    /// Those whose number shrank beyond tolerance.
    pub fell: usize,
    /// Those that moved farthest, the farthest first.
    pub largest: Vec<Mover>,
    /// Photos that had a number and have none now, by why not.
    pub lost: BTreeMap<Lack, usize>,
    /// Photos that had none and have one now, by why not before.
    pub gained: BTreeMap<Lack, usize>,
    /// Photos that have none in both, for another reason than before.
    pub other_reason: BTreeMap<(Lack, Lack), usize>,
}

/// A photo whose number moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Mover {
    /// Its new path.
    pub path: String,
    /// The old and the new number, in the check's unit.
    pub numbers: [f64; 2],
}

/// Why a photo has no number of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// It could not be measured.
    Unmeasured(Unmeasured),
    /// The check does not apply to the document type.
    NotApplicable,
    /// The file could not be assessed.
    FileError,
}

impl Lack {
    /// The name in tables.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unmeasured(reason) => reason.id(),
            Self::NotApplicable => "not_applicable",
            Self::FileError => "file_error",
        }
    }
}

/// What is to be noted of a photo about one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noted {
    Nothing,
    Moved,
    Assessed,
}

impl CheckChange {
    pub(super) fn new(check: &'static Check) -> Self {
        Self {
            check,
            compared: 0,
            rose: 0,
            fell: 0,
            largest: Vec::new(),
            lost: BTreeMap::new(),
            gained: BTreeMap::new(),
            other_reason: BTreeMap::new(),
        }
    }

    /// Photos whose number moved beyond tolerance.
    #[must_use]
    pub fn moved(&self) -> usize {
        self.rose + self.fell
    }

    /// Photos that had a number and have none now.
    #[must_use]
    pub fn newly_not_assessed(&self) -> usize {
        self.lost.values().sum()
    }

    /// Photos that had no number and have one now.
    #[must_use]
    pub fn newly_assessed(&self) -> usize {
        self.gained.values().sum()
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.moved() == 0 && self.lost.is_empty() && self.gained.is_empty() && self.other_reason.is_empty()
    }

    /// Takes in one photo; the check stands at `index` of the registry.
    pub(super) fn add(&mut self, index: usize, old: &Row, new: &Row, tolerance: f64) -> Noted {
        match (number(index, old), number(index, new)) {
            (Ok(before), Ok(now)) => {
                self.compared += 1;
                if !has_moved(self.check, before, now, tolerance) {
                    return Noted::Nothing;
                }
                *(if now > before { &mut self.rose } else { &mut self.fell }) += 1;
                self.rank(&new.source.path, [before, now]);
                return Noted::Moved;
            }
            (Ok(_), Err(lack)) => *self.lost.entry(lack).or_default() += 1,
            (Err(lack), Ok(_)) => *self.gained.entry(lack).or_default() += 1,
            (Err(before), Err(now)) if before == now => return Noted::Nothing,
            (Err(before), Err(now)) => *self.other_reason.entry((before, now)).or_default() += 1,
        }
        Noted::Assessed
    }

    /// Photos come by path, so that of equal ways the first path stands first.
    fn rank(&mut self, path: &str, numbers: [f64; 2]) {
        let way = |numbers: [f64; 2]| (numbers[1] - numbers[0]).abs();
        let place = self.largest.partition_point(|mover| way(mover.numbers) >= way(numbers));
        if place < MOST_MOVERS {
            self.largest.truncate(MOST_MOVERS - 1);
            self.largest.insert(place, Mover { path: path.to_owned(), numbers });
        }
    }
}

fn number(index: usize, row: &Row) -> Result<f64, Lack> {
    match row.outcomes[index] {
        Some(outcome) => outcome.map_err(Lack::Unmeasured),
        None if row.error.is_some() => Err(Lack::FileError),
        None => Err(Lack::NotApplicable),
    }
}

/// Whether a number moved by more than `tolerance` of the largest of the two and the limits of the default band: limits give every check
/// a scale of its own, so that what is nearly 0 and stays so has not moved.
fn has_moved(check: &Check, before: f64, now: f64, tolerance: f64) -> bool {
    let scale = check.band.limits().fold(0.0_f64, |scale, (_, limit)| scale.max(limit.abs()));
    (now - before).abs() > tolerance * scale.max(before.abs()).max(now.abs())
}

#[cfg(test)]
mod tests {
    use super::CheckChange;
    use super::Lack;
    use super::MOST_MOVERS;
    use super::Noted;
    use super::has_moved;
    use crate::checks::Unmeasured;
    use crate::checks::find;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::verdict::Outcome;

    fn row(path: &str, outcome: Option<Outcome>) -> Row {
        let mut row = Row::blank(Source { path: path.to_owned(), ..Source::default() }, FileFacts::default());
        row.outcomes[0] = outcome;
        row
    }

    /// What is found of `resolution`, the first check, on photos with these outcomes.
    fn change(photos: &[(Option<Outcome>, Option<Outcome>)]) -> (CheckChange, Vec<Noted>) {
        let mut change = CheckChange::new(find("resolution").unwrap().1);
        let mut noted = Vec::new();
        for (at, (old, new)) in photos.iter().enumerate() {
            let path = format!("{at:03}");
            noted.push(change.add(0, &row(&path, *old), &row(&path, *new), 1e-3));
        }
        (change, noted)
    }

    #[test]
    fn a_number_moves_beyond_a_thousandth_of_itself_or_of_the_limits() {
        // The largest default limit of `glare_area` is that of its rejects.
        let (_, glare) = find("glare_area").unwrap();
        let limit = glare.band.reject_above.unwrap();
        assert!(!has_moved(glare, 0.0, 0.9e-3 * limit, 1e-3) && has_moved(glare, 0.0, 1.1e-3 * limit, 1e-3));
        assert!(!has_moved(glare, 10.0, 10.009, 1e-3) && has_moved(glare, 10.0, 10.011, 1e-3));
        assert!(!has_moved(glare, 0.5, 0.5, 0.0) && has_moved(glare, 0.5, 0.500_001, 0.0));
    }

    #[test]
    fn photos_are_counted_by_what_became_of_their_number() {
        let no_detail = Lack::Unmeasured(Unmeasured::NoDetail);
        let unmeasured = || Some(Err(Unmeasured::NoDetail));
        let (change, noted) = change(&[
            (Some(Ok(1000.0)), Some(Ok(1000.5))),
            (Some(Ok(1000.0)), Some(Ok(1002.0))),
            (Some(Ok(1000.0)), Some(Ok(900.0))),
            (Some(Ok(1000.0)), unmeasured()),
            (None, Some(Ok(1.0))),
            (unmeasured(), None),
            (unmeasured(), unmeasured()),
        ]);
        assert_eq!((change.compared, change.rose, change.fell), (3, 1, 1));
        assert_eq!(change.largest.iter().map(|mover| mover.path.as_str()).collect::<Vec<_>>(), ["002", "001"]);
        assert_eq!(change.lost, [(no_detail, 1)].into());
        assert_eq!(change.gained, [(Lack::NotApplicable, 1)].into());
        assert_eq!(change.other_reason, [((no_detail, Lack::NotApplicable), 1)].into());
        let (nothing, moved, assessed) = (Noted::Nothing, Noted::Moved, Noted::Assessed);
        assert_eq!(noted, [nothing, moved, moved, assessed, assessed, assessed, nothing]);
    }

    #[test]
    fn only_the_largest_movers_are_named() {
        let photos: Vec<_> = (0..30).map(|at| (Some(Ok(1.0)), Some(Ok(100.0 + f64::from(at))))).collect();
        let (change, _) = change(&photos);
        assert_eq!((change.moved(), change.largest.len()), (30, MOST_MOVERS));
        assert_eq!((change.largest[0].path.as_str(), change.largest[9].path.as_str()), ("029", "020"));
    }
}
