use super::Prompt;
use crate::geometry::Point;
use crate::geometry::Quad;

/// Distance between the eyes as a share of the side of a face's square.
const EYE_DISTANCE: f64 = 0.4;

/// What the second pass knows of a frame of a capture.
#[derive(Clone, Debug, PartialEq)]
pub struct CapturedFrame {
    /// The capture it belongs to.
    pub capture_id: Box<str>,
    /// The submission it belongs to.
    pub submission_id: Option<Box<str>>,
    /// Its place in the capture.
    pub frame: u32,
    /// What the person was asked to do.
    pub prompt: Option<Prompt>,
    /// How open the eyes are, 0–1: the number of `eyes_open`.
    pub eyes_open: Option<f64>,
    /// How far the head is turned to the viewer's right, degrees: the number of `head_yaw`.
    pub head_yaw: Option<f64>,
    /// How high the opening of the mouth is, distances between the eyes.
    pub mouth_open: Option<f64>,
    /// The square of the largest face, pixels.
    pub face: Option<Quad>,
}

impl CapturedFrame {
    /// How far the face moved from `self` to `next`, distances between the eyes; `None` where one of both shows none.
    pub(super) fn movement_to(&self, next: &Self) -> Option<f64> {
        let place = |face: &Quad| face.corners().iter().fold(Point::new(0.0, 0.0), |sum, corner| sum + *corner) * 0.25;
        let (face, next) = (self.face.as_ref()?, next.face.as_ref()?);
        let eyes = EYE_DISTANCE * (face.area().sqrt() + next.area().sqrt()) / 2.0;
        Some((place(next) - place(face)).length() / eyes).filter(|movement| movement.is_finite())
    }
}
