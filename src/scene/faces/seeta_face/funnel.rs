//! The way of windows through the cascade.

use super::WINDOW;
use super::boosted::Features;
use super::merge::merged;
use super::model::Member;
use super::model::Model;
use super::perceptron::Perceptron;
use super::perceptron::Samples;
use crate::pixels::Plane;

/// Each raster of the pyramid is so much smaller than the one before.
const SHRINKING: f32 = 0.8;
/// Steps between windows, pixels of the pyramid's raster.
const STEP: usize = 4;
/// Overlap (Jaccard index) from which on windows are one while the search goes on, and at its end.
const SAME: f32 = 0.8;
const SAME_FACE: f32 = 0.3;
/// Sides of a raster at most, pixels: coordinates stay exact.
const LONGEST: usize = 1 << 14;

/// A square of the raster that may be a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) side: i32,
    pub(super) score: f64,
}

/// The windows of `luma` that `model` takes for faces, surest first, none larger than about `largest`.
pub(super) fn windows(model: &Model, luma: &Plane, largest: f32) -> Vec<Window> {
    let (shorter, longer) = (luma.width().min(luma.height()), luma.width().max(luma.height()));
    if shorter < WINDOW || longer > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<Vec<Window>> =
        proposed(model, luma, largest).into_iter().map(|windows| merged(windows, SAME)).collect();
    for (at, tier) in model.tiers.iter().enumerate() {
        let is_last = at + 1 == model.tiers.len();
        found = tier.iter().map(|member| passed(member, luma, &found, is_last)).collect();
    }
    found.into_iter().next().unwrap_or_default()
}

/// What the first classifiers let through, for each of them.
fn proposed(model: &Model, luma: &Plane, largest: f32) -> Vec<Vec<Window>> {
    let mut proposals = vec![Vec::new(); model.first.len()];
    let shorter = luma.width().min(luma.height()) as f32;
    let least = WINDOW as f32 / shorter.min(largest);
    let scales = std::iter::successors(Some(1.0_f32), |scale| Some(scale * SHRINKING));
    for scale in scales.take_while(|scale| *scale >= least) {
        let [width, height] = [luma.width(), luma.height()].map(|side| (side as f32 * scale) as usize);
        if width.min(height) < WINDOW {
            break;
        }
        let features = Features::of(&resized(luma, width, height));
        for y in (0..=height - WINDOW).step_by(STEP) {
            for x in (0..=width - WINDOW).step_by(STEP).filter(|x| features.varies(*x, y)) {
                for (classifier, proposals) in model.first.iter().zip(&mut proposals) {
                    let score = classifier.score(&features, x, y).map(f64::from);
                    proposals.extend(score.map(|score| unscaled(x, y, scale, score)));
                }
            }
        }
    }
    proposals
}

/// The window at column `x`, row `y` of a raster `scale` times as large, in the raster itself.
fn unscaled(x: usize, y: usize, scale: f32, score: f64) -> Window {
    let [x, y, side] = [x, y, WINDOW].map(|length| (length as f32 / scale + 0.5) as i32);
    Window { x, y, side, score }
}

/// What `member` lets through of the windows that its sources have `found`.
fn passed(member: &Member, luma: &Plane, found: &[Vec<Window>], is_last: bool) -> Vec<Window> {
    let mut windows: Vec<Window> = member.sources.iter().filter_map(|&at| found.get(at)).flatten().copied().collect();
    for (at, stage) in member.stages.iter().enumerate() {
        windows = windows.iter().filter_map(|window| judged(stage, luma, *window)).collect();
        if at + 1 < member.stages.len() {
            windows = merged(windows, SAME);
        } else if is_last {
            windows = merged(windows, SAME_FACE);
        }
    }
    windows
}

/// `window` moved to where `stage` sees the face, or `None` where it sees none.
fn judged(stage: &Perceptron, luma: &Plane, mut window: Window) -> Option<Window> {
    let (width, height) = (luma.width() as i32, luma.height() as i32);
    let reaches_in = |start: i32, length: i32| start < length && start + window.side > 0;
    let is_sane = (2..=width + height).contains(&window.side);
    if !is_sane || !reaches_in(window.x, width) || !reaches_in(window.y, height) {
        return None;
    }
    let opinion = stage.opinion(&cut(luma, window))?;
    // As the authors' detector does it, whose offsets the model has learnt.
    (window.x, window.y) = (window.x.max(0), window.y.max(0));
    let side = window.side as f32;
    let new_side = (opinion.scale * side + 0.5).floor();
    let moved = |start: i32, share: f32| (share * side + start as f32 + (side - new_side) * 0.5 + 0.5).floor() as i32;
    Some(Window {
        x: moved(window.x, opinion.right),
        y: moved(window.y, opinion.down),
        side: new_side as i32,
        score: f64::from(opinion.score),
    })
}

/// The samples of `window`, brought to the size that the model knows; black outside the raster.
fn cut(luma: &Plane, window: Window) -> Samples {
    let side = window.side as usize;
    let start = [window.x, window.y].map(|start| usize::try_from(start).ok());
    let fits = |start: usize, length: usize| start + side <= length;
    let mut samples = [0; WINDOW * WINDOW];
    match start {
        [Some(x), Some(y)] if fits(x, luma.width()) && fits(y, luma.height()) => shrunk(luma, x, y, side, &mut samples),
        _ => shrunk(&padded(luma, window), 0, 0, side, &mut samples),
    }
    samples
}

/// The square of `side` at column `x`, row `y` of `plane` at the size that the model knows.
fn shrunk(plane: &Plane, x: usize, y: usize, side: usize, samples: &mut Samples) {
    let taps = taps(side, WINDOW);
    for (row, &(from, down)) in samples.as_chunks_mut::<WINDOW>().0.iter_mut().zip(&taps) {
        let [above, below] = [from, from + 1].map(|row| &plane.row(y + row)[x..][..side]);
        row.iter_mut().zip(&taps).for_each(|(sample, tap)| *sample = between(above, below, *tap, down));
    }
}

/// The square of `window`, black outside of `luma`.
fn padded(luma: &Plane, window: Window) -> Plane {
    let side = window.side as usize;
    let inside = |at: i32, length: usize| usize::try_from(at).ok().filter(|&at| at < length);
    let sample = |column: i32, row: i32| {
        let (x, y) = inside(window.x + column, luma.width()).zip(inside(window.y + row, luma.height()))?;
        Some(luma.row(y)[x])
    };
    let rows = (0..window.side).flat_map(|row| (0..window.side).map(move |column| (column, row)));
    Plane::new(side, side, rows.map(|(column, row)| sample(column, row).unwrap_or(0)).collect())
}

/// `luma` at `width` x `height`, interpolated as the model was trained on.
fn resized(luma: &Plane, width: usize, height: usize) -> Plane {
    if (width, height) == (luma.width(), luma.height()) {
        return luma.clone();
    }
    let (columns, rows) = (taps(luma.width(), width), taps(luma.height(), height));
    let mut samples = Vec::with_capacity(width * height);
    for (y, down) in rows {
        let (above, below) = (luma.row(y), luma.row(y + 1));
        samples.extend(columns.iter().map(|tap| between(above, below, *tap, down)));
    }
    Plane::new(width, height, samples)
}

/// For each of `to` samples on an axis the one of `from` at or before it that has another behind it, and the share of that.
fn taps(from: usize, to: usize) -> Vec<(usize, f64)> {
    let step = from as f64 / to as f64;
    let tap = |at: usize| {
        let place = step * at as f64;
        let before = (place as usize).min(from - 2);
        (before, place - before as f64)
    };
    (0..to).map(tap).collect()
}

/// Bilinear between two samples of each of two rows.
fn between(above: &[u8], below: &[u8], (x, right): (usize, f64), down: f64) -> u8 {
    let mix = |row: &[u8]| (1.0 - right) * f64::from(row[x]) + right * f64::from(row[x + 1]);
    ((1.0 - down) * mix(above) + down * mix(below)) as u8
}
