//! The sides that a submission must have, and whether its photos show the sides they are said to show.

use std::collections::BTreeSet;

use super::SubmittedPhoto;
use crate::scene::DocumentType;

/// Documents with two sides.
const SIDES: [[DocumentType; 2]; 2] = [
    [DocumentType::IdCardFront, DocumentType::IdCardBack],
    [DocumentType::DriverLicenseFront, DocumentType::DriverLicenseBack],
];
/// Photos of a submission at most that are compared with each other: nobody has so many sides.
const COMPARED: usize = 64;

/// Sides without which another one is not complete, in the order of [`DocumentType`].
pub(super) fn missing(photos: &[&SubmittedPhoto]) -> Vec<DocumentType> {
    let present: BTreeSet<DocumentType> = photos.iter().filter_map(|photo| photo.document_type).collect();
    let lacking = |[side, other]: [DocumentType; 2]| present.contains(&side) && !present.contains(&other);
    let pairs = SIDES.iter().flat_map(|&[front, back]| [[back, front], [front, back]]);
    pairs.filter(|&pair| lacking(pair)).map(|[_, other]| other).collect()
}

/// How sure it is that two photos show one side though they should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Twice {
    /// A photo of which no type is known shows what another one shows: it may be a second try.
    Perhaps,
    /// Photos that are said to show different sides show the same one.
    Surely,
}

/// Whether two of the photos show one side though they should not; two photos of one type are two tries.
pub(super) fn same_side_twice(photos: &[&SubmittedPhoto], bits: u32) -> Option<Twice> {
    let photos: Vec<&SubmittedPhoto> = photos.iter().copied().filter(|photo| photo.is_photo()).take(COMPARED).collect();
    let mut found = None;
    for (at, one) in photos.iter().enumerate() {
        for other in &photos[at + 1..] {
            let twice = match (one.document_type, other.document_type) {
                (Some(one), Some(other)) if one == other => continue,
                (Some(_), Some(_)) => Twice::Surely,
                _ => Twice::Perhaps,
            };
            if found < Some(twice) && show_the_same(one, other, bits) {
                found = Some(twice);
            }
        }
    }
    found
}

fn show_the_same(one: &SubmittedPhoto, other: &SubmittedPhoto, bits: u32) -> bool {
    let same_file = one.content.is_some() && one.content == other.content;
    let same_side = || Some(one.document_hash?.distance_turned(&other.document_hash?) <= bits);
    same_file || same_side() == Some(true)
}
