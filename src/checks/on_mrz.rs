//! What several checks ask of the machine-readable zone.

use super::Polygon;
use super::Unmeasured;
use crate::scene::Mrz;
use crate::scene::Scene;

pub(super) fn mrz<'a>(scene: &'a Scene) -> Result<&'a Mrz, Unmeasured> {
    scene.mrz().ok_or(Unmeasured::NoMrz)
}

/// The lines that were read, as evidence.
pub(super) fn outlines(mrz: &Mrz) -> Vec<Polygon> {
    mrz.lines.iter().map(|line| line.corners().to_vec()).collect()
}
