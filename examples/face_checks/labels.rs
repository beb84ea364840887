//! Photos and what is known of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::path::PathBuf;

use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Orientation;
use kyclint::photo::Photo;
use kyclint::photo::decode;

/// A line of a `labels.csv`, real or simulated.
pub(crate) struct Row {
    folder: PathBuf,
    cells: BTreeMap<String, String>,
}

impl Row {
    pub(crate) fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    /// File name without its folder.
    pub(crate) fn name(&self) -> &str {
        self.cell("path").rsplit('/').next().unwrap_or_default()
    }

    pub(crate) fn photo(&self) -> Option<Photo> {
        let bytes = std::fs::read(self.folder.join(self.cell("path"))).ok()?;
        decode(&bytes, FileFacts::read(&bytes), &Limits::default()).ok()
    }

    pub(crate) fn quad(&self) -> Option<Quad> {
        self.cell("quad").parse().or_else(|_| self.cell("quad_tl_tr_br_bl").parse()).ok()
    }

    /// How many faces the labels count.
    pub(crate) fn faces(&self) -> Option<usize> {
        self.cell("labels").split(';').find_map(|label| label.strip_prefix("faces=")?.parse().ok())
    }
}

pub(crate) fn rows(labels: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = labels.parent().unwrap_or(Path::new(".")).to_owned();
    let read = |cells: Result<_, _>| Ok(Row { folder: folder.clone(), cells: cells? });
    csv::Reader::from_path(labels)?.deserialize().map(read).collect()
}

/// The luma of `photo`, turned and stored as a photo of its own.
pub(crate) fn turned(photo: &Photo, turn: Orientation) -> Result<Photo, Box<dyn Error>> {
    let plane = turn.apply(photo.luma().clone());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, plane.width() as u32, plane.height() as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(plane.samples())?;
    writer.finish()?;
    Ok(decode(&bytes, FileFacts::read(&bytes), &Limits::default())?)
}

/// The four ways to turn a photo, and how it is turned back.
pub(crate) const TURNS: [(Orientation, Orientation); 4] = [
    (Orientation::Upright, Orientation::Upright),
    (Orientation::Turned90, Orientation::Turned270),
    (Orientation::Turned180, Orientation::Turned180),
    (Orientation::Turned270, Orientation::Turned90),
];
