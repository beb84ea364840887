//! Real tables with identity documents: flat templates laid over the documents of real photos.

pub mod light;
mod paste;
pub mod placement;
pub mod softness;
mod template;

use std::error::Error;
use std::path::Path;

use image::RgbImage;
use image::imageops::FilterType;
use kyclint::geometry::Quad;

use super::arguments::data;
use super::derived;
use super::derived::Derived;
use super::derived::Scene;
use super::derived::stem;
use super::measure::open;
use super::picture;
use super::random::Random;
use placement::Placement;
pub use template::Template;

/// Sets of flat templates.
const TEMPLATES: [&str; 2] = ["docxpand_templates", "sidtd_templates"];
/// How often a template may be enlarged before the photo is reduced instead.
const ENLARGED: f64 = 1.1;
const QUALITY: u8 = 90;

/// A photo with a place for a template.
pub struct Layout {
    pub picture: RgbImage,
    /// The document of the photo.
    pub original: Quad,
    /// The template's place, over the document.
    pub quad: Quad,
    /// Quarter turns of the template, degrees.
    pub turned: usize,
}

/// Writes `count` composites and their `labels.csv`; the same `seed` gives the same files.
pub fn write(folder: &Path, count: usize, seed: u64) -> Result<(), Box<dyn Error>> {
    let (sets, templates) = (derived::sets()?, templates()?);
    let scenes = derived::scenes(&sets);
    let mut random = Random::new(seed);
    let tries = scenes.iter().cycle().take(count * 10);
    let composites = tries.filter_map(|scene| compose(scene, random.pick(&templates), &mut random));
    derived::write(folder, composites.take(count))
}

/// Every flat template.
pub fn templates() -> Result<Vec<Template>, Box<dyn Error>> {
    Template::read_all(&TEMPLATES.map(|set| data().join(set).join("labels.csv")))
}

impl Layout {
    /// A random place for `template` over the document of `scene`, or `None` where it finds no room.
    pub fn find(scene: &Scene, template: &Template, random: &mut Random) -> Option<Self> {
        let photo = picture::of(&open(&scene.row.path)?);
        let frame = [photo.width(), photo.height()].map(f64::from);
        let Placement { quad, turned } = placement::find(&scene.truth, frame, template.aspect(), random)?;
        let longest = quad.sides().iter().map(|[from, to]| (*to - *from).length()).fold(0.0, f64::max);
        let scale = (ENLARGED * template.long_side() / longest).min(1.0);
        let [width, height] = frame.map(|side| (side * scale).round() as u32);
        Some(Self {
            picture: image::imageops::resize(&photo, width, height, FilterType::Triangle),
            original: scene.truth.map(|corner| corner * scale),
            quad: quad.map(|corner| corner * scale),
            turned,
        })
    }

    /// Lays `template` into its place.
    pub fn fill(&mut self, template: &Template) -> Option<()> {
        paste::paste(&mut self.picture, template, &self.quad, &self.original)
    }
}

fn compose(scene: &Scene, template: &Template, random: &mut Random) -> Option<Derived> {
    let mut layout = Layout::find(scene, template, random)?;
    layout.fill(template)?;
    let Layout { picture, quad, turned, .. } = layout;
    Some(Derived {
        name: format!("{}_{}", stem(&scene.row.name), stem(&template.name)),
        picture,
        quad: Some(quad),
        document_type: template.document_type.clone(),
        labels: format!("{};{};turned_{turned}", scene.set, template.set),
        quality: QUALITY,
    })
}
