use crate::random::SplitMix64;

/// How likely something is, above 0 and below 1.
pub(super) struct Chance {
    share: f64,
    odds: f64,
    log: f64,
    log_rest: f64,
}

impl Chance {
    pub(super) fn new(share: f64) -> Self {
        Self { share, odds: share / (1.0 - share), log: share.ln(), log_rest: (-share).ln_1p() }
    }
}

/// Draws how often something comes in a number of trials.
pub(super) struct Binomial {
    log_factorials: Vec<f64>,
}

impl Binomial {
    /// For up to `most` trials.
    pub(super) fn new(most: usize) -> Self {
        let mut log = 0.0;
        let rest = (1..=most).map(|factor| {
            log += (factor as f64).ln();
            log
        });
        Self { log_factorials: std::iter::once(0.0).chain(rest).collect() }
    }

    /// By inversion from the most likely number outwards (Kemp 1986, "A modal method for generating binomial variables").
    pub(super) fn draw(&self, trials: usize, chance: &Chance, random: &mut SplitMix64) -> usize {
        let mode = (((trials + 1) as f64 * chance.share) as usize).min(trials);
        let likelihood = self.likelihood(mode, trials, chance);
        let mut left = random.unit() - likelihood;
        let (mut below, mut likelihood_below) = (mode, likelihood);
        let (mut above, mut likelihood_above) = (mode, likelihood);
        while left >= 0.0 && (below > 0 || above < trials) {
            if above < trials {
                above += 1;
                likelihood_above *= (trials - above + 1) as f64 / above as f64 * chance.odds;
                left -= likelihood_above;
                if left < 0.0 {
                    return above;
                }
            }
            if below > 0 {
                likelihood_below *= below as f64 / ((trials - below + 1) as f64 * chance.odds);
                below -= 1;
                left -= likelihood_below;
                if left < 0.0 {
                    return below;
                }
            }
        }
        mode
    }

    fn likelihood(&self, count: usize, trials: usize, chance: &Chance) -> f64 {
        let rest = trials - count;
        let ways = self.log_factorials[trials] - self.log_factorials[count] - self.log_factorials[rest];
        (ways + count as f64 * chance.log + rest as f64 * chance.log_rest).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihoods_are_those_of_coins() {
        let four = [1.0, 4.0, 6.0, 4.0, 1.0].map(|ways| ways / 16.0);
        for (count, likelihood) in four.into_iter().enumerate() {
            assert!((Binomial::new(9).likelihood(count, 4, &Chance::new(0.5)) - likelihood).abs() < 1e-12);
        }
    }

    #[test]
    fn numbers_come_as_often_as_they_are_likely() {
        let (binomial, chance, mut random) = (Binomial::new(5), Chance::new(0.3), SplitMix64::new(1));
        let mut seen = [0_u32; 6];
        for _ in 0..20_000 {
            seen[binomial.draw(5, &chance, &mut random)] += 1;
        }
        for (count, seen) in seen.into_iter().enumerate() {
            assert!(
                (f64::from(seen) / 20_000.0 - binomial.likelihood(count, 5, &chance)).abs() < 0.01,
                "{count}: {seen}"
            );
        }
    }

    #[test]
    fn many_trials_have_the_mean_and_the_variance_of_the_law() {
        for (trials, share) in [(100_000, 0.5), (100_000, 0.001), (1000, 0.97), (1, 0.2)] {
            let (binomial, chance, mut random) = (Binomial::new(trials), Chance::new(share), SplitMix64::new(2));
            let mean = trials as f64 * share;
            let deviations = (0..4000).map(|_| binomial.draw(trials, &chance, &mut random) as f64 - mean);
            let (sum, squares) = deviations.fold((0.0, 0.0), |sums, by| (sums.0 + by, sums.1 + by * by));
            let variance = mean * (1.0 - share);
            assert!((sum / 4000.0).abs() < 4.0 * (variance / 4000.0).sqrt(), "{trials} {share}");
            assert!((squares / 4000.0 / variance - 1.0).abs() < 0.15, "{trials} {share}");
        }
    }
}
