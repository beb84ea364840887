//! From light to bytes: exposure, vignetting, noise, clipping, tone curve, sharpening.

use crate::synth::colour::encode;
use crate::synth::frame::Frame;
use crate::synth::picture::Picture;
use crate::synth::random::Random;

/// How the camera turns light into a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sensor {
    /// Exposure against a good one, stops.
    pub(super) ev: f32,
    /// Shot noise: standard deviation at white, share of white.
    pub(super) noise: f32,
    /// Loss of light in the corners, share.
    pub(super) vignette: f32,
    /// Strength of the camera's own sharpening.
    pub(super) sharpening: f32,
    /// Strength of the camera's contrast curve.
    pub(super) contrast: f32,
    /// Gains of red and blue against green.
    pub(super) balance: [f32; 2],
    pub(super) seed: u64,
}

/// Where white paper lies at a good exposure, share of the sensor's range.
const PAPER: f32 = 0.8;
const STEPS: usize = 4096;

impl Sensor {
    pub(super) fn expose(&self, frame: &Frame) -> Picture {
        let gain = PAPER * libm::exp2f(self.ev);
        let gains = [gain * self.balance[0], gain, gain * self.balance[1]];
        let tone = self.tone_curve();
        let mut grain = Grain::new(self.seed);
        let (cx, cy) = (frame.width as f32 / 2.0, frame.height as f32 / 2.0);
        let reach = cx * cx + cy * cy;
        let mut samples = Vec::with_capacity(frame.light.len() * 3);
        for (y, row) in frame.light.chunks_exact(frame.width).enumerate() {
            let dy = y as f32 + 0.5 - cy;
            for (x, light) in row.iter().enumerate() {
                let dx = x as f32 + 0.5 - cx;
                let fall = 1.0 - self.vignette * (dx * dx + dy * dy) / reach;
                let shared = grain.next() * 0.8;
                for c in 0..3 {
                    let signal = (light[c] * gains[c] * fall).min(1.5);
                    let spread = self.noise * (signal + 0.004).sqrt();
                    let value = signal + spread * (shared + 0.6 * grain.next());
                    samples.push(tone[(value.clamp(0.0, 1.0) * STEPS as f32) as usize]);
                }
            }
        }
        let picture = Picture { width: frame.width, height: frame.height, samples };
        picture.sharpened(self.sharpening)
    }

    fn tone_curve(&self) -> Vec<u8> {
        (0..=STEPS)
            .map(|i| {
                let v = encode(i as f32 / STEPS as f32);
                let curve = v * v * (3.0 - 2.0 * v);
                ((v + self.contrast * (curve - v)) * 255.0 + 0.5) as u8
            })
            .collect()
    }
}

/// Normal deviates, quick: a table walked by a small generator.
struct Grain {
    table: Vec<f32>,
    state: u32,
}

impl Grain {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self { table: (0..4096).map(|_| random.normal()).collect(), state: random.next() as u32 | 1 }
    }

    fn next(&mut self) -> f32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        self.table[(self.state >> 20) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Sensor;
    use crate::synth::frame::Frame;

    const QUIET: Sensor =
        Sensor { ev: 0.0, noise: 0.0, vignette: 0.0, sharpening: 0.0, contrast: 0.0, balance: [1.0; 2], seed: 1 };

    fn grey(light: f32, sensor: &Sensor) -> Vec<u8> {
        sensor.expose(&Frame { width: 8, height: 8, light: vec![[light; 3]; 64] }).samples
    }

    #[test]
    fn white_paper_is_light_grey_and_one_stop_more_clips_it() {
        assert_eq!(grey(1.0, &QUIET)[0], 231);
        assert_eq!(grey(1.0, &Sensor { ev: 1.0, ..QUIET })[0], 255);
        assert_eq!(grey(1.0, &Sensor { ev: -2.0, ..QUIET })[0], 124);
    }

    #[test]
    fn noise_spreads_the_bytes_and_keeps_their_mean() {
        let noisy = grey(0.5, &Sensor { noise: 0.03, ..QUIET });
        let mean = noisy.iter().map(|&v| f32::from(v)).sum::<f32>() / noisy.len() as f32;
        assert!((mean - f32::from(grey(0.5, &QUIET)[0])).abs() < 3.0);
        assert!(noisy.iter().max() > noisy.iter().min());
    }
}
