//! Pairs of hashes that lie close to each other, without comparing each with each.
//!
//! The bits are dealt out to 24 keys: two hashes that differ in at most 23 bits have at least one key in common (multi-index
//! hashing; Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012).

use std::ops::Range;
use std::sync::LazyLock;

use crate::scene::PictureHash;

/// Keys of a hash.
const KEYS: usize = 24;
/// Values of a key: of 256 bits the fullest keys get 11.
const VALUES: usize = 1 << 11;
/// The farthest that pairs may lie apart: from 24 bits on, each of the keys may differ.
pub(super) const FARTHEST: u32 = KEYS as u32 - 1;
/// Hashes of one key at most of which each is compared with each, or so many times the mean of all keys.
const MOST: usize = 512;
const MOST_TIMES_MEAN: usize = 16;
/// Hashes of one key, next to it in order, with which a hash is compared where there are more. Ordinary photos are then
/// found by their other keys, and of a flood of pictures that are nearly the same neighbours are enough to link all.
const NEXT: usize = 32;

/// Tells `near` of pairs of places in `hashes`, which must be sorted and distinct, that lie at most `radius` (at most
/// [`FARTHEST`]) apart in one of the four turns. A pair may be told several times.
pub(super) fn pairs_within(hashes: &[PictureHash], radius: u32, mut near: impl FnMut(usize, usize)) {
    let radius = radius.min(FARTHEST);
    let upright: Vec<[u16; KEYS]> = hashes.iter().map(keys).collect();
    // A turn by three quarters is that of the other one by a quarter.
    let turned: Vec<[PictureHash; 2]> = hashes.iter().map(quarter_and_half).collect();
    let turned_keys: Vec<[[u16; KEYS]; 2]> = turned.iter().map(|turns| turns.map(|hash| keys(&hash))).collect();
    for key in 0..KEYS {
        let table = Table::new(hashes, &upright, key);
        for (at, hash) in hashes.iter().enumerate() {
            let after = table.after(upright[at][key], at);
            table.near(hash, after, radius).for_each(|other| near(at, other));
            for (turn, keys) in turned[at].iter().zip(&turned_keys[at]) {
                let around = table.around(keys[key], turn);
                table.near(turn, around, radius).for_each(|other| near(at, other));
            }
        }
    }
}

fn quarter_and_half(hash: &PictureHash) -> [PictureHash; 2] {
    let quarter = hash.turned();
    [quarter, quarter.turned()]
}

/// The bits of a hash from low frequencies to high ones, for each key to get as many of both as any other.
static ORDER: LazyLock<[u8; 256]> = LazyLock::new(|| {
    let mut order: [u8; 256] = std::array::from_fn(|bit| bit as u8);
    order.sort_unstable_by_key(|bit| (bit / 16 + bit % 16, *bit));
    order
});

/// The keys of a hash.
fn keys(hash: &PictureHash) -> [u16; KEYS] {
    let (words, mut keys) = (hash.words(), [0; KEYS]);
    for (place, bit) in ORDER.iter().map(|bit| usize::from(*bit)).enumerate() {
        keys[place % KEYS] |= ((words[bit / 64] >> (bit % 64) & 1) as u16) << (place / KEYS);
    }
    keys
}

/// Hashes by the value of one of their keys.
struct Table<'a> {
    hashes: &'a [PictureHash],
    /// Where the hashes of each value start in `places`.
    starts: Vec<u32>,
    /// Places of hashes, those of one value in ascending order.
    places: Vec<u32>,
    /// The last word of each hash of `places`: the one in which strangers differ most.
    last_words: Vec<u64>,
    /// Where each hash stands in `places`.
    standing: Vec<u32>,
    /// Hashes of one value above which only neighbours are compared.
    most: usize,
}

impl<'a> Table<'a> {
    fn new(hashes: &'a [PictureHash], keys: &[[u16; KEYS]], key: usize) -> Self {
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
        let last_words = places.iter().map(|place| hashes[*place as usize].words()[3]).collect();
        Self { hashes, starts, places, last_words, standing, most: MOST.max(MOST_TIMES_MEAN * keys.len() / VALUES) }
    }

    fn of(&self, value: u16) -> Range<usize> {
        let value = usize::from(value);
        self.starts[value] as usize..self.starts[value + 1] as usize
    }

    /// Where the hashes of `value` stand that come after `at`, which has it.
    fn after(&self, value: u16, at: usize) -> Range<usize> {
        let (all, start) = (self.of(value), self.standing[at] as usize + 1);
        start..if all.len() > self.most { all.end.min(start + NEXT) } else { all.end }
    }

    /// Where the hashes of `value` stand, of very many those around `hash`.
    fn around(&self, value: u16, hash: &PictureHash) -> Range<usize> {
        let all = self.of(value);
        if all.len() <= self.most {
            return all;
        }
        let before = self.places[all.clone()].partition_point(|place| self.hashes[*place as usize] < *hash);
        let middle = all.start + before;
        all.start.max(middle.saturating_sub(NEXT / 2))..all.end.min(middle + NEXT / 2)
    }

    /// The hashes that stand in `range` and lie at most `radius` from `hash`.
    fn near(&self, hash: &PictureHash, range: Range<usize>, radius: u32) -> impl Iterator<Item = usize> {
        let last_word = hash.words()[3];
        let candidates = self.places[range.clone()].iter().zip(&self.last_words[range]);
        candidates
            .filter(move |(_, other)| (last_word ^ **other).count_ones() <= radius)
            .map(|(place, _)| *place as usize)
            .filter(move |place| hash.distance(&self.hashes[*place]) <= radius)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::FARTHEST;
    use super::KEYS;
    use super::NEXT;
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
        assert!(told <= hashes.len() * KEYS * 3 * NEXT, "{told}");
    }

    proptest! {
        #[test]
        fn pairs_are_those_that_comparing_all_finds(
            seeds in proptest::collection::vec((any::<[u64; 4]>(), proptest::collection::vec(0..256_usize, 0..36), 0..4_usize), 1..12),
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
