//! Sets of photos made of real ones.

use std::error::Error;
use std::path::Path;

use image::RgbImage;
use jpeg_encoder::ColorType;
use jpeg_encoder::Encoder;
use kyclint::geometry::Quad;

use super::arguments::real_sets;
use super::labels::Row;
use super::labels::Set;
use super::labels::Truth;
use super::name;

/// Label of photos that do not fill their frame: what is laid into them would cover the seam.
const PADDED: &str = "black_padding";

/// A real photo with the corners of its document.
pub struct Scene<'a> {
    pub set: &'a str,
    pub row: &'a Row,
    pub truth: Quad,
}

/// A photo made of a real one.
pub struct Derived {
    pub name: String,
    pub picture: RgbImage,
    /// Where its document is; `None` where it shows none.
    pub quad: Option<Quad>,
    pub document_type: String,
    pub labels: String,
    /// Of the JPEG file.
    pub quality: u8,
}

/// The real sets with corners.
pub fn sets() -> Result<Vec<Set>, Box<dyn Error>> {
    real_sets().iter().map(|path| Set::read(path)).collect()
}

/// The photos of `sets` with corners.
pub fn scenes(sets: &[Set]) -> Vec<Scene<'_>> {
    sets.iter().flat_map(of_set).collect()
}

/// Writes the photos and their `labels.csv`.
pub fn write(folder: &Path, photos: impl Iterator<Item = Derived>) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder.join("images"))?;
    let mut lines = csv::Writer::from_path(folder.join("labels.csv"))?;
    lines.write_record(["path", "doc_type", "labels", "quad_tl_tr_br_bl", "width", "height"])?;
    for (index, photo) in photos.enumerate() {
        save(&photo, folder, index, &mut lines)?;
    }
    Ok(lines.flush()?)
}

/// A file's name up to its first dot.
pub fn stem(path: &str) -> String {
    let name = name(Path::new(path));
    name.split('.').next().unwrap_or_default().to_owned()
}

fn of_set(set: &Set) -> impl Iterator<Item = Scene<'_>> {
    let photos = set.rows.iter().filter(|row| !row.tags.iter().any(|tag| tag == PADDED));
    photos.filter_map(|row| match row.truth {
        Truth::Quad(truth) => Some(Scene { set: &set.name, row, truth }),
        _ => None,
    })
}

fn save(
    photo: &Derived,
    folder: &Path,
    index: usize,
    lines: &mut csv::Writer<std::fs::File>,
) -> Result<(), Box<dyn Error>> {
    let Derived { name, picture, quad, document_type, labels, quality } = photo;
    let path = format!("images/{index:04}_{name}.jpg");
    let (width, height) = picture.dimensions();
    Encoder::new_file(folder.join(&path), *quality)?.encode(picture, width as u16, height as u16, ColorType::Rgb)?;
    let corners =
        quad.map_or(String::new(), |quad| quad.0.map(|corner| format!("{:.2},{:.2}", corner.x, corner.y)).join(" "));
    let size = [width, height].map(|side| side.to_string());
    lines.write_record([&path, document_type, labels, &corners, &size[0], &size[1]])?;
    Ok(())
}
