//! Captures: several frames of one person who was asked to blink, to turn the head or to open the mouth. As submissions, a second
//! pass over recorded values.
//!
//! Frames are compared with those for which nothing but `neutral` was asked, else with the first frame. Of the frames of one
//! prompt the one that shows it most counts: a blink lasts an instant. A capture is as bad as the worst of its prompts and its movement;
//! a prompt that cannot be assessed sends it to review.

mod action;
mod frame;
mod policy;
mod prompt;
#[cfg(test)]
mod tests;

pub use frame::CapturedFrame;
pub use policy::CapturePolicy;
pub use prompt::Prompt;
pub use prompt::UnknownPrompt;

use std::collections::BTreeMap;

use super::Outcome;
use super::Verdict;
use crate::checks::Band;
use crate::checks::Placement;
use crate::checks::Unmeasured;

/// What follows from the frames of one capture.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// Its name.
    pub id: String,
    /// The submission of its first frame that has one.
    pub submission_id: Option<String>,
    /// How many frames it has.
    pub frames: usize,
    /// How much of each thing that was asked is seen, 0–1; in the order of [`Prompt`], without `neutral`.
    pub prompts: Vec<(Prompt, Outcome)>,
    /// The largest movement of the face from one frame to the next, distances between the eyes.
    pub movement_speed: Outcome,
    /// The verdict.
    pub verdict: Verdict,
}

/// Judges the captures of `frames`, whatever their order; by name.
#[must_use]
pub fn judge_captures(frames: &[CapturedFrame], policy: &CapturePolicy) -> Vec<Capture> {
    let mut captures: BTreeMap<&str, Vec<&CapturedFrame>> = BTreeMap::new();
    for frame in frames {
        captures.entry(&frame.capture_id).or_default().push(frame);
    }
    captures.into_iter().map(|(id, frames)| Capture::judge(id, frames, policy)).collect()
}

impl Capture {
    fn judge(id: &str, mut frames: Vec<&CapturedFrame>, policy: &CapturePolicy) -> Self {
        frames.sort_by_key(|frame| frame.frame);
        let prompts = action::prompts(&frames, policy.is_mirrored);
        let movement_speed = movement(&frames);
        let asked = prompts.iter().map(|(_, outcome)| match outcome {
            Ok(number) => verdict(*number, &policy.prompt_followed),
            Err(_) => Verdict::Review,
        });
        let moved = movement_speed.map_or(Verdict::Accept, |speed| verdict(speed, &policy.movement_speed));
        Self {
            id: id.to_owned(),
            submission_id: frames.iter().find_map(|frame| frame.submission_id.as_deref()).map(str::to_owned),
            frames: frames.len(),
            verdict: asked.max().unwrap_or(Verdict::Accept).max(moved),
            prompts,
            movement_speed,
        }
    }

    /// How much of what was asked is seen, 0–1: of the prompt that is seen least. `None` where nothing was asked.
    #[must_use]
    pub fn prompt_followed(&self) -> Option<Outcome> {
        let worse = |one: Outcome, other: Outcome| match (one, other) {
            (Ok(one), Ok(other)) => Ok(one.min(other)),
            (Err(reason), _) | (_, Err(reason)) => Err(reason),
        };
        self.prompts.iter().map(|(_, outcome)| *outcome).reduce(worse)
    }
}

fn movement(frames: &[&CapturedFrame]) -> Outcome {
    let movements = frames.windows(2).filter_map(|pair| pair[0].movement_to(pair[1]));
    let reason = if frames.len() < 2 { Unmeasured::OneFrame } else { Unmeasured::NoFace };
    movements.reduce(f64::max).ok_or(reason)
}

fn verdict(number: f64, band: &Band) -> Verdict {
    match band.place(number) {
        Placement::Inside => Verdict::Accept,
        Placement::Review(_) => Verdict::Review,
        Placement::Reject(_) => Verdict::Reject,
    }
}
