//! The real photos under the data folder, each with the scene it shows: photos of one scene never stand on both sides of
//! a split.

use std::path::Path;
use std::path::PathBuf;

use image::imageops::FilterType;

use super::raster::Raster;
use super::raster::open_file;

pub struct Source {
    pub name: String,
    pub scene: String,
    pub path: PathBuf,
}

const SETS: [&str; 6] =
    ["blur_kwentar", "doc_photos_quads", "faces_comprefa", "shadow_phone_mit", "sidtd_templates", "smartdoc15_frames"];

/// Every photo of the camera sets with a long side of 1,600 pixels or more, sorted, at most two a scene.
pub fn large(data: &Path) -> Vec<Source> {
    let mut sources: Vec<Source> = SETS.iter().flat_map(|set| files(data, set)).collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    let mut seen: Vec<String> = Vec::new();
    sources.retain(|source| {
        seen.push(source.scene.clone());
        seen.iter().filter(|scene| **scene == source.scene).count() <= 2
    });
    sources.retain(|source| open_file(&source.path).is_some_and(|p| p.luma().width().max(p.luma().height()) >= 1600));
    sources
}

impl Source {
    /// Whether the photo itself has little detail: the out-of-focus and shaken ones of a triplet, and video frames.
    pub fn is_soft(&self) -> bool {
        let stem = self.name.split('.').next().unwrap_or_default();
        self.scene.starts_with("smartdoc15") || stem.ends_with("_F") || stem.ends_with("_M")
    }

    /// The photo at `1 / reduction` of its size, which removes the traces of its former compression.
    pub fn fresh(&self, reduction: u32) -> Option<Raster> {
        let raster = Raster::of(&open_file(&self.path)?);
        Some(raster.resized(raster.width() / reduction, raster.height() / reduction, FilterType::Triangle))
    }
}

fn files(data: &Path, set: &str) -> Vec<Source> {
    let entries = std::fs::read_dir(data.join(set).join("images")).into_iter().flatten().flatten();
    let source = |path: PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some(Source { scene: scene(set, &name), name, path })
    };
    entries.filter_map(|entry| source(entry.path())).collect()
}

fn scene(set: &str, name: &str) -> String {
    let prefix = |length: usize| format!("{set}/{}", name.get(..length).unwrap_or(name));
    match set {
        "blur_kwentar" => prefix(3),
        "doc_photos_quads" => prefix(10),
        "smartdoc15_frames" => set.to_owned(),
        "sidtd_templates" => format!("{set}/{}", if name.contains("alb") { "alb" } else { "aze" }),
        _ => format!("{set}/{name}"),
    }
}
