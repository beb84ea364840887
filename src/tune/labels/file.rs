use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;

use super::LabelNames;
use super::LabelsError;
use super::LabelsIssue;
use super::coco;
use super::cvat;
use super::label_studio;
use super::said::Said;
use super::table;

/// Bytes of a label file at most; a million photos of a Label Studio export take about as much.
const MAX_BYTES: u64 = 1 << 30;

/// What a file says of each photo, and its BLAKE3.
pub(super) fn read(path: &Path, names: &LabelNames) -> Result<(Vec<Said>, String), LabelsError> {
    let mistaken = |issue| LabelsError::new(path, issue);
    let bytes = bytes(path).map_err(|error| mistaken(LabelsIssue::Read(error)))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(mistaken(LabelsIssue::TooLarge(MAX_BYTES)));
    }
    let said = parse(&bytes, names).map_err(mistaken)?;
    Ok((said, blake3::hash(&bytes).to_hex().to_string()))
}

/// The bytes of a file, and one too many where it is too large.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What the bytes of a file say, in the format that the first letter tells.
pub(super) fn parse(bytes: &[u8], names: &LabelNames) -> Result<Vec<Said>, LabelsIssue> {
    let text = str::from_utf8(bytes).map_err(|_| LabelsIssue::UnknownFormat)?;
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\0') {
        return Err(LabelsIssue::UnknownFormat);
    }
    match text.trim_start().chars().next() {
        None => Err(LabelsIssue::NoneLabelled),
        Some('[') => label_studio::read(text, names),
        Some('{') => coco::read(text),
        Some('<') => cvat::read(text),
        Some(_) => table::read(text),
    }
}
