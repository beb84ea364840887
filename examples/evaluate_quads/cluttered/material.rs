//! What the things on a table are covered with.

use image::Rgb;
use image::RgbImage;
use image::imageops::FilterType;
use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;

use super::super::composites::Template;
use super::super::composites::placement::plane_aspect;
use super::super::derived::Scene;
use super::super::measure::open;
use super::super::picture;
use super::super::random::Random;
use super::object::Colour;

/// Longer side of what is kept of a picture, pixels.
const LONG_SIDE: f64 = 900.0;
/// Covers of books and folders, and bodies of pens.
const PAINTS: [Colour; 10] = [
    [35.0, 38.0, 44.0],
    [60.0, 62.0, 66.0],
    [235.0, 233.0, 226.0],
    [205.0, 206.0, 208.0],
    [32.0, 62.0, 120.0],
    [140.0, 28.0, 34.0],
    [36.0, 96.0, 70.0],
    [222.0, 170.0, 40.0],
    [120.0, 84.0, 56.0],
    [96.0, 130.0, 170.0],
];

/// Pictures to cut from.
pub struct Materials {
    /// Documents of the photos, flat.
    papers: Vec<RgbImage>,
    /// Whole photos and flat templates.
    pictures: Vec<RgbImage>,
}

impl Materials {
    pub fn collect(scenes: &[Scene], templates: &[Template]) -> Self {
        let (mut papers, mut pictures) = (Vec::new(), Vec::new());
        for scene in scenes {
            if let Some(photo) = open(&scene.row.path).map(|photo| picture::of(&photo)) {
                papers.extend(flattened(&photo, &scene.truth));
                pictures.push(reduced(&photo, LONG_SIDE));
            }
        }
        let opaque = |template: &Template| image::DynamicImage::from(template.picture().clone()).to_rgb8();
        pictures.extend(templates.iter().map(|template| reduced(&opaque(template), LONG_SIDE)));
        Self { papers, pictures }
    }

    /// A whole paper, at most `long_side` pixels long.
    pub fn paper(&self, long_side: f64, random: &mut Random) -> RgbImage {
        reduced(random.pick(&self.papers), long_side)
    }

    /// A part of some picture, at most `long_side` pixels long; wider than high by `aspect`.
    pub fn patch(&self, aspect: f64, long_side: f64, random: &mut Random) -> RgbImage {
        let picture = random.pick(&self.pictures);
        let [width, height] = [picture.width(), picture.height()].map(f64::from);
        let wide = width.min(height * aspect) * random.between(0.4, 0.9);
        let high = wide / aspect;
        let (left, top) = (random.between(0.0, width - wide), random.between(0.0, height - high));
        let [left, top, wide, high] = [left, top, wide.max(1.0), high.max(1.0)].map(|v| v as u32);
        reduced(&image::imageops::crop_imm(picture, left, top, wide, high).to_image(), long_side)
    }
}

/// Some paint, no two things of quite the same.
pub fn paint(random: &mut Random) -> Colour {
    let (paint, light) = (*random.pick(&PAINTS), random.between(0.8, 1.1));
    paint.map(|channel| (channel * (light + random.between(-0.05, 0.05)) as f32).clamp(0.0, 255.0))
}

/// Paint that is not quite evenly lit, with a frame or a band of another paint on some.
pub fn cover(random: &mut Random) -> RgbImage {
    let [ground, second] = [paint(random), paint(random)];
    let (slope, band) = ([random.between(-0.1, 0.1), random.between(-0.1, 0.1)], random.between(0.05, 0.3));
    let (banded, framed) = (random.chance(0.4), random.chance(0.2));
    RgbImage::from_fn(200, 200, |x, y| {
        let [x, y] = [x, y].map(|v| f64::from(v) / 200.0);
        let at_frame = framed && x.min(y).min(1.0 - x).min(1.0 - y) < 0.05;
        let colour = if banded && (0.6..0.6 + band).contains(&x) || at_frame { second } else { ground };
        let light = 0.95 + slope[0] * x + slope[1] * y;
        Rgb(colour.map(|channel| (channel * light as f32).clamp(0.0, 255.0) as u8))
    })
}

/// The document of a photo as seen from above.
fn flattened(photo: &RgbImage, document: &Quad) -> Option<RgbImage> {
    let aspect = plane_aspect(document, [photo.width(), photo.height()].map(f64::from))?;
    let [width, height] = [LONG_SIDE * aspect.min(1.0), LONG_SIDE / aspect.max(1.0)];
    let map = Homography::between(&Quad::rectangle(width, height), document)?;
    Some(RgbImage::from_fn(width as u32, height as u32, |x, y| {
        let at = map.apply(Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5));
        let x = at.x.clamp(0.0, f64::from(photo.width() - 1)) as u32;
        *photo.get_pixel(x, at.y.clamp(0.0, f64::from(photo.height() - 1)) as u32)
    }))
}

fn reduced(picture: &RgbImage, long_side: f64) -> RgbImage {
    let scale = (long_side / f64::from(picture.width().max(picture.height()))).min(1.0);
    let [width, height] = [picture.width(), picture.height()].map(|side| (f64::from(side) * scale).ceil() as u32);
    image::imageops::resize(picture, width.max(1), height.max(1), FilterType::Triangle)
}
