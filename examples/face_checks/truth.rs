//! What faces want to know of labels, and photos turned.

use std::error::Error;

use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Orientation;
use kyclint::photo::Photo;
use kyclint::photo::decode;

use crate::labels::Row;

/// File name without its folder.
pub(crate) fn name(row: &Row) -> &str {
    row.cell("path").rsplit('/').next().unwrap_or_default()
}

pub(crate) fn quad(row: &Row) -> Option<Quad> {
    row.cell("quad").parse().or_else(|_| row.cell("quad_tl_tr_br_bl").parse()).ok()
}

/// How many faces the labels count.
pub(crate) fn faces(row: &Row) -> Option<usize> {
    row.cell("labels").split(';').find_map(|label| label.strip_prefix("faces=")?.parse().ok())
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
