//! Every way in which pictures are derived from a face.

use crate::actions;
use crate::backdrops;
use crate::cameras;
use crate::canvas::Canvas;
use crate::covers;
use crate::eyewear;
use crate::hats;
use crate::lids;
use crate::lights;
use crate::random::Random;
use crate::sitter::Sitter;

/// What is done to a face, in some strengths.
pub(crate) struct Kind {
    /// The part of the evaluation it belongs to; controls belong to all.
    pub(crate) group: &'static str,
    pub(crate) name: &'static str,
    pub(crate) strengths: usize,
    pub(crate) make: fn(&Sitter, usize, &mut Random) -> Canvas,
}

pub(crate) const CONTROL: &str = "control";
/// The faces as they are.
pub(crate) const AS_IS: &str = "as it is";
pub(crate) const MIRRORED: &str = "mirrored";
/// What is done when a prompt asks for it; left and right as the person sees it.
pub(crate) const BLINKED: &str = "eyes closed";
pub(crate) const MOUTH_OPEN: &str = "mouth open";
pub(crate) const HEAD_LEFT: &str = "head turned to its left";
pub(crate) const HEAD_RIGHT: &str = "head turned to its right";
pub(crate) const TURNED: &str = "turned";
pub(crate) const SLIGHTLY_TURNED: &str = "turned by 4°";

const fn kind(
    group: &'static str,
    name: &'static str,
    strengths: usize,
    make: fn(&Sitter, usize, &mut Random) -> Canvas,
) -> Kind {
    Kind { group, name, strengths, make }
}

pub(crate) const KINDS: [Kind; 29] = [
    kind(CONTROL, AS_IS, 1, |sitter, _, _| sitter.canvas.clone()),
    kind(CONTROL, MIRRORED, 1, cameras::mirrored),
    kind(CONTROL, SLIGHTLY_TURNED, 2, cameras::slightly_turned),
    kind(CONTROL, "exposed ±0.7 stops", 2, lights::exposure),
    kind(CONTROL, "light in the middle", 3, lights::centre),
    kind(CONTROL, "clear glasses", 1, eyewear::clear),
    kind(CONTROL, "plain background", 1, backdrops::plain),
    kind("light", "light from one side", 3, lights::side),
    kind("light", "half in shadow", 3, lights::shadow),
    kind("light", "too dark", 2, lights::too_dark),
    kind("light", "too bright", 2, lights::too_bright),
    kind("mouth", "mask", 3, covers::mask),
    kind("mouth", "scarf", 3, covers::scarf),
    kind("mouth", "hand over the mouth", 2, covers::hand),
    kind("eyes", "sunglasses", 3, eyewear::sunglasses),
    kind("eyes", "hair over the eyes", 3, lids::fringe),
    kind("eyes", "hand over the eyes", 2, lids::hand),
    kind("eyes", BLINKED, 3, lids::closed),
    kind("eyes", "reflection in glasses", 3, eyewear::reflection),
    kind("prompts", MOUTH_OPEN, 3, actions::mouth),
    kind("prompts", HEAD_LEFT, 3, actions::left),
    kind("prompts", HEAD_RIGHT, 3, actions::right),
    kind("hats", "knitted cap", 3, hats::knitted),
    kind("hats", "cap or hat with a brim", 3, hats::brimmed),
    kind("hats", "hood or headscarf", 3, hats::hood),
    kind("camera", "out of focus", 3, cameras::unfocused),
    kind("camera", "moved", 3, cameras::moved),
    kind("camera", TURNED, cameras::ANGLES.len(), cameras::turned),
    kind("background", "busy background", 3, backdrops::busy),
];

/// How far a picture of that kind is turned, degrees clockwise, of a face that was turned by `roll`.
pub(crate) fn roll_of(kind: &Kind, strength: usize, roll: f32) -> f32 {
    match kind.name {
        MIRRORED => -roll,
        TURNED => roll + cameras::ANGLES[strength],
        SLIGHTLY_TURNED => roll + cameras::SLIGHT[strength],
        _ => roll,
    }
}
