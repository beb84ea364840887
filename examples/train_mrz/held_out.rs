//! Errors on lines the training never saw, fault by fault.

use std::iter::Sum;

use kyclint::identity::GLYPHS;
use kyclint::scene::Network;
use kyclint::scene::Strip;
use rayon::prelude::*;

use crate::model::best;
use crate::model::softmax;
use crate::recipe::FAULTS;
use crate::recipe::Fault;
use crate::sample::BLANK;
use crate::sample::Sample;

/// Lines with each fault.
pub const LINES: u64 = 150;

/// Far from the seeds of training.
const SEED: u64 = 0x0067_6c79_7068;

/// Scores of the classes in each cell of a strip, cell after cell.
pub type Scorer<'a> = &'a (dyn Fn(&Strip) -> Vec<f32> + Sync);

/// What a scorer makes of many cells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Errors {
    pub glyphs: usize,
    /// Glyphs taken for another one.
    pub wrong: usize,
    /// Those of them whose probability is said to be [`SURE`] at least.
    pub surely_wrong: usize,
    /// Glyphs taken for none.
    pub missed: usize,
    /// Cells that show none.
    blanks: usize,
    /// Those of them that are taken for glyphs.
    invented: usize,
    /// Sum of the glyphs' cross entropies, blanks apart.
    entropy: f32,
}

const SURE: f32 = 0.99;

impl Errors {
    pub fn wrong_percent(&self) -> f32 {
        percent(self.wrong, self.glyphs)
    }

    pub fn surely_wrong_percent(&self) -> f32 {
        percent(self.surely_wrong, self.glyphs)
    }

    pub fn missed_percent(&self) -> f32 {
        percent(self.missed, self.glyphs)
    }

    pub fn invented_percent(&self) -> f32 {
        percent(self.invented, self.blanks)
    }

    pub fn mean_entropy(&self) -> f32 {
        self.entropy / self.glyphs.max(1) as f32
    }

    /// Of the cells of a strip whose `scores` and `labels` are these.
    pub fn count(scores: &[f32], labels: &[u8]) -> Self {
        let mut errors = Self::default();
        for (scores, &label) in scores.chunks_exact(Network::CLASSES).zip(labels) {
            errors.add(scores, label);
        }
        errors
    }

    fn add(&mut self, scores: &[f32], label: u8) {
        let is_blank = best(scores) == usize::from(BLANK);
        if label == BLANK {
            self.blanks += 1;
            self.invented += usize::from(!is_blank);
            return;
        }
        let shares = softmax(&scores[..GLYPHS.len()]);
        let glyph = best(&shares);
        let is_wrong = glyph != usize::from(label);
        self.glyphs += 1;
        self.wrong += usize::from(is_wrong);
        self.surely_wrong += usize::from(is_wrong && shares[glyph] >= SURE);
        self.missed += usize::from(is_blank);
        self.entropy -= libm::logf(shares[usize::from(label)].max(LEAST));
    }
}

/// Keeps logarithms finite.
const LEAST: f32 = 1e-12;

impl Sum for Errors {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            glyphs: sum.glyphs + part.glyphs,
            wrong: sum.wrong + part.wrong,
            surely_wrong: sum.surely_wrong + part.surely_wrong,
            missed: sum.missed + part.missed,
            blanks: sum.blanks + part.blanks,
            invented: sum.invented + part.invented,
            entropy: sum.entropy + part.entropy,
        })
    }
}

fn percent(part: usize, all: usize) -> f32 {
    100.0 * part as f32 / all.max(1) as f32
}

/// Errors of `scorer` on `lines` lines with each fault, by the fault's name.
pub fn errors(scorer: Scorer, lines: u64) -> Vec<(&'static str, Errors)> {
    FAULTS.iter().map(|&(fault, name)| (name, errors_with(scorer, fault, lines))).collect()
}

fn errors_with(scorer: Scorer, fault: Fault, lines: u64) -> Errors {
    let count = |index| {
        let sample = Sample::new(SEED ^ fault as u64, index, fault);
        Errors::count(&scorer(&sample.strip), &sample.labels)
    };
    // Collected first: the order of sums must not depend on the threads.
    let parts: Vec<Errors> = (0..lines).into_par_iter().map(count).collect();
    parts.into_iter().sum()
}

/// Temperatures that are tried, hundredths.
const TEMPERATURES: std::ops::Range<u8> = 50..200;

/// Lines the temperature is fitted to, apart from those the errors are counted on.
const FITTED: u64 = 400;

/// What scores must be divided by so that their probabilities hold on lines with any fault (Guo et al. 2017).
pub fn temperature(scorer: Scorer) -> f32 {
    let read = |index| {
        let sample = Sample::new(SEED << 1, index, Fault::Mixed);
        (scorer(&sample.strip), sample.labels)
    };
    let lines: Vec<(Vec<f32>, Vec<u8>)> = (0..FITTED).into_par_iter().map(read).collect();
    let tried = TEMPERATURES.map(|hundredths| f32::from(hundredths) / 100.0);
    let entropies = tried.map(|temperature| (temperature, entropy(&lines, temperature)));
    entropies.fold((1.0, f32::MAX), |least, next| if next.1 < least.1 { next } else { least }).0
}

fn entropy(lines: &[(Vec<f32>, Vec<u8>)], temperature: f32) -> f32 {
    let cells = lines.iter().flat_map(|(scores, labels)| scores.chunks_exact(Network::CLASSES).zip(labels));
    cells
        .map(|(scores, &label)| {
            let cooled: Vec<f32> = scores.iter().map(|score| score / temperature).collect();
            -libm::logf(softmax(&cooled)[usize::from(label)].max(LEAST))
        })
        .sum()
}
