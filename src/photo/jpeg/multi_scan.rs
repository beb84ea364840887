//! Files of several scans: progressive ones, and baseline ones that code each component for itself.
//!
//! The share that was reached is the share of the information: of all bits of all coefficients of all components, those
//! that the scans delivered. A scan delivers, for each of its coefficients, the bits above its point transform, a
//! refinement one bit.

use libjpeg_turbo_rs::DecodeWarning;

use super::Coded;
use super::JpegComponent;
use super::JpegStructure;
use super::markers::EOI;
use super::markers::SOS;
use super::markers::Segment;
use super::markers::Segments;
use super::rust;
use super::rust::Mode;
use crate::pixels::Plane;

/// Bits of a coefficient: what a scan without point transform delivers.
const BITS: u64 = 8;
/// Coefficients of a block.
const COEFFICIENTS: u64 = 64;
/// Largest share of a photo of which something is missing.
const NOT_WHOLE: f64 = 0.999;

/// A scan: what it delivers, in bits, and where it ends in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scan {
    bits: u64,
    end: usize,
}

pub(super) fn decode(bytes: &[u8], structure: &JpegStructure) -> Result<Coded, String> {
    let scans: Vec<Scan> = Segments::of(bytes).filter_map(|segment| Scan::of(&segment, structure)).collect();
    let total: u64 =
        structure.components.iter().map(|&component| blocks(component, structure)).sum::<u64>() * COEFFICIENTS * BITS;
    let reached = |scans: &[Scan]| scans.iter().map(|scan| scan.bits).sum::<u64>() as f64 / total as f64;
    if structure.ended
        && let Some(planes) = strict(bytes, structure)
    {
        let share = reached(&scans);
        return Ok(Coded { planes, integrity: if share >= 1.0 { 1.0 } else { share.min(NOT_WHOLE) } });
    }
    let sound = sound_scans(bytes, structure, &scans);
    let (planes, warnings) = lenient(bytes, structure, &scans, sound)?;
    let share = match scans.get(sound) {
        None => reached(&scans),
        Some(broken) => {
            let part = first_warning(&warnings, structure) * broken.bits as f64 / total as f64;
            (reached(&scans[..sound]) + part).min(NOT_WHOLE)
        }
    };
    if share > 0.0 {
        Ok(Coded { planes, integrity: share.min(1.0) })
    } else {
        Err("none of its image data decode".to_owned())
    }
}

impl Scan {
    fn of(segment: &Segment, structure: &JpegStructure) -> Option<Self> {
        let [count, rest @ ..] = segment.payload else { return None };
        let (selectors, parameters) = rest.split_at_checked(2 * usize::from(*count))?;
        let [first, last, precision, ..] = parameters else { return None };
        if segment.marker != SOS {
            return None;
        }
        let coded = selectors.chunks_exact(2);
        let coded = coded.filter_map(|entry| structure.components.iter().find(|component| component.id == entry[0]));
        let blocks: u64 = coded.map(|&component| blocks(component, structure)).sum();
        let coefficients = u64::from(last.min(&63).saturating_sub(*first)) + 1;
        let (high, low) = (precision >> 4, u64::from(precision & 15));
        let bits = if high == 0 { BITS.saturating_sub(low) } else { 1 };
        Some(Self { bits: blocks * coefficients * bits, end: segment.entropy.end })
    }
}

/// Blocks of the plane of `component`.
fn blocks(component: JpegComponent, structure: &JpegStructure) -> u64 {
    let (width, height) = structure.plane_size(component);
    (width.div_ceil(8) * height.div_ceil(8)) as u64
}

fn strict(bytes: &[u8], structure: &JpegStructure) -> Option<Vec<Plane>> {
    #[cfg(feature = "turbojpeg")]
    if let Some(planes) = super::turbo::planes(bytes, structure) {
        return Some(planes);
    }
    Some(rust::planes(bytes, structure, Mode::Strict).ok()?.0)
}

/// How many scans, from the first one on, decode without an error.
fn sound_scans(bytes: &[u8], structure: &JpegStructure, scans: &[Scan]) -> usize {
    let (mut sound, mut broken) = (0, scans.len() + 1);
    while broken - sound > 1 {
        let middle = usize::midpoint(sound, broken);
        let prefix = ended(bytes, scans[middle - 1].end);
        if rust::planes(&prefix, structure, Mode::Strict).is_ok() {
            sound = middle;
        } else {
            broken = middle;
        }
    }
    sound
}

/// What all scans make of the photo, or, where the decoder refuses them, all up to the first broken one.
fn lenient(
    bytes: &[u8],
    structure: &JpegStructure,
    scans: &[Scan],
    sound: usize,
) -> Result<(Vec<Plane>, Vec<DecodeWarning>), String> {
    let until = |scan: usize| scans.get(scan).or(scans.last()).map_or(0, |scan| scan.end);
    let decode = |end| rust::planes(&ended(bytes, end), structure, Mode::Lenient);
    let all = decode(until(scans.len()));
    all.or_else(|_| decode(until(sound)))
        .or_else(|_| decode(until(sound.saturating_sub(1))))
        .map_err(|error| error.to_string())
}

/// The first `end` bytes of the file, and an end marker.
fn ended(bytes: &[u8], end: usize) -> Vec<u8> {
    [&bytes[..end], &[0xFF, EOI]].concat()
}

/// The share of its scan that the first warning lets stand.
fn first_warning(warnings: &[DecodeWarning], structure: &JpegStructure) -> f64 {
    let (columns, rows) = structure.mcus();
    let total = (columns * rows).max(1) as f64;
    let shares = warnings.iter().filter_map(|warning| match warning {
        DecodeWarning::TruncatedData { decoded_mcus, total_mcus } => {
            Some(*decoded_mcus as f64 / (*total_mcus).max(1) as f64)
        }
        DecodeWarning::HuffmanError { mcu_x, mcu_y, .. } => Some((mcu_y * columns + mcu_x) as f64 / total),
        _ => None,
    });
    shares.fold(1.0, f64::min)
}
