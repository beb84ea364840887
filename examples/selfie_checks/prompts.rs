//! Prompted actions: each face as it is, and what was derived from it as the frame in which something was asked for.

use kyclint::checks::find;
use kyclint::photo::Photo;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::scene::Sitter;
use kyclint::verdict::CapturePolicy;
use kyclint::verdict::CapturedFrame;
use kyclint::verdict::Prompt;
use kyclint::verdict::judge_captures;

use crate::derived::Taken;
use crate::kinds::AS_IS;
use crate::kinds::BLINKED;
use crate::kinds::CONTROL;
use crate::kinds::HEAD_LEFT;
use crate::kinds::HEAD_RIGHT;
use crate::kinds::MIRRORED;
use crate::kinds::MOUTH_OPEN;
use crate::tables::number;
use crate::tables::quantile;

/// What is seen where something is asked for.
const DONE: [(Prompt, &str); 4] = [
    (Prompt::Blink, BLINKED),
    (Prompt::TurnLeft, HEAD_LEFT),
    (Prompt::TurnRight, HEAD_RIGHT),
    (Prompt::OpenMouth, MOUTH_OPEN),
];

/// The photo as a frame of the capture `id`.
pub(crate) fn frame(id: &str, photo: &Photo) -> CapturedFrame {
    let scene = Scene::declared(photo, Some(DocumentType::Selfie));
    let number = |id: &str| find(id).and_then(|(_, check)| check.measure(&scene).ok()).map(|found| found.number);
    CapturedFrame {
        capture_id: id.into(),
        submission_id: None,
        frame: 0,
        prompt: None,
        eyes_open: number("eyes_open"),
        head_yaw: number("head_yaw"),
        mouth_open: scene.sitter().and_then(Sitter::mouth_open),
        face: scene.faces().largest().map(|face| face.quad),
    }
}

/// How much of each prompt is seen where it is followed, where nothing is done, and where something else is done.
pub(crate) fn report(taken: &[Taken]) {
    if !taken.iter().any(|taken| taken.kind.name == MOUTH_OPEN) {
        return;
    }
    println!(
        "\n## Prompted actions\n\n| prompt | frames show | n | not assessed | median | followed (at 0.6) | not followed (below 0.3) |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (prompt, done) in DONE {
        for (name, strength) in rows(done) {
            let chosen = taken.iter().filter(|taken| match name {
                CONTROL => taken.kind.group == CONTROL && ![AS_IS, MIRRORED].contains(&taken.kind.name),
                name => taken.kind.name == name && strength.is_none_or(|strength| taken.strength == strength),
            });
            let seen: Vec<f64> = chosen.filter_map(|acting| followed(prompt, acting, taken)).collect();
            if seen.is_empty() {
                continue;
            }
            let share = |is_one: &dyn Fn(f64) -> bool| {
                format!("{:.0} %", 100.0 * seen.iter().filter(|seen| is_one(**seen)).count() as f64 / seen.len() as f64)
            };
            let strength = strength.map_or_else(String::new, |strength| format!(", {} of 3", strength + 1));
            println!(
                "| {prompt} | {name}{strength} | {} | {} | {} | {} | {} |",
                seen.len(),
                share(&|seen| seen.is_nan()),
                number(quantile(&seen, 0.5)),
                share(&|seen| seen >= 0.6),
                share(&|seen| seen < 0.3)
            );
        }
    }
}

/// What is done in some strengths, all other actions, and the controls.
fn rows(done: &'static str) -> Vec<(&'static str, Option<usize>)> {
    let own = (0..3).map(|strength| (done, Some(strength)));
    let others = DONE.iter().filter(|(_, name)| *name != done).map(|(_, name)| (*name, None));
    own.chain(others).chain([(CONTROL, None)]).collect()
}

/// How much of `prompt` the frame of `acting` shows against the face as it is; not assessed is NaN.
fn followed(prompt: Prompt, acting: &Taken, taken: &[Taken]) -> Option<f64> {
    let is_same = |other: &&Taken| other.kind.name == AS_IS && other.frame.capture_id == acting.frame.capture_id;
    let neutral = taken.iter().find(is_same)?;
    let frames = [
        CapturedFrame { frame: 1, prompt: Some(Prompt::Neutral), ..neutral.frame.clone() },
        CapturedFrame { frame: 2, prompt: Some(prompt), ..acting.frame.clone() },
    ];
    let capture = judge_captures(&frames, &CapturePolicy::default()).into_iter().next()?;
    Some(capture.prompts.first()?.1.unwrap_or(f64::NAN))
}
