//! How sure it is that a quad is a document's border.

use std::ops::Range;

use super::Border;
use super::Hypothesis;
use super::TRAITS;
use super::Traits;

/// What the traits do not tell, and what each counts.
const BORDER_SIGNS: [(&str, f32); 6] = [
    ("lead", 0.6729),
    ("contrast", 0.02232),
    ("low_contrast_share", 0.5328),
    ("hidden_share", -4.3),
    ("seen_share", 2.911),
    ("clutter", 0.6876),
];

/// What the traits count here, in their order.
const TRAIT_WEIGHTS: Traits = [
    1.368, 0.5919, -2.145, 5.222, -1.261, -18.39, 2.039, -0.1606, 0.705, 5.193, -0.4962, 1.207, 0.0665, 0.1356,
    0.06188, 1.265, -0.1202, 0.01928, -15.14, -3.854, -1.592, -0.4876, -1.97, 1.607, 0.1735, 15.26, 0.0, -4.919,
];

const BIAS: f32 = -12.58;

/// Those of the traits that tell of print.
const PRINT: Range<usize> = 25..28;

/// The traits of a hypothesis, then its lead over the best other one, then what its border tells.
pub type Signs = [f32; TRAITS.len() + BORDER_SIGNS.len()];

/// Of a document that nobody had to find.
pub(super) const NO_SIGNS: Signs = [0.0; TRAITS.len() + BORDER_SIGNS.len()];

pub(super) fn signs(hypothesis: &Hypothesis, rival: Option<&Hypothesis>, border: Option<&Border>) -> Signs {
    let lead = rival.map_or(5.0, |rival| hypothesis.score - rival.score).clamp(-5.0, 5.0);
    let read = |of: fn(&Border) -> f64| border.map_or(0.0, |border| of(border) as f32);
    let more = [
        lead,
        read(|border| border.contrast.median).min(30.0),
        read(|border| border.contrast.low_share),
        read(|border| border.occlusion.share),
        read(|border| border.seen),
        read(|border| border.clutter.unwrap_or(0.5)),
    ];
    let mut traits = hypothesis.traits;
    if hypothesis.at_frame != [true; 4] {
        // Print tells whether a document fills the frame; where a border is seen, a blank or faded document is as good.
        traits[PRINT].fill(0.0);
    }
    let mut signs = [0.0; TRAITS.len() + BORDER_SIGNS.len()];
    for (sign, value) in signs.iter_mut().zip(traits.into_iter().chain(more)) {
        *sign = value;
    }
    signs
}

/// The probability that the quad is right, 0–1: a logistic regression over real, derived and simulated photos with and without
/// documents (`tools/fit_quads.py`).
pub(super) fn of(signs: &Signs) -> f64 {
    let weights = TRAIT_WEIGHTS.into_iter().chain(BORDER_SIGNS.map(|(_, weight)| weight));
    let sum: f32 = signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum();
    1.0 / (1.0 + f64::from(-sum - BIAS).exp())
}
