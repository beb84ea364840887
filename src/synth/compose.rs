//! From plane to picture: what every pixel sees, in linear light.

use crate::synth::camera::Camera;
use crate::synth::canvas::Canvas;
use crate::synth::colour::linear_of_byte;
use crate::synth::document::Document;
use crate::synth::finger::Finger;
use crate::synth::frame::Frame;
use crate::synth::light::Light;
use crate::synth::light::rounded_box;
use crate::synth::path::Point;
use crate::synth::random::smoothstep;
use crate::synth::screen::Screen;
use crate::synth::table::Table;

/// All that stands before the camera.
pub(super) struct Scenery<'a> {
    pub(super) camera: &'a Camera,
    pub(super) table: &'a Table,
    pub(super) document: Option<&'a Document>,
    pub(super) light: &'a Light,
    pub(super) fingers: &'a [Finger],
    pub(super) screen: Option<&'a Screen>,
}

/// Photographs the scenery with an ideal lens.
pub(super) fn compose(scenery: &Scenery<'_>, width: usize, height: usize) -> Frame {
    let mut frame = Frame::dark(width, height);
    let rows = scenery.camera.plane_rows();
    let pixel = pixel_mm(scenery, width, height);
    let samples = scenery.document.map_or(1, |document| {
        let density = document.canvas.width as f32 / document.size[0];
        ((density * pixel).round() as usize).clamp(1, 4)
    });
    for (y, row) in frame.light.chunks_exact_mut(width).enumerate() {
        for (x, light) in row.iter_mut().enumerate() {
            let at = |fx: f64, fy: f64| {
                let (px, py) = (x as f64 + fx, y as f64 + fy);
                let line = |r: &[f64; 3]| r[0] * px + r[1] * py + r[2];
                let w = line(&rows[2]);
                [(line(&rows[0]) / w) as f32, (line(&rows[1]) / w) as f32]
            };
            *light = scenery.seen(at, samples, pixel);
        }
    }
    frame
}

/// Size of a pixel on the plane at the middle of the picture, mm.
fn pixel_mm(scenery: &Scenery<'_>, width: usize, height: usize) -> f32 {
    let (x, y) = (width as f64 / 2.0, height as f64 / 2.0);
    (1.0 / scenery.camera.density(scenery.camera.unproject([x, y]))) as f32
}

impl Scenery<'_> {
    fn seen(&self, at: impl Fn(f64, f64) -> Point, samples: usize, pixel: f32) -> [f32; 3] {
        const TABLE_GLOSS: f32 = 0.25;
        let p = at(0.5, 0.5);
        let Some(document) = self.document else {
            return self.lit(p, self.table_at(p), TABLE_GLOSS, pixel);
        };
        let half = [document.size[0] / 2.0, document.size[1] / 2.0];
        let distance = rounded_box(p, half, document.corner_radius);
        let cover = (0.5 - distance / pixel).clamp(0.0, 1.0);
        if cover >= 1.0 {
            return self.lit(p, printed(document, &at, samples), 1.0, pixel);
        }
        let mut surface = self.table_at(p);
        if self.screen.is_none() && distance < 3.0 {
            // The document keeps light from the table right beside it.
            let beside = rounded_box([p[0] - 0.35, p[1] - 0.5], half, document.corner_radius);
            let contact = 1.0 - 0.5 * smoothstep(1.6, -0.4, beside);
            surface = surface.map(|v| v * contact);
        }
        if cover > 0.0 {
            let print = printed(document, &at, samples);
            surface = [0, 1, 2].map(|c| surface[c] + (print[c] - surface[c]) * cover);
        }
        self.lit(p, surface, TABLE_GLOSS + (1.0 - TABLE_GLOSS) * cover, pixel)
    }

    fn lit(&self, p: Point, mut surface: [f32; 3], glossy: f32, pixel: f32) -> [f32; 3] {
        if let Some(screen) = self.screen {
            return screen.shown(p, surface, pixel, self.light.mirrored(p));
        }
        let mut falling = self.light.falling(p);
        let mut mirrored = glossy * self.light.mirrored(p);
        for finger in self.fingers {
            if let Some(touch) = finger.at(p, (0.7 * pixel).max(0.05)) {
                let shade = 1.0 - touch.shade * (1.0 - touch.cover);
                falling = falling.map(|v| v * shade);
                surface = [0, 1, 2].map(|c| surface[c] + (touch.skin[c] - surface[c]) * touch.cover);
                mirrored *= 1.0 - 0.9 * touch.cover;
            }
        }
        [0, 1, 2].map(|c| surface[c] * falling[c] + mirrored)
    }

    fn table_at(&self, p: Point) -> [f32; 3] {
        let table = self.table;
        let [x, y] = [0, 1].map(|i| (p[i] - table.origin[i]) * table.density);
        sample(&table.canvas, x, y)
    }
}

/// The document's print averaged over the pixel.
fn printed(document: &Document, at: &impl Fn(f64, f64) -> Point, samples: usize) -> [f32; 3] {
    let density = document.canvas.width as f32 / document.size[0];
    let mut sum = [0.0; 3];
    for i in 0..samples * samples {
        let offset = |k: usize| (k as f64 + 0.5) / samples as f64;
        let p = at(offset(i % samples), offset(i / samples));
        let [x, y] = [0, 1].map(|a| (p[a] + document.size[a] / 2.0) * density);
        let light = sample(&document.canvas, x, y);
        for c in 0..3 {
            sum[c] += light[c];
        }
    }
    sum.map(|v| v / (samples * samples) as f32)
}

/// Bilinear, in linear light; beyond its edges the canvas goes on as its border.
fn sample(canvas: &Canvas, x: f32, y: f32) -> [f32; 3] {
    let table = linear_of_byte();
    let (fx, fy) = ((x - 0.5).clamp(0.0, (canvas.width - 1) as f32), (y - 0.5).clamp(0.0, (canvas.height - 1) as f32));
    let (x0, y0) = (fx as usize, fy as usize);
    let (x1, y1) = ((x0 + 1).min(canvas.width - 1), (y0 + 1).min(canvas.height - 1));
    let (tx, ty) = (fx - x0 as f32, fy - y0 as f32);
    let corner = |x: usize, y: usize| &canvas.pixels[y * canvas.width + x];
    let (a, b, c, d) = (corner(x0, y0), corner(x1, y0), corner(x0, y1), corner(x1, y1));
    [0, 1, 2].map(|i| {
        let light = |pixel: &[u8; 3]| table[usize::from(pixel[i])];
        let top = light(a) + (light(b) - light(a)) * tx;
        let bottom = light(c) + (light(d) - light(c)) * tx;
        top + (bottom - top) * ty
    })
}
