//! The document in a photo: where its corners are, how sure that is, how it lies before the camera.

mod border;
mod colours;
mod complete;
mod confidence;
mod locate;
mod pose;
mod rectify;

pub use border::Border;
pub use border::Contrast;
pub use border::Occlusion;
pub use colours::Colours;
pub use confidence::Signs;
pub use locate::Hypothesis;
pub use locate::TRAITS;
pub use locate::Traits;
pub use locate::hypotheses;
pub use pose::Pose;
pub use pose::Shape;
pub use pose::Size;
pub(super) use pose::least_stretch;
pub use rectify::Rectified;
pub(super) use rectify::cut_chroma;
pub(super) use rectify::cut_luma;
pub(super) use rectify::sampled;

use crate::geometry::Quad;
use crate::geometry::area;
use crate::geometry::intersection;
use crate::photo::Photo;
use crate::scene::DocumentType;

/// Other documents are sought among so many hypotheses.
const OTHERS: usize = 2;

/// Confidence that other documents must have: the first one was expected, these are not.
const OTHER_CONFIDENCE: f64 = 0.6;

/// Other documents cover at least this share of the area of the document.
const SMALLEST_OTHER: f64 = 0.25;

/// Other documents overlap by less than this share of the smaller one.
const OVERLAP: f64 = 0.1;

/// The document that a photo shows.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its corners in pixels of the upright photo, clockwise, the first being the picture's top left. Corners may lie
    /// outside the frame: where a single side is hidden there, a known format says how far the document goes on.
    pub quad: Quad,
    /// Which sides of the quad are borders of the frame, because the document goes on beyond it.
    pub at_frame: [bool; 4],
    /// How sure it is that a document lies there, 0–1: the probability that the quad is right.
    pub confidence: f64,
    /// What the confidence was made of.
    pub signs: Signs,
    /// What its border tells; `None` where the frame shows too little of it.
    pub border: Option<Border>,
    /// Other documents in the frame, likeliest first.
    pub others: Vec<Quad>,
}

impl Document {
    /// The document of which it is known that it lies at `quad`.
    #[must_use]
    pub fn known(quad: Quad) -> Self {
        Self {
            quad,
            at_frame: [false; 4],
            confidence: 1.0,
            signs: confidence::NO_SIGNS,
            border: None,
            others: Vec::new(),
        }
    }

    /// Whether the frame cuts the document at corner `at`, or that corner lies on a side that the frame cuts.
    #[must_use]
    pub fn is_cut_at(&self, at: usize) -> bool {
        self.at_frame[at] || self.at_frame[(at + 3) % 4]
    }

    /// The likeliest document in `photo`, however unlikely, or `None` where there is not even a quad to speak of. Where the
    /// frame cuts it, its `declared` type tells how far it goes on.
    #[must_use]
    pub fn locate(photo: &Photo, declared: Option<DocumentType>) -> Option<Self> {
        let hypotheses = hypotheses(photo);
        let best = hypotheses.first()?;
        // What lies apart is no rival: it may be another document.
        let rival = hypotheses.iter().find(|other| {
            let shared = area(&intersection(&other.quad.0, &best.quad.0));
            shared > OVERLAP * best.quad.area() && other.quad.jaccard(&best.quad) < 0.8
        });
        let mut document = Self::at(best, rival, photo);
        if document.at_frame == [true; 4] {
            // That the document fills the frame is what is left where no border is clear: one that is seen may be likelier.
            let seen = hypotheses.iter().find(|other| other.at_frame == [false; 4]);
            let other = seen.map(|other| Self::at(other, Some(best), photo));
            document = other.filter(|other| other.confidence > document.confidence).unwrap_or(document);
        }
        document.others = document.beside(&hypotheses, photo);
        document.quad = complete::complete(&document.quad, document.at_frame, photo, declared).unwrap_or(document.quad);
        Some(document)
    }

    fn at(hypothesis: &Hypothesis, rival: Option<&Hypothesis>, photo: &Photo) -> Self {
        let (quad, at_frame) = hypothesis.refined(photo);
        let colours = Colours::of(photo);
        let border = Border::read(|point| colours.at(point), &quad);
        let signs = confidence::signs(hypothesis, rival, border.as_ref());
        Self { quad, at_frame, confidence: confidence::of(&signs), signs, border, others: Vec::new() }
    }

    /// Documents that lie beside this one.
    fn beside(&self, hypotheses: &[Hypothesis], photo: &Photo) -> Vec<Quad> {
        let mut found = vec![self.quad];
        let apart = |found: &[Quad], quad: &Quad| {
            found.iter().all(|other| area(&intersection(&other.0, &quad.0)) < OVERLAP * other.area().min(quad.area()))
        };
        let mut looked_at = 0;
        for (at, hypothesis) in hypotheses.iter().enumerate() {
            if looked_at == OTHERS {
                break;
            }
            let quad = hypothesis.upright(photo);
            if quad.area() < SMALLEST_OTHER * self.quad.area() || !apart(&found, &quad) {
                continue;
            }
            looked_at += 1;
            let rival = hypotheses[at + 1..].iter().find(|other| {
                let shared = area(&intersection(&other.quad.0, &hypothesis.quad.0));
                shared > 0.3 * hypothesis.quad.area() && other.quad.jaccard(&hypothesis.quad) < 0.8
            });
            let document = Self::at(hypothesis, rival, photo);
            if document.confidence >= OTHER_CONFIDENCE {
                found.push(document.quad);
            }
        }
        found.split_off(1)
    }
}
