//! Pairs of hashes that lie close to each other, without comparing each with each.
//!
//! The bits are dealt out to 16 keys of 16 bits: two hashes that differ in at most 15 bits have at least one key in
//! common (multi-index hashing; Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012).

use crate::scene::PictureHash;

/// Keys of a hash.
const KEYS: usize = 16;
/// Values of a key.
const VALUES: usize = 1 << KEYS;
/// The farthest that pairs may lie apart: from 16 bits on, each of the 16 keys may differ.
pub(super) const FARTHEST: u32 = KEYS as u32 - 1;
/// Hashes of one key at most with which a hash is compared. Beyond these, ordinary photos share a key by chance only; pictures
/// that are nearly the same stand next to each other, so that a flood of them is still found to belong together.
const MOST: usize = 256;

/// Tells `near` of pairs of places in `hashes`, which must be sorted and distinct, that lie at most `radius` (at most
/// [`FARTHEST`]) apart in one of the four turns. A pair may be told several times.
pub(super) fn pairs_within(hashes: &[PictureHash], radius: u32, mut near: impl FnMut(usize, usize)) {
    let radius = radius.min(FARTHEST);
    let upright: Vec<[u16; KEYS]> = hashes.iter().map(keys).collect();
    // A turn by three quarters is that of the other one by a quarter.
    let turned: Vec<[PictureHash; 2]> = hashes.iter().map(quarter_and_half).collect();
    let turned_keys: Vec<[[u16; KEYS]; 2]> = turned.iter().map(|turns| turns.map(|hash| keys(&hash))).collect();
    for key in 0..KEYS {
        let table = Table::new(&upright, key);
        for (at, hash) in hashes.iter().enumerate() {
            table
                .after(upright[at][key], at)
                .filter(|other| is_near(hash, &hashes[*other], radius))
                .for_each(|other| near(at, other));
            for (turn, keys) in turned[at].iter().zip(&turned_keys[at]) {
                let around = table.around(keys[key], |other| hashes[other] < *turn);
                around.filter(|other| is_near(turn, &hashes[*other], radius)).for_each(|other| near(at, other));
            }
        }
    }
}

fn quarter_and_half(hash: &PictureHash) -> [PictureHash; 2] {
    let quarter = hash.turned();
    [quarter, quarter.turned()]
}

/// Whether two hashes lie at most `radius` apart; most differ by more in the first word already.
fn is_near(one: &PictureHash, other: &PictureHash, radius: u32) -> bool {
    let (one, other) = (one.words(), other.words());
    let mut differing = 0;
    one.iter().zip(&other).all(|(one, other)| {
        differing += (one ^ other).count_ones();
        differing <= radius
    })
}

/// The keys of a hash: each has one bit of every row of frequencies, low and high ones.
fn keys(hash: &PictureHash) -> [u16; KEYS] {
    let mut keys = [0; KEYS];
    for (row, bits) in rows(hash).enumerate() {
        let shifted = bits.rotate_left(row as u32);
        for (at, key) in keys.iter_mut().enumerate() {
            *key |= (shifted >> at & 1) << row;
        }
    }
    keys
}

fn rows(hash: &PictureHash) -> impl Iterator<Item = u16> {
    hash.words().into_iter().flat_map(|word| [0, 16, 32, 48].map(|shift| (word >> shift) as u16))
}

/// Hashes by the value of one of their keys.
struct Table {
    /// Where the hashes of each value start in `places`.
    starts: Vec<u32>,
    /// Places of hashes, those of one value in ascending order.
    places: Vec<u32>,
    /// Where each hash stands in `places`.
    standing: Vec<u32>,
}

impl Table {
    fn new(keys: &[[u16; KEYS]], key: usize) -> Self {
        let mut starts = vec![0_u32; VALUES + 1];
        for keys in keys {
            starts[usize::from(keys[key]) + 1] += 1;
        }
        for value in 0..VALUES {
            starts[value + 1] += starts[value];
        }
        let mut next = starts.clone();
        let (mut places, mut standing) = (vec![0; keys.len()], vec![0; keys.len()]);
        for (at, keys) in keys.iter().enumerate() {
            let place = &mut next[usize::from(keys[key])];
            places[*place as usize] = at as u32;
            standing[at] = *place;
            *place += 1;
        }
        Self { starts, places, standing }
    }

    fn end(&self, value: u16) -> usize {
        self.starts[usize::from(value) + 1] as usize
    }

    /// The hashes of `value` that come after `at`, which has it.
    fn after(&self, value: u16, at: usize) -> impl Iterator<Item = usize> {
        let start = self.standing[at] as usize + 1;
        let end = self.end(value).min(start + MOST);
        self.places[start..end].iter().map(|place| *place as usize)
    }

    /// The hashes of `value`, of very many those around the place up to which `is_before` holds.
    fn around(&self, value: u16, is_before: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
        let bucket = &self.places[self.starts[usize::from(value)] as usize..self.end(value)];
        let start = if bucket.len() <= MOST {
            0
        } else {
            bucket.partition_point(|place| is_before(*place as usize)).saturating_sub(MOST / 2).min(bucket.len() - MOST)
        };
        bucket[start..bucket.len().min(start + MOST)].iter().map(|place| *place as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::FARTHEST;
    use super::MOST;
    use super::keys;
    use super::pairs_within;
    use crate::scene::PictureHash;

    fn flipped(hash: PictureHash, bits: impl IntoIterator<Item = usize>) -> PictureHash {
        let mut words = hash.words();
        bits.into_iter().for_each(|bit| words[bit / 64] ^= 1 << (bit % 64));
        PictureHash::from_words(words)
    }

    fn found(hashes: &[PictureHash], radius: u32) -> BTreeSet<(usize, usize)> {
        let mut found = BTreeSet::new();
        pairs_within(hashes, radius, |one, other| {
            if one != other {
                found.insert((one.min(other), one.max(other)));
            }
        });
        found
    }

    #[test]
    fn every_bit_is_in_one_key() {
        let zero = PictureHash::from_words([0; 4]);
        for bit in 0..256 {
            let ones: u32 = keys(&flipped(zero, [bit])).iter().map(|key| key.count_ones()).sum();
            assert_eq!(ones, 1, "bit {bit}");
        }
    }

    #[test]
    fn a_flood_of_nearly_equal_hashes_is_found_to_belong_together() {
        let start = PictureHash::from_words([0x0123_4567_89AB_CDEF; 4]);
        let mut hashes: Vec<_> = (0..3000).map(|at| flipped(start, [at % 256, at / 12])).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let mut links = super::super::links::Links::none(hashes.len());
        let mut told = 0;
        pairs_within(&hashes, FARTHEST, |one, other| {
            told += 1;
            links.join(one, other);
        });
        assert!((0..hashes.len()).all(|at| links.least(at) == 0));
        assert!(told <= hashes.len() * 16 * 3 * MOST, "{told}");
    }

    proptest! {
        #[test]
        fn pairs_are_those_that_comparing_all_finds(
            seeds in proptest::collection::vec((any::<[u64; 4]>(), proptest::collection::vec(0..256_usize, 0..24), 0..4_usize), 1..12),
            radius in 0..=FARTHEST,
        ) {
            // Each seed, and the same turned and with some bits flipped.
            let near = |(words, bits, turn): &([u64; 4], Vec<usize>, usize)| {
                let hash = PictureHash::from_words(*words);
                [hash, flipped(hash.turns()[*turn], bits.iter().copied())]
            };
            let mut hashes: Vec<_> = seeds.iter().flat_map(near).collect();
            hashes.sort_unstable();
            hashes.dedup();
            let mut expected = BTreeSet::new();
            for other in 0..hashes.len() {
                for one in 0..other {
                    if hashes[one].distance_turned(&hashes[other]) <= radius {
                        expected.insert((one, other));
                    }
                }
            }
            prop_assert_eq!(found(&hashes, radius), expected);
        }
    }
}
