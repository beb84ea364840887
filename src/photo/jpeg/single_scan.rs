//! Files whose one scan codes all components: baseline and extended, nearly all photos.
//!
//! A strict decoder stops at the last MCU and never looks at what is left, so that data out of step pass if there are
//! enough of them. Therefore the decoder is told of one more row of MCUs than there is. In a sound file the data end
//! exactly with the last real MCU; where they end before or after it, MCUs were lost on the way.

use libjpeg_turbo_rs::DecodeWarning;

use super::Coded;
use super::JpegStructure;
use super::markers::Segments;
use super::rust;
use super::rust::Mode;

/// Bits that a flat block needs at least.
const BLOCK_BITS: usize = 2;
/// Rows beyond which the decoder refuses a file, as libjpeg does.
const MAX_HEIGHT: u16 = 65_500;
/// Bits that pad the last byte at most.
const PADDING_BITS: usize = 7;

pub(super) fn decode(bytes: &[u8], structure: &JpegStructure) -> Result<Coded, String> {
    #[cfg(feature = "turbojpeg")]
    if let Some(planes) = super::turbo::planes(bytes, structure) {
        return Ok(Coded { planes, integrity: 1.0 });
    }
    let lengthened = lengthen(bytes, structure);
    let told = lengthened.as_deref().unwrap_or(bytes);
    let (planes, warnings) = rust::planes(told, structure, Mode::Lenient).map_err(|error| error.to_string())?;
    let integrity = share(&warnings, structure);
    if integrity > 0.0 { Ok(Coded { planes, integrity }) } else { Err("none of its image data decode".to_owned()) }
}

/// The file with one more row of MCUs in its frame header, where there is room for one.
fn lengthen(bytes: &[u8], structure: &JpegStructure) -> Option<Vec<u8>> {
    let frame = Segments::of(bytes).find(|segment| segment.marker == structure.frame_marker)?;
    let row = if structure.components.len() == 1 { 8 } else { 8 * structure.sampling().1 };
    // A single component is coded block by block, whatever its sampling factors, but they still shape the frame.
    let row = row.max(8 * structure.sampling().1);
    let height = u16::try_from(usize::from(structure.height) + row).ok().filter(|&height| height <= MAX_HEIGHT)?;
    let mut lengthened = bytes.to_vec();
    lengthened.get_mut(frame.start + 1..frame.start + 3)?.copy_from_slice(&height.to_be_bytes());
    Some(lengthened)
}

/// The share of the MCUs that were reached, by the warnings of a decode of the lengthened file.
fn share(warnings: &[DecodeWarning], structure: &JpegStructure) -> f64 {
    let (columns, rows) = structure.mcus();
    let total = columns * rows;
    let interval = usize::from(structure.restart_interval);
    // What is lost from an MCU on: up to the next restart marker, or all the rest.
    let lost_from = |mcu: usize| if interval == 0 { total - mcu } else { interval - mcu % interval };
    let (mut lost, mut known_until, mut surplus) = (0, 0, 0);
    for warning in warnings {
        let mcu = match warning {
            DecodeWarning::TruncatedData { decoded_mcus, .. } if *decoded_mcus >= total => {
                surplus = decoded_mcus - total;
                continue;
            }
            DecodeWarning::TruncatedData { decoded_mcus, .. } if !structure.ended => {
                lost += total - known_until.max(*decoded_mcus);
                break;
            }
            DecodeWarning::TruncatedData { decoded_mcus, .. } => *decoded_mcus,
            DecodeWarning::HuffmanError { mcu_x, mcu_y, .. } => mcu_y * columns + mcu_x,
            DecodeWarning::WarningsSuppressed { count } => {
                lost += *count;
                continue;
            }
            _ => continue,
        };
        if (known_until..total).contains(&mcu) {
            lost += lost_from(mcu);
            known_until = mcu + lost_from(mcu);
        }
    }
    let restarts = total.saturating_sub(1).checked_div(interval).unwrap_or(0);
    if surplus > PADDING_BITS / (BLOCK_BITS * structure.mcu_blocks()) {
        lost = lost.max(surplus);
    }
    let stray = restarts.abs_diff(structure.restarts as usize) * interval.max(1);
    let reached = total.saturating_sub(lost.max(stray).min(total));
    reached as f64 / total as f64
}

#[cfg(test)]
mod tests {
    use libjpeg_turbo_rs::DecodeWarning;

    use super::JpegStructure;
    use super::share;
    use crate::photo::JpegComponent;

    /// A grey photo of 10 x 10 blocks.
    fn structure() -> JpegStructure {
        let component = JpegComponent { id: 1, horizontal: 1, vertical: 1, table: 0 };
        JpegStructure { width: 80, height: 80, components: vec![component], ended: true, ..JpegStructure::default() }
    }

    fn short(decoded_mcus: usize) -> DecodeWarning {
        DecodeWarning::TruncatedData { decoded_mcus, total_mcus: 110 }
    }

    fn broken(mcu_x: usize, mcu_y: usize) -> DecodeWarning {
        DecodeWarning::HuffmanError { mcu_x, mcu_y, message: String::new() }
    }

    #[test]
    fn data_that_end_with_the_last_block_are_whole() {
        assert!((share(&[short(100)], &structure()) - 1.0).abs() < 1e-9);
        assert!((share(&[short(101)], &structure()) - 1.0).abs() < 1e-9, "padding bits can look like a flat block");
    }

    #[test]
    fn data_that_end_before_or_after_the_last_block_are_not() {
        assert!((share(&[short(40)], &structure()) - 0.4).abs() < 1e-9);
        assert!((share(&[short(120)], &structure()) - 0.8).abs() < 1e-9);
    }

    #[test]
    fn without_restart_markers_all_behind_an_error_is_lost() {
        assert!((share(&[broken(5, 2), broken(9, 2), short(100)], &structure()) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn with_restart_markers_only_the_interval_is_lost() {
        let structure = JpegStructure { restart_interval: 10, restarts: 9, ..structure() };
        assert!((share(&[broken(5, 2), broken(9, 2), short(100)], &structure) - 0.95).abs() < 1e-9);
        assert!((share(&[short(25)], &JpegStructure { ended: false, ..structure }) - 0.25).abs() < 1e-9);
    }
}
