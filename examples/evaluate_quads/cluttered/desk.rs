//! The plane a document lies in, and drawing things that lie in it.

use image::RgbImage;
use image::Rgba;
use image::Rgba32FImage;
use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;

use super::super::composites::Layout;
use super::super::composites::light::Light;
use super::super::composites::placement::plane_aspect;
use super::super::composites::softness;
use super::LARGEST;
use super::object::Object;

/// Samples along each side of a pixel.
const SAMPLES: usize = 3;
/// Least and most blur of what is drawn, sigma in pixels.
const BLUR: [f64; 2] = [0.5, 1.6];
/// Darkness of the document's own shadow and its width, pixels.
const CONTACT: [f32; 2] = [0.4, 2.5];
/// Room for blur and shadow, pixels.
const ROOM: f64 = 16.0;

/// A table with a document on it.
pub struct Desk {
    /// The document in the plane, its height being 1.
    pub flat: Quad,
    pub to_photo: Homography,
    pub to_plane: Homography,
    /// Pixels per unit of the plane where the document lies.
    pub scale: f64,
    pub frame: [f64; 2],
    blur: f32,
    light: Light,
    /// From the photo to the unit square of the document that `light` was taken from.
    to_lit: Homography,
}

/// Part of the picture that changes: left, top, right and bottom.
struct Window([u32; 4]);

impl Desk {
    /// `None` where the document leaves no room on it.
    pub fn of(layout: &Layout) -> Option<Self> {
        let Layout { picture, original, quad, .. } = layout;
        let frame = [picture.width(), picture.height()].map(f64::from);
        let flat = Quad::rectangle(plane_aspect(quad, frame)?, 1.0);
        let unit = Quad::rectangle(1.0, 1.0);
        (quad.area() < LARGEST * frame[0] * frame[1]).then_some(())?;
        Some(Self {
            flat,
            to_photo: Homography::between(&flat, quad)?,
            to_plane: Homography::between(quad, &flat)?,
            scale: (quad.area() / flat.area()).sqrt(),
            frame,
            blur: softness::sigma(picture, original).clamp(BLUR[0], BLUR[1]) as f32,
            light: Light::of(picture, &Homography::between(&unit, original)?),
            to_lit: Homography::between(original, &unit)?,
        })
    }

    /// Whether a point of the plane lies before the camera.
    fn is_before_camera(&self, at: Point) -> bool {
        let depth = |p: Point| {
            let [g, h, i] = self.to_photo.rows()[2];
            g * p.x + h * p.y + i
        };
        depth(at) / depth(self.flat.0[0]) > 0.2
    }

    /// Draws `object`, only around `document` where one is given.
    pub fn draw(&self, picture: &mut RgbImage, object: &Object, document: Option<&Quad>) {
        let outline = object.outline();
        if !outline.0.iter().all(|&corner| self.is_before_camera(corner)) {
            return;
        }
        let Some(window) = Window::around(&outline.map(|p| self.to_photo.apply(p)), self.frame) else { return };
        let Window([left, top, right, bottom]) = window;
        let sharp = Rgba32FImage::from_fn(right - left, bottom - top, |x, y| self.pixel(object, [left + x, top + y]));
        let layer = image::imageops::blur(&sharp, self.blur);
        let shadow = image::imageops::fast_blur(&layer, object.shadow[1]);
        let offset = (object.shadow[1] * 0.6) as u32;
        for (x, y, pixel) in layer.enumerate_pixels() {
            let cast = shadow.get_pixel(x.saturating_sub(offset / 2), y.saturating_sub(offset)).0[3];
            let at = Point::new(f64::from(left + x) + 0.5, f64::from(top + y) + 0.5);
            let [cover, lit] = document.map_or([1.0, 1.0], |document| around(document, at));
            blend(picture.get_pixel_mut(left + x, top + y), *pixel, object.shadow[0] * cast, [cover, lit]);
        }
    }

    /// Colour 0–255 times coverage, and coverage 0–1, of a pixel of the photo.
    fn pixel(&self, object: &Object, [x, y]: [u32; 2]) -> Rgba<f32> {
        let light = self.light.at(self.to_lit.apply(Point::new(f64::from(x), f64::from(y)))) as f32;
        let place = |at: u32, k: usize| f64::from(at) + (k as f64 + 0.5) / SAMPLES as f64;
        let mut sum = [0.0; 4];
        for sample in 0..SAMPLES * SAMPLES {
            let photo = Point::new(place(x, sample % SAMPLES), place(y, sample / SAMPLES));
            if let Some([red, green, blue]) = object.colour(self.to_plane.apply(photo)) {
                let add = [red * light, green * light, blue * light, 1.0];
                sum.iter_mut().zip(add).for_each(|(sum, value)| *sum += value / (SAMPLES * SAMPLES) as f32);
            }
        }
        Rgba(sum)
    }
}

impl Window {
    /// `None` where `quad` misses the frame.
    fn around(quad: &Quad, [width, height]: [f64; 2]) -> Option<Self> {
        let range = |of: fn(&Point) -> f64, length: f64| {
            let values = || quad.0.iter().map(of);
            let low = values().fold(f64::INFINITY, f64::min) - ROOM;
            let high = values().fold(f64::NEG_INFINITY, f64::max) + ROOM;
            [low.clamp(0.0, length) as u32, high.clamp(0.0, length) as u32]
        };
        let ([left, right], [top, bottom]) = (range(|p| p.x, width), range(|p| p.y, height));
        (left < right && top < bottom).then_some(Self([left, top, right, bottom]))
    }
}

/// How much of a pixel lies beside `document`, and how much of the light the document leaves it.
fn around(document: &Quad, at: Point) -> [f32; 2] {
    let beyond = |[from, to]: [Point; 2]| (at - from).cross((to - from).unit());
    let distance = document.sides().into_iter().map(beyond).fold(f64::NEG_INFINITY, f64::max) as f32;
    let [dark, reach] = CONTACT;
    [distance.clamp(0.0, 1.0), 1.0 - dark * (-distance.max(0.0) / reach).exp()]
}

fn blend(below: &mut image::Rgb<u8>, layer: Rgba<f32>, shadow: f32, [cover, lit]: [f32; 2]) {
    let Rgba([red, green, blue, alpha]) = layer;
    let through = (1.0 - shadow * cover) * (1.0 - alpha * cover);
    for (value, colour) in below.0.iter_mut().zip([red, green, blue]) {
        *value = (f32::from(*value) * through + colour * cover * lit).round().clamp(0.0, 255.0) as u8;
    }
}
