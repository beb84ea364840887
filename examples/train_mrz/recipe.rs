//! How one line is printed, photographed and cut into cells.

use crate::random::Random;

/// What goes wrong with a line beyond the ordinary, in the table of held-out renderings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Nothing,
    Thin,
    Bold,
    OtherTypeface,
    Misplaced,
    Tilted,
    SmallPitch,
    Defocus,
    Motion,
    Noise,
    Jpeg,
    UnevenLight,
    Pattern,
    Faint,
    Overexposed,
    Binarised,
    LightOnDark,
    Specks,
    Mixed,
}

/// Every fault, as the table names it.
pub const FAULTS: [(Fault, &str); 19] = [
    (Fault::Nothing, "ordinary"),
    (Fault::Thin, "thin strokes"),
    (Fault::Bold, "bold strokes"),
    (Fault::OtherTypeface, "deformed typeface"),
    (Fault::Misplaced, "cells misplaced by 3 of 24 px"),
    (Fault::Tilted, "leaning or turned by 2–5 degrees"),
    (Fault::SmallPitch, "5–7 px pitch"),
    (Fault::Defocus, "defocus"),
    (Fault::Motion, "motion blur"),
    (Fault::Noise, "sensor noise"),
    (Fault::Jpeg, "JPEG quality 20–35"),
    (Fault::UnevenLight, "slopes and shadow edges"),
    (Fault::Pattern, "background pattern"),
    (Fault::Faint, "faint ink"),
    (Fault::Overexposed, "overexposed"),
    (Fault::Binarised, "binarised"),
    (Fault::LightOnDark, "light on dark"),
    (Fault::Specks, "specks, scratches, things over it"),
    (Fault::Mixed, "any of them, as in training"),
];

/// Lengths in pitches where nothing else is said.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Pixels of the photo to a pitch.
    pub pitch: f32,
    /// Strokes are so much wider than in the outlines, where they are 0.138 wide.
    pub weight: f32,
    /// Width and height of glyphs, as a share of the usual.
    pub size: [f32; 2],
    /// Height of digits against letters, a share.
    pub digits: f32,
    /// How far the shapes of a typeface stray from the outlines.
    pub deformation: f32,
    /// How far a glyph's own width strays, a share.
    pub widths: f32,
    /// How far a glyph is printed from its place.
    pub scatter: f32,
    /// Tangent of the lean of upright strokes.
    pub lean: f32,
    /// Tangents of the line's tilt on the photo, and of the cells' tilt against the line.
    pub tilt: [f32; 2],
    /// Where the cells are cut against where they are: constant part, slope along the line and its curve, across and down.
    pub offset: [[f32; 3]; 2],
    /// Height of the cut cells against the glyphs', a share.
    pub scale: f32,
    /// Standard deviation of the lens's blur.
    pub blur: f32,
    /// The way of the camera during the exposure.
    pub motion: [f32; 2],
    /// Luma of paper and ink, 0–1, before the tone curve.
    pub paper: f32,
    pub ink: f32,
    /// Exponent of the tone curve and exposure before it.
    pub gamma: f32,
    pub exposure: f32,
    /// Change of light across the line and down it, shares.
    pub slope: [f32; 2],
    /// Light beyond a shadow's edge, a share, and the width of the edge.
    pub shadow: Option<[f32; 2]>,
    /// Depth of the background pattern, a share of the distance from paper to ink.
    pub pattern: f32,
    /// Ink that is missing here and there, a share.
    pub patchy: f32,
    /// Standard deviation of the sensor's noise, luma 0–1.
    pub noise: f32,
    pub jpeg: Option<u8>,
    /// Threshold between paper and ink, a share.
    pub threshold: Option<f32>,
    pub is_light_on_dark: bool,
    pub specks: usize,
    pub scratches: usize,
    /// A thing over the line, so wide.
    pub cover: f32,
    /// Cells are cut from the photo by cubic instead of linear interpolation.
    pub is_cubic: bool,
}

impl Recipe {
    /// A line with `fault` beyond what is ordinary.
    pub fn with(fault: Fault, random: &mut Random) -> Self {
        let mut recipe = Self::ordinary(random);
        if fault == Fault::Mixed {
            let trouble = random.between(0.1, 1.2);
            for (fault, share) in MIXTURE {
                if random.chance(trouble * share) {
                    recipe.spoil(fault, random);
                }
            }
        } else {
            recipe.spoil(fault, random);
        }
        recipe.moderate();
        recipe
    }

    fn ordinary(random: &mut Random) -> Self {
        let pitch = random.octaves(8.0, 26.0);
        Self {
            pitch,
            weight: random.around(0.045),
            size: [1.0 + random.around(0.05), 1.0 + random.around(0.05)],
            digits: random.between(0.91, 1.01),
            deformation: 0.012,
            widths: 0.02,
            scatter: 0.01,
            lean: random.around(0.02),
            tilt: [random.around(0.03), random.around(0.02)],
            offset: [0.06, 0.06].map(|most| [random.around(most), random.around(0.03), random.around(0.03)]),
            scale: 1.0 + random.around(0.05),
            blur: random.between(0.0, 0.05),
            motion: [0.0; 2],
            paper: random.between(0.55, 0.95),
            ink: random.between(0.03, 0.3),
            gamma: random.between(0.7, 1.3),
            exposure: 1.0,
            slope: [random.around(0.15), random.around(0.05)],
            shadow: None,
            pattern: if random.chance(0.3) { random.between(0.0, 0.15) } else { 0.0 },
            patchy: random.between(0.0, 0.15),
            noise: random.between(0.0, 0.02),
            jpeg: random.chance(0.6).then(|| random.between(50.0, 96.0) as u8),
            threshold: None,
            is_light_on_dark: false,
            specks: 0,
            scratches: 0,
            cover: 0.0,
            is_cubic: random.chance(0.25),
        }
    }

    fn spoil(&mut self, fault: Fault, random: &mut Random) {
        match fault {
            Fault::Nothing | Fault::Mixed => {}
            Fault::Thin => self.weight = random.between(-0.075, -0.045),
            Fault::Bold => self.weight = random.between(0.045, 0.1),
            Fault::OtherTypeface => {
                self.deformation = random.between(0.02, 0.045);
                self.widths = random.between(0.03, 0.12);
                self.scatter = random.between(0.01, 0.03);
                self.size = [1.0 + random.around(0.1), 1.0 + random.around(0.1)];
            }
            Fault::Misplaced => {
                let most = random.between(0.08, 0.17);
                let most_down = random.between(0.06, 0.125);
                self.offset = [most, most_down]
                    .map(|most| [random.around(most), random.around(0.5 * most), random.around(0.3 * most)]);
                self.scale = 1.0 + random.between(-0.07, 0.07);
            }
            Fault::Tilted => {
                self.lean = random.around(0.07);
                self.tilt = [random.around(0.09), random.around(0.07)];
            }
            Fault::SmallPitch => self.pitch = random.between(5.0, 8.0),
            Fault::Defocus => self.blur = random.between(0.05, 0.13),
            Fault::Motion => {
                let (sine, cosine) = libm::sincosf(random.between(0.0, std::f32::consts::PI));
                let length = random.between(0.1, 0.35);
                self.motion = [length * cosine, length * sine];
            }
            Fault::Noise => self.noise = random.between(0.02, 0.1),
            Fault::Jpeg => self.jpeg = Some(random.between(20.0, 36.0) as u8),
            Fault::UnevenLight => {
                self.slope = [random.around(0.8), random.around(0.3)];
                let edge = [random.between(0.35, 0.8), random.octaves(0.05, 4.0)];
                self.shadow = random.chance(0.6).then_some(edge);
            }
            Fault::Pattern => self.pattern = random.between(0.15, 0.5),
            Fault::Faint => {
                self.ink = self.paper - (self.paper - self.ink) * random.between(0.12, 0.5);
                self.patchy = random.between(0.0, 0.4);
            }
            Fault::Overexposed => self.exposure = random.between(1.2, 2.2),
            Fault::Binarised => {
                self.threshold = Some(random.between(0.3, 0.7));
                self.pitch = self.pitch.max(12.0);
            }
            Fault::LightOnDark => self.is_light_on_dark = true,
            Fault::Specks => {
                self.specks = random.below(40);
                self.scratches = random.below(4);
                self.cover = if random.chance(0.3) { random.between(0.2, 1.2) } else { 0.0 };
            }
        }
    }

    /// What nobody could read teaches nothing: small print is blurred and deformed less, faint print is quieter.
    fn moderate(&mut self) {
        let sharp = (self.pitch / 12.0).min(1.0);
        self.blur *= sharp;
        self.motion = self.motion.map(|way| way * sharp);
        self.exposure = self.exposure.min(0.85 / self.ink);
        let contrast = (self.paper - self.ink).abs();
        self.noise = self.noise.min(0.25 * contrast * (self.pitch / 10.0).min(1.0));
        self.pattern = if contrast < 0.25 { 0.5 * self.pattern } else { self.pattern };
        if self.pitch < 8.0 {
            self.jpeg = self.jpeg.map(|quality| quality.max(40));
        }
    }
}

/// How often each fault befalls a line of training that has its share of trouble.
const MIXTURE: [(Fault, f32); 17] = [
    (Fault::Thin, 0.12),
    (Fault::Bold, 0.15),
    (Fault::OtherTypeface, 0.3),
    (Fault::Misplaced, 0.35),
    (Fault::Tilted, 0.15),
    (Fault::SmallPitch, 0.2),
    (Fault::Defocus, 0.2),
    (Fault::Motion, 0.12),
    (Fault::Noise, 0.2),
    (Fault::Jpeg, 0.12),
    (Fault::UnevenLight, 0.2),
    (Fault::Pattern, 0.25),
    (Fault::Faint, 0.15),
    (Fault::Overexposed, 0.07),
    (Fault::Binarised, 0.12),
    (Fault::LightOnDark, 0.02),
    (Fault::Specks, 0.12),
];
