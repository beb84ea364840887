use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::photo::Orientation;
use crate::pixels::Plane;

/// Means on either axis of which the hash is made.
const MEANS: usize = 32;
/// Frequencies on either axis that have a bit.
const FREQUENCIES: usize = 16;
/// Rows of a picture at most that are looked at for one row of means: a mean of so many is as good as that of all.
const ROWS: usize = 12;
/// Variance of the means, squared grey levels, below which a picture is blank: its bits would be those of its noise.
const LEAST_VARIANCE: i64 = 6;
/// Bits of a word whose waves are of odd order across.
const ACROSS_IS_ODD: u64 = 0xAAAA_AAAA_AAAA_AAAA;
/// Scale of the cosines: whole numbers give the same bits on every machine.
const SCALE: f64 = 4096.0;

/// What a picture looks like, in 256 bits: pictures that look alike differ in few of them, whatever their size, their
/// compression and, within limits, their light.
///
/// The picture is brought to 32 x 32 means, whatever its aspect; each bit is the sign of one of the 16 x 16 lowest
/// frequencies of their cosine transform (after Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions",
/// 2010, which takes 8 x 8 and the median in place of the sign). Signs need no threshold, so a turned picture has bits
/// that follow from those of the upright one: [`PictureHash::turned`].
///
/// Nothing can be read from it: the crests of the finest wave lie 7 mm apart on a card, and no strength of any is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureHash([u64; 4]);

/// A text that is no hash of a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the {} hexadecimal digits of a picture's hash", PictureHash::BITS / 4)]
pub struct NoPictureHash;

impl PictureHash {
    /// How many bits there are.
    pub const BITS: u32 = 256;

    /// The hash of the picture `luma`; `None` where it is blank.
    #[must_use]
    pub fn of(luma: &Plane) -> Option<Self> {
        if luma.samples().is_empty() {
            return None;
        }
        let means = means(luma);
        (variance(&means) >= LEAST_VARIANCE).then(|| signs(&means))
    }

    /// The hash with the bits of `words`, the first one being the lowest of the first word.
    #[must_use]
    pub fn from_words(words: [u64; 4]) -> Self {
        Self(words)
    }

    /// The bits, 64 a word.
    #[must_use]
    pub fn words(&self) -> [u64; 4] {
        self.0
    }

    /// In how many bits two hashes differ, 0–256; pictures that have nothing in common differ in about 128.
    #[must_use]
    pub fn distance(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(one, other)| (one ^ other).count_ones()).sum()
    }

    /// The least distance over the four ways to turn one of the two.
    #[must_use]
    pub fn distance_turned(&self, other: &Self) -> u32 {
        let turns = other.turns().map(|turned| self.distance(&turned));
        turns.into_iter().min().unwrap_or(Self::BITS)
    }

    /// The hash of the picture turned clockwise by a quarter: rows become columns, and waves of odd order across change
    /// their sign.
    #[must_use]
    pub fn turned(&self) -> Self {
        let mut words = [ACROSS_IS_ODD; 4];
        for down in 0..FREQUENCIES {
            for across in 0..FREQUENCIES {
                let from = across * FREQUENCIES + down;
                let bit = self.0[from / 64] >> (from % 64) & 1;
                let to = down * FREQUENCIES + across;
                words[to / 64] ^= bit << (to % 64);
            }
        }
        Self(words)
    }

    /// The hash of the picture mirrored left to right: waves of odd order across change their sign.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        Self(self.0.map(|word| word ^ ACROSS_IS_ODD))
    }

    /// The hash of the upright picture, this being that of the picture as it is stored.
    #[must_use]
    pub fn upright(&self, orientation: Orientation) -> Self {
        let [zero, quarter, half, three_quarters] = self.turns();
        match orientation {
            Orientation::Upright => zero,
            Orientation::Turned90 => quarter,
            Orientation::Turned180 => half,
            Orientation::Turned270 => three_quarters,
            Orientation::Mirrored => zero.mirrored(),
            Orientation::Transposed => quarter.mirrored(),
            Orientation::Flipped => half.mirrored(),
            Orientation::Transversed => three_quarters.mirrored(),
        }
    }

    /// The hashes of the picture in its four turns, upright first.
    #[must_use]
    pub fn turns(&self) -> [Self; 4] {
        let quarter = self.turned();
        let half = quarter.turned();
        [*self, quarter, half, half.turned()]
    }
}

type Means = [[i32; MEANS]; MEANS];

/// The picture as 32 x 32 means, in eighths of a grey level.
fn means(luma: &Plane) -> Means {
    let columns = spans(luma.width());
    let rows = spans(luma.height());
    rows.map(|(top, bottom)| {
        let step = (bottom - top).div_ceil(ROWS);
        let mut sums = [0_u64; MEANS];
        let mut count = 0;
        for y in (top + (step - 1) / 2..bottom).step_by(step) {
            let row = luma.row(y);
            count += 1;
            for (sum, (left, right)) in sums.iter_mut().zip(&columns) {
                *sum += row[*left..*right].iter().map(|sample| u64::from(*sample)).sum::<u64>();
            }
        }
        let mut sums = sums.iter().zip(&columns).map(|(sum, (left, right))| 8 * sum / (count * (right - left) as u64));
        std::array::from_fn(|_| sums.next().unwrap_or_default() as i32)
    })
}

/// Where each mean starts and ends on an axis; samples repeat where there are fewer than means.
fn spans(length: usize) -> [(usize, usize); MEANS] {
    std::array::from_fn(|at| {
        let start = (at * length / MEANS).min(length - 1);
        (start, ((at + 1) * length / MEANS).max(start + 1))
    })
}

/// The variance of the means, squared grey levels.
fn variance(means: &Means) -> i64 {
    let count = (MEANS * MEANS) as i64;
    let (mut sum, mut squares) = (0_i64, 0_i64);
    for mean in means.iter().flatten() {
        sum += i64::from(*mean);
        squares += i64::from(mean * mean);
    }
    (squares - sum * sum / count) / count / 64
}

/// Half a cosine wave, one wave, … over the means.
static WAVES: LazyLock<[[i32; MEANS]; FREQUENCIES]> = LazyLock::new(|| {
    let cosine = |order: usize, at: usize| {
        let angle = (2 * at + 1) as f64 * order as f64 * std::f64::consts::PI / (2 * MEANS) as f64;
        (angle.cos() * SCALE).round() as i32
    };
    std::array::from_fn(|order| std::array::from_fn(|at| cosine(order, at)))
});

fn signs(means: &Means) -> PictureHash {
    let across: Vec<[i64; FREQUENCIES]> = means.iter().map(transformed).collect();
    let mut words = [0; 4];
    // The mean of all has no sign to speak of; its bit stays 0.
    for at in 1..FREQUENCIES * FREQUENCIES {
        let wave = &WAVES[at / FREQUENCIES];
        let sum: i64 = across.iter().zip(wave).map(|(row, cosine)| row[at % FREQUENCIES] * i64::from(*cosine)).sum();
        words[at / 64] |= u64::from(sum > 0) << (at % 64);
    }
    PictureHash(words)
}

fn transformed(row: &[i32; MEANS]) -> [i64; FREQUENCIES] {
    WAVES.map(|wave| row.iter().zip(wave).map(|(mean, cosine)| i64::from(*mean) * i64::from(cosine)).sum())
}

impl fmt::Display for PictureHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|word| write!(f, "{word:016x}"))
    }
}

impl FromStr for PictureHash {
    type Err = NoPictureHash;

    fn from_str(text: &str) -> Result<Self, NoPictureHash> {
        let is_hash = text.len() == Self::BITS as usize / 4 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hash {
            return Err(NoPictureHash);
        }
        let mut words = [0; 4];
        for (at, word) in words.iter_mut().enumerate() {
            *word = u64::from_str_radix(&text[16 * at..16 * (at + 1)], 16).map_err(|_| NoPictureHash)?;
        }
        Ok(Self(words))
    }
}

#[cfg(test)]
mod tests {
    use super::PictureHash;
    use crate::photo::Orientation;
    use crate::pixels::Plane;
    use crate::pixels::turn_half;
    use crate::pixels::turn_left;
    use crate::pixels::turn_right;

    /// A picture of 20 x 20 tiles, each of another grey.
    fn picture(width: usize, height: usize) -> Plane {
        let grey = |tile: usize| (tile.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as u8;
        let tile = |at: usize| at % width * 20 / width + 20 * (at / width * 20 / height);
        Plane::new(width, height, (0..width * height).map(|at| grey(tile(at) + 1)).collect())
    }

    fn hash(luma: &Plane) -> PictureHash {
        PictureHash::of(luma).unwrap()
    }

    #[test]
    fn a_turned_picture_has_the_turned_hash() {
        let upright = picture(320, 192);
        let turns = [upright.clone(), turn_right(&upright), turn_half(upright.clone()), turn_left(&upright)];
        for (turned, expected) in turns.iter().zip(hash(&upright).turns()) {
            let found = hash(turned);
            assert!(found.distance(&expected) < 4, "{found} for {expected}");
            assert!(found.distance_turned(&hash(&upright)) < 4);
        }
    }

    #[test]
    fn a_stored_picture_has_the_hash_of_the_upright_one() {
        let stored = picture(320, 192);
        for value in 1..=8 {
            let orientation = Orientation::from_exif(value);
            let upright = hash(&orientation.apply(stored.clone()));
            assert!(hash(&stored).upright(orientation).distance(&upright) < 4, "EXIF {value}");
        }
    }

    #[test]
    fn four_quarters_are_a_whole_turn() {
        let hash = hash(&picture(64, 64));
        assert_eq!(hash.turns()[3].turned(), hash);
        assert_ne!(hash.turned(), hash);
    }

    #[test]
    fn size_and_brightness_change_few_bits() {
        let whole = picture(640, 400);
        let darker = Plane::new(640, 400, whole.samples().iter().map(|sample| sample / 3 + 10).collect());
        for other in [picture(120, 80), darker] {
            assert!(hash(&whole).distance(&hash(&other)) < 24, "{}", hash(&whole).distance(&hash(&other)));
        }
    }

    #[test]
    fn another_picture_has_other_bits() {
        let mirrored = crate::pixels::mirror(picture(64, 64));
        assert!(hash(&mirrored).distance_turned(&hash(&picture(64, 64))) > 64);
    }

    #[test]
    fn blank_and_empty_pictures_have_no_hash() {
        assert_eq!(PictureHash::of(&Plane::default()), None);
        assert_eq!(PictureHash::of(&Plane::new(1, 1, vec![9])), None);
        let noise = (0..10_000_usize).map(|at| 100 + (at.wrapping_mul(2_654_435_761) >> 9 & 3) as u8).collect();
        assert_eq!(PictureHash::of(&Plane::new(100, 100, noise)), None);
    }

    #[test]
    fn a_hash_reads_back_from_its_text() {
        let hash = hash(&picture(50, 40));
        assert_eq!(hash.to_string().parse(), Ok(hash));
        for text in ["", "00", &"g".repeat(64), &"+1".repeat(32), &"0".repeat(65)] {
            assert!(text.parse::<PictureHash>().is_err(), "{text}");
        }
    }
}
