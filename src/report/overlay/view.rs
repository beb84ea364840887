use image::Rgb;
use image::RgbImage;

use super::SURROUND;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use crate::pixels::Plane;
use crate::pixels::Step;
use crate::pixels::rgb;
use crate::pixels::shrink;

/// Long side of the drawn photo, pixels.
const LONG_SIDE: (f64, f64) = (800.0, 1600.0);
/// How far beyond the frame is drawn at most, share of its long side.
const BEYOND: f64 = 0.5;
/// Room beyond a corner that lies outside, pixels drawn.
const ROOM: f64 = 72.0;

/// How photo pixels become drawn pixels.
pub(super) struct View {
    scale: f64,
    /// Drawn columns and rows of the photo.
    frame: [u32; 2],
    /// Drawn pixels left of and above the photo.
    before: [u32; 2],
    /// Drawn pixels right of and below the photo.
    after: [u32; 2],
}

impl View {
    /// The view of a photo that leaves room for corners outside.
    pub(super) fn of<'a>(photo: &Photo, quads: impl Iterator<Item = &'a Quad>) -> Self {
        let sides = [photo.luma().width() as f64, photo.luma().height() as f64];
        let long = sides[0].max(sides[1]);
        let scale = long.clamp(LONG_SIDE.0, LONG_SIDE.1) / long;
        let corners: Vec<Point> = quads.flat_map(|quad| *quad.corners()).collect();
        let room = |beyond: f64| {
            if beyond > 0.0 { (beyond.min(BEYOND * long) * scale + ROOM).round() as u32 } else { 0 }
        };
        let furthest = |along: &dyn Fn(&Point) -> f64| room(corners.iter().map(along).fold(0.0, f64::max));
        Self {
            scale,
            frame: sides.map(|side| (side * scale).round().max(1.0) as u32),
            before: [furthest(&|corner| -corner.x), furthest(&|corner| -corner.y)],
            after: [furthest(&|corner| corner.x - sides[0]), furthest(&|corner| corner.y - sides[1])],
        }
    }

    /// Where a point of the photo is drawn.
    pub(super) fn place(&self, point: Point) -> Point {
        point * self.scale + Point::new(self.before[0].into(), self.before[1].into())
    }

    /// The photo with the room around it.
    pub(super) fn picture(&self, photo: &Photo) -> RgbImage {
        let [width, height] = [0, 1].map(|axis| self.before[axis] + self.frame[axis] + self.after[axis]);
        let mut picture = RgbImage::from_pixel(width, height, SURROUND);
        let [across, down] = self.frame;
        let luma = self.reduced(photo.luma());
        let chroma = photo.chroma().map(|chroma| (self.reduced(&chroma.cb), self.reduced(&chroma.cr)));
        for (y, x) in (0..down).flat_map(|y| (0..across).map(move |x| (y, x))) {
            let at = y as usize * across as usize + x as usize;
            let (cb, cr) = chroma.as_ref().map_or((128, 128), |(cb, cr)| (cb.samples()[at], cr.samples()[at]));
            let colour = Rgb(rgb(luma.samples()[at], cb, cr));
            picture.put_pixel(self.before[0] + x, self.before[1] + y, colour);
        }
        picture
    }

    fn reduced(&self, plane: &Plane) -> Plane {
        let [width, height] = self.frame.map(|side| side as usize);
        let steps = [Step { from: plane.width(), to: width }, Step { from: plane.height(), to: height }];
        shrink(plane, width, height, steps)
    }
}
