//! A photo with what was found drawn on it, for one pair of eyes: the document's corners, the evidence of every finding, and
//! a panel with verdict and numbers. It shows the document as it is; nothing is made unreadable.

mod encode;
mod lettering;
mod marks;
mod paint;
mod panel;
mod view;

pub use encode::PictureFormat;
pub use encode::UnknownPictureFormat;

use image::Rgb;
use image::RgbImage;
use image::imageops::replace;

use crate::checks::Polygon;
use crate::checks::find;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::record::Row;
use crate::scene::Scene;
use crate::verdict::Finding;
use crate::verdict::Grade;
use panel::Panel;
use view::View;

/// A drawn picture.
#[derive(Debug)]
pub struct Overlay(RgbImage);

/// What is drawn under the panel, and around the photo.
const BACKDROP: Rgb<u8> = Rgb([24, 26, 30]);
const SURROUND: Rgb<u8> = Rgb([54, 58, 66]);
const DOCUMENT: Rgb<u8> = Rgb([0, 190, 255]);
const FACE: Rgb<u8> = Rgb([120, 230, 200]);
const OTHER: Rgb<u8> = Rgb([196, 120, 255]);
const REJECT: Rgb<u8> = Rgb([235, 55, 65]);
const REVIEW: Rgb<u8> = Rgb([255, 176, 0]);
const ACCEPT: Rgb<u8> = Rgb([40, 170, 90]);

/// Columns of a panel beside the photo, and the fewest of one below it.
const BESIDE: u32 = 700;
const BELOW: u32 = 960;

impl Overlay {
    /// The photo of `scene` with what `row` and the `findings` of its judgement say of it.
    ///
    /// The long side of the photo is drawn at 800 to 1600 pixels; around it comes what corners outside the frame need.
    #[must_use]
    pub fn draw(scene: &Scene, row: &Row, findings: &[Finding]) -> Self {
        let others = others(scene, row);
        let view = View::of(scene.photo(), row.document_quad.iter().chain(others));
        let mut picture = view.picture(scene.photo());
        marks::others(&mut picture, &view, others);
        let sitter = if scene.is_of_document() { None } else { scene.sitter() };
        if let Some(sitter) = sitter {
            marks::sitter(&mut picture, &view, sitter, cheeks(row));
        }
        for (number, finding) in (1..).zip(findings) {
            let (document, mark) = (row.document_quad.as_ref(), (number, colour(finding.grade)));
            marks::evidence(&mut picture, &view, document, evidence(row, finding), mark);
        }
        marks::document(&mut picture, &view, row.document_quad.as_ref());
        Self(with_panel(&picture, &Panel { row, findings, others: others.len(), has_sitter: sitter.is_some() }))
    }

    /// Width and height, pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.0.dimensions()
    }
}

/// `photo` as JPEG, its long side at most `longest` pixels. It shows the document as it is.
///
/// # Errors
/// When the encoder refuses.
pub fn thumbnail(photo: &Photo, longest: u32) -> std::io::Result<Vec<u8>> {
    let picture = View::of(photo, std::iter::empty()).picture(photo);
    let long = picture.width().max(picture.height());
    let side = |side: u32| (side * longest.min(long) / long).max(1);
    Overlay(image::imageops::thumbnail(&picture, side(picture.width()), side(picture.height())))
        .encode(PictureFormat::Jpeg)
}

/// Documents beside the one that the row is about.
fn others<'a>(scene: &'a Scene, row: &Row) -> &'a [Quad] {
    row.document_quad.and_then(|_| scene.document()).map_or(&[], |document| &document.others)
}

fn evidence<'a>(row: &'a Row, finding: &Finding) -> &'a [Polygon] {
    evidence_of(row, finding.check.id)
}

/// The squares on the cheeks whose light is compared.
fn cheeks(row: &Row) -> &[Polygon] {
    evidence_of(row, "illumination_uniformity")
}

fn evidence_of<'a>(row: &'a Row, id: &str) -> &'a [Polygon] {
    find(id).and_then(|(at, _)| row.evidence.get(at)).map_or(&[], Vec::as_slice)
}

fn colour(grade: Grade) -> Rgb<u8> {
    if grade == Grade::Reject { REJECT } else { REVIEW }
}

/// The panel beside a photo that is higher than wide, else below.
fn with_panel(picture: &RgbImage, panel: &Panel) -> RgbImage {
    let (width, height) = picture.dimensions();
    if height > width {
        let panel = panel.draw(BESIDE);
        joined(picture, (0, 0), &panel, (width, 0), (width + BESIDE, height.max(panel.height())))
    } else {
        let across = width.max(BELOW);
        let panel = panel.draw(across);
        joined(picture, ((across - width) / 2, 0), &panel, (0, height), (across, height + panel.height()))
    }
}

fn joined(
    picture: &RgbImage,
    at: (u32, u32),
    panel: &RgbImage,
    panel_at: (u32, u32),
    (width, height): (u32, u32),
) -> RgbImage {
    let mut whole = RgbImage::from_pixel(width, height, BACKDROP);
    replace(&mut whole, picture, at.0.into(), at.1.into());
    replace(&mut whole, panel, panel_at.0.into(), panel_at.1.into());
    whole
}

#[cfg(test)]
mod tests;
