//! A small convolutional network: two strided convolutions and two dense layers, rectified between.

use crate::scene::mrz::contrast::WINDOW;
use crate::scene::mrz::contrast::WINDOW_COLUMNS;
use crate::scene::mrz::contrast::Window;
use crate::scene::mrz::strip::Strip;

/// The weights that the program ships; `examples/train_mrz` makes them.
pub const WEIGHTS: &[u8; FILE_SIZE] = include_bytes!("weights.bin");

/// What the network tells apart: the 37 glyphs and what is none.
pub const CLASSES: usize = 38;

/// Columns and rows of both convolutions' kernels, and their stride.
const KERNEL: usize = 5;
const STRIDE: usize = 2;

const FIRST_ROWS: usize = (Strip::HEIGHT - KERNEL) / STRIDE + 1;
const FIRST_COLUMNS: usize = (WINDOW_COLUMNS - KERNEL) / STRIDE + 1;
const FIRST_CHANNELS: usize = 8;
const FIRST: usize = FIRST_ROWS * FIRST_COLUMNS * FIRST_CHANNELS;

const SECOND_ROWS: usize = (FIRST_ROWS - KERNEL) / STRIDE + 1;
const SECOND_COLUMNS: usize = (FIRST_COLUMNS - KERNEL) / STRIDE + 1;
const SECOND_CHANNELS: usize = 24;
const SECOND: usize = SECOND_ROWS * SECOND_COLUMNS * SECOND_CHANNELS;

const HIDDEN: usize = 96;
/// A multiple of the vector width.
const OUTPUT: usize = CLASSES.next_multiple_of(8);

/// Inputs and outputs of each layer, biases apart: what the file's header says too.
pub const SHAPE: [[usize; 2]; 4] = [
    [KERNEL * KERNEL, FIRST_CHANNELS],
    [KERNEL * KERNEL * FIRST_CHANNELS, SECOND_CHANNELS],
    [SECOND, HIDDEN],
    [HIDDEN, CLASSES],
];

/// Identifies the file and the version of its layout.
const MAGIC: &[u8; 8] = b"KYCMRZ\x00\x01";
/// Magic, and inputs and outputs of each layer, 16 bits each, little endian.
const HEADER: usize = MAGIC.len() + 4 * SHAPE.len();
/// Bytes of a file of weights: the header; of each layer the weights, input by input, then the biases, each the upper half
/// of a 32-bit float (bfloat16), little endian.
pub const FILE_SIZE: usize = HEADER + 2 * count();

const fn count() -> usize {
    let (mut layer, mut count) = (0, 0);
    while layer < SHAPE.len() {
        count += (SHAPE[layer][0] + 1) * SHAPE[layer][1];
        layer += 1;
    }
    count
}

/// Cells that are read together, so that weights are fetched once for all of them.
const TOGETHER: usize = 4;

/// The weights, laid out for [`Self::scores`].
#[derive(Debug)]
pub struct Network {
    first: Layer<FIRST_CHANNELS>,
    second: Layer<SECOND_CHANNELS>,
    hidden: Layer<HIDDEN>,
    output: Layer<OUTPUT>,
}

/// Weights from each input to all `N` outputs, and biases.
#[derive(Debug)]
struct Layer<const N: usize> {
    weights: Vec<[f32; N]>,
    biases: [f32; N],
}

impl Network {
    /// The network of a file of weights. Its header must be [`Self::header`].
    #[must_use]
    pub fn read(file: &[u8; FILE_SIZE]) -> Self {
        let mut values = file[HEADER..].chunks_exact(2).map(|pair| widen([pair[0], pair[1]]));
        Self {
            first: Layer::read(&mut values, SHAPE[0]),
            second: Layer::read(&mut values, SHAPE[1]),
            hidden: Layer::read(&mut values, SHAPE[2]),
            output: Layer::read(&mut values, SHAPE[3]),
        }
    }

    /// The file of `values`, in the file's order; they are rounded to the nearest that the file can hold.
    ///
    /// # Panics
    /// When there are not as many as the shape says.
    #[must_use]
    pub fn file(values: &[f32]) -> Vec<u8> {
        assert_eq!(values.len(), count(), "a network has as many values as its shape says");
        let mut file = Self::header().to_vec();
        file.extend(values.iter().flat_map(|&value| narrow(value)));
        file
    }

    /// The first bytes of a file of weights of this shape.
    #[must_use]
    pub const fn header() -> [u8; HEADER] {
        let mut header = [0; HEADER];
        let mut at = 0;
        while at < MAGIC.len() {
            header[at] = MAGIC[at];
            at += 1;
        }
        while at < HEADER {
            let place = (at - MAGIC.len()) / 2;
            let size = (SHAPE[place / 2][place % 2] as u16).to_le_bytes();
            header[at] = size[0];
            header[at + 1] = size[1];
            at += 2;
        }
        header
    }

    /// The scores of the classes in each window, before they are turned to probabilities.
    #[must_use]
    pub fn scores(&self, windows: &[Window]) -> Vec<[f32; CLASSES]> {
        let mut features = vec![0.0; TOGETHER * SECOND];
        let mut scores = Vec::with_capacity(windows.len());
        for windows in windows.chunks(TOGETHER) {
            for (window, features) in windows.iter().zip(features.chunks_exact_mut(SECOND)) {
                self.convolve(window, features);
            }
            let hidden = self.hidden.apply::<TOGETHER>(&features).map(rectify);
            let output = self.output.apply::<TOGETHER>(hidden.as_flattened());
            scores.extend(output.iter().take(windows.len()).map(|all| std::array::from_fn(|class| all[class])));
        }
        scores
    }

    fn convolve(&self, window: &Window, features: &mut [f32]) {
        let mut first = [0.0; FIRST];
        let mut patch = [0.0; KERNEL * KERNEL];
        for (place, out) in first.chunks_exact_mut(FIRST_CHANNELS).enumerate() {
            let start = place / FIRST_COLUMNS * STRIDE * WINDOW_COLUMNS + place % FIRST_COLUMNS * STRIDE;
            gather::<KERNEL>(&window[start..WINDOW], WINDOW_COLUMNS, &mut patch);
            out.copy_from_slice(&rectify(self.first.apply::<1>(&patch)[0]));
        }
        let mut patch = [0.0; KERNEL * KERNEL * FIRST_CHANNELS];
        for (place, out) in features.chunks_exact_mut(SECOND_CHANNELS).enumerate() {
            let (row, column) = (place / SECOND_COLUMNS * STRIDE, place % SECOND_COLUMNS * STRIDE);
            let start = (row * FIRST_COLUMNS + column) * FIRST_CHANNELS;
            gather::<{ KERNEL * FIRST_CHANNELS }>(&first[start..], FIRST_COLUMNS * FIRST_CHANNELS, &mut patch);
            out.copy_from_slice(&rectify(self.second.apply::<1>(&patch)[0]));
        }
    }
}

impl<const N: usize> Layer<N> {
    fn read(values: &mut impl Iterator<Item = f32>, [inputs, outputs]: [usize; 2]) -> Self {
        let mut row = || {
            let mut row = [0.0; N];
            row[..outputs].iter_mut().zip(&mut *values).for_each(|(cell, value)| *cell = value);
            row
        };
        let weights = (0..inputs).map(|_| row()).collect();
        Self { weights, biases: row() }
    }

    /// The outputs for `M` samples, of which `inputs` holds one after the other.
    #[inline]
    fn apply<const M: usize>(&self, inputs: &[f32]) -> [[f32; N]; M] {
        let mut sums = [self.biases; M];
        let samples: [&[f32]; M] =
            std::array::from_fn(|sample| &inputs[sample * self.weights.len()..(sample + 1) * self.weights.len()]);
        for (input, weights) in self.weights.iter().enumerate() {
            for (sums, sample) in sums.iter_mut().zip(samples) {
                let value = sample[input];
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
            }
        }
        sums
    }
}

/// The kernel's rows, each `N` values long and `stride` values apart, one after the other.
fn gather<const N: usize>(values: &[f32], stride: usize, patch: &mut [f32]) {
    for (row, out) in patch.chunks_exact_mut(N).enumerate() {
        out.copy_from_slice(&values[row * stride..row * stride + N]);
    }
}

fn rectify<const N: usize>(values: [f32; N]) -> [f32; N] {
    values.map(|value| value.max(0.0))
}

fn widen(half: [u8; 2]) -> f32 {
    f32::from_bits(u32::from(u16::from_le_bytes(half)) << 16)
}

/// Rounds to the nearest, halves to even.
fn narrow(value: f32) -> [u8; 2] {
    let bits = value.to_bits();
    let rounded = bits + 0x7FFF + ((bits >> 16) & 1);
    ((rounded >> 16) as u16).to_le_bytes()
}

/// The shipped weights have this shape, or nothing is built.
const _: () = {
    let header = Network::header();
    let mut at = 0;
    while at < HEADER {
        assert!(WEIGHTS[at] == header[at], "the shipped weights have another shape");
        at += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::FILE_SIZE;
    use super::HEADER;
    use super::Network;
    use super::WEIGHTS;
    use super::count;
    use super::narrow;
    use super::widen;
    use crate::scene::mrz::contrast::WINDOW;

    #[test]
    fn halves_keep_what_they_can_hold_and_round_the_rest() {
        assert_eq!([0.0, 1.0, -1.5, 0.007_812_5].map(|value| widen(narrow(value))), [0.0, 1.0, -1.5, 0.007_812_5]);
        assert_eq!(widen(narrow(1.005)), 1.007_812_5);
    }

    #[test]
    fn the_shipped_weights_are_numbers() {
        assert!(WEIGHTS[HEADER..].chunks_exact(2).all(|pair| widen([pair[0], pair[1]]).abs() < 100.0));
    }

    #[test]
    fn a_network_of_biases_alone_scores_every_window_alike() {
        let mut values = vec![0.0; count()];
        values[count() - 38..].iter_mut().enumerate().for_each(|(at, bias)| *bias = at as f32);
        let file: [u8; FILE_SIZE] = Network::file(&values).try_into().unwrap();
        for scores in Network::read(&file).scores(&vec![[0.3; WINDOW]; 5]) {
            assert!(scores.iter().enumerate().all(|(at, score)| *score == at as f32));
        }
    }
}
