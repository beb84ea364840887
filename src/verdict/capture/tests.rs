use super::Capture;
use super::CapturePolicy;
use super::CapturedFrame;
use super::Prompt;
use super::judge_captures;
use crate::checks::Unmeasured;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::verdict::Verdict;

/// A frame that shows a face of 250 pixels, 100 from eye to eye, looking straight.
fn frame(number: u32, prompt: Prompt) -> CapturedFrame {
    CapturedFrame {
        capture_id: "c".into(),
        submission_id: None,
        frame: number,
        prompt: Some(prompt),
        eyes_open: Some(0.8),
        head_yaw: Some(2.0),
        mouth_open: Some(0.02),
        face: Some(Quad::rectangle(250.0, 250.0)),
    }
}

fn judged(frames: &[CapturedFrame]) -> Capture {
    let mut captures = judge_captures(frames, &CapturePolicy::default());
    assert_eq!(captures.len(), 1);
    captures.remove(0)
}

/// How much of `prompt` is seen where the second frame differs from the first by `change`.
fn followed(prompt: Prompt, change: impl Fn(&mut CapturedFrame)) -> (f64, Verdict) {
    let mut acting = frame(2, prompt);
    change(&mut acting);
    let capture = judged(&[frame(1, Prompt::Neutral), acting]);
    (capture.prompt_followed().unwrap().unwrap(), capture.verdict)
}

#[test]
fn what_was_asked_is_followed_and_what_was_not_done_is_not() {
    assert_eq!(followed(Prompt::Blink, |frame| frame.eyes_open = Some(0.1)), (1.0, Verdict::Accept));
    assert_eq!(followed(Prompt::Blink, |_| ()), (0.0, Verdict::Reject));
    assert_eq!(followed(Prompt::OpenMouth, |frame| frame.mouth_open = Some(0.4)), (1.0, Verdict::Accept));
    assert_eq!(followed(Prompt::OpenMouth, |frame| frame.eyes_open = Some(0.1)), (0.0, Verdict::Reject));
}

#[test]
fn a_persons_left_is_the_viewers_right_unless_frames_are_mirrored() {
    let to_the_right = |frame: &mut CapturedFrame| frame.head_yaw = Some(30.0);
    assert_eq!(followed(Prompt::TurnLeft, to_the_right), (1.0, Verdict::Accept));
    assert_eq!(followed(Prompt::TurnRight, to_the_right), (0.0, Verdict::Reject));
    let mut acting = frame(2, Prompt::TurnRight);
    to_the_right(&mut acting);
    let policy = CapturePolicy { is_mirrored: true, ..CapturePolicy::default() };
    let captures = judge_captures(&[frame(1, Prompt::Neutral), acting], &policy);
    assert_eq!(captures[0].verdict, Verdict::Accept);
}

#[test]
fn one_frame_of_a_blink_is_enough() {
    let mut frames = [1, 2, 3, 4].map(|number| frame(number, Prompt::Blink));
    frames[2].eyes_open = Some(0.05);
    frames[3].eyes_open = None;
    let capture = judged(&frames);
    assert_eq!(capture.prompts, [(Prompt::Blink, Ok(1.0))], "the first frame is what it is compared with");
}

#[test]
fn what_cannot_be_seen_is_for_a_person_to_look_at() {
    let unsure = |change: fn(&mut CapturedFrame)| {
        let mut acting = frame(2, Prompt::Blink);
        change(&mut acting);
        let capture = judged(&[frame(1, Prompt::Neutral), acting]);
        (capture.prompts[0].1.unwrap_err(), capture.verdict)
    };
    assert_eq!(unsure(|frame| frame.eyes_open = None), (Unmeasured::LandmarksUnsure, Verdict::Review));
    let gone = |frame: &mut CapturedFrame| (frame.eyes_open, frame.face) = (None, None);
    assert_eq!(unsure(gone), (Unmeasured::NoFace, Verdict::Review));
    let alone = judged(&[frame(1, Prompt::Blink)]);
    assert_eq!((alone.prompts[0].1, alone.verdict), (Err(Unmeasured::OneFrame), Verdict::Review));
    let mut asleep = frame(1, Prompt::Neutral);
    asleep.eyes_open = Some(0.1);
    assert_eq!(judged(&[asleep, frame(2, Prompt::Blink)]).prompts[0].1, Err(Unmeasured::EyesClosed));
}

#[test]
fn movement_is_counted_from_frame_to_frame_in_distances_between_the_eyes() {
    let mut frames = [3, 1, 2].map(|number| frame(number, Prompt::Neutral));
    let moved = |across: f64| Quad::rectangle(250.0, 250.0).map(|corner| corner + Point::new(across, 0.0));
    (frames[2].face, frames[0].face) = (Some(moved(50.0)), Some(moved(300.0)));
    let capture = judged(&frames);
    assert!((capture.movement_speed.unwrap() - 2.5).abs() < 1e-9, "{:?}", capture.movement_speed);
    assert_eq!((capture.verdict, capture.frames), (Verdict::Reject, 3));
    frames[2].face = None;
    assert_eq!(judged(&frames).movement_speed, Err(Unmeasured::NoFace), "nothing is measured across a gap");
}

#[test]
fn frames_without_a_prompt_are_asked_nothing() {
    let frames = [1, 2].map(|number| CapturedFrame { prompt: None, ..frame(number, Prompt::Neutral) });
    let capture = judged(&frames);
    assert_eq!((capture.prompt_followed(), capture.verdict), (None, Verdict::Accept));
}
