use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::checks::Category;
use crate::record::Row;
use crate::record::findings;
use crate::verdict::Policy;
use crate::verdict::Verdict;

/// What belongs to rows, of which there may be too many to keep: all as long as they are few, else those that are worst in their
/// category and a sample. What is kept does not hang on the order in which rows come.
#[derive(Debug)]
pub(super) struct Selection<T> {
    size: Size,
    kept: Vec<(Rank, T)>,
    seen: usize,
    /// What a row must reach to be kept; `None` as long as all are.
    bar: Option<Bar>,
}

/// How much a [`Selection`] keeps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// All, while there are no more than so many.
    pub all: usize,
    /// Else the worst of each category,
    pub worst: usize,
    /// and so many others.
    pub sample: usize,
}

/// What decides whether a row is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rank {
    path: String,
    /// How far beyond its limits each fault is, as of [`crate::checks::Band::depth`]; files that cannot be assessed are a category of their own.
    depths: BTreeMap<Option<Category>, f64>,
    /// A number drawn from the path: the smallest ones are the sample.
    lot: u64,
}

/// What a row had to reach when the others were last let go.
#[derive(Debug)]
struct Bar {
    depths: BTreeMap<Option<Category>, f64>,
    lot: u64,
}

impl Rank {
    /// That of a row that was judged under `policy`.
    pub(super) fn of(row: &Row, policy: &Policy) -> Self {
        let mut depths: BTreeMap<Option<Category>, f64> = BTreeMap::new();
        if row.verdict == Verdict::Error {
            depths.insert(None, 1.0);
        }
        for found in findings(row, policy) {
            let worst = depths.entry(Some(found.fault.category)).or_insert(found.depth);
            *worst = found.depth.max(*worst);
        }
        let hash = blake3::hash(row.source.path.as_bytes());
        let lot = hash.as_bytes()[..8].iter().fold(0, |lot, byte| (lot << 8) | u64::from(*byte));
        Self { path: row.source.path.clone(), depths, lot }
    }

    /// The depth of the worst fault, 0 where there is none.
    pub(super) fn depth(&self) -> f64 {
        self.depths.values().copied().fold(0.0, f64::max)
    }
}

impl<T> Selection<T> {
    pub(super) fn new(size: Size) -> Self {
        Self { size, kept: Vec::new(), seen: 0, bar: None }
    }

    /// Whether a row of this rank may be kept.
    pub(super) fn wants(&self, rank: &Rank) -> bool {
        self.bar.as_ref().is_none_or(|bar| bar.is_reached_by(rank))
    }

    /// Counts a row, and keeps what `make` makes of it where it may be kept.
    pub(super) fn offer(&mut self, rank: Rank, make: impl FnOnce(&Rank) -> T) {
        self.seen += 1;
        if !self.wants(&rank) {
            return;
        }
        let item = make(&rank);
        self.kept.push((rank, item));
        let most = self.bar.as_ref().map_or(self.size.all, |_| 2 * self.capacity());
        if self.kept.len() > most {
            self.let_go();
        }
    }

    /// What is kept, by path, and of how many rows.
    pub(super) fn finish(mut self) -> (BTreeMap<String, T>, usize) {
        if self.bar.is_some() {
            self.let_go();
        }
        (self.kept.into_iter().map(|(rank, item)| (rank.path, item)).collect(), self.seen)
    }

    fn capacity(&self) -> usize {
        self.size.worst * (Category::ALL.len() + 1) + self.size.sample
    }

    /// Keeps the worst and the sample of what is there, and sets the bar to them.
    fn let_go(&mut self) {
        let mut bar = Bar { depths: BTreeMap::new(), lot: u64::MAX };
        let mut chosen = BTreeSet::new();
        for category in [None].into_iter().chain(Category::ALL.map(Some)) {
            let mut worst: Vec<(f64, u64, usize)> = self.places(|rank| rank.depths.get(&category).map(|depth| -depth));
            worst.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some((depth, ..)) = worst.get(self.size.worst.saturating_sub(1)) {
                bar.depths.insert(category, -depth);
            }
            chosen.extend(worst.into_iter().take(self.size.worst).map(|(_, _, at)| at));
        }
        let mut drawn = self.places(|_| Some(0.0));
        drawn.sort_by_key(|(_, lot, _)| *lot);
        if let Some((_, lot, _)) = drawn.get(self.size.sample.saturating_sub(1)) {
            bar.lot = *lot;
        }
        chosen.extend(drawn.into_iter().take(self.size.sample).map(|(_, _, at)| at));
        let mut at = 0..;
        self.kept.retain(|_| at.next().is_some_and(|at| chosen.contains(&at)));
        self.bar = Some(bar);
    }

    /// The value of each row that has one, its lot, its place.
    fn places(&self, value: impl Fn(&Rank) -> Option<f64>) -> Vec<(f64, u64, usize)> {
        let place = |(at, (rank, _)): (usize, &(Rank, T))| Some((value(rank)?, rank.lot, at));
        self.kept.iter().enumerate().filter_map(place).collect()
    }
}

impl Bar {
    fn is_reached_by(&self, rank: &Rank) -> bool {
        let is_among_worst =
            |(category, depth): (&Option<Category>, &f64)| self.depths.get(category).is_none_or(|bar| depth >= bar);
        rank.lot <= self.lot || rank.depths.iter().any(is_among_worst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(at: usize) -> Rank {
        let category = [Category::Glare, Category::Blurry][at % 2];
        let depths = if at.is_multiple_of(3) { BTreeMap::new() } else { BTreeMap::from([(Some(category), at as f64)]) };
        Rank { path: format!("{at:04}"), depths, lot: (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) }
    }

    fn selected(places: impl Iterator<Item = usize>, size: Size) -> (Vec<String>, usize) {
        let mut selection = Selection::new(size);
        for at in places {
            selection.offer(rank(at), |_| ());
        }
        let (kept, seen) = selection.finish();
        (kept.into_keys().collect(), seen)
    }

    const SMALL: Size = Size { all: 50, worst: 2, sample: 3 };

    #[test]
    fn few_rows_are_all_kept() {
        assert_eq!(selected(0..50, SMALL).0.len(), 50);
    }

    #[test]
    fn of_many_rows_the_worst_of_each_category_and_a_sample_are_kept() {
        let (kept, seen) = selected(0..1000, SMALL);
        assert_eq!(seen, 1000);
        for worst in ["0998", "0997", "0995", "0994"] {
            assert!(kept.iter().any(|path| path == worst), "{worst} in {kept:?}");
        }
        assert!((5..=7).contains(&kept.len()), "{kept:?}");
    }

    #[test]
    fn what_is_kept_does_not_hang_on_the_order() {
        let forward = selected(0..1000, SMALL);
        assert_eq!(selected((0..1000).rev(), SMALL), forward);
        assert_eq!(selected((0..1000).map(|at| at * 387 % 1000), SMALL), forward);
    }
}
