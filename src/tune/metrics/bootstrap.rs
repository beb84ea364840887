use std::array;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::iter;

use super::binomial::Binomial;
use super::binomial::Chance;
use super::estimate::Estimate;
use super::groups::add;
use super::groups::total;
use crate::random::SplitMix64;

/// So many groups take about as long to draw one by one as one binomial number takes.
const LEAST_PATTERN: usize = 12;
/// Counts that stay in the processor's nearest cache while groups are drawn from them.
const LARGEST_PART: usize = 256;

/// Intervals for ratios of counts: how they vary where as many groups as there are come at random, each as often as it happens
/// (Efron 1979; by groups: Davison and Hinkley 1997, section 3.8; the percentiles: Efron 1981).
///
/// Groups that count the same are one pattern, and how often each pattern comes is drawn at once, as a chain of binomial numbers:
/// this is the multinomial law of the bootstrap itself, also for few groups, where independent Poisson numbers (Chamandy et al.
/// 2012) would vary the number of groups too. Groups that few others equal are drawn one by one. So the time is that of
/// `replicates` times the patterns.
///
/// Percentiles are too narrow where few groups have what is counted, and a share that is 0 or 1 in every replicate, as a recall of
/// which nothing is missed, has an interval without width: [`wilson`](super::wilson) says more there.
///
/// ```
/// use kyclint::tune::metrics::Bootstrap;
/// use kyclint::tune::metrics::Confusion;
///
/// let submissions = [[1.0, 0.0, 0.0, 2.0], [0.0, 1.0, 0.0, 1.0], [2.0, 0.0, 1.0, 0.0]];
/// let rates = |counts: &[f64; 4]| [Confusion::from(*counts).precision(), Confusion::from(*counts).recall()];
/// let [precision, recall] = Bootstrap::default().intervals(&submissions, rates);
/// assert_eq!(precision.unwrap().value, 0.75);
/// assert!(recall.unwrap().low < 0.75);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// How often the groups are drawn.
    pub replicates: usize,
    /// The same seed gives the same intervals.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { replicates: 1000, seed: 0 }
    }
}

impl Bootstrap {
    /// The `statistics` of the summed counts of all `groups`, each with the 2.5 and 97.5 % quantiles over the replicates that have
    /// it. Counts are finite.
    ///
    /// `None` where a statistic is `None` for all groups together or in more than half of the replicates, and where there are
    /// fewer than two groups.
    #[must_use]
    pub fn intervals<const K: usize, const M: usize>(
        &self,
        groups: &[[f64; K]],
        statistics: impl Fn(&[f64; K]) -> [Option<f64>; M],
    ) -> [Option<Estimate>; M] {
        if groups.len() < 2 {
            return [None; M];
        }
        let sampler = Sampler::new(groups);
        let mut random = SplitMix64::new(self.seed);
        let replicates: Vec<_> = (0..self.replicates).map(|_| statistics(&sampler.draw(&mut random))).collect();
        let values = statistics(&total(groups));
        array::from_fn(|at| {
            let drawn: Vec<f64> = replicates.iter().filter_map(|replicate| replicate[at]).collect();
            values[at].filter(|_| 2 * drawn.len() >= self.replicates).and_then(|value| estimate(value, drawn))
        })
    }
}

/// Draws as many groups as there are, with replacement.
struct Sampler<const K: usize> {
    parts: Vec<Part<K>>,
    groups: usize,
    binomial: Binomial,
}

/// Groups of which each is as likely, or one pattern.
struct Part<const K: usize> {
    counts: Vec<[f64; K]>,
    /// How many groups it stands for.
    groups: usize,
    /// The chance among the parts from this one on; the last one takes the rest.
    chance: Option<Chance>,
}

impl<const K: usize> Sampler<K> {
    fn new(groups: &[[f64; K]]) -> Self {
        let mut parts = parts(groups);
        parts.sort_by_key(|part| Reverse(part.groups));
        let mut rest = groups.len();
        for part in &mut parts {
            part.chance = (part.groups < rest).then(|| Chance::new(part.groups as f64 / rest as f64));
            rest -= part.groups;
        }
        Self { parts, groups: groups.len(), binomial: Binomial::new(groups.len()) }
    }

    /// The summed counts of the groups drawn.
    fn draw(&self, random: &mut SplitMix64) -> [f64; K] {
        let mut sums = [0.0; K];
        let mut rest = self.groups;
        for part in &self.parts {
            let times = part.chance.as_ref().map_or(rest, |chance| self.binomial.draw(rest, chance, random));
            part.draw(times, random, &mut sums);
            rest -= times;
        }
        sums
    }
}

impl<const K: usize> Part<K> {
    fn new(counts: Vec<[f64; K]>, groups: usize) -> Self {
        Self { counts, groups, chance: None }
    }

    fn draw(&self, times: usize, random: &mut SplitMix64, sums: &mut [f64; K]) {
        if let [pattern] = self.counts[..] {
            return add(sums, &pattern, times as f64);
        }
        for _ in 0..times {
            add(sums, &self.counts[random.below(self.counts.len())], 1.0);
        }
    }
}

fn parts<const K: usize>(groups: &[[f64; K]]) -> Vec<Part<K>> {
    let (mut parts, mut single) = (Vec::new(), Vec::new());
    for (counts, times) in patterns(groups) {
        if times >= LEAST_PATTERN {
            parts.push(Part::new(vec![counts], times));
        } else {
            single.extend(iter::repeat_n(counts, times));
        }
    }
    parts.extend(single.chunks(LARGEST_PART).map(|part| Part::new(part.to_vec(), part.len())));
    parts
}

/// Each pattern of counts and how many groups have it.
fn patterns<const K: usize>(groups: &[[f64; K]]) -> impl Iterator<Item = ([f64; K], usize)> {
    let mut times: BTreeMap<[u64; K], usize> = BTreeMap::new();
    for group in groups {
        *times.entry(group.map(f64::to_bits)).or_default() += 1;
    }
    times.into_iter().map(|(bits, times)| (bits.map(f64::from_bits), times))
}

fn estimate(value: f64, mut drawn: Vec<f64>) -> Option<Estimate> {
    drawn.sort_unstable_by(f64::total_cmp);
    Some(Estimate { value, low: quantile(&drawn, 0.025)?, high: quantile(&drawn, 0.975)? })
}

/// Between the two nearest values of `sorted` in proportion (Hyndman and Fan 1996, definition 7).
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = sorted.len().checked_sub(1)? as f64 * share;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(counts: &[f64; 2]) -> [Option<f64>; 1] {
        let all = counts[0] + counts[1];
        [(all > 0.0).then(|| counts[0] / all)]
    }

    fn coins(heads: usize, tails: usize) -> Vec<[f64; 2]> {
        [vec![[1.0, 0.0]; heads], vec![[0.0, 1.0]; tails]].concat()
    }

    #[test]
    fn the_interval_of_many_coins_is_the_normal_one() {
        let [estimate] = Bootstrap { replicates: 4000, seed: 3 }.intervals(&coins(300, 700), share);
        let Estimate { value, low, high } = estimate.unwrap();
        let reach = 1.96 * (0.3_f64 * 0.7 / 1000.0).sqrt();
        assert!((value - 0.3).abs() < 1e-12);
        assert!((low - 0.3 + reach).abs() < 2e-3 && (high - 0.3 - reach).abs() < 2e-3, "{low} {high}");
    }

    /// The first count sums to `mean` over all 200 groups; its deviation over many draws of as many groups.
    fn deviation(groups: &[[f64; 2]], mean: f64) -> f64 {
        let (sampler, mut random) = (Sampler::new(groups), SplitMix64::new(5));
        let squares = (0..4000).map(|_| {
            let counts = sampler.draw(&mut random);
            assert!((counts[1] - 200.0).abs() < 1e-9, "as many groups as there are");
            (counts[0] - mean).powi(2)
        });
        (squares.sum::<f64>() / 4000.0).sqrt()
    }

    #[test]
    fn patterns_vary_as_groups_drawn_one_by_one() {
        let groups: Vec<_> = (0..200_u8).map(|at| [f64::from(u8::from(at < 30)), 1.0]).collect();
        assert_eq!(Sampler::new(&groups).parts.len(), 2);
        let law = (200.0 * 0.15 * 0.85_f64).sqrt();
        assert!((deviation(&groups, 30.0) / law - 1.0).abs() < 0.05);
    }

    #[test]
    fn groups_unlike_any_other_vary_by_the_same_law() {
        let groups: Vec<_> = (0..200_u8).map(|at| [f64::from(at.saturating_sub(99)), 1.0]).collect();
        let parts: Vec<_> = Sampler::new(&groups).parts.iter().map(|part| (part.counts.len(), part.groups)).collect();
        assert_eq!(parts, [(1, 100), (100, 100)]);
        // The sum of 200 draws of a number that is 0 in one half of the cases and one of 1 to 100 in the other.
        let law = (200.0 * (3383.5 / 2.0 - 25.25 * 25.25_f64)).sqrt();
        assert!((deviation(&groups, 5050.0) / law - 1.0).abs() < 0.05);
    }

    #[test]
    fn photos_of_one_group_are_drawn_together() {
        let alone = Bootstrap::default().intervals(&coins(40, 60), share)[0].unwrap();
        let fours: Vec<_> = coins(10, 15).into_iter().map(|group| group.map(|count| 4.0 * count)).collect();
        let together = Bootstrap::default().intervals(&fours, share)[0].unwrap();
        assert!((alone.value - together.value).abs() < 1e-12);
        assert!(together.high - together.low > 1.6 * (alone.high - alone.low));
    }

    #[test]
    fn the_same_seed_gives_the_same_interval() {
        let weighted: Vec<_> = (0..40_u8).map(|at| [f64::from(at % 7), f64::from(at)]).collect();
        for groups in [coins(20, 40), weighted] {
            let interval = |seed| Bootstrap { replicates: 200, seed }.intervals(&groups, share);
            assert_eq!(interval(1), interval(1));
            assert_ne!(interval(1), interval(2));
        }
    }

    #[test]
    fn what_is_rarely_defined_has_no_interval() {
        let none = |counts: &[f64; 2]| [(counts[0] >= 4.0).then_some(1.0), None, Some(counts[1])];
        let [rare, never, always] = Bootstrap::default().intervals(&coins(1, 30), none);
        assert_eq!((rare, never), (None, None));
        assert!(always.is_some());
        assert_eq!(Bootstrap::default().intervals(&coins(1, 0), share), [None]);
    }

    #[test]
    fn quantiles_lie_between_values_in_proportion() {
        assert_eq!(quantile(&[0.0, 10.0, 20.0], 0.25), Some(5.0));
        assert_eq!(quantile(&[3.0], 0.975), Some(3.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
