//! How much of what was asked is seen, 0–1.

use super::CapturedFrame;
use super::Prompt;
use crate::checks::Unmeasured;
use crate::verdict::Outcome;

/// Share of their opening that eyes lose in a blink that is seen for sure.
const BLINK: f64 = 0.6;
/// How open eyes are at least that can be seen to close.
const LEAST_OPEN: f64 = 0.2;
/// Degrees that a head turns for sure.
const TURN: f64 = 20.0;
/// By how much a mouth opens for sure, distances between the eyes.
const OPENING: f64 = 0.2;

/// Each prompt of `frames` but `neutral`, and how much of it is seen.
pub(super) fn prompts(frames: &[&CapturedFrame], is_mirrored: bool) -> Vec<(Prompt, Outcome)> {
    let asked = |prompt: Prompt| frames.iter().copied().filter(move |frame| frame.prompt == Some(prompt));
    let neutral: Vec<_> = asked(Prompt::Neutral).collect();
    let reference = if neutral.is_empty() { &frames[..frames.len().min(1)] } else { &neutral };
    let prompts = Prompt::ALL.into_iter().filter(|prompt| *prompt != Prompt::Neutral);
    let followed = prompts.filter_map(|prompt| {
        let acting: Vec<_> =
            asked(prompt).filter(|frame| !reference.iter().any(|other| std::ptr::eq(*other, *frame))).collect();
        let is_asked = asked(prompt).next().is_some();
        is_asked.then(|| (prompt, followed(prompt, reference, &acting, is_mirrored)))
    });
    followed.collect()
}

fn followed(prompt: Prompt, reference: &[&CapturedFrame], acting: &[&CapturedFrame], is_mirrored: bool) -> Outcome {
    if acting.is_empty() {
        return Err(Unmeasured::OneFrame);
    }
    let side = if (prompt == Prompt::TurnLeft) == is_mirrored { -1.0 } else { 1.0 };
    match prompt {
        Prompt::Neutral => Ok(1.0),
        Prompt::Blink => {
            let open = median(reference, |frame| frame.eyes_open)?;
            if open < LEAST_OPEN {
                return Err(Unmeasured::EyesClosed);
            }
            let closed = most(acting, |frame| Some(1.0 - frame.eyes_open? / open))?;
            Ok((closed / BLINK).clamp(0.0, 1.0))
        }
        Prompt::TurnLeft | Prompt::TurnRight => {
            let straight = median(reference, |frame| frame.head_yaw)?;
            let turned = most(acting, |frame| Some(side * (frame.head_yaw? - straight)))?;
            Ok((turned / TURN).clamp(0.0, 1.0))
        }
        Prompt::OpenMouth => {
            let closed = median(reference, |frame| frame.mouth_open)?;
            let opened = most(acting, |frame| Some(frame.mouth_open? - closed))?;
            Ok((opened / OPENING).clamp(0.0, 1.0))
        }
    }
}

fn median(frames: &[&CapturedFrame], number: impl Fn(&CapturedFrame) -> Option<f64>) -> Outcome {
    let mut numbers = numbers(frames, number);
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().ok_or(reason(frames))
}

fn most(frames: &[&CapturedFrame], number: impl Fn(&CapturedFrame) -> Option<f64>) -> Outcome {
    numbers(frames, number).into_iter().reduce(f64::max).ok_or(reason(frames))
}

fn numbers(frames: &[&CapturedFrame], number: impl Fn(&CapturedFrame) -> Option<f64>) -> Vec<f64> {
    frames.iter().filter_map(|frame| number(frame)).filter(|number| number.is_finite()).collect()
}

/// Why no frame has the number.
fn reason(frames: &[&CapturedFrame]) -> Unmeasured {
    if frames.iter().any(|frame| frame.face.is_some()) { Unmeasured::LandmarksUnsure } else { Unmeasured::NoFace }
}
