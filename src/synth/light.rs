//! Light on the plane: lamps, shadows, mirror images of lamps. All in mm from the document's centre.

use crate::synth::path::Point;
use crate::synth::path::turn;
use crate::synth::random::smoothstep;
use crate::synth::random::value_noise;

/// What shines on the plane.
#[derive(Clone, Debug)]
pub(super) struct Light {
    /// Colour of the light, green about 1.
    pub(super) tint: [f32; 3],
    /// Change of brightness per mm, along x and y.
    pub(super) slope: Point,
    pub(super) shadow: Option<Shadow>,
    pub(super) glare: Vec<Glare>,
}

/// Something stands between lamp and plane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shadow {
    pub(super) shape: Caster,
    /// Width of the half-shadow, mm.
    pub(super) penumbra: f32,
    /// Share of the light that is missing in the full shadow.
    pub(super) depth: f32,
}

/// What throws the shadow.
#[derive(Clone, Copy, Debug)]
pub(super) enum Caster {
    /// Everything on one side of a line: its normal (unit) and its distance from the centre, mm.
    Edge { normal: Point, offset: f32 },
    /// A telephone held above: centre, half sizes, sine and cosine of its turn.
    Telephone { centre: Point, half: Point, turned: (f32, f32) },
}

impl Shadow {
    /// How much of the lamp is hidden, `[0, 1]`.
    pub(super) fn cover(&self, p: Point) -> f32 {
        let distance = match self.shape {
            Caster::Edge { normal, offset } => p[0] * normal[0] + p[1] * normal[1] - offset,
            Caster::Telephone { centre, half, turned: (sin, cos) } => {
                let (dx, dy) = (p[0] - centre[0], p[1] - centre[1]);
                rounded_box([dx * cos + dy * sin, dy * cos - dx * sin], half, 8.0)
            }
        };
        1.0 - smoothstep(-self.penumbra / 2.0, self.penumbra / 2.0, distance)
    }
}

/// The mirror image of a lamp in the document's surface.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glare {
    pub(super) centre: Point,
    /// Half sizes of the part where pale paper is lifted to the sensor's white, mm.
    pub(super) half: Point,
    pub(super) turned: (f32, f32),
    /// A window or a lamp with straight sides.
    pub(super) straight: bool,
    /// Strength of the halo around it, share of white.
    pub(super) halo: f32,
    pub(super) noise: u32,
}

impl Glare {
    /// Distance from the core in core radii: below 1 inside.
    fn distance(&self, p: Point) -> f32 {
        let (dx, dy) = (p[0] - self.centre[0], p[1] - self.centre[1]);
        let (sin, cos) = self.turned;
        let (u, v) = ((dx * cos + dy * sin) / self.half[0], (dy * cos - dx * sin) / self.half[1]);
        let ripple = 1.0 + 0.22 * (value_noise(self.noise, p[0] / 7.0, p[1] / 7.0) - 0.5);
        if self.straight {
            let (a, b) = (u * u, v * v);
            (a * a + b * b).sqrt().sqrt() * ripple
        } else {
            (u * u + v * v).sqrt() * ripple
        }
    }

    /// Mirrored light, 1 is white paper's: above 1 in the core, about 0.55 at distance 1, with a soft halo.
    fn strength(&self, p: Point) -> f32 {
        let d = self.distance(p);
        if d > 6.0 {
            return 0.0;
        }
        let inner = 1.55 * d;
        let core = if inner < 1.0 { 1.2 + 3.0 * (1.0 - inner) } else { 1.2 * (1.0 - smoothstep(0.9, 2.1, inner)) };
        let fade = 1.0 - d / 6.0;
        core + self.halo * fade * fade * fade
    }

    /// Whether the mirrored light lifts pale paper to the sensor's white.
    pub(super) fn blinds(&self, p: Point) -> bool {
        self.distance(p) < 1.0
    }
}

impl Light {
    /// Light that reaches the plane at `p`; the shadow is a little bluer than the light.
    pub(super) fn falling(&self, p: Point) -> [f32; 3] {
        let even = (1.0 + self.slope[0] * p[0] + self.slope[1] * p[1]).max(0.15);
        let hidden = self.shadow.map_or(0.0, |shadow| shadow.cover(p) * shadow.depth);
        let share = [1.0, 0.985, 0.95];
        [0, 1, 2].map(|c| self.tint[c] * even * (1.0 - hidden * share[c]))
    }

    /// Light mirrored towards the camera at `p`.
    pub(super) fn mirrored(&self, p: Point) -> f32 {
        self.glare.iter().map(|glare| glare.strength(p)).sum()
    }

    /// Shares of a document of `size` mm: blinded by glare, and with more than half of the shadow's depth missing.
    pub(super) fn shares(&self, size: Point) -> (f32, f32) {
        const STEPS: u16 = 160;
        let (mut blind, mut dark) = (0_u32, 0_u32);
        for i in 0..STEPS {
            for j in 0..STEPS {
                let at = |k: u16, s: f32| ((f32::from(k) + 0.5) / f32::from(STEPS) - 0.5) * s;
                let p = [at(i, size[0]), at(j, size[1])];
                blind += u32::from(self.glare.iter().any(|glare| glare.blinds(p)));
                dark += u32::from(self.shadow.is_some_and(|shadow| shadow.cover(p) > 0.5));
            }
        }
        let all = f32::from(STEPS) * f32::from(STEPS);
        (blind as f32 / all, dark as f32 / all)
    }
}

/// Signed distance to a box with rounded corners around the origin.
pub(super) fn rounded_box(p: Point, half: Point, radius: f32) -> f32 {
    let q = [0, 1].map(|i| p[i].abs() - half[i] + radius);
    let outside = [0, 1].map(|i| q[i].max(0.0));
    (outside[0] * outside[0] + outside[1] * outside[1]).sqrt() + q[0].max(q[1]).min(0.0) - radius
}

/// A shadow's straight edge through a share of the document: `normal` in turns, `share` of the way from side to side.
pub(super) fn edge(normal_turns: f32, offset: f32) -> Caster {
    let (sin, cos) = turn(normal_turns);
    Caster::Edge { normal: [cos, sin], offset }
}

#[cfg(test)]
mod tests {
    use super::Glare;
    use super::Light;
    use super::Shadow;
    use super::edge;
    use super::rounded_box;

    const EVEN: Light = Light { tint: [1.0; 3], slope: [0.0; 2], shadow: None, glare: Vec::new() };

    #[test]
    fn an_edge_through_the_middle_darkens_half_the_document() {
        let shadow = Shadow { shape: edge(0.0, 0.0), penumbra: 2.0, depth: 0.5 };
        let light = Light { shadow: Some(shadow), ..EVEN };
        assert!((light.shares([80.0, 50.0]).1 - 0.5).abs() < 0.01);
        assert!((light.falling([-20.0, 0.0])[0] - 0.5).abs() < 1e-6);
        assert!((light.falling([20.0, 0.0])[0] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_glare_spot_blinds_about_its_own_area() {
        let spot =
            Glare { centre: [0.0; 2], half: [10.0, 5.0], turned: (0.0, 1.0), straight: false, halo: 0.3, noise: 1 };
        let light = Light { glare: vec![spot], ..EVEN };
        let share = std::f32::consts::PI * 50.0 / 4000.0;
        assert!((light.shares([80.0, 50.0]).0 / share - 1.0).abs() < 0.25);
        assert!(light.mirrored([0.0, 0.0]) > 1.0 && light.mirrored([39.0, 24.0]) < 0.1);
    }

    #[test]
    fn distances_to_a_box_are_signed() {
        assert!((rounded_box([12.0, 0.0], [10.0, 5.0], 1.0) - 2.0).abs() < 1e-6);
        assert!((rounded_box([0.0, 0.0], [10.0, 5.0], 1.0) + 5.0).abs() < 1e-6);
    }
}
