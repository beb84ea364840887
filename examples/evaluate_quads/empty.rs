//! Tables without a document: parts of real photos that miss their documents.

use std::error::Error;
use std::path::Path;

use image::RgbImage;
use image::imageops::FilterType;
use kyclint::geometry::Quad;

use super::derived;
use super::derived::Derived;
use super::derived::Scene;
use super::derived::stem;
use super::measure::open;
use super::picture;
use super::random::Random;

/// Distance kept from the document, share of the frame's side.
const MARGIN: f64 = 0.03;
/// Shortest side of a photo, and of what is mirrored to fill one, pixels.
const SHORTEST: f64 = 300.0;
const SHORTEST_TILE: f64 = 200.0;
/// Share of the photos that are mirrored tiles.
const TILED: f64 = 0.3;
const LONGEST: f64 = 1600.0;
/// Tiles along the longer side of a frame, and the least length of that side, pixels: many small tiles are ornaments.
const TILES: f64 = 2.2;
const SHORTEST_FRAME: f64 = 640.0;
const ASPECTS: [f64; 3] = [4.0 / 3.0, 3.0 / 4.0, 16.0 / 9.0];
const QUALITIES: [f64; 2] = [85.0, 93.0];

/// Part of a picture: left, top, width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part([f64; 4]);

/// Writes `count` photos and their `labels.csv`; the same `seed` gives the same files.
pub fn write(folder: &Path, count: usize, seed: u64) -> Result<(), Box<dyn Error>> {
    let sets = derived::sets()?;
    let scenes = derived::scenes(&sets);
    let mut random = Random::new(seed);
    let tries = scenes.iter().cycle().take(count * 20);
    derived::write(folder, tries.filter_map(|scene| empty(scene, &mut random)).take(count))
}

fn empty(scene: &Scene, random: &mut Random) -> Option<Derived> {
    let photo = picture::of(&open(&scene.row.path)?);
    let frame = [photo.width(), photo.height()].map(f64::from);
    let beside = beside(&scene.truth, frame);
    let tiled = random.chance(TILED);
    let picture = if tiled { tiles(&photo, &beside, random) } else { crop(&photo, &beside, random) }?;
    Some(Derived {
        name: format!("{}_table", stem(&scene.row.name)),
        picture,
        quad: None,
        document_type: "scene".to_owned(),
        labels: format!("{};{}", scene.set, if tiled { "tiled" } else { "cropped" }),
        quality: random.between(QUALITIES[0], QUALITIES[1]) as u8,
    })
}

/// The largest parts of a frame left of, above, right of and below its document.
fn beside(document: &Quad, [width, height]: [f64; 2]) -> [Part; 4] {
    let reach = |of: [f64; 4], length: f64| {
        let low = of.into_iter().fold(length, f64::min) - MARGIN * length;
        let high = of.into_iter().fold(0.0, f64::max) + MARGIN * length;
        [low.max(0.0), high.min(length)]
    };
    let ([left, right], [top, bottom]) =
        (reach(document.0.map(|p| p.x), width), reach(document.0.map(|p| p.y), height));
    [
        Part([0.0, 0.0, left, height]),
        Part([0.0, 0.0, width, top]),
        Part([right, 0.0, width - right, height]),
        Part([0.0, bottom, width, height - bottom]),
    ]
}

/// A random part of one of `parts` in its own pixels.
fn crop(photo: &RgbImage, parts: &[Part], random: &mut Random) -> Option<RgbImage> {
    let aspect = *random.pick(&ASPECTS);
    let inside = within(parts, aspect, SHORTEST, random)?;
    let picture = cut(photo, inside);
    let scale = LONGEST / f64::from(picture.width().max(picture.height()));
    Some(if scale < 1.0 { resized(&picture, scale) } else { picture })
}

/// A random part of one of `parts`, mirrored until it fills a frame.
fn tiles(photo: &RgbImage, parts: &[Part], random: &mut Random) -> Option<RgbImage> {
    let tile_aspect = random.between(0.6, 1.6);
    let tile = cut(photo, within(parts, tile_aspect, SHORTEST_TILE, random)?);
    let tile_long = f64::from(tile.width().max(tile.height()));
    let (long, aspect) = ((TILES * tile_long).clamp(SHORTEST_FRAME, LONGEST), *random.pick(&ASPECTS));
    let [width, height] = [long * aspect.min(1.0), long / aspect.max(1.0)].map(|side| side as u32);
    let folded = |at: u32, length: u32| {
        let at = at % (2 * length);
        if at < length { at } else { 2 * length - 1 - at }
    };
    let pixel = |x, y| *tile.get_pixel(folded(x, tile.width()), folded(y, tile.height()));
    Some(RgbImage::from_fn(width, height, pixel))
}

/// A random part of `aspect` in one of `parts`, both sides at least `shortest` long.
fn within(parts: &[Part], aspect: f64, shortest: f64, random: &mut Random) -> Option<Part> {
    let widest = |part: &Part| part.0[2].min(part.0[3] * aspect);
    let narrowest = shortest * aspect.max(1.0);
    let roomy: Vec<&Part> = parts.iter().filter(|part| widest(part) >= narrowest).collect();
    let part = (!roomy.is_empty()).then(|| **random.pick(&roomy))?;
    let width = random.between(narrowest.max(0.5 * widest(&part)), widest(&part));
    let height = width / aspect;
    let [left, top, room_x, room_y] = part.0;
    let (x, y) = (random.between(0.0, room_x - width), random.between(0.0, room_y - height));
    Some(Part([left + x, top + y, width, height]))
}

fn cut(photo: &RgbImage, part: Part) -> RgbImage {
    let [left, top, width, height] = part.0.map(|v| v as u32);
    image::imageops::crop_imm(photo, left, top, width, height).to_image()
}

fn resized(picture: &RgbImage, scale: f64) -> RgbImage {
    let [width, height] = [picture.width(), picture.height()].map(|side| (f64::from(side) * scale).round() as u32);
    image::imageops::resize(picture, width, height, FilterType::Triangle)
}

#[cfg(test)]
mod tests {
    use kyclint::geometry::Point;
    use kyclint::geometry::Quad;

    use super::Part;
    use super::beside;

    #[test]
    fn parts_lie_beside_the_document_and_its_margin() {
        let document = Quad::rectangle(20.0, 30.0).map(|corner| corner + Point::new(40.0, 50.0));
        let [left, above, right, below] = beside(&document, [100.0, 100.0]);
        assert_eq!((left, above), (Part([0.0, 0.0, 37.0, 100.0]), Part([0.0, 0.0, 100.0, 47.0])));
        assert_eq!((right, below), (Part([63.0, 0.0, 37.0, 100.0]), Part([0.0, 83.0, 100.0, 17.0])));
    }
}
