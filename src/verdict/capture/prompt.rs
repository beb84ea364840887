use std::fmt;

use crate::names::named;

named! {
    /// What a person was asked to do while a frame of a capture was taken.
    pub enum Prompt (UnknownPrompt: "prompt") {
        /// To look straight into the camera with open eyes and closed mouth; other frames are compared with these.
        Neutral = "neutral",
        /// To close the eyes for a moment.
        Blink = "blink",
        /// To turn the head to their own left.
        TurnLeft = "turn_left",
        /// To turn the head to their own right.
        TurnRight = "turn_right",
        /// To open the mouth.
        OpenMouth = "open_mouth",
    }
}

impl Prompt {
    /// Whether the check `id` measures what was asked for, so that its number is no fault.
    #[must_use]
    pub fn excuses(self, id: &str) -> bool {
        let excused: &[&str] = match self {
            Self::Neutral => &[],
            Self::Blink => &["eyes_open", "eyes_visible"],
            Self::TurnLeft | Self::TurnRight => &["head_yaw", "eyes_visible", "illumination_uniformity"],
            Self::OpenMouth => &["mouth_visible"],
        };
        excused.contains(&id)
    }
}

impl fmt::Display for Prompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
