//! A network in training: layers, their forward and backward passes.

use kyclint::scene::Strip;

use crate::matrix::multiply;
use crate::matrix::transpose;
use crate::random::Random;

/// A layer whose inputs and outputs have their channels last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// A square kernel at a stride over a raster, without padding.
    Convolution {
        rows: usize,
        columns: usize,
        channels: usize,
        kernel: usize,
        stride: usize,
        outputs: usize,
    },
    Dense {
        inputs: usize,
        outputs: usize,
    },
}

impl Layer {
    /// Inputs and outputs of one application of the weights.
    pub fn shape(self) -> [usize; 2] {
        match self {
            Self::Convolution { channels, kernel, outputs, .. } => [kernel * kernel * channels, outputs],
            Self::Dense { inputs, outputs } => [inputs, outputs],
        }
    }

    fn inputs(self) -> usize {
        match self {
            Self::Convolution { rows, columns, channels, .. } => rows * columns * channels,
            Self::Dense { inputs, .. } => inputs,
        }
    }

    /// Rows and columns of the output's raster.
    pub fn raster(self) -> [usize; 2] {
        match self {
            Self::Convolution { rows, columns, kernel, stride, .. } => {
                [rows, columns].map(|side| (side - kernel) / stride + 1)
            }
            Self::Dense { .. } => [1, 1],
        }
    }

    /// Columns of the windows it sees, where it is the first.
    pub fn columns(self) -> usize {
        match self {
            Self::Convolution { columns, .. } => columns,
            Self::Dense { inputs, .. } => inputs / Strip::HEIGHT,
        }
    }

    /// Weights and biases.
    pub fn values(self) -> usize {
        let [inputs, outputs] = self.shape();
        (inputs + 1) * outputs
    }

    /// Multiplications for one sample.
    fn multiplications(self) -> usize {
        let ([rows, columns], [inputs, outputs]) = (self.raster(), self.shape());
        rows * columns * inputs * outputs
    }

    /// The inputs of each application of the weights, one after the other.
    fn patches(self, values: &[f32]) -> Vec<f32> {
        let Self::Convolution { columns, channels, kernel, .. } = self else { return values.to_vec() };
        let mut patches = Vec::new();
        for sample in values.chunks_exact(self.inputs()) {
            for start in self.starts() {
                for row in 0..kernel {
                    let at = start + row * columns * channels;
                    patches.extend_from_slice(&sample[at..at + kernel * channels]);
                }
            }
        }
        patches
    }

    /// Adds what the patches carry to where they came from.
    fn scatter(self, patches: Vec<f32>, samples: usize) -> Vec<f32> {
        let Self::Convolution { columns, channels, kernel, .. } = self else { return patches };
        let mut values = vec![0.0; samples * self.inputs()];
        let mut rows = patches.chunks_exact(kernel * channels);
        for sample in values.chunks_exact_mut(self.inputs()) {
            for start in self.starts() {
                for (row, patch) in (0..kernel).zip(&mut rows) {
                    let at = start + row * columns * channels;
                    let cells = &mut sample[at..at + kernel * channels];
                    cells.iter_mut().zip(patch).for_each(|(cell, value)| *cell += value);
                }
            }
        }
        values
    }

    /// Where the patches begin in a sample.
    fn starts(self) -> Vec<usize> {
        let Self::Convolution { columns, channels, stride, .. } = self else { return vec![0] };
        let [down, across] = self.raster();
        let start = |at: usize| (at / across * stride * columns + at % across * stride) * channels;
        (0..down * across).map(start).collect()
    }
}

/// Layers, each but the last followed by a rectifier.
#[derive(Clone, Debug)]
pub struct Model {
    pub layers: Vec<Layer>,
    /// Of each layer the weights, input by input, then the biases.
    pub values: Vec<f32>,
}

/// What a batch of samples gave.
#[derive(Clone, Default)]
pub struct Gradient {
    pub values: Vec<f32>,
    /// Sum of the samples' cross entropies.
    pub loss: f32,
    pub right: usize,
    pub samples: usize,
}

impl Model {
    /// Random weights (He et al. 2015).
    pub fn new(layers: Vec<Layer>, seed: u64) -> Self {
        let mut random = Random::new(seed, u64::MAX);
        let mut values = Vec::new();
        for layer in &layers {
            let [inputs, outputs] = layer.shape();
            let spread = libm::sqrtf(2.0 / inputs as f32);
            values.extend((0..inputs * outputs).map(|_| random.normal() * spread));
            values.extend(std::iter::repeat_n(0.0, outputs));
        }
        Self { layers, values }
    }

    pub fn multiplications(&self) -> usize {
        self.layers.iter().map(|layer| layer.multiplications()).sum()
    }

    /// Scores of the classes, sample after sample.
    pub fn scores(&self, inputs: Vec<f32>) -> Vec<f32> {
        self.forward(inputs).pop().unwrap_or_default()
    }

    /// Each layer's inputs, rectified, and the scores.
    fn forward(&self, inputs: Vec<f32>) -> Vec<Vec<f32>> {
        let mut passed = vec![inputs];
        let mut rest = &self.values[..];
        for (at, layer) in self.layers.iter().enumerate() {
            let [inputs, outputs] = layer.shape();
            let (own, others) = rest.split_at(layer.values());
            rest = others;
            let patches = layer.patches(&passed[at]);
            let (weights, biases) = own.split_at(inputs * outputs);
            let mut sums = biases.repeat(patches.len() / inputs);
            multiply(&patches, weights, &mut sums, inputs, outputs);
            if at + 1 < self.layers.len() {
                for sum in &mut sums {
                    *sum = sum.max(0.0);
                }
            }
            passed.push(sums);
        }
        passed
    }

    /// How the loss changes with each value, summed over the samples. `smoothing` of each label is spread over all classes.
    pub fn gradient(&self, inputs: Vec<f32>, labels: &[u8], smoothing: f32) -> Gradient {
        let mut passed = self.forward(inputs);
        let scores = passed.pop().unwrap_or_default();
        let (mut slopes, loss, right) = cross_entropy(&scores, labels, smoothing);
        let mut values = vec![0.0; self.values.len()];
        let mut end = values.len();
        for (at, layer) in self.layers.iter().enumerate().rev() {
            let [inputs, outputs] = layer.shape();
            let start = end - layer.values();
            let patches = layer.patches(&passed[at]);
            let applications = patches.len() / inputs;
            let (weights, biases) = values[start..end].split_at_mut(inputs * outputs);
            multiply(&transpose(&patches, inputs), &slopes, weights, applications, outputs);
            for slopes in slopes.chunks_exact(outputs) {
                biases.iter_mut().zip(slopes).for_each(|(bias, slope)| *bias += slope);
            }
            if at > 0 {
                let back = transpose(&self.values[start..start + inputs * outputs], outputs);
                let mut patches = vec![0.0; applications * inputs];
                multiply(&slopes, &back, &mut patches, outputs, inputs);
                slopes = layer.scatter(patches, labels.len());
                for (slope, value) in slopes.iter_mut().zip(&passed[at]) {
                    if *value <= 0.0 {
                        *slope = 0.0;
                    }
                }
            }
            end = start;
        }
        Gradient { values, loss, right, samples: labels.len() }
    }
}

/// Slopes of the loss, the loss, and how many samples are right.
fn cross_entropy(scores: &[f32], labels: &[u8], smoothing: f32) -> (Vec<f32>, f32, usize) {
    let classes = scores.len() / labels.len().max(1);
    let mut slopes = Vec::with_capacity(scores.len());
    let (mut loss, mut right) = (0.0, 0);
    for (scores, &label) in scores.chunks_exact(classes).zip(labels) {
        let shares = softmax(scores);
        loss -= libm::logf(shares[usize::from(label)].max(1e-12));
        right += usize::from(best(scores) == usize::from(label));
        slopes.extend(shares.iter().enumerate().map(|(class, share)| {
            let wanted = smoothing / classes as f32 + if class == usize::from(label) { 1.0 - smoothing } else { 0.0 };
            share - wanted
        }));
    }
    (slopes, loss, right)
}

/// Probabilities of the classes.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let parts: Vec<f32> = scores.iter().map(|score| libm::expf(score - most)).collect();
    let sum: f32 = parts.iter().sum();
    parts.into_iter().map(|part| part / sum).collect()
}

/// The class with the highest score.
pub fn best(scores: &[f32]) -> usize {
    (0..scores.len()).fold(0, |best, class| if scores[class] > scores[best] { class } else { best })
}
