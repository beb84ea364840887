//! Photos that are one photo: the same file, or frames that look alike but for compression and size.

use std::collections::BTreeMap;

use super::SubmittedPhoto;
use super::links::Links;
use super::near::pairs_within;
use crate::scene::PictureHash;

/// Groups of places in `photos` that are one photo, in the order of their first members; each has two members at least.
/// What could not be assessed is no photo and in no group.
pub(super) fn groups(photos: &[&SubmittedPhoto], bits: u32) -> Vec<Vec<usize>> {
    let mut links = Links::none(photos.len());
    let same_file = sorted(photos, |photo| photo.content);
    for pair in same_file.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        links.join(pair[0].1, pair[1].1);
    }
    let mut frames: Vec<(PictureHash, usize)> = Vec::new();
    for (hash, at) in sorted(photos, |photo| photo.frame_hash) {
        match frames.last() {
            Some((last, first)) if *last == hash => links.join(*first, at),
            _ => frames.push((hash, at)),
        }
    }
    let hashes: Vec<PictureHash> = frames.iter().map(|(hash, _)| *hash).collect();
    pairs_within(&hashes, bits, |one, other| links.join(frames[one].1, frames[other].1));
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..photos.len() {
        groups.entry(links.least(at)).or_default().push(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// What `key` gives of each photo, sorted, with the photo's place.
fn sorted<K: Ord>(photos: &[&SubmittedPhoto], key: impl Fn(&SubmittedPhoto) -> Option<K>) -> Vec<(K, usize)> {
    let keyed = photos.iter().enumerate().filter(|(_, photo)| photo.is_photo());
    let mut keys: Vec<(K, usize)> = keyed.filter_map(|(at, photo)| Some((key(photo)?, at))).collect();
    keys.sort_unstable();
    keys
}
