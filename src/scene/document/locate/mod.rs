//! From photo to hypotheses: gradients at three scales, straight lines, quads of lines, and what speaks for each.

mod appraise;
mod cells;
mod edges;
mod lines;
mod outline;
mod profile;
mod propose;
mod refine;
mod work;

pub use appraise::TRAITS;
pub use appraise::Traits;

use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Photo;
use appraise::Texture;
use cells::Cells;
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
    /// Its quad in the upright photo, clockwise from the picture's top left.
    pub(super) fn upright(&self, photo: &Photo) -> Quad {
        upright(&self.quad, self.at_frame, photo).0
    }

    /// Its quad to a fraction of a pixel and which of its sides are borders of the frame: in the upright photo, clockwise from
    /// the picture's top left.
    #[must_use]
    pub fn refined(&self, photo: &Photo) -> (Quad, [bool; 4]) {
        upright(&refine::refine(photo, &self.quad, self.at_frame, self.scale), self.at_frame, photo)
    }
}

/// The quad of a stored photo in its upright raster, clockwise from the picture's top left.
fn upright(quad: &Quad, at_frame: [bool; 4], photo: &Photo) -> (Quad, [bool; 4]) {
    let (quad, mut at_frame) = clockwise(quad.map(|corner| photo.to_upright(corner)), at_frame);
    let reading = |at: &usize| quad.corners()[*at].x + quad.corners()[*at].y;
    let first = (0..4).min_by(|a, b| reading(a).total_cmp(&reading(b))).unwrap_or(0);
    at_frame.rotate_left(first);
    (quad.turned(first), at_frame)
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
    let edges = Cells::of_edges(&points, width, height);
    let texture = Texture { edges, print: Cells::of_print(&work.channels[0]) };
    let traits = appraise::traits(&proposals, &candidates, &evidence, &texture);
    let hypothesis = |(proposal, traits): (&propose::Proposal, Traits)| {
        let scale = f64::from(work.scale);
        let corners = proposal.corners.map(|[x, y]| Point::new(f64::from(x), f64::from(y)) * scale);
        let (quad, at_frame) = clockwise(Quad(corners), proposal.lines.map(|line| candidates[line].is_frame));
        Hypothesis { quad, at_frame, scale, score: appraise::score(&traits), traits }
    };
    let mut hypotheses: Vec<Hypothesis> = proposals.iter().zip(traits).map(hypothesis).collect();
    hypotheses.sort_by(|a, b| b.score.total_cmp(&a.score));
    hypotheses
}

/// A quad of a convex shape and what is known of its sides, counted clockwise whichever way they ran.
fn clockwise(Quad(mut corners): Quad, mut at_frame: [bool; 4]) -> (Quad, [bool; 4]) {
    if !Quad(corners).is_convex() {
        corners.reverse();
        // Side k ran from corner k to the next; backwards it is the one before.
        at_frame[..3].reverse();
    }
    (Quad(corners), at_frame)
}
