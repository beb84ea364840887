//! Documents that fill the frame: parts of those in real photos.

use std::error::Error;
use std::path::Path;

use image::imageops::crop_imm;
use kyclint::geometry::Quad;

use super::derived;
use super::derived::Derived;
use super::derived::Scene;
use super::derived::stem;
use super::measure::open;
use super::picture;
use super::random::Random;

/// Shortest side of a part, pixels.
const SHORTEST: f64 = 150.0;
/// Share of the sides of the largest upright rectangle in the document that a part has.
const SHARES: [f64; 2] = [0.55, 0.98];
const QUALITIES: [f64; 2] = [85.0, 93.0];

/// Writes `count` photos and their `labels.csv`; the same `seed` gives the same files.
pub fn write(folder: &Path, count: usize, seed: u64) -> Result<(), Box<dyn Error>> {
    let sets = derived::sets()?;
    let scenes = derived::scenes(&sets);
    let mut random = Random::new(seed);
    let tries = scenes.iter().cycle().take(count * 20);
    derived::write(folder, tries.filter_map(|scene| page(scene, &mut random)).take(count))
}

fn page(scene: &Scene, random: &mut Random) -> Option<Derived> {
    let photo = picture::of(&open(&scene.row.path)?);
    let frame = [photo.width(), photo.height()].map(f64::from);
    let place = |within: [f64; 2], random: &mut Random| {
        let length = (within[1] - within[0]) * random.between(SHARES[0], SHARES[1]);
        [random.between(within[0], within[1] - length), length]
    };
    let [across, down] = inner(&scene.truth, frame);
    let ([left, width], [top, height]) = (place(across, random), place(down, random));
    if width < SHORTEST || height < SHORTEST {
        return None;
    }
    let [x, y, width, height] = [left, top, width, height].map(|v| v as u32);
    Some(Derived {
        name: format!("{}_page", stem(&scene.row.name)),
        picture: crop_imm(&photo, x, y, width, height).to_image(),
        quad: Some(Quad::rectangle(f64::from(width), f64::from(height))),
        document_type: scene.row.document_type.clone(),
        labels: format!("{};filling", scene.set),
        quality: random.between(QUALITIES[0], QUALITIES[1]) as u8,
    })
}

/// From where to where an upright rectangle within the document reaches, across and down.
fn inner(document: &Quad, frame: [f64; 2]) -> [[f64; 2]; 2] {
    let between = |mut of: [f64; 4], length: f64| {
        of.sort_by(f64::total_cmp);
        [of[1].max(0.0), of[2].min(length)]
    };
    [between(document.0.map(|p| p.x), frame[0]), between(document.0.map(|p| p.y), frame[1])]
}

#[cfg(test)]
mod tests {
    use kyclint::geometry::Point;
    use kyclint::geometry::Quad;

    use super::inner;

    #[test]
    fn the_inner_rectangle_lies_between_the_middle_corners() {
        let corners = [(10.0, 5.0), (90.0, 8.0), (95.0, 70.0), (-5.0, 64.0)].map(|(x, y)| Point::new(x, y));
        assert_eq!(inner(&Quad(corners), [100.0, 80.0]), [[10.0, 90.0], [8.0, 64.0]]);
    }
}
