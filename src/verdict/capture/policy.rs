use crate::checks::Band;

/// What makes a capture fail beyond what makes its frames fail.
#[derive(Clone, Debug, PartialEq)]
pub struct CapturePolicy {
    /// Limits of `prompt_followed`, 0–1: how much of what was asked is seen.
    pub prompt_followed: Band,
    /// Limits of `movement_speed`, distances between the eyes from one frame to the next.
    pub movement_speed: Band,
    /// Whether frames are mirrored, as previews of front cameras are: then left and right are exchanged.
    pub is_mirrored: bool,
}

impl Default for CapturePolicy {
    /// Limits of `prompt_followed` are measured on derived pictures: docs/accuracy.md. Those of `movement_speed` depend on how fast
    /// frames follow each other, which is not known here.
    fn default() -> Self {
        Self { prompt_followed: Band::at_least(0.6, 0.3), movement_speed: Band::at_most(1.0, 2.0), is_mirrored: false }
    }
}
