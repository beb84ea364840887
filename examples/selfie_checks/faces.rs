//! Faces labelled by eye, cut out of their photos.

use std::error::Error;
use std::path::Path;

use image::RgbImage;
use image::imageops::FilterType;
use image::imageops::crop_imm;
use image::imageops::resize;
use serde::Deserialize;

use crate::photos::open;
use crate::upright::upright;

/// What is labelled, from the same folder as this file; paths in it start in the folder of the sets.
const LABELS: &str = include_str!("faces.csv");
/// How far around the middle of the eyes a face is cut out, in distances between the eyes: left, up, right, down.
const AROUND: [f32; 4] = [4.0, 3.6, 4.0, 4.4];
/// Distance between the eyes to which larger faces are made smaller, pixels.
const EYES: f32 = 100.0;

/// A line of `faces.csv`: points as `x y` in pixels of the upright photo, sizes in distances between the eyes.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Label {
    pub(crate) path: String,
    pub(crate) face: usize,
    left_eye: String,
    right_eye: String,
    nose: String,
    mouth_left: String,
    mouth_right: String,
    /// From the line of the eyes down to the chin.
    chin: Option<f32>,
    /// From the line of the eyes up to the top of the hair.
    crown: Option<f32>,
    /// Half the width of the head with its hair, at the brows.
    head: Option<f32>,
    /// Half the width of the face at the mouth.
    jaw: Option<f32>,
    pub(crate) glasses: String,
    pub(crate) hat: u8,
    pub(crate) eyes_closed: u8,
    pub(crate) mouth: String,
    /// -1 where the nose points to the viewer's left, 1 to the right.
    pub(crate) yaw: i8,
    pub(crate) tone: String,
    /// Lit from one side as it is.
    uneven: u8,
    #[serde(rename = "use")]
    base: u8,
}

impl Label {
    /// File and number of the face.
    pub(crate) fn name(&self) -> String {
        let stem = Path::new(&self.path).file_stem().unwrap_or_default().to_string_lossy();
        format!("{stem}-{}", self.face)
    }

    /// Whether both sides are lit alike as it is.
    pub(crate) fn is_even(&self) -> bool {
        self.uneven == 0
    }

    /// Whether pictures are derived from it: it looks into the camera, shows enough, and no other face in its picture is larger.
    pub(crate) fn is_base(&self) -> bool {
        self.base == 1
    }
}

/// A labelled face with its surroundings.
#[derive(Clone)]
pub(crate) struct Face {
    pub(crate) label: Label,
    pub(crate) picture: RgbImage,
    pub(crate) points: Points,
}

/// Places of a face, in pixels of its picture, and its sizes in distances between the eyes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Points {
    pub(crate) left_eye: [f32; 2],
    pub(crate) right_eye: [f32; 2],
    pub(crate) nose: [f32; 2],
    pub(crate) mouth: [[f32; 2]; 2],
    pub(crate) chin: f32,
    pub(crate) crown: f32,
    pub(crate) head: f32,
    pub(crate) jaw: f32,
}

impl Points {
    fn of(label: &Label) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            left_eye: point(&label.left_eye)?,
            right_eye: point(&label.right_eye)?,
            nose: point(&label.nose)?,
            mouth: [point(&label.mouth_left)?, point(&label.mouth_right)?],
            chin: label.chin.unwrap_or(1.75),
            crown: label.crown.unwrap_or(1.8),
            head: label.head.unwrap_or(1.25),
            jaw: label.jaw.unwrap_or(0.95),
        })
    }

    /// Moved and made smaller.
    fn moved(self, from: [f32; 2], scale: f32) -> Self {
        let place = |[x, y]: [f32; 2]| [(x - from[0]) * scale, (y - from[1]) * scale];
        Self {
            left_eye: place(self.left_eye),
            right_eye: place(self.right_eye),
            nose: place(self.nose),
            mouth: self.mouth.map(place),
            ..self
        }
    }

    /// Distance between the eyes, pixels.
    pub(crate) fn eyes(&self) -> f32 {
        (self.right_eye[0] - self.left_eye[0]).hypot(self.right_eye[1] - self.left_eye[1])
    }

    pub(crate) fn middle(&self) -> [f32; 2] {
        [0, 1].map(|axis| f32::midpoint(self.left_eye[axis], self.right_eye[axis]))
    }

    /// How far the line of the eyes is turned, degrees clockwise.
    pub(crate) fn roll(&self) -> f32 {
        let [dx, dy] = [0, 1].map(|axis| self.right_eye[axis] - self.left_eye[axis]);
        dy.atan2(dx).to_degrees()
    }

    /// A place of the picture as seen from the middle of the eyes: to the right and down, in distances between them.
    pub(crate) fn seen(&self, x: f32, y: f32) -> [f32; 2] {
        let eyes = self.eyes();
        let [ax, ay] = [0, 1].map(|axis| (self.right_eye[axis] - self.left_eye[axis]) / eyes);
        let middle = self.middle();
        let (x, y) = ((x - middle[0]) / eyes, (y - middle[1]) / eyes);
        [x * ax + y * ay, y * ax - x * ay]
    }

    /// [`Self::seen`] of a point.
    pub(crate) fn of_point(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        self.seen(x, y)
    }
}

fn point(cell: &str) -> Result<[f32; 2], Box<dyn Error>> {
    let (x, y) = cell.split_once(' ').ok_or("a point is two numbers")?;
    Ok([x.parse()?, y.parse()?])
}

/// Every labelled face, from the sets of photos in `data`.
pub(crate) fn faces(data: &Path) -> Result<Vec<Face>, Box<dyn Error>> {
    let mut faces = Vec::new();
    let mut open_photo: Option<(String, RgbImage)> = None;
    for label in csv::Reader::from_reader(LABELS.as_bytes()).deserialize() {
        let label: Label = label?;
        if open_photo.as_ref().is_none_or(|(path, _)| *path != label.path) {
            let photo = open(&std::fs::read(data.join(&label.path))?).ok_or("a labelled file is no photo")?;
            open_photo = Some((label.path.clone(), upright(&photo)));
        }
        if let Some((_, whole)) = &open_photo {
            faces.push(cut_out(label, whole)?);
        }
    }
    Ok(faces)
}

fn cut_out(label: Label, whole: &RgbImage) -> Result<Face, Box<dyn Error>> {
    let points = Points::of(&label)?;
    let ([x, y], eyes) = (points.middle(), points.eyes());
    let [left, top] = [x - AROUND[0] * eyes, y - AROUND[1] * eyes].map(|edge| edge.max(0.0).floor());
    let right = (x + AROUND[2] * eyes).min(whole.width() as f32).floor();
    let bottom = (y + AROUND[3] * eyes).min(whole.height() as f32).floor();
    let part = crop_imm(whole, left as u32, top as u32, (right - left) as u32, (bottom - top) as u32).to_image();
    let scale = (EYES / eyes).min(1.0);
    let [width, height] = [part.width(), part.height()].map(|side| ((side as f32 * scale).round() as u32).max(1));
    let picture = if scale < 1.0 { resize(&part, width, height, FilterType::CatmullRom) } else { part };
    Ok(Face { label, picture, points: points.moved([left, top], scale) })
}
