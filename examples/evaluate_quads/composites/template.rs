//! Flat pictures of documents.

use std::error::Error;
use std::path::Path;
use std::path::PathBuf;

use image::Rgba;
use image::RgbaImage;
use image::imageops::FilterType;

use super::super::labels::Row;
use super::super::labels::Set;
use super::super::labels::Truth;
use super::super::measure::open;
use super::super::picture;

/// Corner radius over width of a card of the size ID-1 (ISO/IEC 7810).
const ID1_RADIUS: f64 = 3.18 / 85.6;
const ID2_RADIUS: f64 = 3.18 / 105.0;
/// Between the aspects of ID-1 (1.586) and ID-2 (1.419).
const ID1_ASPECT: f64 = 1.5;
/// Alpha from which a pixel belongs to the document.
const OPAQUE: u8 = 128;

/// A document, filling its picture.
pub struct Template {
    pub set: String,
    pub name: String,
    pub document_type: String,
    picture: RgbaImage,
}

impl Template {
    /// Every document of the label files.
    pub fn read_all(labels: &[PathBuf]) -> Result<Vec<Self>, Box<dyn Error>> {
        let mut templates = Vec::new();
        for path in labels {
            let set = Set::read(path)?;
            let documents = set.rows.iter().filter(|row| row.truth != Truth::Absent);
            templates.extend(documents.filter_map(|row| Self::read(&set.name, row)));
        }
        if templates.is_empty() { Err("no templates".into()) } else { Ok(templates) }
    }

    fn read(set: &str, row: &Row) -> Option<Self> {
        let picture = cropped(&picture_with_alpha(&row.path)?);
        let (set, name, document_type) = (set.to_owned(), row.name.clone(), row.document_type.clone());
        Some(Self { set, name, document_type, picture })
    }

    /// Width over height.
    pub fn aspect(&self) -> f64 {
        f64::from(self.picture.width()) / f64::from(self.picture.height())
    }

    /// Pixels of the longer side.
    pub fn long_side(&self) -> f64 {
        f64::from(self.picture.width().max(self.picture.height()))
    }

    /// Radius of the corners, share of the width. Pages of a passport keep those of their picture.
    pub fn radius(&self) -> f64 {
        match self.document_type.as_str() {
            kind if kind.starts_with("pp_") || kind.starts_with("passport") => 0.0,
            _ if self.aspect() > ID1_ASPECT => ID1_RADIUS,
            _ => ID2_RADIUS,
        }
    }

    /// All of it, as large as it is.
    pub fn picture(&self) -> &RgbaImage {
        &self.picture
    }

    /// The picture, reduced to `width` where it is wider.
    pub fn at_width(&self, width: f64) -> RgbaImage {
        let width = width.clamp(1.0, f64::from(self.picture.width()));
        let height = (width / self.aspect()).round().max(1.0) as u32;
        image::imageops::resize(&self.picture, width.round() as u32, height, FilterType::Triangle)
    }
}

/// PNG templates have transparent corners, which decoding to a photo would fill.
fn picture_with_alpha(path: &Path) -> Option<RgbaImage> {
    if path.extension().is_some_and(|ending| ending == "png") {
        return image::open(path).ok().map(|picture| picture.to_rgba8());
    }
    let opaque = picture::of(&open(path)?);
    Some(RgbaImage::from_fn(opaque.width(), opaque.height(), |x, y| {
        let [r, g, b] = opaque.get_pixel(x, y).0;
        Rgba([r, g, b, 255])
    }))
}

/// Without the transparent rows and columns around the document.
fn cropped(picture: &RgbaImage) -> RgbaImage {
    let opaque = || picture.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[3] >= OPAQUE);
    let range =
        |values: &mut dyn Iterator<Item = u32>| values.fold((u32::MAX, 0), |(low, high), v| (low.min(v), high.max(v)));
    let (left, right) = range(&mut opaque().map(|(x, _, _)| x));
    let (top, bottom) = range(&mut opaque().map(|(_, y, _)| y));
    if left > right {
        return picture.clone();
    }
    image::imageops::crop_imm(picture, left, top, right - left + 1, bottom - top + 1).to_image()
}
