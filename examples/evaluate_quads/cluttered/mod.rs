//! Cluttered tables: papers, books, cards, pens, cables and keyboards strewn around the documents of photos.
//!
//! They lie in the plane of the document and below it, so that their edges end at its border; on a few photos one more
//! thing lies over a side or a corner of it.

mod desk;
mod material;
mod object;
mod strewing;

use std::error::Error;
use std::path::Path;

use image::imageops::FilterType;
use kyclint::geometry::Quad;

use super::composites;
use super::composites::Layout;
use super::composites::Template;
use super::derived;
use super::derived::Derived;
use super::derived::Scene;
use super::derived::stem;
use super::measure::open;
use super::picture;
use super::random::Random;
use desk::Desk;
use material::Materials;

/// Share of the photos with a template over the real document.
const COMPOSITES: f64 = 0.6;
/// Share of the photos with something over the document.
const OVERLAPPED: f64 = 0.2;
/// How many things lie below the document.
const FEWEST: usize = 5;
const MOST: usize = 14;
/// A document that fills more of the frame leaves no room.
const LARGEST: f64 = 0.6;
const LONGEST: f64 = 1600.0;
const QUALITIES: [f64; 2] = [85.0, 93.0];

/// Writes `count` photos and their `labels.csv`; the same `seed` gives the same files.
pub fn write(folder: &Path, count: usize, seed: u64) -> Result<(), Box<dyn Error>> {
    let (sets, templates) = (derived::sets()?, composites::templates()?);
    let scenes = derived::scenes(&sets);
    let materials = Materials::collect(&scenes, &templates);
    let mut random = Random::new(seed);
    let tries = scenes.iter().cycle().take(count * 20);
    let photos = tries.filter_map(|scene| {
        let template = random.chance(COMPOSITES).then(|| random.pick(&templates));
        cluttered(scene, template, &materials, &mut random)
    });
    derived::write(folder, photos.take(count))
}

fn cluttered(
    scene: &Scene,
    template: Option<&Template>,
    materials: &Materials,
    random: &mut Random,
) -> Option<Derived> {
    let mut layout = match template {
        Some(template) => Layout::find(scene, template, random)?,
        None => untouched(scene)?,
    };
    let desk = Desk::of(&layout)?;
    let count = FEWEST + random.below(MOST - FEWEST + 1);
    for object in strewing::below(&desk, count, materials, random) {
        desk.draw(&mut layout.picture, &object, Some(&layout.original));
    }
    template.map_or(Some(()), |template| layout.fill(template))?;
    let over = random.chance(OVERLAPPED).then(|| strewing::over(&desk, materials, random)).flatten();
    if let Some(object) = &over {
        desk.draw(&mut layout.picture, object, None);
    }
    let (set, overlap) = (scene.set, if over.is_some() { "overlapped" } else { "unobstructed" });
    Some(Derived {
        name: template.map_or(stem(&scene.row.name), |t| format!("{}_{}", stem(&scene.row.name), stem(&t.name))),
        picture: layout.picture,
        quad: Some(layout.quad),
        document_type: template.map_or(&scene.row.document_type, |t| &t.document_type).clone(),
        labels: format!("{set};{};clutter_{count};{overlap}", template.map_or("real", |t| &t.set)),
        quality: random.between(QUALITIES[0], QUALITIES[1]) as u8,
    })
}

/// The photo with its own document.
fn untouched(scene: &Scene) -> Option<Layout> {
    let photo = picture::of(&open(&scene.row.path)?);
    let frame = [photo.width(), photo.height()].map(f64::from);
    let scale = (LONGEST / frame[0].max(frame[1])).min(1.0);
    let [width, height] = frame.map(|side| (side * scale).round() as u32);
    let quad: Quad = scene.truth.map(|corner| corner * scale);
    let picture = image::imageops::resize(&photo, width, height, FilterType::Triangle);
    Some(Layout { picture, original: quad, quad, turned: 0 })
}
