/// Bars of a [`Histogram`].
pub const BARS: usize = 24;
/// Share of the numbers that may lie beyond each end.
const BEYOND: f64 = 0.01;

/// Two distributions in bars of one width. Numbers beyond the ends are counted in the first and the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Where the first bar starts and the last one ends, in the check's unit.
    pub ends: [f64; 2],
    /// Photos in each bar, of the old and the new report.
    pub bars: [Vec<usize>; 2],
}

impl Histogram {
    /// The histogram of two lists of finite numbers, each from small to large; `None` where both are empty.
    #[must_use]
    pub fn of(old: &[f64], new: &[f64]) -> Option<Self> {
        let sides = [old, new];
        let at = |share: f64| {
            sides.map(|numbers| Some(numbers[(numbers.len().checked_sub(1)? as f64 * share).round() as usize]))
        };
        let low = at(BEYOND).into_iter().flatten().reduce(f64::min)?;
        let high = at(1.0 - BEYOND).into_iter().flatten().reduce(f64::max)?;
        let ends = [low, high];
        Some(Self { ends, bars: sides.map(|numbers| bars(numbers, ends)) })
    }

    /// The height of each bar of both as a share of the highest, 0–1.
    #[must_use]
    pub fn heights(&self) -> [Vec<f64>; 2] {
        let shares = self.bars.each_ref().map(|bars| {
            let total = bars.iter().sum::<usize>().max(1) as f64;
            bars.iter().map(|count| *count as f64 / total).collect::<Vec<f64>>()
        });
        let highest = shares.iter().flatten().fold(0.0_f64, |highest, share| highest.max(*share));
        shares.map(|shares| shares.into_iter().map(|share| if highest > 0.0 { share / highest } else { 0.0 }).collect())
    }
}

fn bars(numbers: &[f64], [low, high]: [f64; 2]) -> Vec<usize> {
    let mut bars = vec![0; BARS];
    for number in numbers {
        // Where all numbers are one, the share is none: they stand in the first bar.
        let share = (number - low) / (high - low);
        bars[((share * BARS as f64) as usize).min(BARS - 1)] += 1;
    }
    bars
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use super::BARS;
    use super::Histogram;

    #[test]
    fn numbers_beyond_the_ends_stand_in_the_outer_bars() {
        let numbers: Vec<f64> = (0..=200).map(f64::from).collect();
        let histogram = Histogram::of(&numbers, &[-1e9, 100.0, 1e9]).unwrap();
        assert_eq!(histogram.ends, [-1e9, 1e9]);
        let histogram = Histogram::of(&numbers, &[]).unwrap();
        assert_eq!(histogram.ends, [2.0, 198.0]);
        assert_eq!((histogram.bars[0].iter().sum::<usize>(), histogram.bars[1].iter().sum::<usize>()), (201, 0));
        assert_eq!(histogram.bars[0].len(), BARS);
    }

    #[test]
    fn one_number_alone_and_none_at_all_are_drawn() {
        let histogram = Histogram::of(&[5.0; 9], &[5.0; 3]).unwrap();
        assert_eq!((histogram.bars[0][0], histogram.heights()[1][0]), (9, 1.0));
        assert_eq!(Histogram::of(&[], &[]), None);
    }
}
