//! A small convolutional network: two strided convolutions and two dense layers, rectified between.

use crate::scene::mrz::contrast::Window;
use crate::scene::mrz::strip::Strip;

/// Columns and rows of both convolutions' kernels, and their stride.
const KERNEL: usize = 5;
const STRIDE: usize = 2;

const FIRST_ROWS: usize = (Strip::HEIGHT - KERNEL) / STRIDE + 1;
const FIRST_COLUMNS: usize = (Strip::WINDOW_COLUMNS - KERNEL) / STRIDE + 1;
const FIRST_CHANNELS: usize = 8;
const FIRST: usize = FIRST_ROWS * FIRST_COLUMNS * FIRST_CHANNELS;

const SECOND_ROWS: usize = (FIRST_ROWS - KERNEL) / STRIDE + 1;
const SECOND_COLUMNS: usize = (FIRST_COLUMNS - KERNEL) / STRIDE + 1;
const SECOND_CHANNELS: usize = 24;
const SECOND: usize = SECOND_ROWS * SECOND_COLUMNS * SECOND_CHANNELS;

const HIDDEN: usize = 96;
const CLASSES: usize = Network::CLASSES;
/// Outputs, filled up to whole blocks.
const OUTPUT: usize = CLASSES.next_multiple_of(LANES);

/// Identifies the file and the version of its layout.
const MAGIC: &[u8; 8] = b"KYCMRZ\x00\x01";
/// Magic, and inputs and outputs of each layer, 16 bits each, little endian.
const HEADER: usize = MAGIC.len() + 4 * Network::SHAPE.len();

/// Weights and biases of all layers.
const fn count() -> usize {
    let (mut layer, mut count) = (0, 0);
    while layer < Network::SHAPE.len() {
        count += (Network::SHAPE[layer][0] + 1) * Network::SHAPE[layer][1];
        layer += 1;
    }
    count
}

/// Cells that are read together, so that weights are fetched once for all of them.
const TOGETHER: usize = 4;
/// Outputs that are summed together, and places of the first layer: as many as registers hold.
const LANES: usize = 8;
const FIRST_TOGETHER: usize = FIRST_COLUMNS / 2;

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
    /// What it tells apart: the 37 glyphs, and what is none.
    pub const CLASSES: usize = 38;

    /// Inputs and outputs of each layer, biases apart.
    pub const SHAPE: [[usize; 2]; 4] = [
        [KERNEL * KERNEL, FIRST_CHANNELS],
        [KERNEL * KERNEL * FIRST_CHANNELS, SECOND_CHANNELS],
        [SECOND, HIDDEN],
        [HIDDEN, CLASSES],
    ];

    /// Bytes of a file of weights: [`Self::header`]; of each layer the weights, input by input, then the biases, each the
    /// upper half of a 32-bit float (bfloat16), little endian.
    pub const FILE_SIZE: usize = HEADER + 2 * count();

    /// The file that is shipped; `examples/train_mrz` makes it.
    pub const SHIPPED: &[u8; Self::FILE_SIZE] = include_bytes!("weights.bin");

    /// The network of a file of weights. Its header must be [`Self::header`].
    #[must_use]
    pub fn read(file: &[u8; Self::FILE_SIZE]) -> Self {
        let mut values = file[HEADER..].chunks_exact(2).map(|pair| widen([pair[0], pair[1]]));
        Self {
            first: Layer::read(&mut values, Self::SHAPE[0]),
            second: Layer::read(&mut values, Self::SHAPE[1]),
            hidden: Layer::read(&mut values, Self::SHAPE[2]),
            output: Layer::read(&mut values, Self::SHAPE[3]),
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
            let size = (Self::SHAPE[place / 2][place % 2] as u16).to_le_bytes();
            header[at] = size[0];
            header[at + 1] = size[1];
            at += 2;
        }
        header
    }

    /// The scores of the classes in each window, before they are turned to probabilities.
    #[must_use]
    pub fn scores(&self, windows: &[Window]) -> Vec<[f32; CLASSES]> {
        let mut features = [[0.0; SECOND]; TOGETHER];
        let mut scores = Vec::with_capacity(windows.len());
        for windows in windows.chunks(TOGETHER) {
            for (window, features) in windows.iter().zip(&mut features) {
                self.convolve(window, features);
            }
            let hidden = self.hidden.dense(&features);
            let output = self.output.dense(&hidden.map(rectify));
            scores.extend(output.iter().take(windows.len()).map(|all| std::array::from_fn(|class| all[class])));
        }
        scores
    }

    fn convolve(&self, window: &Window, features: &mut [f32; SECOND]) {
        let mut first = [0.0; FIRST];
        self.first.convolve::<FIRST_TOGETHER>(window, [Strip::WINDOW_COLUMNS, 1], FIRST_COLUMNS, &mut first);
        self.second.convolve::<SECOND_COLUMNS>(&first, [FIRST_COLUMNS, FIRST_CHANNELS], SECOND_COLUMNS, features);
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

    /// The outputs for `M` samples.
    fn dense<const M: usize, const I: usize>(&self, samples: &[[f32; I]; M]) -> [[f32; N]; M] {
        let mut outputs = [self.biases; M];
        for block in (0..N).step_by(LANES) {
            let sums =
                accumulate(block, &self.weights, samples.each_ref().map(<[f32; I]>::as_slice), [[0.0; LANES]; M]);
            for (outputs, sums) in outputs.iter_mut().zip(sums) {
                outputs[block..block + LANES].iter_mut().zip(sums).for_each(|(output, sum)| *output += sum);
            }
        }
        outputs
    }

    /// Rectified outputs over a raster of `width` columns of `channels`, `across` places a row, `M` of them at a time.
    fn convolve<const M: usize>(&self, input: &[f32], [width, channels]: [usize; 2], across: usize, out: &mut [f32]) {
        let length = KERNEL * channels;
        for (group, out) in out.chunks_exact_mut(M * N).enumerate() {
            let place = group * M;
            let start = (place / across * STRIDE * width + place % across * STRIDE) * channels;
            for block in (0..N).step_by(LANES) {
                let mut sums = [[0.0; LANES]; M];
                for (row, weights) in self.weights.chunks_exact(length).enumerate() {
                    let line = &input[start + row * width * channels..];
                    let lines =
                        std::array::from_fn(|at| &line[at * STRIDE * channels..at * STRIDE * channels + length]);
                    sums = accumulate(block, weights, lines, sums);
                }
                for (out, sums) in out.chunks_exact_mut(N).zip(sums) {
                    for (lane, out) in out[block..block + LANES].iter_mut().enumerate() {
                        *out = (sums[lane] + self.biases[block + lane]).max(0.0);
                    }
                }
            }
        }
    }
}

/// Adds to `sums` what the `M` lines of inputs give in the outputs from `block` on.
#[inline]
fn accumulate<const M: usize, const N: usize>(
    block: usize,
    weights: &[[f32; N]],
    lines: [&[f32]; M],
    mut sums: [[f32; LANES]; M],
) -> [[f32; LANES]; M] {
    let lines = lines.map(|line| &line[..weights.len()]);
    for (input, weights) in weights.iter().enumerate() {
        let weights: [f32; LANES] = std::array::from_fn(|lane| weights[block + lane]);
        for (sums, line) in sums.iter_mut().zip(lines) {
            for lane in 0..LANES {
                sums[lane] += line[input] * weights[lane];
            }
        }
    }
    sums
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
        assert!(Network::SHIPPED[at] == header[at], "the shipped weights have another shape");
        at += 1;
    }
};

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "the numbers are exact")]

    use super::HEADER;
    use super::Network;
    use super::count;
    use super::narrow;
    use super::widen;
    use crate::scene::mrz::strip::Strip;

    #[test]
    fn halves_keep_what_they_can_hold_and_round_the_rest() {
        assert_eq!([0.0, 1.0, -1.5, 0.007_812_5].map(|value| widen(narrow(value))), [0.0, 1.0, -1.5, 0.007_812_5]);
        assert_eq!(widen(narrow(1.005)), 1.007_812_5);
    }

    #[test]
    fn the_shipped_weights_are_those_of_their_report() {
        let hash = blake3::hash(Network::SHIPPED).to_hex();
        assert!(include_str!("weights.md").contains(hash.as_str()), "{hash}");
    }

    #[test]
    fn the_shipped_weights_are_numbers() {
        assert!(Network::SHIPPED[HEADER..].chunks_exact(2).all(|pair| widen([pair[0], pair[1]]).abs() < 100.0));
    }

    #[test]
    fn a_network_of_biases_alone_scores_every_window_alike() {
        let mut values = vec![0.0; count()];
        values[count() - 38..].iter_mut().enumerate().for_each(|(at, bias)| *bias = at as f32);
        let file: [u8; Network::FILE_SIZE] = Network::file(&values).try_into().unwrap();
        for scores in Network::read(&file).scores(&vec![[0.3; Strip::HEIGHT * Strip::WINDOW_COLUMNS]; 5]) {
            assert!(scores.iter().enumerate().all(|(at, score)| *score == at as f32));
        }
    }
}
