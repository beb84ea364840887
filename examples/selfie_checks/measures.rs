//! The checks of selfies, and what they say of photos.

use kyclint::checks::Check;
use kyclint::checks::find;
use kyclint::photo::Photo;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;

/// On which side of the others the number of a faulty photo lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Below,
    Above,
    /// Above, whatever its sign.
    Away,
    /// On either, or it is to be seen.
    Either,
}

/// A check, the kinds of pictures it is there for, and the only kinds that it must not warn of, where those are not all controls.
pub(crate) struct Measure {
    pub(crate) id: &'static str,
    pub(crate) side: Side,
    pub(crate) kinds: &'static [&'static str],
    pub(crate) controls: Option<&'static [&'static str]>,
    /// Whether faces that are lit from one side as they are say nothing of it.
    pub(crate) of_light: bool,
}

const fn measure(id: &'static str, side: Side, kinds: &'static [&'static str]) -> Measure {
    Measure { id, side, kinds, controls: None, of_light: false }
}

pub(crate) const MEASURES: [Measure; 16] = [
    measure("face_count", Side::Either, &[]),
    measure("face_size", Side::Either, &[]),
    measure("face_margin", Side::Below, &[]),
    Measure {
        of_light: true,
        ..measure("illumination_uniformity", Side::Below, &["light from one side", "half in shadow"])
    },
    measure("face_luminance", Side::Either, &["too dark", "too bright"]),
    measure("face_sharpness", Side::Below, &["out of focus", "moved"]),
    Measure {
        controls: Some(&["plain background"]),
        ..measure("background_uniformity", Side::Below, &["busy background"])
    },
    measure("eyes_visible", Side::Below, &["sunglasses", "hair over the eyes", "hand over the eyes"]),
    measure("mouth_visible", Side::Below, &["mask", "scarf", "hand over the mouth"]),
    measure("head_covering", Side::Either, &["knitted cap", "cap or hat with a brim", "hood or headscarf"]),
    measure("glasses_reflection", Side::Above, &["reflection in glasses"]),
    measure("eyes_open", Side::Below, &["eyes closed"]),
    measure("head_roll", Side::Away, &["turned"]),
    measure("head_yaw", Side::Away, &["head turned to its left", "head turned to its right"]),
    measure("motion_blur", Side::Either, &["moved"]),
    measure("screen_pattern", Side::Either, &[]),
];

/// The measures whose checks there are, with them.
pub(crate) fn found() -> Vec<(&'static Measure, &'static Check)> {
    MEASURES.iter().filter_map(|measure| Some((measure, find(measure.id)?.1))).collect()
}

/// What each of the checks says of a selfie; nothing is NaN.
pub(crate) fn numbers(photo: &Photo, checks: &[(&Measure, &Check)]) -> Vec<f64> {
    let scene = Scene::declared(photo, Some(DocumentType::Selfie));
    checks.iter().map(|(_, check)| check.measure(&scene).map_or(f64::NAN, |found| found.number)).collect()
}
