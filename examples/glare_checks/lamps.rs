//! Light added to photos: mirrored lamps, and what must not be taken for one. All in linear light.

use std::f64::consts::TAU;

use kyclint::geometry::Point;
use kyclint::geometry::Quad;

use crate::random::Random;

/// A photo in linear light, 1 being the sensor's white.
#[derive(Clone)]
pub struct Linear {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<[f32; 3]>,
}

/// How a mirrored lamp's light falls off from its core.
#[derive(Clone, Copy)]
enum Profile {
    Gauss,
    Exponential,
    Lorentz,
    /// A window: straight sides and a weak halo.
    Straight,
}

/// A mirrored lamp.
pub struct Lamp {
    centre: Point,
    /// Half axes of the part in which dark print is lifted to more than half of white, pixels.
    half: [f64; 2],
    turned: (f64, f64),
    profile: Profile,
    /// Light in the middle, 1 being white.
    strength: f64,
    tint: [f32; 3],
}

impl Lamp {
    /// A lamp of about `area` pixels at `centre`, of random shape.
    pub fn draw(centre: Point, area: f64, random: &mut Random) -> Self {
        let profile = random.choose(&[Profile::Gauss, Profile::Exponential, Profile::Lorentz, Profile::Straight]);
        let aspect = random.choose(&[1.0, 1.2, 1.3, 2.0, 3.0, 7.0]);
        let radius = (area / std::f64::consts::PI).sqrt();
        let strength = if random.unit() < 0.15 { random.between(0.35, 0.8) } else { random.log_between(0.9, 15.0) };
        Self {
            centre,
            half: [radius * f64::sqrt(aspect), radius / f64::sqrt(aspect)],
            turned: random.between(0.0, std::f64::consts::PI).sin_cos(),
            profile,
            strength,
            tint: [0; 3].map(|_| random.between(0.9, 1.0) as f32),
        }
    }

    fn light(&self, x: f64, y: f64) -> f64 {
        let (dx, dy, (sin, cos)) = (x - self.centre.x, y - self.centre.y, self.turned);
        let (u, v) = ((dx * cos + dy * sin) / self.half[0], (dy * cos - dx * sin) / self.half[1]);
        let border = (0.5 * self.strength).min(0.6);
        let fall = (self.strength / border).ln();
        let squared = u * u + v * v;
        match self.profile {
            Profile::Gauss => self.strength * (-squared * fall).exp(),
            Profile::Exponential => self.strength * (-squared.sqrt() * fall).exp(),
            Profile::Lorentz => self.strength / (1.0 + squared * (self.strength / border - 1.0)),
            Profile::Straight => {
                let out = (u.powi(4) + v.powi(4)).sqrt().sqrt() - 1.0;
                if out < 0.0 { self.strength.max(border) } else { 0.6 * border * (-3.0 * out).exp() }
            }
        }
    }

    pub fn shine(&self, photo: &mut Linear) {
        photo.change(|x, y, rgb| {
            let light = self.light(x, y) as f32;
            [0, 1, 2].map(|c| rgb[c] + light * self.tint[c])
        });
    }
}

impl Linear {
    pub fn change(&mut self, to: impl Fn(f64, f64, [f32; 3]) -> [f32; 3]) {
        for (index, rgb) in self.rgb.iter_mut().enumerate() {
            *rgb = to((index % self.width) as f64 + 0.5, (index / self.width) as f64 + 0.5, *rgb);
        }
    }

    /// The same photo exposed by `stops` more.
    pub fn expose(&mut self, stops: f64) {
        let gain = stops.exp2() as f32;
        self.change(|_, _, rgb| rgb.map(|light| light * gain));
    }

    /// Broad weak sheen over about half of the document: no print is lost.
    pub fn sheen(&mut self, quad: &Quad, random: &mut Random) {
        let (sin, cos) = random.between(0.0, TAU).sin_cos();
        let (middle, width, white) = (at(quad, 0.5, 0.5), quad.short_side() * 0.4, random.between(0.1, 0.2));
        self.change(|x, y, rgb| {
            let along = ((x - middle.x) * cos + (y - middle.y) * sin) / width;
            rgb.map(|light| light + (white / (1.0 + (-along).exp())) as f32)
        });
    }

    /// A round hologram in the colours of the rainbow.
    pub fn hologram(&mut self, quad: &Quad, random: &mut Random) {
        let (middle, radius) = (
            at(quad, random.between(0.2, 0.8), random.between(0.2, 0.8)),
            quad.short_side() * random.between(0.07, 0.18),
        );
        let (rings, strength) = (random.between(0.6, 2.0), random.between(0.2, 0.6));
        self.change(|x, y, rgb| {
            let (dx, dy) = (x - middle.x, y - middle.y);
            let (out, angle) = (dx.hypot(dy) / radius, dy.atan2(dx));
            if out > 1.0 {
                return rgb;
            }
            let cover = strength * (0.6 + 0.4 * (angle * 5.0 + out * 9.0).cos());
            [0, 1, 2].map(|c| {
                let hue = 0.5 + 0.5 * (TAU * (out * rings + c as f64 / 3.0)).cos();
                rgb[c] * (1.0 - 0.3 * cover as f32) + (hue * cover) as f32
            })
        });
    }

    /// A white sticker with sharp sides.
    pub fn sticker(&mut self, quad: &Quad, random: &mut Random) {
        let middle = at(quad, random.between(0.15, 0.85), random.between(0.15, 0.85));
        let half = [0; 2].map(|_| quad.short_side() * random.between(0.03, 0.2));
        let white = random.between(0.75, 1.0) as f32;
        self.change(|x, y, rgb| {
            let out = ((x - middle.x).abs() - half[0]).max((y - middle.y).abs() - half[1]);
            let cover = (0.5 - out).clamp(0.0, 1.0) as f32;
            rgb.map(|light| light * (1.0 - cover) + white * cover)
        });
    }

    /// Light of a flash, brightest at the middle of the document, where pale paper stays below white.
    pub fn vignette(&mut self, quad: &Quad, random: &mut Random) {
        let (middle, reach) = (at(quad, 0.5, 0.5), quad.short_side() * random.between(0.6, 1.2));
        let mut lights: Vec<f32> = self.rgb.iter().map(|rgb| rgb[1]).collect();
        let pale = 19 * lights.len() / 20;
        let gain = 0.85 / f64::from(lights.select_nth_unstable_by(pale, f32::total_cmp).1.max(0.05));
        self.change(|x, y, rgb| {
            let out = (x - middle.x).hypot(y - middle.y) / reach;
            rgb.map(|light| light * (gain.min(1.1) / (1.0 + out * out)) as f32)
        });
    }
}

/// The point of `quad` in the shares `u` and `v` of its sides.
pub fn at(quad: &Quad, u: f64, v: f64) -> Point {
    let [a, b, c, d] = *quad.corners();
    a.towards(b, u).towards(d.towards(c, u), v)
}
