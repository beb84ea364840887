use std::collections::BTreeMap;
use std::fmt::Write;

use crate::checks::Band;
use crate::checks::Limit;
use crate::verdict::Grade;

/// Cells at most in which numbers are counted.
const MOST_CELLS: i64 = 8192;
/// The smallest cell, a power of two.
const FINEST: i32 = -20;
/// Numbers beyond are counted as if they were this one.
const LARGEST: f64 = 1e9;
/// Bars that are drawn.
const BARS: usize = 48;
/// Share of the numbers on either side that may lie beyond what is drawn.
const TAIL: f64 = 0.005;
/// Size of the drawing, in its own units.
const DRAWN: [f64; 2] = [320.0, 84.0];

/// How the numbers of one check are spread, in bounded memory and whatever their order: counts in cells whose width is a power of
/// two, doubled as often as the range of the numbers asks for.
#[derive(Clone, Debug)]
pub(super) struct Histogram {
    /// The width of a cell is two to this power.
    power: i32,
    /// Photos that pass, are for review, are rejected, by cell.
    cells: BTreeMap<i64, [u64; 3]>,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { power: FINEST, cells: BTreeMap::new() }
    }
}

/// A histogram as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawing {
    pub svg: String,
    /// What lies at the left and at the right end.
    pub ends: [String; 2],
}

impl Histogram {
    /// Counts a finite number of this grade.
    pub(super) fn add(&mut self, number: f64, grade: Grade) {
        let place = match grade {
            Grade::Pass => 0,
            Grade::Review => 1,
            Grade::Reject => 2,
            Grade::NotAssessed => return,
        };
        let cell = self.cell(number);
        self.cells.entry(cell).or_default()[place] += 1;
        while let Some(((first, _), (last, _))) = self.cells.first_key_value().zip(self.cells.last_key_value())
            && last - first >= MOST_CELLS
        {
            self.double();
        }
    }

    fn cell(&self, number: f64) -> i64 {
        (number.clamp(-LARGEST, LARGEST) / self.width()).floor() as i64
    }

    fn width(&self) -> f64 {
        f64::from(self.power).exp2()
    }

    fn double(&mut self) {
        self.power += 1;
        for (cell, counts) in std::mem::take(&mut self.cells) {
            let kept = self.cells.entry(cell.div_euclid(2)).or_default();
            for (kept, count) in kept.iter_mut().zip(counts) {
                *kept += count;
            }
        }
    }

    /// How many numbers pass, are for review, are rejected.
    pub(super) fn grades(&self) -> [u64; 3] {
        [0, 1, 2].map(|grade| self.cells.values().map(|counts| counts[grade]).sum())
    }

    fn count(&self) -> u64 {
        self.grades().iter().sum()
    }

    /// The number below which this share lies, to a cell.
    fn quantile(&self, share: f64) -> Option<f64> {
        let wanted = share * self.count() as f64;
        let mut passed = 0;
        let reaches = |(_, counts): &(&i64, &[u64; 3])| {
            passed += counts.iter().sum::<u64>();
            passed as f64 >= wanted
        };
        self.cells.iter().find(reaches).map(|(cell, _)| self.middle(*cell))
    }

    fn middle(&self, cell: i64) -> f64 {
        (cell as f64 + 0.5) * self.width()
    }

    /// The drawing, with the limits of `bands`, of which the first is the usual one; `None` without numbers.
    pub(super) fn draw(&self, bands: &[Band]) -> Option<Drawing> {
        let limits = || bands.iter().flat_map(Band::limits).map(|(_, value)| value);
        let low = limits().fold(self.quantile(TAIL)?, f64::min);
        let high = limits().fold(self.quantile(1.0 - TAIL)?, f64::max);
        let reach = (high - low).max(self.width() * 4.0) * 0.04;
        let axis = Axis { low: low - reach, high: high + reach };
        let bars = self.bars(&axis);
        let most = bars.iter().map(|bar| bar.iter().sum::<u64>()).max().unwrap_or(1).max(1) as f64;
        let mut svg = format!(
            "<svg viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
            DRAWN[0], DRAWN[1]
        );
        for (place, class) in ["pass", "review", "reject"].into_iter().enumerate() {
            let _ = write!(svg, "<path class=\"{class}\" d=\"{}\"/>", outline(&bars, place, most));
        }
        for (at, band) in bands.iter().enumerate() {
            let usual = if at == 0 { "" } else { " other" };
            for (limit, value) in band.limits() {
                let grade = if matches!(limit, Limit::RejectAbove | Limit::RejectBelow) { "reject" } else { "review" };
                let x = axis.x(value);
                let _ = write!(svg, "<path class=\"limit {grade}{usual}\" d=\"M{x:.1} 0V{}\"/>", DRAWN[1]);
            }
        }
        svg.push_str("</svg>");
        Some(Drawing { svg, ends: [low, high].map(in_words) })
    }

    /// Counts by bar, of those that pass, are for review, are rejected. What lies beyond the ends stands in the outermost bars.
    fn bars(&self, axis: &Axis) -> Vec<[u64; 3]> {
        let mut bars = vec![[0; 3]; BARS];
        for (cell, counts) in &self.cells {
            let share = (self.middle(*cell) - axis.low) / (axis.high - axis.low);
            let bar = (share * BARS as f64).clamp(0.0, BARS as f64 - 1.0) as usize;
            for (sum, count) in bars[bar].iter_mut().zip(counts) {
                *sum += count;
            }
        }
        bars
    }
}

/// From numbers to places across.
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    fn x(&self, number: f64) -> f64 {
        (number - self.low) / (self.high - self.low) * DRAWN[0]
    }
}

/// The bars of one grade, on those of the grades before it. Heights are square roots, so that few bad photos beside many good ones are seen.
fn outline(bars: &[[u64; 3]], place: usize, most: f64) -> String {
    let mut path = String::new();
    let wide = DRAWN[0] / BARS as f64;
    for (at, bar) in bars.iter().enumerate() {
        let height = |upto: usize| (bar[..upto].iter().sum::<u64>() as f64 / most).sqrt() * (DRAWN[1] - 4.0);
        let (from, to) = (height(place), height(place + 1));
        if to > from {
            let (x, y) = (at as f64 * wide, DRAWN[1] - to);
            let _ = write!(path, "M{:.1} {y:.1}h{:.1}v{:.1}h-{:.1}z", x + 0.4, wide - 0.8, to - from, wide - 0.8);
        }
    }
    path
}

/// To three significant digits.
fn in_words(number: f64) -> String {
    let digits = 2 - number.abs().max(1e-9).log10().floor() as i32;
    let text = format!("{number:.*}", digits.clamp(0, 6) as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: impl Iterator<Item = f64>) -> Histogram {
        let mut histogram = Histogram::default();
        numbers.for_each(|number| histogram.add(number, Grade::Pass));
        histogram
    }

    #[test]
    fn cells_do_not_hang_on_the_order() {
        let numbers = || (0..1000).map(|at| f64::from(at) * 1.7 - 300.0);
        let (forward, backward) = (of(numbers()), of(numbers().rev()));
        assert_eq!(forward.cells, backward.cells);
        assert_eq!((forward.power, forward.count()), (backward.power, 1000));
        assert!(forward.cells.len() <= MOST_CELLS as usize);
    }

    #[test]
    fn quantiles_are_within_a_cell() {
        let histogram = of((0..1000).map(f64::from));
        assert!((histogram.quantile(0.5).unwrap() - 500.0).abs() <= 1.0);
    }

    #[test]
    fn huge_numbers_are_counted() {
        let histogram = of([1e300, -1e300, 0.0, f64::MIN_POSITIVE].into_iter());
        assert_eq!(histogram.count(), 4);
        assert!(histogram.draw(&[]).is_some());
    }

    #[test]
    fn a_limit_stands_where_its_number_does() {
        let drawing = of([0.0, 10.0].into_iter()).draw(&[Band::at_most(5.0, 5.0)]).unwrap();
        assert_eq!(drawing.svg.matches("class=\"limit review\" d=\"M160.0 0").count(), 1, "{}", drawing.svg);
    }

    #[test]
    fn no_numbers_have_no_drawing() {
        assert_eq!(Histogram::default().draw(&[Band::at_most(5.0, 5.0)]), None);
    }

    #[test]
    fn numbers_are_told_to_three_digits() {
        assert_eq!([0.001_234, 12.345, 123_456.0, 0.0, -0.5].map(in_words), ["0.00123", "12.3", "123456", "0", "-0.5"]);
    }
}
