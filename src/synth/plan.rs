use crate::scene::DocumentType;
use crate::synth::fault::Fault;
use crate::synth::fault::Severity;
use crate::synth::photograph;
use crate::synth::random::Random;
use crate::synth::truth::Truth;

/// What set of photos to make.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many photos.
    pub count: u64,
    /// Another seed, other people and other captures.
    pub seed: u64,
    /// Width of the capture as stored, px, 64–65,535.
    pub width: u32,
    /// Height of the capture as stored, px, 64–65,535.
    pub height: u32,
    /// Faults to draw from; empty for all. Each photo has one at most.
    pub faults: Vec<Fault>,
    /// Document types to make; empty for all.
    pub document_types: Vec<DocumentType>,
    /// Share of good photos, `[0, 1]`.
    pub good_share: f32,
    /// Lowers the camera's JPEG quality (never below 85) until the file is no larger.
    pub max_file_bytes: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            count: 100,
            seed: 1,
            width: 4032,
            height: 3024,
            faults: Vec::new(),
            document_types: Vec::new(),
            good_share: 0.3,
            max_file_bytes: None,
        }
    }
}

/// One photo to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Seed of the whole set.
    pub seed: u64,
    /// Number of the submission; its photos show the same holder.
    pub submission: u64,
    /// Number of the issuer's design, for documents of several holders to look alike; `None` for a design of the
    /// submission's own.
    pub design: Option<u64>,
    /// What the photo shows.
    pub document_type: DocumentType,
    /// What is wrong with it.
    pub fault: Fault,
    /// How wrong; [`Severity::None`] for a good photo.
    pub severity: Severity,
    /// Width of the capture as stored, px, 64–65,535.
    pub width: u32,
    /// Height of the capture as stored, px, 64–65,535.
    pub height: u32,
    /// Limit on the file's size that JPEG quality may be lowered for, bytes.
    pub max_file_bytes: Option<usize>,
}

/// A finished photo.
#[derive(Clone, Debug)]
pub struct Photograph {
    /// The JPEG file.
    pub bytes: Vec<u8>,
    /// What is known of it.
    pub truth: Truth,
}

/// A photo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The size is out of range.
    #[error("a capture of {width} x {height} pixels cannot be made: each side must have 64 to 65,535")]
    Size {
        /// Width asked for, px.
        width: u32,
        /// Height asked for, px.
        height: u32,
    },
    /// No fault of the list can happen to any document type of the list.
    #[error("none of the faults asked for applies to the document types asked for")]
    NothingToDraw,
    /// The JPEG encoder gave up.
    #[error("failed to encode the photo")]
    Encode(#[from] jpeg_encoder::EncodingError),
}

/// The photos of a submission, by the document submitted.
const SUBMISSIONS: [&[DocumentType]; 3] = [
    &[DocumentType::IdCardFront, DocumentType::IdCardBack, DocumentType::Selfie],
    &[DocumentType::Passport, DocumentType::Selfie],
    &[DocumentType::DriverLicenseFront, DocumentType::DriverLicenseBack, DocumentType::Selfie],
];

impl Options {
    /// The plan of photo `index`. Submissions follow one another: identity card, passport, driving licence, each with its
    /// selfie, as far as their types are asked for.
    ///
    /// # Errors
    /// When the faults and document types asked for exclude each other.
    pub fn plan(&self, index: u64) -> Result<Plan, GenerateError> {
        let round: Vec<(u64, DocumentType)> = (0..)
            .zip(SUBMISSIONS)
            .flat_map(|(number, kinds)| kinds.iter().map(move |kind| (number, *kind)))
            .filter(|(_, kind)| self.document_types.is_empty() || self.document_types.contains(kind))
            .filter(|(_, kind)| self.good_share >= 1.0 || !self.faults_of(*kind).is_empty())
            .collect();
        let length = round.len() as u64;
        if length == 0 {
            return Err(GenerateError::NothingToDraw);
        }
        let (number, document_type) = round[(index % length) as usize];
        let mut random = Random::stream(self.seed, index, "plan");
        let good = random.chance(self.good_share);
        let fault = if good { Fault::None } else { random.pick(&self.faults_of(document_type)) };
        let severity = match fault {
            Fault::None => Severity::None,
            _ => random.pick(&[Severity::Mild, Severity::Strong]),
        };
        Ok(Plan {
            submission: index / length * SUBMISSIONS.len() as u64 + number,
            fault,
            severity,
            width: self.width,
            height: self.height,
            max_file_bytes: self.max_file_bytes,
            ..Plan::good(self.seed, 0, document_type)
        })
    }

    fn faults_of(&self, kind: DocumentType) -> Vec<Fault> {
        let asked: &[Fault] = if self.faults.is_empty() { &Fault::ALL[1..] } else { &self.faults };
        asked.iter().copied().filter(|fault| fault.applies_to(kind)).collect()
    }
}

impl Plan {
    /// A good photo of 1024 x 768 pixels.
    #[must_use]
    pub fn good(seed: u64, submission: u64, document_type: DocumentType) -> Self {
        Self {
            seed,
            submission,
            design: None,
            document_type,
            fault: Fault::None,
            severity: Severity::None,
            width: 1024,
            height: 768,
            max_file_bytes: None,
        }
    }

    /// Name of the submission, `s00042`.
    #[must_use]
    pub fn submission_id(&self) -> String {
        format!("s{:05}", self.submission)
    }

    /// Where the photo goes within its set, `photos/<submission>/<document type>.jpg`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("photos/{}/{}.jpg", self.submission_id(), self.document_type)
    }

    /// Makes the photo. Takes about a second for 12 megapixels on one core.
    ///
    /// # Errors
    /// When the size is out of range or the encoder fails.
    pub fn photograph(&self) -> Result<Photograph, GenerateError> {
        let fits = |side: u32| (64..=65_535).contains(&side);
        if !fits(self.width) || !fits(self.height) {
            return Err(GenerateError::Size { width: self.width, height: self.height });
        }
        photograph::photograph(self)
    }
}

#[cfg(test)]
mod tests {
    use super::GenerateError;
    use super::Options;
    use super::Plan;
    use crate::scene::DocumentType;
    use crate::synth::Fault;
    use crate::synth::Severity;

    fn small(fault: Fault, severity: Severity, kind: DocumentType) -> Plan {
        Plan { width: 400, height: 300, fault, severity, ..Plan::good(11, 3, kind) }
    }

    fn corners(quad: &str) -> Vec<[f64; 2]> {
        let number = |text: &str| text.parse().unwrap();
        quad.split(' ').map(|pair| pair.split_once(',').unwrap()).map(|(x, y)| [number(x), number(y)]).collect()
    }

    #[test]
    fn the_same_plan_gives_the_same_bytes() {
        let plan = small(Fault::Motion, Severity::Mild, DocumentType::Passport);
        assert_eq!(plan.photograph().unwrap().bytes, plan.photograph().unwrap().bytes);
    }

    #[test]
    fn another_seed_gives_another_photo() {
        let plan = small(Fault::None, Severity::None, DocumentType::IdCardBack);
        let other = Plan { seed: 12, ..plan.clone() };
        assert_ne!(plan.photograph().unwrap().bytes, other.photograph().unwrap().bytes);
    }

    #[test]
    fn front_and_back_of_a_submission_show_one_holder() {
        let back = small(Fault::None, Severity::None, DocumentType::IdCardBack).photograph().unwrap().truth;
        let front = small(Fault::None, Severity::None, DocumentType::IdCardFront).photograph().unwrap().truth;
        assert_eq!(
            (front.submission_id, front.skin_tone, front.expires),
            (back.submission_id, back.skin_tone, back.expires)
        );
    }

    #[test]
    fn a_good_photo_has_all_corners_in_the_frame() {
        for submission in 0..8 {
            let plan = Plan { submission, ..small(Fault::None, Severity::None, DocumentType::DriverLicenseFront) };
            let truth = plan.photograph().unwrap().truth;
            for [x, y] in corners(truth.quad.as_deref().unwrap()) {
                assert!(x > 0.0 && y > 0.0 && x < f64::from(truth.width) && y < f64::from(truth.height), "{truth:?}");
            }
            assert_eq!((truth.labels.as_str(), truth.cut_share), ("ok", 0.0));
        }
    }

    #[test]
    fn a_cut_corner_lies_outside_the_frame_and_the_others_inside() {
        for severity in [Severity::Mild, Severity::Strong] {
            let truth = small(Fault::CutCorner, severity, DocumentType::IdCardFront).photograph().unwrap().truth;
            let (w, h) = (f64::from(truth.width), f64::from(truth.height));
            let outside = |p: &[f64; 2]| p[0] < 0.0 || p[1] < 0.0 || p[0] > w || p[1] > h;
            assert_eq!(corners(truth.quad.as_deref().unwrap()).into_iter().filter(outside).count(), 1, "{truth:?}");
            assert!(truth.cut_share > 0.0);
        }
    }

    #[test]
    fn an_index_beyond_the_list_of_types_starts_a_new_submission() {
        let options = Options { document_types: vec![DocumentType::Passport], ..Options::default() };
        assert_eq!(options.plan(0).unwrap().submission, 1);
        assert_eq!(options.plan(1).unwrap().submission, 4);
    }

    #[test]
    fn faults_that_apply_to_no_type_asked_for_are_an_error() {
        let options = Options {
            document_types: vec![DocumentType::Selfie],
            faults: vec![Fault::CutCorner],
            ..Options::default()
        };
        assert!(matches!(options.plan(0), Err(GenerateError::NothingToDraw)));
    }

    #[test]
    fn a_capture_without_pixels_is_an_error() {
        let plan = Plan { width: 0, ..Plan::good(1, 1, DocumentType::Passport) };
        assert!(matches!(plan.photograph(), Err(GenerateError::Size { width: 0, height: 768 })));
    }
}
