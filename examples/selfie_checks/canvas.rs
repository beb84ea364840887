//! Pictures in linear light that are painted on.

use std::error::Error;

use image::Rgb;
use image::RgbImage;
use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use kyclint::photo::Photo;
use kyclint::pixels::linear_light;
use kyclint::pixels::srgb_code;

use crate::photos::open;
use crate::random::Random;

/// Linear red, green and blue, white at 1.
pub(crate) type Light = [f32; 3];

#[derive(Clone)]
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) light: Vec<Light>,
}

impl Canvas {
    pub(crate) fn of(picture: &RgbImage) -> Self {
        let codes: Vec<f32> = (0..=255_u8).map(|code| linear_light(f32::from(code))).collect();
        let light = picture.pixels().map(|pixel| pixel.0.map(|code| codes[usize::from(code)])).collect();
        Self { width: picture.width() as usize, height: picture.height() as usize, light }
    }

    /// As a camera saves it: a little noise, whole codes.
    pub(crate) fn developed(&self, random: &mut Random) -> RgbImage {
        let noise = random.between(0.4, 1.6);
        RgbImage::from_fn(self.width as u32, self.height as u32, |x, y| {
            let grain = noise * (random.between(-1.0, 1.0) + random.between(-1.0, 1.0));
            let light = self.light[y as usize * self.width + x as usize];
            Rgb(light.map(|light| (srgb_code(light.clamp(0.0, 1.0)) + grain).round().clamp(0.0, 255.0) as u8))
        })
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> Light {
        self.light[y.min(self.height - 1) * self.width + x.min(self.width - 1)]
    }

    /// Between pixels; the edge goes on beyond the picture.
    pub(crate) fn between(&self, x: f32, y: f32) -> Light {
        let (x, y) = (x.clamp(0.0, self.width as f32 - 1.0), y.clamp(0.0, self.height as f32 - 1.0));
        let (left, top) = (x as usize, y as usize);
        let upper = mixed(self.at(left, top), self.at(left + 1, top), x.fract());
        let lower = mixed(self.at(left, top + 1), self.at(left + 1, top + 1), x.fract());
        mixed(upper, lower, y.fract())
    }

    /// Lays over each pixel what `paint` says of its place: a light and how much of it covers.
    pub(crate) fn paint(&mut self, paint: impl Fn(f32, f32, Light) -> Option<(Light, f32)>) {
        for (n, light) in self.light.iter_mut().enumerate() {
            let (x, y) = ((n % self.width) as f32, (n / self.width) as f32);
            if let Some((over, share)) = paint(x, y, *light) {
                *light = mixed(*light, over, share.clamp(0.0, 1.0));
            }
        }
    }

    /// Multiplies the light of each pixel.
    pub(crate) fn shade(&mut self, factor: impl Fn(f32, f32) -> f32) {
        self.paint(|x, y, light| Some((light.map(|light| light * factor(x, y)), 1.0)));
    }

    /// Weighted sums along rows (`[1, 0]`), columns (`[0, 1]`) or any other direction.
    pub(crate) fn smeared(&self, weights: &[f32], [dx, dy]: [f32; 2]) -> Self {
        let middle = (weights.len() / 2) as f32;
        let whole: f32 = weights.iter().sum();
        let pixel = |n: usize| {
            let (x, y) = ((n % self.width) as f32, (n / self.width) as f32);
            let mut sum = [0.0; 3];
            for (step, weight) in weights.iter().enumerate() {
                let along = step as f32 - middle;
                let light = self.between(x + along * dx, y + along * dy);
                sum = [0, 1, 2].map(|channel| sum[channel] + weight / whole * light[channel]);
            }
            sum
        };
        Self { light: (0..self.light.len()).map(pixel).collect(), ..*self }
    }

    /// Blurred by a Gaussian, its sigma in pixels.
    pub(crate) fn blurred(&self, sigma: f32) -> Self {
        let reach = (3.0 * sigma).ceil() as i32;
        let weights: Vec<f32> = (-reach..=reach).map(|step| (-0.5 * (step as f32 / sigma).powi(2)).exp()).collect();
        self.smeared(&weights, [1.0, 0.0]).smeared(&weights, [0.0, 1.0])
    }
}

pub(crate) fn mixed(one: Light, other: Light, part: f32) -> Light {
    [0, 1, 2].map(|channel| one[channel] * (1.0 - part) + other[channel] * part)
}

pub(crate) fn luminance([red, green, blue]: Light) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// From 0 below `low` to 1 above `high`, smoothly; the other way round where `high` is less.
pub(crate) fn ramp(low: f32, high: f32, value: f32) -> f32 {
    let part = ((value - low) / (high - low)).clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}

/// `picture` as the file of a camera.
pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    let encoder = Encoder::new(&mut bytes, quality);
    encoder.encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb)?;
    Ok(bytes)
}

pub(crate) fn photo(bytes: &[u8]) -> Result<Photo, Box<dyn Error>> {
    Ok(open(bytes).ok_or("a derived picture decodes")?)
}
