//! How sure it is that a quad is a document's border.

use super::Border;
use super::Hypothesis;
use super::TRAITS;
use super::Traits;

/// What the traits do not tell, and what each counts.
const BORDER_SIGNS: [(&str, f32); 6] = [
    ("lead", 0.3702),
    ("contrast", 0.03503),
    ("low_contrast_share", -4.141),
    ("hidden_share", -1.952),
    ("seen_share", 5.442),
    ("clutter", -0.9654),
];

/// What the traits count here, in their order.
const TRAIT_WEIGHTS: Traits = [
    0.3436, -0.04423, -1.426, 2.382, -0.9612, -30.83, -0.6016, -0.9948, 1.383, 6.307, -0.08543, 0.393, 0.2959, 0.3077,
    -0.02072, 1.982, -0.06319, 0.04292, -16.22, -8.044, 0.1159, 0.7258, -1.569, 2.033, 0.01004,
];

const BIAS: f32 = -11.56;

/// The traits of a hypothesis, then its lead over the best other one, then what its border tells.
pub type Signs = [f32; TRAITS.len() + BORDER_SIGNS.len()];

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
    let mut signs = [0.0; TRAITS.len() + BORDER_SIGNS.len()];
    for (sign, value) in signs.iter_mut().zip(hypothesis.traits.into_iter().chain(more)) {
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
