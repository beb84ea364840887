//! What is read of the light on a document.

use std::time::Duration;
use std::time::Instant;

use kyclint::geometry::Quad;
use kyclint::photo::Photo;
use kyclint::pixels::Plane;
use kyclint::pixels::srgb_code;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Paper;
use kyclint::scene::Rectified;
use kyclint::scene::Scene;
use kyclint::scene::Shade;

/// The three numbers, and two simpler ones of shadow to race against.
#[derive(Clone, Copy)]
pub(crate) struct Numbers {
    pub(crate) shadow: f64,
    pub(crate) dark: f64,
    pub(crate) bright: f64,
    /// Share of the document below 0.6 of its paper white, whatever its colour.
    pub(crate) below: f64,
    /// From the 5th to the 95th percentile of the closed background, grey levels.
    pub(crate) range: f64,
    pub(crate) time: Duration,
}

/// One of the numbers.
pub(crate) type Choice = fn(&Numbers) -> f64;

impl Numbers {
    pub(crate) fn of(document: &Rectified, chroma: Option<&[Plane; 2]>) -> Option<Self> {
        let start = Instant::now();
        let paper = Paper::of(document)?;
        let shadow = Shade::of(document, &paper, chroma).share();
        let time = start.elapsed();
        let known = paper.local.values().iter().zip(&paper.known).filter(|(_, known)| **known);
        let mut lights: Vec<f32> = known.map(|(light, _)| *light).collect();
        lights.sort_unstable_by(f32::total_cmp);
        let at = |share: f64| lights.get((lights.len() as f64 * share) as usize).map_or(0.0, |light| srgb_code(*light));
        let below = lights.iter().filter(|light| **light < 0.6 * paper.white).count();
        Some(Self {
            shadow,
            dark: paper.dark_share(),
            bright: paper.clipped_share(),
            below: below as f64 / lights.len().max(1) as f64,
            range: f64::from(at(0.95) - at(0.05)),
            time,
        })
    }

    pub(crate) fn with_corners(photo: &Photo, quad: &Quad, kind: Option<DocumentType>) -> Option<Self> {
        Self::in_scene(&Scene::declared(photo, kind).with_document(Document::known(*quad)))
    }

    pub(crate) fn with_found_corners(photo: &Photo, kind: Option<DocumentType>) -> Option<Self> {
        Self::in_scene(&Scene::declared(photo, kind))
    }

    fn in_scene(scene: &Scene) -> Option<Self> {
        Self::of(scene.rectified()?, scene.rectified_chroma())
    }
}

/// The number below which lies `share` of `values`.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    values.get(((values.len() as f64 * share) as usize).min(values.len().wrapping_sub(1))).copied().unwrap_or(f64::NAN)
}
