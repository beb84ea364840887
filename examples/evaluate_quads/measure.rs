//! The search on every photo and what came out.

use std::cmp::Ordering;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::path::PathBuf;
use std::time::Instant;

use kyclint::geometry::Quad;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::scene::Document;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use rayon::prelude::*;
use serde::Serialize;
use serde::Serializer;

use super::judge;
use super::labels::Row;
use super::labels::Set;
use super::labels::Truth;

/// Jaccard index of a hit.
const HIT: f64 = 0.90;
/// Corner residual over perimeter of a hit by corners.
const CORNER_HIT: f64 = 0.017;
/// How far beyond the frame a corner counts as outside, share of the short side.
const OUTSIDE: f64 = 0.005;

/// What was measured on one photo.
#[derive(Serialize)]
pub struct Outcome {
    pub set: String,
    pub name: String,
    #[serde(skip)]
    pub path: PathBuf,
    pub tags: Vec<String>,
    #[serde(serialize_with = "corners_of_truth")]
    pub truth: Truth,
    /// False where the photo could not be read or the search broke off.
    pub searched: bool,
    pub found: Option<Found>,
    /// Where the true corners are known.
    pub verdict: Option<Verdict>,
    /// Duration of the search on the decoded photo.
    pub milliseconds: f64,
}

/// What the search answered.
#[derive(Clone, Serialize)]
pub struct Found {
    #[serde(serialize_with = "corners")]
    pub quad: Quad,
    /// Which sides are borders of the frame.
    pub at_frame: [bool; 4],
    pub confidence: f64,
}

/// How near the answer comes to the truth. No answer overlaps nothing and hits nothing.
#[derive(Clone, Serialize)]
pub struct Verdict {
    pub jaccard: f64,
    pub hit: bool,
    pub corner_residual: Option<f64>,
    pub corner_hit: bool,
    /// True corners outside the frame.
    pub outside: [bool; 4],
    /// Found corners that lie outside the frame, or where it cuts the document off; in the order of the true ones.
    pub found_outside: [bool; 4],
}

impl Outcome {
    /// How sure the answer is, 0 where there is none.
    pub fn confidence(&self) -> f64 {
        self.found.as_ref().map_or(0.0, |found| found.confidence)
    }
}

impl Verdict {
    pub fn is_cut(&self) -> bool {
        self.outside.contains(&true)
    }

    pub fn found_cut(&self) -> bool {
        self.found_outside.contains(&true)
    }
}

/// Searches every photo.
pub fn all(sets: &[Set]) -> Vec<Outcome> {
    let rows: Vec<(&Set, &Row)> = sets.iter().flat_map(|set| set.rows.iter().map(move |row| (set, row))).collect();
    rows.par_iter().map(|(set, row)| measure(set, row)).collect()
}

/// The `count` photos with the least overlap, the most confident first among equals.
pub fn worst(outcomes: &[Outcome], count: usize) -> Vec<&Outcome> {
    let mut judged: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.verdict.is_some()).collect();
    let overlap = |outcome: &Outcome| outcome.verdict.as_ref().map_or(1.0, |verdict| verdict.jaccard);
    let order = |a: &&Outcome, b: &&Outcome| -> Ordering {
        overlap(a).total_cmp(&overlap(b)).then(b.confidence().total_cmp(&a.confidence()))
    };
    judged.sort_by(order);
    judged.truncate(count);
    judged
}

/// Reads a photo, or `None` where that fails.
pub fn open(path: &Path) -> Option<Photo> {
    let bytes = std::fs::read(path).ok()?;
    decode(&bytes, FileFacts::read(&bytes), &Limits::default()).ok()
}

fn measure(set: &Set, row: &Row) -> Outcome {
    let photo = open(&row.path);
    let start = Instant::now();
    let answer = photo
        .as_ref()
        .and_then(|photo| catch_unwind(AssertUnwindSafe(|| search(photo, row.document_type.parse().ok()))).ok());
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let searched = answer.is_some();
    let found = answer.flatten();
    let frame = photo.map_or([0.0; 2], |photo| [photo.upright_size().0, photo.upright_size().1].map(f64::from));
    Outcome {
        set: set.name.clone(),
        name: row.name.clone(),
        path: row.path.clone(),
        tags: row.tags.clone(),
        truth: row.truth,
        searched,
        verdict: judge(&row.truth, found.as_ref(), frame),
        found,
        milliseconds,
    }
}

fn search(photo: &Photo, declared: Option<DocumentType>) -> Option<Found> {
    let scene = Scene::declared(photo, declared);
    let &Document { quad, at_frame, confidence, .. } = scene.document()?;
    Some(Found { quad, at_frame, confidence })
}

fn judge(truth: &Truth, found: Option<&Found>, frame: [f64; 2]) -> Option<Verdict> {
    let Truth::Quad(truth) = truth else { return None };
    let margin = OUTSIDE * truth.short_side();
    let outside = judge::corners_outside(truth, frame, margin);
    let Some(found) = found else {
        return Some(Verdict { outside, ..Verdict::missed() });
    };
    let quad = &found.quad;
    let (jaccard, residual) = (judge::jaccard(truth, quad), judge::corner_residual(truth, quad));
    Some(Verdict {
        jaccard,
        hit: jaccard >= HIT,
        corner_residual: Some(residual),
        corner_hit: residual < CORNER_HIT,
        outside,
        found_outside: found_outside(truth, found, frame, margin),
    })
}

fn found_outside(truth: &Quad, found: &Found, frame: [f64; 2], margin: f64) -> [bool; 4] {
    let (beyond, cut) = (judge::corners_outside(&found.quad, frame, margin), judge::ends(found.at_frame));
    let mut outside = [0, 1, 2, 3].map(|corner| beyond[corner] || cut[corner]);
    outside.rotate_left(judge::turns(truth, &found.quad));
    outside
}

impl Verdict {
    fn missed() -> Self {
        let none = [false; 4];
        let (jaccard, corner_residual) = (0.0, None);
        Self { jaccard, hit: false, corner_residual, corner_hit: false, outside: none, found_outside: none }
    }
}

fn corners<S: Serializer>(quad: &Quad, serializer: S) -> Result<S::Ok, S::Error> {
    quad.0.serialize(serializer)
}

fn corners_of_truth<S: Serializer>(truth: &Truth, serializer: S) -> Result<S::Ok, S::Error> {
    match truth {
        Truth::Quad(quad) => quad.0.serialize(serializer),
        Truth::Unmarked => "unmarked".serialize(serializer),
        Truth::Absent => "absent".serialize(serializer),
    }
}
