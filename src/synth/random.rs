//! What the simulator draws at random: the same on every platform and in every version.

use crate::random::SplitMix64;
use crate::random::mix;

/// A stream of pseudo-random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(SplitMix64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(SplitMix64::new(seed))
    }

    /// An independent stream: what one part draws never shifts what another part draws.
    pub(super) fn stream(seed: u64, index: u64, name: &str) -> Self {
        let mut hash = seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for byte in name.bytes() {
            hash = mix(hash ^ u64::from(byte)).wrapping_add(0x9E37_79B9_7F4A_7C15);
        }
        Self::new(mix(hash))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0.next()
    }

    /// Uniform in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 16_777_216.0
    }

    /// Uniform in `[low, high)`.
    pub(super) fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Uniform in `0..count`.
    pub(super) fn below(&mut self, count: usize) -> usize {
        self.0.below(count)
    }

    pub(super) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Plus or minus one.
    pub(super) fn sign(&mut self) -> f32 {
        if self.chance(0.5) { 1.0 } else { -1.0 }
    }

    /// Standard normal, by the sum of twelve uniforms.
    pub(super) fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }
}

/// Smooth value noise in two dimensions, `[0, 1]`, one lattice cell per unit.
pub(super) fn value_noise(seed: u32, x: f32, y: f32) -> f32 {
    let (ix, iy) = (whole(x), whole(y));
    let (fx, fy) = (smooth(x - ix as f32), smooth(y - iy as f32));
    let top = lattice(seed, ix, iy) * (1.0 - fx) + lattice(seed, ix + 1, iy) * fx;
    let bottom = lattice(seed, ix, iy + 1) * (1.0 - fx) + lattice(seed, ix + 1, iy + 1) * fx;
    top * (1.0 - fy) + bottom * fy
}

/// `octaves` of value noise, each half as strong and twice as fine, `[0, 1]`.
pub(super) fn fractal_noise(seed: u32, x: f32, y: f32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut scale, mut total) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * value_noise(seed.wrapping_add(octave * 7919), x * scale, y * scale);
        total += weight;
        weight *= 0.5;
        scale *= 2.0;
    }
    sum / total
}

/// The floor, without the call that `f32::floor` is on older processors.
fn whole(x: f32) -> i32 {
    let near = x as i32;
    if near as f32 > x { near - 1 } else { near }
}

fn lattice(seed: u32, x: i32, y: i32) -> f32 {
    let mut h = seed ^ (x as u32).wrapping_mul(0x85EB_CA6B) ^ (y as u32).wrapping_mul(0xC2B2_AE35);
    h = (h ^ (h >> 15)).wrapping_mul(0x2C1B_3C6D);
    h = (h ^ (h >> 12)).wrapping_mul(0x297A_2D39);
    ((h ^ (h >> 15)) >> 8) as f32 / 16_777_216.0
}

fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// Hermite step: 0 below `low`, 1 above `high`, smooth between.
pub(super) fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    smooth(((x - low) / (high - low)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn streams_of_other_names_differ() {
        assert_ne!(Random::stream(1, 2, "pose").next(), Random::stream(1, 2, "light").next());
    }
}
