//! The registry of checks: one file a check.
//!
//! To add a check, write `checks/<id>.rs` after the pattern of its neighbours and name it once in the `registry!` below.
//! Configuration, reports and the catalogue follow from here.

mod band;
mod category;
mod check;
mod measurement;
mod on_document;
mod on_face;
mod on_file;
mod on_mrz;
mod on_text;

pub use band::Band;
pub use band::BandError;
pub use band::Limit;
pub use band::Placement;
pub use category::Category;
pub use category::UnknownCategory;
pub use check::Check;
pub use check::Fault;
pub use check::Faults;
pub use check::Side;
pub use measurement::Measurement;
pub use measurement::Polygon;
pub use measurement::UnknownReason;
pub use measurement::Unmeasured;
pub use recompression::Cues as RecompressionCues;

use check::check;

/// Declares the modules and the registry, in the order of report columns.
macro_rules! registry {
    ($($id:ident),+ $(,)?) => {
        $(mod $id;)+

        /// Every check, in the order of report columns.
        pub static REGISTRY: &[Check] = &[$($id::CHECK),+];
    };
}

registry! {
    resolution,
    effective_resolution,
    jpeg_quality,
    recompression,
    file_integrity,
    document_confidence,
    document_count,
    corner_margin,
    border_occlusion,
    frame_fill,
    pixel_density,
    tilt,
    border_contrast,
    background_clutter,
    sharpness,
    motion_blur,
    glare_area,
    glare_on_text,
    shadow_area,
    clipped_dark,
    clipped_bright,
    ink_contrast,
    text_height,
    colourfulness,
    screen_pattern,
    type_match,
    mrz_lines,
    mrz_check_digits,
    days_to_expiry,
    portrait_faces,
    face_count,
    face_size,
    face_margin,
    illumination_uniformity,
    face_luminance,
    face_sharpness,
    background_uniformity,
    eyes_visible,
    mouth_visible,
    head_covering,
    glasses_reflection,
    eyes_open,
    head_roll,
    head_yaw,
}

/// The check called `id`, with its place in [`REGISTRY`].
#[must_use]
pub fn find(id: &str) -> Option<(usize, &'static Check)> {
    REGISTRY.iter().enumerate().find(|(_, check)| check.id == id)
}
