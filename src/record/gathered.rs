use super::Row;
use super::captured_frame;
use crate::verdict::Capture;
use crate::verdict::CapturedFrame;
use crate::verdict::Policy;
use crate::verdict::SecondPass;
use crate::verdict::SubmittedPhoto;
use crate::verdict::judge_captures;
use crate::verdict::judge_submissions;

/// What the second pass needs of judged rows, gathered while they come in.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    photos: Vec<SubmittedPhoto>,
    frames: Vec<CapturedFrame>,
}

impl Gathered {
    /// Adds one row.
    pub fn add(&mut self, row: &Row) {
        self.photos.push(SubmittedPhoto::from(row));
        self.frames.extend(captured_frame(row));
    }

    /// Whether a photo belongs to a submission.
    #[must_use]
    pub fn has_submissions(&self) -> bool {
        self.photos.iter().any(|photo| photo.submission_id.is_some())
    }

    /// Judges the captures alone.
    #[must_use]
    pub fn captures(&self, policy: &Policy) -> Vec<Capture> {
        judge_captures(&self.frames, &policy.capture)
    }

    /// Judges the captures, and the submissions with them.
    #[must_use]
    pub fn judge(&self, policy: &Policy) -> (Vec<Capture>, SecondPass) {
        let captures = self.captures(policy);
        let found = judge_submissions(&self.photos, &captures, &policy.submission);
        (captures, found)
    }
}

impl<'a> FromIterator<&'a Row> for Gathered {
    fn from_iter<T: IntoIterator<Item = &'a Row>>(rows: T) -> Self {
        let mut gathered = Self::default();
        rows.into_iter().for_each(|row| gathered.add(row));
        gathered
    }
}
