//! A template into a photo: perspective, light, blur and the shadow where it touches the table.

use image::RgbImage;
use image::Rgba;
use image::Rgba32FImage;
use image::RgbaImage;
use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;

use super::light::Light;
use super::softness;
use super::template::Template;

/// Samples along each side of a pixel.
const SAMPLES: usize = 2;
/// Blur that sampling brings with it, sigma in pixels.
const OWN_BLUR: f64 = 0.45;
/// The blur that is matched at most.
const MOST_BLUR: f64 = 1.6;
/// Sigma, offset in pixels and darkness of the contact shadow.
const SHADOW_BLUR: f32 = 1.6;
const SHADOW_OFFSET: u32 = 1;
const SHADOW: f32 = 0.35;
/// Room for blur and shadow around the template, pixels.
const ROOM: f64 = 10.0;

/// Part of the picture that changes.
struct Window {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// The template as it lies in the picture.
struct Laid<'a> {
    picture: RgbaImage,
    /// From pixels of the photo to the unit square of the template.
    to_template: Homography,
    /// Corner radius and height, widths of the template.
    radius: f64,
    height: f64,
    light: &'a Light,
    /// From pixels of the photo to the unit square of the document below.
    to_original: Homography,
}

/// Lays `template` on `quad`, over the document `original`. `None` where either is no view of a rectangle.
pub fn paste(picture: &mut RgbImage, template: &Template, quad: &Quad, original: &Quad) -> Option<()> {
    let unit = Quad::rectangle(1.0, 1.0);
    let light = Light::of(picture, &Homography::between(&unit, original)?);
    let laid = Laid {
        picture: template.at_width(1.4 * mean_width(quad)),
        to_template: Homography::between(quad, &unit)?,
        radius: template.radius(),
        height: 1.0 / template.aspect(),
        light: &light,
        to_original: Homography::between(original, &unit)?,
    };
    let window = Window::around(quad, picture);
    let blur = softness::sigma(picture, original).min(MOST_BLUR);
    let sharp = Rgba32FImage::from_fn(window.width, window.height, |x, y| laid.pixel(window.left + x, window.top + y));
    let layer = image::imageops::blur(&sharp, (blur * blur - OWN_BLUR * OWN_BLUR).max(0.01).sqrt() as f32);
    let shadow = image::imageops::blur(&sharp, SHADOW_BLUR);
    blend(picture, &window, &layer, &shadow);
    Some(())
}

impl Laid<'_> {
    /// Colour 0–255 times coverage, and coverage 0–1, of a pixel of the photo.
    fn pixel(&self, x: u32, y: u32) -> Rgba<f32> {
        let mut sum = [0.0; 4];
        for sample in 0..SAMPLES * SAMPLES {
            let offset = |k: usize| (k as f64 + 0.5) / SAMPLES as f64;
            let [dx, dy] = [offset(sample % SAMPLES), offset(sample / SAMPLES)];
            let colour = self.sample(Point::new(f64::from(x) + dx, f64::from(y) + dy));
            sum.iter_mut().zip(colour).for_each(|(sum, value)| *sum += value / (SAMPLES * SAMPLES) as f32);
        }
        Rgba(sum)
    }

    fn sample(&self, photo: Point) -> [f32; 4] {
        let at = self.to_template.apply(photo);
        if !self.covers(at) {
            return [0.0; 4];
        }
        let [red, green, blue, alpha] = bilinear(&self.picture, at);
        let light = self.light.at(self.to_original.apply(photo)) as f32;
        [red * light, green * light, blue * light, alpha]
    }

    /// Whether a point of the unit square lies within the rounded outline.
    fn covers(&self, at: Point) -> bool {
        let beyond = |v: f64, length: f64| (self.radius - v).max(v - (length - self.radius)).max(0.0);
        let inside = (0.0..1.0).contains(&at.x) && (0.0..1.0).contains(&at.y);
        inside && beyond(at.x, 1.0).hypot(beyond(at.y * self.height, self.height)) <= self.radius
    }
}

impl Window {
    fn around(quad: &Quad, picture: &RgbImage) -> Self {
        let range = |of: fn(&Point) -> f64, length: u32| {
            let values = quad.0.iter().map(of);
            let (low, high) = values.fold((f64::INFINITY, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
            let start = (low - ROOM).max(0.0) as u32;
            (start, ((high + ROOM) as u32).min(length) - start)
        };
        let ((left, width), (top, height)) = (range(|p| p.x, picture.width()), range(|p| p.y, picture.height()));
        Self { left, top, width, height }
    }
}

fn blend(picture: &mut RgbImage, window: &Window, layer: &Rgba32FImage, shadow: &Rgba32FImage) {
    for (x, y, pixel) in layer.enumerate_pixels() {
        let cast = shadow.get_pixel(x.saturating_sub(SHADOW_OFFSET), y.saturating_sub(SHADOW_OFFSET)).0[3];
        let below = picture.get_pixel_mut(window.left + x, window.top + y);
        let through = (1.0 - SHADOW * cast) * (1.0 - pixel.0[3]);
        for (channel, value) in below.0.iter_mut().enumerate() {
            *value = (f32::from(*value) * through + pixel.0[channel]).round().clamp(0.0, 255.0) as u8;
        }
    }
}

/// Premultiplied colour 0–255 and alpha 0–1 at a point of the unit square.
fn bilinear(picture: &RgbaImage, at: Point) -> [f32; 4] {
    let place = |share: f64, length: u32| {
        let v = (share * f64::from(length) - 0.5).clamp(0.0, f64::from(length - 1));
        let first = v as u32;
        (first, (first + 1).min(length - 1), (v - f64::from(first)) as f32)
    };
    let (left, right, fx) = place(at.x, picture.width());
    let (top, bottom, fy) = place(at.y, picture.height());
    let mut sum = [0.0; 4];
    for (x, y, weight) in [
        (left, top, (1.0 - fx) * (1.0 - fy)),
        (right, top, fx * (1.0 - fy)),
        (left, bottom, (1.0 - fx) * fy),
        (right, bottom, fx * fy),
    ] {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(f32::from);
        let share = weight * alpha / 255.0;
        sum.iter_mut().zip([red, green, blue, 1.0]).for_each(|(sum, value)| *sum += value * share);
    }
    sum
}

/// Mean length of the first side and the one opposite.
fn mean_width(quad: &Quad) -> f64 {
    let [a, b, c, d] = quad.0;
    f64::midpoint((b - a).length(), (c - d).length())
}
