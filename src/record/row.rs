use super::corners;
use crate::checks::Category;
use crate::checks::Measurement;
use crate::checks::Polygon;
use crate::checks::REGISTRY;
use crate::checks::Unmeasured;
use crate::geometry::Quad;
use crate::identity::Format;
use crate::identity::Reading;
use crate::photo::FileFacts;
use crate::scene::DocumentType;
use crate::scene::PictureHash;
use crate::verdict::Grade;
use crate::verdict::Judgement;
use crate::verdict::Outcome;
use crate::verdict::Policy;
use crate::verdict::Prompt;
use crate::verdict::Verdict;
use crate::verdict::judge;

/// Which photo a row is about, and what was said of it before it was opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The path as it stands in reports, escaped by [`super::escape_path`].
    pub path: String,
    /// The submission it belongs to.
    pub submission_id: Option<String>,
    /// The declared document type.
    pub document_type: Option<DocumentType>,
    /// The capture of which it is a frame.
    pub capture_id: Option<String>,
    /// Its place among the frames of the capture.
    pub frame: Option<u32>,
    /// What the person was asked to do.
    pub prompt: Option<Prompt>,
    /// Values of the manifest's own columns, in their order.
    pub extra: Vec<Option<String>>,
}

/// Everything recorded of one photo.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which photo.
    pub source: Source,
    /// What the file says of itself. JPEG structure is not recorded.
    pub facts: FileFacts,
    /// The type that the photo shows, where it leaves only one over.
    pub detected_type: Option<DocumentType>,
    /// Layout of the machine-readable zone that was read.
    pub mrz_format: Option<Format>,
    /// Code of the issuing state in that zone, without fillers.
    pub issuing_state: Option<String>,
    /// Corners of the document in pixels of the upright photo, to a tenth: top left, top right, bottom right, bottom left.
    /// They may lie outside. `None` where no document was found or looked for.
    pub document_quad: Option<Quad>,
    /// The largest face, a square from brows to chin in pixels of the upright photo, as [`Row::document_quad`].
    pub face_quad: Option<Quad>,
    /// Height of the opening of its mouth, distances between the eyes; `None` where the eyes are not sure.
    pub mouth_open: Option<f64>,
    /// Sharpness of the whole frame, 1/px; `None` where it has no edges. Decides nothing.
    pub frame_sharpness: Option<f64>,
    /// What the flat document looks like; `None` where there is none.
    pub document_hash: Option<PictureHash>,
    /// What the whole upright frame looks like; `None` where it is blank.
    pub frame_hash: Option<PictureHash>,
    /// One outcome a check of [`REGISTRY`]; `None` where it does not apply or the file could not be assessed.
    pub outcomes: Vec<Option<Outcome>>,
    /// Evidence regions of each check, as [`Row::outcomes`]; shown by `inspect`, not recorded in tables.
    pub evidence: Vec<Vec<Polygon>>,
    /// One grade a check, as [`Row::outcomes`].
    pub grades: Vec<Option<Grade>>,
    /// The verdict.
    pub verdict: Verdict,
    /// Categories of the findings, the primary one first.
    pub categories: Vec<Category>,
    /// Why the file could not be assessed.
    pub error: Option<String>,
    /// When the file was changed last, seen before it was read; nanoseconds since 1970. Recorded for later runs only. `None` where
    /// it is not known, or so recent that a further change might not show.
    pub modified_ns: Option<i64>,
}

impl Row {
    /// A photo that was measured; not judged yet.
    ///
    /// Numbers are kept to six significant digits, so that what is judged is what is recorded.
    #[must_use]
    pub fn measured(
        source: Source,
        facts: FileFacts,
        measurements: Vec<Option<Result<Measurement, Unmeasured>>>,
    ) -> Self {
        let mut row = Self::blank(source, facts);
        for (index, measurement) in measurements.into_iter().enumerate() {
            row.outcomes[index] = measurement.map(|measurement| {
                let Measurement { number, evidence } = measurement?;
                row.evidence[index] = evidence;
                Ok(six_digits(number))
            });
        }
        row
    }

    /// The same with the type that the photo shows.
    #[must_use]
    pub fn with_detected(self, detected_type: Option<DocumentType>) -> Self {
        Self { detected_type, ..self }
    }

    /// The same with what may be recorded of the machine-readable zone: its layout and the issuing state.
    #[must_use]
    pub fn with_mrz(self, reading: Option<&Reading>) -> Self {
        let issuing_state = reading.and_then(Reading::issuing_state).map(str::to_owned);
        Self { mrz_format: reading.map(Reading::format), issuing_state, ..self }
    }

    /// The document type, declared or else detected.
    #[must_use]
    pub fn document_type(&self) -> Option<DocumentType> {
        self.source.document_type.or(self.detected_type)
    }

    /// The same with the corners of the document; corners at infinity are none.
    #[must_use]
    pub fn with_document(self, quad: Option<Quad>) -> Self {
        Self { document_quad: quad.as_ref().and_then(corners::to_tenths), ..self }
    }

    /// The same with the largest face and how far its mouth is open.
    #[must_use]
    pub fn with_face(self, face: Option<Quad>, mouth_open: Option<f64>) -> Self {
        let mouth_open = mouth_open.filter(|height| height.is_finite()).map(six_digits);
        Self { face_quad: face.as_ref().and_then(corners::to_tenths), mouth_open, ..self }
    }

    /// The same with the sharpness of the whole frame, to six digits; one that is not finite is none.
    #[must_use]
    pub fn with_frame_sharpness(self, sharpness: Option<f64>) -> Self {
        Self { frame_sharpness: sharpness.filter(|sharpness| sharpness.is_finite()).map(six_digits), ..self }
    }

    /// The same with what the flat document and the whole frame look like.
    #[must_use]
    pub fn with_hashes(self, document_hash: Option<PictureHash>, frame_hash: Option<PictureHash>) -> Self {
        Self { document_hash, frame_hash, ..self }
    }

    /// A file that could not be assessed.
    #[must_use]
    pub fn failed(source: Source, facts: FileFacts, error: String) -> Self {
        Self { error: Some(error), ..Self::blank(source, facts) }
    }

    /// A row without any outcome.
    #[must_use]
    pub fn blank(source: Source, facts: FileFacts) -> Self {
        Self {
            source,
            facts,
            detected_type: None,
            mrz_format: None,
            issuing_state: None,
            document_quad: None,
            face_quad: None,
            mouth_open: None,
            frame_sharpness: None,
            document_hash: None,
            frame_hash: None,
            outcomes: vec![None; REGISTRY.len()],
            evidence: vec![Vec::new(); REGISTRY.len()],
            grades: vec![None; REGISTRY.len()],
            verdict: Verdict::Error,
            categories: Vec::new(),
            error: None,
            modified_ns: None,
        }
    }

    /// Judges the recorded numbers anew. A row with an error stays an error.
    pub fn judge(&mut self, policy: &Policy) {
        if self.error.is_none() {
            let Judgement { grades, verdict, categories, .. } = self.judgement(policy);
            self.grades = grades;
            self.verdict = verdict;
            self.categories = categories;
        }
    }

    /// What follows from the recorded numbers, with findings. What the person was asked to do is no fault.
    #[must_use]
    pub fn judgement(&self, policy: &Policy) -> Judgement {
        let is_asked = |at: usize| self.source.prompt.is_some_and(|prompt| prompt.excuses(REGISTRY[at].id));
        let judged: Vec<_> =
            self.outcomes.iter().enumerate().map(|(at, outcome)| outcome.filter(|_| !is_asked(at))).collect();
        judge(&judged, self.document_type(), policy)
    }
}

fn six_digits(number: f64) -> f64 {
    format!("{number:.5e}").parse().expect("a formatted number parses")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_to_six_digits() {
        assert_eq!(six_digits(0.123_456_789).to_string(), "0.123457");
        assert_eq!(six_digits(-123_456_789.0).to_string(), "-123457000");
        assert_eq!(six_digits(0.0).to_string(), "0");
    }

    #[test]
    fn an_error_stays_an_error_under_any_policy() {
        let mut row = Row::failed(Source::default(), FileFacts::default(), "the file is empty".to_owned());
        row.judge(&Policy::default());
        assert_eq!(row.verdict, Verdict::Error);
    }
}
