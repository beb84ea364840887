//! Which edges are clear enough to be measured, and which way they face.

use super::blur::DIRECTIONS;
use crate::pixels::Edge;

/// Gradient, grey levels a sample, and contrast, grey levels, that an edge has at least, and the same in deviations of noise.
const LEAST: [f64; 2] = [3.0, 10.0];
const LEAST_OF_NOISE: [f64; 2] = [2.5, 6.0];

/// Tangents of the angles between the directions of a quarter turn: 11.25 degrees, and on by 22.5.
const BETWEEN: [f32; DIRECTIONS / 2] = [0.198_912_37, 0.668_178_6, 1.496_605_8, 5.027_339_5];

/// What an edge must have to be measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Least strength of its gradient, as [`Edge::strength`](crate::pixels::Edge::strength) tells it.
    pub strength: i32,
    /// Least contrast, grey levels.
    pub contrast: f64,
}

impl Limits {
    /// Limits that `noise`, grey levels, rarely reaches.
    pub(super) fn against(noise: f64) -> Self {
        let [gradient, contrast] = [0, 1].map(|at| LEAST[at].max(LEAST_OF_NOISE[at] * noise));
        Self { strength: (8.0 * gradient).powi(2) as i32, contrast }
    }
}

/// The `most` strongest of `edges`.
pub(super) fn keep_strongest(edges: &mut Vec<Edge>, most: usize) {
    if edges.len() > most {
        edges.select_nth_unstable_by_key(most, |edge| (std::cmp::Reverse(edge.strength()), edge.y, edge.x));
        edges.truncate(most);
    }
}

/// The `most` strongest of `edges` in each direction.
pub(super) fn strongest_by_direction(edges: impl IntoIterator<Item = Edge>, most: usize) -> [Vec<Edge>; DIRECTIONS] {
    let mut by_direction: [Vec<Edge>; DIRECTIONS] = Default::default();
    for edge in edges {
        by_direction[direction_of(edge.gradient)].push(edge);
    }
    for edges in &mut by_direction {
        keep_strongest(edges, most);
    }
    by_direction
}

/// Direction of a gradient and its opposite, of [`DIRECTIONS`]; direction 0 points along the rows.
fn direction_of([x, y]: [i32; 2]) -> usize {
    let [across, down] = [x, y].map(|part| part.abs() as f32);
    let steps = BETWEEN.iter().filter(|tangent| down > *tangent * across).count();
    if (x < 0) == (y < 0) { steps } else { (DIRECTIONS - steps) % DIRECTIONS }
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use super::direction_of;

    #[test]
    fn opposite_gradients_share_a_direction_and_turns_of_90_degrees_are_four_apart() {
        for (gradient, direction) in [([5, 0], 0), ([5, 5], 2), ([0, 5], 4), ([-5, 5], 6), ([50, -1], 0)] {
            assert_eq!(direction_of(gradient), direction, "{gradient:?}");
            assert_eq!(direction_of(gradient.map(|part| -part)), direction, "{gradient:?}");
        }
    }

    #[test]
    fn noise_raises_the_limits() {
        let [clean, noisy] = [0.0, 10.0].map(Limits::against);
        assert_eq!((clean.strength, noisy.strength), (576, 40_000));
        assert!((clean.contrast - 10.0).abs() < 1e-9 && (noisy.contrast - 60.0).abs() < 1e-9);
    }
}
