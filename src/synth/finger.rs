//! Fingers that hold the document and hide part of it.

use crate::synth::colour::Rgb;
use crate::synth::colour::linear;
use crate::synth::path::Point;
use crate::synth::portrait::SKIN_TONES;
use crate::synth::random::smoothstep;
use crate::synth::random::value_noise;

/// What covers the hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// Bare: index of the skin tone, light to dark.
    Skin(usize),
    /// A glove of this colour.
    Glove(Rgb),
}

/// One finger on the document, from outside to its tip. Plane coordinates, mm.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finger {
    pub(super) root: Point,
    pub(super) tip: Point,
    pub(super) radius: f32,
    pub(super) hand: Hand,
}

/// A finger seen at a point.
pub(super) struct Touch {
    /// Share of the point it hides.
    pub(super) cover: f32,
    /// What it reflects, linear.
    pub(super) skin: [f32; 3],
    /// Light it keeps from the document beside it, share.
    pub(super) shade: f32,
}

impl Finger {
    pub(super) fn at(&self, p: Point, blur: f32) -> Option<Touch> {
        let axis = [self.tip[0] - self.root[0], self.tip[1] - self.root[1]];
        let length = (axis[0] * axis[0] + axis[1] * axis[1]).sqrt().max(1e-3);
        let unit = [axis[0] / length, axis[1] / length];
        let d = [p[0] - self.root[0], p[1] - self.root[1]];
        let (along, across) = (d[0] * unit[0] + d[1] * unit[1], d[1] * unit[0] - d[0] * unit[1]);
        // The tip is a little slimmer than the root.
        let radius = self.radius * (1.0 - 0.16 * smoothstep(length - 24.0, length, along));
        let beyond = (along - (length - radius)).max(0.0);
        let distance = (across * across + beyond * beyond).sqrt() - radius;
        if distance > 6.0 {
            return None;
        }
        Some(Touch {
            cover: smoothstep(blur, -blur, distance),
            skin: self.shaded(along - length, across / radius, distance / radius),
            shade: 0.55 * smoothstep(5.0, 0.0, distance),
        })
    }

    /// Whether the finger hides the point.
    pub(super) fn hides(&self, p: Point) -> bool {
        self.at(p, 0.05).is_some_and(|touch| touch.cover > 0.5)
    }

    /// `from_tip` mm behind the tip (negative), `across` and `depth` in radii.
    fn shaded(&self, from_tip: f32, across: f32, depth: f32) -> [f32; 3] {
        let (base, bare) = match self.hand {
            Hand::Skin(tone) => (linear(SKIN_TONES[tone]), true),
            Hand::Glove(colour) => (linear(colour), false),
        };
        let round = (1.0 - (1.0 + depth).clamp(0.0, 1.0) * (1.0 + depth).clamp(0.0, 1.0)).max(0.0).sqrt();
        let mut level = 0.38 + 0.62 * round + 0.12 * across;
        let grain = value_noise(77, from_tip * 1.1, across * 16.0) - 0.5;
        level *= 1.0 + if bare { 0.07 } else { 0.16 } * grain;
        if bare {
            for crease in [-20.0, -23.0] {
                level *= 1.0 - 0.22 * smoothstep(0.9, 0.0, (from_tip - crease + across * across * 1.2).abs());
            }
        }
        let nail = if bare { nail(from_tip, across) } else { 0.0 };
        let red = if bare { [1.04, 0.96, 0.93] } else { [1.0; 3] };
        let tint = [0.16, 0.1, 0.09];
        [0, 1, 2].map(|c| level * base[c] * red[c] * (1.0 - 0.1 * nail) + nail * tint[c])
    }
}

/// The nail: 1 on it, 0 beside it.
fn nail(from_tip: f32, across: f32) -> f32 {
    let (u, v) = ((from_tip + 8.2) / 6.4, across / 0.62);
    let (u2, v2) = (u * u, v * v);
    smoothstep(1.15, 0.85, u2 * u2 + v2 * v2)
}

#[cfg(test)]
mod tests {
    use super::Finger;
    use super::Hand;

    #[test]
    fn a_finger_hides_its_own_width_and_no_more() {
        let finger = Finger { root: [-40.0, 0.0], tip: [0.0, 0.0], radius: 8.0, hand: Hand::Skin(3) };
        assert!(finger.hides([-30.0, 7.0]) && !finger.hides([-30.0, 9.0]));
        assert!(finger.hides([-1.0, 0.0]) && !finger.hides([1.0, 0.0]));
    }
}
