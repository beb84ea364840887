//! A face to derive pictures from, and how things look in the light it stands in.

use crate::canvas::Canvas;
use crate::canvas::Light;
use crate::canvas::luminance;
use crate::canvas::ramp;
use crate::faces::Face;
use crate::faces::Points;
use crate::random::Random;
use crate::shapes::Outline;

/// What skin of a tone reflects of red, green and blue, roughly.
const SKIN: [(&str, Light); 3] =
    [("light", [0.58, 0.38, 0.29]), ("medium", [0.40, 0.25, 0.17]), ("dark", [0.22, 0.12, 0.08])];
/// Places of the eyes on every face.
pub(crate) const EYES: [[f32; 2]; 2] = [[-0.5, 0.0], [0.5, 0.0]];
/// Mean difference of the channels below which a portrait is taken for grey, as a share of its light.
const GREY: f32 = 0.06;

pub(crate) struct Sitter {
    pub(crate) canvas: Canvas,
    pub(crate) points: Points,
    /// Where the middle of the mouth is.
    pub(crate) mouth: [f32; 2],
    /// Mean light of the skin of the cheeks and the nose.
    pub(crate) skin: Light,
    /// Light on what is white.
    lamp: Light,
    is_grey: bool,
    pub(crate) has_glasses: bool,
    /// Luminance without detail, as a share of its mean on the face; every fourth pixel.
    soft: Canvas,
}

/// What is laid over a face.
pub(crate) struct Cloth<'a> {
    pub(crate) outline: &'a Outline,
    /// A hole in it.
    pub(crate) hole: Option<&'a Outline>,
    /// Share of the light it reflects at a place.
    pub(crate) colour: &'a dyn Fn([f32; 2]) -> Light,
    /// How much of what is behind it it hides.
    pub(crate) cover: f32,
    /// Depth of its shadow on what it lies on.
    pub(crate) shadow: f32,
}

impl Sitter {
    pub(crate) fn new(face: &Face) -> Self {
        let (canvas, points) = (Canvas::of(&face.picture), face.points);
        let [left, right] = points.mouth.map(|corner| points.of_point(corner));
        let mouth = [0, 1].map(|axis| f32::midpoint(left[axis], right[axis]));
        let skin = skin(&canvas, &points);
        let spread = skin.iter().fold(0.0, |most: f32, light| most.max((light - luminance(skin)).abs()));
        let is_grey = spread < GREY * luminance(skin);
        let nominal = SKIN.iter().find(|(tone, _)| *tone == face.label.tone).map_or(SKIN[0].1, |(_, skin)| *skin);
        let lamp = [0, 1, 2].map(|channel| {
            let reflected = if is_grey { luminance(nominal) } else { nominal[channel] };
            (skin[channel] / reflected).clamp(0.1, 1.2)
        });
        let soft = soft(&canvas, &points, luminance(skin));
        let has_glasses = face.label.glasses != "none";
        Self { canvas, points, mouth, skin, lamp, is_grey, has_glasses, soft }
    }

    /// A place as seen on the face: to the right of its middle line and down, in distances between the eyes. The middle line
    /// goes from between the eyes to the middle of the mouth.
    pub(crate) fn place(&self, x: f32, y: f32) -> [f32; 2] {
        let [right, down] = self.points.seen(x, y);
        [right - self.mouth[0] * (down / self.mouth[1]).clamp(-0.5, 1.6), down]
    }

    /// The light of something that reflects `colour` at a place of the picture.
    pub(crate) fn lit(&self, colour: Light, x: f32, y: f32) -> Light {
        let here = self.soft.between(x / 4.0, y / 4.0)[0].clamp(0.25, 2.0).powf(0.6);
        self.under_lamp(colour).map(|light| light * here)
    }

    /// The light of something that reflects `colour` in the middle of the picture.
    pub(crate) fn under_lamp(&self, colour: Light) -> Light {
        let colour = if self.is_grey { [luminance(colour); 3] } else { colour };
        [0, 1, 2].map(|channel| colour[channel] * self.lamp[channel])
    }

    /// Softness of an edge, in distances between the eyes: a pixel and a half, or what the lens makes of it.
    pub(crate) fn edge(&self) -> f32 {
        (1.3 / self.points.eyes()).max(0.012)
    }

    /// Lays something on the face: its shadow, then itself, darker towards its border.
    pub(crate) fn lay(&self, canvas: &mut Canvas, cloth: &Cloth) {
        let edge = self.edge();
        canvas.paint(|x, y, light| {
            let place = self.place(x, y);
            let hole = cloth.hole.map_or(f32::NEG_INFINITY, |hole| -hole.distance(place));
            let beyond = cloth.outline.distance(place).max(hole);
            if beyond > 0.3 {
                return None;
            }
            let dimmed = 1.0 - cloth.shadow * (-beyond.max(0.0) / 0.05).exp() * ramp(0.3, 0.0, beyond);
            let border = 1.0 - 0.22 * (beyond.min(0.0) / 0.04).exp();
            let over = self.lit((cloth.colour)(place), x, y).map(|light| light * border);
            let share = cloth.cover * ramp(edge, -edge, beyond);
            Some(([0, 1, 2].map(|n| light[n] * dimmed * (1.0 - share) + over[n] * share), 1.0))
        });
    }

    /// Lays a narrow thing on the face: `distance` from its middle line, half as wide as `half`.
    pub(crate) fn line(&self, canvas: &mut Canvas, half: f32, colour: Light, distance: impl Fn([f32; 2]) -> f32) {
        let edge = self.edge() * 0.7;
        canvas.paint(|x, y, _| {
            let beyond = distance(self.place(x, y)) - half;
            if beyond > edge {
                return None;
            }
            // Round: lighter along the middle.
            let round = 0.75 + 0.35 * ramp(0.0, -half, beyond);
            Some((self.lit(colour.map(|part| part * round), x, y), ramp(edge, -edge, beyond)))
        });
    }

    /// The light of the picture at a place of the face.
    pub(crate) fn light_at(&self, [right, down]: [f32; 2]) -> Light {
        let right = right + self.mouth[0] * (down / self.mouth[1]).clamp(-0.5, 1.6);
        let [x, y] = on_picture(&self.points, [right, down]);
        self.canvas.between(x, y)
    }

    /// A new start for its random numbers: of its own for every name and strength.
    pub(crate) fn random(name: &str, kind: &str, strength: usize) -> Random {
        let bytes = name.bytes().chain(kind.bytes()).chain([strength as u8]);
        Random::new(
            bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }
}

fn on_picture(points: &Points, [right, down]: [f32; 2]) -> [f32; 2] {
    let [ax, ay] = [0, 1].map(|axis| points.right_eye[axis] - points.left_eye[axis]);
    let middle = points.middle();
    [middle[0] + right * ax - down * ay, middle[1] + right * ay + down * ax]
}

fn skin(canvas: &Canvas, points: &Points) -> Light {
    let places =
        [-0.5, -0.4, -0.3, 0.3, 0.4, 0.5].into_iter().flat_map(|right| [0.4, 0.5, 0.6].map(|down| [right, down]));
    let lights: Vec<Light> = places.map(|place| on_picture(points, place)).map(|[x, y]| canvas.between(x, y)).collect();
    [0, 1, 2].map(|channel| lights.iter().map(|light| light[channel]).sum::<f32>() / lights.len() as f32)
}

/// Luminance of every fourth pixel without detail, over the mean of the skin.
fn soft(canvas: &Canvas, points: &Points, skin: f32) -> Canvas {
    let [width, height] = [canvas.width, canvas.height].map(|side| side.div_ceil(4));
    let light = (0..width * height).map(|n| {
        let (x, y) = (n % width * 4, n / width * 4);
        [luminance(canvas.at(x, y)) / skin.max(0.005); 3]
    });
    Canvas { width, height, light: light.collect() }.blurred((0.3 * points.eyes() / 4.0).max(1.0))
}
