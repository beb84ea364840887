//! The pictures that are hashed: simulated photos, real ones, and variants of both.

use std::path::Path;

use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::Photo;
use kyclint::pixels::Plane;
use kyclint::pixels::project;
use kyclint::pixels::turn_right;
use kyclint::scene::DocumentType;
use kyclint::scene::PictureHash;
use kyclint::scene::Scene;
use kyclint::synth::Plan;

use crate::candidates::small;
use crate::photos::open;

/// One photo as it is compared.
pub struct Hashed {
    /// The flat document, small; nothing where none was found.
    pub document: Option<Plane>,
    /// The upright frame, small.
    pub frame: Plane,
    pub document_hash: Option<PictureHash>,
    pub frame_hash: Option<PictureHash>,
}

/// What is done to a photo before it is sent in again.
pub const VARIANTS: [&str; 10] = [
    "JPEG 90",
    "JPEG 60",
    "JPEG 30",
    "half the size",
    "a quarter of the size",
    "brighter by a third",
    "2 % cut off each side",
    "5 % cut off each side",
    "10 % cut off each side",
    "turned by a quarter",
];

pub fn hashed(photo: &Photo, kind: Option<DocumentType>) -> Hashed {
    let scene = Scene::declared(photo, kind);
    let rectified = scene.is_of_document().then(|| scene.rectified()).flatten();
    Hashed {
        document: rectified.map(|rectified| small(&rectified.luma)),
        frame: small(photo.luma()),
        document_hash: scene.document_hash(),
        frame_hash: scene.frame_hash(),
    }
}

pub fn simulated(plan: &Plan) -> Option<(Photo, Hashed)> {
    let photo = open(&plan.photograph().ok()?.bytes)?;
    let hashed = hashed(&photo, Some(plan.document_type));
    Some((photo, hashed))
}

/// The real photos of a folder of sets, each with `images/`.
pub fn real(data: &Path, sets: &[&str]) -> Vec<Photo> {
    let mut paths: Vec<_> = sets
        .iter()
        .flat_map(|set| std::fs::read_dir(data.join(set).join("images")).into_iter().flatten())
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths.iter().filter_map(|path| open(&std::fs::read(path).ok()?)).collect()
}

/// The photo as `variant` says, grey.
pub fn variant(photo: &Photo, variant: &str) -> Option<Photo> {
    let luma = photo.luma();
    let (quality, plane) = match variant {
        "JPEG 90" => (90, luma.clone()),
        "JPEG 60" => (60, luma.clone()),
        "JPEG 30" => (30, luma.clone()),
        "half the size" => (85, scaled(luma, 0.5, 0.0)?),
        "a quarter of the size" => (85, scaled(luma, 0.25, 0.0)?),
        "brighter by a third" => (85, brighter(luma)),
        "2 % cut off each side" => (85, scaled(luma, 1.0, 0.02)?),
        "5 % cut off each side" => (85, scaled(luma, 1.0, 0.05)?),
        "10 % cut off each side" => (85, scaled(luma, 1.0, 0.1)?),
        _ => (85, turn_right(luma)),
    };
    let mut bytes = Vec::new();
    let size = [plane.width(), plane.height()].map(|length| length as u16);
    Encoder::new(&mut bytes, quality).encode(plane.samples(), size[0], size[1], ColorType::Luma).ok()?;
    open(&bytes)
}

fn brighter(luma: &Plane) -> Plane {
    let samples = luma.samples().iter().map(|sample| (u16::from(*sample) * 4 / 3).min(255) as u8);
    Plane::new(luma.width(), luma.height(), samples.collect())
}

/// The middle of the plane without a share `cut` on each side, at `scale`.
fn scaled(luma: &Plane, scale: f64, cut: f64) -> Option<Plane> {
    let factor = (1.0 / scale).round() as usize;
    let source = kyclint::pixels::reduce(luma, 0..luma.width(), 0..luma.height(), factor);
    let [width, height] = [source.width(), source.height()].map(|length| length as f64);
    let kept = 1.0 - 2.0 * cut;
    let target = Quad::rectangle((width * kept).round(), (height * kept).round());
    let window = Quad::rectangle(width * kept, height * kept).map(|corner| corner + Point::new(width, height) * cut);
    let map = Homography::between(&target, &window)?;
    Some(project(&source, &map, (width * kept).round() as usize, (height * kept).round() as usize))
}
