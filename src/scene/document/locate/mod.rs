//! From photo to hypotheses: gradients at three scales, straight lines, quads of lines, and what speaks for each.

mod appraise;
mod edges;
mod lines;
mod profile;
mod propose;
mod refine;
mod work;

pub use appraise::TRAITS;
pub use appraise::Traits;

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use appraise::Detail;
use edges::EdgePoint;
use edges::Gradient;
use profile::Evidence;
use propose::Candidate;
use work::Work;

/// Lines that sides are chosen from, next to the borders of the frame.
const LINES: usize = 64;

/// Smallest side of the search raster, pixels.
const LEAST_SIDE: usize = 24;

/// Quads that are looked at more closely.
const QUADS: usize = 60;

/// A quad that may be the document, in pixels of the photo as stored, and what speaks for it.
#[derive(Clone, Debug)]
pub struct Hypothesis {
    /// Clockwise, in pixels of the photo as stored.
    pub quad: Quad,
    /// Which of its sides are borders of the frame, in the order of the quad's sides.
    pub at_frame: [bool; 4],
    /// Pixels of the photo under one of the search raster.
    scale: f64,
    /// What speaks for it and against it.
    pub traits: Traits,
    /// The traits as one number; only differences between hypotheses of one photo have a meaning.
    pub score: f32,
}

impl Hypothesis {
    /// Its quad to a fraction of a pixel, in pixels of the photo as stored.
    #[must_use]
    pub fn refined(&self, photo: &Photo) -> Quad {
        refine::refine(photo, &self.quad, self.at_frame, self.scale)
    }
}

/// What may be the document in `photo`, likeliest first.
#[must_use]
pub fn hypotheses(photo: &Photo) -> Vec<Hypothesis> {
    let work = Work::of(photo);
    if work.width().min(work.height()) < LEAST_SIDE {
        return Vec::new();
    }
    let (width, height) = (work.width(), work.height());
    let half = work.halved();
    let gradients = [Gradient::of(&work), Gradient::of(&half), Gradient::of(&half.halved())];
    let points: Vec<EdgePoint> =
        gradients.iter().zip([1.0, 2.0, 4.0]).flat_map(|(gradient, scale)| gradient.ridge(scale)).collect();
    let evidence = Evidence { gradients, colours: half };
    let lines = lines::find(&points, width, height, LINES);
    let candidates = Candidate::all(lines, &evidence);
    let proposals = propose::quads(&candidates, width as f32, height as f32, QUADS);
    let traits = appraise::traits(&proposals, &candidates, &evidence, &Detail::of(&points, width, height));
    let hypothesis = |(proposal, traits): (&propose::Proposal, Traits)| {
        let at_frame = proposal.lines.map(|line| candidates[line].is_frame);
        clockwise(&proposal.corners, at_frame, f64::from(work.scale), traits)
    };
    let mut hypotheses: Vec<Hypothesis> = proposals.iter().zip(traits).map(hypothesis).collect();
    hypotheses.sort_by(|a, b| b.score.total_cmp(&a.score));
    hypotheses
}

fn clockwise(corners: &[[f32; 2]; 4], mut at_frame: [bool; 4], scale: f64, traits: Traits) -> Hypothesis {
    let mut corners = corners.map(|[x, y]| Point::new(f64::from(x), f64::from(y)) * scale);
    if !Quad(corners).is_convex() {
        corners.reverse();
        // Side k ran from corner k to k + 1; backwards it is the one before.
        at_frame = [at_frame[2], at_frame[1], at_frame[0], at_frame[3]];
    }
    Hypothesis { quad: Quad(corners), at_frame, scale, score: appraise::score(&traits), traits }
}
