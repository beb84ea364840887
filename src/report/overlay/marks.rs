//! What is drawn on the photo.

use image::Rgb;
use image::RgbImage;

use super::BACKDROP;
use super::DOCUMENT;
use super::FACE;
use super::OTHER;
use super::lettering::Hand;
use super::paint;
use super::view::View;
use crate::checks::Polygon;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::geometry::area;
use crate::pixels::luma;
use crate::scene::Landmarks;
use crate::scene::Sitter;

/// Names of the corners of the document, in their order.
const CORNERS: [&str; 4] = ["TL", "TR", "BR", "BL"];
/// Pixels across a line, and of the dark rim on either side of it.
const LINE: f64 = 4.0;
const RIM: f64 = 1.5;
/// Pixels from a corner to the middle of its name.
const NAME_AT: f64 = 34.0;
/// Share of a region's colour laid over it.
const TINT: f32 = 0.22;
/// Share of the document from which on a region is the document.
const WHOLE: f64 = 0.95;
/// Luma below which letters on a colour are light.
const DARK: u8 = 130;
const LIGHT_INK: Rgb<u8> = Rgb([255, 255, 255]);

pub(super) fn document(picture: &mut RgbImage, view: &View, quad: Option<&Quad>) {
    let Some(quad) = quad.map(|quad| quad.map(|corner| view.place(corner))) else { return };
    rimmed(picture, quad.corners(), LINE, DOCUMENT);
    let middle = middle(quad.corners());
    for (name, &corner) in CORNERS.into_iter().zip(quad.corners()) {
        paint::disc(picture, corner, LINE + 3.0 + RIM, BACKDROP);
        paint::disc(picture, corner, LINE + 3.0, DOCUMENT);
        badge(picture, name, beside(corner, middle, picture.dimensions()), DOCUMENT);
    }
}

pub(super) fn others(picture: &mut RgbImage, view: &View, quads: &[Quad]) {
    for quad in quads {
        rimmed(picture, quad.map(|corner| view.place(corner)).corners(), LINE - 1.0, OTHER);
    }
}

/// The face of the person in a selfie: its square, the squares on the cheeks, eyes, nose and mouth.
pub(super) fn sitter(picture: &mut RgbImage, view: &View, sitter: &Sitter, cheeks: &[Polygon]) {
    let placed = |corners: &[Point]| corners.iter().map(|&corner| view.place(corner)).collect::<Vec<_>>();
    rimmed(picture, &placed(sitter.face.quad.corners()), LINE - 1.0, FACE);
    for cheek in cheeks {
        paint::outline(picture, &placed(cheek), LINE / 2.0, FACE);
    }
    let Landmarks { eyes, nose, mouth, .. } = sitter.landmarks;
    for place in placed(&[eyes[0], eyes[1], nose, mouth[0], mouth[1]]) {
        paint::disc(picture, place, LINE + RIM, BACKDROP);
        paint::disc(picture, place, LINE, FACE);
    }
}

/// Regions of one finding, each with the number that the finding has in the panel. What is about the whole `document` leaves
/// its colours as they are.
pub(super) fn evidence(
    picture: &mut RgbImage,
    view: &View,
    document: Option<&Quad>,
    regions: &[Polygon],
    (number, colour): (usize, Rgb<u8>),
) {
    let whole = document.map_or(f64::INFINITY, |document| WHOLE * document.area());
    for region in regions.iter().filter(|region| !region.is_empty()) {
        let drawn: Vec<Point> = region.iter().map(|&corner| view.place(corner)).collect();
        if area(region) < whole {
            paint::tint(picture, &drawn, colour, TINT);
        }
        rimmed(picture, &drawn, LINE - 1.0, colour);
        badge(picture, &number.to_string(), drawn[0], colour);
    }
}

/// Where the name of a corner stands: beyond the corner as seen from the middle, or before it where the picture ends.
fn beside(corner: Point, middle: Point, (width, height): (u32, u32)) -> Point {
    let outwards = corner - middle;
    let step = if outwards.length() > 0.0 { outwards.unit() * NAME_AT } else { outwards };
    let inside = |at: f64, side: u32| (NAME_AT..=f64::from(side) - NAME_AT).contains(&at);
    let beyond = corner + step;
    if inside(beyond.x, width) && inside(beyond.y, height) { beyond } else { corner - step }
}

/// Pixels across a badge.
pub(super) fn badge_width(text: &str) -> u32 {
    let hand = Hand::bold(BACKDROP);
    hand.width(text) + hand.size() + 6
}

/// A label with round ends around `centre`, moved into the picture where it would leave it.
pub(super) fn badge(picture: &mut RgbImage, text: &str, centre: Point, colour: Rgb<u8>) {
    let Rgb([red, green, blue]) = colour;
    let hand = Hand::bold(if luma(red, green, blue) < DARK { LIGHT_INK } else { BACKDROP });
    let (height, width) = (f64::from(hand.size()) + 6.0, f64::from(hand.width(text)));
    let within = |at: f64, half: f64, side: u32| at.min(f64::from(side) - half).max(half);
    let x = within(centre.x, width.midpoint(height) + RIM, picture.width());
    let y = within(centre.y, height / 2.0 + RIM, picture.height());
    let line = [Point::new(x - width / 2.0, y), Point::new(x + width / 2.0, y)];
    paint::stroke(picture, line, height + 2.0 * RIM, BACKDROP);
    paint::stroke(picture, line, height, colour);
    let top_left = [x - width / 2.0, y - f64::from(hand.size()) / 2.0].map(|side| side.round().max(0.0) as u32);
    hand.write(picture, text, top_left.into());
}

/// An outline that stands out from any ground.
fn rimmed(picture: &mut RgbImage, polygon: &[Point], width: f64, colour: Rgb<u8>) {
    paint::outline(picture, polygon, width + 2.0 * RIM, BACKDROP);
    paint::outline(picture, polygon, width, colour);
}

fn middle(corners: &[Point; 4]) -> Point {
    corners.iter().fold(Point::default(), |sum, &corner| sum + corner) * 0.25
}
