//! The classifiers of later stages: perceptrons over gradients summed in cells (SURF features: Li, Wang, Zhang 2011, "Face
//! detection using SURF cascade").

use std::collections::BTreeSet;

use super::WINDOW;

/// Sums that a cell has.
const CHANNELS: usize = 8;
/// Sums that a feature has: of two by two cells.
const SUMS: usize = 4 * CHANNELS;
/// Steps between features, pixels, and their least side.
const STEP: usize = 16;
/// Width to height of the features.
const FORMATS: [[usize; 2]; 5] = [[1, 1], [1, 2], [2, 1], [2, 3], [3, 2]];
/// Numbers that the last layer gives: the score, and how to move and scale the window.
const OUTPUTS: usize = 4;

/// A window's samples, row after row.
pub(super) type Samples = [u8; WINDOW * WINDOW];

/// A layer of neurons.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) inputs: usize,
    /// Those of a neuron after those of the one before.
    pub(super) weights: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

/// A perceptron with its features.
#[derive(Debug)]
pub(super) struct Perceptron {
    features: Vec<Feature>,
    ruling: Ruling,
    threshold: f32,
    hidden: Vec<Layer>,
    last: Layer,
}

/// What a perceptron says of a face: shares of the window's side by which the face is off to the right and below, and
/// its side over the window's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Opinion {
    pub(super) score: f32,
    pub(super) right: f32,
    pub(super) down: f32,
    pub(super) scale: f32,
}

impl Perceptron {
    /// `None` where layers do not fit one another or a feature (counted from 1) is not known.
    pub(super) fn new(features: &[usize], threshold: f32, mut hidden: Vec<Layer>) -> Option<Self> {
        let known = known_features();
        let feature = |&number: &usize| known.get(number.checked_sub(1)?).copied();
        let features = features.iter().map(feature).collect::<Option<Vec<_>>>()?;
        let last = hidden.pop()?;
        let mut wanted = features.len() * SUMS;
        for layer in hidden.iter().chain([&last]) {
            if layer.inputs != wanted || layer.inputs == 0 {
                return None;
            }
            wanted = layer.biases.len();
        }
        let ruling = Ruling::of(&features);
        (wanted == OUTPUTS).then_some(Self { features, ruling, threshold, hidden, last })
    }

    /// What it says of a window, or `None` where that is no face.
    pub(super) fn opinion(&self, samples: &Samples) -> Option<Opinion> {
        let gradients = Gradients::of(samples, &self.ruling);
        let mut values = Vec::with_capacity(self.features.len() * SUMS);
        self.features.iter().for_each(|feature| values.extend(gradients.normalised(feature)));
        for layer in &self.hidden {
            values = layer.sums(&values).map(|sum| sum.max(0.0)).collect();
        }
        let [score, right, down, scale] = self.outputs(&values);
        (score > self.threshold).then_some(Opinion {
            score,
            right: right * 2.0 - 1.0,
            down: down * 2.0 - 1.0,
            scale: scale * 2.0,
        })
    }

    fn outputs(&self, values: &[f32]) -> [f32; OUTPUTS] {
        let mut outputs = [0.0; OUTPUTS];
        let sigmoid = |sum: f32| 1.0 / (1.0 + (-sum).exp());
        outputs.iter_mut().zip(self.last.sums(values)).for_each(|(output, sum)| *output = sigmoid(sum));
        outputs
    }
}

impl Layer {
    fn sums(&self, values: &[f32]) -> impl Iterator<Item = f32> {
        self.weights.chunks_exact(self.inputs).zip(&self.biases).map(|(weights, bias)| product(weights, values) + bias)
    }
}

/// Scalar product, in eight sums side by side.
fn product(one: &[f32], other: &[f32]) -> f32 {
    let ((ones, one_rest), (others, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let mut sums = [0.0_f32; 8];
    for (one, other) in ones.iter().zip(others) {
        for (sum, (one, other)) in sums.iter_mut().zip(one.iter().zip(other)) {
            *sum += one * other;
        }
    }
    let rest: f32 = one_rest.iter().zip(other_rest).map(|(one, other)| one * other).sum();
    sums.iter().sum::<f32>() + rest
}

/// A place in the window, two by two cells.
#[derive(Clone, Copy, Debug)]
struct Feature {
    x: usize,
    y: usize,
    /// Width and height of a cell.
    cell: [usize; 2],
}

impl Feature {
    /// The columns and rows of samples before which its cells begin and end.
    fn lines(&self) -> [[usize; 3]; 2] {
        let [width, height] = self.cell;
        [[self.x, self.x + width, self.x + 2 * width], [self.y, self.y + height, self.y + 2 * height]]
    }
}

/// All features in the order in which the model counts them.
fn known_features() -> Vec<Feature> {
    let sizes = FORMATS.iter().flat_map(|&[across, down]| {
        let heights = (STEP..=WINDOW).filter(move |height| height.is_multiple_of(2) && height.is_multiple_of(down));
        heights.map(move |height| [height / down * across, height])
    });
    let fitting = sizes.filter(|&[width, _]| width.is_multiple_of(2) && (STEP..=WINDOW).contains(&width));
    let placed = fitting.flat_map(|[width, height]| {
        let rows = (0..=WINDOW - height).step_by(STEP);
        rows.flat_map(move |y| {
            let columns = (0..=WINDOW - width).step_by(STEP);
            columns.map(move |x| Feature { x, y, cell: [width / 2, height / 2] })
        })
    });
    placed.collect()
}

/// The columns and rows before which the cells of some features begin and end, in order.
#[derive(Debug)]
struct Ruling([Vec<usize>; 2]);

impl Ruling {
    fn of(features: &[Feature]) -> Self {
        Self([0, 1].map(|axis| {
            let lines: BTreeSet<usize> = features.iter().flat_map(|feature| feature.lines()[axis]).collect();
            lines.into_iter().collect()
        }))
    }
}

/// The gradients of a window, summed above and left of where the lines of a ruling cross.
#[derive(Debug)]
struct Gradients<'a> {
    ruling: &'a Ruling,
    /// Row after row.
    sums: Vec<[i32; CHANNELS]>,
}

impl<'a> Gradients<'a> {
    fn of(samples: &Samples, ruling: &'a Ruling) -> Self {
        let Ruling([columns, rows]) = ruling;
        let mut sums = vec![[0; CHANNELS]; rows.len() * columns.len()];
        // Of each column, from the top down to the row.
        let mut totals = [[0_i16; WINDOW]; CHANNELS];
        let mut from = 0;
        for (sums, &row) in sums.chunks_exact_mut(columns.len()).zip(rows) {
            (from..row).for_each(|y| add(&mut totals, &across(samples, y), &down(samples, y)));
            from = row;
            for (channel, totals) in totals.iter().enumerate() {
                let (mut sum, mut from) = (0, 0);
                for (sums, &column) in sums.iter_mut().zip(columns) {
                    sum += totals[from..column].iter().map(|&total| i32::from(total)).sum::<i32>();
                    from = column;
                    sums[channel] = sum;
                }
            }
        }
        Self { ruling, sums }
    }

    /// The sums in the cells of `feature`, scaled to length 1.
    fn normalised(&self, feature: &Feature) -> [f32; SUMS] {
        let Ruling([columns, rows]) = self.ruling;
        let rank = |lines: &[usize], line: usize| lines.partition_point(|&other| other < line);
        let [across, down] = feature.lines();
        let (across, down) = (across.map(|line| rank(columns, line)), down.map(|line| rank(rows, line)));
        let corner = |x: usize, y: usize| &self.sums[down[y] * columns.len() + across[x]];
        let mut sums = [0.0; SUMS];
        for (cell, sums) in sums.as_chunks_mut::<CHANNELS>().0.iter_mut().enumerate() {
            let (x, y) = (cell % 2, cell / 2);
            let (a, b, c, d) = (corner(x, y), corner(x + 1, y), corner(x, y + 1), corner(x + 1, y + 1));
            for (channel, sum) in sums.iter_mut().enumerate() {
                *sum = (d[channel] - c[channel] - b[channel] + a[channel]) as f32;
            }
        }
        let length = sums.iter().map(|&sum| f64::from(sum) * f64::from(sum)).sum::<f64>().sqrt() as f32;
        if length > 0.0 { sums.map(|sum| sum / length) } else { sums }
    }
}

/// Adds the channels of a row of gradients to the totals of its columns. A total is less than 2^15: each of 40 gradients is at
/// most 510.
fn add(totals: &mut [[i16; WINDOW]; CHANNELS], across: &[i16; WINDOW], down: &[i16; WINDOW]) {
    for x in 0..WINDOW {
        let channels = channels(across[x], down[x]);
        totals.iter_mut().zip(channels).for_each(|(totals, channel)| totals[x] += channel);
    }
}

/// For each sample of row `y` the difference of its neighbours on both sides; at the rim twice that to the only neighbour.
fn across(samples: &Samples, y: usize) -> [i16; WINDOW] {
    let row = row(samples, y);
    std::array::from_fn(|x| match x {
        0 => 2 * difference(row[1], row[0]),
        _ if x == WINDOW - 1 => 2 * difference(row[x], row[x - 1]),
        _ => difference(row[x + 1], row[x - 1]),
    })
}

/// The same of the neighbours below and above.
fn down(samples: &Samples, y: usize) -> [i16; WINDOW] {
    let (above, below) = (row(samples, y.saturating_sub(1)), row(samples, (y + 1).min(WINDOW - 1)));
    let factor = if y == 0 || y == WINDOW - 1 { 2 } else { 1 };
    std::array::from_fn(|x| factor * difference(below[x], above[x]))
}

fn row(samples: &Samples, y: usize) -> &[u8; WINDOW] {
    &samples.as_chunks().0[y]
}

fn difference(one: u8, other: u8) -> i16 {
    i16::from(one) - i16::from(other)
}

/// Each gradient with its magnitude, first where the other one is not negative, then where it is.
fn channels(across: i16, down: i16) -> [i16; CHANNELS] {
    // All bits set where negative.
    let (leftwards, upwards) = (across >> 15, down >> 15);
    let (across_length, down_length) = (across.abs(), down.abs());
    [
        across & !upwards,
        across_length & !upwards,
        across & upwards,
        across_length & upwards,
        down & !leftwards,
        down_length & !leftwards,
        down & leftwards,
        down_length & leftwards,
    ]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use super::Gradients;
    use super::Ruling;
    use super::SUMS;
    use super::WINDOW;
    use super::known_features;

    #[test]
    fn features_lie_in_the_window_and_a_ramp_fills_the_channels_of_its_direction() {
        let samples = std::array::from_fn(|at| (at % WINDOW * 3) as u8);
        let features = known_features();
        let ruling = Ruling::of(&features);
        let gradients = Gradients::of(&samples, &ruling);
        for feature in features {
            let sums: [f32; SUMS] = gradients.normalised(&feature);
            let length: f32 = sums.iter().map(|sum| sum * sum).sum();
            assert!((length - 1.0).abs() < 1e-5, "{feature:?}");
            for (channel, sum) in sums.iter().enumerate() {
                assert_eq!(*sum > 0.0, channel % 8 < 2, "{feature:?}, {channel}: {sum}");
            }
        }
    }

    #[test]
    fn a_flat_window_has_no_gradients() {
        let features = known_features();
        let ruling = Ruling::of(&features);
        let gradients = Gradients::of(&[77; WINDOW * WINDOW], &ruling);
        assert!(features.iter().all(|feature| gradients.normalised(feature) == [0.0; SUMS]));
    }
}
